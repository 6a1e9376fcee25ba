using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Holder.Membership;

// A formula with ifs, absolute values, minima and maxima as smooth pieces: one for each choice of signs of the
// polynomials d_1, …, d_n by which it changes.
//   D^a f is continuous across d_k = 0 where the pieces on the two sides differ by a multiple of d_k (a polynomial one,
//   with what is no polynomial in them taken for further variables); pieces that meet in a point differ in signs of
//   polynomials that vanish there, one after the other. Where that holds for |a| ≤ q, and every piece has its
//   derivatives wherever it reaches, f is C^q: a Lipschitz function whose gradient agrees almost everywhere with a
//   continuous one has that gradient.
// A choice has the sign 0 too: there f has a value of its own, which must be that of the pieces beside.
internal sealed class PiecewiseForm
{
    private const int MostSwitches = 4;
    private readonly IReadOnlyList<string> _names;
    private readonly Expr[] _switches;
    private readonly Dictionary<string, Expr> _pieces; // by signs, "+0-"

    private PiecewiseForm(IReadOnlyList<string> names, Expr[] switches, Dictionary<string, Expr> pieces) =>
        (_names, _switches, _pieces) = (names, switches, pieces);

    // The pieces, or null where the formula changes by other things than the signs of a few polynomials.
    public static PiecewiseForm? Of(Expr formula, IReadOnlyList<string> names)
    {
        var switches = Switches(formula).Distinct().ToArray();
        if (switches.Length is 0 or > MostSwitches
            || switches.Any(d => Polynomial.TryOf(d, names) is not { Degree: > 0 }))
        {
            return null;
        }

        var pieces = Signs(switches.Length, "+0-")
            .ToDictionary(s => s, s => Resolve(formula, switches, s), StringComparer.Ordinal);
        return pieces.Values.All(HolderMembership.IsSmooth) ? new(names, switches, pieces) : null;
    }

