using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>Polynomials over an interval in Bernstein form.</summary>
public static class BernsteinForm
{
    /// <summary>
    /// Whether an atom is one of the weights, which are at least 0; their names start with a sign that no variable has.
    /// </summary>
    public static bool IsWeight(Atom a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Key[0] == '~';
    }

    /// <summary>
    /// The polynomial with x written as low v + high u for weights u, v ≥ 0 of sum 1, homogeneous in them.
    /// </summary>
    /// <exception cref="Rejection">x occurs to another power than a natural one.</exception>
    public static Poly Of(Poly p, Atom x, BigRational low, BigRational high, WorkBudget work)
    {
        var u = Poly.Of(Atom.Variable("~u" + x.Key, false));
        var v = Poly.Of(Atom.Variable("~v" + x.Key, false));
        var byDegree = new SortedDictionary<int, Poly>();
        foreach (var (m, c) in p.Terms)
        {
            var factor = m.Factors.FirstOrDefault(f => f.Atom.Equals(x));
            if (factor.Atom is not null && !factor.IsPlain)
            {
                throw new Rejection($"{factor} has no Bernstein form");
            }

            int k = factor.Atom is null ? 0 : Poly.Small(factor.Number.Numerator);
            var part = Poly.Of(c, m.Without(x));
            byDegree[k] = byDegree.TryGetValue(k, out var sum) ? sum.Plus(part, work) : part;
        }

        // x^k = (low v + high u)^k (u + v)^(n-k)
        int n = byDegree.Count == 0 ? 0 : byDegree.Keys.Max();
        var (mix, whole) = (v.Scale(low).Plus(u.Scale(high), work), u.Plus(v, work));
        var result = Poly.Zero;
        foreach (var (k, part) in byDegree)
        {
            result = result.Plus(part.Times(mix.Power(k, work), work).Times(whole.Power(n - k, work), work), work);
        }

        return result;
    }
}
