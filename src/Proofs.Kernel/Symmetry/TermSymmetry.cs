using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// Shows Φ(g x) = h Φ(x) for all real x where both sides become the same term of maxima and minima, such as max
/// filters.
/// </summary>
public static class TermSymmetry
{
    private const long Work = 4_000_000; // entries of forms that are added up
    private const long Sum = 200; // what adding up an entry costs, in products of words

    /// <summary>Whether both sides are the same term; what is not may still be equal.</summary>
    /// <param name="reduced">The network.</param>
    /// <param name="action">What is done to inputs and outputs.</param>
    /// <param name="work">What sums of entries are counted in; null for no limit but that of one action.</param>
    public static bool Holds(ExactNetwork reduced, GeneratorAction action, WorkBudget? work = null)
    {
        work?.Spend(Sum * ExactWork.Entries(reduced.Layers));
        try
        {
            return AreSame(reduced, action, work);
        }
        catch (InsufficientExecutionStackException)
        {
            return false; // maxima of maxima, too deep to look at
        }
    }

    private static bool AreSame(ExactNetwork reduced, GeneratorAction action, WorkBudget? work)
    {
        var table = new TermTable(Work);
        Row[] x = [.. Enumerable.Range(0, reduced.InputCount).Select(table.Coordinate)];
        Row[] moved = [.. Enumerable.Range(0, x.Length).Select(i => table.Combination(action.Input.Rows[i], x))];
        var left = table.Outputs(reduced, moved);
        var still = table.Outputs(reduced, x);
        work?.Spend(Sum * table.Spent);
        if (table.IsSpent || left.Length != action.Output.Count)
        {
            return false;
        }

        bool areSame = Enumerable.Range(0, left.Length).All(k =>
            table.Flat(left[k]).Equals(table.Flat(table.Combination(action.Output.Rows[k], still))));
        return areSame && !table.IsSpent;
    }
}
