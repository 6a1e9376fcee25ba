using System.IO.Compression;
using System.Text;

namespace Proofs.Cli.Sessions;

/// <summary>Reads input files; what cannot be read is named with its file and the reason.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="InputException">The file is missing, a folder, too large or not readable.</exception>
    public static byte[] ReadBytes(string path) => Guard(path, () => File.ReadAllBytes(path));

    /// <summary>What a function reads from a file.</summary>
    /// <exception cref="InputException">The file is missing, a folder or not readable.</exception>
    public static T Read<T>(string path, Func<Stream, T> read) => Guard(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        return read(stream);
    });

    /// <summary>What a stream holds, unpacked where it is packed with gzip.</summary>
    public static Stream Unpacked(Stream stream)
    {
        var buffered = new BufferedStream(stream);
        bool isPacked = buffered.ReadByte() == 0x1f && buffered.ReadByte() == 0x8b;
        buffered.Position = 0;
        return isPacked ? new GZipStream(buffered, CompressionMode.Decompress) : buffered;
    }

    /// <summary>The text of a UTF-8 file, without a byte order mark.</summary>
    /// <exception cref="InputException">The file is not readable or not UTF-8.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes = ReadBytes(path);
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{path}: byte {e.Index}", "expected UTF-8 text");
        }
    }

    /// <summary>Why a file operation failed, in words that do not repeat the path.</summary>
    public static string Reason(Exception e) => e switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the path is too long",
        _ => e.Message,
    };

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return Directory.Exists(path) ? throw new InputException(path, "expected a file, found a folder") : read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(path, $"cannot be read: {Reason(e)}");
        }
    }
}
