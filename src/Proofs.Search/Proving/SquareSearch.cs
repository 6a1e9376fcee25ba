using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Proving;

/// <summary>Writes a polynomial goal as a sum of squares times products of non-negative variables.</summary>
/// <remarks>
/// A Gram matrix is sought in binary64. Where it is nearly singular, which is so at every goal that is attained, its
/// kernel is rounded to a rational subspace; on the rest the matrix is rounded, moved onto the exact identity, and
/// factored as L D Lᵀ in rationals.
/// The checker sees an identity of polynomials.
/// </remarks>
internal static class SquareSearch
{
    private const int MostFree = 130;
    private const int LargestBasis = 36;

    private sealed record Block(Poly Multiplier, ImmutableArray<Monomial> Basis);

    /// <summary>Steps that close the sequent, or null.</summary>
    public static ImmutableArray<ProofStep>? Prove(Sequent s, WorkBudget work)
    {
        var goal = s.Context.Difference(s.Goal);
        if (s.Goal.Comparison != Comparison.AtMost || goal.Number is not null
            || goal.Terms.Any(t => t.Key.Factors.Any(f => f.Atom.Kind != AtomKind.Variable || !f.IsPlain)))
        {
            return null;
        }

        var signed = goal.Terms.SelectMany(t => t.Key.Factors).Select(f => f.Atom).Distinct()
            .Where(a => s.Context.RangeOf(a).IsNonNegative).OrderBy(a => a.Key, StringComparer.Ordinal).ToList();
        var arguments = Squares(goal, [], work) ?? (signed.Count > 0 ? Squares(goal, signed, work) : null);
        return arguments is null ? null : [Steps.Linear(arguments)];
    }

    private static List<Multiple>? Squares(Poly goal, List<Atom> signed, WorkBudget work)
    {
        var blocks = Blocks(goal, signed);
        if (blocks.Count == 0)
        {
            return null;
        }

        // Every monomial is the sum of the entries that give it.
        var groups = new Dictionary<Monomial, List<GramSolver.Entry>>();
        for (int b = 0; b < blocks.Count; b++)
        {
            var (multiplier, basis) = (blocks[b].Multiplier.Terms.First().Key, blocks[b].Basis);
            for (int i = 0; i < basis.Length; i++)
            {
                for (int j = i; j < basis.Length; j++)
                {
                    var m = multiplier * basis[i] * basis[j];
                    if (!groups.TryGetValue(m, out var entries))
                    {
                        groups[m] = entries = [];
                    }

                    entries.Add(new(b, i, j));
                }
            }
        }

        var coefficients = goal.Terms.ToDictionary(t => t.Key, t => t.Value);
        if (coefficients.Keys.Any(m => !groups.ContainsKey(m)) || groups.Values.Sum(e => e.Count - 1) > MostFree)
        {
            return null;
        }

        var constraints =
            groups.Select(g => (Entries: g.Value.ToArray(), Sum: coefficients.GetValueOrDefault(g.Key))).ToList();
        var solver = new GramSolver(
            [.. blocks.Select(b => b.Basis.Length)], [.. constraints.Select(c => (c.Entries, Binary64.Nearest(c.Sum)))],
            work);
        if (!solver.Solve())
        {
            return null;
        }

        foreach (double tolerance in new[] { 1e-5, 1e-3, 1e-7 })
        {
            var faces = solver.Blocks.Select(q => Face(q, tolerance)).ToArray();
            if (Exact(faces, constraints, work) is { } factors)
            {
                return Arguments(blocks, faces, factors);
            }
        }

        return null;
    }

