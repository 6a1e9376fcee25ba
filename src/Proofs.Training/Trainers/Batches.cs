using Proofs.Checks.Dimension;

namespace Proofs.Training.Trainers;

/// <summary>Which points each step looks at: all of them once, in a random order, before any comes again.</summary>
/// <remarks>The points of a step depend on the seed and the step alone, so that training can go on anywhere.</remarks>
internal sealed class Batches(int points, int size, long seed)
{
    private readonly int _size = Math.Min(size, points);
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>The numbers of the points of a step, from 0.</summary>
    public long[] Of(int step)
    {
        long[] batch = new long[_size];
        long start = (long)step * _size;
        for (int k = 0; k < _size; k++)
        {
            var (epoch, place) = Math.DivRem(start + k, points);
            if (epoch != _epoch)
            {
                (_epoch, _order) = (epoch, Order(epoch));
            }

            batch[k] = _order[place];
        }

        return batch;
    }

    private int[] Order(long epoch)
    {
        ulong first = new SplitMix64((ulong)seed ^ 0xBA7C_4E55).Next();
        return new SplitMix64(first ^ (ulong)epoch).Sample(points, points);
    }
}
