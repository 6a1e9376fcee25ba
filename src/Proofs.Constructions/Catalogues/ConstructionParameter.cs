namespace Proofs.Constructions.Catalogues;

/// <summary>One parameter of a construction of the <see cref="Catalogue"/>.</summary>
/// <param name="Name">The key, as in <c>eps=1/4</c>.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Default">The value where the key is missing, as text; null where it has to be given.</param>
/// <param name="Description">What it means, in one line.</param>
public sealed record ConstructionParameter(string Name, ParameterKind Kind, string? Default, string Description)
{
    /// <summary>Whether the key may carry the number of a piece, as in <c>f2</c>.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>The values allowed, for a <see cref="ParameterKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>What the values of a parameter are.</summary>
public enum ParameterKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An exact number: an integer, a fraction or a decimal.</summary>
    Number,

    /// <summary>Several exact numbers with commas between them.</summary>
    Numbers,

    /// <summary>A formula in the inputs x, or x1, x2, ….</summary>
    Formula,

    /// <summary>Inequalities with semicolons between them, such as <c>x2 &lt;= 1/2 + x1/4; x1 &gt;= 1/8</c>.</summary>
    Region,

    /// <summary>A box, such as <c>[0,1]^2</c>.</summary>
    Box,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A group by name, such as <c>S4</c> or <c>D4 on 3x3</c>.</summary>
    Group,

    /// <summary>A set by name, such as <c>gasket</c>, or a file that states its maps.</summary>
    Set,
}
