using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using D = Proofs.Numeric.Intervals.DecoratedInterval;
using I = Proofs.Numeric.Intervals.Interval;

namespace Proofs.Conformance;

// The vectors' operations by name, on intervals and on decorated intervals. Each returns the list of its results.
internal static class Operations
{
    private static readonly I Unit = I.Between(-1, 1);

    private static readonly Dictionary<string, (Func<I, I> F, Func<D, D> G)> Unary = new()
    {
        ["pos"] = (x => x, x => x),
        ["neg"] = (x => -x, x => -x),
        ["recip"] = (I.Reciprocal, x => D.Within(I.Reciprocal, x, !x.Set.Contains(0))),
        ["sqr"] = (I.Sqr, x => D.Smooth(I.Sqr, x)),
        ["sqrt"] = (I.Sqrt, D.Sqrt),
        ["abs"] = (I.Abs, x => D.Smooth(I.Abs, x)),
        ["exp"] = (I.Exp, D.Exp),
        ["exp2"] = (I.Exp2, x => D.Smooth(I.Exp2, x)),
        ["exp10"] = (I.Exp10, x => D.Smooth(I.Exp10, x)),
        ["expm1"] = (I.Expm1, x => D.Smooth(I.Expm1, x)),
        ["log"] = (I.Log, D.Log),
        ["log2"] = (I.Log2, x => D.Within(I.Log2, x, x.Set.Inf > 0)),
        ["log10"] = (I.Log10, x => D.Within(I.Log10, x, x.Set.Inf > 0)),
        ["logp1"] = (I.Log1p, x => D.Within(I.Log1p, x, x.Set.Inf > -1)),
        ["sin"] = (I.Sin, D.Sin),
        ["cos"] = (I.Cos, D.Cos),
        ["tan"] = (I.Tan, D.Tan),
        ["cot"] = (I.Cot, x => D.Within(I.Cot, x, x.Set.IsBounded && !x.Set.Contains(0) && !I.Cot(x.Set).IsEntire)),
        ["asin"] = (I.Asin, x => D.Within(I.Asin, x, x.Set.IsSubsetOf(Unit))),
        ["acos"] = (I.Acos, x => D.Within(I.Acos, x, x.Set.IsSubsetOf(Unit))),
        ["atan"] = (I.Atan, x => D.Smooth(I.Atan, x)),
        ["acot"] = (I.Acot, x => D.Smooth(I.Acot, x)),
        ["sinh"] = (I.Sinh, x => D.Smooth(I.Sinh, x)),
        ["cosh"] = (I.Cosh, x => D.Smooth(I.Cosh, x)),
        ["tanh"] = (I.Tanh, x => D.Smooth(I.Tanh, x)),
        ["coth"] = (I.Coth, x => D.Within(I.Coth, x, !x.Set.Contains(0))),
        ["asinh"] = (I.Asinh, x => D.Smooth(I.Asinh, x)),
        ["acosh"] = (I.Acosh, x => D.Within(I.Acosh, x, x.Set.Inf >= 1)),
        ["atanh"] = (I.Atanh, x => D.Within(I.Atanh, x, x.Set.Inf > -1 && x.Set.Sup < 1)),
        ["acoth"] = (I.Acoth, x => D.Within(I.Acoth, x, x.Set.Inf > 1 || x.Set.Sup < -1)),
        ["sign"] = (I.Sign, x => D.Step(I.Sign, x, v => v == 0)),
        ["floor"] = (I.Floor, x => D.Step(I.Floor, x, v => v == Math.Floor(v))),
        ["ceil"] = (I.Ceil, x => D.Step(I.Ceil, x, v => v == Math.Floor(v))),
        ["trunc"] = (I.Truncate, x => D.Step(I.Truncate, x, v => v == Math.Floor(v) && v != 0)),
        ["roundTiesToEven"] =
            (I.RoundTiesToEven, x => D.Step(I.RoundTiesToEven, x, v => Math.Abs(v - Math.Truncate(v)) == 0.5)),
        ["roundTiesToAway"] =
            (I.RoundTiesToAway, x => D.Step(I.RoundTiesToAway, x, v => Math.Abs(v - Math.Truncate(v)) == 0.5)),
    };

