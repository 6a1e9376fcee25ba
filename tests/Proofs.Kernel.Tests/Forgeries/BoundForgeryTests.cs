using Proofs.Kernel.Bounds;
using Xunit;
using Xunit.Abstractions;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>No forged certificate of bounds that a point shows to be false is accepted.</summary>
public sealed class BoundForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public void No_forged_bound_in_one_input_is_accepted() => output.WriteLine(new ForgeryRun(3_000).Attack(
        dice => new BoundForger(dice).Forge(isOfBoxes: false), text => CertificateCheck.Check(text)));

    [Fact]
    public void No_forged_bound_on_boxes_is_accepted() => output.WriteLine(new ForgeryRun(5_000).Attack(
        dice => new BoundForger(dice).Forge(isOfBoxes: true), text => CertificateCheck.Check(text)));
}
