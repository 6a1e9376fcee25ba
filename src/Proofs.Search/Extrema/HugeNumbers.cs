using Proofs.Constructions.Domains;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// Whether a formula meets numbers on its region that have too many digits to be worked out one by one, such as
// 2^(10^7): those are left to binary64, where they are infinite. A guess from sizes at some points, which only says how
// to search.
internal static class HugeNumbers
{
    private const double MostBits = 1 << 15;
    private const int Points = 5;

    public static bool In(CertifyRequest request)
    {
        var names = Inputs.Names(request.Region.Dimension);
        foreach (var box in request.Region.Boxes.Take(16))
        {
            for (int k = 0; k < Points; k++)
            {
                var sizes = new Dictionary<string, double>(StringComparer.Ordinal);
                for (int j = 0; j < names.Length; j++)
                {
                    double at = (double)k / (Points - 1), low = Binary64.Nearest(box.Lower[j]),
                        high = Binary64.Nearest(box.Upper[j]);
                    (sizes[names[j]], sizes[$"x{j + 1}"]) =
                        ((low * (1 - at)) + (high * at), (low * (1 - at)) + (high * at));
                }

                if (new Sizes(sizes).IsHuge(request.Target))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Values in binary64, and beyond its range log2 of their sizes.
    private sealed class Sizes(IReadOnlyDictionary<string, double> at)
    {
        private readonly Dictionary<Expr, (double Value, double Log)> _known = [];
        private bool _isHuge;

        public bool IsHuge(Expr e)
        {
            _ = Of(e);
            return _isHuge;
        }

        private (double Value, double Log) Of(Expr e)
        {
            if (!_known.TryGetValue(e, out var size))
            {
                size = Compute(e);
                size = double.IsFinite(size.Value) && size.Value != 0
                    ? size with { Log = Math.ILogB(size.Value) }
                    : size;
                _isHuge |= Math.Abs(size.Log) > MostBits && double.IsFinite(size.Log);
                _known[e] = size;
            }

            return size;
        }

        // A number of about this size.
        private static (double Value, double Log) Sized(double log) =>
            (Math.Abs(log) < 1000 ? Math.ScaleB(1, (int)log) : double.NaN, log);

        private (double Value, double Log) Compute(Expr e)
        {
            switch (e)
            {
                case Expr.ConstantCase c:
                    long above = c.Value.Numerator.GetBitLength(), below = c.Value.Denominator.GetBitLength();
                    _isHuge |= above > MostBits || below > MostBits;
                    return (_isHuge ? double.NaN : Binary64.Nearest(c.Value), above - below);
                case Expr.PiCase:
                    return (Math.PI, 0);
                case Expr.VariableCase v:
                    return (at[v.Name], 0);
                case Expr.SumCase s:
                    var terms = s.Terms.Select(Of).ToArray();
                    return (terms.Sum(t => t.Value), terms.Max(t => t.Log));
                case Expr.ProductCase p:
                    var factors = p.Factors.Select(Of).ToArray();
                    return (factors.Aggregate(1.0, (a, f) => a * f.Value), factors.Sum(f => f.Log));
                case Expr.PowerCase p:
                    var (b, n) = (Of(p.Base), Of(p.Exponent));
                    return Sized(b.Value == 0 ? 0 : n.Value * b.Log);
                case Expr.ApplyCase a:
                    var parts = a.Arguments.Select(Of).ToArray();
                    double t = parts[0].Value;
                    return a.Function switch
                    {
                        Function.Exp or Function.Sinh or Function.Cosh =>
                            Sized((a.Function == Function.Exp ? t : Math.Abs(t)) / 0.6931),
                        Function.Factorial => Sized(t > 1 ? t * Math.ILogB(t) : 0),
                        Function.Binomial => Sized(t > 1 ? t : 0),
                        Function.Abs or Function.Min or Function.Max or Function.Floor or Function.Ceil =>
                            (parts.Max(x => Math.Abs(x.Value)), parts.Max(x => x.Log)),
                        Function.Sqrt => Sized(parts[0].Log / 2),
                        _ => Sized(0),
                    };
                case Expr.ConditionalCase c:
                    var (then, otherwise) = (Of(c.Then), Of(c.Otherwise));
                    foreach (var side in c.Condition.Expressions())
                    {
                        _ = Of(side);
                    }

                    return Sized(Math.Max(then.Log, otherwise.Log));
                default:
                    return (double.NaN, 0);
            }
        }
    }
}
