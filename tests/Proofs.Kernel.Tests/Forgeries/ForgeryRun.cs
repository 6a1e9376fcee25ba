using System.Globalization;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>How many forgeries a test tries, and from which seeds: fixed ones, or new ones where PROOFS_FORGERIES says how many.</summary>
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} seeds from {_first}");
}
