using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Errors;

/// <summary>A network in fixed point, or the part of it that matters on a box.</summary>
public sealed class LocalNetwork
{
    private const int MostBits = 1 << 16; // of a value
    private const int MostSymbols = 48;
    private const long WorthReducing = 64;

    private readonly BallRow[][] _layers;

    private LocalNetwork(BallRow[][] layers)
    {
        _layers = layers;
        Entries = layers.Sum(l => l.Sum(r => (long)r.Entries.Length));
    }

    /// <summary>The number of weights.</summary>
    internal long Entries { get; }

    internal static LocalNetwork Of(ExactNetwork network, int bits) => new(
        [.. network.Layers.Select(l => l.Rows.Select(r => new BallRow(
            FixedBall.Of(r.Bias, bits), [.. r.Weights.Select(e => (e.Index, FixedBall.Of(e.Value, bits)))]))
                .ToArray())]);

    /// <summary>
    /// The outputs' forms over the box of the inputs' forms. New symbols are numbered from <paramref name="symbols"/>
    /// on.
    /// </summary>
    internal ExactAffineForm[] Outputs(ExactAffineForm[] inputs, int bits, ref int symbols, WorkBudget? work) =>
        Run(inputs, bits, ref symbols, inputs.Length + MostSymbols, null, work)!;

    /// <summary>
    /// The part that is left where units that are 0 on the box, and what feeds only them, are dropped.
    /// </summary>
    internal LocalNetwork On(ExactAffineForm[] inputs, int bits, WorkBudget? work)
    {
        if (Entries < WorthReducing || _layers.Length == 1)
        {
            return this;
        }

        int symbols = inputs.Length;
        var active = new bool[_layers.Length][];
        _ = Run(inputs, bits, ref symbols, symbols, active, work);
        active[^1] = [.. _layers[^1].Select(_ => true)];
        for (int l = _layers.Length - 2; l >= 0; l--)
        {
            bool[] needed = new bool[active[l].Length];
            for (int i = 0; i < _layers[l + 1].Length; i++)
            {
                if (active[l + 1][i])
                {
                    foreach (var (k, _) in _layers[l + 1][i].Entries)
                    {
                        needed[k] = true;
                    }
                }
            }

            for (int k = 0; k < needed.Length; k++)
            {
                active[l][k] &= needed[k];
            }
        }

        var layers = new BallRow[_layers.Length][];
        int[]? number = null;
        for (int l = 0; l < layers.Length; l++)
        {
            List<BallRow> rows = [];
            int[] next = new int[active[l].Length];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = active[l][i] ? rows.Count : -1;
                if (active[l][i])
                {
                    var row = _layers[l][i];
                    rows.Add(number is null ? row : row.Restrict(number));
                }
            }

            (layers[l], number) = ([.. rows], next);
        }

        return new(layers);
    }

    private ExactAffineForm[] Run(
        ExactAffineForm[] inputs, int bits, ref int symbols, int limit, bool[][]? active, WorkBudget? work)
    {
        ExactAffineForm?[] units = inputs;
        for (int l = 0; l < _layers.Length; l++)
        {
            work?.Spend(Cost(_layers[l], units, symbols));
            var next = new ExactAffineForm?[_layers[l].Length];
            if (active is not null)
            {
                active[l] = new bool[next.Length];
            }

            for (int i = 0; i < next.Length; i++)
            {
                var z = _layers[l][i].Apply(units, symbols, bits);
                if (l == _layers.Length - 1)
                {
                    next[i] = z;
                    continue;
                }

                next[i] = AffineForms.Rectify(z, bits, symbols < limit ? symbols : -1, out bool named);
                symbols += named ? 1 : 0;
                if (active is not null)
                {
                    active[l][i] = next[i] is not null;
                }
            }

            units = next;
        }

        return units!;
    }

    // Products of words: of each weight with what stands in each form, but for the forms that are 0.
    private static long Cost(BallRow[] layer, ExactAffineForm?[] units, int symbols)
    {
        const int Overhead = 20; // of a sum of long integers, in products of words
        long words = 1 + (units.Max(u => u?.Size ?? 0) / 64), cost = 0;
        foreach (var row in layer)
        {
            cost += 1 + row.Entries.Length
                + (row.Active(units) * (symbols + 2) * (Overhead + (words * (1 + (row.Bits / 64)))));
        }

        return cost;
    }

    private sealed record BallRow(FixedBall Bias, (int Column, FixedBall Weight)[] Entries)
    {
        public BallRow Restrict(int[] number) => this with
        {
            Entries = [.. Entries.Where(e => number[e.Column] >= 0).Select(e => (number[e.Column], e.Weight))],
        };

        /// <summary>The bits of the longest weight.</summary>
        public long Bits { get; } = Entries.Length == 0 ? 0 : Entries.Max(e => e.Weight.Mid.GetBitLength());

        /// <summary>How many of the units are not 0.</summary>
        public long Active(ExactAffineForm?[] units) => Entries.LongCount(e => units[e.Column] is not null);

        // Sums of products in units of 2^(−2 bits), rounded once at the end.
        public ExactAffineForm Apply(ExactAffineForm?[] units, int symbols, int bits)
        {
            var c = Bias.Mid << bits;
            var r = Bias.Rad << bits;
            BigInteger[]? a = null;
            int used = 0;
            foreach (var (column, w) in Entries)
            {
                if (units[column] is not { } unit)
                {
                    continue;
                }

                a ??= new BigInteger[symbols];
                used = int.Max(used, unit.A.Length);
                c += w.Mid * unit.C;
                r += BigInteger.Abs(w.Mid) * unit.R;
                for (int k = 0; k < unit.A.Length; k++)
                {
                    if (!unit.A[k].IsZero)
                    {
                        a[k] += w.Mid * unit.A[k];
                    }
                }

                if (!w.Rad.IsZero)
                {
                    r += w.Rad * (BigInteger.Abs(unit.C) + unit.Radius());
                }
            }

            int lost = 0;
            var coefficients = new BigInteger[used];
            for (int k = 0; k < used; k++)
            {
                coefficients[k] = AffineForms.Floor(a![k], bits, ref lost);
            }

            c = AffineForms.Floor(c, bits, ref lost);
            r = AffineForms.Ceiling(r, bits) + lost;
            return c.GetBitLength() <= MostBits && r.GetBitLength() <= MostBits
                ? new(c, coefficients, r)
                : throw new PrecisionException();
        }
    }
}
