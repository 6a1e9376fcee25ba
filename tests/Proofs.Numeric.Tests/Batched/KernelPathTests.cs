using Proofs.Kernel.Numbers;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Lanes;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Batched;

// Each path of the kernels (AVX-512 where this machine has it, four, two and one lane on software rounding) returns the
// tightest bounds that exact arithmetic gives: 10^5 random intervals an operation in the gate, 10^7 in the long run,
// and every mutant is refuted.
public class KernelPathTests
{
    private const int Block = 48;

    private delegate void Kernel(Operands x, Span<double> inf, Span<double> sup);

    private sealed record Operands(
        double[] AInf, double[] ASup, double[] BInf, double[] BSup, double[] CInf, double[] CSup);

    private static readonly string[] Operations = ["add", "subtract", "multiply", "divide", "fma"];

    private static readonly Dictionary<string, Func<string, Kernel>> Paths = new()
    {
        ["dispatched"] = Dispatched,
        ["four lanes"] = Software<FourLanes>,
        ["two lanes"] = Software<TwoLanes>,
        ["one lane"] = Software<OneLane>,
    };

    public static TheoryData<string> Names => new(Operations);

    public static TheoryData<string, string> Faults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string operation in Operations)
            {
                foreach (string fault in FaultyLane.Faults)
                {
                    // Sums use no fused product and one bound of each kind.
                    bool sum = operation is "add" or "subtract";
                    bool idle = fault switch
                    {
                        "fused product rounded twice" => sum,
                        "minimum and maximum exchanged" => sum || operation == "divide",
                        _ => false,
                    };
                    if (!idle)
                    {
                        data.Add(operation, fault);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_path_returns_the_tightest_bounds(string operation)
    {
        var random = new Random(41);
        double[] inf = new double[Block], sup = new double[Block];
        for (int done = 0; done < (Check.Full ? 10_000_000 : 100_000); done += Block)
        {
            var x = Next(random);
            var exact = Exact(operation, x);
            foreach (var (path, kernel) in Paths)
            {
                kernel(operation)(x, inf, sup);
                for (int i = 0; i < Block; i++)
                {
                    if (!Same(exact[i], inf[i], sup[i]))
                    {
                        Assert.Fail(
                            $"{operation}, {path}, lane {i}: [{x.AInf[i]:R}, {x.ASup[i]:R}] [{x.BInf[i]:R}, "
                                + $"{x.BSup[i]:R}] [{x.CInf[i]:R}, {x.CSup[i]:R}] "
                            + $"gave [{inf[i]:R}, {sup[i]:R}], exactly {exact[i].ToHexString()}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_mutant_of_the_lanes_is_refuted(string operation, string fault)
    {
        var random = new Random(43);
        double[] inf = new double[Block], sup = new double[Block];
        FaultyLane.Fault = fault;
        try
        {
            for (int done = 0; done < 50_000; done += Block)
            {
                var x = Next(random);
                var exact = Exact(operation, x);
                Software<FaultyLane>(operation)(x, inf, sup);
                if (Enumerable.Range(0, Block).Any(i => !Same(exact[i], inf[i], sup[i])))
                {
                    return;
                }
            }
        }
        finally
        {
            FaultyLane.Fault = "";
        }

        Assert.Fail($"{operation}: nothing refutes the mutant \"{fault}\"");
    }

    // Sums of many terms have their order fixed, so that all paths have the same bits.
    [Fact]
    public void Inner_products_and_layers_have_the_same_bits_on_every_path()
    {
        var random = new Random(47);
        for (int trial = 0; trial < (Check.Full ? 20_000 : 300); trial++)
        {
            var x = Next(random);
            double[] weights = [.. x.CInf.Select(w => random.Next(4) == 0 ? 0 : w)];
            double[] lows = new double[8], highs = new double[8], row = new double[16];
            Interval dot = default;
            for (int i = 0; i < 8; i++)
            {
                for (int j = 0; j < Block; j += 8)
                {
                    var (a, b) =
                        (Interval.Raw(x.AInf[i + j], x.ASup[i + j]), Interval.Raw(x.BInf[i + j], x.BSup[i + j]));
                    var sum = Interval.Fma(a, b, Interval.Raw(lows[i], highs[i]));
                    (lows[i], highs[i]) = (sum.Inf, sum.Sup);
                }
            }

            for (int i = 0; i < 8; i++)
            {
                dot += Interval.Raw(lows[i], highs[i]);
            }

            if (x.AInf.Zip(x.ASup, x.BInf).All(t => double.IsFinite(t.Second - t.First))
                && x.BSup.Zip(x.BInf).All(t => double.IsFinite(t.First - t.Second)))
            {
                Assert.Equal(dot, IntervalKernels.Dot(x.AInf, x.ASup, x.BInf, x.BSup));
            }

            Assert.Equal(Products<OneLane>(x), Products<FourLanes>(x));
            Assert.Equal(Products<OneLane>(x), Products<TwoLanes>(x));
            Assert.Equal(Row<OneLane>(weights, x), Row<FourLanes>(weights, x));
            Assert.Equal(Row<OneLane>(weights, x), Row<TwoLanes>(weights, x));

            double[] y = new double[16];
            IntervalKernels.AffineBatch(1, Block, weights, [0.1], Inputs(x), y, relu: false);
            Assert.Equal(Row<OneLane>(weights, x), y);
        }
    }

    private static double[] Products<TLanes>(Operands x)
        where TLanes : struct, ILanes<TLanes>
    {
        double[] lows = new double[8], highs = new double[8], weightedLows = new double[8],
            weightedHighs = new double[8];
        for (int i = 0; i < Block; i += 8)
        {
            SoftwareKernels<TLanes>.Accumulate(
                x.AInf.AsSpan(i, 8), x.ASup.AsSpan(i, 8), x.BInf.AsSpan(i, 8), x.BSup.AsSpan(i, 8), lows, highs);
            SoftwareKernels<TLanes>.Accumulate(
                x.CInf.AsSpan(i, 8), x.BInf.AsSpan(i, 8), x.BSup.AsSpan(i, 8), weightedLows, weightedHighs);
        }

        return [.. lows, .. highs, .. weightedLows, .. weightedHighs];
    }

    private static double[] Row<TLanes>(double[] weights, Operands x)
        where TLanes : struct, ILanes<TLanes>
    {
        double[] y = new double[16];
        SoftwareKernels<TLanes>.Row(weights, 0.1, Inputs(x), y);
        return y;
    }

    // Eight boxes of 48 inputs: the intervals b in turn.
    private static double[] Inputs(Operands x)
    {
        double[] inputs = new double[16 * Block];
        for (int i = 0; i < 8 * Block; i++)
        {
            (inputs[(16 * (i / 8)) + (i % 8)], inputs[(16 * (i / 8)) + 8 + (i % 8)]) =
                (x.BInf[(7 * i) % Block], x.BSup[(7 * i) % Block]);
        }

        return inputs;
    }

    private static bool Same(Interval exact, double inf, double sup) =>
        exact.IsEmpty ? double.IsNaN(inf) : exact.Inf == inf && exact.Sup == sup;

    private static Kernel Dispatched(string operation) => operation switch
    {
        "add" => (x, inf, sup) => IntervalKernels.Add(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
        "subtract" => (x, inf, sup) => IntervalKernels.Subtract(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
        "multiply" => (x, inf, sup) => IntervalKernels.Multiply(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
        "divide" => (x, inf, sup) => IntervalKernels.Divide(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
        _ => (x, inf, sup) => IntervalKernels.Fma(x.AInf, x.ASup, x.BInf, x.BSup, x.CInf, x.CSup, inf, sup),
    };

    private static Kernel Software<TLanes>(string operation)
        where TLanes : struct, ILanes<TLanes> => operation switch
        {
            "add" => (x, inf, sup) => SoftwareKernels<TLanes>.Add(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
            "subtract" => (x, inf, sup) => SoftwareKernels<TLanes>.Subtract(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
            "multiply" => (x, inf, sup) => SoftwareKernels<TLanes>.Multiply(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
            "divide" => (x, inf, sup) => SoftwareKernels<TLanes>.Divide(x.AInf, x.ASup, x.BInf, x.BSup, inf, sup),
            _ => (x, inf, sup) => SoftwareKernels<TLanes>.Fma(x.AInf, x.ASup, x.BInf, x.BSup, x.CInf, x.CSup, inf, sup),
        };

    // Rounded from exact rationals; a divisor with 0 inside is left to the scalar operation's own tests.
    private static Interval[] Exact(string operation, Operands x)
    {
        var result = new Interval[Block];
        for (int i = 0; i < Block; i++)
        {
            BigRational al = BigRational.Exact(x.AInf[i]), ah = BigRational.Exact(x.ASup[i]);
            BigRational bl = BigRational.Exact(x.BInf[i]), bh = BigRational.Exact(x.BSup[i]);
            result[i] = operation switch
            {
                "add" => Interval.Enclose(al + bl, ah + bh),
                "subtract" => Interval.Enclose(al - bh, ah - bl),
                "divide" when bl.Sign <= 0 && bh.Sign >= 0 =>
                    Interval.Raw(x.AInf[i], x.ASup[i]) / Interval.Raw(x.BInf[i], x.BSup[i]),
                "divide" => Hull([al / bl, al / bh, ah / bl, ah / bh], 0, 0),
                "multiply" => Hull([al * bl, al * bh, ah * bl, ah * bh], 0, 0),
                _ => Hull(
                    [al * bl, al * bh, ah * bl, ah * bh], BigRational.Exact(x.CInf[i]), BigRational.Exact(x.CSup[i])),
            };
        }

        return result;

        static Interval Hull(BigRational[] values, BigRational low, BigRational high) =>
            Interval.Enclose(values.Aggregate(BigRational.Min) + low, values.Aggregate(BigRational.Max) + high);
    }

    // A block has its own mix of sizes, so that some are free of lanes that software rounding leaves out; c often
    // cancels a b.
    private static Operands Next(Random random)
    {
        var x = new Operands(
            new double[Block], new double[Block], new double[Block], new double[Block], new double[Block],
            new double[Block]);
        int kind = random.Next(6);
        for (int i = 0; i < Block; i++)
        {
            Fill(x.AInf, x.ASup, i);
            Fill(x.BInf, x.BSup, i);
            Fill(x.CInf, x.CSup, i);
            double product = -(x.AInf[i] * x.BSup[i]);
            if (random.Next(2) == 0 && double.IsFinite(product))
            {
                double c = product * (1 + (random.Next(-4, 5) * 1.2e-16));
                (x.CInf[i], x.CSup[i]) = (Math.Min(c, product), Math.Max(c, product));
            }
        }

        return x;

        void Fill(double[] inf, double[] sup, int i)
        {
            double a = Number(), b = random.Next(4) == 0 ? a : Number();
            if (random.Next(3) != 0 && (a < 0) != (b < 0))
            {
                b = -b;
            }

            (inf[i], sup[i]) = (Math.Min(a, b), Math.Max(a, b));
        }

        double Number()
        {
            if (random.Next(30) == 0)
            {
                return 0;
            }

            if (random.Next(8) == 0)
            {
                return random.Next(-9, 10) / 4.0;
            }

            long bits = random.NextInt64() & (random.Next(4) == 0 ? -1L << random.Next(30, 52) : -1L);
            long exponent = kind switch
            {
                0 => (bits >> 52) & 0x7FF,
                1 => random.Next(3) switch { 0 => random.Next(0, 120), 1 => random.Next(2040, 2047), _ => 1023 },
                2 => 500 + random.Next(-60, 60),
                3 => 1023 + random.Next(-300, 300),
                _ => 1023 + random.Next(-30, 30),
            };
            return BitConverter.Int64BitsToDouble(
                (bits & 0xF_FFFF_FFFF_FFFF) | (Math.Min(exponent, 2046) << 52)
                    | (random.Next(2) == 0 ? 0 : long.MinValue));
        }
    }
}
