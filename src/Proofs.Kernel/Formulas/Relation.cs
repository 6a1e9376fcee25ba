namespace Proofs.Kernel.Formulas;

/// <summary>The comparisons of a sequent; ≥ and &gt; are read with their sides exchanged.</summary>
public enum Comparison
{
    /// <summary>Left is at most right.</summary>
    AtMost,

    /// <summary>Left is less than right.</summary>
    Less,

    /// <summary>The sides are equal.</summary>
    Equal,

    /// <summary>The sides differ.</summary>
    Different,
}

/// <summary>A comparison of two formulas.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Comparison">How the sides compare.</param>
/// <param name="Right">The right side.</param>
public sealed record Relation(Term Left, Comparison Comparison, Term Right)
{
    /// <summary>The relation that holds exactly where this one does not.</summary>
    public Relation Negation => Comparison switch
    {
        Comparison.AtMost => new(Right, Comparison.Less, Left),
        Comparison.Less => new(Right, Comparison.AtMost, Left),
        Comparison.Equal => new(Left, Comparison.Different, Right),
        _ => new(Left, Comparison.Equal, Right),
    };

    /// <summary>Whether a variable occurs.</summary>
    public bool Mentions(string name) => Left.Variables.Contains(name) || Right.Variables.Contains(name);

    /// <summary>The relation with a formula in place of a variable.</summary>
    public Relation Substitute(string name, Term value) =>
        Mentions(name) ? new(Left.Substitute(name, value), Comparison, Right.Substitute(name, value)) : this;

    /// <summary>The relation in the syntax that <see cref="Reader"/> reads.</summary>
    public override string ToString() => $"{Left} {Symbol} {Right}";

    internal string Symbol => Comparison switch
    {
        Comparison.AtMost => "<=",
        Comparison.Less => "<",
        Comparison.Equal => "=",
        _ => "!=",
    };
}
