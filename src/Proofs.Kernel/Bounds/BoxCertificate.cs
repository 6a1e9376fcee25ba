using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Kernel.Bounds;

/// <summary>Certificates that a formula in one to eight inputs lies between two numbers wherever it is defined on boxes.</summary>
/// <remarks>
/// For each box, below and above: the terms of the formula in groups, each group with a bound, which add up; and for each group a
/// tree of cuts whose leaves name the rule by which the bound follows there. The checker computes every value again.
/// </remarks>
public static class BoxCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate bound 2";

    /// <summary>The highest precision of a certificate.</summary>
    public const int LargestBits = 1 << 12;

    private const int MostInputs = 8;
    private const int LargestExponent = 1 << 12;
    private const int LongestNumber = 2_000;

    /// <summary>The bits to which the ends of a domain are rounded outward.</summary>
    public const int EndBits = 256;

    /// <summary>Whether a certificate proves what it says.</summary>
    /// <remarks>Guarantee: accepted only if its statement is true. Never hangs: work and nesting are limited.</remarks>
    public static CheckResult Check(string text, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(text);
        var replay = new Replay(text, new WorkBudget(WorkBudget.ForReplay, stop));
        try
        {
            if (CertificateText.Refuse(text) is { } why)
            {
                throw new Rejection(why);
            }

            replay.Run();
            return new(true, replay.Statement, "");
        }
        catch (Exception e) when (e is Rejection or FormatException or WorkExhaustedException)
        {
            return new(false, replay.Statement, e.Message);
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or ArithmeticException or OutOfMemoryException)
        {
            return new(false, replay.Statement, "the certificate asks for more than the checker allows");
        }
    }

    /// <summary>An enclosure of the formula at a point of exact coordinates; null where it has no value there, or none that follows at this precision.</summary>
    public static FixedBall? ValueAt(BoundFormula formula, IEnumerable<BigRational> point, int bits, WorkBudget work)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return BallEvaluation.Of(formula, formula.Terms(), [.. point.Select(x => FixedBall.Of(x, bits))], 0, work).Value;
    }

    /// <summary>The box around the exact ends of a domain.</summary>
    public static DyadicBox Around(IReadOnlyList<BigRational> low, IReadOnlyList<BigRational> high) =>
        new([.. low.Select(x => Dyadic.RoundDown(x, EndBits))], [.. high.Select(x => Dyadic.RoundUp(x, EndBits))]);

    /// <summary>Where the tree of a group of terms begins: the box, a side on which none of the terms depends cut down to its lower end.</summary>
    public static DyadicBox Root(BoundFormula formula, IEnumerable<(int Step, BigRational Factor)> group, DyadicBox box)
    {
        var inputs = formula.InputsOf(group.Select(t => t.Step));
        return new(box.Low, [.. box.High.Select((high, i) => inputs.Contains(i) ? high : box.Low[i])]);
    }

    /// <summary>The names of the inputs: x, or x1, x2, ….</summary>
    public static ImmutableArray<string> Names(int inputs) =>
        inputs == 1 ? ["x"] : [.. Enumerable.Range(1, inputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"x{i}"))];

    // One pass over the lines of a certificate.
    private sealed class Replay(string text, WorkBudget work)
    {
        private readonly string[] _lines = text.Split('\n');
        private int _at;

        public string Statement { get; private set; } = "";

        private string Place => string.Create(CultureInfo.InvariantCulture, $"line {_at}");

        public void Run()
        {
            Expect(Next(1) is [var header] && header == Header, $"the file does not begin with '{Header}'", whole: true);
            string formulaLine = _lines.Length > _at ? _lines[_at++] : "";
            Expect(formulaLine.StartsWith("formula ", StringComparison.Ordinal), "expected the formula");
            int inputs = Small(Words("inputs", 1)[0], 1, MostInputs), bits = Small(Words("bits", 1)[0], 32, LargestBits);
            string name = formulaLine["formula ".Length..];
            var formula = BoundFormula.Read(name, Names(inputs), collects: false) ?? throw new Rejection("the formula has a part that can't be bounded");
            BigRational[] bounds = Rationals(Words("bounds", 2));
            BigRational[] least = Rationals(Words("least", inputs + 1)), largest = Rationals(Words("largest", inputs + 1));
            List<(BigRational[] Low, BigRational[] High)> domains = [];
            while (_at < _lines.Length && _lines[_at].StartsWith("domain ", StringComparison.Ordinal))
            {
                BigRational[] ends = Rationals(Words("domain", 2 * inputs));
                BigRational[] low = [.. ends.Where((_, i) => i % 2 == 0)], high = [.. ends.Where((_, i) => i % 2 == 1)];
                Expect(low.Zip(high, (l, h) => l <= h).All(b => b), "a side of the domain is empty");
                domains.Add((low, high));
                Statement = Said(name, inputs, bounds, least, largest, domains);
                CheckSide("below", formula, Around(low, high), isNegative: false, bounds[0], bits);
                CheckSide("above", formula, Around(low, high), isNegative: true, -bounds[1], bits);
            }

            Expect(domains.Count > 0, "expected a domain");
            Expect(_lines.Length == _at + 2 && _lines[_at] == "end" && _lines[_at + 1].Length == 0, "expected 'end' and nothing after it");
            CheckReached(formula, domains, least, isNegative: true, bits);
            CheckReached(formula, domains, largest, isNegative: false, bits);
        }

        // The terms are dealt out once each to groups, whose bounds add up to the one on all.
        private void CheckSide(string name, BoundFormula formula, DyadicBox box, bool isNegative, BigRational bound, int bits)
        {
            Words(name, 0);
            var terms = formula.Terms();
            var isTaken = new bool[terms.Count];
            var sum = BigRational.Zero;
            while (isTaken.Contains(false))
            {
                string[] words = Next(terms.Count + 2);
                Expect(words.Length >= 3 && words[0] == "terms", "expected 'terms', a bound, and the numbers of terms");
                var part = Rational(words[1]);
                List<(int, BigRational)> group = [];
                foreach (string word in words[2..])
                {
                    int term = Small(word, 0, terms.Count - 1);
                    Expect(!isTaken[term], "a term is taken twice");
                    isTaken[term] = true;
                    group.Add(terms[term]);
                }

                sum += part;
                CheckTree(new BoxRules(formula, group, isNegative, bits, work), Root(formula, group, box), part);
            }

            Expect(sum >= bound, $"the bounds of the groups of terms add up to {sum} and not to {bound}");
        }

        private void CheckTree(BoxRules rules, DyadicBox root, BigRational bound)
        {
            var open = new Stack<DyadicBox>([root]);
            while (open.TryPop(out var box))
            {
                int n = box.Dimension;
                string[] words = Next((2 * n) + 2);
                work.Spend(100);
                bool holds;
                switch (words[0])
                {
                    case "cut" when words.Length == 3:
                        int side = Small(words[1], 0, n - 1);
                        var at = Number(words[2]);
                        Expect(box.Low[side] < at && at < box.High[side], "a cut lies outside its box");
                        open.Push(box.With(side, at, box.High[side]));
                        open.Push(box.With(side, box.Low[side], at));
                        continue;
                    case "faces" when words.Length > 1:
                        var face = rules.OnFaces(box, [.. words[1..].Select(w => ReadFace(w, n))]);
                        open.Push(face ?? throw new Rejection($"{Place}: the formula is not shown to be monotone"));
                        continue;
                    case "range" when words.Length == 1:
                        holds = rules.ByRange(box, bound);
                        break;
                    case "mean" when words.Length == n + 1:
                        holds = rules.ByMeanValue(box, bound, [.. words[1..].Select(Number)]);
                        break;
                    case "convex" when words.Length == (2 * n) + 2:
                        holds = rules.ByConvexity(
                            box, bound, Number(words[1]), [.. words[2..(n + 2)].Select(Exponent)], [.. words[(n + 2)..].Select(Number)]);
                        break;
                    default:
                        throw new Rejection($"{Place}: expected a cut, faces or a rule");
                }

                Expect(holds, "the bound does not follow on this box");
            }
        }

        // At the point, which is in the domain, g ≥ the value given for g.
        private void CheckReached(
            BoundFormula formula, List<(BigRational[] Low, BigRational[] High)> domains, BigRational[] reached, bool isNegative, int bits)
        {
            var point = reached[..^1];
            if (!domains.Any(d => point.Zip(d.Low, (x, l) => x >= l).All(b => b) && point.Zip(d.High, (x, h) => x <= h).All(b => b)))
            {
                throw new Rejection($"the point ({string.Join(", ", point)}) is outside the domain");
            }

            for (; bits <= 4 * LargestBits; bits *= 2)
            {
                FixedBall[] at = [.. point.Select(x => FixedBall.Of(x, bits))];
                var jet = BallEvaluation.Of(formula, formula.Terms(), at, 0, work);
                var bound = reached[^1] * BigRational.PowerOfTwo(bits);
                if (jet is { IsContinuous: true, Value: { } value } && (isNegative ? value.High <= bound : value.Low >= bound))
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
            string where = string.Join(" or ", domains.Select(d => string.Join('x', d.Low.Zip(d.High, (l, h) => $"[{l},{h}]"))));
            return $"{bounds[0]} <= {formula} <= {bounds[1]} for ({string.Join(", ", Names(inputs))}) in {where} wherever it is defined; it is at most "
                + $"{least[^1]} at ({string.Join(", ", least[..^1])}) and at least {largest[^1]} at ({string.Join(", ", largest[..^1])})";
        }

        private Face ReadFace(string word, int n)
        {
            Expect(word.Length > 1 && word[^1] is '+' or '-', "expected faces such as 0- or 2+");
            return new(Small(word[..^1], 0, n - 1), word[^1] == '+');
        }

        private string[] Words(string first, int count)
        {
            string[] words = Next(count + 1);
            Expect(words.Length == count + 1 && words[0] == first, $"expected '{first}' and {count} numbers");
            return words[1..];
        }

        // The words of the next line; the header is one.
        private string[] Next(int most)
        {
            if (_at >= _lines.Length)
            {
                throw new Rejection("the file ends too early");
            }

            string line = _lines[_at++];
            return _at == 1 ? [line] : line.Split(' ', most + 1);
        }

        private void Expect(bool holds, string what, bool whole = false)
        {
            if (!holds)
            {
                throw new Rejection(whole ? what : $"{Place}: {what}");
            }
        }

        private BigRational[] Rationals(string[] words) => [.. words.Select(Rational)];

        private BigRational Rational(string word) =>
            word.Length <= LongestNumber && CertificateText.IsRational(word) && BigRational.TryParse(word) is { } value ? value : throw NoNumber(word);

        private Dyadic Number(string word)
        {
            if (word.Length > LongestNumber || !CertificateText.IsDyadic(word))
            {
                throw NoNumber(word);
            }

            var value = Dyadic.Parse(word);
            return int.Abs(value.Exponent) <= LargestExponent ? value : throw NoNumber(word);
        }

        private int Exponent(string word) =>
            CertificateText.IsInteger(word) && int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n)
                && n is >= -LargestExponent and <= LargestExponent
                ? n : throw NoNumber(word);

        private int Small(string word, int least, int most) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= least && n <= most ? n : throw NoNumber(word);

        private Rejection NoNumber(string word) =>
            new($"{Place}: '{(word.Length > 20 ? word[..20] : word)}' is not a number that this file may hold there");
    }
}
