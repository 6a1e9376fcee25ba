namespace Proofs.Numeric.Intervals;

/// <summary>An interval with the claim that its computation earned: defined, continuous, bounded.</summary>
/// <remarks>
/// Invariant: the empty set is Trivial or Ill, an unbounded one at most Continuous; default is not an interval.
/// Guarantee: the decoration holds for the whole expression evaluated so far.
/// </remarks>
public readonly partial record struct DecoratedInterval
{
    private readonly Interval _set;

    private DecoratedInterval(Interval set, Decoration decoration)
    {
        _set = set;
        Decoration = decoration;
    }

    /// <summary>The result of an invalid construction.</summary>
    public static DecoratedInterval NotAnInterval => default;

    /// <summary>The interval; empty for <see cref="NotAnInterval"/>.</summary>
    public Interval Set => Decoration == Decoration.Ill ? Interval.Empty : _set;

    /// <summary>The claim.</summary>
    public Decoration Decoration { get; }

    /// <summary>Whether this is the result of an invalid construction.</summary>
    public bool IsNotAnInterval => Decoration == Decoration.Ill;

    /// <summary>
    /// The interval as an input: Common where it is bounded, Continuous where not, Trivial where empty.
    /// </summary>
    public static DecoratedInterval Of(Interval set) => Of(set, Decoration.Common);

    /// <summary>The interval with a claim, lowered where the set does not allow it.</summary>
    public static DecoratedInterval Of(Interval set, Decoration decoration)
    {
        var best = set.IsEmpty ? Decoration.Trivial : set.IsBounded ? Decoration.Common : Decoration.Continuous;
        return decoration == Decoration.Ill ? default : new(set, decoration < best ? decoration : best);
    }

    /// <summary>
    /// Reads a literal of <see cref="Interval.Parse"/> with an optional <c>_com</c>, <c>_dac</c>, <c>_def</c> or
    /// <c>_trv</c>.
    /// </summary>
    /// <exception cref="FormatException">The text is no such literal, or claims more than its set allows.</exception>
    public static DecoratedInterval Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (string.Equals(
            trimmed.Replace(" ", "", StringComparison.Ordinal), "[nai]", StringComparison.OrdinalIgnoreCase))
        {
            return NotAnInterval;
        }

        int at = trimmed.LastIndexOf('_');
        if (at < 0)
        {
            return Of(Interval.Parse(trimmed));
        }

        var set = Interval.Parse(trimmed[..at]);
        Decoration? claim = trimmed[(at + 1)..].ToUpperInvariant() switch
        {
            "TRV" => Decoration.Trivial,
            "DEF" => Decoration.Defined,
            "DAC" => Decoration.Continuous,
            "COM" => Decoration.Common,
            _ => null,
        };
        var result = claim is { } c ? Of(set, c) : default;
        return claim is { } wanted
            && (result.Decoration == wanted || (wanted == Decoration.Common && !Literal(trimmed[..at])))
            ? result
            : throw new FormatException(
                $"'{text}', column {at + 2}: expected one of trv, def, dac, com that the set allows.");

        // A bounded literal whose rounding is unbounded is no error: its claim falls to Continuous.
        static bool Literal(string body) => body.Contains("inf", StringComparison.OrdinalIgnoreCase)
            || body.Contains("entire", StringComparison.OrdinalIgnoreCase)
            || body.Contains("empty", StringComparison.OrdinalIgnoreCase)
            || body.Trim().Trim('[', ']').Trim() is "" or "," || body.Contains("??", StringComparison.Ordinal)
            || body.Replace(" ", "", StringComparison.Ordinal) is var b
                && (b.Contains("[,", StringComparison.Ordinal) || b.Contains(",]", StringComparison.Ordinal));
    }

    /// <summary>The literal of the interval with its decoration.</summary>
    public override string ToString() => Decoration switch
    {
        Decoration.Ill => "[nai]",
        Decoration.Trivial => $"{Set}_trv",
        Decoration.Defined => $"{Set}_def",
        Decoration.Continuous => $"{Set}_dac",
        _ => $"{Set}_com",
    };
}
