using Proofs.Kernel.Certificates;
using Proofs.Kernel.Symbolic;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>No certificate makes the checker hang, overflow its stack or throw.</summary>
public sealed class LimitTests
{
    private static readonly string Nested = new('(', 100_000);

    public static TheoryData<string> Bombs => new()
    {
        "",
        "proofs",
        SymbolicCertificate.Header,
        $"{SymbolicCertificate.Header}\nstatement {Nested}x\nstrategy s\n",
        $"{SymbolicCertificate.Header}\nstatement 1 <= {string.Concat(Enumerable.Repeat("2^", 50_000))}2\nstrategy "
            + "s\nproof {{ trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement 1 <= 2^2^2^2^2^2\nstrategy s\nproof {{ trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement 2 <= factorial(100000000)\nstrategy s\nproof {{ trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement 1 <= exp(exp(exp(exp(100))))\nstrategy s\nproof {{ linear }}\n",
        $"{SymbolicCertificate.Header}\nstatement 1 <= sum(i, 1, 10^9, i)\nstrategy s\nproof {{ trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement forall x in real : "
            + $"x <= x+1\nstrategy s\nproof {{ {string.Concat(Enumerable.Repeat("cut \"x<=x\" {", 100_000))}",
        $"{SymbolicCertificate.Header}\nstatement forall x in real : "
            + "x <= x+1\nstrategy s\nproof {{ cut \"(x+1)^4000*(x^2+x+1)^4000 >= 0\" {{ trivial }} trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement forall n in int [0, 1000000000] : "
            + "n >= 0\nstrategy s\nproof {{ enumerate \"n\" \"0\" \"1000000000\" }}\n",
        $"{SymbolicCertificate.Header}\nstatement 1 <= 1e99999999\nstrategy s\nproof {{ trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement 0 <= "
            + $"1{string.Concat(Enumerable.Repeat("/1e9999", 20_000))}\nstrategy s\nproof {{ trivial }}\n",
        $"{SymbolicCertificate.Header}\nstatement 1 <= 1\nstrategy s\nproof {{ linear \"1 : 99999999999999\" }}\n",
        $"{SymbolicCertificate.Header}\nstatement forall x in real : x <= x\nstrategy s\nproof {{ linear \"box x : "
            + "1 0/0\" }}\n",
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_rejected_quickly(string text)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(CertificateCheck.Check(text).Accepted);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"took {clock.Elapsed}");
    }

    [Fact]
    public void A_long_sum_and_a_long_proof_are_read()
    {
        string sum = string.Join(" + ", Enumerable.Repeat("x", 2_000));
        string steps = string.Concat(Enumerable.Repeat("cut \"0 <= x\" { trivial }\n", 50));
        var result = RuleTests.Check($"forall x in [0, 1] : 0 <= {sum}", steps + "trivial");
        Assert.True(result.Accepted, result.Reason);
    }
}
