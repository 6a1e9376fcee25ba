using Proofs.Kernel;

namespace Proofs.Numeric.Proving;

/// <summary>Linear programs in exact arithmetic: x ≥ 0 with A x = b, and an objective to push up.</summary>
internal sealed class Simplex
{
    private readonly int _columns;
    private readonly BigRational[][] _rows;
    private readonly int[] _basis;
    private readonly CancellationToken _stop;

    private Simplex(BigRational[][] rows, int columns, CancellationToken stop)
    {
        (_rows, _columns, _stop) = (rows, columns, stop);
        _basis = new int[rows.Length];
    }

    /// <summary>
    /// A solution, or null where there is none or the pivots run out; if some solution makes the objective positive, one of those.
    /// </summary>
    public static BigRational[]? Solve(BigRational[][] a, BigRational[] b, bool[] objective, int pivots, CancellationToken stop)
    {
        int rows = a.Length, columns = objective.Length;
        var tableau = new BigRational[rows][];
        for (int i = 0; i < rows; i++)
        {
            var row = new BigRational[columns + rows + 1];
            bool flip = b[i].Sign < 0;
            for (int j = 0; j < columns; j++)
            {
                row[j] = flip ? -a[i][j] : a[i][j];
            }

            row[columns + i] = 1;
            row[^1] = BigRational.Abs(b[i]);
            tableau[i] = row;
        }

        var simplex = new Simplex(tableau, columns, stop);
        for (int i = 0; i < rows; i++)
        {
            simplex._basis[i] = columns + i;
        }

        // Phase one drives the artificial columns to 0.
        var infeasible = new BigRational[columns + rows + 1];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < infeasible.Length; j++)
            {
                if (j < columns || j == infeasible.Length - 1)
                {
                    infeasible[j] += tableau[i][j];
                }
            }
        }

        if (!simplex.Maximise(infeasible, ref pivots, untilPositive: false) || infeasible[^1].Sign != 0)
        {
            return null;
        }

        var solution = simplex.Solution();
        if (objective.Any(o => o) && !objective.Where((o, j) => o && solution[j].Sign > 0).Any())
        {
            var gain = new BigRational[columns + rows + 1];
            for (int j = 0; j < columns; j++)
            {
                gain[j] = objective[j] ? 1 : 0;
            }

            for (int i = 0; i < rows; i++)
            {
                if (simplex._basis[i] < columns && objective[simplex._basis[i]])
                {
                    simplex.Eliminate(gain, i, simplex._basis[i]);
                }
            }

            simplex.Maximise(gain, ref pivots, untilPositive: true);
            solution = simplex.Solution();
        }

        return solution;
    }

    // cost[j] is the gain of column j; the last entry counts what is still missing (phase one) or minus what is reached.
    private bool Maximise(BigRational[] cost, ref int pivots, bool untilPositive)
    {
        while (pivots-- > 0 && !_stop.IsCancellationRequested)
        {
            // The largest gain first; Bland's rule once many pivots are spent, so that it cannot circle.
            int entering = -1;
            for (int j = 0; j < _columns; j++)
            {
                if (cost[j].Sign > 0 && (entering < 0 || (pivots > 200 && cost[j] > cost[entering])))
                {
                    entering = j;
                }
            }

            if (entering < 0)
            {
                return true;
            }

            int leaving = -1;
            BigRational best = 0;
            for (int i = 0; i < _rows.Length; i++)
            {
                var pivot = _rows[i][entering];
                if (pivot.Sign > 0)
                {
                    var ratio = _rows[i][^1] / pivot;
                    if (leaving < 0 || ratio < best || (ratio == best && _basis[i] < _basis[leaving]))
                    {
                        (leaving, best) = (i, ratio);
                    }
                }
            }

            if (leaving < 0)
            {
                return false;
            }

            Pivot(leaving, entering);
            Eliminate(cost, leaving, entering);
            if (untilPositive && cost[^1].Sign < 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Pivot(int row, int column)
    {
        var scale = _rows[row][column].Reciprocal();
        for (int j = 0; j < _rows[row].Length; j++)
        {
            if (!_rows[row][j].IsZero)
            {
                _rows[row][j] *= scale;
            }
        }

        for (int i = 0; i < _rows.Length; i++)
        {
            if (i != row)
            {
                Eliminate(_rows[i], row, column);
            }
        }

        _basis[row] = column;
    }

    private void Eliminate(BigRational[] target, int row, int column)
    {
        var factor = target[column];
        if (factor.IsZero)
        {
            return;
        }

        var source = _rows[row];
        for (int j = 0; j < target.Length; j++)
        {
            if (!source[j].IsZero)
            {
                target[j] -= factor * source[j];
            }
        }
    }

    private BigRational[] Solution()
    {
        var x = new BigRational[_columns];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (_basis[i] < _columns)
            {
                x[_basis[i]] = _rows[i][^1];
            }
        }

        return x;
    }
}
