using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.VnnLib;
using Xunit;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>
/// Damaged files end in one line of complaint or in a network, soon and in little memory; never in anything else.
/// </summary>
/// <remarks>
/// The gate runs some thousands of cases with fixed seeds; PROOFS_PROFILE=full runs 10^5 for each format.
/// </remarks>
public sealed class FormatFuzzTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full";
    private static readonly int Cases = IsFull ? 100_000 : 3_000;

    [Fact]
    public void Damaged_ONNX_files_are_read_or_refused() =>
        Fuzz(OnnxSeeds(), (bytes, stream) => NetworkReader.Read(stream, "f"));

    [Fact]
    public void Damaged_JSON_networks_are_read_or_refused() =>
        Fuzz(JsonSeeds(), (bytes, stream) => NetworkReader.Read(stream, "f"));

    [Fact]
    public void Damaged_VNN_LIB_files_are_read_or_refused() =>
        Fuzz(VnnLibSeeds(), (bytes, stream) => VnnLibFile.Read(stream, "f"));

    [Fact]
    public void Damaged_gzip_files_are_read_or_refused() =>
        Fuzz([.. OnnxSeeds().Concat(JsonSeeds()).Select(Packed)], (bytes, stream) => NetworkReader.Read(stream, "f"));

    private static void Fuzz(byte[][] seeds, Func<byte[], Stream, object> read)
    {
        var random = new Random(20240607);
        long most = 0;
        int refused = 0;
        for (int i = 0; i < Cases; i++)
        {
            byte[] bytes = Mutated(seeds[i % seeds.Length], seeds[random.Next(seeds.Length)], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                read(bytes, new MemoryStream(bytes));
            }
            catch (FormatException e)
            {
                refused++;
                Assert.DoesNotContain(e.Message, char.IsControl);
                Assert.True(e.Message.Length < 1500, e.Message);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"case {i}: {Convert.ToBase64String(bytes)}", e);
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(
                watch.Elapsed < TimeSpan.FromSeconds(20),
                $"case {i} took {watch.Elapsed}: {Convert.ToBase64String(bytes)}");
        }

        Assert.True(most < 1L << 30, $"one file of a few hundred bytes made {most} bytes of garbage");
        Assert.True(refused > Cases / 4, $"only {refused} of {Cases} files were refused: the mutations do no harm");
    }

    // One to four changes: a bit, a byte, a number of the format, a block removed, repeated, or taken from another
    // file.
    private static byte[] Mutated(byte[] seed, byte[] other, Random random)
    {
        List<byte> bytes = [.. seed];
        string[] tokens = [
            "(", ")", "-", "1e9", "\"", "[", "}", "0", "999999999", "\n", "\0", "X_9", "(/ 1 0)", "and", "NaN", "null",
            "\uFEFF", "\u2028"];
        for (int n = random.Next(1, 5); n > 0 && bytes.Count > 0; n--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 17), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = (byte)(new[] { 0, 1, 127, 128, 255 })[random.Next(5)];
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 5:
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)));
                    break;
                case 6:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)]));
                    break;
                case 7:
                    // a varint of up to ten bytes: an enormous extent, length or index
                    bytes.InsertRange(at, [.. Enumerable.Repeat((byte)255, random.Next(10)), (byte)random.Next(128)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[][] OnnxSeeds()
    {
        ModelProto[] models =
        [
            Model([1, 2], [
                Floats("A", [2, 2], 1, 2, 3, 4), Floats("a", [2], 0.5f, -0.5f), Doubles("B", [1, 2], 1, -1),
                Doubles("b", [1], 0.25),
                Node("t = Gemm(x, A, a)", Int("transB", 1)), Node("u = Relu(t)"),
                Node("y = Gemm(u, B, b)", Int("transB", 1), Float("alpha", 0.5f)),
            ]),
            Model([null, 1, 2, 2], [
                Floats("m", [1, 1, 2, 2], 1, 2, 3, 4),
                Floats("W", [4, 3], [.. Enumerable.Range(0, 12).Select(i => i / 8f)]), Floats("d", [3], 1, 2, 4),
                Integers("s", -1, 4), Node("n = Sub(x, m)"), Node("r = Reshape(n, s)"), Node("p = MatMul(r, W)"),
                Node("q = Div(p, d)"),
                Node("u = Relu(q)"), Node("v = Add(u, p)"), Node("y = Relu(v)"),
            ]),
            Model([2, 3], [
                Integers("starts", 2), Integers("ends", -100), Integers("axes", 1), Integers("steps", -1),
                Integers("first", 0), Integers("flat", 1, -1),
                Node("t = Transpose(x)"), Node("r = Slice(x, starts, ends, axes, steps)"),
                Node("p, q = Split(t)", Int("axis", 1)),
                Node("row = Gather(r, first)", Int("axis", 0)), Node("pf = Flatten(p)", Int("axis", 0)),
                Node("both = Concat(row, pf)", Int("axis", -1)),
                Node("e = Squeeze(both)"), Node("z = Unsqueeze(e, first)"), Node("y = Reshape(z, flat)"),
            ]),
        ];
        var written = new MemoryStream();
        OnnxFile.WriteStream(OnnxWriteTests.Random([2, 3, 2], new Random(1)), written, OnnxWriteOptions.Default);
        return [.. models.Select(m => m.ToByteArray()), written.ToArray()];
    }

    private static byte[][] JsonSeeds() =>
    [
        .. Enumerable.Range(0, 4).Select(i =>
            Encoding.UTF8.GetBytes(NetworkFile.ToText(OnnxWriteTests.Random([1 + i, 3, 2], new Random(i))))),
        """
        {"format":"proofs-network","version":1,"layers":[
        {"columns":1,"rowStart":[0,1],"column":[0],"value":["1/3"],"bias":[2]}]}
        """u8.ToArray(),
    ];

    private static byte[][] VnnLibSeeds() =>
    [
        """
        ; a box and a disjunction
        (declare-const X_0 Real)
        (declare-fun X_1 () Real)
        (declare-const Y_0 Real)
        (assert (and (>= X_0 -0.5) (<= X_0 1e-1) (>= X_1 0) (<= X_1 (/ 1 3))))
        (assert (or (<= Y_0 (* 2 3)) (and (> (+ Y_0 1) 0) (= (- X_0 X_1) 0.25))))
        """u8.ToArray(),
        """
        (declare-const X_0 Real)(declare-const Y_0 Real)
        (assert (<= X_0 0.679857769))(assert (>= X_0 0.6))(assert (>= Y_0 3.991125645861615))
        """u8.ToArray(),
    ];

    private static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
