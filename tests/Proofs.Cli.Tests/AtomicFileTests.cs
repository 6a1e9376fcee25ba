using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_by_what_is_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt", "old and longer");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failure_half_way_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.txt", "old");
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("no/such/folder.txt");
        Assert.Equal($"{missing}: cannot be written: there is no such folder",
            Assert.Throws<InputException>(() => AtomicFile.Write(missing, _ => { })).Message);
        Assert.Contains("found a folder",
            Assert.Throws<InputException>(() => AtomicFile.Write(folder.Path, _ => { })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbolic_link_stays_and_its_target_is_replaced()
    {
        using var folder = new TemporaryFolder();
        string target = folder.File("target.txt", "old");
        string link = folder.File("link.txt");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [SkippableOnWindowsFact]
    public void A_device_is_written_to_and_not_replaced()
    {
        AtomicFile.Write("/dev/null", stream => stream.Write("gone"u8));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }
}

/// <summary>A test of something that Windows does not have; it skips there.</summary>
internal sealed class SkippableOnWindowsFactAttribute : FactAttribute
{
    public SkippableOnWindowsFactAttribute() =>
        Skip = OperatingSystem.IsWindows() ? "needs a file system with devices" : null;
}

/// <summary>A theory about signals or links, which Windows does not have.</summary>
internal sealed class SkippableOnWindowsTheoryAttribute : TheoryAttribute
{
    public SkippableOnWindowsTheoryAttribute() =>
        Skip = OperatingSystem.IsWindows() ? "not on Windows" : null;
}
