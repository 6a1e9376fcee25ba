using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.SingularHypersurfaces;
using Proofs.Kernel.Numbers;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.SingularHypersurfaces;

public sealed class PhaseDiagramTests
{
    private static readonly JsonElement Reference = RepositoryFiles.Fixture("01-hypersurface.json");

    [Fact]
    public void Every_phase_of_the_fixture_is_reproduced()
    {
        foreach (var row in Reference.GetProperty("phase").EnumerateArray())
        {
            BigRational Of(string name) => BigRational.Parse(row.GetProperty(name).GetString()!);
            var phase = PhaseDiagram.At(Of("alpha"), Of("beta"), row.GetProperty("D").GetInt32());
            Assert.Equal(
                (Of("smooth"), Of("singular"), Of("linear_singular"), Of("linear_tilt"), Of("wavelet"), Of("dnn"),
                    Of("linear_upper")),
                (phase.Smooth, phase.Singular, phase.LinearSingular, phase.LinearTilt, phase.Wavelet, phase.Network,
                    phase.LinearUpperBound));
            Assert.Equal((Of("b_low"), Of("b_high")), (phase.LowerBoundary, phase.UpperBoundary));
            Assert.Equal(row.GetProperty("region").GetInt32(), (int)phase.Region);
            Assert.Equal(row.GetProperty("dnn_beats_linear").GetBoolean(), phase.NetworkBeatsLinear);
        }
    }

    [Fact]
    public void Networks_beat_linear_estimators_exactly_above_the_lower_boundary() =>
        Prop.ForAll(Gen.Choose(1, 60).Two().ToArbitrary(), Gen.Choose(2, 12).ToArbitrary(), (pair, d) =>
        {
            var phase = PhaseDiagram.At(new BigRational(pair.Item1, 7), new BigRational(pair.Item2, 7), d);
            return phase.NetworkBeatsLinear == (phase.Beta > phase.LowerBoundary);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_dimension_without_surfaces_is_refused() =>
        Assert.Contains(
            "D = 1", Assert.Throws<ArgumentOutOfRangeException>(() => PhaseDiagram.At(1, 1, 1)).Message,
            StringComparison.Ordinal);
}
