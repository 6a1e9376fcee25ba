using System.Text.RegularExpressions;
using Proofs.Kernel.Formulas;
using Proofs.Search.Proving;
using Proofs.Search.Proving.Coq;

namespace Proofs.Search.Tests.Proving;

/// <summary>Coq accepts the files, with the axioms of its reals and no others, and rejects changed ones.</summary>
public sealed partial class CoqFileTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly ProofOptions Options = ProofOptions.Default.WithTimeLimit(TimeSpan.FromSeconds(20));

    private static readonly string[] RealAxioms =
    [
        "ClassicalDedekindReals.sig_forall_dec", "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
    ];

    [ToolTheory("coqc")]
    [InlineData("forall x in [0, 1] : x*(1-x) <= 1/4")]
    [InlineData(
        "forall a in [0, inf), b in [0, inf), c in [0, inf) : a*(a-b)*(a-c) + b*(b-a)*(b-c) + c*(c-a)*(c-b) >= 0")]
    [InlineData(
        "forall a in (0, inf), D in int [2, inf) : a/(a+D-1) > a/(2*a+D-1) and "
            + "a/(a+D-1) - a/(2*a+D-1) = a^2/((a+D-1)*(2*a+D-1))")]
    [InlineData("forall eval in (-1, 0), P in real where P <= 1/eval : eval*P >= 1 and eval^(-2) > 1/2")]
    [InlineData("forall x in [1/4, 3/4], y in [-2, -1] : 3*x^4*y^2 - x^3*y^3 + x*y^5 + 30 > 1/10")]
    public void Coq_accepts_what_is_written(string statement) =>
        AssertAccepted(CoqFile.Write(Statement.Parse(statement), Options));

    [ToolFact("coqc", longProfile: true)]
    public void Coq_accepts_every_file_of_the_statements()
    {
        int written = 0;
        foreach (string statement in ProverTests.Statements('P'))
        {
            string? file = null;
            try
            {
                file = CoqFile.Write(Statement.Parse(statement), Options);
            }
            catch (InexpressibleException e)
            {
                Assert.NotEqual("", e.Message);
            }

            if (file is not null)
            {
                written++;
                AssertAccepted(file);
            }
        }

        Assert.True(written >= 30, $"only {written} files");
    }

    // One number of the certificate, or the theorem's bound.
    [ToolFact("coqc")]
    public void Coq_rejects_a_changed_file()
    {
        string file =
            CoqFile.Write(Statement.Parse("forall x in [0, 1], y in [0, 1] : x*(1-x) + y*(1-y) <= 1/2"), Options);
        (string Part, string By)[] changes =
        [
            (First(file, @"Definition proof_1 : tree := .*?Num \(?-?(\d+)"), "7"),
            (First(file, @"<= \(1 / (2)\)"), "3"),
        ];
        foreach (var (part, by) in changes)
        {
            string changed = file.Replace(part, Digits().Replace(part, by), StringComparison.Ordinal);
            Assert.NotEqual(file, changed);
            Assert.NotEqual(0, Compile(changed).ExitCode);
        }
    }

    [Theory]
    [InlineData("forall x in [0, inf) : exp(x) >= 1 + x", "exp is no rational function")]
    [InlineData("forall x in [0, 1] : x >= x^2 and sqrt(x) >= 0", "no rational function")]
    [InlineData("forall x in [0, 1], n in int [1, inf) : x^n <= x", "no rational function")]
    [InlineData("forall x in [-1, 1] : x^2/x^2 <= 1", "sign of the denominator x")]
    [InlineData("forall n in int [-9, 9] : n^2 >= n", "no proof by polynomial arithmetic or bisection")]
    public void What_has_no_such_certificate_is_refused_with_the_reason(string statement, string reason) =>
        Assert.Contains(
        reason,
        Assert.Throws<InexpressibleException>(() => CoqFile.Write(Statement.Parse(statement), Options)).Message,
        StringComparison.Ordinal);

    private static void AssertAccepted(string file)
    {
        var (exitCode, output) = Compile(file);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Axioms:", output, StringComparison.Ordinal);
        string[] axioms = [.. Axiom().Matches(output).Select(m => m.Groups[1].Value).Where(a => a != "Axioms:")];
        Assert.NotEmpty(axioms);
        Assert.All(axioms, a => Assert.Contains(a, RealAxioms));
    }

    private static (int ExitCode, string Output) Compile(string file)
    {
        string folder = Directory.CreateTempSubdirectory("coq").FullName;
        try
        {
            string path = Path.Combine(folder, "statement.v");
            File.WriteAllText(path, file);
            return ExternalTool.Run("coqc", Limit, "-q", path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The whole match, where the group is what changes: its last digits.
    private static string First(string file, string pattern)
    {
        var match = Regex.Match(file, pattern, RegexOptions.Singleline);
        Assert.True(match.Success, pattern);
        return file[match.Index..(match.Groups[1].Index + match.Groups[1].Length)];
    }

    // Axioms stand at the start of a line, what they say is indented.
    [GeneratedRegex(@"^([A-Za-z]\S*)", RegexOptions.Multiline)]
    private static partial Regex Axiom();

    [GeneratedRegex(@"\d+$")]
    private static partial Regex Digits();
}
