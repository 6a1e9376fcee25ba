namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>A rule with its arguments as they stand in a certificate.</summary>
internal sealed record ForgedStep(string Rule, params IReadOnlyList<string> Arguments)
{
    /// <summary>The rule, or the axiom, by name.</summary>
    public string Kind => Rule == "axiom" ? $"axiom {Arguments[0]}" : Rule;

    public override string ToString() => string.Concat(Arguments.Select(a => $" \"{a}\"").Prepend(Rule));
}
