using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using static Proofs.Kernel.Tests.Forgeries.Expression;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// Forges certificates about networks: a property that a point has, said to have none; an error that a point exceeds; a
/// symmetry that a point breaks.
/// </summary>
internal sealed class NetworkForger(Dice dice)
{
    private static readonly BigRational[] Weights = [0, 1, -1, 2, -2, new(1, 2), new(-3, 2), new(1, 3)];

    /// <summary>A certificate of the kind network 1.</summary>
    public ForgedCertificate Property()
    {
        int inputs = 1 + dice.Next(3), outputs = 1 + dice.Next(2);
        var network = Network(inputs, outputs);
        BigRational[] point = Point(inputs), lower = Below(point), upper = Above(point);
        var at = network.Evaluate(point);
        bool isHonest = dice.Chance(10), isSatisfied = dice.Chance(15);
        var constraints = Enumerable.Range(0, 1 + dice.Next(2)).Select(_ =>
        {
            ImmutableArray<Entry> terms = [.. Enumerable.Range(0, outputs).Select(k => new Entry(k, dice.Of(Weights)))];
            var value = terms.Aggregate(BigRational.Zero, (sum, e) => sum + (e.Value * at[e.Index]));

            // At the point the constraint holds, mostly with nothing to spare; in an honest one nowhere near.
            bool isStrict = dice.Chance(30);
            return new RowConstraint(
                terms, isHonest
                    ? -1000
                    : value + (
                        isStrict
                            ? dice.Of<BigRational>(new(1, 1000), 1)
                            : dice.Of<BigRational>(0, 0, 0, new(1, 1000), 1)), isStrict);
        }).ToImmutableArray();
        ImmutableArray<RowConstraint> around = dice.Chance(30)
            ? [new([new(0, 1)], point[0] + dice.Of<BigRational>(0, 1), false)]
            : [];
        var property = new NetworkProperty(
            network, [
                new([.. lower], [.. upper], around,
                    isSatisfied ? [.. constraints.Select(c => c with { Bound = -1000 })] : constraints)]);
        var text = new StringBuilder("proofs-certificate network 1\n").Append(NetworkText.Write(property));
        if (isSatisfied)
        {
            bool belongs = property.Holds(point);
            return new(
                text.Append("sat\npoint ").AppendJoin(' ', point).Append('\n').ToString(),
                belongs ? null : "the point belongs to no case");
        }

        _ = text.Append("unsat\nroot 0\nlower ").AppendJoin(' ', lower).Append("\nupper ").AppendJoin(' ', upper)
            .Append('\n');
        Tree(text, dice.Of(0, 1, 2, 3), inputs, network.Depth > 1 ? network.Layers[0].Count : 0, constraints.Length,
            around.Length);
        return new(
            text.Append("end\n").ToString(),
            property.Holds(point) ? $"({string.Join(", ", point)}) belongs to the case" : null);
    }

