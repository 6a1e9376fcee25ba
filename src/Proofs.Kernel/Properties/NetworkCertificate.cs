using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Properties;

/// <summary>
/// Certificates of network properties, replayed with exact and fixed-point integers; knows nothing of how they were
/// found.
/// </summary>
/// <remarks>
/// After the first line a certificate has the text of network and property (<see cref="NetworkText"/>), and then either
/// <c>sat</c> with a line <c>point NUMBER …</c>, or <c>unsat</c> with trees of boxes until <c>end</c>:
/// <code>
/// root CASE …                   the cases, from 0, that the tree excludes
/// lower NUMBER …                its box, which contains the boxes of these cases
/// upper NUMBER …
/// s COORDINATE                  a division in the middle; the tree below follows, then the one above
/// s COORDINATE NUMBER           a division elsewhere
/// r LAYER UNIT                  a division by the sign of a hidden unit; the tree for z ≤ 0 follows, then the one
///                               for z ≥ 0
/// l ROW …                       a leaf: for each case the output constraint, or i and the input constraint, that
///                               excludes it
/// x                             a leaf that an exact walk of its linear regions excludes
/// end
/// </code>
/// The bound of a constraint at a leaf is derived anew (FixedPass); it has to be above 0, or 0 where the constraint is
/// strict. A leaf where no point has the signs of the divisions above it excludes everything.
/// </remarks>
public static class NetworkCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate network 1";

    /// <summary>The exact products that the walk of one leaf may spend.</summary>
    public const long WalkWork = 2_000_000;

    /// <summary>What a replay may spend, in products: those of passes at leaves and of exact walks.</summary>
    internal const long Work = 2_000_000_000_000;

    private const int MostWalks = 16;
    private const int MostBits = 2000; // of a division

    /// <summary>A point is evaluated exactly, or all trees are walked.</summary>
    /// <remarks>
    /// Guarantee: passes only if the statement is true for the real-valued network and all real inputs. Cost: a pass
    /// for each leaf.
    /// </remarks>
    internal sealed class Replay(NetworkExpectation expected) : CertificateReplay
    {
        /// <inheritdoc/>
        public override void Run(CertificateLines lines, WorkBudget work)
        {
            var (property, network, hash) = NetworkText.Read(lines);
            if ((expected.Network is { } one && one != network) || (expected.Whole is { } both && both != hash))
            {
                throw new Rejection("the certificate is about another network or property");
            }

            if (property.Cases.All(c => c.IsEmpty))
            {
                throw new Rejection(
                    "the property is vacuous: it has no case with an input in its box, and nothing is said by it");
            }

            string about = $"for the network with {PropertyWords.Count(property.InputCount, "input")} and "
                + $"{PropertyWords.Count(property.OutputCount, "output")} y = Phi(x), "
                + $"and the property of {PropertyWords.Of(property)}: network and property {hash}";
            string verdict = lines.Take();
            if (verdict == "sat")
            {
                var point = NetworkText.Point(lines, "point", property.InputCount);
                Statement = $"sat: the input of the certificate{PropertyWords.Point(point)} belongs to a case, {about}";
                if (!property.Holds(point, property.Network.Evaluate(point, work)))
                {
                    throw lines.Error("a point that belongs to a case");
                }
            }
            else if (verdict == "unsat")
            {
                Statement = $"unsat: no real input x belongs to a case, {about}";
                Unsatisfied(lines, property, work);
            }
            else
            {
                throw lines.Error("sat or unsat");
            }
        }
    }

    /// <summary>
    /// The bounds that a leaf is accepted by: whether a box excludes cases of a property by given constraints.
    /// </summary>
    /// <remarks>One object serves many boxes; it is not for several threads at once.</remarks>
    public sealed class Leaves
    {
        private readonly NetworkProperty _property;
        private readonly ImmutableArray<int> _cases;
        private readonly int[] _firstRow;
        private readonly WorkBudget? _work;
        private FixedPass? _pass;

        /// <summary>
        /// Leaves of a tree for the given cases; the products of passes are counted where there is a limit.
        /// </summary>
        public Leaves(NetworkProperty property, ImmutableArray<int> cases, WorkBudget? work = null)
        {
            (_property, _cases, _firstRow, _work) = (property, cases, new int[cases.Length], work);
            for (int k = 1; k < cases.Length; k++)
            {
                _firstRow[k] = _firstRow[k - 1] + property.Cases[cases[k - 1]].Outputs.Length;
            }
        }

        /// <summary>
        /// Why the part of the box where units have the given signs does not exclude all cases by these constraints
        /// (~k: input constraint k); null where it does.
        /// </summary>
        public string? Refuse(
            IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper, IEnumerable<UnitSign> signs,
            IReadOnlyList<int> rows)
        {
            try
            {
                return RefuseUnlessBounded(lower, upper, signs, rows);
            }
            catch (Rejection e)
            {
                return e.Message;
            }
            catch (OverflowException)
            {
                return "a sum leaves the range of fixed point";
            }
        }

        private string? RefuseUnlessBounded(
            IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper, IEnumerable<UnitSign> signs,
            IReadOnlyList<int> rows)
        {
            if (rows.Count != _cases.Length)
            {
                return $"a leaf has {rows.Count} constraints for {_cases.Length} cases";
            }

            bool isBounded = false;
            for (int k = 0; k < rows.Count; k++)
            {
                var c = _property.Cases[_cases[k]];
                bool isInput = rows[k] < 0;
                int row = isInput ? ~rows[k] : rows[k];
                var constraints = isInput ? c.Inputs : c.Outputs;
                if (row >= constraints.Length)
                {
                    return $"a leaf names constraint {row} of {constraints.Length}";
                }

                if (!isInput && !isBounded)
                {
                    _pass ??= new FixedPass(_property, Rows(), _work);
                    isBounded = true;
                    if (!_pass.SetBox(lower, upper, signs))
                    {
                        return null;
                    }
                }

                int sign = isInput
                    ? Least(constraints[row], lower, upper).Sign
                    : long.Sign(_pass!.RowBound(_firstRow[k] + row));
                if (sign < (constraints[row].IsStrict ? 0 : 1))
                {
                    return "a leaf does not exclude its case";
                }
            }

            return null;
        }

        private AffineMap Rows() => new(
            _property.OutputCount,
            [.. _cases.SelectMany(n => _property.Cases[n].Outputs).Select(c => new Row(c.Terms, -c.Bound))]);

        private static BigRational Least(
            RowConstraint c, IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper) =>
            c.Terms.Aggregate(
                -c.Bound, (sum, t) => sum + (t.Value * (t.Value.Sign > 0 ? lower[t.Index] : upper[t.Index])));
    }

    private static void Unsatisfied(CertificateLines lines, NetworkProperty property, WorkBudget work)
    {
        var excluded = new HashSet<int>();
        int walks = 0;
        while (lines.Next != "end")
        {
            ImmutableArray<int> cases = [.. lines.Words("root", null).Select(lines.Count)];
            var box = new Box(
                [.. NetworkText.Point(lines, "lower", property.InputCount)],
                [.. NetworkText.Point(lines, "upper", property.InputCount)]);
            foreach (int n in cases)
            {
                if (n >= property.Cases.Length || !box.Contains(property.Cases[n]))
                {
                    throw lines.Error("cases whose boxes the box of the tree contains");
                }

                excluded.Add(n);
            }

            Tree(lines, property, cases, box, ref walks, work);
        }

        _ = lines.Take();
        if (excluded.Count != property.Cases.Length)
        {
            throw lines.Error("a tree for each case");
        }
    }

    private static void Tree(
        CertificateLines lines, NetworkProperty property, ImmutableArray<int> cases, Box root, ref int walks,
        WorkBudget work)
    {
        var leaves = new Leaves(property, cases, work);
        var open = new Stack<Box>([root]);
        while (open.TryPop(out var box))
        {
            string[] words = lines.Take().Split(' ');
            if (words is ["s", var coordinate, ..] && words.Length <= 3)
            {
                int j = lines.Count(coordinate);
                if (j >= property.InputCount)
                {
                    throw lines.Error("a coordinate");
                }

                var at = words.Length == 3 ? lines.Value(words[2]) : (box.Lower[j] + box.Upper[j]) * BigRational.Half;
                var (below, above) = box.Divide(j, at) ?? throw lines.Error("a division inside the box");
                open.Push(above);
                open.Push(below);
            }
            else if (words is ["r", var layer, var unit])
            {
                var (l, i) = (lines.Count(layer), lines.Count(unit));
                if (l >= property.Network.Layers.Length - 1 || i >= property.Network.Layers[l].Count)
                {
                    throw lines.Error("a hidden layer and a unit of it");
                }

                open.Push(box with { Signs = box.Signs.Push(new UnitSign(l, i, true)) });
                open.Push(box with { Signs = box.Signs.Push(new UnitSign(l, i, false)) });
            }
            else if (words is ["l", ..])
            {
                int[] rows = [.. words.Skip(1).Select(w => w.StartsWith('i') ? ~lines.Count(w[1..]) : lines.Count(w))];
                if (leaves.Refuse(box.Lower, box.Upper, box.Signs, rows) is { } reason)
                {
                    throw lines.Error($"leaves that exclude their cases; {reason}");
                }
            }
            else if (words is ["x"] && walks++ < MostWalks)
            {
                foreach (int n in cases)
                {
                    var walk = RegionWalk.Run(property, n, box.Lower, box.Upper, WalkWork, work);
                    if (!walk.IsDecided || walk.Point is not null)
                    {
                        throw lines.Error("a box without an input that belongs to a case");
                    }
                }
            }
            else
            {
                throw lines.Error("a division or a leaf");
            }
        }
    }

    private sealed record Box(BigRational[] Lower, BigRational[] Upper)
    {
        public ImmutableStack<UnitSign> Signs { get; init; } = [];

        // A case whose box is empty in some coordinate has no points, wherever its other sides lie.
        public bool Contains(PropertyCase c) => Enumerable.Range(0, Lower.Length).Any(j => c.Lower[j] > c.Upper[j])
            || Enumerable.Range(0, Lower.Length).All(j => Lower[j] <= c.Lower[j] && c.Upper[j] <= Upper[j]);

        public (Box Below, Box Above)? Divide(int j, BigRational at)
        {
            if (at <= Lower[j] || at >= Upper[j] || at.Denominator.GetBitLength() > MostBits)
            {
                return null;
            }

            var (upper, lower) = ((BigRational[])Upper.Clone(), (BigRational[])Lower.Clone());
            upper[j] = lower[j] = at;
            return (this with { Upper = upper }, this with { Lower = lower });
        }
    }
}

/// <summary>What a certificate of a property has to be about; null for whatever it says.</summary>
public sealed record NetworkExpectation : CertificateExpectation
{
    /// <summary>The hash of the network (<see cref="NetworkText.Hash(ExactNetwork, string)"/>).</summary>
    public string? Network { get; init; }

    /// <summary>The hash of network and property (<see cref="NetworkText.Hash(NetworkProperty)"/>).</summary>
    public string? Whole { get; init; }
}
