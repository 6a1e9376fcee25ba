using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Formats.Onnx;

/// <summary>Fitted models in ONNX-ML files, as scikit-learn's converters write them.</summary>
/// <remarks>
/// Read are graphs of one chain: an optional Scaler, then SVMRegressor with the kernel RBF or LINEAR,
/// TreeEnsembleRegressor whose nodes are BRANCH_LEQ and LEAF, or LinearRegressor, each of one target and without a
/// post-transformation; Identity and Cast to float32 between them are skipped. Every float32 number is the real number
/// it names.
/// </remarks>
public static class FittedModelFile
{
    private const int DeepestTree = 256;

    /// <summary>The model in a stream; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="NetworkFileException">It holds no model that is understood; the message names the
    /// place.</exception>
    public static FittedModel Read(Stream stream, string name)
    {
        try
        {
            return Chain(OnnxFile.Model(SourceBytes.Read(stream)).Graph
                ?? throw new NetworkFormatException("the file", "expected an ONNX model, found no graph in it"));
        }
        catch (NetworkFormatException e)
        {
            throw e.In(name);
        }
    }

    private static FittedModel Chain(GraphProto graph)
    {
        ImmutableArray<BigRational> offset = [], factor = [];
        foreach (var proto in graph.Node)
        {
            var node = new MotifNode(proto);
            switch (proto.OpType)
            {
                case "Identity" or "Cast":
                    continue;
                case "Scaler" when offset.IsEmpty:
                    (offset, factor) = (node.Numbers("offset"), node.Numbers("scale"));
                    if (offset.Length != factor.Length || factor.Any(f => f.Sign <= 0))
                    {
                        throw node.Error("expected as many offsets as scales, and positive scales");
                    }

                    continue;
                case "SVMRegressor":
                    return Vectors(node, Inputs(graph, node, offset.Length), offset, factor);
                case "LinearRegressor":
                    return Linear(node, offset, factor);
                case "TreeEnsembleRegressor":
                    return Forest(node, Inputs(graph, node, offset.Length), offset, factor);
                default:
                    throw node.Error(
                        "expected Scaler, SVMRegressor, TreeEnsembleRegressor or LinearRegressor, in one chain");
            }
        }

        throw new NetworkFormatException(
            "the graph", "expected a node SVMRegressor, TreeEnsembleRegressor or LinearRegressor, found none");
    }

    private static int Inputs(GraphProto graph, MotifNode node, int scaled)
    {
        if (scaled > 0)
        {
            return scaled;
        }

        var dims = graph.Input.Count == 1 ? graph.Input[0].Type?.TensorType?.Shape?.Dim : null;
        return dims is { Count: 2 } && dims[1].DimValue is > 0 and <= 100_000
            ? (int)dims[1].DimValue
            : throw node.Error("expected a graph with one input of a known number of columns");
    }

    private static (ImmutableArray<BigRational> Offset, ImmutableArray<BigRational> Factor) Scale(
        MotifNode node, int inputs, ImmutableArray<BigRational> offset, ImmutableArray<BigRational> factor)
    {
        if (offset.IsEmpty)
        {
            return ([.. Enumerable.Repeat(BigRational.Zero, inputs)],
                [.. Enumerable.Repeat(BigRational.One, inputs)]);
        }

        return offset.Length == inputs
            ? (offset, factor)
            : throw node.Error($"expected {inputs} scaled inputs, found {offset.Length}");
    }

