using Proofs.Kernel.Errors;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symmetry;
using Xunit;
using Xunit.Abstractions;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// No forged certificate of errors, properties or symmetries of networks that a point shows to be false is accepted.
/// </summary>
public sealed class NetworkForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public void No_forged_error_is_accepted() => output.WriteLine(new ForgeryRun(44_000).Attack(
        dice => new NetworkForger(dice).Error(), text =>
            CertificateCheck.Check(new StringReader(text), new ErrorExpectation())));

    [Fact]
    public void No_forged_property_is_accepted() => output.WriteLine(new ForgeryRun(50_000).Attack(
        dice => new NetworkForger(dice).Property(), text => CertificateCheck.Check(text)));

    [Fact]
    public void No_forged_symmetry_is_accepted() => output.WriteLine(new ForgeryRun(11_000).Attack(
        dice => new NetworkForger(dice).Symmetry(), text => CertificateCheck.Check(text)));
}
