using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.Text;

// Rounds exact numbers to binary32.
internal static class Binary32
{
    /// <summary>
    /// The float32 number nearest to a value, ties to even; infinite where the value rounds beyond the range.
    /// </summary>
    public static float Nearest(BigRational value)
    {
        // going through binary64 rounds twice, which can end one float away from the nearest: the neighbours are
        // compared
        double wide = Weights.Nearest(value);
        float start = (float)wide;
        if (!float.IsFinite(start) || (start == wide && Weights.Exact(wide) == value))
        {
            return start;
        }

        float best = start;
        foreach (float candidate in (float[])[MathF.BitDecrement(start), MathF.BitIncrement(start)])
        {
            if (!float.IsFinite(candidate))
            {
                continue;
            }

            int order = Distance(candidate).CompareTo(Distance(best));
            best = order < 0 || (order == 0 && IsEven(candidate)) ? candidate : best;
        }

        return best;

        BigRational Distance(float x) => BigRational.Abs(Weights.Exact(x) - value);

        static bool IsEven(float x) => (BitConverter.SingleToInt32Bits(x) & 1) == 0;
    }
}
