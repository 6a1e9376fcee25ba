using System.Diagnostics;
using System.Globalization;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Networks;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>
/// Files written here against other people's readers, and their files against ours; each skips without its peer.
/// </summary>
/// <remarks>
/// The peers: Debian's python3-onnx for the checker, and npm's onnxruntime-node for the values (NODE_PATH names the
/// folder node_modules that holds it; `npm install --ignore-scripts onnxruntime-node@1.20.1` brings its binary along).
/// </remarks>
public sealed class OnnxPeerTests
{
    private const string Checker =
        "import sys, onnx\nfor f in sys.argv[1:]:\n    m = onnx.load(f); "
            + "onnx.checker.check_model(m, full_check=True)\nprint('checked', len(sys.argv) - 1)";

    // arguments: file, float64|float32, extents of the input, then the numbers; prints the outputs with all their
    // digits
    private const string Runner = """
        const ort = require('onnxruntime-node');
        const [file, type, dims, values] = process.argv.slice(1);
        const numbers = values.split(',').map(Number);
        const data = type === 'float64' ? Float64Array.from(numbers) : Float32Array.from(numbers);
        ort.InferenceSession.create(file, { graphOptimizationLevel: 'disabled' }).then(async s => {
          const x = new ort.Tensor(type, data, dims.split(',').map(Number));
          const y = await s.run({ [s.inputNames[0]]: x });
          console.log(Array.from(y[s.outputNames[0]].data).join(','));
        });
        """;

    [PeerFact(Peer.OnnxChecker)]
    public void Files_written_here_pass_the_checker_of_onnx() => InFolder(folder =>
    {
        string[] files = [
            .. Enumerable.Range(0, 20)
            .Select(i => Written(folder, i, i % 2 == 0 ? WeightFormat.Float64 : WeightFormat.Float32).File)];
        Assert.Equal("checked 20", Run(PeerFactAttribute.Python, ["-c", Checker, .. files]));
    });

    [PeerFact(Peer.OnnxRuntime)]
    public void Onnxruntime_gives_the_same_outputs_for_files_written_here() => InFolder(folder =>
    {
        for (int i = 0; i < 10; i++)
        {
            var format = i % 2 == 0 ? WeightFormat.Float64 : WeightFormat.Float32;
            var (file, network) = Written(folder, i, format);
            double[] x = [.. Enumerable.Range(0, network.InputDimension).Select(k => ((k * 7) + i) % 5 / 4.0 - 0.5)];
            string[] arguments =
                ["-e", Runner, file, format.ToString().ToLowerInvariant(), $"1,{x.Length}", string.Join(',', x)];
            AssertClose(network, x, Run("node", arguments), format == WeightFormat.Float64 ? 1e-14 : 1e-5);
        }
    });

    [PeerFact(Peer.OnnxRuntimeOnAcasXu)]
    public void Onnxruntime_and_we_read_the_ACAS_Xu_networks_alike()
    {
        string folder = OutsideData.Folder("acasxu")!;
        double[] x = [0.6399288845, 0, 0, 0.475, -0.475];
        foreach (string file in Directory.GetFiles(Path.Combine(folder, "onnx"), "*.onnx").Order().Take(3))
        {
            string[] arguments = ["-e", Runner, file, "float32", "1,1,1,5", string.Join(',', x)];
            AssertClose(OnnxFile.Read(file), x, Run("node", arguments), 1e-5);
        }
    }

    // The documented tolerance: so many times the sum of absolute products along the network, which bounds the
    // rounding.
    private static void AssertClose(ReluNetwork network, double[] x, string outputs, double tolerance)
    {
        double[] found = [.. outputs.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        var exact = network.Evaluate([.. x.Select(v => Proofs.Numeric.Rounding.Binary64.Exact(v))]);
        Assert.Equal(exact.Length, found.Length);
        double[] size = [.. x.Select(Math.Abs)];
        foreach (var layer in network.Layers)
        {
            size = [.. Enumerable.Range(0, layer.Rows).Select(i => Math.Abs(layer.Bias[i]) + Enumerable
                .Range(layer.RowStart[i], layer.RowStart[i + 1] - layer.RowStart[i])
                .Sum(k => Math.Abs(layer.Value[k]) * size[layer.Column[k]]))];
        }

        for (int i = 0; i < found.Length; i++)
        {
            double error =
                Math.Abs((double)Proofs.Numeric.Rounding.Binary64.Nearest(
                    Proofs.Numeric.Rounding.Binary64.Exact(found[i]) - exact[i]));
            Assert.True(error <= tolerance * size[i], $"output {i} is {found[i]:R}, expected {exact[i]}");
        }
    }

    private static (string File, ReluNetwork Network) Written(string folder, int seed, WeightFormat format)
    {
        var random = new Random(seed);
        int[] widths = [.. Enumerable.Range(0, 2 + (seed % 4)).Select(_ => random.Next(1, 12))];
        var network = new ReluNetwork([.. Enumerable.Range(1, widths.Length - 1).Select(l => Affine.FromRows(
            [.. Enumerable.Range(0, widths[l]).Select(_ => Row(widths[l - 1]))], Row(widths[l])))]);
        string file = Path.Combine(folder, $"{seed}.onnx");
        return (file, OnnxFile.Write(network, file, OnnxWriteOptions.Default.WithFormat(format).WithRounding(true)));

        double[] Row(int n) =>
            [.. Enumerable.Range(0, n).Select(_ => random.Next(4) == 0 ? 0 : random.NextDouble() - 0.4)];
    }

    private static void InFolder(Action<string> action)
    {
        string folder = Directory.CreateTempSubdirectory("proofs-onnx").FullName;
        try
        {
            action(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, string[] arguments)
    {
        var start =
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}

internal enum Peer
{
    OnnxChecker,
    OnnxRuntime,
    OnnxRuntimeOnAcasXu,
}

/// <summary>A test against another program; it skips where that is absent.</summary>
internal sealed class PeerFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> PythonWithOnnx = new(() =>
        Array.Find(["python3", "/usr/bin/python3"], python => Succeeds(python, "-c", "import onnx")));

    private static readonly Lazy<bool> HasRuntime = new(() => Succeeds("node", "-e", "require('onnxruntime-node')"));

    public PeerFactAttribute(Peer peer) => Skip = peer switch
    {
        Peer.OnnxChecker => PythonWithOnnx.Value is null ? "needs Python with onnx (Debian: python3-onnx)" : null,
        Peer.OnnxRuntimeOnAcasXu when OutsideData.Folder("acasxu") is null =>
            "needs the folder acasxu in PROOFS_DATA or ../shared/data",
        _ => HasRuntime.Value ? null : "needs node with onnxruntime-node on NODE_PATH",
    };

    public static string Python => PythonWithOnnx.Value ?? "python3";

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }
}
