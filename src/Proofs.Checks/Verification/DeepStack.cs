using System.Runtime.ExceptionServices;

namespace Proofs.Checks.Verification;

// Formulas and budgets are trees that are walked recursively: a stack of this size holds any that fits in memory in
// practice, whatever thread a script or a test runner calls from.
internal static class DeepStack
{
    private const int Bytes = 256 << 20;

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception e)
                {
                    thrown = ExceptionDispatchInfo.Capture(e); // thrown again where the caller can catch it
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result;
    }
}
