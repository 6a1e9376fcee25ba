using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

/// <summary>The conditions under which a formula is defined.</summary>
/// <remarks>
/// x/y: y ≠ 0. log x, pow2floor x, pow2ceil x: x > 0. tan x: cos x ≠ 0. x^n for integers n: x ≠ 0 or n ≥ 0, with x^0 =
/// 1 for every x. x^r: x ≥ 0 for a constant r > 0, x > 0 for r &lt; 0. x^e otherwise: x > 0, or x = 0 and e > 0.
/// factorial(n), binomial(n, k): integers ≥ 0. A branch of if(c, a, b) counts under c or its negation, the body of a
/// series for an integer index between the ends.
/// </remarks>
internal static class Definedness
{
    /// <summary>A condition, the guards under which it is asked for, and the indices the guards speak of.</summary>
    public sealed record Condition(
        ImmutableArray<Relation> Guards, ImmutableSortedSet<string> Indices, Relation Relation);

    public static ImmutableArray<Condition> Conditions(Relation relation, ImmutableSortedSet<string> integers)
    {
        var found = new Collector(integers);
        found.Visit(relation.Left, [], []);
        found.Visit(relation.Right, [], []);
        return [.. found.All.DistinctBy(c => $"{c.Relation} under {string.Join(" and ", c.Guards)}")];
    }

    private static readonly Term Zero = Term.Constant(0);

    private sealed class Collector(ImmutableSortedSet<string> integers)
    {
        public List<Condition> All { get; } = [];

        public void Visit(Term term, ImmutableArray<Relation> guards, ImmutableSortedSet<string> indices)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            switch (term)
            {
                case Term.Sum s:
                    Both(s.Left, s.Right);
                    break;
                case Term.Product p:
                    Both(p.Left, p.Right);
                    break;
                case Term.Quotient q:
                    Both(q.Left, q.Right);
                    Ask(q.Right, Comparison.Different);
                    break;
                case Term.Power p:
                    Both(p.Base, p.Exponent);
                    Power(p);
                    break;
                case Term.Call c:
                    foreach (var argument in c.Arguments)
                    {
                        Visit(argument, guards, indices);
                        Inside(c.Function, argument);
                    }

                    break;
                case Term.Choice c:
                    Both(c.Condition.Left, c.Condition.Right);
                    Visit(c.Then, guards.Add(c.Condition), indices);
                    Visit(c.Else, guards.Add(c.Condition.Negation), indices);
                    break;
                case Term.Series s:
                    Both(s.Lower, s.Upper);
                    RequireInteger(s.Lower, "the first index");
                    RequireInteger(s.Upper, "the last index");
                    if (!Names.IsVariable(s.Index) || integers.Contains(s.Index) || guards.Any(g => g.Mentions(s.Index))
                        || indices.Contains(s.Index))
                    {
                        throw new Rejection($"the index {s.Index} is also the name of something else; rename it");
                    }

                    var i = new Term.Variable(s.Index);
                    Visit(
                        s.Body,
                        guards.Add(new(s.Lower, Comparison.AtMost, i)).Add(new(i, Comparison.AtMost, s.Upper)),
                        indices.WithComparer(StringComparer.Ordinal).Add(s.Index));
                    break;
                default:
                    break;
            }

            void Both(Term a, Term b)
            {
                Visit(a, guards, indices);
                Visit(b, guards, indices);
            }

            void Ask(Term t, Comparison comparison)
            {
                // A constant that plainly satisfies the condition needs no sequent.
                if (t is Term.Number n
                    && (comparison == Comparison.Different
                        ? !n.Value.IsZero
                        : n.Value.Sign >= (comparison == Comparison.Less ? 1 : 0)))
                {
                    return;
                }

                All.Add(new(
                    guards, indices,
                    comparison == Comparison.Different ? new(t, comparison, Zero) : new(Zero, comparison, t)));
            }

            void Inside(string function, Term argument)
            {
                switch (FormulaFunction.All[function].Domain)
                {
                    case FunctionDomain.All:
                        break;
                    case FunctionDomain.Positive:
                        Ask(argument, Comparison.Less);
                        break;
                    case FunctionDomain.Naturals:
                        RequireInteger(argument, function);
                        Ask(argument, Comparison.AtMost);
                        break;
                    case FunctionDomain.CosineNotZero:
                        Ask(new Term.Call("cos", argument), Comparison.Different);
                        break;
                    default:
                        throw new Rejection($"nothing says where {function} is defined");
                }
            }

            void Power(Term.Power p)
            {
                switch (p.Exponent)
                {
                    case Term.Number { Value: { IsInteger: true, Sign: >= 0 } }:
                        break;
                    case Term.Number { Value.IsInteger: true }:
                        Ask(p.Base, Comparison.Different);
                        break;
                    case Term.Number { Value.Sign: > 0 }:
                        Ask(p.Base, Comparison.AtMost);
                        break;
                    default:
                        // b^n needs b ≠ 0 or n + 1 > 0; b^e needs b ≥ 0, and b > 0 or e > 0.
                        if (p.Base is Term.Number { Value.Sign: > 0 })
                        {
                            break;
                        }

                        bool integer = IsInteger(p.Exponent, indices);
                        if (!integer)
                        {
                            Ask(p.Base, Comparison.AtMost);
                        }

                        Ask(
                            integer
                                ? new Term.Call("max", new Term.Call("abs", p.Base), p.Exponent + Term.Constant(1))
                                : new Term.Call("max", p.Base, p.Exponent),
                            Comparison.Less);
                        break;
                }
            }

            void RequireInteger(Term t, string what)
            {
                if (!IsInteger(t, indices))
                {
                    throw new Rejection($"{what} needs integers, and {t} is not one for certain");
                }
            }
        }

        private bool IsInteger(Term t, ImmutableSortedSet<string> indices) => t switch
        {
            Term.Number n => n.Value.IsInteger,
            Term.Variable v => integers.Contains(v.Name) || indices.Contains(v.Name),
            Term.Sum s => IsInteger(s.Left, indices) && IsInteger(s.Right, indices),
            Term.Product p => IsInteger(p.Left, indices) && IsInteger(p.Right, indices),
            Term.Power { Exponent: Term.Number { Value: { IsInteger: true, Sign: >= 0 } } } p =>
                IsInteger(p.Base, indices),
            Term.Power { Base: Term.Number { Value: { IsInteger: true } } } => false,
            Term.Call { Function: "floor" or "ceil" or "factorial" or "binomial" } => true,
            Term.Call { Function: "min" or "max" or "abs" } c => c.Arguments.All(a => IsInteger(a, indices)),
            _ => false,
        };
    }
}