    // The bases of the squares, for 1 and for products of variables ≥ 0.
    private static List<Block> Blocks(Poly goal, List<Atom> signed)
    {
        var atoms = goal.Terms.SelectMany(t => t.Key.Factors).Select(f => f.Atom).Distinct()
            .OrderBy(a => a.Key, StringComparer.Ordinal).ToList();
        int highest = goal.Terms.Max(t => Degree(t.Key)), lowest = goal.Terms.Min(t => Degree(t.Key));
        var most = atoms.ToDictionary(a => a, a => goal.Terms.Max(t => Exponent(t.Key, a)));
        var blocks = new List<Block>();
        for (int subset = 0; subset < 1 << signed.Count && subset < 64; subset++)
        {
            var multiplier =
                new Monomial([.. signed.Where((_, i) => (subset >> i & 1) == 1).Select(a => new Factor(a, 1, null))]);
            int degree = multiplier.Factors.Length;
            var basis = Monomials(atoms, (highest - degree) / 2)
                .Where(m =>
                    2 * Degree(m) + degree >= lowest
                        && atoms.All(a => (2 * Exponent(m, a)) + Exponent(multiplier, a) <= most[a]))
                            .ToImmutableArray();
            if (basis.Length is > 0 and <= LargestBasis && degree <= highest)
            {
                blocks.Add(new(Poly.Of(multiplier), basis));
            }
        }

        return Pruned(blocks, goal.Terms.Select(t => t.Key).ToHashSet());
    }

    // A monomial whose square is met neither in the goal nor elsewhere has a zero on the diagonal, so no part in any
    // square.
    private static List<Block> Pruned(List<Block> blocks, HashSet<Monomial> support)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            var mixed = new HashSet<Monomial>(support);
            var squares = new Dictionary<Monomial, int>();
            foreach (var (multiplier, basis) in blocks.Select(b => (b.Multiplier.Terms.First().Key, b.Basis)))
            {
                for (int i = 0; i < basis.Length; i++)
                {
                    var square = multiplier * basis[i] * basis[i];
                    squares[square] = squares.GetValueOrDefault(square) + 1;
                    for (int j = i + 1; j < basis.Length; j++)
                    {
                        mixed.Add(multiplier * basis[i] * basis[j]);
                    }
                }
            }

            for (int b = 0; b < blocks.Count; b++)
            {
                var multiplier = blocks[b].Multiplier.Terms.First().Key;
                var kept = blocks[b]
                    .Basis.Where(
                        m => multiplier * m * m is var square && (mixed.Contains(square) || squares[square] > 1))
                            .ToImmutableArray();
                changed |= kept.Length < blocks[b].Basis.Length;
                blocks[b] = blocks[b] with { Basis = kept };
            }

