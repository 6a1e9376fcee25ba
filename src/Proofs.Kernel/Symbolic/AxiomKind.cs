using System.Collections.Immutable;
using Proofs.Kernel.Certificates;

namespace Proofs.Kernel.Symbolic;

/// <summary>
/// The known inequalities of the rule <see cref="Rule.Axiom"/>; where a premise a ≤ b holds strictly, the monotone ones
/// conclude strictly.
/// </summary>
public enum AxiomKind
{
    /// <summary>1 + u ≤ exp(u).</summary>
    ExpTangent,

    /// <summary>u &gt; 0: log(u) ≤ u − 1.</summary>
    LogTangent,

    /// <summary>a ≤ b: exp(a) ≤ exp(b).</summary>
    ExpMonotone,

    /// <summary>exp(a) ≤ exp(b): a ≤ b.</summary>
    ExpReflects,

    /// <summary>0 &lt; a ≤ b: log(a) ≤ log(b).</summary>
    LogMonotone,

    /// <summary>0 &lt; a, 0 &lt; b, log(a) ≤ log(b): a ≤ b.</summary>
    LogReflects,

    /// <summary>0 ≤ a ≤ b, p &gt; 0: a^p ≤ b^p.</summary>
    PowerMonotone,

    /// <summary>0 &lt; a ≤ b, p ≤ 0: b^p ≤ a^p.</summary>
    PowerAntitone,

    /// <summary>0 ≤ a, 0 ≤ b, p &gt; 0, a^p ≤ b^p: a ≤ b.</summary>
    PowerReflects,

    /// <summary>0 ≤ b, a^2 ≤ b^2: a ≤ b.</summary>
    SquareReflects,

    /// <summary>1 ≤ b, x ≤ y: b^x ≤ b^y.</summary>
    ExponentGrows,

    /// <summary>0 &lt; b ≤ 1, x ≤ y: b^y ≤ b^x.</summary>
    ExponentFalls,

    /// <summary>−1 ≤ x, 1 ≤ p: 1 + p x ≤ (1+x)^p.</summary>
    Bernoulli,

    /// <summary>−1 ≤ x, 0 ≤ p ≤ 1: (1+x)^p ≤ 1 + p x.</summary>
    BernoulliRoot,

    /// <summary>
    /// 0 ≤ x, y, …, numbers u, v, … &gt; 0 with sum 1 as arguments x u y v …: x^u y^v … ≤ u x + v y + ….
    /// </summary>
    Amgm,

    /// <summary>0 &lt; x, y, 0 ≤ t ≤ 1: x^t y^(1−t) ≤ t x + (1−t) y.</summary>
    Young,

    /// <summary>floor(x) ≤ x.</summary>
    Floor,

    /// <summary>x &lt; floor(x) + 1.</summary>
    FloorAbove,

    /// <summary>x ≤ ceil(x).</summary>
    Ceil,

    /// <summary>ceil(x) − 1 &lt; x.</summary>
    CeilBelow,

    /// <summary>x &gt; 0: pow2floor(x) ≤ x.</summary>
    Pow2floor,

    /// <summary>x &gt; 0: x &lt; 2 pow2floor(x).</summary>
    Pow2floorAbove,

    /// <summary>x &gt; 0: x ≤ pow2ceil(x).</summary>
    Pow2ceil,

    /// <summary>x &gt; 0: pow2ceil(x)/2 &lt; x.</summary>
    Pow2ceilBelow,

    /// <summary>x ≤ |x|.</summary>
    Abs,

    /// <summary>−x ≤ |x|.</summary>
    AbsMinus,

    /// <summary>min(a, b) ≤ a.</summary>
    MinLeft,

    /// <summary>min(a, b) ≤ b.</summary>
    MinRight,

    /// <summary>a ≤ max(a, b).</summary>
    MaxLeft,

    /// <summary>b ≤ max(a, b).</summary>
    MaxRight,

    /// <summary>Integers a &lt; b: a + 1 ≤ b.</summary>
    IntegerGap,
}

/// <summary>The names of axioms in certificates, and how many arguments they take.</summary>
internal static class AxiomTable
{
    /// <summary>Name and number of arguments; −1 for any even number.</summary>
    public static readonly ImmutableDictionary<AxiomKind, (string Name, int Arity)> All =
        ImmutableDictionary.CreateRange(new KeyValuePair<AxiomKind, (string, int)>[]
        {
            new(AxiomKind.ExpTangent, ("exp-tangent", 1)),
            new(AxiomKind.LogTangent, ("log-tangent", 1)),
            new(AxiomKind.ExpMonotone, ("exp-monotone", 2)),
            new(AxiomKind.ExpReflects, ("exp-reflects", 2)),
            new(AxiomKind.LogMonotone, ("log-monotone", 2)),
            new(AxiomKind.LogReflects, ("log-reflects", 2)),
            new(AxiomKind.PowerMonotone, ("power-monotone", 3)),
            new(AxiomKind.PowerAntitone, ("power-antitone", 3)),
            new(AxiomKind.PowerReflects, ("power-reflects", 3)),
            new(AxiomKind.SquareReflects, ("square-reflects", 2)),
            new(AxiomKind.ExponentGrows, ("exponent-grows", 3)),
            new(AxiomKind.ExponentFalls, ("exponent-falls", 3)),
            new(AxiomKind.Bernoulli, ("bernoulli", 2)),
            new(AxiomKind.BernoulliRoot, ("bernoulli-root", 2)),
            new(AxiomKind.Amgm, ("amgm", -1)),
            new(AxiomKind.Young, ("young", 3)),
            new(AxiomKind.Floor, ("floor", 1)),
            new(AxiomKind.FloorAbove, ("floor-above", 1)),
            new(AxiomKind.Ceil, ("ceil", 1)),
            new(AxiomKind.CeilBelow, ("ceil-below", 1)),
            new(AxiomKind.Pow2floor, ("pow2floor", 1)),
            new(AxiomKind.Pow2floorAbove, ("pow2floor-above", 1)),
            new(AxiomKind.Pow2ceil, ("pow2ceil", 1)),
            new(AxiomKind.Pow2ceilBelow, ("pow2ceil-below", 1)),
            new(AxiomKind.Abs, ("abs", 1)),
            new(AxiomKind.AbsMinus, ("abs-minus", 1)),
            new(AxiomKind.MinLeft, ("min-left", 2)),
            new(AxiomKind.MinRight, ("min-right", 2)),
            new(AxiomKind.MaxLeft, ("max-left", 2)),
            new(AxiomKind.MaxRight, ("max-right", 2)),
            new(AxiomKind.IntegerGap, ("integer-gap", 2)),
        });

    private static readonly ImmutableDictionary<string, AxiomKind> ByName =
        All.ToImmutableDictionary(a => a.Value.Name, a => a.Key, StringComparer.Ordinal);

    /// <summary>The name of an axiom.</summary>
    /// <exception cref="Rejection">There is no such axiom.</exception>
    public static string NameOf(AxiomKind kind) =>
        All.TryGetValue(kind, out var axiom) ? axiom.Name : throw new Rejection($"there is no axiom number {kind}");

    /// <summary>The axiom of this name for so many arguments.</summary>
    /// <exception cref="Rejection">There is none.</exception>
    public static AxiomKind Find(string name, int arguments) =>
        ByName.TryGetValue(name, out var kind) && All[kind].Arity is var arity
        && (arity < 0 ? arguments > 0 && arguments % 2 == 0 : arguments == arity)
            ? kind
            : throw new Rejection($"there is no axiom {name} with {arguments} arguments");
}