    // Whether D^a f is continuous across every seam for all |a| ≤ q.
    public bool IsSmooth(int q)
    {
        foreach (string signs in _pieces.Keys)
        {
            for (int k = 0; k < signs.Length; k++)
            {
                var beside = _pieces[With(signs, k, '+')];
                bool matches = signs[k] switch
                {
                    '0' => Divides(k, _pieces[signs] - beside),
                    '-' => MultiIndex.UpTo(_names.Count, signs.Contains('0', StringComparison.Ordinal) ? 0 : q)
                        .All(a => Divides(
                        k, HolderMembership.Derivative(_pieces[signs], a, _names)
                            - HolderMembership.Derivative(beside, a, _names))),
                    _ => true,
                };
                if (!matches && !IsEmpty(With(signs, k, '0')))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Whether no point of the cube has these signs, + and - standing for the closed sides: then no pieces meet there.
    private bool IsEmpty(string signs) => new CubeSearch(_names).Decide(
        box => new LocalForm(_names, box) is var form
            && _switches.Zip(signs, (d, sign) => (form.Of(d).Range, Sign: sign))
            .Any(s => s.Sign switch { '+' => s.Range.Sup < 0, '-' => s.Range.Inf > 0, _ => !s.Range.Contains(0) }),
        _ => false).Holds;

    // The derivatives of order a of the pieces that reach into the box; the values on seams too, for a = 0.
    public IEnumerable<Expr> Reaching(Interval[] box, MultiIndex a)
    {
        var form = new LocalForm(_names, box);
        Interval[] ranges = [.. _switches.Select(d => form.Of(d).Range)];
        return Signs(_switches.Length, a.Degree == 0 ? "+0-" : "+-")
            .Where(s =>
                s.Zip(ranges, (sign, r) => sign switch { '+' => r.Sup >= 0, '-' => r.Inf <= 0, _ => r.Contains(0) })
                    .All(x => x))
            .Select(s => HolderMembership.Derivative(_pieces[s], a, _names))
            .Distinct();
    }

    private static IEnumerable<string> Signs(int count, string choices) => count == 0
        ? [""]
        : Signs(count - 1, choices).SelectMany(s => choices.Select(c => s + c));

    private static string With(string signs, int at, char sign) => $"{signs[..at]}{sign}{signs[(at + 1)..]}";

    // The left sides of all conditions d ≥ 0 and the like; what is inside of switches comes too, so that nested ones
    // are seen.
    private static IEnumerable<Expr> Switches(Expr e) => e.Children.SelectMany(Switches).Concat(e switch
    {
        Expr.ConditionalCase c => Comparisons(c.Condition).Select(x => x.Left - x.Right),
        Expr.ApplyCase { Function: Function.Abs } a => [a.Arguments[0]],
        Expr.ApplyCase { Function: Function.Min or Function.Max } a =>
            a.Arguments.Skip(1).Select((b, i) => b - a.Arguments[i]),
        _ => [],
    });

    private static IEnumerable<Condition.Comparison> Comparisons(Condition condition) => condition switch
    {
        Condition.Comparison c => [c],
        Condition.All a => Comparisons(a.First).Concat(Comparisons(a.Second)),
        Condition.Any a => Comparisons(a.First).Concat(Comparisons(a.Second)),
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    private static Expr Resolve(Expr e, Expr[] switches, string signs)
    {
        int SignOf(Expr d) => signs[Array.IndexOf(switches, d)] switch { '+' => 1, '-' => -1, _ => 0 };
        bool Holds(Condition condition) => condition switch
        {
            Condition.Comparison c => c.Relation.Holds(SignOf(c.Left - c.Right)),
            Condition.All a => Holds(a.First) && Holds(a.Second),
            Condition.Any a => Holds(a.First) || Holds(a.Second),
            _ => throw new InvalidOperationException("Condition is a closed family."),
        };
        Expr Go(Expr part) => part switch
        {
            Expr.ConditionalCase c => Go(Holds(c.Condition) ? c.Then : c.Otherwise),
            Expr.ApplyCase { Function: Function.Abs } a =>
                SignOf(a.Arguments[0]) >= 0 ? Go(a.Arguments[0]) : -Go(a.Arguments[0]),
            Expr.ApplyCase { Function: Function.Min or Function.Max, Arguments: [var first, var second] } a =>
                Go(SignOf(second - first) >= 0 == (a.Function == Function.Max) ? second : first),
            _ => part.MapChildren(Go),
        };
        return Go(e);
    }

    // Whether d_k divides the formula, its parts that are no polynomials being variables.
    private bool Divides(int k, Expr difference)
    {
        var names = _names.ToList();
        var known = new Dictionary<Expr, Expr>();
        var plain = Plain(difference);
        return Polynomial.TryOf(plain, names) is { } p && Polynomial.TryOf(_switches[k], names) is { } d
            && IsMultiple(p, d);

        Expr Plain(Expr e) => e switch
        {
            Expr.ConstantCase or Expr.VariableCase => e,
            Expr.SumCase or Expr.ProductCase => e.MapChildren(Plain),
            Expr.PowerCase { Exponent: Expr.ConstantCase { Value: { IsInteger: true, Sign: > 0 } } } p =>
                Expr.Power(Plain(p.Base), p.Exponent),
            _ => known.TryGetValue(e, out var variable) ? variable : known[e] = Fresh(),
        };

        Expr Fresh()
        {
            names.Add($"part{names.Count}");
            return Expr.Variable(names[^1]);
        }
    }

    // Division by the leading term, by degree and then by exponents: without remainder or not.
    private static bool IsMultiple(Polynomial p, Polynomial d)
    {
        var lead = Leading(d);
        while (p.Coefficients.Count > 0)
        {
            var top = Leading(p);
            if (!lead.Key.IsBelow(top.Key))
            {
                return false;
            }

            var factor = Polynomial.Of(p.Dimension, [KeyValuePair.Create(top.Key - lead.Key, -top.Value / lead.Value)]);
            p += factor * d;
        }

        return true;
    }

    private static KeyValuePair<MultiIndex, BigRational> Leading(Polynomial p) =>
        p.Coefficients.First(c => c.Key.Degree == p.Degree); // of that degree, the first exponents descend
}
