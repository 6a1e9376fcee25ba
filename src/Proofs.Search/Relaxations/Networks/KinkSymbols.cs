using static Proofs.Search.Relaxations.Networks.FormArithmetic;
using static Proofs.Search.Relaxations.Networks.FormLayout;

namespace Proofs.Search.Relaxations.Networks;

// The unstable units whose errors have a symbol of their own, in the order in which a pass meets them.
internal sealed class KinkSymbols
{
    private const double SameKink = 1.0 / (1L << 30); // forms closer than this part of their width share a symbol
    private readonly FormLayout _layout;
    private readonly KinkSymbol[] _symbols;
    private readonly int[] _leading = new int[3];
    private readonly double[] _case;

    public KinkSymbols(FormLayout layout)
    {
        (_layout, _case) = (layout, new double[layout.Stride]);
        _symbols =
            [.. Enumerable.Range(0, layout.Symbols).Select(_ => new KinkSymbol(layout.Stride, layout.Dimension))];
    }

    public int Count { get; private set; }

    public int Free => _symbols.Length - Count;

    // The length of a form with the symbols there are.
    public int Used => _layout.FirstSymbol + Count;

    public KinkSymbol this[int number] => _symbols[number];

    public void Clear() => Count = 0;

    // Narrows the range of a form by cases of its leading symbols: where y_s ≥ 0 the unit ρ(y_s) is y_s itself, else it
    // is 0, and in each case η_s is affine in what came before it.
    public bool Tighten(Span<double> slot, ref double lo, ref double hi)
    {
        int found = Leading(slot, _leading);
        if (found == 0)
        {
            return false;
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int cases = 0; cases < 1 << found; cases++)
        {
            var form = _case.AsSpan(0, slot.Length);
            slot.CopyTo(form);
            for (int n = 0; n < found; n++)
            {
                var symbol = _symbols[_leading[n]];
                Resolve(form, symbol, symbol.Form, ((cases >> n) & 1) != 0);
            }

            double radius = (SumOfMagnitudes(form[FirstInput..]) + form[Radius]) * Wider;
            low = Math.Min(low, Math.BitDecrement(form[Centre] - radius));
            high = Math.Max(high, Math.BitIncrement(form[Centre] + radius));
        }

        if (!(low <= high))
        {
            return false; // NaN: an overflow
        }

        (lo, hi) = (Math.Max(lo, low), Math.Min(hi, high));
        return true;
    }

    // A symbol whose form y1 is proportional to this one, y2 = κ y1 + rest: the rest's bound includes both radii.
    public KinkSymbol? Twin(Span<double> form, double width, out double factor, out double apart)
    {
        double tolerance = SameKink * width;
        for (int s = 0; s < Count; s++)
        {
            var symbol = _symbols[s];
            factor = form[symbol.Pivot] / symbol.Form[symbol.Pivot];
            if (factor == 0 || !double.IsFinite(factor))
            {
                continue;
            }

            double rest = 0, size = 0;
            for (int i = form.Length - 1; i >= Centre && rest <= tolerance; i--)
            {
                double theirs = factor * symbol.Form[i];
                rest += Math.Abs(form[i] - theirs);
                size += Math.Abs(form[i]) + Math.Abs(theirs);
            }

            apart = (rest + (4 * U * size) + form[Radius] + (Math.Abs(factor) * symbol.Form[Radius]) + Tiny) * Wider;
            if (apart <= tolerance)
            {
                return symbol;
            }
        }

        (factor, apart) = (0, 0);
        return null;
    }

    // A new symbol for the unit with this form; its share of each input is read off the form.
    public void Name(Span<double> form, double lambda, double error)
    {
        var symbol = _symbols[Count];
        Array.Clear(symbol.Form);
        form.CopyTo(symbol.Form);
        (symbol.Lambda, symbol.Error, symbol.Index, symbol.Pivot) = (lambda, error, Used, FirstInput);
        Count++;
        double total = 0;
        for (int j = 0; j < _layout.Dimension; j++)
        {
            double part = Math.Abs(form[FirstInput + j]);
            for (int s = _layout.FirstSymbol; s < form.Length; s++)
            {
                part += Math.Abs(form[s]) * _symbols[s - _layout.FirstSymbol].Share[j];
            }

            symbol.Share[j] = part;
            total += part;
            if (Math.Abs(form[FirstInput + j]) > Math.Abs(form[symbol.Pivot]))
            {
                symbol.Pivot = FirstInput + j;
            }
        }

        for (int j = 0; j < _layout.Dimension && total > 0; j++)
        {
            symbol.Share[j] /= total;
        }
    }

    // The symbols with the largest coefficients, the latest first, so that resolving one never brings back another.
    private int Leading(Span<double> slot, int[] leading)
    {
        int found = 0;
        double least = 0;
        for (int s = 0; s < slot.Length - _layout.FirstSymbol; s++)
        {
            double size = Math.Abs(slot[_layout.FirstSymbol + s]);
            if (size <= least)
            {
                continue;
            }

            int at = found < leading.Length ? found++ : leading.Length - 1;
            for (; at > 0 && Math.Abs(slot[_layout.FirstSymbol + leading[at - 1]]) < size; at--)
            {
                leading[at] = leading[at - 1];
            }

            leading[at] = s;
            least = found < leading.Length ? 0 : Math.Abs(slot[_layout.FirstSymbol + leading[^1]]);
        }

        Array.Sort(leading, 0, found);
        Array.Reverse(leading, 0, found);
        return found;
    }
}
