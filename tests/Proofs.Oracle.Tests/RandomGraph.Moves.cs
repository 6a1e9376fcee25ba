using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Oracle.Tests;

// Operators that move entries. Axes are attributes in older opsets and inputs in newer ones.
internal sealed partial class RandomGraph
{
    private string Integers(params long[] values)
    {
        string name = Name();
        _parts.Add(Constructions.Tests.Formats.OnnxModels.Integers(name, values));
        return name;
    }

    // An axis as an index from 0 or, where the opset allows, from the end.
    private long Axis(int axis, int rank, int negativeSince) =>
        _opset >= negativeSince && OneIn(2) ? axis - rank : axis;

    private void Flatten()
    {
        var x = Last;
        int split = _random.Next(x.Rank + 1);
        int[] dims = [Count(x.Dims[..split]), Count(x.Dims[split..])];
        if (split == 1 && OneIn(2))
        {
            Rename("Flatten", x.Name, dims);
        }
        else
        {
            long axis = split < x.Rank ? Axis(split, x.Rank, 11) : split;
            Rename("Flatten", x.Name, dims, Int("axis", axis));
        }
    }

    private void Reshape()
    {
        var x = Last;
        int[] dims = [.. Factors(Count(x.Dims))];
        long[] wanted = [.. dims.Select(d => (long)d)];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = i < x.Rank && dims[i] == x.Dims[i] && OneIn(2) ? 0 : wanted[i];
        }

        if (wanted.Length > 0 && OneIn(2))
        {
            wanted[_random.Next(wanted.Length)] = -1;
        }