    private static readonly Dictionary<string, (Func<I, I, I> F, Func<D, D, D>? G)> Binary = new()
    {
        ["add"] = ((x, y) => x + y, (x, y) => x + y),
        ["sub"] = ((x, y) => x - y, (x, y) => x - y),
        ["mul"] = ((x, y) => x * y, (x, y) => x * y),
        ["div"] = ((x, y) => x / y, (x, y) => x / y),
        ["pow"] = (I.Pow, D.Pow),
        ["atan2"] = (I.Atan2, D.Atan2),
        ["min"] = (I.Min, (x, y) => D.Within(I.Min, x, y, true)),
        ["max"] = (I.Max, (x, y) => D.Within(I.Max, x, y, true)),
        ["intersection"] = (I.Intersect, null),
        ["convexHull"] = (I.Hull, null),
        ["cancelMinus"] = (I.CancelMinus, null),
        ["cancelPlus"] = (I.CancelPlus, null),
        ["sqrRevBin"] = (Reverse.Sqr, null),
        ["absRevBin"] = (Reverse.Abs, null),
        ["sinRevBin"] = (Reverse.Sin, null),
        ["cosRevBin"] = (Reverse.Cos, null),
        ["tanRevBin"] = (Reverse.Tan, null),
        ["coshRevBin"] = (Reverse.Cosh, null),
        ["mulRev"] = ((b, c) => Reverse.Multiply(b, c, I.Entire), null),
    };

    private static readonly Dictionary<string, Func<I, I, bool>> Relations = new()
    {
        ["equal"] = (x, y) => x == y,
        ["subset"] = (x, y) => x.IsSubsetOf(y),
        ["less"] = (x, y) => x.IsWeaklyLess(y),
        ["precedes"] = (x, y) => x.Precedes(y),
        ["interior"] = (x, y) => x.IsInteriorTo(y),
        ["strictLess"] = (x, y) => x.IsStrictlyLess(y),
        ["strictPrecedes"] = (x, y) => x.StrictlyPrecedes(y),
        ["disjoint"] = (x, y) => x.IsDisjointFrom(y),
    };

    private static readonly Dictionary<string, Func<I, double>> Measures = new()
    {
        ["inf"] = x => x.IsEmpty ? double.PositiveInfinity : x.Inf,
        ["sup"] = x => x.IsEmpty ? double.NegativeInfinity : x.Sup,
        ["mid"] = x => x.Midpoint,
        ["rad"] = x => x.Radius,
        ["wid"] = x => x.Width,
        ["mag"] = x => x.Magnitude,
        ["mig"] = x => x.Mignitude,
    };

