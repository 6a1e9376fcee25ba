using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.Formats;

public sealed class OnnxWriteTests
{
    // Networks of one to four layers, a third of their weights zero, with extreme binary64 numbers among the others.
    internal static readonly Arbitrary<ReluNetwork> Networks =
        (from depth in Gen.Choose(1, 4)
         from widths in Gen.ArrayOf(Gen.Choose(1, 5), depth + 1)
         from seed in Gen.Choose(0, int.MaxValue)
         select Random(widths, new Random(seed))).ToArbitrary();

    [Fact]
    public void What_is_written_is_read_back_exactly() =>
        Prop.ForAll(Networks, network =>
        {
            var file = new MemoryStream();
            var written = OnnxFile.WriteStream(network, file, OnnxWriteOptions.Default);
            var read = OnnxFile.Read(new MemoryStream(file.ToArray()), "a.onnx");
            return written.Equals(network) && read.Equals(network) && read.Size == network.Size;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rounded_network_is_returned_as_it_is_in_the_file() =>
        Prop.ForAll(Networks, network =>
        {
            var third = Thirds(network);
            foreach (var format in Enum.GetValues<WeightFormat>())
            {
                var file = new MemoryStream();
                var written =
                    OnnxFile.WriteStream(third, file, OnnxWriteOptions.Default.WithFormat(format).WithRounding(true));
                if (!OnnxFile.Read(new MemoryStream(file.ToArray()), "a.onnx").Equals(written))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Weights_that_the_format_lacks_are_refused_unless_rounding_is_allowed()
    {
        var third = new ReluNetwork([Affine.FromExactRows([[new BigRational(1, 3)]], [0])]);
        var tenth = new ReluNetwork([Affine.FromRows([[0.1]], [0])]);
        var huge = new ReluNetwork([Affine.FromRows([[1e300]], [0])]);
        var single = OnnxWriteOptions.Default.WithFormat(WeightFormat.Float32);
        Assert.Contains(
            "layer 1 in row 0, column 0 is 1/3, no float64 number", Refusal(third, OnnxWriteOptions.Default),
            StringComparison.Ordinal);
        Assert.Contains("no float32 number", Refusal(tenth, single), StringComparison.Ordinal);
        Assert.Contains(
            "beyond the format's range", Refusal(huge, single.WithRounding(true)), StringComparison.Ordinal);
        Assert.Equal(tenth, OnnxFile.WriteStream(tenth, new MemoryStream(), OnnxWriteOptions.Default));
    }

    [Fact]
    public void Rounding_to_single_precision_goes_to_the_nearest_and_to_even_at_ties()
    {
        // 1 + 2^-24 lies between 1 and 1 + 2^-23; a little more than it must go up though binary64 rounds it onto the
        // tie
        var tie = 1 + BigRational.PowerOfTwo(-24);
        Assert.Equal(1f, Binary32.Nearest(tie));
        Assert.Equal(MathF.BitIncrement(1f), Binary32.Nearest(tie + BigRational.PowerOfTwo(-80)));
        Assert.Equal(1f, Binary32.Nearest(tie - BigRational.PowerOfTwo(-80)));
        Assert.Equal(1 + (2 * MathF.BitIncrement(1f)) - 2, Binary32.Nearest(1 + (3 * BigRational.PowerOfTwo(-24))));
        Assert.Equal(-1f, Binary32.Nearest(-tie));
    }

    [Fact]
    public void Matrices_too_large_when_dense_are_refused_with_numbers()
    {
        var wide = new Affine.Builder(100_000);
        for (int i = 0; i < 100_000; i++)
        {
            wide.Add(i, 1);
            wide.EndRow(0);
        }

        string message = Refusal(new ReluNetwork([wide.Build()]), OnnxWriteOptions.Default);
        Assert.Contains("100000 non-zero weights", message, StringComparison.Ordinal);
        Assert.Contains(
            "80000800000 bytes as ONNX; expected at most 268435456. Write it as a JSON", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        string folder = Directory.CreateTempSubdirectory("proofs-onnx").FullName;
        try
        {
            string path = Path.Combine(folder, "net.onnx");
            var network = new ReluNetwork([Affine.FromRows([[0.1]], [0])]);
            OnnxFile.Write(network, path, OnnxWriteOptions.Default);
            byte[] before = File.ReadAllBytes(path);
            Assert.Throws<ArgumentException>(() =>
                OnnxFile.Write(network, path, OnnxWriteOptions.Default.WithFormat(WeightFormat.Float32)));
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal(network, OnnxFile.Read(path));
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static ReluNetwork Random(int[] widths, Random random)
    {
        return new([.. Enumerable.Range(1, widths.Length - 1).Select(l => Affine.FromRows(
            [.. Enumerable.Range(0, widths[l]).Select(_ => Row(widths[l - 1]))], Row(widths[l])))]);

        double[] Row(int n) => [.. Enumerable.Range(0, n).Select(_ => random.Next(9) switch
        {
            < 3 => 0,
            3 => random.Next(-3, 4),
            4 => double.Epsilon,
            5 => -double.MaxValue,
            6 => Math.ScaleB(random.NextDouble(), random.Next(-100, 100)),
            _ => random.NextDouble() - 0.5,
        })];
    }

    private static ReluNetwork Thirds(ReluNetwork network) => new([.. network.Layers.Select(layer =>
    {
        var builder = new Affine.Builder(layer.Columns);
        for (int i = 0; i < layer.Rows; i++)
        {
            for (int k = layer.RowStart[i]; k < layer.RowStart[i + 1]; k++)
            {
                builder.Add(layer.Column[k], Third(layer.Value[k]));
            }

            builder.EndRow(Third(layer.Bias[i]));
        }

        return builder.Build();

        // no weight beyond the binary32 range, so that both formats can round it
        static BigRational Third(double v) =>
            Math.Abs(v) > 1e30 ? new BigRational(1, 3) : Proofs.Numeric.Rounding.Binary64.Exact(v) / 3;
    })]);

    private static string Refusal(ReluNetwork network, OnnxWriteOptions options) =>
        Assert.Throws<ArgumentException>(() => OnnxFile.WriteStream(network, new MemoryStream(), options)).Message;
}
