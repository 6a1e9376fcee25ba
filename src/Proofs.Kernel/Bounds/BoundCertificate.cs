using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>
/// Certificates that a formula in one input lies between two numbers wherever it is defined, and comes close to both.
/// </summary>
/// <remarks>
/// The file lists pieces that cover the domain, each with where and how long its Taylor form is; no bound of a piece is
/// in it.
/// The checker computes every form again in integers and bounds its polynomial by Bernstein coefficients.
/// </remarks>
public static class BoundCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate bound 1";

    /// <summary>The bits to which the ends of a domain are rounded outward.</summary>
    public const int EndBits = 256;

    private const int LeastPointBits = 256;
    private const int MostHalvings = 64;
    private const int LargestOrder = 64;
    private const int LargestBits = 1 << 14;

    /// <summary>The numbers that stand outside the formula.</summary>
    internal static readonly NumberForm Numbers = new(LongestText: 20_000, LargestExponent: 1 << 14);

    /// <summary>A piece of the domain and the Taylor form to take on it.</summary>
    public readonly record struct Part(Dyadic Low, Dyadic High, Dyadic Centre, int Order, int Bits);

    /// <summary>
    /// A point at which the formula is defined, and a number between its value there and the middle of the range.
    /// </summary>
    public readonly record struct Reached(BigRational Point, BigRational Value);

    /// <summary>An interval of the domain and the pieces that cover it, from left to right.</summary>
    public sealed record Interval(BigRational Low, BigRational High, ImmutableArray<Part> Parts);

    /// <summary>
    /// What a certificate says: lower ≤ f ≤ upper on the domain, f(least point) ≤ its value, f(largest point) ≥ its
    /// value.
    /// </summary>
    public sealed record Content(
        string Formula, BigRational Lower, BigRational Upper, Reached Least, Reached Largest,
        ImmutableArray<Interval> Domain)
    {
        /// <summary>The sentence that is checked.</summary>
        public string Statement => $"{Lower} <= {Formula} <= {Upper} for x in "
            + string.Join(" or ", Domain.Select(d => $"[{d.Low},{d.High}]")) + " wherever it is defined; "
            + $"it is at most {Least.Value} at x = {Least.Point} and at least {Largest.Value} at x = {Largest.Point}";
    }

    /// <summary>The pieces are bounded one by one, and the formula at two points.</summary>
    /// <remarks>Guarantee: passes only if the statement is true.</remarks>
    internal sealed class Replay : CertificateReplay
    {
        /// <inheritdoc/>
        public override void Run(CertificateLines lines, WorkBudget work)
        {
            var content = Read(lines);
            Statement = content.Statement;
            var formula = BoundFormula.Read(content.Formula, ["x"])
                ?? throw new Rejection("the formula has a part that can't be bounded");
            foreach (var interval in content.Domain)
            {
                CheckCover(interval);
                if (interval.Parts.IsEmpty)
                {
                    CheckPoint(formula, interval.Low, content.Lower, content.Upper, work);
                }

                foreach (var part in interval.Parts)
                {
                    if (!Holds(formula, part, content.Lower, content.Upper, work))
                    {
                        throw new Rejection($"the bounds do not follow on the piece [{part.Low}, {part.High}]");
                    }
                }
            }

            CheckReached(formula, content, content.Least, -1, work);
            CheckReached(formula, content, content.Largest, 1, work);
        }
    }

    /// <summary>The certificate as text.</summary>
    public static string Write(Content content)
    {
        var text = new StringBuilder();
        text.Append(Header).Append('\n');
        text.Append("formula ").Append(content.Formula).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"bounds {content.Lower} {content.Upper}\n");
        text.Append(CultureInfo.InvariantCulture, $"least {content.Least.Point} {content.Least.Value}\n");
        text.Append(CultureInfo.InvariantCulture, $"largest {content.Largest.Point} {content.Largest.Value}\n");
        foreach (var interval in content.Domain)
        {
            text.Append(CultureInfo.InvariantCulture, $"domain {interval.Low} {interval.High}\n");
            foreach (var p in interval.Parts)
            {
                text.Append(CultureInfo.InvariantCulture, $"piece {p.Low} {p.High} {p.Centre} {p.Order} {p.Bits}\n");
            }
        }

        return text.Append("end\n").ToString();
    }

    /// <summary>
    /// Whether lower ≤ f ≤ upper follows on a piece: from the Bernstein coefficients of its polynomial, halved where
    /// need be.
    /// </summary>
    public static bool Holds(BoundFormula formula, Part part, BigRational lower, BigRational upper, WorkBudget work)
    {
        long words = (part.Bits / 64) + 1, order = part.Order + 1;
        work.Spend(formula.Steps.Count * order * order * (1 + (order / 6)) * words);
        work.Spend(Reach(part) * formula.Steps.Count * words);
        if (TaylorPiece.Of(formula, part.Low, part.High, part.Centre, part.Order, part.Bits) is not { } piece)
        {
            return false;
        }

        var unit = BigRational.PowerOfTwo(piece.Bits);
        BigInteger most = (upper * unit).Floor() - piece.Error, least = (lower * unit).Ceiling() + piece.Error;
        var open = new Stack<(FixedBall[] Bernstein, int Halvings)>([(piece.Bernstein, 0)]);
        while (open.TryPop(out var next))
        {
            if (Array.TrueForAll(next.Bernstein, b => b.High <= most && b.Low >= least))
            {
                continue;
            }

            // The first and the last coefficient are values: no halving helps where one of them is out of bounds.
            FixedBall first = next.Bernstein[0], last = next.Bernstein[^1];
            if (next.Halvings == MostHalvings || first.Low > most || last.Low > most || first.High < least
                || last.High < least)
            {
                return false;
            }

            work.Spend(order * order * words);
            var (left, right) = TaylorPiece.Halve(next.Bernstein);
            open.Push((left, next.Halvings + 1));
            open.Push((right, next.Halvings + 1));
        }

        return true;
    }

    // Powers of inputs far from 0 are long numbers.
    private static long Reach(Part part)
    {
        const int Near = 64, Powers = 200;
        long Bits(Dyadic end) => end.Sign == 0 ? 0 : end.Precision + end.Exponent;
        long bits = long.Max(Bits(part.Low), Bits(part.High));
        return bits <= Near ? 0 : Powers * bits;
    }

    // The pieces follow each other without gap or overlap, from one end of the interval, rounded outward, to the other.
    private static void CheckCover(Interval interval)
    {
        var at = Dyadic.RoundDown(interval.Low, EndBits);
        foreach (var part in interval.Parts)
        {
            if (part.Low != at || part.High <= part.Low || part.Centre < part.Low || part.Centre > part.High)
            {
                throw new Rejection(
                    $"the piece [{part.Low}, {part.High}] does not follow the one before it, which ends at {at}");
            }

            at = part.High;
        }

        if (at != Dyadic.RoundUp(interval.High, EndBits))
        {
            throw new Rejection($"the pieces end at {at} and leave a part of the domain uncovered");
        }
    }

    // An interval without pieces is a point: the value there is evidence, and nothing else is.
    private static void CheckPoint(
        BoundFormula formula, BigRational point, BigRational lower, BigRational upper, WorkBudget work)
    {
        for (int bits = LeastPointBits; bits <= LargestBits; bits *= 2)
        {
            work.Spend(10L * formula.Steps.Count * bits);
            var unit = BigRational.PowerOfTwo(bits);
            if (TaylorEvaluation.At(formula, point, bits) is not { } value)
            {
                continue;
            }

            if (value.Low >= lower * unit && value.High <= upper * unit)
            {
                return;
            }

            if (value.High < lower * unit || value.Low > upper * unit)
            {
                break;
            }
        }

        throw new Rejection($"the bounds do not follow at the point {point}");
    }

    private static void CheckReached(BoundFormula formula, Content content, Reached reached, int sign, WorkBudget work)
    {
        if (!content.Domain.Any(d => d.Low <= reached.Point && reached.Point <= d.High))
        {
            throw new Rejection($"the point {reached.Point} is outside the domain");
        }

        for (int bits = LeastPointBits; bits <= LargestBits; bits *= 2)
        {
            work.Spend(10L * formula.Steps.Count * bits);
            if (TaylorEvaluation.At(formula, reached.Point, bits) is { } value)
            {
                var bound = reached.Value * BigRational.PowerOfTwo(bits);
                if (sign > 0 ? value.Low >= bound : value.High <= bound)
                {
                    return;
                }

                if (sign > 0 ? value.High < bound : value.Low > bound)
                {
                    break; // no number of bits helps
                }
            }
        }

        throw new Rejection($"at x = {reached.Point} the formula is not shown to reach {reached.Value}");
    }

    private static Content Read(CertificateLines lines)
    {
        string formula = lines.Rest("formula");
        var (lower, upper) = Pair(lines, "bounds");
        var least = Pair(lines, "least");
        var largest = Pair(lines, "largest");
        var domain = ImmutableArray.CreateBuilder<Interval>();
        do
        {
            var (low, high) = Pair(lines, "domain");
            if (low > high)
            {
                throw lines.Refused($"the interval [{low}, {high}] is empty");
            }

            var parts = ImmutableArray.CreateBuilder<Part>();
            while (lines.Next?.StartsWith("piece ", StringComparison.Ordinal) == true)
            {
                string[] words = lines.Words("piece", 5);
                parts.Add(new(
                    lines.Dyadic(words[0]), lines.Dyadic(words[1]), lines.Dyadic(words[2]),
                    lines.Small(words[3], 0, LargestOrder), lines.Small(words[4], 64, LargestBits)));
            }

            domain.Add(new(low, high, parts.ToImmutable()));
        }
        while (lines.Next?.StartsWith("domain ", StringComparison.Ordinal) == true);

        _ = lines.Words("end", 0);
        return new(
            formula, lower, upper, new(least.First, least.Second), new(largest.First, largest.Second),
            domain.ToImmutable());
    }

    private static (BigRational First, BigRational Second) Pair(CertificateLines lines, string name)
    {
        var values = lines.Rationals(lines.Words(name, 2));
        return (values[0], values[1]);
    }
}
