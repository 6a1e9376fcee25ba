using System.Numerics;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

public sealed class IntegerRootTests
{
    [Fact]
    public void The_root_is_the_largest_integer_whose_power_is_not_more() => Draw.Check(
        from n in Draw.Integers from degree in Gen.Choose(1, 9) select (BigInteger.Abs(n), degree), x =>
        {
            var (n, degree) = x;
            BigInteger root = IntegerRoot.Floor(n, degree), square = IntegerRoot.Floor(n);
            Assert.True(BigInteger.Pow(root, degree) <= n && n < BigInteger.Pow(root + 1, degree), $"{n} {degree}");
            Assert.True(square * square <= n && n < (square + 1) * (square + 1));
        });

    [Fact]
    public void Squares_and_their_neighbours()
    {
        for (int bits = 0; bits < 200; bits++)
        {
            foreach (int near in new[] { -1, 0, 1 })
            {
                var r = BigInteger.Max(1, (BigInteger.One << bits) + near);
                Assert.Equal(r, IntegerRoot.Floor(r * r));
                Assert.Equal(r - 1, IntegerRoot.Floor((r * r) - 1));
                Assert.Equal(r, IntegerRoot.Floor((r * r) + 1));
            }
        }

        Assert.Equal(0, IntegerRoot.Floor(-5));
    }

    [Fact]
    public void An_exact_root_is_found_where_there_is_one_and_nowhere_else() => Draw.Check(
        from r in Gen.Choose(2, 5000) from n in Gen.Choose(2, 9) select (r, n), x =>
        {
            var power = BigInteger.Pow(x.r, x.n);
            Assert.Equal((BigInteger)x.r, IntegerRoot.Exact(power, x.n));
            Assert.Null(IntegerRoot.Exact(power + 1, x.n));
            Assert.Null(IntegerRoot.Exact(power - 1, x.n));
        });

    [Fact]
    public void Exact_roots_at_the_edges()
    {
        Assert.Equal(1, IntegerRoot.Exact(1, 7));
        Assert.Equal(0, IntegerRoot.Exact(0, 7));
        Assert.Equal(12, IntegerRoot.Exact(12, 1));
        Assert.Null(IntegerRoot.Exact(7, 3));
        Assert.Equal(2, IntegerRoot.Exact(8, 3));
        Assert.Null(IntegerRoot.Exact(12, BigInteger.One << 80));
    }
}
