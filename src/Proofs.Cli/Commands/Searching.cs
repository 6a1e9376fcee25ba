using System.Globalization;
using Proofs.Cli.Sessions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>Runs searches for a session: with progress, and with a line where a request does not fit.</summary>
internal static class Searching
{
    /// <summary>The gap at which an enclosure of an error is narrow whatever its size: an error that is 0 has no
    /// enclosure that is narrow relative to it.</summary>
    public const double SmallestGap = 1e-280;

    /// <summary>What is printed where a command has to end before anything is known.</summary>
    public static string Unread(string why, bool asJson) => asJson
        ? Session.JsonText(json =>
        {
            json.WriteString("verdict", "INCONCLUSIVE");
            json.WriteBoolean("complete", false);
            json.WriteString("why", why);
        })
        : $"INCONCLUSIVE\nended: {why}\n";

    /// <summary>Tells a session how far a search is.</summary>
    public static IProgress<CertifyProgress> Progress(Session session) => new Line(session);

    /// <summary>Tells a session's deadline what to print instead of what is being looked for.</summary>
    public static IProgress<T> Knowing<T>(Session session, Func<T, string, Answer> answer) =>
        new Known<T>(session, answer);

    /// <summary>What a search finds; the progress line is gone afterwards.</summary>
    /// <exception cref="UsageException">The parts of the request do not fit each other, or there are too many
    /// inputs.</exception>
    public static T Run<T>(Session session, Func<T> search)
    {
        try
        {
            return search();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
        finally
        {
            session.ReportProgress("");
        }
    }

    private sealed class Known<T>(Session session, Func<T, string, Answer> answer) : IProgress<T>
    {
        public void Report(T value) => session.Deadline.Know(why => answer(value, why));
    }

    private sealed class Line(Session session) : IProgress<CertifyProgress>
    {
        public void Report(CertifyProgress value) => session.ReportProgress(string.Create(CultureInfo.InvariantCulture,
            $"{value.Boxes} boxes, {value.Open} open, enclosure {value.Bounds}"));
    }
}