    private static FittedModel Vectors(
        MotifNode node, int inputs, ImmutableArray<BigRational> offset, ImmutableArray<BigRational> factor)
    {
        node.ExpectText("post_transform", "NONE", "NONE");
        node.ExpectInteger("one_class", 0);
        var (coefficients, rho) = (node.Numbers("coefficients"), node.Numbers("rho"));
        string kernel = node.Text("kernel_type", "LINEAR");
        if (rho.Length != 1)
        {
            throw node.Error($"expected one number rho, found {rho.Length}");
        }

        int supports = (int)node.Integer("n_supports", 0);
        if (kernel == "LINEAR" && supports == 0)
        {
            var (o, f) = Scale(node, coefficients.Length, offset, factor);
            return new FittedModel.Linear(o, f, coefficients, rho[0]);
        }

        var vectors = node.Numbers("support_vectors");
        if (supports < 1 || coefficients.Length != supports || vectors.Length % supports != 0)
        {
            throw node.Error(
                $"expected n_supports vectors with a coefficient each, found {supports}, {vectors.Length} numbers and "
                    + $"{coefficients.Length} coefficients");
        }

        int d = vectors.Length / supports;
        if (d != inputs)
        {
            throw node.Error($"expected support vectors of {inputs} inputs, found {d}");
        }

        var (before, times) = Scale(node, d, offset, factor);
        ImmutableArray<ImmutableArray<BigRational>> centres =
            [.. Enumerable.Range(0, supports).Select(i => vectors.AsSpan(i * d, d).ToImmutableArray())];
        switch (kernel)
        {
            case "RBF":
                var parameters = node.Numbers("kernel_params");
                return parameters is [{ Sign: > 0 } gamma, ..]
                    ? new FittedModel.Gaussian(before, times, gamma, centres, coefficients, rho[0])
                    : throw node.Error("expected kernel_params with a positive gamma");
            case "LINEAR":
                var sum = new BigRational[d];
                for (int i = 0; i < supports; i++)
                {
                    for (int j = 0; j < d; j++)
                    {
                        sum[j] += coefficients[i] * centres[i][j];
                    }
                }

                return new FittedModel.Linear(before, times, [.. sum], rho[0]);
            default:
                throw node.Error($"expected the kernel RBF or LINEAR, found {TextLine.Of(kernel)}");
        }
    }

    private static FittedModel.Linear Linear(
        MotifNode node, ImmutableArray<BigRational> offset, ImmutableArray<BigRational> factor)
    {
        node.ExpectText("post_transform", "NONE", "NONE");
        node.ExpectInteger("targets", 1);
        var (coefficients, intercepts) = (node.Numbers("coefficients"), node.NumbersOrNone("intercepts"));
        if (coefficients.IsEmpty || intercepts.Length > 1)
        {
            throw node.Error("expected coefficients and at most one intercept");
        }

        var (before, times) = Scale(node, coefficients.Length, offset, factor);
        return new(before, times, coefficients, intercepts.FirstOrDefault());
    }

