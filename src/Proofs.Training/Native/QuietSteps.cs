using System.Runtime;

namespace Proofs.Training.Native;

/// <summary>Keeps the garbage collector from running within steps of the library.</summary>
/// <remarks>
/// TorchSharp 0.107 makes a wrapper of a number, hands its native half to the library and keeps the wrapper no longer:
/// a collection in this moment frees the number under the library's hands, which then says "Unknown scalar type" or
/// computes with another number. Collections therefore come between steps. They still come within one where other
/// threads of the process allocate more than the room set aside.
/// </remarks>
internal sealed class QuietSteps : IDisposable
{
    private const int StepsTogether = 25;
    private const long Room = 128L << 20; // bytes; a step leaves some ten thousands

    // The region is the process's: it is ended and started by one thread at a time.
    private static readonly Lock Region = new();

    private int _left;

    /// <summary>Is called before each step.</summary>
    public void Next()
    {
        if (--_left < 0)
        {
            lock (Region)
            {
                End();
                _ = GC.TryStartNoGCRegion(Room);
            }

            _left = StepsTogether - 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Region)
        {
            End();
        }
    }

    private static void End()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }
}
