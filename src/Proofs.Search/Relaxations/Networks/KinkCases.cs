using Proofs.Numeric.Tapes;
using static Proofs.Search.Relaxations.Networks.FormArithmetic;
using static Proofs.Search.Relaxations.Networks.FormLayout;

namespace Proofs.Search.Relaxations.Networks;

// The output on the pieces into which the leading kinks cut the cell. On a piece a kink's unit is y or 0, so its symbol
// is affine in what came before; symbols are resolved in the order in which they were made, and one whose y has a sign
// on the piece already cuts nothing.
internal sealed class KinkCases(FormLayout layout, KinkSymbols symbols, double[] output)
{
    private const int MostCases = 16;
    private const int MostNeeded = 24;
    // a sign that is off by this part of the symbol's error is a sign, as is one
    private const double Dust = 1.0 / (1L << 30);
    // that is off by what moves the output by no more than `least`

    // The pieces; none where no symbol moves the output by more than `least`, or too many do.
    public List<Case> Of(double least)
    {
        List<Case> cases = [];
        var (needed, moves) = Needed(least);
        if (needed.Count is > 0 and <= MostNeeded)
        {
            int count = symbols.Count;
            Cut(0, new Branch([.. output], new double[count][], new bool[count], new double[count], []), MostCases);
        }

        return cases;

        void Cut(int at, Branch branch, int budget)
        {
            if (at == needed.Count)
            {
                cases.Add(CaseOf(branch));
                return;
            }

            int s = needed[at];
            double[] y = [.. symbols[s].Form];
            foreach (int t in needed.Take(at))
            {
                Resolve(y, symbols[t], branch.Forms[t], branch.Active[t], branch.Slack[t]);
            }

            var piece = new Piece(y[Centre], Inputs(y), Spread(y), []) { Constraints = [.. branch.Constraints] };
            double above = PieceBounds.Upper(piece, 1), below = PieceBounds.Upper(piece, -1);
            double dust = Math.Max(Dust, least / moves[s]) * symbols[s].Error;
            if (above <= dust || below <= dust)
            {
                // On this piece y ≥ −dust, so ρ(y) is y or up to dust more; or y ≤ dust, so ρ(y) is 0 or up to dust.
                bool active = below <= dust;
                Cut(at + 1, Resolved(branch, s, y, active, Math.Max(0, active ? below : above), null), budget);
            }
            else if (budget > 1)
            {
                Cut(at + 1, Resolved(branch, s, y, true, 0, piece), budget - (budget / 2));
                Cut(at + 1, Resolved(branch, s, y, false, 0, piece), budget / 2);
            }
            else
            {
                cases.Add(CaseOf(branch)); // what is left stays an error term
            }
        }
    }

    private Branch Resolved(Branch branch, int s, double[] y, bool active, double slack, Piece? edge)
    {
        double[] slacks = [.. branch.Slack];
        slacks[s] = slack;
        double[][] forms = [.. branch.Forms];
        bool[] phases = [.. branch.Active];
        (forms[s], phases[s]) = (y, active);
        double[] form = [.. branch.Output];
        Resolve(form, symbols[s], y, active, slack);
        var constraints = branch.Constraints;
        if (edge is not null)
        {
            constraints = [
                .. constraints,
                new SignConstraint(edge.C, edge.A, edge.R, active ? Signs.Positive : Signs.Negative) { IsKink = true }];
        }

        return new Branch(form, forms, phases, slacks, constraints);
    }

    // The symbols that move the output by more than `least`, and those that move these so far that the output feels it.
    private (List<int> Needed, double[] Moves) Needed(double least)
    {
        double[] moves = new double[symbols.Count];
        List<int> needed = [];
        for (int s = output.Length == 0 ? -1 : symbols.Count - 1; s >= 0; s--)
        {
            moves[s] += Math.Abs(output[symbols[s].Index]);
            if (moves[s] > least)
            {
                needed.Add(s);
                for (int t = 0; t < s; t++)
                {
                    moves[t] += moves[s] / symbols[s].Error * Math.Abs(symbols[s].Form[symbols[t].Index]);
                }
            }
        }

        needed.Reverse();
        return (needed, moves);
    }

    private Case CaseOf(Branch branch)
    {
        double[] form = branch.Output;
        double[] shares = new double[layout.Dimension];
        for (int s = 0; s < symbols.Count; s++)
        {
            double size = Math.Abs(form[symbols[s].Index]);
            for (int j = 0; j < layout.Dimension && size > 0; j++)
            {
                shares[j] += size * symbols[s].Share[j];
            }
        }

        return new Case(form[Centre], Inputs(form), Spread(form), shares, branch.Constraints);
    }

    private double[] Inputs(double[] form) => form[FirstInput..layout.FirstSymbol];

    // r and all symbols.
    private double Spread(double[] form) => (form[Radius] + SumOfMagnitudes(form.AsSpan(layout.FirstSymbol))) * Wider;

    // A piece so far: the output, and for each symbol resolved its y, whether the unit is active, and up to what error.
    private sealed record Branch(
        double[] Output, double[][] Forms, bool[] Active, double[] Slack, SignConstraint[] Constraints);
}

// A form C + Σ A_j ε_j ± R of the output on the points that satisfy the constraints.
internal sealed record Case(double C, double[] A, double R, double[] Share, SignConstraint[] Constraints);