        Rename("Reshape", $"{x.Name}, {Integers(wanted)}", dims);
    }

    // As exporters of views write it: the first extent is taken from the tensor's own shape.
    private void ReshapeByShape()
    {
        var x = Last;
        if (x.Rank == 0)
        {
            return;
        }

        string shape = Name(), first = Name(), row = Name(), wanted = Name();
        Node("Shape", x.Name, shape);
        Node("Gather", $"{shape}, {Integers(0)}", first, Int("axis", 0));
        if (_opset < 13)
        {
            Node("Squeeze", first, row, Ints("axes", 0));
        }
        else
        {
            Node("Squeeze", $"{first}, {Integers(0)}", row);
        }

        string list = Name();
        if (_opset < 13)
        {
            Node("Unsqueeze", row, list, Ints("axes", 0));
        }
        else
        {
            Node("Unsqueeze", $"{row}, {Integers(0)}", list);
        }

        Node("Concat", $"{list}, {Integers(-1)}", wanted, Int("axis", 0));
        Rename("Reshape", $"{x.Name}, {wanted}", [x.Dims[0], Count(x.Dims[1..])]);
    }

    private List<int> Factors(int count)
    {
        var factors = new List<int>();
        while (count > 1 || (factors.Count < 3 && OneIn(3)))
        {
            int[] divisors = [.. Enumerable.Range(1, count).Where(d => count % d == 0)];
            int d = factors.Count == MostRank - 1 ? count : Pick(divisors);
            factors.Add(d);
            count /= d;
        }

        return factors;
    }

    private void Transpose()
    {
        var x = Last;
        int[] perm = [.. Enumerable.Range(0, x.Rank)];
        bool isReverse = OneIn(3);
        if (isReverse)
        {
            Array.Reverse(perm);
        }
        else
        {
            _random.Shuffle(perm);
        }

        AttributeProto[] attributes =
            isReverse || x.Rank == 0 ? [] : [Ints("perm", [.. perm.Select(p => (long)p)])];
        Move("Transpose", x.Name, [.. perm.Select(p => x.Dims[p])], index =>
        {
            int[] source = new int[index.Length];
            for (int k = 0; k < perm.Length; k++)
            {
                source[perm[k]] = index[k];
            }

            return source;
        }, attributes);
    }

    private void Squeeze()
    {
        var x = Last;
        int[] ones = [.. Enumerable.Range(0, x.Rank).Where(i => x.Dims[i] == 1 && OneIn(2))];
        bool takesAll = ones.Length == 0 || OneIn(4);
        int[] dims = [.. x.Dims.Where((d, i) => takesAll ? d != 1 : !ones.Contains(i))];
        Axes("Squeeze", x, dims, takesAll ? null : [.. ones.Select(i => Axis(i, x.Rank, 11))]);
    }

    private void Unsqueeze()
    {
        var x = Last;
        int more = x.Rank < MostRank - 1 ? _random.Next(1, 3) : x.Rank < MostRank ? 1 : 0;
        if (more == 0)
        {
            return;
        }

        int rank = x.Rank + more;
        int[] axes = [.. Enumerable.Range(0, rank)];
        _random.Shuffle(axes);
        axes = [.. axes.Take(more)];
        int next = 0;
        int[] dims = [.. Enumerable.Range(0, rank).Select(i => axes.Contains(i) ? 1 : x.Dims[next++])];
        Axes("Unsqueeze", x, dims, [.. axes.Select(i => Axis(i, rank, 11))]);
    }

    private void Axes(string op, Live x, int[] dims, long[]? axes)
    {
        if (axes is null)
        {
            Rename(op, x.Name, dims);
        }
        else if (_opset < 13)
        {
            Rename(op, x.Name, dims, Ints("axes", axes));
        }
        else
        {
            Rename(op, $"{x.Name}, {Integers(axes)}", dims);
        }
    }

    private void Concat()
    {
        var x = Last;
        if (x.Rank == 0)
        {
            return;
        }

        int axis = _random.Next(x.Rank);
        int[] Others(Live v) => [.. v.Dims.Where((_, i) => i != axis)];
        Live[] fitting = [.. _live.Where(v => v.Rank == x.Rank && Others(v).SequenceEqual(Others(x)))];
        int[] part = [.. x.Dims];
        part[axis] = _random.Next(1, 3);
        Live[] parts = [.. Enumerable.Range(0, _random.Next(1, 4))
            .Select(_ => OneIn(3) ? Constant(part, Draw) : OneIn(2) ? x : Pick(fitting))];
        int[] dims = [.. x.Dims];
        dims[axis] = parts.Sum(p => p.Dims[axis]);
        if (Count(dims) > MostEntries)
        {
            return;
        }

        string y = Name();
        Node("Concat", string.Join(", ", parts.Select(p => p.Name)), y, Int("axis", Axis(axis, x.Rank, 11)));
        (Live From, int At)[] sources = [.. Indices(dims).Select(index =>
        {
            int part = 0, place = index[axis];
            while (place >= parts[part].Dims[axis])
            {
                place -= parts[part++].Dims[axis];
            }

            int[] inside = [.. index];
            inside[axis] = place;
            return (parts[part], Offset(parts[part].Dims, inside));
        })];
        Result(y, dims, run => run.Values[y] = [.. sources.Select(s => run.Values[s.From.Name][s.At])]);
    }

    private void Split()
    {
        var x = Last;
        if (x.Rank == 0)
        {
            return;
        }

        int axis = _random.Next(x.Rank), extent = x.Dims[axis], parts = _random.Next(1, Math.Min(extent, 3) + 1);
        bool isEven = extent % parts == 0, isImplied = (isEven || _opset >= 18) && OneIn(2);
        int most = (extent + parts - 1) / parts;
        int[] sizes = [.. Enumerable.Range(0, parts).Select(i => Math.Clamp(extent - (i * most), 0, most))];
        if (!isImplied)
        {
            int[] cuts = [.. Enumerable.Range(1, extent - 1)];
            _random.Shuffle(cuts);
            int[] ends = [0, .. cuts.Take(parts - 1).Order(), extent];
            sizes = [.. ends.Skip(1).Zip(ends, (to, from) => to - from)];
        }

        if (sizes.Contains(0))
        {
            return; // the runtime refuses it
        }

        string[] names = [.. sizes.Select(_ => Name())];
        var attributes = new List<AttributeProto> { Int("axis", Axis(axis, x.Rank, 11)) };
        string inputs = x.Name;
        long[] list = [.. sizes.Select(s => (long)s)];
        if (!isImplied && _opset < 13)
        {
            attributes.Add(Ints("split", list));
        }
        else if (!isImplied)
        {
            inputs += $", {Integers(list)}";
        }
        else if (_opset >= 18)
        {
            attributes.Add(Int("num_outputs", parts));
        }

        Node("Split", inputs, string.Join(", ", names), [.. attributes]);
        int[] order = [.. Enumerable.Range(0, parts)];
        _random.Shuffle(order); // any part may be the last value
        foreach (int part in order)
        {
            int start = sizes.Take(part).Sum();
            int[] dims = [.. x.Dims];
            dims[axis] = sizes[part];
            int[] from = [.. Indices(dims).Select(index =>
            {
                index[axis] += start;
                return Offset(x.Dims, index);
            })];
            string y = names[part];
            Result(y, dims, run => run.Values[y] = Array.ConvertAll(from, k => run.Values[x.Name][k]));
        }
    }

    private void Slice()
    {
        var x = Last;
        if (x.Rank == 0)
        {
            return;
        }

        int[] axes = [.. Enumerable.Range(0, x.Rank)];
        _random.Shuffle(axes);
        axes = [.. axes.Take(_random.Next(1, x.Rank + 1))];
        bool hasSteps = _opset >= 10;
        int[] dims = [.. x.Dims], starts = new int[x.Rank], steps = [.. Enumerable.Repeat(1, x.Rank)];
        var from = new List<long>();
        var to = new List<long>();
        foreach (int axis in axes)
        {
            int extent = x.Dims[axis], first = _random.Next(extent), last = _random.Next(first, extent);
            bool isBackward = hasSteps && OneIn(3);
            (starts[axis], steps[axis]) = isBackward ? (last, -1) : (first, 1);
            dims[axis] = last - first + 1;
            from.Add(isBackward ? last == extent - 1 && OneIn(2) ? long.MaxValue : last
                : OneIn(2) ? first - extent : first);
            to.Add(isBackward ? first == 0 ? Pick([long.MinValue, -extent - 1L]) : first - 1
                : last == extent - 1 && OneIn(2) ? Pick([long.MaxValue, int.MaxValue]) : last + 1);
        }

        long[] named = [.. axes.Select(a => Axis(a, x.Rank, 11))];
        bool areAxesImplied = axes.SequenceEqual(Enumerable.Range(0, axes.Length)) && OneIn(2);
        int[] Source(int[] index) => [.. index.Select((k, axis) => starts[axis] + (k * steps[axis]))];
        if (!hasSteps)
        {
            Move("Slice", x.Name, dims, Source, [
                Ints("starts", [.. from]), Ints("ends", [.. to]),
                .. areAxesImplied ? [] : new[] { Ints("axes", named) },
            ]);
            return;
        }

        bool hasBackward = steps.Contains(-1);
        string inputs = $"{x.Name}, {Integers([.. from])}, {Integers([.. to])}";
        inputs += areAxesImplied ? hasBackward ? ", _" : "" : $", {Integers(named)}";
        inputs += hasBackward ? $", {Integers([.. axes.Select(a => (long)steps[a])])}" : "";
        Move("Slice", inputs, dims, Source);
    }

    private void Gather()
    {
        var x = Last;
        if (x.Rank == 0)
        {
            return;
        }

        int axis = _random.Next(x.Rank), extent = x.Dims[axis];
        int[] shape = Pick<int[]>([[], [2], [1], [3], [2, 1], [1, 2]]);
        int[] dims = [.. x.Dims[..axis], .. shape, .. x.Dims[(axis + 1)..]];
        if (dims.Length > MostRank || Count(dims) > MostEntries)
        {
            return;
        }

        int[] taken = [.. Enumerable.Range(0, Count(shape)).Select(_ => _random.Next(extent))];
        long[] written = [.. taken.Select(i => Axis(i, extent, 11))];
        string name = Name();
        var indices = Constructions.Tests.Formats.OnnxModels.Integers(name, written);
        indices.Dims.Clear();
        indices.Dims.AddRange(shape.Select(d => (long)d));
        if (OneIn(3))
        {
            indices.DataType = (int)TensorProto.Types.DataType.Int32;
            indices.Int64Data.Clear();
            indices.Int32Data.AddRange(written.Select(i => (int)i));
        }

        _parts.Add(indices);
        AttributeProto[] attributes = axis == 0 && OneIn(2) ? [] : [Int("axis", Axis(axis, x.Rank, 11))];
        Move("Gather", $"{x.Name}, {name}", dims, index =>
        {
            int at = Offset(shape, index[axis..(axis + shape.Length)]);
            return [.. index[..axis], taken[at], .. index[(axis + shape.Length)..]];
        }, attributes);
    }
}
