using Proofs.Kernel.Certificates;
using Xunit;

namespace Proofs.Kernel.Tests;

/// <summary>
/// One certificate that is accepted, and small changes of it that make it false or a step invalid, each of which is
/// refused.
/// </summary>
internal sealed class NearMisses(Func<string, CheckResult> check, string certificate)
{
    private int _count;

    /// <summary>The certificate is accepted; returns its statement.</summary>
    public string Accepted()
    {
        var result = check(certificate);
        Assert.True(result.Accepted, $"{result.Reason}\n{certificate}");
        return result.Statement;
    }

    /// <summary>With the one text in place of the other it is refused, in one line.</summary>
    public NearMisses Refused(string from, string to)
    {
        int at = certificate.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{from}' is nowhere in\n{certificate}");
        string changed = certificate[..at] + to + certificate[(at + from.Length)..];
        var result = check(changed);
        Assert.False(result.Accepted, $"accepted: {result.Statement}\n{changed}");
        Assert.NotEqual("", result.Reason);
        Assert.DoesNotContain('\n', result.Reason);
        _count++;
        return this;
    }

    /// <summary>There were five at least.</summary>
    public void AreEnough() => Assert.True(_count >= 5, $"only {_count} near misses");
}
