using Proofs.Kernel.Formulas;
using Proofs.Search.Proving;

namespace Proofs.Search.Tests.Proving;

/// <summary>
/// Random polynomial inequalities whose truth is known by construction: the verdict is never the wrong one.
/// </summary>
public sealed class RandomPolynomialTests
{
    private static readonly ProofOptions Options = ProofOptions.Default.WithTimeLimit(TimeSpan.FromSeconds(1));

    private static int Count => Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 400 : 30;

    [Fact]
    public void A_sum_of_squares_is_never_refuted()
    {
        int proved = 0;
        for (int seed = 1; seed <= Count; seed++)
        {
            var random = new Random(seed);
            string text = $"forall x in {Range(random)}, y in {Range(random)} : {Squares(random)} >= 0";
            var result = Prover.Prove(Statement.Parse(text), Options);
            Assert.False(result is ProofResult.Refuted, text);
            proved += result is ProofResult.Proved ? 1 : 0;
        }

        Assert.True(proved > Count / 3, $"only {proved} of {Count} proved");
    }

    // Squares vanish at (1/2, 1/3), so that less than their sum is negative there.
    [Fact]
    public void A_sum_of_squares_with_a_common_zero_less_a_little_is_never_proved()
    {
        int refuted = 0;
        for (int seed = 1; seed <= Count; seed++)
        {
            var random = new Random(seed);
            string a = $"({random.Next(1, 5)}*(x - 1/2) + {random.Next(-4, 5)}*(y - 1/3))^2",
                b = $"({random.Next(1, 5)}*(y - 1/3) + {random.Next(-3, 4)}*(x - 1/2)*y)^2";
            string text =
                $"forall x in [0, 1], y in {Range(random)} : {a} + {b} "
                    + $"{(random.Next(2) == 0 ? "> 0" : $">= 1/{random.Next(10, 100_000)}")}";
            var result = Prover.Prove(Statement.Parse(text), Options);
            Assert.False(result is ProofResult.Proved, text);
            refuted += result is ProofResult.Refuted ? 1 : 0;
        }

        Assert.True(refuted > Count / 4, $"only {refuted} of {Count} refuted");
    }

    private static string Range(Random random) => random.Next(3) switch { 0 => "[0, 1]", 1 => "[0, inf)", _ => "real" };

    private static string Squares(Random random) =>
        string.Join(" + ", Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        $"({random.Next(-4, 5)}*x + {random.Next(-4, 5)}*y + {random.Next(-2, 3)}*x*y + {random.Next(-3, 4)})^2"));
}
