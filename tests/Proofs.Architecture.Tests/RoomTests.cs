using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace Proofs.Architecture.Tests;

/// <summary>
/// Which room may refer to which: Kernel, Numeric, Constructions, Search, Checks, surfaces, each to those before it.
/// </summary>
public class RoomTests
{
    public static TheoryData<string> All => [.. Rooms.InOrder];

    [Theory]
    [MemberData(nameof(All))]
    public void A_room_refers_only_to_rooms_before_it(string name)
    {
        int place = Array.IndexOf(Rooms.InOrder, name);
        var own = Rooms.Load(name).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(a => a.StartsWith("Proofs", StringComparison.OrdinalIgnoreCase));
        Assert.All(own, a => Assert.InRange(Array.IndexOf(Rooms.InOrder, a), 0, place - 1));
    }

    [Fact]
    public void The_kernel_refers_to_nothing() =>
        Assert.All(
            Rooms.Load("Proofs.Kernel").GetReferencedAssemblies(),
            a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Fact]
    public void The_kernel_opens_its_internals_to_its_tests_only() =>
        Assert.Equal(
            ["Proofs.Kernel.Tests"],
            Rooms.Load("Proofs.Kernel").GetCustomAttributes<InternalsVisibleToAttribute>().Select(a => a.AssemblyName));

    [Fact]
    public void The_tool_starts_without_the_libraries_that_train() =>
        Assert.DoesNotContain(
            Rooms.Load("proofs").GetReferencedAssemblies(), a => a.Name is "Proofs.Training" or "TorchSharp");

    [Fact]
    public void The_first_command_builds_every_source_but_those_that_train()
    {
        using var filter = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "Product.slnf")));
        var built = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray()
            .Select(p => p.GetString()!.Replace('\\', '/'));
        var expected = ((string[])["src", "paper-artifacts"]).SelectMany(f => Directory.EnumerateFiles(
                Path.Combine(RepositoryFiles.Root, f), "*.*proj", SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(RepositoryFiles.Root, p).Replace('\\', '/'))
            .Where(p => p != "src/Proofs.Training/Proofs.Training.csproj");
        Assert.Equal(expected.Order(StringComparer.Ordinal), built.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Internals_are_open_to_tests_only(string name) =>
        Assert.All(
            Rooms.Load(name).GetCustomAttributes<InternalsVisibleToAttribute>(),
            a => Assert.True(
                a.AssemblyName.EndsWith(".Tests", StringComparison.Ordinal) || a.AssemblyName == "Proofs.Conformance",
                $"{name} opens its internals to {a.AssemblyName}"));
}
