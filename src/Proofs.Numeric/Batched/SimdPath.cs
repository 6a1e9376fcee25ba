using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric.Batched;

// Which vectors software rounding uses on this machine where AVX-512 is absent; a fused product in hardware is what it
// lives on.
internal static class SimdPath
{
    public static bool HasFourLanes => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    public static bool HasTwoLanes => Vector128.IsHardwareAccelerated && (AdvSimd.Arm64.IsSupported || Fma.IsSupported);
}
