using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Regions;

// The values of a formula on a box: an enclosure where one is known, and whether it is defined at all points of it or
// at none.
internal readonly record struct ValueRange(DyadicInterval? Set, bool? IsDefined)
{
    public static ValueRange Unknown => new(null, null);

    public static ValueRange Nowhere => new(null, false);

    public static ValueRange At(DyadicInterval set) => new(set, true);
}

// Formulas and conditions on boxes in intervals of as many bits as are asked for: where binary64 cannot tell a region's
// edge, this can. Arithmetic, abs, min, max, floor and whole powers lose nothing but the last of these bits; a value
// that would need far more is left unknown.
//
// It has cases of its own beside those of Expr in binary64, and not one evaluator over two arithmetics: here a value
// may be unknown and still known to be defined, which decides a condition, where there an interval is cut to the domain
// of the function; and here numbers grow, so that each case says first what is worth working out.
internal sealed class PreciseRange(IReadOnlyDictionary<string, DyadicInterval> box, int bits = PreciseRange.Bits)
{
    public const int Bits = 256;

    private const int LargestSize = 1 << 14; // bits before the point of a number that is worth working out
    private const int LargestPower = 1 << 12;

    private readonly Dictionary<Expr, ValueRange> _known = [];

    public ValueRange Of(Expr e)
    {
        if (!_known.TryGetValue(e, out var value))
        {
            value = Compute(e);
            _known[e] = value = value.Set is { } set && IsLarge(set) ? value with { Set = null } : value;
        }

        return value;
    }

