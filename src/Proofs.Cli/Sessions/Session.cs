using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Proofs.Cli.Sessions;

/// <summary>What a command may touch of the outside: its two writers, and the wish to stop.</summary>
/// <param name="Out">Results, and nothing else.</param>
/// <param name="Error">Progress and the one line of a failure.</param>
/// <param name="ShowsProgress">Whether <paramref name="Error"/> is a terminal that somebody watches.</param>
/// <param name="Stop">Cancelled by Ctrl-C.</param>
internal sealed record Session(TextWriter Out, TextWriter Error, bool ShowsProgress, CancellationToken Stop)
{
    private static readonly JsonWriterOptions JsonOptions = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The time limit of the command, and what it would print now.</summary>
    public Deadline Deadline { get; } = new();

    /// <summary>
    /// Keeps a limit from here on, null for none, and at it, or at a signal, prints what a function of the reason
    /// gives.
    /// </summary>
    public void Keep(TimeSpan? limit, Func<string, Answer> answer)
    {
        (Out as HeldOutput)?.Hold();
        Deadline.Keep(limit, answer);
    }

    /// <summary>Prints one JSON object, whole or not at all.</summary>
    /// <param name="members">Writes the members of the object.</param>
    public void WriteJson(Action<Utf8JsonWriter> members) => Out.Write(JsonText(members));

    /// <summary>The text of one JSON object, with the end of its line.</summary>
    /// <param name="members">Writes the members of the object.</param>
    public static string JsonText(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>Overwrites the progress line, on a terminal only; an empty text removes it.</summary>
    public void ReportProgress(string text)
    {
        if (ShowsProgress)
        {
            // CSI 2K clears the line: a shorter text leaves nothing of a longer one behind
            Error.Write("\r\u001b[2K" + Message.OneLine(text));
            Error.Flush();
        }
    }
}
