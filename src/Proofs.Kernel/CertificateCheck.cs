using System.Collections.Immutable;
using System.Text;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel.Symmetry;

namespace Proofs.Kernel;

/// <summary>Replays certificates of every kind; knows nothing of how they were found.</summary>
/// <remarks>
/// The first line of a certificate names its kind and version. The rest is read by that kind alone, line by line, and
/// nothing follows its end. All that can go wrong is a refusal that says why in one line; work is counted, so no
/// certificate takes long.
/// </remarks>
public static class CertificateCheck
{
    private const int LongestName = 40;

    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Every kind there is, and what its replay may spend.
    private static readonly ImmutableArray<Kind> Kinds =
    [
        new(SymbolicCertificate.Header, SymbolicCertificate.Numbers, WorkBudget.ForReplay,
            e => e is null ? new SymbolicCertificate.Replay() : null),
        new(BoundCertificate.Header, BoundCertificate.Numbers, WorkBudget.ForReplay,
            e => e is null ? new BoundCertificate.Replay() : null),
        new(BoxCertificate.Header, BoxCertificate.Numbers, WorkBudget.ForReplay,
            e => e is null ? new BoxCertificate.Replay() : null),
        Kind.About<NetworkExpectation>(
            NetworkCertificate.Header, NetworkCertificate.Work, e => new NetworkCertificate.Replay(e)),
        Kind.About<SymmetryExpectation>(
            SymmetryCertificate.Header, SymmetryCertificate.Work, e => new SymmetryCertificate.Replay(e)),
        Kind.About<ErrorExpectation>(
            ErrorCertificate.Header, ErrorCertificate.Work, e => new ErrorCertificate.Replay(e)),
    ];

    /// <summary>The first lines of the certificates that are understood.</summary>
    public static ImmutableArray<string> Headers { get; } = [.. Kinds.Select(k => k.Header)];

    /// <summary>Whether a certificate in UTF-8 proves what it says, and says what is expected.</summary>
    /// <remarks>Guarantee: accepted only if the statement is true. Never hangs: work and nesting are limited.</remarks>
    /// <param name="certificate">The bytes, read up to where the verdict is clear.</param>
    /// <param name="expected">What it has to be about; null for whatever it says. One that is of another kind is
    /// refused.</param>
    /// <param name="limit">The operations that the replay may spend; null for the limit of the kind.</param>
    /// <param name="stop">Ends the replay.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> ended it.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public static CheckResult Check(
        Stream certificate, CertificateExpectation? expected = null, long? limit = null,
        CancellationToken stop = default)
    {
        using var reader =
            new StreamReader(certificate, Strict, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        return Check(reader, expected, limit, stop);
    }

    /// <summary>Whether a text is a certificate that proves what it says, and says what is expected.</summary>
    /// <inheritdoc cref="Check(Stream, CertificateExpectation?, long?, CancellationToken)"/>
    public static CheckResult Check(
        string certificate, CertificateExpectation? expected = null, long? limit = null,
        CancellationToken stop = default)
    {
        using var reader = new StringReader(certificate);
        return Check(reader, expected, limit, stop);
    }

    /// <summary>Whether a text is a certificate that proves what it says, and says what is expected.</summary>
    /// <inheritdoc cref="Check(Stream, CertificateExpectation?, long?, CancellationToken)"/>
    public static CheckResult Check(
        TextReader certificate, CertificateExpectation? expected = null, long? limit = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        CertificateReplay? replay = null;
        WorkBudget? work = null;
        long granted = 0;
        try
        {
            var kind = KindOf(FirstLine(certificate));
            replay = kind.Begin(expected)
                ?? throw new Rejection("the certificate is about something else than what is expected");
            granted = limit ?? kind.Work;
            work = new WorkBudget(granted, stop);
            using var lines = new CertificateLines(certificate, kind.Header, kind.Numbers, work);
            replay.Run(lines, work);
            return lines.IsAtEnd
                ? new(true, replay.Statement, "") { Work = granted - work.Left }
                : throw new Rejection("something follows the end");
        }
        catch (Exception e) when (e is Rejection or FormatException or WorkExhaustedException)
        {
            return Refused(e.Message, e is Rejection { IsVacuous: true });
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            return Refused("the file is no UTF-8 text, packed with gzip or not");
        }
        catch (Exception e) when (
            e is InsufficientExecutionStackException or ArithmeticException or OutOfMemoryException)
        {
            return Refused("the certificate asks for more than the checker allows");
        }

        CheckResult Refused(string why, bool isVacuous = false) =>
            new(false, replay?.Statement ?? "", why)
            {
                IsVacuous = isVacuous,
                Work = granted - long.Max(work?.Left ?? granted, 0)
            };
    }

    // The first line as far as it is one of those understood, or of another kind or version.
    private static string FirstLine(TextReader certificate)
    {
        var text = new StringBuilder();
        int c;
        while ((c = certificate.Read()) >= 0 && c != '\n' && text.Length <= LongestName)
        {
            text.Append(CertificateText.IsShown((char)c) ? (char)c : '?');
        }

        return c == '\n' ? text.ToString() : "";
    }

    private static Kind KindOf(string first)
    {
        if (Kinds.FirstOrDefault(k => k.Header == first) is { } kind)
        {
            return kind;
        }

        string known = string.Join(", ", Headers);
        throw new Rejection(first.Split(' ') is ["proofs-certificate", var name, var version]
            ? $"certificates '{name} {version}' are not understood; those that are begin with one of: {known}"
            : $"the first line is that of no kind of certificate; expected one of: {known}");
    }

    private sealed record Kind(
        string Header, NumberForm Numbers, long Work, Func<CertificateExpectation?, CertificateReplay?> Begin)
    {
        // A kind of which something may be expected; null of any other expectation.
        public static Kind About<T>(string header, long work, Func<T, CertificateReplay> begin)
            where T : CertificateExpectation, new() =>
            new(header, Networks.NetworkText.Numbers, work,
                e => e is null ? begin(new T()) : e is T about ? begin(about) : null);
    }
}
