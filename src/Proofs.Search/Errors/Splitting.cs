using Proofs.Search.Relaxations;

namespace Proofs.Search.Errors;

// Which input of a cell to halve next. Only speed depends on it.
internal static class Splitting
{
    // −1 where the cell has no binary64 number strictly inside any side.
    public static int Choose(Cell cell, List<Piece> pieces, double slopeWeight)
    {
        int d = cell.Dimension, best = -1;
        Span<double> score = stackalloc double[d];
        double loose = 0;
        foreach (var piece in pieces)
        {
            double laid = 0;
            for (int j = 0; j < d; j++)
            {
                laid += piece.Share[j];
                score[j] += (2 * piece.Share[j]) + ((pieces.Count > 1 ? 1 : slopeWeight) * Math.Abs(piece.A[j]));
            }

            loose = Math.Max(loose, piece.R - laid);
            foreach (var edge in piece.Constraints)
            {
                if (edge.IsKink)
                {
                    continue;
                }

                double total = edge.A.Sum(Math.Abs) + edge.R,
                    jump = Math.Abs(piece.C - pieces[0].C) + Math.Abs(piece.C);
                for (int j = 0; j < d && total > 0; j++)
                {
                    score[j] += jump * (Math.Abs(edge.A[j]) + (edge.Share.Length > 0 ? edge.Share[j] : 0)) / total;
                }
            }
        }

        // What no input answers for is laid on the sides, the longest first; so is a little in any case, lest one side
        // is never halved.
        double longest = 0, most = 0;
        for (int j = 0; j < d; j++)
        {
            longest = Math.Max(longest, cell.Half[j]);
            most = Math.Max(most, double.IsFinite(score[j]) ? score[j] : 0);
        }

        double even = Math.Max(double.IsFinite(loose) ? loose / 2 : 0, most / 16);
        for (int j = 0; j < d; j++)
        {
            double s = score[j] + (even * cell.Half[j] / longest);
            score[j] = even > 0 && double.IsFinite(s) ? s : cell.Half[j];
            if (cell.CanSplit(j) && (best < 0 || score[j] > score[best]))
            {
                best = j;
            }
        }

        return best;
    }
}
