using System.Runtime.InteropServices;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tests;

// Correctly rounded functions of the system's MPFR, an oracle that shares no line with ours. Absent, its tests are
// skipped.
internal static class Mpfr
{
    private const int Up = 2, Down = 3, Bits = 53;
    private static readonly nint Library = Load();

    public static bool IsPresent => Library != 0;

    // The tightest binary64 interval around f(x), or around f(x, y).
    public static Func<double, Interval> Unary(string name)
    {
        var f = Function<UnaryFunction>(name);
        return x => Bracket(rounding =>
        {
            using Number result = new(), argument = new(x);
            f(result.Handle, argument.Handle, rounding);
            return result.ToDouble(rounding);
        });
    }

    // The same with the numbers kept between calls, for many points on one thread.
    public static Func<double, Interval> UnaryReused(string name)
    {
        var f = Function<UnaryFunction>(name);
        Number result = new(), argument = new();
        return x =>
        {
            argument.Assign(x);
            f(result.Handle, argument.Handle, Down);
            double down = result.ToDouble(Down);
            f(result.Handle, argument.Handle, Up);
            return Interval.Between(down, result.ToDouble(Up));
        };
    }

    public static Func<double, double, Interval> Binary(string name)
    {
        var f = Function<BinaryFunction>(name);
        return (x, y) => Bracket(rounding =>
        {
            using Number result = new(), first = new(x), second = new(y);
            f(result.Handle, first.Handle, second.Handle, rounding);
            return result.ToDouble(rounding);
        });
    }

    private static Interval Bracket(Func<int, double> rounded) => Interval.Between(rounded(Down), rounded(Up));

    private static nint Load() =>
        NativeLibrary.TryLoad("libmpfr.so.6", out nint library) || NativeLibrary.TryLoad("mpfr", out library)
            ? library
            : 0;

    private static T Function<T>(string name) =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library, $"mpfr_{name}"));

    private delegate void Init(nint x, long bits);

    private delegate void Clear(nint x);

    private delegate int SetDouble(nint x, double value, int rounding);

    private delegate double GetDouble(nint x, int rounding);

    private delegate int UnaryFunction(nint result, nint x, int rounding);

    private delegate int BinaryFunction(nint result, nint x, nint y, int rounding);

    private sealed class Number : IDisposable
    {
        private static readonly Init Initialise = Function<Init>("init2");
        private static readonly Clear Free = Function<Clear>("clear");
        private static readonly SetDouble Set = Function<SetDouble>("set_d");
        private static readonly GetDouble Get = Function<GetDouble>("get_d");

        public Number()
        {
            Handle = Marshal.AllocHGlobal(64); // an mpfr_t has 32 bytes
            Initialise(Handle, Bits);
        }

        public Number(double value)
            : this() => Set(Handle, value, 0);

        public nint Handle { get; }

        public void Assign(double value) => Set(Handle, value, 0);

        public double ToDouble(int rounding) => Get(Handle, rounding);

        public void Dispose()
        {
            Free(Handle);
            Marshal.FreeHGlobal(Handle);
        }
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpfrTheoryAttribute : TheoryAttribute
{
    public MpfrTheoryAttribute() => Skip = Mpfr.IsPresent ? null : "MPFR (libmpfr) is not installed";
}
