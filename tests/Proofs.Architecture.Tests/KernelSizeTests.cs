using System.Text.RegularExpressions;
using Xunit;

namespace Proofs.Architecture.Tests;

/// <summary>The part to trust cannot grow unnoticed: its lines of code are counted, in all and for each kind of
/// certificate.</summary>
/// <remarks>
/// A line of code is one that is neither blank nor only a comment. What the replay of a kind rests on is its checker,
/// the entrance, and all types of the kernel that they refer to in one step or many; the source of a type counts whole.
/// References are those that compiled code shows, a few less than the sources have: docs/architecture.md has the
/// figures of both.
/// </remarks>
public partial class KernelSizeTests
{
    private const string Kernel = "Proofs.Kernel";

    private const string Entrance = Kernel + ".CertificateCheck";

    private static readonly Dictionary<string, string[]> SourcesOf = Rooms.Sources(Kernel)
        .SelectMany(f => Declarations(f).Select(t => (Type: t, File: f)))
        .GroupBy(d => d.Type, d => d.File, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Distinct().ToArray(), StringComparer.Ordinal);

    private static readonly ILookup<string, string> References = Rooms.All.Types
        .SelectMany(t => t.Dependencies.Select(d => (From: Outermost(t.FullName), To: Outermost(d.Target.FullName))))
        .Where(r => SourcesOf.ContainsKey(r.From) && SourcesOf.ContainsKey(r.To) && r.From != r.To)
        .Distinct()
        .ToLookup(r => r.From, r => r.To, StringComparer.Ordinal);

    [Fact]
    public void The_kernel_stays_below_its_ceiling()
    {
        int lines = Rooms.Sources(Kernel).Sum(Lines);
        Assert.True(lines <= 10_400, $"the kernel has {lines} lines of code");
    }

    [Theory]
    [InlineData("Symbolic.SymbolicCertificate")]
    [InlineData("Bounds.BoundCertificate")]
    [InlineData("Bounds.BoxCertificate")]
    [InlineData("Properties.NetworkCertificate")]
    [InlineData("Symmetry.SymmetryCertificate")]
    [InlineData("Errors.ErrorCertificate")]
    public void A_replay_rests_on_at_most_8000_lines(string checker)
    {
        int lines = Files($"{Kernel}.{checker}").Sum(Lines);
        Assert.True(lines <= 8_000, $"the replay of {checker} rests on {lines} lines of code");
    }

    // A measure that finds no references would always be below the ceiling.
    [Fact]
    public void What_a_replay_certainly_needs_is_counted()
    {
        var files = Files(Kernel + ".Symbolic.SymbolicCertificate").Select(Path.GetFileName).ToList();
        Assert.Contains("CertificateCheck.cs", files);
        Assert.Contains("CertificateLines.cs", files);
        Assert.Contains("Reader.Tokens.cs", files);
        Assert.Contains("BigRational.cs", files);
        Assert.DoesNotContain("ErrorCertificate.cs", files);
    }

    [Fact]
    public void Every_type_of_the_kernel_has_a_source() => Assert.All(
        Rooms.Declared(Rooms.Load(Kernel)), t => Assert.Contains(Outermost(t.FullName!), SourcesOf.Keys));

    // The entrance refers to every kind, so what it refers to is not followed: the kinds have it in common.
    private static IEnumerable<string> Files(string checker)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { Entrance };
        var open = new Stack<string>([checker]);
        Assert.True(SourcesOf.ContainsKey(checker), $"no source declares {checker}");
        while (open.TryPop(out string? type))
        {
            if (reached.Add(type))
            {
                foreach (string next in References[type])
                {
                    open.Push(next);
                }
            }
        }

        return reached.SelectMany(t => SourcesOf[t]).Distinct(StringComparer.Ordinal);
    }

    private static int Lines(string file) => File.ReadLines(file)
        .Select(l => l.Trim())
        .Count(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal));

    // Generic types are named without the number of their parameters, in sources and assemblies alike.
    private static string Outermost(string type) => type.Split('+', '/', '`', '<')[0];

    private static IEnumerable<string> Declarations(string file)
    {
        string text = File.ReadAllText(file);
        string space = Namespace().Match(text).Groups[1].Value;
        return Type().Matches(text).Select(m => $"{space}.{m.Groups[1].Value}");
    }

    [GeneratedRegex(@"^namespace ([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref|unsafe) )*"
            + @"(?:class|struct|record struct|record class|record|interface|enum|delegate \S+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Type();
}
