using System.Collections.Immutable;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symbolic;
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

/// <summary>What `proofs check` is told that certificates have to be about; every option given is honoured, or is bad usage.</summary>
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

    private static readonly ImmutableArray<(string Header, CertificateKind Kind)> Headers =
    [
        (CertificateChecker.Header, CertificateKind.Statement),
        (BoundCertificate.Header, CertificateKind.Bound),
        (BoxCertificate.Header, CertificateKind.Bound),
        (NetworkCertificate.Header, CertificateKind.Property),
        (SymmetryCertificate.Header, CertificateKind.Symmetry),
        (ErrorCertificate.Header, CertificateKind.Error),
    ];

    /// <summary>The most bytes that tell the kind of a certificate.</summary>
    public static int LongestHeader => Headers.Max(h => h.Header.Length);

    /// <summary>What kind of certificate begins like this.</summary>
    public static CertificateKind KindOf(string start) =>
        Headers.FirstOrDefault(h => start.StartsWith(h.Header, StringComparison.Ordinal)).Kind;

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
                throw new UsageException($"{about} and {other} are about different kinds of certificates; expected one of them");
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
            CertificateKind.Symmetry => ("a symmetry of a network", ["--network", "--group", "--equivariant", .. Group is null ? Array.Empty<string>() : ["--domain"]]),
            CertificateKind.Error => ("an error", ["--network", "--minus", "--output", "--target", "--domain", "--where", "--at-most"]),
            _ => ("no kind", [.. Given]),
        };
        if (Given.FirstOrDefault(o => !allowed.Contains(o)) is { } odd)
        {
            throw new UsageException($"{odd} does not apply to {file}, a certificate of {what}");
        }
    }

    /// <summary>The text of network and property, or of the network, that a certificate has to carry; null where any will do.</summary>
    public string? Subject() => Network is null ? null
        : Property is null ? SymmetrySubject()
        : NetworkText.Write(PropertyCertificate.Subject(Networks.Read(Network), Properties.Read(Property)));

    /// <summary>What a certificate of a symmetry has to be about.</summary>
    public SymmetryExpectation Symmetry()
    {
        var expected = new SymmetryExpectation { Network = SymmetrySubject() };
        if (Group is null)
        {
            return expected;
        }

        ReluNetwork network = Networks.Read(Network!);
        Box? box = Domain is null ? null : Formulas.Parse("--domain", Domain, Box.Parse);
        InvarianceRequest request = InvarianceCommand.Request(network, GroupActions.Read(Group, network.InputDimension), IsEquivariant, box);
        return expected with
        {
            Group = request.Group.Name,
            Generators = request.Claim.Generators,
            Box = box is null ? null : (box.Lower, box.Upper),
        };
    }

    /// <summary>What a certificate of an error has to be about.</summary>
    public ErrorExpectation Error()
    {
        Region? region = Domain is null ? null : Regions.Read(Domain, Where);
        ReluNetwork[]? networks = Network is null ? null
            : Minus is null ? [Networks.Read(Network, Output)] : [Networks.Read(Network, Output), Networks.Read(Minus, Output)];
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
            ("--where", Where is not null), ("--at-most", AtMost is not null), ("--group", Group is not null), ("--equivariant", IsEquivariant),
        }
        where option.IsGiven
        select option.Name;

    private string? SymmetrySubject() => Network is null ? null
        : NetworkText.NetworkOf(NetworkText.Write(SymmetryCertificate.Subject(InvarianceRequest.ClaimAbout(Networks.Read(Network)))));

    private static void Needs(string option, bool isGiven, string other, bool isOther)
    {
        if (isGiven && !isOther)
        {
            throw new UsageException($"expected {other} with {option}");
        }
    }
}