    // The results of a vector's operation, or null where it is not implemented.
    public static IReadOnlyList<object>? Evaluate(Vector v)
    {
        string name = v.Operation;
        var decorated = v.Operands.OfType<D>().ToList();
        var sets = v.Operands.Select(o => o is D d ? d.Set : o is I i ? i : default).ToList();
        var numbers = v.Operands.OfType<double>().ToList();
        bool isDecorated = decorated.Count > 0, isNaI = decorated.Exists(d => d.IsNotAnInterval);
        D Full(int k) => v.Operands[k] is D d ? d : D.Of(sets[k]);

        if (Measures.TryGetValue(name, out var measure))
        {
            return [isNaI ? double.NaN : measure(sets[0])];
        }

        if (name == "midRad")
        {
            return [isNaI ? double.NaN : sets[0].Midpoint, isNaI ? double.NaN : sets[0].Radius];
        }

        if (Relations.TryGetValue(name, out var relation))
        {
            return [!isNaI && relation(sets[0], sets[1]) ? "true" : "false"];
        }

        switch (name)
        {
            case "isEmpty":
                return [!isNaI && sets[0].IsEmpty ? "true" : "false"];
            case "isEntire":
                return [!isNaI && sets[0].IsEntire ? "true" : "false"];
            case "isNaI":
                return [isNaI ? "true" : "false"];
            case "overlap":
                string state = sets[0].Overlap(sets[1]).ToString();
                return isNaI ? ["undefined"] : [char.ToLowerInvariant(state[0]) + state[1..]];
            case "intervalPart":
                return [sets[0]];
            case "decorationPart":
                return [Full(0).Decoration switch
                {
                    Decoration.Common => "com", Decoration.Continuous => "dac", Decoration.Defined => "def",
                    Decoration.Trivial => "trv", _ => "ill",
                }];
            case "newDec":
                return [D.Of(sets[0])];
            case "setDec":
                return [D.Of(sets[0], (string)v.Operands[1] switch
                {
                    "com" => Decoration.Common, "dac" => Decoration.Continuous, "def" => Decoration.Defined,
                    "trv" => Decoration.Trivial, _ => Decoration.Ill,
                })];
            case "b-textToInterval":
                return [I.Parse((string)v.Operands[0])];
            case "d-textToInterval":
                return [D.Parse((string)v.Operands[0])];
            case "b-numsToInterval":
                return [I.Between(numbers[0], numbers[1])];
            case "d-numsToInterval":
                return [D.Of(I.Between(numbers[0], numbers[1]))];
            case "sum_nearest":
                return [Reduction.Sum((double[])v.Operands[0])];
            case "sum_abs_nearest":
                return [Reduction.SumAbs((double[])v.Operands[0])];
            case "sum_sqr_nearest":
                return [Reduction.SumSquares((double[])v.Operands[0])];
            case "dot_nearest":
                return v.Operands is [double[] p, double[] q] && p.Length == q.Length ? [Reduction.Dot(p, q)] : null;
            case "fma":
                return isDecorated ? [D.Fma(Full(0), Full(1), Full(2))] : [I.Fma(sets[0], sets[1], sets[2])];
            case "pown":
                return isDecorated ? [D.Pow(Full(0), (int)numbers[0])] : [I.Pow(sets[0], (int)numbers[0])];
            case "rootn":
                return isDecorated ? null : [I.Root(sets[0], (int)numbers[0])];
            case "pownRev":
                return Trivial(isDecorated, isNaI, Reverse.Pow(sets[0], I.Entire, (int)numbers[0]));
            case "pownRevBin":
                return Trivial(isDecorated, isNaI, Reverse.Pow(sets[0], sets[1], (int)numbers[0]));
            case "mulRevTen":
                return Trivial(isDecorated, isNaI, Reverse.Multiply(sets[0], sets[1], sets[2]));
            case "powRev1":
                return Trivial(
                    isDecorated, isNaI, Reverse.PowBase(sets[0], sets[1], sets.Count > 2 ? sets[2] : I.Entire));
            case "powRev2":
                return Trivial(
                    isDecorated, isNaI, Reverse.PowExponent(sets[0], sets[1], sets.Count > 2 ? sets[2] : I.Entire));
            case "mulRevToPair":
                var pair = Reverse.MultiplyToPair(sets[0], sets[1]);
                if (!isDecorated)
                {
                    return [pair.First, pair.Second];
                }

                return isNaI ? [D.NotAnInterval, D.NotAnInterval]
                    : sets[0].Contains(0) || sets[0].IsEmpty
                    ? [D.Of(pair.First, Decoration.Trivial), D.Of(pair.Second, Decoration.Trivial)]
                    : [Full(1) / Full(0), D.Of(I.Empty)];
        }

        if (name.EndsWith("Rev", StringComparison.Ordinal) && v.Operands.Count == 1
            && Binary.TryGetValue(name + "Bin", out var reverse))
        {
            return Trivial(isDecorated, isNaI, reverse.F(sets[0], I.Entire));
        }

        if (Unary.TryGetValue(name, out var unary) && v.Operands.Count == 1)
        {
            return isDecorated ? [unary.G(Full(0))] : [unary.F(sets[0])];
        }

        if (Binary.TryGetValue(name, out var binary) && v.Operands.Count == 2)
        {
            return !isDecorated ? [binary.F(sets[0], sets[1])]
                : binary.G is { } g ? [g(Full(0), Full(1))]
                : Trivial(true, isNaI, binary.F(sets[0], sets[1]));
        }

        return null;
    }

    // Set and reverse operations claim nothing.
    private static IReadOnlyList<object> Trivial(bool decorated, bool isNaI, I set) =>
        !decorated ? [set] : [isNaI ? D.NotAnInterval : D.Of(set, Decoration.Trivial)];
}
