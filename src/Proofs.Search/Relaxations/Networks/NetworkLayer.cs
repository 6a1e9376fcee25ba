using Proofs.Constructions.Networks;

namespace Proofs.Search.Relaxations.Networks;

// One affine map by columns, so that a pass visits the columns of active units only.
internal sealed class NetworkLayer
{
    // The floor of magnitudes where entries were rounded: u times it covers an entry rounded among subnormals.
    private static readonly double Smallest = Math.ScaleB(1, -1020);

    public NetworkLayer(int rows, int[] start, int[] row, double[] weight, double[] bias, bool inexact)
    {
        (Rows, Columns, Start, Row, Weight, Bias, IsInexact) =
            (rows, start.Length - 1, start, row, weight, bias, inexact);
        int[] count = new int[rows];
        foreach (int i in row)
        {
            count[i]++;
        }

        Terms = (rows == 0 ? 0 : count.Max()) + 3;
        Positive = [.. Enumerable.Range(0, rows).Where(i => bias[i] > 0)];
        Reach = new double[Columns];
        for (int k = 0; k < Columns; k++)
        {
            for (int e = start[k]; e < start[k + 1]; e++)
            {
                Reach[k] += Math.Abs(weight[e]);
            }
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    // Entries of column k are Start[k] … Start[k + 1] − 1.
    public int[] Start { get; }

    public int[] Row { get; }

    public double[] Weight { get; }

    public double[] Bias { get; }

    // Whether some entry is no binary64 number, so that Weight or Bias holds a rounded value.
    public bool IsInexact { get; }

    // Rows with a positive bias: they are active even where no active unit feeds them.
    public int[] Positive { get; }

    // The sum of the magnitudes of each column: how far an error of that unit reaches.
    public double[] Reach { get; }

    // Roundings on the way to an entry of A x + b, the rounding of the entries themselves included.
    public int Terms { get; }

    public double MagnitudeFloor => IsInexact ? Smallest : 0;

    public static NetworkLayer Of(Affine map, int? onlyRow)
    {
        int rows = onlyRow is null ? map.Rows : 1;
        int[] start = new int[map.Columns + 1];
        var (first, last) = onlyRow is { } r ? (r, r + 1) : (0, map.Rows);
        for (int e = map.RowStart[first]; e < map.RowStart[last]; e++)
        {
            start[map.Column[e] + 1]++;
        }

        for (int k = 0; k < map.Columns; k++)
        {
            start[k + 1] += start[k];
        }

        int[] next = [.. start];
        int[] row = new int[start[^1]];
        double[] weight = new double[row.Length];
        double[] bias = new double[rows];
        for (int i = first; i < last; i++)
        {
            // A bias that rounds to 0 keeps its sign, so that "no bias" means exactly none.
            double b = map.Bias[i];
            bias[i - first] = b == 0 ? map.BiasAt(i).Sign * double.Epsilon : b;
            for (int e = map.RowStart[i]; e < map.RowStart[i + 1]; e++)
            {
                int at = next[map.Column[e]]++;
                (row[at], weight[at]) = (i - first, map.Value[e]);
            }
        }

        return new NetworkLayer(rows, start, row, weight, bias, !map.IsBinary64);
    }
}
