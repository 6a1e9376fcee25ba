using BenchmarkDotNet.Attributes;
using Proofs.Kernel.Numbers;

namespace Proofs.Benchmarks;

/// <summary>
/// Exact arithmetic on the two kinds of numbers that proofs meet: dyadic weights and arbitrary fractions.
/// </summary>
[MemoryDiagnoser]
public class BigRationalBenchmarks
{
    private BigRational[] _dyadic = [];
    private BigRational[] _fractions = [];

    /// <summary>How many terms a sum has.</summary>
    [Params(100)]
    public int Terms { get; set; }

    /// <summary>Makes the terms: k/2^60 and k/(k + 1).</summary>
    [GlobalSetup]
    public void MakeTerms()
    {
        _dyadic = [.. Enumerable.Range(1, Terms).Select(k => k * BigRational.PowerOfTwo(-60))];
        _fractions = [.. Enumerable.Range(1, Terms).Select(k => new BigRational(k, k + 1))];
    }

    /// <summary>The sum of the dyadic terms, whose denominator stays a power of two.</summary>
    [Benchmark]
    public BigRational SumOfDyadics() => _dyadic.Aggregate(BigRational.Zero, (sum, term) => sum + term);

    /// <summary>The sum of the fractions, whose denominator grows with each term.</summary>
    [Benchmark]
    public BigRational SumOfFractions() => _fractions.Aggregate(BigRational.Zero, (sum, term) => sum + term);
}
