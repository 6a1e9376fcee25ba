using System.Globalization;

namespace Proofs.Checks.Theorems;

/// <summary>A number estimated from random data, with an interval; a measurement, and no bound.</summary>
/// <param name="Value">The estimate; NaN where the data do not allow one.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Level">The probability with which such intervals hold the true number, such as 0.9.</param>
/// <param name="Samples">How many observations stand behind it.</param>
/// <param name="Note">How it was made, in a few words.</param>
public sealed record IntervalEstimate(double Value, double Lower, double Upper, double Level, long Samples, string Note)
{
    /// <summary>Whether there is an estimate with an interval.</summary>
    public bool Exists => double.IsFinite(Value) && Lower <= Upper;

    /// <summary>The estimate and its interval, as <c>-0.553 in [-0.565, -0.540]</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value:F3} in [{Lower:F3}, {Upper:F3}]");
}

/// <summary>How an interval decides a claim about a number. A rule is fixed before the data are drawn.</summary>
/// <remarks>
/// A claim is supported where the whole interval agrees with it, refuted where the whole interval speaks against it,
/// and inconclusive between. Guarantee: where an interval of level 1 − 2α leaves out the true number on either side
/// with probability at most α, a false claim is supported, and a true one refuted, with probability at most α, the
/// false-alarm rate.
/// </remarks>
public abstract record DecisionRule
{
    private protected DecisionRule(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(level), level, "The level of an interval lies between 0 and 1.");
        }

        Level = level;
    }

    /// <summary>The level of the interval that decides.</summary>
    public double Level { get; }

    /// <summary>α = (1 − level)/2.</summary>
    public double FalseAlarmRate => (1 - Level) / 2;

    /// <summary>The verdict on a claim, from an estimate with an interval of this level.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="seed">The seed that makes the same data again.</param>
    /// <exception cref="ArgumentException">The interval has another level.</exception>
    public Verdict Decide(IntervalEstimate estimate, long seed)
    {
        if (Math.Abs(estimate.Level - Level) > 1e-12)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The rule needs an interval of level {Level}; the estimate has one of level {estimate.Level}."));
        }

        var finding = new StatisticalFinding(this, estimate, seed);
        Verdict verdict = !estimate.Exists
            ? new Verdict.Inconclusive($"There is no estimate: {estimate.Note}.", null, "Draw more data.")
            : Agrees(estimate) switch
            {
                true => new Verdict.Supported(estimate.Samples, seed, null, finding.ToString()),
                false => new Verdict.Refuted(new Witness([], finding.ToString()), null, null),
                _ => new Verdict.Inconclusive(
                    $"The interval does not decide: {finding}.", null, "Make more replicates, or use --profile full."),
            };
        return verdict with { Finding = finding };
    }

    // True where the whole interval agrees with the claim, false where all of it is against, null between.
    private protected abstract bool? Agrees(IntervalEstimate estimate);

    private protected string LevelText => string.Create(CultureInfo.InvariantCulture, $"{100 * Level:G4} % interval");

    /// <summary>The number lies within a tolerance of what is expected: the interval lies inside, both ends.</summary>
    public sealed record Within(double Expected, double Tolerance, double Level = 0.9) : DecisionRule(Level)
    {
        private protected override bool? Agrees(IntervalEstimate estimate) =>
            estimate.Lower >= Expected - Tolerance && estimate.Upper <= Expected + Tolerance ? true
            : estimate.Upper < Expected - Tolerance || estimate.Lower > Expected + Tolerance ? false
            : null;

        /// <inheritdoc/>
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"within {Tolerance:G3} of {Expected:F3} by the {LevelText}");
    }

    /// <summary>
    /// The number lies below a bound: the interval does. An interval wider than <paramref name="MostWidth"/> decides
    /// nothing.
    /// </summary>
    public sealed record Below(double Bound, double MostWidth = double.PositiveInfinity, double Level = 0.9)
        : DecisionRule(Level)
    {
        private protected override bool? Agrees(IntervalEstimate estimate) =>
            estimate.Upper - estimate.Lower > MostWidth ? null
            : estimate.Upper < Bound ? true
            : estimate.Lower > Bound ? false
            : null;

        /// <inheritdoc/>
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"below {Bound:F3} by the {LevelText}")
            + (double.IsFinite(MostWidth)
                ? string.Create(CultureInfo.InvariantCulture, $", no wider than {MostWidth:G3}")
                : "");
    }
}

/// <summary>What was measured for a claim about random data, and by which rule it was decided.</summary>
/// <param name="Rule">The rule, fixed before.</param>
/// <param name="Estimate">The estimate with its interval.</param>
/// <param name="Seed">The seed that makes the same data again.</param>
public sealed record StatisticalFinding(DecisionRule Rule, IntervalEstimate Estimate, long Seed)
{
    /// <summary>The finding in one line, with the number of observations, the seed and the false-alarm rate.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Estimate} ({100 * Estimate.Level:G4} %), expected {Rule}; "
            + $"{Estimate.Note}, {Estimate.Samples} observations, seed {Seed}, "
                + $"false-alarm rate {100 * Rule.FalseAlarmRate:G3} %");
}
