using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Proving;

/// <summary>Linear programs: x ≥ 0 with A x = b, and an objective to push up.</summary>
/// <remarks>
/// Binary64 pivots find a basis; the solution on that basis is computed exactly and returned only if it is one. So
/// rounding can lose a solution and never makes one up.
/// </remarks>
internal sealed class SimplexMethod
{
    private const double Tolerance = 1e-9;

    private readonly int _columns;
    private readonly double[][] _rows;
    private readonly int[] _basis;
    private readonly WorkBudget _work;

    private SimplexMethod(BigRational[][] a, BigRational[] b, int columns, WorkBudget work)
    {
        (_columns, _work) = (columns, work);
        _basis = new int[a.Length];
        _rows = new double[a.Length][];
        for (int i = 0; i < a.Length; i++)
        {
            // Rows are scaled to a largest entry 1 and signed to a right side ≥ 0; one artificial column each.
            var row = new double[columns + a.Length + 1];
            for (int j = 0; j < columns; j++)
            {
                row[j] = a[i][j].IsZero ? 0 : Binary64.Nearest(a[i][j]);
            }

            row[^1] = Binary64.Nearest(b[i]);
            double scale = row.Max(Math.Abs);
            scale = (row[^1] < 0 ? -1 : 1) / (scale > 0 ? scale : 1);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] *= scale;
            }

            row[columns + i] = 1;
            _rows[i] = row;
            _basis[i] = columns + i;
        }
    }

    /// <summary>
    /// A solution, or null where none was found; where some solution makes the objective positive, one of those.
    /// </summary>
    public static BigRational[]? Solve(
        BigRational[][] a, BigRational[] b, bool[] objective, int pivots, WorkBudget work)
    {
        var simplex = new SimplexMethod(a, b, objective.Length, work);
        if (!simplex.PhaseOne(ref pivots) || simplex.ExactSolution(a, b) is not { } solution)
        {
            return null;
        }

        if (objective.Any(o => o) && !objective.Where((o, j) => o && solution[j].Sign > 0).Any())
        {
            simplex.PhaseTwo(objective, ref pivots);
            return simplex.ExactSolution(a, b) ?? solution;
        }

        return solution;
    }

    // Drives the artificial columns to 0.
    private bool PhaseOne(ref int pivots)
    {
        var cost = new double[_columns + _rows.Length + 1];
        foreach (double[] row in _rows)
        {
            for (int j = 0; j < _columns; j++)
            {
                cost[j] += row[j];
            }

            cost[^1] += row[^1];
        }

        Maximise(cost, ref pivots, untilPositive: false);
        return cost[^1] < 1e-7;
    }

    private void PhaseTwo(bool[] objective, ref int pivots)
    {
        var gain = new double[_columns + _rows.Length + 1];
        for (int j = 0; j < _columns; j++)
        {
            gain[j] = objective[j] ? 1 : 0;
        }

        for (int i = 0; i < _rows.Length; i++)
        {
            if (_basis[i] < _columns && objective[_basis[i]])
            {
                Eliminate(gain, i, _basis[i]);
            }
        }

        Maximise(gain, ref pivots, untilPositive: true);
    }

    private void Maximise(double[] cost, ref int pivots, bool untilPositive)
    {
        int budget = pivots;
        while (pivots-- > 0)
        {
            _work.Spend(((long)_rows.Length * cost.Length / 8) + 1);

            // The largest gain first; the first one once half of the pivots are spent, against circles.
            int entering = -1;
            for (int j = 0; j < _columns; j++)
            {
                if (cost[j] > Tolerance && (entering < 0 || (pivots > budget / 2 && cost[j] > cost[entering])))
                {
                    entering = j;
                }
            }

            int leaving = entering < 0 ? -1 : Leaving(entering);
            if (leaving < 0)
            {
                return;
            }

            Pivot(leaving, entering);
            Eliminate(cost, leaving, entering);
            if (untilPositive && cost[^1] < -1e-6)
            {
                return;
            }
        }
    }

    private int Leaving(int entering)
    {
        int leaving = -1;
        double best = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            double pivot = _rows[i][entering];
            if (pivot > Tolerance)
            {
                double ratio = Math.Max(0, _rows[i][^1]) / pivot;
                if (leaving < 0 || ratio < best - 1e-12 || (ratio <= best + 1e-12 && pivot > _rows[leaving][entering]))
                {
                    (leaving, best) = (i, ratio);
                }
            }
        }

        return leaving;
    }

    private void Pivot(int row, int column)
    {
        double scale = 1 / _rows[row][column];
        double[] source = _rows[row];
        for (int j = 0; j < source.Length; j++)
        {
            source[j] *= scale;
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

    private void Eliminate(double[] target, int row, int column)
    {
        double factor = target[column];
        if (factor == 0)
        {
            return;
        }

        double[] source = _rows[row];
        for (int j = 0; j < target.Length; j++)
        {
            target[j] -= factor * source[j];
        }

        target[column] = 0;
    }

    // Gauss elimination over the columns of the basis; null where the system has no solution ≥ 0.
    private BigRational[]? ExactSolution(BigRational[][] a, BigRational[] b)
    {
        int[] columns = [.. _basis.Where(c => c < _columns).Order()];
        var system = new BigRational[a.Length][];
        for (int i = 0; i < a.Length; i++)
        {
            system[i] = [.. columns.Select(c => a[i][c]), b[i]];
        }

        var pivotOf = new int[columns.Length];
        int rank = 0;
        for (int j = 0; j < columns.Length; j++)
        {
            _work.Spend(20L * system.Length * (columns.Length + 1 - j));
            int found = Array.FindIndex(system, rank, row => !row[j].IsZero);
            if (found < 0)
            {
                pivotOf[j] = -1;
                continue;
            }

            (system[rank], system[found]) = (system[found], system[rank]);
            var inverse = system[rank][j].Reciprocal();
            for (int i = 0; i < system.Length; i++)
            {
                if (i != rank && !system[i][j].IsZero)
                {
                    var factor = system[i][j] * inverse;
                    for (int k = j; k <= columns.Length; k++)
                    {
                        if (!system[rank][k].IsZero)
                        {
                            system[i][k] -= factor * system[rank][k];
                        }
                    }
                }
            }

            pivotOf[j] = rank++;
        }

        if (system.Skip(rank).Any(row => !row[^1].IsZero))
        {
            return null;
        }

        var x = new BigRational[_columns];
        for (int j = 0; j < columns.Length; j++)
        {
            if (pivotOf[j] >= 0)
            {
                x[columns[j]] = system[pivotOf[j]][^1] / system[pivotOf[j]][j];
                if (x[columns[j]].Sign < 0)
                {
                    return null;
                }
            }
        }

        return x;
    }
}
