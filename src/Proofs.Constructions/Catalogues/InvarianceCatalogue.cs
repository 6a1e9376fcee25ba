using System.Collections.Immutable;
using Proofs.Constructions.Invariance;

namespace Proofs.Constructions;

// Sorters and quasi-sorting: canonical forms of points under permutations.
internal static class InvarianceCatalogue
{
    public static ImmutableArray<Construction> All { get; } =
    [
        new(
            "sorter",
            "n numbers in descending order on [0,infinity)^n, exact",
            "math/03, 2.2",
            [
                Catalogue.Whole("n", null, "how many numbers"),
                Catalogue.Word("family", "merge", "odd-even transposition, odd-even merge or bitonic", "oddeven", "merge", "bitonic"),
            ],
            a => Sorter.Build(a.Integer("n", 2, 256), Enum.Parse<SorterFamily>(a.Choice("family"), ignoreCase: true))),
        new(
            "quasi-sort",
            "n numbers of [0,1] in descending order up to (1 - 1/n)/N, by counts above N thresholds",
            "math/03, 4.2",
            [Catalogue.Whole("n", null, "how many numbers"), Catalogue.Whole("N", null, "how many thresholds")],
            a => QuasiSort.Build(a.Integer("n", 2, 256), a.Integer("N", 1, 4096))),
    ];
}
