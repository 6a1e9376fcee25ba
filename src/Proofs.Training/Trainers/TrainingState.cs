using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Training.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Proofs.Training.Trainers;

/// <summary>How far a training is, as a checkpoint keeps it.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Best">The best parameters.</param>
/// <param name="BestStep">After how many steps they were found.</param>
/// <param name="BestLoss">Their validation loss.</param>
/// <param name="History">Every evaluation.</param>
/// <param name="Waited">Evaluations since the best.</param>
/// <remarks>
/// A checkpoint is a ZIP archive: state.json (the request's fingerprint and the numbers above), best and parameters
/// (binary64, least byte first), optimizer and noise (the library's own bytes), digest (the SHA-256 of all of them in
/// this order, each after its length: a part that is damaged or of another checkpoint is refused). A training that goes
/// on from it ends with the same bits as one that was never ended.
/// </remarks>
internal sealed record TrainingState(
    int Step,
    ImmutableArray<double> Best,
    int BestStep,
    double BestLoss,
    ImmutableArray<TrainingProgress> History,
    int Waited)
{
    private static readonly ImmutableArray<string> Parts = ["state.json", "best", "parameters", "optimizer", "noise"];

    private byte[] _parameters = [], _optimizer = [], _noise = [];

    /// <summary>The state in a file; null where there is none.</summary>
    /// <exception cref="TrainingException">It is no checkpoint, or one of another training.</exception>
    public static TrainingState? Read(string path, TrainingRequest request)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var archive = ZipFile.OpenRead(path);
            byte[][] parts = [.. Parts.Select(name => Part(archive, name))];
            if (!Part(archive, "digest").AsSpan().SequenceEqual(Digest(parts)))
            {
                throw new InvalidDataException("digest");
            }

            using var header = JsonDocument.Parse(parts[0]);
            var root = header.RootElement;
            if (root.GetProperty("request").GetString() != Fingerprint(request))
            {
                throw new TrainingException(
                    TrainingFault.Checkpoint,
                    $"{path}: is the checkpoint of another training; expected the same network, data and options");
            }

            return new(
                root.GetProperty("step").GetInt32(),
                [.. Doubles(parts[1])],
                root.GetProperty("bestStep").GetInt32(),
                root.GetProperty("bestLoss").GetDouble(),
                [.. root.GetProperty("history").EnumerateArray().Select(h => new TrainingProgress(
                    h[0].GetInt32(), request.Steps, h[1].GetDouble(), h[2].GetDouble()))],
                root.GetProperty("waited").GetInt32())
            {
                _parameters = parts[2],
                _optimizer = parts[3],
                _noise = parts[4],
            };
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or KeyNotFoundException
            or InvalidOperationException and not TrainingException or FormatException or ArgumentException
            or EndOfStreamException or NotSupportedException or ArithmeticException)
        {
            throw new TrainingException(
                TrainingFault.Checkpoint,
                $"{path}: expected a checkpoint of proofs train, found another file or a part");
        }
    }

    /// <summary>Writes the state, whole or not at all.</summary>
    public void Write(
        string path, TrainingRequest request, TorchNetwork module, optim.Optimizer optimizer, Generator noise)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var archive = ZipFile.Open(temporary, ZipArchiveMode.Create))
            {
                using var kept = new MemoryStream();
                using (var writer = new BinaryWriter(kept, Encoding.UTF8, leaveOpen: true))
                {
                    ((OptimizerHelper)optimizer).save_state_dict(writer);
                }

                using var state = noise.get_state();
                byte[][] parts =
                [
                    Header(request), Bytes(Best), Bytes(module.Parameters), kept.ToArray(),
                    state.data<byte>().ToArray(),
                ];
                foreach (var (name, bytes) in Parts.Zip(parts))
                {
                    Add(archive, name, bytes);
                }

                Add(archive, "digest", Digest(parts));
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Gives module, optimiser and noise the state that was kept.</summary>
    public void Restore(TorchNetwork module, optim.Optimizer optimizer, Generator noise)
    {
        module.Set([.. Doubles(_parameters)]);
        using (var reader = new BinaryReader(new MemoryStream(_optimizer)))
        {
            ((OptimizerHelper)optimizer).load_state_dict(reader);
        }

        using var state = tensor(_noise, dtype: ScalarType.Byte);
        noise.set_state(state);
    }

    // What has to be the same for a training to go on.
    private static string Fingerprint(TrainingRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Network.Name} {request.Network.Parameters} {request.Loss} {request.Optimizer} {request.Rate:R} "
                + $"{request.Schedule} {request.WeightDecay:R} {request.Clip:R} {request.Batch} {request.Steps} "
                + $"{request.Evaluate} {request.Patience} {request.Precision} {request.Seed}")));
        foreach (var layer in request.Network.Layers)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{layer.Rows} x {layer.Columns}")));
            foreach (var (row, column, parameter, factor) in layer.Weights.Concat(layer.Biases))
            {
                hash.AppendData(Bytes([row, column, parameter, factor]));
            }
        }

        hash.AppendData(Bytes(request.Start ?? []));
        foreach (var sample in (Sample?[])[request.Data, request.Validation])
        {
            hash.AppendData(Bytes(sample is null ? [] : [sample.Count, .. sample.Points.Values, .. sample.Values]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Digest(byte[][] parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in parts)
        {
            byte[] length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }

    private byte[] Header(TrainingRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("request", Fingerprint(request));
            json.WriteNumber("step", Step);
            json.WriteNumber("bestStep", BestStep);
            json.WriteNumber("bestLoss", BestLoss);
            json.WriteNumber("waited", Waited);
            json.WriteStartArray("history");
            foreach (var progress in History)
            {
                json.WriteStartArray();
                json.WriteNumberValue(progress.Step);
                json.WriteNumberValue(progress.TrainingLoss);
                json.WriteNumberValue(progress.ValidationLoss);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static byte[] Bytes(IReadOnlyList<double> values)
    {
        byte[] bytes = new byte[8 * values.Count];
        for (int k = 0; k < values.Count; k++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * k), values[k]);
        }

        return bytes;
    }

    private static double[] Doubles(byte[] bytes)
    {
        double[] values = new double[bytes.Length / 8];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8 * k));
        }

        return values;
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(bytes);
    }

    private static byte[] Part(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name) ?? throw new InvalidDataException(name);
        using var buffer = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(buffer);
        }

        return buffer.ToArray();
    }
}