    /// <summary>A certificate of the kind error 1.</summary>
    public ForgedCertificate? Error()
    {
        int inputs = 1 + dice.Next(2);
        var network = Network(inputs, 1);
        string[] names = inputs == 1 ? ["x"] : ["x1", "x2"];
        Expression target = Target(names, 2);
        BigRational[] point = Point(inputs), lower = Below(point), upper = Above(point);
        var at = Witness.Empty;
        for (int i = 0; i < inputs; i++)
        {
            at = at.With(names[i], Enclosed.Exactly(point[i]));
        }

        if (at.Evaluate().Value(target) is not { } f)
        {
            return null;
        }

        var e = Enclosed.Exactly(network.Evaluate(point)[0]) - f;
        BigRational least = BigRational.Max(BigRational.Max(e.Low, -e.High), 0),
            most = BigRational.Max(BigRational.Abs(e.Low), BigRational.Abs(e.High));
        var little = dice.Of<BigRational>(new(1, 1 << 20), new(1, 1000), new(1, 10), 1);
        var text = new StringBuilder("proofs-certificate error 1\n");
        _ = text.Append("inputs ").AppendJoin(' ', names).Append("\ntarget ").Append(target).Append("\nwhere ");
        string region = dice.Chance(15) ? $"if({names[0]} <= {point[0]}, 1, 0)" : "-";
        _ = text.Append(region).Append("\nterms 1\nterm 1\n");
        using (var writer = new StringWriter(text, CultureInfo.InvariantCulture))
        {
            Proofs.Kernel.Errors.ErrorCertificate.Write(writer, network);
        }

        string? falsity = null;
        switch (dice.Next(8))
        {
            case 0 or 1:
                var more = Short(most, up: true) + little;
                _ = text.Append(
                    CultureInfo.InvariantCulture, $"attained 0 {more} {string.Join(' ', point)}\nexceeded\n");
                falsity = $"the error at ({string.Join(", ", point)}) is below {more}";
                break;
            case 2:
                _ = text.Append("attained -\nupper ").Append(Short(most, up: true) + 1000).Append('\n');
                Boxes();
                break;
            default:
                var bound = Short(least, up: false) - little;
                if (bound.Sign < 0)
                {
                    return null;
                }

                _ = text.Append(dice.Chance(50) ? "attained -\n" : $"attained 0 {bound} {string.Join(' ', point)}\n")
                    .Append(CultureInfo.InvariantCulture, $"upper {bound}\n");
                Boxes();
                falsity = $"the error at ({string.Join(", ", point)}) is above {bound}";
                break;
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return new(text.Append("end sha256:").Append(digest).Append('\n').ToString(), falsity);

        void Boxes()
        {
            string box = string.Join(' ', lower.Concat(upper));
            bool isGrouped = dice.Chance(30);
            _ = text.Append("boxes 1\n").Append(isGrouped ? $"g {box}\n" : "").Append("b ").Append(box).Append('\n');
            Halves(dice.Of(0, 1, 2, 3));
            _ = text.Append(isGrouped ? "e\n" : "");
        }

        void Halves(int depth)
        {
            if (depth > 0 && dice.Chance(80))
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"s {dice.Next(inputs)}\n");
                Halves(depth - 1);
                Halves(depth - 1);
                return;
            }

            _ = text.Append(region != "-" && dice.Chance(30) ? "x\n" : "l\n");
        }
    }

    /// <summary>A certificate of the kind symmetry 1, for a network that is nearly symmetric.</summary>
    public ForgedCertificate? Symmetry()
    {
        int inputs = 2 + dice.Next(2), units = dice.Of(1, 2, 2, 3, 4);
        bool isSwap = dice.Chance(70);
        int[] image = [.. Enumerable.Range(0, inputs).Select(i => isSwap ? (i < 2 ? 1 - i : i) : i)];
        var sign = isSwap ? BigRational.One : -1;

        // Units in pairs that g exchanges, then a weight that may break it.
        var rows = new List<BigRational[]>();
        var (bias, last) = (new List<BigRational>(), new List<BigRational>());
        for (int k = 0; k < units; k++)
        {
            BigRational[] row = [.. Enumerable.Range(0, inputs).Select(_ => (BigRational)dice.Of(Weights))];
            var (b, w) = (dice.Of(Weights), dice.Of(Weights));
            rows.AddRange([row, [.. image.Select(i => sign * row[i])]]);
            bias.AddRange([b, b]);
            last.AddRange([w, w]);
        }

        if (dice.Chance(80))
        {
            var by = dice.Of<BigRational>(new(1, 1 << 20), new(1, 10), 1, -1);
            int k = dice.Next(rows.Count);
            switch (dice.Next(3))
            {
                case 0:
                    rows[k][dice.Next(inputs)] += by;
                    break;
                case 1:
                    bias[k] += by;
                    break;
                default:
                    last[k] += by;
                    break;
            }
        }

        var network = new ExactNetwork([
            new(inputs, [.. rows.Zip(bias, (r, b) => new Row(Entries(r), b))]),
            new(rows.Count, [new(Entries([.. last]), 0)])]);
        BigRational[] point = Point(inputs), lower = [.. point.Select(_ => (BigRational)(-10))],
            upper = [.. point.Select(_ => (BigRational)10)];
        string? falsity = null;
        for (int i = 0; i < 20 && falsity is null; i++)
        {
            point = [.. Enumerable.Range(0, inputs).Select(_ => new BigRational(dice.Next(33) - 16, 2))];
            BigRational[] moved = [.. image.Select(j => sign * point[j])];
            falsity = network.Evaluate(point)[0] == network.Evaluate(moved)[0]
                ? null
                : $"g changes the value at ({string.Join(", ", point)})";
        }

        var text = new StringBuilder("proofs-certificate symmetry 1\n")
            .Append(NetworkText.Write(new(network, [new([.. lower], [.. upper], [], [])]))).Append("generator\n");
        for (int i = 0; i < inputs; i++)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"input {image[i]}:{sign}\n");
        }

        _ = text.Append("output 0:1\n").Append(dice.Next(6) switch
        {
            0 => "comparators",
            1 => "terms",
            2 or 3 => "regions",
            4 => "units " + string.Join(' ', Enumerable.Range(0, rows.Count).Select(k => $"{Text(k ^ 1)}:1")),
            _ => "units "
                + string.Join(
                    ' ', Enumerable.Range(0, rows.Count)
                        .Select(k => $"{Text(dice.Chance(80) ? k ^ 1 : k)}:{dice.Of(1, 1, 2)}")),
        }).Append("\nend\n");
        return new(text.ToString(), falsity);
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static BigRational Short(BigRational x, bool up)
    {
        var scaled = x * BigRational.PowerOfTwo(30);
        return new BigRational(up ? scaled.Ceiling() : scaled.Floor()) * BigRational.PowerOfTwo(-30);
    }

    private static ImmutableArray<Entry> Entries(BigRational[] row) =>
        [.. row.Select((w, j) => new Entry(j, w)).Where(e => !e.Value.IsZero)];

    private ExactNetwork Network(int inputs, int outputs)
    {
        var layers = ImmutableArray.CreateBuilder<AffineMap>();
        int columns = inputs;
        for (int depth = dice.Of(0, 1, 1, 1, 2); depth >= 0; depth--)
        {
            int rows = depth == 0 ? outputs : 1 + dice.Next(4);
            ImmutableArray<Entry>[] entries =
                [.. Enumerable.Range(0, rows)
                    .Select(_ => Entries([.. Enumerable.Range(0, columns).Select(_ => dice.Of(Weights))]))];
            layers.Add(new(columns, [.. entries.Select(e => new Row(e, dice.Of(Weights)))]));
            columns = rows;
        }

        return new(layers.ToImmutable());
    }

    private BigRational[] Point(int inputs) =>
        [.. Enumerable.Range(0, inputs)
            .Select(_ => (BigRational)dice.Of<BigRational>(0, 1, -1, new(1, 2), new(1, 4), new(-3, 4), 2))];

    private BigRational[] Below(BigRational[] point) =>
        [.. point.Select(p => p - dice.Of<BigRational>(0, 1, new(1, 2), new(1, 64)))];

    private BigRational[] Above(BigRational[] point) =>
        [.. point.Select(p => p + dice.Of<BigRational>(1, new(1, 2), new(1, 64)))];

    private Expression Target(string[] names, int depth) => dice.Next(depth <= 0 ? 2 : 9) switch
    {
        0 or 1 => dice.Chance(70) ? new Variable(dice.Of(names)) : Number(dice.Of(Weights)),
        2 or 3 => Target(names, depth - 1) + Target(names, depth - 1),
        4 => Target(names, depth - 1) * Target(names, depth - 1),
        5 => Target(names, depth - 1).Power(Number(2)),
        6 => new Call(dice.Of("abs", "exp", "sin", "cos"), Target(names, depth - 1)),
        7 => new Call(dice.Of("min", "max"), Target(names, depth - 1), Target(names, depth - 1)),
        _ => new Choice(
            new(Target(names, 0), dice.Of("<=", "<"), Number(dice.Of(Weights))), Target(names, depth - 1),
            Target(names, depth - 1)),
    };

    private void Tree(StringBuilder text, int depth, int inputs, int units, int outputs, int around)
    {
        switch (dice.Next(depth > 0 ? 9 : 3))
        {
            case 0 when dice.Chance(40):
                _ = text.Append("x\n");
                break;
            case 0 or 1 or 2:
                _ = text.Append(around > 0 && dice.Chance(30) ? "l i0\n" : $"l {Text(dice.Next(outputs))}\n");
                break;
            case 3 or 4 when units > 0:
                _ = text.Append(CultureInfo.InvariantCulture, $"r 0 {dice.Next(units)}\n");
                Tree(text, depth - 1, inputs, units, outputs, around);
                Tree(text, depth - 1, inputs, units, outputs, around);
                break;
            default:
                _ = text.Append(CultureInfo.InvariantCulture, $"s {dice.Next(inputs)}\n");
                Tree(text, depth - 1, inputs, units, outputs, around);
                Tree(text, depth - 1, inputs, units, outputs, around);
                break;
        }
    }
}