    private static FittedModel.Trees Forest(
        MotifNode node, int inputs, ImmutableArray<BigRational> offset, ImmutableArray<BigRational> factor)
    {
        node.ExpectText("post_transform", "NONE", "NONE");
        node.ExpectInteger("n_targets", 1);
        string aggregate = node.Text("aggregate_function", "SUM");
        if (aggregate is not ("SUM" or "AVERAGE"))
        {
            throw node.Error($"expected aggregate_function SUM or AVERAGE, found {TextLine.Of(aggregate)}");
        }

        long[] trees = node.Integers("nodes_treeids"), ids = node.Integers("nodes_nodeids");
        long[] features = node.Integers("nodes_featureids");
        long[] yes = node.Integers("nodes_truenodeids"), no = node.Integers("nodes_falsenodeids");
        var values = node.Numbers("nodes_values");
        string[] modes = node.Texts("nodes_modes");
        if (new[] { ids.Length, features.Length, yes.Length, no.Length, values.Length, modes.Length }
            .Any(n => n != trees.Length) || trees.Length == 0)
        {
            throw node.Error("expected as many nodes in each of its lists, and at least one");
        }

        var at = new Dictionary<(long Tree, long Node), int>();
        for (int k = 0; k < trees.Length; k++)
        {
            if (!at.TryAdd((trees[k], ids[k]), k))
            {
                throw node.Error($"expected one node {ids[k]} in tree {trees[k]}, found two");
            }
        }

        var leaves = new Dictionary<(long, long), BigRational>();
        long[] leafTrees = node.Integers("target_treeids"), leafIds = node.Integers("target_nodeids");
        var weights = node.Numbers("target_weights");
        if (leafTrees.Length != leafIds.Length || leafTrees.Length != weights.Length)
        {
            throw node.Error("expected as many target nodes as target weights");
        }

        for (int k = 0; k < weights.Length; k++)
        {
            leaves[(leafTrees[k], leafIds[k])] = leaves.GetValueOrDefault((leafTrees[k], leafIds[k])) + weights[k];
        }

        // a root is no node's child
        var children = new HashSet<(long, long)>();
        for (int k = 0; k < trees.Length; k++)
        {
            if (modes[k] != "LEAF" && (!children.Add((trees[k], yes[k])) || !children.Add((trees[k], no[k]))))
            {
                throw node.Error($"expected one way to each node of tree {trees[k]}, found two");
            }
        }

        var roots = at.Keys.Where(k => !children.Contains(k)).OrderBy(k => k.Tree).ToList();
        int count = trees.Distinct().Count();
        if (roots.Count != count)
        {
            throw node.Error($"expected one root for each of {count} trees, found {roots.Count}");
        }

        var bases = node.NumbersOrNone("base_values");
        if (bases.Length > 1)
        {
            throw node.Error($"expected at most one base value, found {bases.Length}");
        }

        var share = aggregate == "AVERAGE" ? new BigRational(1, count) : BigRational.One;
        var members = ImmutableArray.CreateBuilder<RegressionTree>();
        foreach (var root in roots)
        {
            members.Add(Tree(root, DeepestTree).Map((_, s) => s, v => v * share));
        }

        if (bases is [{ IsZero: false } start])
        {
            members.Add(new RegressionTree.Leaf(start));
        }

        var (before, times) = Scale(node, inputs, offset, factor);
        return new(before, times, members.ToImmutable());

        RegressionTree Tree((long Tree, long Node) key, int left)
        {
            if (!at.TryGetValue(key, out int k) || left == 0)
            {
                throw node.Error(left == 0
                    ? $"expected trees of at most {DeepestTree} levels"
                    : $"expected a node {key.Node} in tree {key.Tree}, found none");
            }

            if (modes[k] == "LEAF")
            {
                return new RegressionTree.Leaf(leaves.GetValueOrDefault(key));
            }

            if (modes[k] != "BRANCH_LEQ" || features[k] < 0 || features[k] >= inputs)
            {
                throw node.Error(modes[k] == "BRANCH_LEQ"
                    ? $"expected a feature from 0 to {inputs - 1}, found {features[k]}"
                    : $"expected nodes BRANCH_LEQ and LEAF, found {TextLine.Of(modes[k])}");
            }

            return new RegressionTree.Split(
                (int)features[k], values[k], Tree((key.Tree, yes[k]), left - 1), Tree((key.Tree, no[k]), left - 1));
        }
    }

    // The attributes of a node, with their types checked, and errors that name it.
    private sealed class MotifNode(NodeProto proto)
    {
        public NetworkFormatException Error(string expectation) => new(
            $"node {TextLine.Quote(proto.Name)} ({TextLine.Of(proto.OpType)})", expectation);

        public ImmutableArray<BigRational> NumbersOrNone(string name) => Find(name) is null ? [] : Numbers(name);

        public ImmutableArray<BigRational> Numbers(string name)
        {
            var found = Find(name) ?? throw Error($"expected the attribute {name}");
            return found.Floats.All(float.IsFinite)
                ? [.. found.Floats.Select(f => Binary64.Exact(f))]
                : throw Error($"expected finite numbers in {name}");
        }

        public long[] Integers(string name) =>
            [.. (Find(name) ?? throw Error($"expected the attribute {name}")).Ints];

        public string[] Texts(string name) =>
        [
            .. (Find(name) ?? throw Error($"expected the attribute {name}")).Strings
                .Select(s => Encoding.UTF8.GetString(s.Span)),
        ];

        public string Text(string name, string otherwise) =>
            Find(name) is { } a ? Encoding.UTF8.GetString(a.S.Span) : otherwise;

        public long Integer(string name, long otherwise) => Find(name) is { } a ? a.I : otherwise;

        public void ExpectText(string name, string otherwise, string expected)
        {
            if (Text(name, otherwise) is var text && text != expected)
            {
                throw Error($"expected {name} {expected}, found {TextLine.Of(text)}");
            }
        }

        public void ExpectInteger(string name, long expected)
        {
            if (Integer(name, expected) is var value && value != expected)
            {
                throw Error(string.Create(
                    CultureInfo.InvariantCulture, $"expected {name} = {expected}, found {value}"));
            }
        }

        private AttributeProto? Find(string name) => proto.Attribute.FirstOrDefault(a => a.Name == name);
    }
}
