using PublicApiGenerator;
using Xunit;

namespace Proofs.Architecture.Tests;

/// <summary>
/// What each package shows: a change of Api/NAME.txt is a change of the surface, to be looked at as one.
/// </summary>
/// <remarks>PROOFS_UPDATE_API=1 writes the files anew.</remarks>
public class PublicApiTests
{
    public static TheoryData<string> Packages => [.. Rooms.InOrder[..^1], "Proofs.FSharp"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_surface_is_the_one_that_was_reviewed(string package)
    {
        string file = Path.Combine(RepositoryFiles.Root, "tests", "Proofs.Architecture.Tests", "Api", package + ".txt");
        string shown =
            Rooms.Load(package).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").Trim() + "\n";
        if (Environment.GetEnvironmentVariable("PROOFS_UPDATE_API") == "1")
        {
            File.WriteAllText(file, shown);
        }

        string[] reviewed = File.ReadAllLines(file), now = shown.Split('\n')[..^1];
        var gone = reviewed.Except(now).Select(l => "- " + l.Trim());
        var come = now.Except(reviewed).Select(l => "+ " + l.Trim());
        Assert.True(
            reviewed.SequenceEqual(now),
            $"the surface of {package} changed; if it should, run the test with PROOFS_UPDATE_API=1 and "
                + "review the change of "
            + $"tests/Proofs.Architecture.Tests/Api/{package}.txt:\n{string.Join('\n', gone.Concat(come).Take(20))}");
    }
}
