using Proofs.Kernel.Certificates;

namespace Proofs.Kernel.Properties;

internal sealed partial class FixedPass
{
    // A lower bound of sign·z_i of layer l; the form that has it has the coefficients in _rows.
    private long Backward(int l, int i, long sign, out long form)
    {
        var layer = _layers[l];
        Int128 before = l == 0 ? _inputSum : _units[l - 1].SizeSum;
        // in units of 2^−80, like error
        Int128 constant = (Int128)(sign * layer.Bias[i]) << ((2 * Point) - layer.Shift);
        Int128 error = (before + One) << (Point - layer.Shift);
        for (int j = 0; j < layer.Columns; j++)
        {
            _rows[j] = (sign * layer.Weights[(i * layer.Columns) + j]) << (Point - layer.Shift);
        }

        for (int m = l - 1; m >= 0; m--)
        {
            int count = Substitute(m, ref constant, out Int128 sum);
            _work?.Spend(_layers[m].Rows + ((long)count * _layers[m].Columns));
            before = m == 0 ? _inputSum : _units[m - 1].SizeSum;
            error += _units[m].ChordSum + before + (((sum >> _layers[m].Shift) + 1) * (before + One));
            if (error > (Int128)1 << 110)
            {
                throw new Rejection("the error of a bound leaves the range of fixed point");
            }

            Multiply(_layers[m], m == 0 ? null : _units[m - 1].Size, count);
            (_rows, _next) = (_next, _rows);
        }

        form = Bounded((constant - error) >> Point);
        for (int k = 0; k < _inputs; k++)
        {
            constant = checked(constant + long.BigMul(_rows[k], _rows[k] > 0 ? _lower[k] : _upper[k]));
        }

        return Bounded((constant - error) >> Point);
    }

    // λ·ρ(z) ≥ λ' z + constant with the line below ρ where λ > 0 and the one above it else; keeps the λ' that are not
    // 0.
    private int Substitute(int m, ref Int128 constant, out Int128 sum)
    {
        var units = _units[m];
        var layer = _layers[m];
        int count = 0;
        sum = 0;
        for (int j = 0; j < layer.Rows; j++)
        {
            long lambda = _rows[j];
            var line = units.Lines[j];
            if (lambda == 0 || line == Line.Zero || (line == Line.AboveZero && lambda > 0))
            {
                continue;
            }

            if (lambda < 0 && line != Line.Identity)
            {
                constant = checked(constant + long.BigMul(lambda, units.Lift[j]));
                lambda = (long)(long.BigMul(lambda, units.Slope[j]) >> SlopePoint);
            }

            constant = checked(constant + long.BigMul(lambda, layer.Bias[j] << (Point - layer.Shift)));
            sum = checked(sum + long.Abs(lambda));
            (_values[count], _indices[count]) = (lambda, j);
            count++;
        }

        return count;
    }

    private void Multiply(FixedLayer layer, long[]? size, int count)
    {
        var values = _values.AsSpan(0, count);
        for (int k = 0; k < layer.Columns; k++)
        {
            if (size is not null && size[k] == 0)
            {
                _next[k] = 0; // the unit is 0 on the box
                continue;
            }

            var column = layer.ByColumn.AsSpan(k * layer.Rows, layer.Rows);
            Int128 sum = 0;
            for (int n = 0; n < values.Length; n++)
            {
                sum = checked(sum + long.BigMul(values[n], column[_indices[n]]));
            }

            _next[k] = Bounded(sum >> layer.Shift);
        }
    }
}
