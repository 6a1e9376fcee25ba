using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>Derivatives of formulas, where they exist for certain.</summary>
internal static class Derivative
{
    private static readonly Term Zero = Term.Constant(0);
    private static readonly Term One = Term.Constant(1);

    /// <summary>The derivative by a variable; every formula met is differentiable there, given the facts.</summary>
    /// <exception cref="Rejection">That could not be seen.</exception>
    public static Term Of(Term term, string x, Context context)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!term.Variables.Contains(x))
        {
            return Zero;
        }

        switch (term)
        {
            case Term.Variable:
                return One;
            case Term.Sum s:
                return Add(Of(s.Left, x, context), Of(s.Right, x, context));
            case Term.Product p:
                return Add(Times(Of(p.Left, x, context), p.Right), Times(p.Left, Of(p.Right, x, context)));
            case Term.Quotient q:
                Need(new(q.Right, Comparison.Different, Zero));
                var below = Of(q.Right, x, context);
                return below == Zero
                    ? Of(q.Left, x, context) / q.Right
                    : Add(Times(Of(q.Left, x, context), q.Right), -Times(q.Left, below))
                        / new Term.Power(q.Right, Term.Constant(2));
            case Term.Power p:
                return OfPower(p);
            case Term.Call { Function: "exp" } c:
                return Times(c, Of(c.Arguments[0], x, context));
            case Term.Call { Function: "log" } c:
                Need(new(Zero, Comparison.Less, c.Arguments[0]));
                return Of(c.Arguments[0], x, context) / c.Arguments[0];
            default:
                throw new Rejection($"{term} has no derivative here");
        }

        Term OfPower(Term.Power p)
        {
            if (p.Exponent is Term.Number { Value: { IsInteger: true } n })
            {
                if (n == BigRational.One)
                {
                    return Of(p.Base, x, context);
                }

                if (n.Sign <= 0)
                {
                    Need(new(p.Base, Comparison.Different, Zero));
                }

                return Times(Term.Constant(n) * new Term.Power(p.Base, Term.Constant(n - 1)), Of(p.Base, x, context));
            }

            Need(new(Zero, Comparison.Less, p.Base));
            var fromBase = Times(p.Exponent * new Term.Power(p.Base, p.Exponent - One), Of(p.Base, x, context));
            return p.Exponent.Variables.Contains(x)
                ? Add(fromBase, Times(p * new Term.Call("log", p.Base), Of(p.Exponent, x, context)))
                : fromBase;
        }

        void Need(Relation condition)
        {
            if (!context.Holds(condition))
            {
                throw new Rejection($"the derivative needs {condition}");
            }
        }
    }

    private static Term Add(Term a, Term b) => a == Zero ? b : b == Zero ? a : a + b;

    private static Term Times(Term a, Term b) => a == Zero || b == Zero ? Zero : a == One ? b : b == One ? a : a * b;
}
