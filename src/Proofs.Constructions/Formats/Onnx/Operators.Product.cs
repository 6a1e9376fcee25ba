using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Onnx;

internal sealed partial class Operators
{
    // The entries Start[o] + k · Stride, k = 0, 1, …, that go into entry o of a matrix product.
    private readonly record struct Operand(Tensor Tensor, int[] Start, int Stride);

    private Tensor Product(OnnxNode node, int[] dims, int terms, Operand a, Operand b)
    {
        int count = node.Entries(dims, WorkLimit.Row);
        node.Work.Charge((long)count * terms / 4); // looking at an entry costs, also when it is zero
        switch (a.Tensor, b.Tensor)
        {
            case (Activations x, Constant c):
                ExpectProducts(x, a, c, b, count, terms, node.Work);
                return new Activations(dims, x.Layer, [.. Enumerable.Range(0, count).Select(o =>
                    Contract(x, a.Start[o], a.Stride, c, b.Start[o], b.Stride, terms, node.Work))]);
            case (Constant c, Activations x):
                ExpectProducts(x, b, c, a, count, terms, node.Work);
                return new Activations(dims, x.Layer, [.. Enumerable.Range(0, count).Select(o =>
                    Contract(x, b.Start[o], b.Stride, c, a.Start[o], a.Stride, terms, node.Work))]);
            case (Constant c, Constant d):
                node.Work.Charge((long)count * terms * WorkLimit.Product);
                return Constant.Of(dims, [.. Enumerable.Range(0, count).Select(o => Inner(
                    node, c, a.Start[o], a.Stride, d, b.Start[o], b.Stride, terms))]);
            default:
                throw node.Error("expected a constant matrix; a product of two computed tensors is no affine map");
        }
    }

    // Affine maps in a row may ask for more products than can be made: that is said before the first one.
    private static void ExpectProducts(
        Activations x, Operand units, Constant c, Operand weights, int count, int terms, WorkLimit work)
    {
        if (Array.TrueForAll(x.Rows, row => row.Units.Length <= 1))
        {
            return;
        }

        long products = 0;
        for (int o = 0; o < count; o++)
        {
            for (int k = 0; k < terms; k++)
            {
                products += c.IsZeroAt(weights.Start[o] + (k * weights.Stride))
                    ? 0
                    : x.Rows[units.Start[o] + (k * units.Stride)].Units.Length;
            }
        }

        work.Expect(products * WorkLimit.Product);
    }

    private ComputedRow Contract(
        Activations x, int xStart, int xStride, Constant c, int cStart, int cStride, int terms, WorkLimit work)
    {
        if (c.Doubles is { } weights
            && ContractUnits(x, xStart, xStride, weights, cStart, cStride, terms, work) is { } row)
        {
            return row;
        }

        for (int k = 0; k < terms; k++)
        {
            int at = cStart + (k * cStride);
            if (!c.IsZeroAt(at))
            {
                _sum.Add(c.At(at), x.Rows[xStart + (k * xStride)]);
            }
        }

        return _sum.Take();
    }

    // The usual case, weights of a file times units in increasing order: no coefficient is computed.
    private static ComputedRow? ContractUnits(
        Activations x, int xStart, int xStride, double[] weights, int cStart, int cStride, int terms, WorkLimit work)
    {
        int count = 0, last = -1;
        for (int k = 0; k < terms; k++)
        {
            if (weights[cStart + (k * cStride)] != 0)
            {
                var row = x.Rows[xStart + (k * xStride)];
                if (!row.IsUnit || row.Units[0] <= last)
                {
                    return null;
                }

                last = row.Units[0];
                count++;
            }
        }

        work.Charge((long)count * WorkLimit.Term);
        var units = new int[count];
        var coefficients = new double[count];
        var constant = BigRational.Zero;
        for (int k = 0, at = 0; k < terms; k++)
        {
            double weight = weights[cStart + (k * cStride)];
            if (weight != 0)
            {
                var row = x.Rows[xStart + (k * xStride)];
                (units[at], coefficients[at++]) = (row.Units[0], weight);
                constant = row.Constant.IsZero ? constant : constant + (Weights.Exact(weight) * row.Constant);
            }
        }

        return ComputedRow.Of(units, coefficients, constant);
    }

    private static BigRational Inner(
        OnnxNode node, Constant a, int aStart, int aStride, Constant b, int bStart, int bStride, int terms)
    {
        var sum = BigRational.Zero;
        for (int k = 0; k < terms; k++)
        {
            sum += a.At(aStart + (k * aStride)) * b.At(bStart + (k * bStride));
        }

        return Checked(node, sum);
    }
}
