using Proofs.Constructions.Budgets;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Proofs.Search.Tests.Properties;

namespace Proofs.Search.Tests.Suprema;

/// <summary>A search for a supremum that is ended and goes on gives what it gives when it is left alone.</summary>
public sealed class SupSearchTests
{
    private static readonly ReluNetwork Network = PropertyNetworks.Random(new Random(12), 3, 32, 24, 1);

    public static TheoryData<int> Requests => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_search_that_was_ended_goes_on_to_the_same_result(int number)
    {
        var request = Request(number);
        var whole = Certifier.Sup(request with { KeepsCheckpoint = true });
        Assert.Null(whole.Checkpoint);
        Assert.True(whole.Boxes > 60, $"{whole.Boxes} boxes");

        SearchCheckpoint? checkpoint = null;
        CertifyResult? part = null;
        int parts = 0;
        for (long boxes = 17; part?.Checkpoint is not null || parts == 0; boxes = part.Boxes + 1 + (whole.Boxes / 7))
        {
            part = Certifier.Sup(request with
            {
                BoxBudget = boxes,
                KeepsCheckpoint = true,
                Resume = checkpoint,
                Jobs = 1 + (parts++ % 3),
            });
            Assert.True(whole.Bounds.IsSubsetOf(part.Bounds), $"{part.Bounds} after {part.Boxes}");
            checkpoint = part.Checkpoint is null ? null : Copy(part.Checkpoint);
        }

        Assert.True(parts > 3, $"{parts} parts");
        Assert.Equal(whole, part);
    }

    [Fact]
    public void A_checkpoint_of_another_question_is_refused()
    {
        var request = Request(0);
        var ended = Certifier.Sup(request with { BoxBudget = 20, KeepsCheckpoint = true });
        var next = request with { Resume = ended.Checkpoint };
        Assert.NotNull(ended.Checkpoint);
        Assert.Throws<ArgumentException>(() => Certifier.Sup(next with { Target = Expr.Zero }));
        Assert.Throws<ArgumentException>(() => Certifier.Sup(next with { RelativeGap = 0.25 }));
        Assert.Throws<ArgumentException>(() => Certifier.Sup(Request(1) with { Resume = ended.Checkpoint }));
        Assert.Throws<ArgumentException>(() => Certifier.Max(next));
        Assert.Throws<ArgumentException>(() => Certifier.LpNorm(next, 2));
        Assert.Throws<ArgumentException>(() => Certifier.Range(next));
    }

    [Fact]
    public void A_limit_on_processor_time_ends_a_search_and_is_named()
    {
        var result = Certifier.Sup(Request(0) with { CpuTime = TimeSpan.Zero });
        Assert.Contains("CPU time", result.Why, StringComparison.Ordinal);
        Assert.False(result.Complete);
    }

    private static CertifyRequest Request(int number) => number switch
    {
        // one box; the networks of cells are cut down
        0 => CertifyRequest.Of(Network, Expr.Parse("sin(x1*x2)"), Region.Parse("[-3,1/3]x[-1,1]x[0,2]"))
            .WithRelativeGap(1e-4),

        // a condition, whose point is looked for first
        1 => CertifyRequest.Of(Network, Expr.Parse("x1*x2/2"), Region.Parse("[-2,2]^3").WithWhere(
            new Condition.Comparison(Expr.Parse("x1^2 + x2^2 + x3"), RelationKind.LessOrEqual, new BigRational(1, 3))))
            .WithRelativeGap(1e-4),

        // many boxes
        _ => CertifyRequest.Of(Gasket(5)).WithRelativeGap(1e-4),
    };

    private static Built Gasket(int level)
    {
        var holder = new HolderClass(2, 2, 1);
        var cells = Sets.Gasket.WordCover(level);
        return IntrinsicNetwork.Build(
            holder,
            cells,
            Expr.Parse("(x1^2 + x2^2)/4"),
            IntrinsicChoice.ForGrid(holder, cells.Side, IntrinsicDesign.Ours));
    }

    private static SearchCheckpoint Copy(SearchCheckpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Write(stream);
        return SearchCheckpoint.Read(new MemoryStream(stream.ToArray()));
    }
}
