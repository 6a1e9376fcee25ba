using System.Diagnostics;

namespace Proofs.Search.BranchAndBound;

// What a search may spend. Boxes and steps are the same on every machine; clock, CPU time and cancellation end a search
// and steer nothing. Nothing else in the searches looks at a clock.
internal sealed record Limits
{
    public static Limits None { get; } = new();

    // Boxes bounded.
    public long Boxes { get; init; } = long.MaxValue;

    // Whatever the search calls a step: of branch and bound, a node taken from the open ones.
    public long Steps { get; init; } = long.MaxValue;

    // Of the whole process, all threads together.
    public TimeSpan? CpuTime { get; init; }

    public TimeSpan? Clock { get; init; }

    public CancellationToken Cancellation { get; init; }

    public Meter Start() => new(this);

    // What has been spent of limits since a moment.
#pragma warning disable RS0030 // this is where searches look at a clock
    internal sealed class Meter
    {
        private readonly long _start;
        private readonly TimeSpan _cpuStart;

        public Meter(Limits limits)
            : this(limits, Stopwatch.GetTimestamp(), CpuNow(limits))
        {
        }

        private Meter(Limits limits, long start, TimeSpan cpuStart) =>
            (Limits, _start, _cpuStart) = (limits, start, cpuStart);

        public Limits Limits { get; }

        public long Boxes { get; private set; }

        public long Steps { get; private set; }

        // Of the clock's limit, never below one tick: a search that is given nothing ends at its first look. Null
        // without a limit.
        public TimeSpan? Left => Share(1);

        // Whether the clock's limit is reached.
        public bool IsLate => Limits.Clock is { } limit && Elapsed >= limit;

        // Why to stop at once, whatever has been counted; null to go on.
        public Ending? Interruption => IsLate ? Ending.Clock
            : Limits.CpuTime is { } cpu && CpuNow(Limits) - _cpuStart >= cpu ? Ending.CpuTime
            : Limits.Cancellation.IsCancellationRequested ? Ending.Cancelled
            : null;

        // Why to stop; null to go on.
        public Ending? Spent => Boxes >= Limits.Boxes ? Ending.Boxes
            : Steps >= Limits.Steps ? Ending.Steps
            : Interruption;

        private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

        public void CountBoxes(long boxes) => Boxes += boxes;

        public void CountSteps(long steps) => Steps += steps;

        // A part of what is left of the clock's limit.
        public TimeSpan? Share(double part) => Limits.Clock is not { } limit ? null
            : (limit - Elapsed) * part is { Ticks: > 0 } left ? left
            : TimeSpan.FromTicks(1);

        // A part of what is left of the limit on CPU time.
        public TimeSpan? CpuShare(double part) => Limits.CpuTime is not { } limit ? null
            : (limit - (CpuNow(Limits) - _cpuStart)) * part is { Ticks: > 0 } left ? left
            : TimeSpan.FromTicks(1);

        // Another count of boxes, from 0, by the same clock.
        public Meter WithBoxes(long boxes) => new(Limits with { Boxes = boxes }, _start, _cpuStart);

        private static TimeSpan CpuNow(Limits limits) =>
            limits.CpuTime is null ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;
    }
#pragma warning restore RS0030
}

// Why a search stopped.
internal enum Ending
{
    // What was asked for is found, or decided.
    TargetReached,

    // Nothing is left to divide.
    Exhausted,

    Boxes,
    Steps,
    CpuTime,
    Clock,
    Cancelled,
}
