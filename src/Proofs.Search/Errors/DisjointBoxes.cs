using System.Collections.Immutable;
using Proofs.Constructions.Domains;

namespace Proofs.Search.Errors;

// Boxes with overlaps cut away, so that no volume counts twice.
// Cost: N log² N steps, and what the boxes that do overlap are cut into.
internal static class DisjointBoxes
{
    public static ImmutableArray<Box> Of(ImmutableArray<Box> boxes)
    {
        var tree = BoxTree.Of(boxes);
        var disjoint = ImmutableArray.CreateBuilder<Box>(boxes.Length);
        for (int i = 0; i < boxes.Length; i++)
        {
            List<Box> rest = [boxes[i]];
            foreach (int earlier in tree.Meeting(i, before: i))
            {
                if (rest.Exists(b => Overlap(b, boxes[earlier])))
                {
                    rest = [.. rest.SelectMany(b => Without(b, boxes[earlier]))];
                }
            }

            disjoint.AddRange(rest);
        }

        return disjoint.DrainToImmutable();
    }

    private static bool Overlap(Box a, Box b)
    {
        for (int j = 0; j < a.Dimension; j++)
        {
            if (a.Lower[j] >= b.Upper[j] || b.Lower[j] >= a.Upper[j])
            {
                return false;
            }
        }

        return true;
    }

    // box less the interior of other, as boxes: slabs below and above in each coordinate, what is left being covered.
    private static IEnumerable<Box> Without(Box box, Box other)
    {
        if (!Overlap(box, other))
        {
            yield return box;
            yield break;
        }

        for (int j = 0; j < box.Dimension; j++)
        {
            if (box.Lower[j] < other.Lower[j])
            {
                yield return new Box(box.Lower, box.Upper.SetItem(j, other.Lower[j]));
                box = new Box(box.Lower.SetItem(j, other.Lower[j]), box.Upper);
            }

            if (other.Upper[j] < box.Upper[j])
            {
                yield return new Box(box.Lower.SetItem(j, other.Upper[j]), box.Upper);
                box = new Box(box.Lower, box.Upper.SetItem(j, other.Upper[j]));
            }
        }
    }
}
