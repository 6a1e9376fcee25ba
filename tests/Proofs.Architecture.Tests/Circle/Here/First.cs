namespace Proofs.Architecture.Tests.Circle.Here;

/// <summary>Half of a circle, which the rule about circles has to find.</summary>
public class First
{
    public There.Second? Other { get; init; }
}