    // Whether the condition holds on the whole box, nowhere on it, or neither is known; where a side is undefined it
    // does not.
    public bool? Holds(Condition condition) => condition switch
    {
        Condition.Comparison c => Compare(c.Relation, Of(c.Left), Of(c.Right)),
        Condition.All a => (Holds(a.First), Holds(a.Second)) switch
        {
            (false, _) or (_, false) => false,
            (true, true) => true,
            _ => null,
        },
        Condition.Any a => (Holds(a.First), Holds(a.Second)) switch
        {
            (true, _) or (_, true) => true,
            (false, false) => false,
            _ => null,
        },
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    private static bool? Compare(RelationKind relation, ValueRange left, ValueRange right)
    {
        if (left.IsDefined == false || right.IsDefined == false)
        {
            return false;
        }

        if (left.Set is not { } a || right.Set is not { } b)
        {
            return null;
        }

        var (always, never) = relation switch
        {
            RelationKind.LessOrEqual => (a.Sup <= b.Inf, a.Inf > b.Sup),
            RelationKind.Less => (a.Sup < b.Inf, a.Inf >= b.Sup),
            RelationKind.GreaterOrEqual => (a.Inf >= b.Sup, a.Sup < b.Inf),
            RelationKind.Greater => (a.Inf > b.Sup, a.Sup <= b.Inf),
            _ => (a.IsPoint && b.IsPoint && a.Inf == b.Inf, a.Inf > b.Sup || a.Sup < b.Inf),
        };
        return never ? false : always && left.IsDefined == true && right.IsDefined == true ? true : null;
    }

    private static bool IsLarge(DyadicInterval set) => Size(set.Inf) > LargestSize || Size(set.Sup) > LargestSize
        || set.Inf.Exponent < -LargestSize || set.Sup.Exponent < -LargestSize;

    private static long Size(Dyadic x) => x.Sign == 0 ? 0 : x.Precision + x.Exponent;

    private ValueRange Compute(Expr e)
    {
        switch (e)
        {
            case Expr.ConstantCase c:
                return c.Value.Numerator.GetBitLength() + c.Value.Denominator.GetBitLength() > LargestSize
                    ? new(null, true)
                    : ValueRange.At(DyadicInterval.Enclose(c.Value, bits));
            case Expr.PiCase:
                return ValueRange.At(Precise.Pi(bits));
            case Expr.VariableCase v:
                return ValueRange.At(box[v.Name]);
            case Expr.SumCase s:
                return Fold([.. s.Terms.Select(Of)], (a, b) => a + b);
            case Expr.ProductCase p:
                return Fold([.. p.Factors.Select(Of)], (a, b) => a * b);
            case Expr.PowerCase p:
                return Power(p);
            case Expr.ApplyCase a:
                return Apply(a);
            case Expr.ConditionalCase c:
                return Choose(c);
            default:
                return ValueRange.Unknown;
        }
    }

    private ValueRange Fold(ValueRange[] parts, Func<DyadicInterval, DyadicInterval, DyadicInterval> join)
    {
        DyadicInterval? set = parts[0].Set;
        foreach (var part in parts.AsSpan(1))
        {
            set = set is { } a && part.Set is { } b ? join(a, b).Round(bits) : null;
        }

        return new(set, Defined(parts));
    }

    private static bool? Defined(ReadOnlySpan<ValueRange> parts)
    {
        bool? all = true;
        foreach (var part in parts)
        {
            all = part.IsDefined == false || all == false ? false : part.IsDefined is null ? null : all;
        }

        return all;
    }

    private ValueRange Power(Expr.PowerCase power)
    {
        var t = Of(power.Base);
        if (power.Exponent is not Expr.ConstantCase { Value: var n })
        {
            var exponent = Of(power.Exponent);
            return t.Set is { Inf.Sign: > 0 } positive && exponent.Set is { } e
                ? Function(
                    new(Rounded(e * Precise.Log(positive, bits)), Defined([t, exponent])), x =>
                        Size(Greatest(x)) < 14, x => Precise.Exp(x, bits))
                : t.IsDefined == false || exponent.IsDefined == false ? ValueRange.Nowhere : ValueRange.Unknown;
        }

        if (n.IsInteger && n.Sign >= 0)
        {
            return t.Set is { } b && n <= LargestPower && Size(Greatest(b)) * (long)n.Numerator <= LargestSize
                ? t with { Set = Whole(b, (int)n.Numerator) }
                : t with { Set = null };
        }

        if (n.IsInteger)
        {
            return t.Set switch
            {
                { IsPoint: true, Inf.Sign: 0 } => ValueRange.Nowhere,
                { } b when (b.Inf.Sign > 0 || b.Sup.Sign < 0) && -n <= LargestPower
                    && Size(Greatest(b)) * (long)-n.Numerator <= LargestSize =>
                    t with { Set = DyadicInterval.Point(1).DividedBy(Whole(b, (int)-n.Numerator), bits) },
                { } b when b.Inf.Sign > 0 || b.Sup.Sign < 0 => t with { Set = null },
                _ => t.IsDefined == false ? ValueRange.Nowhere : ValueRange.Unknown,
            };
        }

        // A root of a number below 0 is undefined, and of 0 as well where the exponent is negative.
        return t.Set switch
        {
            { Sup.Sign: < 0 } => ValueRange.Nowhere,
            { IsPoint: true, Inf.Sign: 0 } when n.Sign > 0 => t with { Set = DyadicInterval.Point(0) },
            { Inf.Sign: > 0 } b when n == BigRational.Half => t with { Set = Precise.Sqrt(b, bits) },
            { Inf.Sign: > 0 } b when BigRational.Abs(n) <= LargestPower
                && Size(Greatest(b)) <= LargestSize / LargestPower =>
                t with { Set = Precise.Pow(b, n, bits) },
            _ => t.IsDefined == false ? ValueRange.Nowhere : ValueRange.Unknown,
        };
    }

    private DyadicInterval Whole(DyadicInterval x, int n)
    {
        if (n == 0)
        {
            return DyadicInterval.Point(1);
        }

        if ((n & 1) == 0)
        {
            var size = x.Abs();
            return DyadicInterval.Between(Down(size.Inf, n), Up(size.Sup, n));
        }

        return DyadicInterval.Between(
            x.Inf.Sign < 0 ? -Up(-x.Inf, n) : Down(x.Inf, n), x.Sup.Sign < 0 ? -Down(-x.Sup, n) : Up(x.Sup, n));
    }

    // x^n for x ≥ 0 with every product rounded, lest the bits grow with the exponent.
    private Dyadic Down(Dyadic x, int n)
    {
        var half = n > 1 ? Down(x, n / 2) : Dyadic.One;
        var square = (half * half).RoundDown(bits);
        return (n & 1) == 1 ? (square * x).RoundDown(bits) : square;
    }

    private Dyadic Up(Dyadic x, int n)
    {
        var half = n > 1 ? Up(x, n / 2) : Dyadic.One;
        var square = (half * half).RoundUp(bits);
        return (n & 1) == 1 ? (square * x).RoundUp(bits) : square;
    }

    private DyadicInterval Rounded(DyadicInterval x) => x.Round(bits);

    private static Dyadic Greatest(DyadicInterval x) => x.Abs().Sup;

    private ValueRange Apply(Expr.ApplyCase call)
    {
        ValueRange[] parts = [.. call.Arguments.Select(Of)];
        var t = parts[0];
        switch (call.Function)
        {
            case Proofs.Numeric.Expressions.Function.Abs:
                return t with { Set = t.Set?.Abs() };
            case Proofs.Numeric.Expressions.Function.Min:
                return Fold(
                    parts, (a, b) =>
                        DyadicInterval.Between(a.Inf < b.Inf ? a.Inf : b.Inf, a.Sup < b.Sup ? a.Sup : b.Sup));
            case Proofs.Numeric.Expressions.Function.Max:
                return Fold(
                    parts, (a, b) =>
                        DyadicInterval.Between(a.Inf > b.Inf ? a.Inf : b.Inf, a.Sup > b.Sup ? a.Sup : b.Sup));
            case Proofs.Numeric.Expressions.Function.Floor:
                return t with { Set = t.Set is { } f ? DyadicInterval.Between(Floor(f.Inf), Floor(f.Sup)) : null };
            case Proofs.Numeric.Expressions.Function.Ceil:
                return t with { Set = t.Set is { } c ? DyadicInterval.Between(-Floor(-c.Inf), -Floor(-c.Sup)) : null };
            case Proofs.Numeric.Expressions.Function.Sqrt:
                return t.Set switch
                {
                    { Sup.Sign: < 0 } => ValueRange.Nowhere,
                    { Inf.Sign: >= 0 } s => t with { Set = Precise.Sqrt(s, bits) },
                    _ => t.IsDefined == false ? ValueRange.Nowhere : ValueRange.Unknown,
                };
            case Proofs.Numeric.Expressions.Function.Log or Proofs.Numeric.Expressions.Function.Log2:
                return t.Set switch
                {
                    { Sup.Sign: <= 0 } => ValueRange.Nowhere,
                    { Inf.Sign: > 0 } s =>
                        t with
                        {
                            Set = call.Function == Proofs.Numeric.Expressions.Function.Log
                            ? Precise.Log(s, bits)
                            : Precise.Log2(s, bits)
                        },
                    _ => t.IsDefined == false ? ValueRange.Nowhere : ValueRange.Unknown,
                };
            case Proofs.Numeric.Expressions.Function.Exp:
                return Function(t, IsModerate, x => Precise.Exp(x, bits));
            case Proofs.Numeric.Expressions.Function.Sin:
                return Function(t, IsModerate, x => Precise.Sin(x, bits));
            case Proofs.Numeric.Expressions.Function.Cos:
                return Function(t, IsModerate, x => Precise.Cos(x, bits));
            case Proofs.Numeric.Expressions.Function.Atan:
                return Function(t, IsModerate, x => Precise.Atan(x, bits));
            case Proofs.Numeric.Expressions.Function.Sinh:
                return Function(t, IsModerate, x => Precise.Sinh(x, bits));
            case Proofs.Numeric.Expressions.Function.Cosh:
                return Function(t, IsModerate, x => Precise.Cosh(x, bits));
            case Proofs.Numeric.Expressions.Function.Tanh:
                return Function(t, IsModerate, x => Precise.Tanh(x, bits));
            case Proofs.Numeric.Expressions.Function.Erf:
                return Function(t, IsModerate, x => Precise.Erf(x, bits));
            case Proofs.Numeric.Expressions.Function.Sinc:
                return Function(t, IsModerate, x => Precise.Sinc(x, bits));
            default:
                return ValueRange.Unknown;
        }
    }

    private static bool IsModerate(DyadicInterval x) => Size(Greatest(x)) < 13;

    private static ValueRange Function(
        ValueRange t, Func<DyadicInterval, bool> isFit, Func<DyadicInterval, DyadicInterval> of) =>
        t with { Set = t.Set is { } x && isFit(x) ? of(x) : null };

    private static Dyadic Floor(Dyadic x) => x.Exponent >= 0 ? x : new Dyadic(x.Mantissa >> -x.Exponent, 0);

    private ValueRange Choose(Expr.ConditionalCase choice)
    {
        bool isTestDefined = choice.Condition.Expressions().All(side => Of(side).IsDefined == true);
        if (Holds(choice.Condition) is { } holds && isTestDefined)
        {
            return Of(holds ? choice.Then : choice.Otherwise);
        }

        ValueRange then = Of(choice.Then), otherwise = Of(choice.Otherwise);
        DyadicInterval? hull = then.Set is { } a && otherwise.Set is { } b ? DyadicInterval.Hull(a, b) : null;
        return new(hull, isTestDefined && then.IsDefined == true && otherwise.IsDefined == true ? true : null);
    }
}
