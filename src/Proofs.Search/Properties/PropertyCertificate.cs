using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Properties;

/// <summary>Writes certificates of network properties, which the kernel replays.</summary>
public static class PropertyCertificate
{
    private const int DeepestRepair = 24;
    private const int MostRepairs = 2000; // divisions of one leaf

    /// <summary>The network and the property as the kernel reads them.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public static NetworkProperty Subject(ReluNetwork network, VnnProperty property) => new(
        network.Exact,
        [.. property.Cases.Select(
            c => new PropertyCase(c.Inputs.Lower, c.Inputs.Upper, c.InputConstraints, c.OutputConstraints))]);

    /// <summary>
    /// The certificate of an answer; null where nothing is decided, or a leaf resists the kernel's arithmetic.
    /// </summary>
    /// <remarks>
    /// Every leaf is checked by the kernel before it is written, and divided further where the kernel's bound is not
    /// enough.
    /// </remarks>
    /// <exception cref="ArgumentException">The answer is unsat and its trees were not kept.</exception>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static string? Text(PropertyRequest request, PropertyResult result)
    {
        var subject = Subject(request.Network, request.Property);
        string head = $"{NetworkCertificate.Header}\n{NetworkText.Write(subject)}";
        if (result.Counterexample is { } point)
        {
            return $"{head}sat\npoint {string.Join(' ', point.Inputs.Select(NetworkText.Number))}\n";
        }

        if (result.Answer != PropertyAnswer.Unsatisfiable)
        {
            return null;
        }

        if (result.Trees.Sum(t => t.Query.Cases.Length) != request.Property.Cases.Length)
        {
            throw new ArgumentException("the tree of the search was not kept", nameof(result));
        }

        var trees = result.Trees.Select(t => Tree(t, subject, request)).ToArray();
        return trees.Contains(null) ? null : $"{head}unsat\n{string.Concat(trees)}end\n";
    }

    private static string? Tree(SplitTree tree, NetworkProperty subject, PropertyRequest request)
    {
        var query = tree.Query;
        var lines = new List<string>();
        var leaves = new List<(int Line, Corners Box, int[] Rows)>();
        var open = new Stack<(int Node, Corners Box)>();
        var root = new Corners([.. query.Lower.Select(Binary64.Exact)], [.. query.Upper.Select(Binary64.Exact)]);
        open.Push((0, root));
        while (open.TryPop(out var next))
        {
            var node = tree[next.Node];
            if (node.Child >= 0 && node.Layer >= 0)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"r {node.Layer} {node.Dimension}\n"));
                open.Push((node.Child + 1, next.Box.With(new UnitSign(node.Layer, node.Dimension, true))));
                open.Push((node.Child, next.Box.With(new UnitSign(node.Layer, node.Dimension, false))));
            }
            else if (node.Child >= 0)
            {
                var at = Binary64.Exact(node.At);
                var (below, above) = next.Box.Divide(node.Dimension, at);
                bool isMiddle = at + at == next.Box.Lower[node.Dimension] + next.Box.Upper[node.Dimension];
                lines.Add(isMiddle ? $"s {node.Dimension}\n" : $"s {node.Dimension} {NetworkText.Number(at)}\n");
                open.Push((node.Child + 1, above));
                open.Push((node.Child, below));
            }
            else if (node.Rows.Length == 0 && query.Cases.Length > 0)
            {
                lines.Add("x\n");
            }
            else
            {
                leaves.Add((lines.Count, next.Box, LocalRows(query, node.Rows)));
                lines.Add("");
            }
        }

        bool complete = true;
        var options =
            new ParallelOptions { MaxDegreeOfParallelism = request.Jobs, CancellationToken = request.Cancellation };
        Parallel.ForEach(
            leaves,
            options,
            () => new Repair(query, subject, root),
            (leaf, _, repair) =>
            {
                var text = new System.Text.StringBuilder();
                if (repair.Write(leaf.Box, leaf.Rows, text))
                {
                    lines[leaf.Line] = text.ToString();
                }
                else
                {
                    Volatile.Write(ref complete, false);
                }

                return repair;
            },
            _ => { });
        string Ends(BigRational[] values) => string.Join(' ', values.Select(NetworkText.Number));
        return complete
            ? $"root {string.Join(' ', query.CaseNumbers)}\nlower {Ends(root.Lower)}\nupper "
                + $"{Ends(root.Upper)}\n{string.Concat(lines)}"
            : null;
    }

    // Rows of the query are shared by its cases; a certificate counts the constraints of each case.
    private static int[] LocalRows(PropertyQuery query, int[] rows) => [.. rows.Select((row, c) => row < 0
        ? ~Array.IndexOf(query.InputRowsOf[c], ~row)
        : Array.IndexOf(query.OutputRows[c], row))];

    private sealed record Corners(BigRational[] Lower, BigRational[] Upper)
    {
        public ImmutableStack<UnitSign> Signs { get; init; } = [];

        public Corners With(UnitSign sign) => this with { Signs = Signs.Push(sign) };

        public (Corners Below, Corners Above) Divide(int j, BigRational at)
        {
            var (upper, lower) = ((BigRational[])Upper.Clone(), (BigRational[])Lower.Clone());
            upper[j] = lower[j] = at;
            return (this with { Upper = upper }, this with { Lower = lower });
        }
    }

    // Divides leaves that the kernel refuses. One object serves one thread.
    private sealed class Repair(PropertyQuery query, NetworkProperty subject, Corners root)
    {
        private readonly NetworkCertificate.Leaves _leaves = new(subject, query.CaseNumbers);
        private int _divisions;

        public bool Write(Corners box, int[] rows, System.Text.StringBuilder text)
        {
            _divisions = 0;
            return Write(box, rows, DeepestRepair, text);
        }

        private bool Write(Corners box, int[] rows, int depth, System.Text.StringBuilder text)
        {
            if (_leaves.Refuse(box.Lower, box.Upper, box.Signs, rows) is null)
            {
                text.Append('l');
                foreach (int row in rows)
                {
                    text.Append(' ').Append(row < 0 ? $"i{~row}" : $"{row}");
                }

                text.Append('\n');
                return true;
            }

            int widest = Enumerable.Range(0, query.Dimension).MaxBy(j => Share(box, j));
            if (depth == 0 || _divisions++ == MostRepairs || Share(box, widest).IsZero)
            {
                return false;
            }

            text.Append("s ").Append(CultureInfo.InvariantCulture, $"{widest}\n");
            var (below, above) = box.Divide(widest, (box.Lower[widest] + box.Upper[widest]) * BigRational.Half);
            return Write(below, rows, depth - 1, text) && Write(above, rows, depth - 1, text);
        }

        private BigRational Share(Corners box, int j) => root.Lower[j] == root.Upper[j]
            ? BigRational.Zero
            : (box.Upper[j] - box.Lower[j]) / (root.Upper[j] - root.Lower[j]);
    }
}
