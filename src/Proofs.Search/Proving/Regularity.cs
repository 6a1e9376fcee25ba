using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Proving;

/// <summary>Whether a formula is defined and continuous everywhere on a box; false where that is not plain.</summary>
internal static class Regularity
{
    public static bool IsContinuous(Term term, Dictionary<string, Interval> box)
    {
        var evaluation = new BoxEvaluation(box);
        return Check(term) && evaluation.Value(term).IsBounded;

        bool Check(Term t) => t switch
        {
            Term.Number => true,
            Term.Variable v => box.ContainsKey(v.Name),
            Term.Sum s => Check(s.Left) && Check(s.Right),
            Term.Product p => Check(p.Left) && Check(p.Right),
            Term.Quotient q => Check(q.Left) && Check(q.Right) && !evaluation.Value(q.Right).Contains(BigRational.Zero),
            Term.Power { Exponent: Term.Number { Value: { IsInteger: true } e } } p =>
                Check(p.Base) && (e.Sign > 0 || !evaluation.Value(p.Base).Contains(BigRational.Zero)),
            Term.Power p => Check(p.Base) && Check(p.Exponent) && evaluation.Value(p.Base).Inf > 0,
            Term.Call { Function: "pi" } => true,
            Term.Call { Function: "exp" or "abs" or "min" or "max" } c => c.Arguments.All(Check),
            Term.Call { Function: "log" } c => Check(c.Arguments[0]) && evaluation.Value(c.Arguments[0]).Inf > 0,
            _ => t.Variables.All(v => box.TryGetValue(v, out var x) && x.IsPoint) && evaluation.Value(t).IsBounded
                && !MayBeUndefined(t),
        };
    }

    // Steps, choices and sums at one point: defined where what they are made of is.
    private static bool MayBeUndefined(Term t) => t switch
    {
        Term.Call { Function: "floor" or "ceil" } c => c.Arguments[0] is not (Term.Variable or Term.Number),
        _ => true,
    };
}
