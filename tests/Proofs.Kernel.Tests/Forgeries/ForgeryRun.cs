using System.Globalization;
using Proofs.Kernel.Certificates;
using Xunit;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// How many forgeries a test tries, and from which seeds: fixed ones, or new ones where PROOFS_FORGERIES says how many
/// for each kind.
/// </summary>
/// <remarks>PROOFS_SEED sets the first seed, to find a forgery again.</remarks>
internal sealed class ForgeryRun
{
    private readonly int _first;

    public ForgeryRun(int usual)
    {
        string? asked = Environment.GetEnvironmentVariable("PROOFS_FORGERIES");
        string? seed = Environment.GetEnvironmentVariable("PROOFS_SEED");
        bool isLong = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        Count = isLong ? count : usual;
        _first = int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out int first) ? first
            : isLong ? System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue / 2) : 1;
    }

    public int Count { get; }

    public IEnumerable<int> Seeds => Enumerable.Range(_first, Count);

    /// <summary>Forges a certificate from each seed; none that is false may pass, and some that are not must.</summary>
    /// <returns>What was tried, in words.</returns>
    public string Attack(Func<Dice, ForgedCertificate?> forge, Func<string, CheckResult> check)
    {
        int forged = 0, honest = 0, accepted = 0;
        foreach (int seed in Seeds)
        {
            if (forge(new Dice(seed)) is not { } certificate)
            {
                continue;
            }

            var result = check(certificate.Text);
            if (certificate.Falsity is null)
            {
                honest++;
                accepted += result.Accepted ? 1 : 0;
                continue;
            }

            forged++;
            Assert.False(result.Accepted, $"seed {seed}: accepted, but {certificate.Falsity}:\n{certificate.Text}");
        }

        // Evidence of the right shape: where what the certificate says may be true, many pass.
        Assert.True(forged >= Count / 2, $"only {forged} forged certificates");
        Assert.True(accepted * 20 >= honest && accepted > 0, $"only {accepted} of {honest} honest certificates pass");
        return $"{this}: {forged} forged certificates refused, {accepted} of {honest} honest ones accepted";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} seeds from {_first}");
}
