using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Invariance;
using Proofs.Search.Properties;
using Proofs.Search.Regions;

namespace Proofs.Cli.Commands;

/// <summary>What a certificate is about, as its first line says.</summary>
internal enum CertificateKind
{
    Unknown,
    Statement,
    Bound,
    Property,
    Symmetry,
    Error,
}

/// <summary>
/// What `proofs check` is told that certificates have to be about; every option given is honoured, or is bad usage.
/// </summary>
internal sealed record CheckOptions
{
    public string? Network { get; init; }

    public string? Property { get; init; }

    public string? Minus { get; init; }

    public int? Output { get; init; }

    public string? Target { get; init; }

    public string? Domain { get; init; }

    public string? Where { get; init; }

    public BigRational? AtMost { get; init; }

    public string? Group { get; init; }

    public bool IsEquivariant { get; init; }

    /// <summary>What each replay may spend; null for the limit of its kind.</summary>
    public long? Steps { get; init; }

    /// <summary>The most bytes that tell the kind of a certificate.</summary>
    public static int LongestHeader => CertificateCheck.Headers.Max(h => h.Length);

    /// <summary>What kind of certificate begins like this, of any version.</summary>
    public static CertificateKind KindOf(string start) => start.Split(' ', '\n') is ["proofs-certificate", var kind, ..]
        ? kind switch
        {
            "symbolic" => CertificateKind.Statement,
            "bound" => CertificateKind.Bound,
            "network" => CertificateKind.Property,
            "symmetry" => CertificateKind.Symmetry,
            "error" => CertificateKind.Error,
            _ => CertificateKind.Unknown,
        }
        : CertificateKind.Unknown;

    /// <summary>What a certificate of a kind has to be about; null for whatever it says.</summary>
    public CertificateExpectation? Expected(CertificateKind kind) => kind switch
    {
        CertificateKind.Property => PropertyExpectation(),
        CertificateKind.Symmetry => Symmetry(),
        CertificateKind.Error => Error(),
        _ => null,
    };

    /// <summary>Refuses options that need another one, or cannot be honoured together.</summary>
    /// <exception cref="UsageException">There are such options.</exception>
    public void RefuseTogether()
    {
        Needs("--property", Property is not null, "--network", Network is not null);
        Needs("--minus", Minus is not null, "--network", Network is not null);
        Needs("--output", Output is not null, "--network", Network is not null);
        Needs("--group", Group is not null, "--network", Network is not null);
        Needs("--where", Where is not null, "--domain", Domain is not null);
        Needs("--equivariant", IsEquivariant, "--group", Group is not null);
        foreach (string about in new[] { "--property", "--group" })
        {
            if (Given.Contains(about) && Given.FirstOrDefault(o => o != about && o != "--network"
                && !(about == "--group" && o is "--domain" or "--equivariant")) is { } other)
            {
                throw new UsageException(
                    $"{about} and {other} are about different kinds of certificates; expected one of them");
            }
        }
    }

    /// <summary>Refuses options that say nothing of a certificate of a kind.</summary>
    /// <exception cref="UsageException">There is such an option.</exception>
    public void RefuseFor(string file, CertificateKind kind)
    {
        (string what, string[] allowed) = kind switch
        {
            CertificateKind.Statement => ("a statement", Array.Empty<string>()),
            CertificateKind.Bound => ("a bound of a formula", []),
            CertificateKind.Property => ("a property of a network", ["--network", "--property"]),
            CertificateKind.Symmetry =>
                ("a symmetry of a network",
                    ["--network", "--group", "--equivariant", .. Group is null ? Array.Empty<string>() : ["--domain"]]),
            CertificateKind.Error =>
                ("an error", ["--network", "--minus", "--output", "--target", "--domain", "--where", "--at-most"]),
            _ => ("no kind", [.. Given]),
        };
        if (Given.FirstOrDefault(o => !allowed.Contains(o)) is { } odd)
        {
            throw new UsageException($"{odd} does not apply to {file}, a certificate of {what}");
        }
    }

    private NetworkExpectation? PropertyExpectation() => Network is null ? null
        : Property is null ? new() { Network = NetworkHash() }
        : new()
        {
            Whole =
            NetworkText.Hash(PropertyCertificate.Subject(Networks.Read(Network), Properties.Read(Property)))
        };

    /// <summary>What a certificate of a symmetry has to be about.</summary>
    private SymmetryExpectation Symmetry()
    {
        var expected = new SymmetryExpectation { Network = NetworkHash() };
        if (Group is null)
        {
            return expected;
        }

        ReluNetwork network = Networks.Read(Network!);
        Box? box = Domain is null ? null : Formulas.Parse("--domain", Domain, Box.Parse);
        InvarianceRequest request =
            InvarianceCommand.Request(network, GroupActions.Read(Group, network.InputDimension), IsEquivariant, box);
        return expected with
        {
            Group = request.Group.Name,
            Generators = request.Claim.Generators,
            Box = box is null ? null : (box.Lower, box.Upper),
        };
    }

    /// <summary>What a certificate of an error has to be about.</summary>
    private ErrorExpectation Error()
    {
        Region? region = Domain is null ? null : Regions.Read(Domain, Where);
        ReluNetwork[]? networks = Network is null ? null
            : Minus is null ? [Networks.Read(Network, Output)]
            : [Networks.Read(Network, Output), Networks.Read(Minus, Output)];
        Expr? formula = Target is null ? Minus is null ? null : Expr.Zero
            : Formulas.Read("--target", Target, region?.Dimension ?? networks?[0].InputDimension
                ?? throw new UsageException("expected --network or --domain with --target"));
        return SupCertificate.Expect(networks, formula, region, AtMost);
    }

    private IEnumerable<string> Given =>
        from option in new (string Name, bool IsGiven)[]
        {
            ("--network", Network is not null), ("--property", Property is not null), ("--minus", Minus is not null),
            ("--output", Output is not null), ("--target", Target is not null), ("--domain", Domain is not null),
            ("--where", Where is not null), ("--at-most", AtMost is not null), ("--group", Group is not null),
            ("--equivariant", IsEquivariant),
        }
        where option.IsGiven
        select option.Name;

    private string? NetworkHash() =>
        Network is null ? null : NetworkText.Hash(InvarianceRequest.ClaimAbout(Networks.Read(Network)).Network);

    private static void Needs(string option, bool isGiven, string other, bool isOther)
    {
        if (isGiven && !isOther)
        {
            throw new UsageException($"expected {other} with {option}");
        }
    }
}
