using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Proofs.Benchmarks.Numerics;

// Processor time of the calling thread, so that other work on the machine counts little; wall time where there is no
// such clock.
internal static class Clock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID

    // Nanoseconds an operation: the fastest of several batches of at least ten milliseconds.
    public static double Measure(int operations, Action batch)
    {
        // The compiler replaces a method in the background after some calls: twice, call it and give it time.
        for (int i = 0; i < 120; i++)
        {
            batch();
            if (i % 40 == 39)
            {
                Thread.Sleep(150);
            }
        }

        int repeats = 1;
        while (Run(repeats, batch) < 10e6)
        {
            repeats *= 2;
        }

        double best = double.PositiveInfinity;
        for (int i = 0; i < 5; i++)
        {
            best = Math.Min(best, Run(repeats, batch) / ((double)repeats * operations));
        }

        return best;
    }

    private static double Run(int repeats, Action batch)
    {
        double start = Now();
        for (int i = 0; i < repeats; i++)
        {
            batch();
        }

        return Now() - start;
    }

    private static double Now() => OperatingSystem.IsLinux() && ClockGetTime(ThreadProcessorTime, out var time) == 0
        ? (time.Seconds * 1e9) + time.Nanoseconds
        : Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
