namespace Proofs.Kernel.Tests;

/// <summary>Lines that certificates of networks have in common.</summary>
internal static class CertificateParts
{
    /// <summary>A case with both inputs in [0, 1], to which constraints may be added.</summary>
    public const string UnitSquare = "property 1\ncase\nlower 0 0\nupper 1 1";

    /// <summary>The same box as the root of a tree for the only case.</summary>
    public const string UnitRoot = "root 0\nlower 0 0\nupper 1 1";

    /// <summary>|x1 - x2| = rho(x1 - x2) + rho(x2 - x1).</summary>
    public const string Distance = "network 2 2\nlayer 2\nrow 0 0:1 1:-1\nrow 0 0:-1 1:1\nlayer 1\nrow 0 0:1 1:1";

    /// <summary>A generator that exchanges both inputs; what it does to the outputs follows.</summary>
    public const string Exchange = "generator\ninput 1:1\ninput 0:1";
}
