using Proofs.Kernel.Networks;

namespace Proofs.Kernel.Symmetry;

/// <summary>Shows Φ(g x) = h Φ(x) for all real x where both sides become the same term of maxima and minima, such as max filters.</summary>
public static class TermSymmetry
{
    private const long Work = 4_000_000; // entries of forms that are added up

    /// <summary>Whether both sides are the same term; what is not may still be equal.</summary>
    public static bool Holds(ExactNetwork reduced, GeneratorAction action)
    {
        try
        {
            return AreSame(reduced, action);
        }
        catch (InsufficientExecutionStackException)
        {
            return false; // maxima of maxima, too deep to look at
        }
    }

    private static bool AreSame(ExactNetwork reduced, GeneratorAction action)
    {
        var table = new TermTable(Work);
        Row[] x = [.. Enumerable.Range(0, reduced.InputCount).Select(table.Coordinate)];
        Row[] moved = [.. Enumerable.Range(0, x.Length).Select(i => table.Combination(action.Input.Rows[i], x))];
        var left = table.Outputs(reduced, moved);
        var still = table.Outputs(reduced, x);
        if (table.IsSpent || left.Length != action.Output.Count)
        {
            return false;
        }

        bool areSame = Enumerable.Range(0, left.Length).All(k =>
            table.Flat(left[k]).Equals(table.Flat(table.Combination(action.Output.Rows[k], still))));
        return areSame && !table.IsSpent;
    }
}
