using System.IO.Compression;
using System.Text;

namespace Proofs.Cli.Sessions;

/// <summary>
/// Writes certificates: whole or not at all, in UTF-8 with line feeds, packed where the name ends in .gz.
/// </summary>
internal static class CertificateFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a certificate that is held as one text.</summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void Write(string path, string text) => Write(path, writer => writer.Write(text));

    /// <summary>Writes a certificate piece by piece; an exception leaves no file.</summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void Write(string path, Action<TextWriter> content) => AtomicFile.Write(path, stream =>
    {
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using GZipStream? packed = isPacked ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
        using var text = new StreamWriter(packed ?? stream, Utf8, leaveOpen: true) { NewLine = "\n" };
        content(text);
    });
}
