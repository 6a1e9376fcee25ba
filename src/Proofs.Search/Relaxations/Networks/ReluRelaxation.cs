using System.Runtime.InteropServices;
using static Proofs.Search.Relaxations.Networks.FormArithmetic;
using static Proofs.Search.Relaxations.Networks.FormLayout;

namespace Proofs.Search.Relaxations.Networks;

// ρ of the forms of a layer: unchanged, 0, or a line and an error, which has a symbol of its own where one is left.
internal sealed class ReluRelaxation(int stride, KinkSymbols symbols)
{
    private const double Negligible = 1.0 / (1L << 40);
    private const double Touching = 1.0 / (1L << 30); // a range smaller than this part of its terms is rounding noise
    private readonly List<Unstable> _unstable = [];

    // Applies ρ to the touched units; those that are 0 on the box leave the list.
    public bool Apply(NetworkLayer next, double[] forms, List<int> touched)
    {
        _unstable.Clear();
        int kept = 0;
        foreach (int i in CollectionsMarshal.AsSpan(touched))
        {
            var slot = forms.AsSpan(i * stride, symbols.Used);
            double reach = SumOfMagnitudes(slot[FirstInput..]);
            double radius = (reach + slot[Radius]) * Wider;
            double lo = Math.BitDecrement(slot[Centre] - radius), hi = Math.BitIncrement(slot[Centre] + radius);
            if (!double.IsFinite(lo) || !double.IsFinite(hi))
            {
                return false;
            }

            if (hi <= 0)
            {
                continue;
            }

            if (lo < 0 && symbols.Count > 0 && symbols.Tighten(slot, ref lo, ref hi) && hi <= 0)
            {
                continue;
            }

            touched[kept++] = i;
            double terms = slot[Magnitude]; // what y was added up from
            slot[Magnitude] = (Math.Abs(slot[Centre]) + reach + slot[Radius]) * Wider;
            if (lo >= -Negligible * hi)
            {
                // ρ(y) lies in [y, y + max(0, −lo)].
                slot[Radius] = lo < 0 ? (slot[Radius] - lo) * Wider : slot[Radius];
                slot[Magnitude] = lo < 0 ? (slot[Magnitude] - lo) * Wider : slot[Magnitude];
            }
            else if (hi <= -Negligible * lo || (hi <= 2 * slot[Radius] && hi <= Touching * terms))
            {
                // Little of y is known beyond its range (it only touches 0, mostly): ρ(y) is in [0, hi], whatever the
                // inputs.
                slot.Clear();
                (slot[Radius], slot[Magnitude]) = (hi, hi);
            }
            else
            {
                _unstable.Add(new Unstable(i, lo, hi, -lo * (hi / (hi - lo)) * next.Reach[i]));
            }
        }

        touched.RemoveRange(kept, touched.Count - kept);
        if (_unstable.Count > 0)
        {
            Relax(forms, touched);
        }

        return true;
    }

    // ρ(y) lies in λ y + [0, max(−λ lo, (1 − λ) hi)] for every λ in [0, 1]; λ = hi/(hi − lo) has the smallest area. The
    // units whose errors reach furthest get the symbols that are left; half of them where there are not enough, for
    // layers to come.
    private void Relax(double[] forms, List<int> touched)
    {
        int before = symbols.Used, free = symbols.Free;
        int own = _unstable.Count <= free ? free : (free + 1) / 2;
        double least = 0;
        foreach (int i in touched)
        {
            forms.AsSpan((i * stride) + before, Math.Min(own, _unstable.Count)).Clear();
        }

        if (_unstable.Count > 1)
        {
            _unstable.Sort((u, v) => u.Reach != v.Reach ? v.Reach.CompareTo(u.Reach) : u.Row.CompareTo(v.Row));
        }

        foreach (var unit in _unstable)
        {
            var slot = forms.AsSpan(unit.Row * stride, stride);
            if (symbols.Twin(slot[..before], unit.Sup - unit.Inf, out double factor, out double apart) is { } twin)
            {
                Reuse(slot, before, twin, factor, apart);
                continue;
            }

            double lambda = unit.Sup / (unit.Sup - unit.Inf);
            double error = (Math.Max(lambda * -unit.Inf, (1 - lambda) * unit.Sup) / 2 * Wider) + double.Epsilon;
            bool named = own > 0 && unit.Reach > least;
            least = Math.Max(least, Negligible * unit.Reach);
            if (named)
            {
                symbols.Name(slot[..before], lambda, error);
                own--;
            }

            Scale(slot[..before], lambda, error);
            slot[named ? symbols.Used - 1 : Radius] += error;
            slot[Radius] *= Wider;
            slot[Magnitude] = (slot[Magnitude] + error) * Wider;
        }
    }

    // Gives the symbol of y1 to ρ(y2) where y2 = κ y1 up to a small rest: ρ(κ y) is κ ρ(y) for κ > 0 and |κ| (ρ(y) − y)
    // for κ < 0, and ρ is 1-Lipschitz. So errors of units with one kink cancel as the units do.
    private static void Reuse(Span<double> slot, int before, KinkSymbol twin, double factor, double apart)
    {
        double error = Math.Abs(factor) * twin.Error;
        Scale(slot[..before], factor > 0 ? twin.Lambda : 1 - twin.Lambda, error);
        double rest = ((2 * apart) + (8 * U * error) + Tiny) * Wider;
        slot[twin.Index] += error;
        slot[Radius] = (slot[Radius] + rest) * Wider;
        slot[Magnitude] = (slot[Magnitude] + error + rest) * Wider;
    }

    private readonly record struct Unstable(int Row, double Inf, double Sup, double Reach);
}
