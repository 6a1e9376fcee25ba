using System.Collections.Immutable;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.Onnx;

// One node while it is evaluated: its inputs, its attributes with their types checked, and errors that name it.
internal sealed class OnnxNode(NodeProto proto, WorkLimit work)
{
    public string Operator => proto.OpType;

    public int InputCount => Inputs.Length;

    public int OutputCount => proto.Output.Count;

    public WorkLimit Work => work;

    /// <summary>The inputs, null for an optional one that is left out.</summary>
    public ImmutableArray<Tensor?> Inputs { get; set; } = [];

    public string Place => proto.Name.Length > 0
        ? $"node {TextLine.Quote(proto.Name)} ({TextLine.Of(proto.OpType)})"
        : $"the node ({TextLine.Of(proto.OpType)}) of {TextLine.Quote(proto.Output.FirstOrDefault() ?? "")}";

    public NetworkFormatException Error(string expectation) => new(Place, expectation);

    public Tensor Input(int i) => i < Inputs.Length && Inputs[i] is { } tensor
        ? tensor
        : throw Error($"expected at least {i + 1} inputs, found {Inputs.Count(t => t is not null)}");

    public Tensor? OptionalInput(int i) => i < Inputs.Length ? Inputs[i] : null;

    public void ExpectInputs(int least, int most)
    {
        if (Inputs.Length < least || Inputs.Length > most)
        {
            string count = least == most ? $"{least}" : $"{least} to {most}";
            throw Error($"expected {count} inputs, found {Inputs.Length}");
        }
    }

    /// <summary>The integers of an input that must be known: a shape, axes, indices.</summary>
    public long[] Integers(int i) => Input(i) is Constant { Integers: { } values } constant && constant.Dims.Length <= 1
        ? values
        : throw Error($"expected input {i + 1} to be a constant list of int64 numbers");

    public float Float(string name, float otherwise) =>
        Find(name, AttributeProto.Types.AttributeType.Float) is { } a ? a.F : otherwise;

    public long Integer(string name, long otherwise) =>
        Find(name, AttributeProto.Types.AttributeType.Int) is { } a ? a.I : otherwise;

    public long[]? IntegersOrNull(string name) =>
        Find(name, AttributeProto.Types.AttributeType.Ints) is { } a ? [.. a.Ints] : null;

    /// <summary>The only attribute, which must be of one of the named kinds (a Constant has exactly one).</summary>
    public AttributeProto SingleAttribute() => proto.Attribute.Count == 1
        ? proto.Attribute[0]
        : throw Error($"expected one attribute, the value; found {proto.Attribute.Count}");

    /// <summary>The axis as an index from 0, where negative ones count from the end.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error($"expected an axis from {-rank} to {rank - 1}, found {axis}");

    /// <summary>The number of entries of a shape that the node makes, counted as work.</summary>
    public int Entries(int[] dims, int cost)
    {
        int count = WorkLimit.Entries(dims)
            ?? throw Error(
                $"expected a result of at most {WorkLimit.LargestTensor} entries, "
                    + $"found the shape [{string.Join(", ", dims)}]");
        work.Charge((long)count * cost);
        return count;
    }

    private AttributeProto? Find(string name, AttributeProto.Types.AttributeType type)
    {
        AttributeProto? found = null;
        foreach (var attribute in proto.Attribute)
        {
            if (attribute.Name != name)
            {
                continue;
            }

            // old exporters leave the type out
            if (found is not null
                || (attribute.Type != type && attribute.Type != AttributeProto.Types.AttributeType.Undefined))
            {
                throw Error($"expected attribute {name} once, of type {type.ToString().ToUpperInvariant()}");
            }

            found = attribute;
        }

        return found;
    }
}
