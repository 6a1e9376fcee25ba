using System.Collections.Concurrent;

namespace Proofs.Cli.Sessions;

/// <summary>
/// Writes output files whole or not at all: through a temporary neighbour that is renamed at the end.
/// </summary>
internal static class AtomicFile
{
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new(StringComparer.Ordinal);

    /// <summary>Removes what is written in part, where the process ends in the middle of it.</summary>
    public static void Abandon()
    {
        foreach (string temporary in Unfinished.Keys)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(
                    Message.OneLine($"proofs: {temporary}: cannot be removed: {InputFile.Reason(e)}"));
            }
        }
    }

    /// <summary>Replaces the file at a path by what a function writes.</summary>
    /// <exception cref="InputException">The file cannot be written there.</exception>
    public static void Write(string path, Action<Stream> content) => At(
        path,
        content,
        (temporary, target) =>
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        });

    /// <summary>Refuses a place where no file can be written, before the work whose result is to go there.</summary>
    /// <exception cref="InputException">It is a folder, in no folder, or may not be written.</exception>
    public static void Require(string path) => At(
        path,
        _ => { },
        (temporary, _) => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write).Dispose());

    // Gives a device to one function, or to another the names of a temporary neighbour, which does not outlive it, and
    // of the file.
    private static void At(string path, Action<Stream> device, Action<string, string> neighbour)
    {
        string temporary = "";
        try
        {
            string target = FinalTarget(path);
            if (Directory.Exists(target))
            {
                throw new InputException(path, "expected the name of a file to write, found a folder");
            }

            if (IsDevice(target))
            {
                using FileStream opened = File.OpenWrite(target);
                device(opened);
                return;
            }

            temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
            Unfinished[temporary] = true;
            neighbour(temporary, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"cannot be written: {InputFile.Reason(e)}");
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            _ = Unfinished.TryRemove(temporary, out _);
        }
    }

    // A symbolic link stays a link, and what it points at is replaced.
    private static string FinalTarget(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException($"'{path}'", "expected the name of a file to write");
        }

        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    // Renaming onto /dev/null would replace the device itself.
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));
}
