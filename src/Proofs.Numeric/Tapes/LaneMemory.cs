using System.Runtime.InteropServices;

namespace Proofs.Numeric.Tapes;

// Numbers that begin at a multiple of 64 bytes, so that no vector of eight lies across two cache lines.
internal readonly struct LaneMemory
{
    private const int Line = 64;

    private readonly double[] _numbers;
    private readonly int _start;

    public LaneMemory(int length)
    {
        _numbers = GC.AllocateArray<double>(length + (Line / sizeof(double)), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0);
        _start = (int)((Line - (address & (Line - 1))) & (Line - 1)) / sizeof(double);
    }

    public int Length => _numbers is null ? 0 : _numbers.Length - (Line / sizeof(double));

    // The first number; the memory does not move.
    public ref double First => ref _numbers[_start];

    public Span<double> Slice(int start, int length) => _numbers.AsSpan(_start + start, length);
}
