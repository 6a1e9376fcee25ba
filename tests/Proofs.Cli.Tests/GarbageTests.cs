using FsCheck;
using FsCheck.Fluent;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class GarbageTests
{
    // What a tired user types: real words in wrong places, numbers out of range, broken formulas and boxes.
    private static readonly string[] Words =
    [
        "", " ", "-", "--", "---", "-o", "-h", "/?", "[", "[]", "[0,1]", "[0,1]^2", "[1,0]", "]0,1[", "@", "@x", "0",
        "-1", "NaN",
        "1e999", "∞", "x", "x^", "x+*y", "(((((", "1/0", "x <= x", "forall", "forall x in (0,1) : x > 0",
        "forall x in : x",
        "--json", "--help", "--version", "--seed", "--seed=-1", "--jobs=0", "--jobs", "--timeout=0", "--timeout=-1",
        "--timeout=NaN", "--timeout=1e99", "--timeout", "--domain", "--target", "--certificate", "--at-most",
        "--rel-gap=0",
        "--no-such-option", "no-such-file", "/", "/dev/null", "/nonexistent/a/b", "m=4", "m=", "=4", "m=4=4", "\0",
        "\ud800",
        "\n", "\u001b[31m", "%s%n", "💥", "list", "verify", "build", "prove", "bound", "certify", "vnnlib", "check",
        "square",
    ];

    private static readonly HashSet<int> Allowed =
        [ExitCode.Holds, ExitCode.Refuted, ExitCode.Inconclusive, ExitCode.Usage, ExitCode.Data];

    [Fact]
    public void Garbage_never_reaches_the_last_resort()
    {
        // no command without --help, so that a rare valid line does not start long work
        var line = Gen.Elements(Words).ArrayOf().Where(words => !StartsLongWork(words)).ToArbitrary();
        Prop.ForAll(line, words =>
        {
            ToolRun run = ToolRunner.Run(words);
            bool oneLine = run.ExitCode < ExitCode.Usage
                || (run.Out.Length == 0 && run.Error.EndsWith('\n') && run.Error.Count(c => c == '\n') == 1);
            return (Allowed.Contains(run.ExitCode) && oneLine)
                .Label($"{string.Join(" | ", words)}: exit code {run.ExitCode}, stderr: {run.Error}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260101, 1));
    }

    private static bool StartsLongWork(string[] words) => words is ["verify", ..];
}
