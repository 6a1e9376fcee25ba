using Proofs.Kernel.Numbers;

namespace Proofs.Search.Regions;

// Linear programs max c·y with A y ≤ b and y ≥ 0 in exact arithmetic, by the simplex method with Bland's rule, which
// never cycles.
// Basic variables are b_i − Σ a_ij y_j of the others; an extra column that lowers every row finds a first feasible
// point.
internal sealed class ExactSimplex
{
    private readonly BigRational[][] _a;
    private readonly BigRational[] _b;
    private readonly int[] _basic;
    private readonly int[] _others;
    private BigRational[] _c;
    private BigRational _value = BigRational.Zero;
    private int _pivots;
    private BigRational _kept; // the entry that the last row subtracted had in the column of the pivot

    private ExactSimplex(BigRational[][] a, BigRational[] b, int columns, int pivots)
    {
        // Column 0 is the extra one, −1 in every row.
        _a = [.. a.Select(row => row.Prepend(-BigRational.One).ToArray())];
        _b = [.. b];
        _others = [.. Enumerable.Range(0, columns + 1)];
        _basic = [.. Enumerable.Range(columns + 1, a.Length)];
        _c = new BigRational[columns + 1];
        _pivots = pivots;
    }

    /// <summary>
    /// A point where the objective is largest; an empty one where there is no point; null where the pivots did not
    /// suffice.
    /// </summary>
    public static BigRational[]? Maximise(BigRational[][] a, BigRational[] b, BigRational[] objective, int pivots)
    {
        var program = new ExactSimplex(a, b, objective.Length, pivots);
        if (program.Feasible() is not { } isFeasible)
        {
            return null;
        }

        return !isFeasible ? [] : program.Run(objective) ? program.Point(objective.Length) : null;
    }

    // Pushes the extra variable to 0.
    private bool? Feasible()
    {
        int worst = 0;
        for (int i = 1; i < _b.Length; i++)
        {
            worst = _b[i] < _b[worst] ? i : worst;
        }

        if (_b.Length == 0 || _b[worst].Sign >= 0)
        {
            return true;
        }

        _c[0] = -BigRational.One;
        Pivot(worst, 0);
        if (!Optimise())
        {
            return null;
        }

        if (_value.Sign < 0)
        {
            return false;
        }

        // The extra variable is 0: where it is basic still, it leaves for any column.
        int row = Array.IndexOf(_basic, 0);
        if (row >= 0)
        {
            int column = Array.FindIndex(_a[row], x => !x.IsZero);
            if (column >= 0)
            {
                Pivot(row, column);
            }
        }

        return true;
    }

    private bool Run(BigRational[] objective)
    {
        // The objective in the variables that are not basic; the extra one stays out at 0.
        var c = new BigRational[_others.Length];
        _value = BigRational.Zero;
        for (int k = 0; k < objective.Length; k++)
        {
            int column = Array.IndexOf(_others, k + 1), row = Array.IndexOf(_basic, k + 1);
            if (column >= 0)
            {
                c[column] += objective[k];
                continue;
            }

            _value += objective[k] * _b[row];
            for (int j = 0; j < c.Length; j++)
            {
                c[j] -= objective[k] * _a[row][j];
            }
        }

        int extra = Array.IndexOf(_others, 0);
        if (extra >= 0)
        {
            c[extra] = BigRational.Zero;
            foreach (var row in _a)
            {
                row[extra] = BigRational.Zero;
            }
        }

        _c = c;
        return Optimise();
    }

    // False where the pivots are spent, or the objective is unbounded.
    private bool Optimise()
    {
        while (true)
        {
            int enter = -1, leave = -1;
            for (int j = 0; j < _c.Length; j++)
            {
                enter = _c[j].Sign > 0 && (enter < 0 || _others[j] < _others[enter]) ? j : enter;
            }

            if (enter < 0)
            {
                return true;
            }

            BigRational least = BigRational.Zero;
            for (int i = 0; i < _b.Length; i++)
            {
                if (_a[i][enter].Sign > 0)
                {
                    var ratio = _b[i] / _a[i][enter];
                    if (leave < 0 || ratio < least || (ratio == least && _basic[i] < _basic[leave]))
                    {
                        (leave, least) = (i, ratio);
                    }
                }
            }

            if (leave < 0 || _pivots-- <= 0)
            {
                return false;
            }

            Pivot(leave, enter);
        }
    }

    private void Pivot(int row, int column)
    {
        var factor = _a[row][column].Reciprocal();
        for (int j = 0; j < _a[row].Length; j++)
        {
            _a[row][j] = j == column ? factor : _a[row][j] * factor;
        }

        _b[row] *= factor;
        for (int i = 0; i < _a.Length; i++)
        {
            if (i != row && !_a[i][column].IsZero)
            {
                Subtract(_a[i], _a[row], column);
                _b[i] -= _kept * _b[row];
            }
        }

        if (!_c[column].IsZero)
        {
            Subtract(_c, _a[row], column);
            _value += _kept * _b[row];
        }

        (_basic[row], _others[column]) = (_others[column], _basic[row]);
    }

    private void Subtract(BigRational[] target, BigRational[] row, int column)
    {
        _kept = target[column];
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = j == column ? -_kept * row[j] : target[j] - (_kept * row[j]);
        }
    }

    private BigRational[] Point(int columns)
    {
        var point = new BigRational[columns];
        for (int i = 0; i < _basic.Length; i++)
        {
            if (_basic[i] >= 1 && _basic[i] <= columns)
            {
                point[_basic[i] - 1] = _b[i];
            }
        }

        return point;
    }
}
