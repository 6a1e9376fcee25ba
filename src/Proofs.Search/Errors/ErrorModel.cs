using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Formulas;
using Proofs.Search.Relaxations.Networks;
using Proofs.Search.Requests;

namespace Proofs.Search.Errors;

// The integrand e = Σ ± Φ_i − f of a request and its region, laid out for passes over cells.
internal sealed class ErrorModel
{
    // Overlaps of the region's boxes matter where volumes are added up, and nowhere else.
    public ErrorModel(CertifyRequest request, bool disjoint = false)
    {
        Request = request;
        Dimension = request.Region.Dimension;
        if (Dimension is < 1 or > MaxDimension)
        {
            throw new ArgumentException($"The region has dimension {Dimension}; expected 1 to {MaxDimension}.");
        }

        Networks = [.. request.Networks.Select(Compile)];
        Members = new Membership(request.Region);
        Tape = new FormulaTape(Dimension, request.Target, request.Region.Where);
        var boxes = disjoint ? DisjointBoxes.Of(request.Region.Boxes) : request.Region.Boxes;
        Domains = [.. boxes.Select((b, number) => new Domain(b, number))];
    }

    public const int MaxDimension = 8;

    public CertifyRequest Request { get; }

    public int Dimension { get; }

    public CompiledNetwork[] Networks { get; }

    public FormulaTape Tape { get; }

    public ImmutableArray<Domain> Domains { get; }

    // What belongs to the region, in exact arithmetic.
    public Membership Members { get; }

    private CompiledNetwork Compile(NetworkTerm term)
    {
        var network = term.Network;
        if (network.InputDimension != Dimension)
        {
            throw new ArgumentException(
                $"The network has {network.InputDimension} inputs; expected {Dimension}, the dimension of the region.");
        }

        return term.Output >= 0 && term.Output < network.OutputDimension
            ? CompiledNetwork.Of(network, term.Output)
            : throw new ArgumentException(
                $"The network has {network.OutputDimension} outputs, numbered from 0; "
                    + $"there is no output {term.Output}.");
    }
}
