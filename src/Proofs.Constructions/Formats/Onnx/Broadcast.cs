namespace Proofs.Constructions.Formats.Onnx;

// Shapes and index maps of ONNX's multidirectional broadcasting.
internal static class Broadcast
{
    /// <summary>The common shape of two, or null where they do not broadcast.</summary>
    public static int[]? Shape(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int rank = Math.Max(a.Length, b.Length);
        var shape = new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int m = i <= a.Length ? a[^i] : 1, n = i <= b.Length ? b[^i] : 1;
            if (m != n && m != 1 && n != 1)
            {
                return null;
            }

            shape[^i] = m == 1 ? n : m;
        }

        return shape;
    }

    /// <summary>For each entry of the larger shape the entry of <paramref name="dims"/> it takes.</summary>
    public static int[] Indices(ReadOnlySpan<int> dims, int[] shape)
    {
        var strides = new int[shape.Length];
        int stride = 1;
        for (int i = 1; i <= dims.Length; i++)
        {
            strides[^i] = dims[^i] == 1 ? 0 : stride;
            stride *= dims[^i];
        }

        return Strided(shape, strides, start: 0);
    }

    /// <summary>start + Σ strides · index for each index of the shape, in row-major order.</summary>
    public static int[] Strided(int[] shape, int[] strides, int start)
    {
        var result = new int[shape.Aggregate(1, (n, d) => n * d)];
        var index = new int[shape.Length];
        int at = start;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = at;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                at -= shape[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    public static int[] Strides(int[] dims)
    {
        var strides = new int[dims.Length];
        int stride = 1;
        for (int i = dims.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= dims[i];
        }

        return strides;
    }
}
