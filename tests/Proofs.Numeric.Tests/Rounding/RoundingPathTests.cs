using System.Runtime.Intrinsics.X86;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Rounding;

// The embedded rounding of AVX-512 and the software rounding are both tight, so they agree bit for bit (signs of zeros
// apart).
public class RoundingPathTests
{
    public static TheoryData<string> Names => new(Operations.Keys);

    private static readonly Dictionary<string,
        (Func<double, double, double, double> Embedded, Func<double, double, double, double> Software)>
        Operations = new()
        {
            ["add down"] = ((a, b, _) => EmbeddedRounding.AddDown(a, b), (a, b, _) => SoftwareRounding.AddDown(a, b)),
            ["add up"] = ((a, b, _) => EmbeddedRounding.AddUp(a, b), (a, b, _) => SoftwareRounding.AddUp(a, b)),
            ["subtract down"] =
                ((a, b, _) => EmbeddedRounding.SubtractDown(a, b), (a, b, _) => SoftwareRounding.SubtractDown(a, b)),
            ["subtract up"] =
                ((a, b, _) => EmbeddedRounding.SubtractUp(a, b), (a, b, _) => SoftwareRounding.SubtractUp(a, b)),
            ["multiply down"] =
                ((a, b, _) => EmbeddedRounding.MultiplyDown(a, b), (a, b, _) => SoftwareRounding.MultiplyDown(a, b)),
            ["multiply up"] =
                ((a, b, _) => EmbeddedRounding.MultiplyUp(a, b), (a, b, _) => SoftwareRounding.MultiplyUp(a, b)),
            ["divide down"] =
                ((a, b, _) => EmbeddedRounding.DivideDown(a, b), (a, b, _) => SoftwareRounding.DivideDown(a, b)),
            ["divide up"] =
                ((a, b, _) => EmbeddedRounding.DivideUp(a, b), (a, b, _) => SoftwareRounding.DivideUp(a, b)),
            ["root down"] = ((a, _, _) => EmbeddedRounding.SqrtDown(a), (a, _, _) => SoftwareRounding.SqrtDown(a)),
            ["root up"] = ((a, _, _) => EmbeddedRounding.SqrtUp(a), (a, _, _) => SoftwareRounding.SqrtUp(a)),
            ["fused down"] = (EmbeddedRounding.FusedMultiplyAddDown, SoftwareRounding.FusedMultiplyAddDown),
            ["fused up"] = (EmbeddedRounding.FusedMultiplyAddUp, SoftwareRounding.FusedMultiplyAddUp),
        };

    [Avx512Theory]
    [MemberData(nameof(Names))]
    public void Both_paths_give_the_same_bits(string name)
    {
        var (embedded, software) = Operations[name];
        var any = Gen.OneOf(
            Doubles.AnyFinite, Doubles.AnyFinite, Doubles.AnyFinite, Doubles.AnyFinite,
            Gen.Elements(double.PositiveInfinity, double.NegativeInfinity, double.NaN)).ToArbitrary();
        Prop.ForAll(any, any, any, (a, b, c) =>
        {
            double z = (BitConverter.DoubleToInt64Bits(c) & 4) == 0 ? -(a * b) : c; // cancels in the fused ones
            double x = embedded(a, b, z), y = software(a, b, z);
            return (x == y || (double.IsNaN(x) && double.IsNaN(y)))
                .Label($"{name} {a:R} {b:R} {z:R}: embedded {x:R}, software {y:R}");
        }).Holds(5000);
    }

    [Avx512Fact]
    public void Both_paths_multiply_and_divide_intervals_alike()
    {
        var any = Gen.Frequency(
            (6, Doubles.AnyInterval),
            (1, from a in Doubles.Moderate select Interval.Between(a, double.PositiveInfinity)),
            (1, from a in Doubles.Moderate select Interval.Between(double.NegativeInfinity, a)),
            (1, Gen.Elements(
                Interval.Entire, Interval.Zero, Interval.Empty, Interval.Between(0, double.PositiveInfinity),
                Interval.Between(double.Epsilon, double.PositiveInfinity), Interval.Raw(-0.0, 1),
                Interval.Raw(-1, -0.0)))).ToArbitrary();
        Prop.ForAll(any, any, any, (a, b, c) =>
            EmbeddedProducts.Multiply(a, b) == SoftwareProducts.Multiply(a, b)
            && EmbeddedProducts.Fma(a, b, c) == SoftwareProducts.Fma(a, b, c)
            && a / b == Interval.DivideByCases(a, b)).Holds(20_000);
    }

    // Uniform random bits reach what a generator of examples does not; 10^5 cases an operation in the gate, 10^7 in the
    // long run.
    [Avx512Theory]
    [MemberData(nameof(Names))]
    public void Both_paths_agree_on_random_bits(string name)
    {
        var (embedded, software) = Operations[name];
        var random = new Random(7);
        for (int i = 0; i < (Check.Full ? 10_000_000 : 100_000); i++)
        {
            double a = Next(), b = Next(), c = i % 2 == 0 ? Next() : -(a * b) * (1 + (random.Next(-4, 5) * 1.2e-16));
            double x = embedded(a, b, c), y = software(a, b, c);
            if (x != y && !(double.IsNaN(x) && double.IsNaN(y)))
            {
                Assert.Fail($"{name} {a:R} {b:R} {c:R}: embedded {x:R}, software {y:R}");
            }
        }

        // Exponents from the whole range or close to each other.
        double Next()
        {
            long bits = random.NextInt64();
            long exponent = random.Next(3) switch
            {
                0 => (bits >> 52) & 0x7FF,
                1 => 1023 + random.Next(-60, 60),
                _ => random.Next(0, 120),
            };
            return BitConverter.Int64BitsToDouble(
                (bits & 0xF_FFFF_FFFF_FFFF) | (exponent << 52) | (random.Next(2) == 0 ? 0 : long.MinValue));
        }
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class Avx512TheoryAttribute : TheoryAttribute
{
    public Avx512TheoryAttribute() => Skip = Avx512F.IsSupported ? null : "AVX-512 is not available on this processor";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class Avx512FactAttribute : FactAttribute
{
    public Avx512FactAttribute() => Skip = Avx512F.IsSupported ? null : "AVX-512 is not available on this processor";
}
