using System.Numerics;
using static Proofs.Search.Relaxations.Networks.FormLayout;

namespace Proofs.Search.Relaxations.Networks;

// Operations on forms in binary64 to nearest; what they round off goes to the radius.
internal static class FormArithmetic
{
    public const double U = 1.0 / (1L << 53);
    public const double Wider = 1 + (1.0 / (1L << 44)); // covers the roundings of a sum of 250 magnitudes
    public static readonly double Tiny = Math.ScaleB(1, -1060); // more than all underflows of one entry of one layer

    public static void AddMultiple(double w, Span<double> source, Span<double> target)
    {
        int i = 0;
        if (source.Length >= Vector<double>.Count)
        {
            var factor = new Vector<double>(w);
            for (; i + Vector<double>.Count <= source.Length; i += Vector<double>.Count)
            {
                var part = target[i..];
                Vector.FusedMultiplyAdd(factor, new Vector<double>(source[i..]), new Vector<double>(part)).CopyTo(part);
            }
        }

        for (; i < source.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(w, source[i], target[i]);
        }
    }

    public static double SumOfMagnitudes(Span<double> values)
    {
        double sum = 0;
        foreach (double v in values)
        {
            sum += Math.Abs(v);
        }

        return sum;
    }

    // slot := λ slot + error: r gains what scaling rounds off; the error's centre moves c.
    public static void Scale(Span<double> slot, double lambda, double error)
    {
        double m = slot[Magnitude];
        for (int i = 0; i < slot.Length; i++)
        {
            slot[i] *= lambda;
        }

        slot[Centre] += error;
        slot[Radius] = ((slot[Radius] + (4 * U * (m + error))) * Wider) + Tiny;
        slot[Magnitude] = ((slot[Magnitude] * Wider) + error + slot[Radius]) * Wider;
    }

    // form := form with η replaced: μ η = ρ(y) − λ y − μ, where ρ(y) is y or 0, up to `slack`.
    public static void Resolve(Span<double> form, KinkSymbol symbol, double[] y, bool active, double slack = 0)
    {
        double b = form[symbol.Index];
        double factor = b / symbol.Error * (active ? 1 - symbol.Lambda : -symbol.Lambda);
        double size = Math.Abs(b) + Math.Abs(form[Centre]);
        form[symbol.Index] = 0;
        form[Centre] -= b;
        for (int i = Centre; i < symbol.Index; i++)
        {
            double more = factor * y[i];
            size += Math.Abs(more) + Math.Abs(form[i]);
            form[i] += more;
        }

        double error = (Math.Abs(factor) * y[Radius]) + (Math.Abs(b) / symbol.Error * slack);
        form[Radius] = ((form[Radius] + error + (16 * U * size)) * Wider) + Tiny;
    }
}
