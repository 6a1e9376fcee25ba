using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Networks;
using Xunit;
using Xunit.Abstractions;

namespace Proofs.Oracle.Tests;

/// <summary>
/// Every construction of the catalogue, written in either element type: the oracle executes the file, and its outputs
/// lie within the rounding bound of the exact network and in the enclosures of <c>--semantics float32</c>.
/// </summary>
public sealed class WrittenFileTests(ITestOutputHelper output)
{
    // small ones: every layer of each kind, few units
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["abs"] = "",
        ["clip"] = "a=-1/3 b=5/7",
        ["conjunction"] = "J=5",
        ["deep-sets"] = "n=3 N=2 N1=4 M=6 f=x1*x2+x1*x3+x2*x3",
        ["equivariant-interpolant"] = "n=2 N=2 M=4 f=x1*x2",
        ["exponential-graded"] = "T=3 n=6",
        ["exponential-squaring"] = "T=2 k=2",
        ["exponential-uniform"] = "T=2 n=4",
        ["gate"] = "F=3/2",
        ["group-mean"] = "D=2 group=S2 N=2 M=2 f=x1*x2",
        ["holder"] = "D=1 beta=2 eps=1/8 f=x^2/3-1/3",
        ["hypersurface"] = "D=2 alpha=1 beta=1 eps=1 f=1/2+x1/8 h=1/2+x1/4",
        ["inf-convolution"] = "n=2 p=1 N=2 M=2 f=x1*x2",
        ["interpolant"] = "D=2 N=2 f=max(abs(x1-1/2),abs(x2-1/4))",
        ["interpolation"] = "knots=0,1/3,1/2,1 values=1,-1/7,0,5",
        ["intrinsic"] = "set=gasket beta=1 f=x1/2+x2/4 n=4",
        ["invariant-holder"] = "n=2 beta=2 M=1 eps=1/2 f=x1*x2/2",
        ["invariant-interpolant"] = "n=2 N=3 M=2 f=x1*x2",
        ["max"] = "n=5",
        ["max-filter"] = "group=C4 c=1,1/3,-2,0",
        ["min"] = "n=3",
        ["orbit-distance"] = "group=S3 c=1,1/3,-2",
        ["plateau"] = "box=[1/4,1/2]x[0,1] delta=1/10",
        ["polynomial"] = "D=2 f=x1^2*x2-x2/3",
        ["product"] = "K=2",
        ["product-many"] = "n=3",
        ["quasi-sort"] = "n=3 N=4",
        ["ramp"] = "delta=1/10 kind=left",
        ["sawtooth"] = "s=3",
        ["sorter"] = "n=4",
        ["square"] = "r=4 p=2",
        ["square-symmetric"] = "K=3/2",
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Fact]
    public void Every_construction_of_the_catalogue_is_among_them() =>
        Assert.Equal(Catalogue.All.Select(c => c.Name), Calls.Keys.Order(StringComparer.Ordinal));

    [OracleTheory]
    [MemberData(nameof(Names))]
    public void The_oracle_executes_the_file_of_a_construction_as_its_network(string name)
    {
        var built = Catalogue.Find(name)!.Build(Calls[name].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var format in (WeightFormat[])[WeightFormat.Float64, WeightFormat.Float32])
        {
            var (file, written) = Written(built.Network, format);
            var judged = new Judged(file);
            Assert.Equal(written, judged.Network);
            Assert.Equal(written, judged.Execution!.Network);

            using var oracle = new Onnxruntime(file);
            var seen = new Seen();
            foreach (double[] x in Points.Of(written, built.Domain, judged.Execution.Format, new Random(17)))
            {
                Assert.Null(judged.Complaint(x, oracle.Run(x), seen));
            }

            output.WriteLine($"{format}, size {written.Size}: {seen}");
            Assert.True(seen.Bounded > 20 && seen.Enclosed >= seen.Bounded, $"{seen}");
            Assert.True(format == WeightFormat.Float32 || 3 * seen.Sharp > 2 * seen.Outputs, $"{seen}");
        }
    }

    internal static (byte[] File, ReluNetwork Network) Written(ReluNetwork network, WeightFormat format)
    {
        using var stream = new MemoryStream();
        var options = OnnxWriteOptions.Default.WithFormat(format).WithRounding(true);
        var written = OnnxFile.WriteStream(network, stream, options);
        return (stream.ToArray(), written);
    }
}
