using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>
/// Certificates that a formula in one to eight inputs lies between two numbers wherever it is defined on boxes.
/// </summary>
/// <remarks>
/// For each box, below and above: the terms of the formula in groups, each group with a bound, which add up; and for
/// each group a tree of cuts whose leaves name the rule by which the bound follows there. The checker computes every
/// value again.
/// </remarks>
public static class BoxCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate bound 2";

    /// <summary>The highest precision of a certificate.</summary>
    public const int LargestBits = 1 << 12;

    private const int MostInputs = 8;
    private const int LargestExponent = 1 << 12;

    /// <summary>The numbers that stand outside the formula.</summary>
    internal static readonly NumberForm Numbers = new(LongestText: 2_000, LargestExponent);

    /// <summary>The bits to which the ends of a domain are rounded outward.</summary>
    public const int EndBits = 256;

    /// <summary>
    /// An enclosure of the formula at a point of exact coordinates; null where it has no value there, or none that
    /// follows at this precision.
    /// </summary>
    public static FixedBall? ValueAt(BoundFormula formula, IEnumerable<BigRational> point, int bits, WorkBudget work)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return BallEvaluation.Of(formula, formula.Terms(), [.. point.Select(x => FixedBall.Of(x, bits))], 0, work)
            .Value;
    }

    /// <summary>The box around the exact ends of a domain.</summary>
    public static DyadicBox Around(IReadOnlyList<BigRational> low, IReadOnlyList<BigRational> high) =>
        new([.. low.Select(x => Dyadic.RoundDown(x, EndBits))], [.. high.Select(x => Dyadic.RoundUp(x, EndBits))]);

    /// <summary>
    /// Where the tree of a group of terms begins: the box, a side on which none of the terms depends cut down to its
    /// lower end.
    /// </summary>
    public static DyadicBox Root(BoundFormula formula, IEnumerable<(int Step, BigRational Factor)> group, DyadicBox box)
    {
        var inputs = formula.InputsOf(group.Select(t => t.Step));
        return new(box.Low, [.. box.High.Select((high, i) => inputs.Contains(i) ? high : box.Low[i])]);
    }

    /// <summary>The names of the inputs: x, or x1, x2, ….</summary>
    public static ImmutableArray<string> Names(int inputs) =>
        inputs == 1
            ? ["x"]
            : [.. Enumerable.Range(1, inputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"x{i}"))];

    /// <summary>The trees are walked one by one, and the formula is bounded at two points.</summary>
    /// <remarks>Guarantee: passes only if the statement is true.</remarks>
    internal sealed class Replay : CertificateReplay
    {
        private CertificateLines _lines = null!;
        private WorkBudget _work = null!;

        /// <inheritdoc/>
        public override void Run(CertificateLines lines, WorkBudget work)
        {
            (_lines, _work) = (lines, work);
            string name = lines.Rest("formula");
            int inputs = lines.Small(lines.Words("inputs", 1)[0], 1, MostInputs),
                bits = lines.Small(lines.Words("bits", 1)[0], 32, LargestBits);
            var formula = BoundFormula.Read(name, Names(inputs), collects: false)
                ?? throw new Rejection("the formula has a part that can't be bounded");
            BigRational[] bounds = lines.Rationals(lines.Words("bounds", 2));
            BigRational[] least = lines.Rationals(lines.Words("least", inputs + 1)),
                largest = lines.Rationals(lines.Words("largest", inputs + 1));
            List<(BigRational[] Low, BigRational[] High)> domains = [];
            do
            {
                BigRational[] ends = lines.Rationals(lines.Words("domain", 2 * inputs));
                BigRational[] low = [.. ends.Where((_, i) => i % 2 == 0)], high = [.. ends.Where((_, i) => i % 2 == 1)];
                Expect(low.Zip(high, (l, h) => l <= h).All(b => b), "a side of the domain is empty");
                domains.Add((low, high));
                CheckSide("below", formula, Around(low, high), isNegative: false, bounds[0], bits);
                CheckSide("above", formula, Around(low, high), isNegative: true, -bounds[1], bits);
            }
            while (lines.Next?.StartsWith("domain ", StringComparison.Ordinal) == true);

            _ = lines.Words("end", 0);
            Statement = Said(name, inputs, bounds, least, largest, domains);
            CheckReached(formula, domains, least, isNegative: true, bits);
            CheckReached(formula, domains, largest, isNegative: false, bits);
        }

        // The terms are dealt out once each to groups, whose bounds add up to the one on all.
        private void CheckSide(
            string name, BoundFormula formula, DyadicBox box, bool isNegative, BigRational bound, int bits)
        {
            _ = _lines.Words(name, 0);
            var terms = formula.Terms();
            var isTaken = new bool[terms.Count];
            var sum = BigRational.Zero;
            while (isTaken.Contains(false))
            {
                string[] words = _lines.Words("terms");
                Expect(words.Length >= 2, "expected 'terms', a bound, and the numbers of terms");
                var part = _lines.Rational(words[0]);
                List<(int, BigRational)> group = [];
                foreach (string word in words[1..])
                {
                    int term = _lines.Small(word, 0, terms.Count - 1);
                    Expect(!isTaken[term], "a term is taken twice");
                    isTaken[term] = true;
                    group.Add(terms[term]);
                }

                sum += part;
                _work.Spend(formula.Steps.Count);
                CheckTree(new BoxRules(formula, group, isNegative, bits, _work), Root(formula, group, box), part);
            }

            Expect(sum >= bound, $"the bounds of the groups of terms add up to {sum} and not to {bound}");
        }

        private void CheckTree(BoxRules rules, DyadicBox root, BigRational bound)
        {
            var open = new Stack<DyadicBox>([root]);
            while (open.TryPop(out var box))
            {
                int n = box.Dimension;
                string[] words = _lines.Take().Split(' ');
                _work.Spend(100);
                bool holds;
                switch (words[0])
                {
                    case "cut" when words.Length == 3:
                        int side = _lines.Small(words[1], 0, n - 1);
                        var at = _lines.Dyadic(words[2]);
                        Expect(box.Low[side] < at && at < box.High[side], "a cut lies outside its box");
                        open.Push(box.With(side, at, box.High[side]));
                        open.Push(box.With(side, box.Low[side], at));
                        continue;
                    case "faces" when words.Length > 1:
                        var face = rules.OnFaces(box, [.. words[1..].Select(w => ReadFace(w, n))]);
                        open.Push(face ?? throw _lines.Refused("the formula is not shown to be monotone"));
                        continue;
                    case "range" when words.Length == 1:
                        holds = rules.ByRange(box, bound);
                        break;
                    case "mean" when words.Length == n + 1:
                        holds = rules.ByMeanValue(box, bound, [.. words[1..].Select(_lines.Dyadic)]);
                        break;
                    case "convex" when words.Length == (2 * n) + 2:
                        holds = rules.ByConvexity(
                            box, bound, _lines.Dyadic(words[1]),
                            [.. words[2..(n + 2)].Select(w => _lines.Small(w, -LargestExponent, LargestExponent))],
                            [.. words[(n + 2)..].Select(_lines.Dyadic)]);
                        break;
                    default:
                        throw _lines.Error("a cut, faces or a rule");
                }

                Expect(holds, "the bound does not follow on this box");
            }
        }

        // At the point, which is in the domain, g ≥ the value given for g.
        private void CheckReached(
            BoundFormula formula, List<(BigRational[] Low, BigRational[] High)> domains, BigRational[] reached,
            bool isNegative, int bits)
        {
            var point = reached[..^1];
            if (!domains.Any(
                d => point.Zip(d.Low, (x, l) => x >= l).All(b => b) && point.Zip(d.High, (x, h) => x <= h).All(b => b)))
            {
                throw new Rejection($"the point ({string.Join(", ", point)}) is outside the domain");
            }

            for (; bits <= 4 * LargestBits; bits *= 2)
            {
                FixedBall[] at = [.. point.Select(x => FixedBall.Of(x, bits))];
                var jet = BallEvaluation.Of(formula, formula.Terms(), at, 0, _work);
                var bound = reached[^1] * BigRational.PowerOfTwo(bits);
                if (jet is { IsContinuous: true, Value: { } value }
                    && (isNegative ? value.High <= bound : value.Low >= bound))
                {
                    return;
                }

                if (jet.Value is { } other && (isNegative ? other.Low > bound : other.High < bound))
                {
                    break; // no number of bits helps
                }
            }

            throw new Rejection($"at ({string.Join(", ", point)}) the formula is not shown to reach {reached[^1]}");
        }

        private static string Said(
            string formula, int inputs, BigRational[] bounds, BigRational[] least, BigRational[] largest,
            List<(BigRational[] Low, BigRational[] High)> domains)
        {
            string where =
                string.Join(" or ", domains.Select(d => string.Join('x', d.Low.Zip(d.High, (l, h) => $"[{l},{h}]"))));
            return $"{bounds[0]} <= {formula} <= {bounds[1]} for ({string.Join(", ", Names(inputs))}) in {where} "
                + "wherever it is defined; it is at most "
                + $"{least[^1]} at ({string.Join(", ", least[..^1])}) and "
                    + $"at least {largest[^1]} at ({string.Join(", ", largest[..^1])})";
        }

        private Face ReadFace(string word, int n)
        {
            Expect(word.Length > 1 && word[^1] is '+' or '-', "expected faces such as 0- or 2+");
            return new(_lines.Small(word[..^1], 0, n - 1), word[^1] == '+');
        }

        private void Expect(bool holds, string what)
        {
            if (!holds)
            {
                throw _lines.Refused(what);
            }
        }
    }
}
