using Proofs.Constructions.Budgets;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// Integers that the theorems for invariant functions choose, and the tuples they sum over.
internal static class SortedNodes
{
    // The most nodes or centres a network is built for.
    public const int MostNodes = 200_000;

    // k_1 ≥ … ≥ k_n in {0 … top}: binom(top + n, n) of them.
    public static IEnumerable<int[]> Descending(int n, int top) =>
        Ascending(n, 0, top).Select(k => k.Reverse().ToArray());

    // k_1 ≤ … ≤ k_n in {low … top}, lexicographically.
    public static IEnumerable<int[]> Ascending(int n, int low, int top)
    {
        int[] k = [.. Enumerable.Repeat(low, n)];
        while (true)
        {
            yield return [.. k];
            int i = n - 1;
            while (i >= 0 && k[i] == top)
            {
                i--;
            }

            if (i < 0)
            {
                yield break;
            }

            Array.Fill(k, k[i] + 1, i, n - i);
        }
    }

    // The least N with factor (M/eps)^(1/β) ≤ N, by N^a ≥ factor^a (M/eps)^b for β = a/b.
    public static int Grid(BigRational factor, HolderClass @class, BigRational eps)
    {
        if (eps.Sign <= 0)
        {
            throw new ArgumentException($"The accuracy eps is {eps}; expected a positive number.");
        }

        int a = (int)@class.Beta.Numerator, b = (int)@class.Beta.Denominator;
        var bound = BigRational.Pow(@class.M / eps, b);
        int low = 0, high = 1;
        while (!IsEnough(high))
        {
            (low, high) = (high, high <= int.MaxValue / 2
                ? 2 * high
                : throw new ArgumentException(
                    $"The accuracy eps = {eps} needs more than 2^30 cells a side; take a larger eps."));
        }

        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = IsEnough(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool IsEnough(int n) => BigRational.Pow(n / factor, a) >= bound;
    }

    // The sum of the bounds, and the rule that adds them up: those that are 0 come last, so that both sums have one
    // order.
    public static Expr Bound(IEnumerable<Budget> leaves) =>
        Expr.Sum(leaves.Where(l => l.Bound != Expr.Zero).Select(l => l.Bound));

    public static Expr Rule(IEnumerable<Budget> leaves) =>
        Expr.Sum(leaves.OrderBy(l => l.Bound == Expr.Zero ? 1 : 0).Select(l => Expr.Variable(l.Lemma)));

    public static void CheckCount(BigRational? nodes, string of)
    {
        if (nodes is null || nodes > MostNodes)
        {
            throw new ArgumentException(
                $"There are {nodes?.ToString() ?? "too many"} {of}; expected at most {MostNodes}. "
                    + "Take a smaller N or a larger eps.");
        }
    }

    public static void CheckRough(HolderClass @class)
    {
        if (@class.Beta > BigRational.One)
        {
            throw new ArgumentException(
                $"The smoothness beta is {@class.Beta}; expected at most 1 here (invariant-holder takes more).");
        }
    }
}
