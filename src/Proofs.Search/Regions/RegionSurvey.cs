using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Search.Regions;

/// <summary>What is known of whether a region has a point.</summary>
public enum RegionStanding
{
    /// <summary>A point of it is known, and exact or rigorous arithmetic says that it is one.</summary>
    HasPoint,

    /// <summary>It has none.</summary>
    Empty,

    /// <summary>Neither was shown.</summary>
    Unknown,
}

// Looks for a point of a region, or shows that there is none: by a few simple points, by exact linear programs where
// the conditions are affine, and by dividing boxes in many digits. Everything found is exact; how long it looks is
// counted in steps.
internal sealed class RegionSurvey
{
    private const int MostCases = 64; // disjuncts that are looked at one by one
    private const int MostAtoms = 64;
    private const int Pivots = 400;
    private const int Samples = 16;
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19];

    private readonly Membership _members;
    private readonly ImmutableArray<Box> _boxes;
    private readonly string[] _names;
    private readonly CancellationToken _stop;
    private long _left;

    private RegionSurvey(Region region, Membership members, long steps, CancellationToken stop)
    {
        (_members, _boxes, _left, _stop) = (members, region.Boxes, steps, stop);
        _names = [.. Inputs.Names(region.Dimension)];
    }

    public sealed record Finding(RegionStanding Standing, Box? Box, ImmutableArray<BigRational> Point);

    // About `steps` conditions are looked at.
    public static Finding Of(Region region, Membership members, long steps, CancellationToken stop)
    {
        if (members.Where is not { } where)
        {
            return new(RegionStanding.HasPoint, region.Boxes[0], region.Boxes[0].Lower);
        }

        return new RegionSurvey(region, members, steps, stop).Run(where);
    }

    private Finding Run(Condition where)
    {
        var cases = Cases(where);
        bool isEmpty = true;
        foreach (var box in _boxes)
        {
            if (Sampled(box) is { } sampled)
            {
                return new(RegionStanding.HasPoint, box, sampled);
            }

            foreach (var atoms in cases)
            {
                var (standing, point) = Case(box, atoms);
                if (standing == RegionStanding.HasPoint)
                {
                    return new(standing, box, [.. point!]);
                }

                isEmpty &= standing == RegionStanding.Empty;
                if (_left < 0 || _stop.IsCancellationRequested)
                {
                    return new(RegionStanding.Unknown, null, []);
                }
            }
        }

        return new(isEmpty ? RegionStanding.Empty : RegionStanding.Unknown, null, []);
    }

    // The condition as alternatives, each a list of conditions that all have to hold; one alternative where there are
    // too many.
    private static List<ImmutableArray<Condition>> Cases(Condition where)
    {
        return Split(where) ?? [[where]];

        static List<ImmutableArray<Condition>>? Split(Condition c)
        {
            switch (c)
            {
                case Condition.Any a:
                    return Split(a.First) is { } p && Split(a.Second) is { } q && p.Count + q.Count <= MostCases
                        ? [.. p, .. q]
                        : null;
                case Condition.All a:
                    return Split(a.First) is { } f && Split(a.Second) is { } s && f.Count * s.Count <= MostCases
                        ? [.. f.SelectMany(x => s.Select(y => x.AddRange(y)))]
                        : null;
                default:
                    return [[c]];
            }
        }
    }

    private ImmutableArray<BigRational>? Sampled(Box box)
    {
        int d = box.Dimension;
        for (int k = 0; k < Samples + (1 << d) && _left > 0; k++)
        {
            BigRational[] point = [.. Enumerable.Range(0, d).Select(j => k < Samples
                ? box.Lower[j] + ((box.Upper[j] - box.Lower[j]) * (k == 0 ? BigRational.Half : Halton(k, Primes[j])))
                : (((k - Samples) >> j) & 1) == 0 ? box.Lower[j] : box.Upper[j])];
            if (IsMember(point))
            {
                return [.. point];
            }
        }

        return null;
    }

    private static BigRational Halton(int k, int radix)
    {
        BigRational sum = 0, unit = 1;
        for (; k > 0; k /= radix)
        {
            unit /= radix;
            sum += k % radix * unit;
        }

        return sum;
    }

    private bool IsMember(BigRational[] point)
    {
        _left--;
        return _members.Holds(point);
    }

    private (RegionStanding Standing, BigRational[]? Point) Case(Box box, ImmutableArray<Condition> conditions)
    {
        var linear = conditions.OfType<Condition.Comparison>().Select(c => LinearAtom.Of(c, _names)).ToArray();
        LinearAtom[] atoms = [.. linear.Where(a => a is not null).SelectMany(a => a!)];
        if (atoms.Length is > 0 and <= MostAtoms)
        {
            _left -= atoms.Length;
            var point = Vertex(box, atoms);
            if (point is { Length: 0 })
            {
                return (RegionStanding.Empty, null);
            }

            if (point is not null && IsMember(point))
            {
                return (RegionStanding.HasPoint, point);
            }
        }

        var all = conditions.Skip(1).Aggregate(conditions[0], (a, b) => new Condition.All(a, b));
        return ByParts(box, all, atoms);
    }

    // A point of the box at which all atoms hold, strict ones with as much room as there is; an empty one where there
    // is none; null where that took too long.
    private static BigRational[]? Vertex(Box box, LinearAtom[] atoms)
    {
        int d = box.Dimension;
        bool isAnyStrict = atoms.Any(a => a.IsStrict);
        var rows = new List<BigRational[]>();
        var sides = new List<BigRational>();
        foreach (var atom in atoms)
        {
            rows.Add([.. atom.A, atom.IsStrict ? BigRational.One : BigRational.Zero]);
            sides.Add(-atom.C - atom.A.Zip(box.Lower, (a, l) => a * l).Aggregate(BigRational.Zero, (s, x) => s + x));
        }

        for (int j = 0; j <= d; j++)
        {
            var unit = new BigRational[d + 1];
            unit[j] = BigRational.One;
            rows.Add(unit);
            sides.Add(j < d ? box.Upper[j] - box.Lower[j] : BigRational.One);
        }

        var objective = new BigRational[d + 1];
        objective[d] = BigRational.One;
        return ExactSimplex.Maximise([.. rows], [.. sides], objective, Pivots) switch
        {
            null => null,
            [] => [],
            var y when isAnyStrict && y[d].Sign <= 0 => [],
            var y => [.. box.Lower.Zip(y, (l, v) => l + v)],
        };
    }

    // Boxes on which the condition fails are left out, the others halved, and their middles tried.
    private (RegionStanding Standing, BigRational[]? Point) ByParts(Box box, Condition all, LinearAtom[] atoms)
    {
        var open = new Queue<Box>([box]);
        while (open.TryDequeue(out var part))
        {
            if (--_left < 0 || _stop.IsCancellationRequested)
            {
                return (RegionStanding.Unknown, null);
            }

            if (_members.Fails(all, part.Lower, part.Upper)
                || (atoms.Length is > 1 and <= MostAtoms && Vertex(part, atoms) is { Length: 0 }))
            {
                continue;
            }

            BigRational[] middle = [.. part.Lower.Zip(part.Upper, (l, u) => (l + u) * BigRational.Half)];
            if (IsMember(middle))
            {
                return (RegionStanding.HasPoint, middle);
            }

            int longest = 0;
            for (int j = 1; j < part.Dimension; j++)
            {
                longest = part.Upper[j] - part.Lower[j] > part.Upper[longest] - part.Lower[longest] ? j : longest;
            }

            if (part.Lower[longest] == part.Upper[longest])
            {
                return (RegionStanding.Unknown, null); // a point at which the condition is not decided
            }

            open.Enqueue(new Box(part.Lower, part.Upper.SetItem(longest, middle[longest])));
            open.Enqueue(new Box(part.Lower.SetItem(longest, middle[longest]), part.Upper));
        }

        return (RegionStanding.Empty, null);
    }
}
