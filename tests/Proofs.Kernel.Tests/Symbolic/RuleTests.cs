using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>Every rule of the checker, once where it applies and once where it must not.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("forall x in [1, inf) : x >= 1/2", "trivial")]
    [InlineData("forall x in (0, inf) : x/x = 1", "trivial")]
    [InlineData("forall x in real : x^0 = 1", "trivial")]
    [InlineData("forall n in int [0, inf), x in real : 0*x^n = 0", "trivial")]
    [InlineData("forall x in (0, 1], a in (0, inf), b in (0, inf) : x^a*x^b = x^(a+b)", "trivial")]
    [InlineData("forall x in (0, inf) : log(2*x) = log(2) + log(x)", "trivial")]
    [InlineData("forall x in real : exp(x)*exp(-x) = 1", "trivial")]
    [InlineData("forall n in int [1, inf) : factorial(n+1) = (n+1)*factorial(n)", "trivial")]
    [InlineData("forall n in int [2, inf) : binomial(n, 2) = n*(n-1)/2", "trivial")]
    [InlineData("3 < pi < 22/7", "trivial", "trivial")]
    [InlineData("271828/100000 < exp(1) < 271829/100000", "trivial", "trivial")]
    [InlineData("sqrt(2)*sqrt(2) = 2 and sqrt(2) < 14143/10000", "trivial", "trivial")]
    [InlineData("forall x in real, y in real : 2*x*y <= x^2 + y^2", "linear \"(x-y)^2\"")]
    [InlineData("forall x in [0, 1] : x^2 <= x", "linear \"box x : 0 1\"")]
    [InlineData("forall x in [0, 1] : x^2 <= x", "linear \"1 : 0 1\"")]
    [InlineData("forall x in (1, inf), y in real where y = x + 1 : y > 2", "linear \"1 : 0\" \"-1 : 1\"")]
    [InlineData("forall x in real : x^2 - 2*x + 2 > 0", "linear \"(x-1)^2\"")]
    [InlineData("forall x in real : x*abs(x) <= x^2", "split \"0 <= x\" { trivial } linear \"2*x^2\"")]
    [InlineData("forall x in real : x <= abs(x)", "axiom \"abs\" \"x\" trivial")]
    [InlineData("forall x in [2, inf) : x^2 + 1 >= 5", "cut \"4 <= x^2\" { trivial } trivial")]
    [InlineData(
        "forall n in int [1, 4] : n^2 <= 5*n",
        "enumerate \"n\" \"1\" \"4\" { trivial } { trivial } { trivial } trivial")]
    [InlineData("forall x in [3, inf) : x^2 >= 6*x - 9", "let \"t\" \"x - 3\" subst \"x\" \"t + 3\" trivial")]
    [InlineData("forall n in int [0, inf) : 2^n >= n + 1", "induct \"n\" \"0\" { trivial } linear \"1 : 0\" \"2 : 1\"")]
    [InlineData("forall x in [0, inf) : exp(x) >= 1 + x", "derive \"x\" \"0\" \"t\" { trivial } trivial")]
    [InlineData("forall x in [0, 1], p in [1, inf) : x^p <= x", "convex \"x\" \"0\" \"1\" { trivial } trivial")]
    [InlineData("forall x in real : exp(x) >= 1 + x", "axiom \"exp-tangent\" \"x\" trivial")]
    public void A_proof_of_a_true_statement_is_accepted(string statement, params string[] proofs)
    {
        var result = Check(statement, proofs);
        Assert.True(result.Accepted, result.Reason);
    }

    [Theory]
    [InlineData("forall x in [1, inf) : x >= 2", "trivial")]
    [InlineData("forall x in [0, inf) : x/x = 1", "trivial")]
    [InlineData("forall x in real : x/x = 1", "trivial")]
    [InlineData("forall x in real : (x^2)^(1/2) = x", "trivial")]
    [InlineData("forall x in real, y in real : log(x*y) = log(x) + log(y)", "trivial")]
    [InlineData("forall n in int (-inf, inf) : factorial(n+1) = (n+1)*factorial(n)", "trivial")]
    [InlineData("pi < 314159/100000", "trivial")]
    [InlineData("exp(1) < 27182/10000", "trivial")]
    [InlineData("forall x in real, y in real : 2*x*y < x^2 + y^2", "linear \"(x-y)^2\"")]
    [InlineData("forall x in real, y in real : 2*x*y <= x^2 + y^2", "linear \"(x-2*y)^2\"")]
    [InlineData("forall x in real, y in real : x*y <= x^2", "linear \"x*(x-y)\"")]
    [InlineData("forall x in [0, 1] : x*(1-x) = 1/4", "linear \"(x - 1/2)^2\"")]
    [InlineData("forall x in [0, 1] : x = 0", "linear \"-1 : 0\"")]
    [InlineData("forall x in [0, 1] : x != 2", "linear")]
    [InlineData("forall x in [0, 1] : x <= x^2", "linear \"box x : 0 1\"")]
    [InlineData("forall x in [0, 2] : x^2 <= x", "linear \"box x : 0 1\"")]
    [InlineData("forall x in [0, 1] : x^2 <= x", "linear \"-1 : 0 1\"")]
    [InlineData("forall x in [0, 1] : x^2 <= x", "linear \"1 : 0 9\"")]
    [InlineData("forall x in real : x*abs(x) <= x^2", "split \"0 <= x\" { trivial }")]
    [InlineData("forall x in real : x*abs(x) <= x^2", "split \"0 <= x\" trivial")]
    [InlineData(
        "forall n in int [1, 5] : n <= 4", "enumerate \"n\" \"1\" \"4\" { trivial } { trivial } { trivial } trivial")]
    [InlineData(
        "forall x in [1, 4] : x^2 <= 5*x", "enumerate \"x\" \"1\" \"4\" { trivial } { trivial } { trivial } trivial")]
    [InlineData("forall x in [3, inf) : x^2 >= 6*x - 9", "let \"t\" \"x - 3\" subst \"x\" \"t + 4\" trivial")]
    [InlineData("forall x in [3, inf) : x^2 >= 6*x - 9", "let \"x\" \"x - 3\" trivial")]
    [InlineData("forall n in int [0, inf) : 2^n >= n + 2", "induct \"n\" \"0\" { trivial } linear \"1 : 0\" \"2 : 1\"")]
    [InlineData("forall x in [0, inf) : 2^x >= x + 1", "induct \"x\" \"0\" { trivial } linear \"1 : 0\" \"2 : 1\"")]
    [InlineData(
        "forall n in int [0, inf) where n >= 2 : 2^n >= n + 2", "induct \"n\" \"2\" { trivial } linear \"2 : 0\"")]
    [InlineData("forall x in real : exp(x) >= 1 + x", "derive \"x\" \"0\" \"t\" { trivial } trivial")]
    [InlineData("forall x in [0, inf) : abs(x) >= 0", "derive \"x\" \"0\" \"t\" { trivial } trivial")]
    [InlineData("forall x in [0, 1], p in (0, inf) : x^p <= x", "convex \"x\" \"0\" \"1\" { trivial } trivial")]
    [InlineData("forall x in int [0, 1] : x^2 <= x/2", "convex \"x\" \"0\" \"1\" { trivial } trivial")]
    [InlineData("forall x in (0, inf), y in (0, inf) : log(x) <= log(y)", "axiom \"log-monotone\" \"x\" \"y\" trivial")]
    [InlineData("forall x in real : log(x) <= x - 1", "axiom \"log-tangent\" \"x\" trivial")]
    [InlineData("forall x in [1, inf) : x = 0", "absurd linear")]
    [InlineData("forall x in [1, inf) : x >= 1", "nonsense")]
    [InlineData("forall x in [1, inf) : x >= 1", "trivial trivial")]
    [InlineData("forall x in [1, inf) : x >= 1", "")]
    public void A_proof_that_does_not_hold_is_rejected(string statement, params string[] proofs) =>
        Assert.False(Check(statement, proofs).Accepted);

    [Theory]
    [InlineData("forall x in real : 1/x*x = 1 or", "expected")]
    [InlineData("forall x in real : 0*(1/x) = 0", "needs 2 proofs")]
    [InlineData("forall x in [0, inf), e in [0, 1] : 0*x^e = 0", "needs 2 proofs")]
    [InlineData("forall x in real : log(x)*0 = 0", "needs 2 proofs")]
    [InlineData("forall x in real : sqrt(x)*0 = 0", "needs 2 proofs")]
    [InlineData("forall x in real : factorial(x) = factorial(x)", "not one for certain")]
    [InlineData("forall x in real where 1/x > 0 : x > 0", "needs 2 proofs")]
    public void A_formula_that_may_be_undefined_needs_more_proofs(string statement, string reason)
    {
        var result = Check(statement, "trivial");
        Assert.False(result.Accepted);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_of_a_choice_is_defined_under_its_condition() =>
        Assert.True(Check("forall x in real : if(x > 0, x/x, 1) = 1", "split \"0 < x\" { trivial } trivial").Accepted);

    [Theory]
    [InlineData("forall x in real where x > 1, x < 0 : 1 = 2", "trivial")]
    [InlineData(
        "forall x in [1, inf), y in [1, inf) where x >= 2, x <= 1 : y = 0", "absurd linear \"1 : 2\" \"1 : 3\"")]
    [InlineData("forall x in real where x^2 < 0 : x = 7", "trivial")]
    [InlineData("forall n in int (0, 1) : n = 7", "trivial")]
    [InlineData("forall a in [0, 1], x in [2, a] : x = 7", "trivial")]
    public void A_statement_whose_assumptions_contradict_each_other_is_refused_as_vacuous(
        string statement, params string[] proofs)
    {
        var result = Check(statement, proofs);
        Assert.False(result.Accepted);
        Assert.True(result.IsVacuous, result.Reason);
    }

    [Theory]
    [InlineData("power.cert")]
    [InlineData("one-le-zero.cert")]
    [InlineData("pi1.cert")]
    public void A_hand_made_certificate_of_a_false_statement_is_refused(string file)
    {
        var result = CertificateCheck.Check(
            File.ReadAllText(Path.Combine(Proofs.Tests.RepositoryFiles.Root, "tests", "cases", "truth", file)));
        Assert.False(result.Accepted);
        Assert.NotEqual("", result.Statement);
    }

    [Theory]
    [InlineData("\u001b[2J", "control character")]
    [InlineData("\r", "carriage return")]
    [InlineData("\t", "tab")]
    [InlineData("\u0008", "backspace")]
    [InlineData("\u202e", "right-to-left override")]
    [InlineData("\u200b", "zero-width space")]
    [InlineData("\u2028", "line separator")]
    [InlineData("\u00a0", "no-break space")]
    public void A_statement_with_a_character_that_hides_text_is_refused(string character, string name)
    {
        Assert.False(Check($"forall x in [5, 6] : {character} x > 4", "trivial").Accepted, name);
        Assert.True(Check("forall x in [5, 6] : x > 4", "trivial").Accepted);
    }

    [Fact]
    public void A_word_after_the_last_proof_is_refused()
    {
        string proof =
            $"{SymbolicCertificate.Header}\nstatement forall x in [0, 1] : 0 <= x\nstrategy s\nproof {{ trivial }}\n";
        Assert.True(CertificateCheck.Check(proof).Accepted);
        Assert.False(CertificateCheck.Check(proof + "p").Accepted);
        Assert.False(CertificateCheck.Check(proof + "proofs").Accepted);
    }

    [Fact]
    public void A_copy_of_a_sequent_with_other_facts_forgets_what_the_facts_said()
    {
        var x = new Term.Variable("x");
        var none = System.Collections.Immutable.ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
        var positive = new Relation(Term.Constant(0), Comparison.Less, x);
        var sequent = new Sequent(none.Add("x"), none, [positive], positive, new WorkBudget(1_000_000));
        Assert.Empty(new Rule.Trivial().Apply(sequent));
        Assert.Throws<Rejection>(() => new Rule.Trivial().Apply(sequent with { Facts = [] }));
    }

    internal static CheckResult Check(string statement, params string[] proofs) => CertificateCheck.Check(
        $"{SymbolicCertificate.Header}\nstatement {statement}\nstrategy test\n"
        + string.Concat(proofs.Select(p => $"proof {{ {p} }}\n")));
}
