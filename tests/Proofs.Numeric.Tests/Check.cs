namespace Proofs.Numeric.Tests;

// How properties are run: fixed seed and 1,000 cases in the gate; a fresh seed and 100,000 with PROOFS_PROFILE=full.
internal static class Check
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full";

    public static void Holds(this Property property, int cases = 1000)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Full ? 100 * cases : cases).WithQuietOnSuccess(true);
        property.Check(Full ? config : config.WithReplay(20261122, 7));
    }
}