            blocks.RemoveAll(b => b.Basis.IsEmpty);
        }

        return blocks;
    }

    private static int Degree(Monomial m) => m.Factors.Sum(f => (int)f.Number.Numerator);

    private static int Exponent(Monomial m, Atom a) =>
        (int)m.Factors.FirstOrDefault(f => f.Atom.Equals(a)).Number.Numerator;

    private static List<Monomial> Monomials(List<Atom> atoms, int degree)
    {
        List<Monomial> all = [Monomial.One];
        foreach (var atom in atoms)
        {
            all = [.. all.SelectMany(
                m => Enumerable.Range(0, int.Max(0, degree - Degree(m) + 1))
                    .Select(k => m * Monomial.Of(new(atom, k, null))))];
            if (all.Count > 2_000)
            {
                return [];
            }
        }

        return all;
    }

    /// <summary>The matrices B Y Bᵀ with a rational B of full rank, and the approximate Y.</summary>
    private sealed record Subspace(BigRational[][] B, double[,] Y);

    // Pivots of the largest diagonal first; the rows that are left are rational combinations of the pivots' rows.
    private static Subspace Face(double[,] q, double tolerance)
    {
        int n = q.GetLength(0);
        var rest = (double[,])q.Clone();
        double largest = Enumerable.Range(0, n).Max(i => q[i, i]);
        var pivots = new List<int>();
        while (pivots.Count < n)
        {
            int p = Enumerable.Range(0, n).Except(pivots).MaxBy(i => rest[i, i]);
            if (!(rest[p, p] > tolerance * largest))
            {
                break;
            }

            pivots.Add(p);
            for (int i = 0; i < n; i++)
            {
                double factor = i == p ? 0 : rest[i, p] / rest[p, p];
                for (int j = 0; j < n; j++)
                {
                    rest[i, j] -= factor * rest[p, j];
                }
            }
        }

        // Gauss–Jordan left rest[p, j] / rest[p, p] as the weight of pivot p in column j.
        var b = Enumerable.Range(0, n).Select(_ => new BigRational[pivots.Count]).ToArray();
        var y = new double[pivots.Count, pivots.Count];
        for (int k = 0; k < pivots.Count; k++)
        {
            for (int j = 0; j < n; j++)
            {
                b[j][k] = j == pivots[k]
                    ? 1
                    : pivots.Contains(j)
                    ? 0
                    : Simple(rest[pivots[k], j] / rest[pivots[k], pivots[k]], Math.Sqrt(tolerance));
            }

            for (int l = 0; l < pivots.Count; l++)
            {
                y[k, l] = q[pivots[k], pivots[l]];
            }
        }

        return new(b, y);
    }

    // The fraction of the least denominator near a number, by continued fractions.
    private static BigRational Simple(double x, double tolerance)
    {
        var value = Binary64.Exact(x);
        var margin = Binary64.Exact(tolerance);
        (BigInteger p0, BigInteger q0, BigInteger p1, BigInteger q1) = (0, 1, 1, 0);
        var rest = value;
        while (true)
        {
            var whole = rest.Floor();
            (p0, q0, p1, q1) = (p1, q1, (whole * p1) + p0, (whole * q1) + q0);
            var fraction = new BigRational(p1, q1);
            if (BigRational.Abs(fraction - value) <= margin || rest == whole)
            {
                return fraction;
            }

            rest = (rest - whole).Reciprocal();
        }
    }

    // Rational Y near the given ones that satisfy all sums, factored; null where none was met that is positive
    // semidefinite.
    private static List<(BigRational[][] L, BigRational[] D)>? Exact(
        Subspace[] faces, List<(GramSolver.Entry[] Entries, BigRational Sum)> constraints, WorkBudget work)
    {
        var columns = new List<(int Block, int I, int J)>();
        for (int b = 0; b < faces.Length; b++)
        {
            int rank = faces[b].Y.GetLength(0);
            columns.AddRange(
                from i in Enumerable.Range(0, rank) from j in Enumerable.Range(i, rank - i) select (b, i, j));
        }

        var rows = new List<BigRational[]>();
        foreach (var (entries, sum) in constraints)
        {
            var row = new BigRational[columns.Count + 1];
            row[^1] = sum;
            for (int c = 0; c < columns.Count; c++)
            {
                var (block, i, j) = columns[c];
                foreach (var e in entries.Where(e => e.Block == block))
                {
                    var (u, v) = (faces[block].B[e.I], faces[block].B[e.J]);
                    row[c] += e.Weight * (i == j ? u[i] * v[i] : (u[i] * v[j]) + (u[j] * v[i]));
                }
            }

            rows.Add(row);
        }

        var pivotRow = Eliminate(rows, columns.Count, work);
        if (pivotRow is null)
        {
            return null;
        }

        foreach (int denominator in new[] { 1, 2, 6, 60, 1 << 10, 1 << 20, 1 << 30 })
        {
            work.Spend(20L * columns.Count * columns.Count);
            var y = new BigRational[columns.Count];
            for (int c = 0; c < y.Length; c++)
            {
                var (block, i, j) = columns[c];
                y[c] = pivotRow[c] >= 0
                    ? 0
                    : new BigRational((Binary64.Exact(faces[block].Y[i, j]) * denominator).RoundHalfUp(), denominator);
            }

            for (int c = 0; c < y.Length; c++)
            {
                if (pivotRow[c] >= 0)
                {
                    var row = rows[pivotRow[c]];
                    y[c] = row[^1];
                    for (int k = 0; k < y.Length; k++)
                    {
                        y[c] -= pivotRow[k] < 0 && !row[k].IsZero ? row[k] * y[k] : 0;
                    }
                }
            }

            var factors = faces.Select((f, b) => Factored(f.Y.GetLength(0), b, columns, y)).ToList();
            if (!factors.Contains(null))
            {
                return [.. factors.Select(f => f!.Value)];
            }
        }

        return null;
    }

    // Gauss–Jordan; for each column the row whose pivot it is, or −1. Null where the equations contradict each other.
    private static int[]? Eliminate(List<BigRational[]> rows, int columns, WorkBudget work)
    {
        var pivotRow = new int[columns];
        Array.Fill(pivotRow, -1);
        int rank = 0;
        for (int c = 0; c < columns; c++)
        {
            work.Spend(20L * rows.Count * (columns + 1 - c));
            int found = rows.FindIndex(rank, r => !r[c].IsZero);
            if (found < 0)
            {
                continue;
            }

            (rows[rank], rows[found]) = (rows[found], rows[rank]);
            var pivot = rows[rank];
            var inverse = pivot[c].Reciprocal();
            for (int k = c; k <= columns; k++)
            {
                pivot[k] *= inverse;
            }

            for (int r = 0; r < rows.Count; r++)
            {
                if (r != rank && !rows[r][c].IsZero)
                {
                    var factor = rows[r][c];
                    for (int k = c; k <= columns; k++)
                    {
                        rows[r][k] -= pivot[k].IsZero ? 0 : factor * pivot[k];
                    }
                }
            }

            pivotRow[c] = rank++;
        }

        return rows.Skip(rank).Any(r => !r[^1].IsZero) ? null : pivotRow;
    }

    // L D Lᵀ, or null where some pivot is negative, or 0 before a row that is not.
    private static (BigRational[][] L, BigRational[] D)? Factored(
        int n, int block, List<(int Block, int I, int J)> columns, BigRational[] y)
    {
        var a = Enumerable.Range(0, n).Select(_ => new BigRational[n]).ToArray();
        for (int c = 0; c < columns.Count; c++)
        {
            if (columns[c].Block == block)
            {
                a[columns[c].I][columns[c].J] = a[columns[c].J][columns[c].I] = y[c];
            }
        }

        var l = Enumerable.Range(0, n).Select(_ => new BigRational[n]).ToArray();
        var d = new BigRational[n];
        for (int k = 0; k < n; k++)
        {
            d[k] = a[k][k];
            if (d[k].Sign < 0 || (d[k].IsZero && Enumerable.Range(k, n - k).Any(i => !a[i][k].IsZero)))
            {
                return null;
            }

            l[k][k] = 1;
            for (int i = k + 1; i < n && !d[k].IsZero; i++)
            {
                l[i][k] = a[i][k] / d[k];
            }

            for (int i = k + 1; i < n; i++)
            {
                for (int j = k + 1; j < n; j++)
                {
                    a[i][j] -= l[i][k] * d[k] * l[j][k];
                }
            }
        }

        return (l, d);
    }

    // Y = L D Lᵀ and Q = B Y Bᵀ: the square number k is that of the polynomial with coefficients B L e_k.
    private static List<Multiple>? Arguments(
        List<Block> blocks, Subspace[] faces, List<(BigRational[][] L, BigRational[] D)> factors)
    {
        var arguments = new List<Multiple>();
        for (int b = 0; b < blocks.Count; b++)
        {
            var (l, d) = factors[b];
            for (int k = 0; k < d.Length; k++)
            {
                if (d[k].IsZero)
                {
                    continue;
                }

                var root = Poly.Zero;
                for (int i = 0; i < blocks[b].Basis.Length; i++)
                {
                    var c = BigRational.Zero;
                    for (int j = 0; j < d.Length; j++)
                    {
                        c += faces[b].B[i][j] * l[j][k];
                    }

                    root += Poly.Of(c, blocks[b].Basis[i]);
                }

                if (PolyText.Of(root) is not { } square || PolyText.Of(blocks[b].Multiplier) is not { } multiplier)
                {
                    return null;
                }

                arguments.Add(
                    Steps.Multiple(
                        blocks[b].Multiplier.Number is null
                            ? $"({d[k]})*{multiplier}*({square})^2"
                            : $"({d[k]})*({square})^2"));
            }
        }

        return arguments;
    }
}
