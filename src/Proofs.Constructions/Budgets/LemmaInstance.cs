using Proofs.Numeric;

namespace Proofs.Constructions;

/// <summary>What a lemma says about one network: |network − target| obeys the budget on the domain.</summary>
/// <param name="Network">The network, often a part of a larger one, with one output.</param>
/// <param name="Target">The function it approximates, in the variables <see cref="Inputs"/> names.</param>
/// <param name="Domain">The box of inputs.</param>
/// <param name="Region">Where in the box the lemma speaks, in the same variables; null for everywhere.</param>
public sealed record LemmaInstance(ReluNetwork Network, Expr Target, Box Domain, Condition? Region);
