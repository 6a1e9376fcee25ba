using System.Collections.Immutable;
using Proofs.Kernel.Checking;

namespace Proofs.Numeric;

/// <summary>A claim about real and integer parameters: an inequality or equation for all values in stated ranges.</summary>
public sealed class Statement
{
    private Statement(Claim claim) => Claim = claim;

    /// <summary>The text, which <see cref="Parse"/> reads back.</summary>
    public string Text => Claim.Text;

    /// <summary>The names of the variables, real ones first.</summary>
    public ImmutableArray<string> Variables => [.. Claim.Reals, .. Claim.Integers];

    /// <summary>What the prover and the checker work on.</summary>
    internal Claim Claim { get; }

    /// <summary>Reads <c>forall eps in (0, 1/2], D in int [1, 64] where H1, H2 : LEFT &lt;= RIGHT</c>.</summary>
    /// <remarks>
    /// Relations are &lt;= &gt;= &lt; &gt; = and chains of them, joined by <c>and</c>; numbers are exact. Functions: + - * / ^, exp, log, log2,
    /// sqrt, abs, min, max, floor, ceil, pow2floor, pow2ceil, factorial, binomial, if(condition, a, b), sum(i, from, to, term),
    /// prod(i, from, to, term), and the constant pi.
    /// </remarks>
    /// <exception cref="StatementFormatException">The text is no statement; the message names column and expectation.</exception>
    public static Statement Parse(string text) => new(Claim.Parse(text));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
