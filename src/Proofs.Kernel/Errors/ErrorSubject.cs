using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Errors;

/// <summary>One network of a signed sum.</summary>
/// <param name="Sign">1 or −1.</param>
/// <param name="Network">The network.</param>
public sealed record ErrorTerm(int Sign, ExactNetwork Network);

/// <summary>
/// Bounds of e = Σ ±Φ_i − f, of every output, over boxes: fixed-point affine arithmetic, nothing rounded inward.
/// </summary>
/// <remarks>One object serves one thread.</remarks>
public sealed class ErrorSubject
{
    /// <summary>The units of the arithmetic are 2^−Bits.</summary>
    public const int Bits = 128;

    private const long EvaluationWork = 20_000_000_000; // where nothing else limits it

    private readonly BoundFormula _target;
    private readonly BoundFormula? _where;
    private readonly WorkBudget? _work;

    private ErrorSubject(
        ImmutableArray<string> inputs, BoundFormula target, BoundFormula? where, ImmutableArray<ErrorTerm> terms,
        WorkBudget? work)
    {
        (Inputs, _target, _where, Terms, _work) = (inputs, target, where, terms, work);
        Whole = [.. terms.Select(t => LocalNetwork.Of(t.Network, Bits))];
    }

    /// <summary>The names of the inputs.</summary>
    public ImmutableArray<string> Inputs { get; }

    /// <summary>The networks.</summary>
    public ImmutableArray<ErrorTerm> Terms { get; }

    /// <summary>The networks in fixed point.</summary>
    public ImmutableArray<LocalNetwork> Whole { get; }

    /// <summary>The number of outputs.</summary>
    public int Outputs => Terms.IsEmpty ? 1 : Terms[0].Network.OutputCount;

    /// <summary>
    /// The subject of these texts and networks; null where a formula has a part that is not bounded here.
    /// </summary>
    /// <param name="inputs">The names of the inputs.</param>
    /// <param name="target">The formula f.</param>
    /// <param name="where">A formula that is above 0 in the region and nowhere else; null where every point belongs to
    /// it.</param>
    /// <param name="terms">The networks, with as many outputs each.</param>
    /// <param name="work">What products of words are counted in; null for no limit.</param>
    /// <exception cref="FormatException">A text is no formula in the inputs, or a network does not fit.</exception>
    public static ErrorSubject? Create(
        ImmutableArray<string> inputs, string target, string? where, ImmutableArray<ErrorTerm> terms,
        WorkBudget? work = null)
    {
        foreach (var term in terms)
        {
            if (term.Network.InputCount != inputs.Length || term.Network.OutputCount != terms[0].Network.OutputCount)
            {
                throw new FormatException("a network does not fit the inputs or the other networks");
            }
        }

        var f = BoundFormula.Read(target, inputs);
        var region = where is null ? null : BoundFormula.Read(where, inputs);
        return f is null || (where is not null && region is null) ? null : new(inputs, f, region, terms, work);
    }

    /// <summary>The parts of the networks that matter on a box.</summary>
    public ImmutableArray<LocalNetwork> On(
        ImmutableArray<LocalNetwork> networks, BigRational[] lower, BigRational[] upper)
    {
        var inputs = Forms(lower, upper);
        try
        {
            return [.. networks.Select(n => n.On(inputs, Bits, _work))];
        }
        catch (PrecisionException)
        {
            return networks;
        }
    }

    /// <summary>Whether no point of the box belongs to the region.</summary>
    public bool IsOutside(BigRational[] lower, BigRational[] upper) =>
        _where is not null && FormulaForms.Of(_where, Forms(lower, upper), Bits, _work) is { } form
            && form.Range(Bits).High.Sign <= 0;

    /// <summary>Whether every point of the box belongs to the region.</summary>
    public bool IsInside(BigRational[] lower, BigRational[] upper) =>
        _where is null
            || (FormulaForms.Of(_where, Forms(lower, upper), Bits, _work) is { } form && form.Range(Bits).Low.Sign > 0);

    /// <summary>An upper bound of |e| for all outputs over the box; null where f may be undefined there.</summary>
    /// <param name="networks">The networks, or their parts on a box around this one.</param>
    /// <param name="lower">The box.</param>
    /// <param name="upper">The box.</param>
    public BigRational? UpperBound(ImmutableArray<LocalNetwork> networks, BigRational[] lower, BigRational[] upper)
    {
        BigInteger? most = null;
        try
        {
            foreach (var e in Errors(networks, lower, upper))
            {
                var radius = e.Radius();
                most = BigInteger.Max(most ?? 0, BigInteger.Abs(e.C) + radius);
            }
        }
        catch (PrecisionException)
        {
            return null; // values too large to follow
        }

        return most is { } units ? new BigRational(units, BigInteger.One << Bits) : null;
    }

    /// <summary>A lower bound of |e| of an output at a point; null where f may be undefined there.</summary>
    /// <remarks>Guarantee: the networks are evaluated exactly, f to about <see cref="Bits"/> bits.</remarks>
    public BigRational? LowerBoundAt(BigRational[] point, int output)
    {
        if (FormulaForms.Of(_target, Forms(point, point), Bits, _work) is not { } f)
        {
            return null;
        }

        BigRational phi;
        try
        {
            var work = _work ?? new WorkBudget(EvaluationWork);
            phi = Terms.Aggregate(BigRational.Zero, (sum, t) =>
                sum + (t.Sign * t.Network.Evaluate(point, work)[output]));
        }
        catch (WorkExhaustedException) when (_work is null)
        {
            return null; // values too long to compute
        }

        var (low, high) = (phi - Rational(f.C + f.Radius()), phi - Rational(f.C - f.Radius()));
        return BigRational.Max(BigRational.Zero, BigRational.Max(low, -high));
    }

    private static BigRational Rational(BigInteger units) => new(units, BigInteger.One << Bits);

    private IEnumerable<ExactAffineForm> Errors(
        ImmutableArray<LocalNetwork> networks, BigRational[] lower, BigRational[] upper)
    {
        var inputs = Forms(lower, upper);
        if (FormulaForms.Of(_target, inputs, Bits, _work) is not { } f)
        {
            yield break;
        }

        int symbols = inputs.Length;
        var outputs = new ExactAffineForm[networks.Length][];
        for (int n = 0; n < networks.Length; n++)
        {
            outputs[n] = networks[n].Outputs(inputs, Bits, ref symbols, _work);
        }

        for (int i = 0; i < Outputs; i++)
        {
            var e = AffineForms.Negate(f);
            for (int n = 0; n < networks.Length; n++)
            {
                e = AffineForms.Add(e, outputs[n][i], Terms[n].Sign);
            }

            yield return e;
        }
    }

    private static ExactAffineForm[] Forms(BigRational[] lower, BigRational[] upper) =>
        [.. Enumerable.Range(0, lower.Length).Select(j => AffineForms.Input(j, lower[j], upper[j], Bits))];
}
