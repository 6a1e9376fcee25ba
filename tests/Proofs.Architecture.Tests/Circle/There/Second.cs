namespace Proofs.Architecture.Tests.Circle.There;

/// <summary>The other half.</summary>
public class Second
{
    public Here.First? Other { get; init; }
}
