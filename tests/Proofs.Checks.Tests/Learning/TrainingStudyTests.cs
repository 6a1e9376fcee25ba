using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Formats.Points;
using Xunit;

namespace Proofs.Checks.Tests.Learning;

public sealed class TrainingStudyTests
{
    private static readonly StudyRules Rules = new(Profile.Quick, 1);

    [Fact]
    public void Shards_are_disjoint_and_are_all_parts_together() => Prop.ForAll<byte, byte>((parts, shards) =>
    {
        int count = shards + 1;
        var study = Study([.. Enumerable.Range(0, parts).Select(i => $"p{i}")]);
        var found = Enumerable.Range(1, count).SelectMany(k => study.Shard(Rules, k, count)).Select(p => p.Name);
        return study.Parts(Rules).Select(p => p.Name).Order().SequenceEqual(found.Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_of_a_file_leads_into_no_other_folder()
    {
        string folder = Path.Combine(Path.GetTempPath(), "study");
        var names = Gen.Elements("a", "b-1", ".", "/", "\\", "..", "c_", "é", "\0").ListOf().Select(string.Concat);
        Prop.ForAll(Arb.From(names), name => !StudyFile.IsName(name)
            || Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, name))) == folder)
            .QuickCheckThrowOnFailure();
        Assert.True(StudyFile.IsName("square-3_1.json"));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("..")]
    [InlineData("b/c")]
    [InlineData("")]
    public void Parts_need_names_of_their_own(string second) =>
        Assert.Throws<FormatException>(() => Study(["a", second]).Shard(Rules, 1, 1));

    [Fact]
    public void A_network_whose_training_was_ended_is_not_given_back()
    {
        var network = Architectures.FullyConnected([1, 2, 1]);
        var data = new Sample(new PointCloud(1, [0.5]), [1]);
        Assert.ThrowsAny<OperationCanceledException>(
            () => new StudyRequest(new Ended(), Rules).Train(new(network, data)));
    }

    private static TrainingStudy Study(string[] names) =>
        TrainingStudy.Of("study", "", _ => [.. names.Select(n => new StudyPart(n, _ => []))]);

    private sealed class Ended : ITrainer
    {
        public TrainingOutcome Train(TrainingRequest request) => new(
            request.Network.At([.. new double[request.Network.Parameters]]),
            [.. new double[request.Network.Parameters]], 0, 1, [], TrainingEnd.Cancelled, "nothing");
    }
}
