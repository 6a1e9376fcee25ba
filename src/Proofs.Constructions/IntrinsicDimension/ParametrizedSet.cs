using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   The image of [0, 1]^d under γ with sup-norm Lipschitz constant Lip needs at most (Lip + 1)^d r^(−d) cubes
//             of
//             side r, and lies in the cells that the exact ranges of γ on parameter cubes meet.     [math/02, 1.4, 1.7]

/// <summary>The part in [0, 1]^D of the image of the cube [0, 1]^d under formulas in u (d = 1) or u1, …, ud.</summary>
public sealed record ParametrizedSet : CoveredSet
{
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<ImmutableArray<Expr>> _slopes;

    /// <summary>The image of [0, 1]^<paramref name="parameters"/> under the given coordinates.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="parameters">d.</param>
    /// <param name="coordinates">Formulas with values in [0, 1].</param>
    /// <param name="fineness">A grid cell is met by parameter cubes of side 1/(fineness · n).</param>
    /// <exception cref="ArgumentException">A formula has another variable, or its slope has no formula, as that of
    /// sinc, or no bound on the cube.</exception>
    public ParametrizedSet(string name, int parameters, ImmutableArray<Expr> coordinates, int fineness)
        : base(name, coordinates.Length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fineness, 1);
        _names = parameters == 1 ? ["u"] : [.. Enumerable.Range(1, parameters).Select(i => $"u{i}")];
        (Parameters, Coordinates, Fineness) = (parameters, coordinates, fineness);
        if (coordinates.SelectMany(c => c.Variables()).FirstOrDefault(v => !_names.Contains(v)) is { } stranger)
        {
            throw new ArgumentException(
                $"{name}: a coordinate has the variable {stranger}; expected {string.Join(", ", _names)}.");
        }

        if (coordinates.FirstOrDefault(c => MayJump(c)) is { } jumping)
        {
            throw new ArgumentException(
                $"{name}: {jumping} may jump; expected coordinates that are Lipschitz on the cube.");
        }

        try
        {
            _slopes = [.. coordinates.Select(c => _names.Select(u => c.Differentiate(u)).ToImmutableArray())];
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException($"{name}: {e.Message}", e);
        }

        var cube = _names.ToDictionary(u => u, _ => Interval.Between(0, 1), StringComparer.Ordinal);
        Lipschitz = _slopes
            .Select(row => row.Aggregate(Interval.Zero, (s, e) => s + Interval.Abs(e.Evaluate(cube))))
            .Aggregate(Interval.Zero, Interval.Max);
        if (!Lipschitz.IsBounded)
        {
            throw new ArgumentException(
                $"{name}: the slopes of {string.Join(", ", coordinates)} have no bound on the cube.");
        }
    }

    /// <summary>d, the number of parameters.</summary>
    public int Parameters { get; }

    /// <summary>The coordinates, in the parameters.</summary>
    public ImmutableArray<Expr> Coordinates { get; }

    /// <summary>How many parameter cubes there are along a side for each cell.</summary>
    public int Fineness { get; }

    /// <summary>An upper bound of the sup-norm Lipschitz constant, as the upper end.</summary>
    public Interval Lipschitz { get; }

    /// <summary>(t, t², t³).</summary>
    public static ParametrizedSet Moment { get; } = Curve("moment", "u", "u*u", "u*u*u");

    /// <summary>A quarter of the circle, with rational points.</summary>
    public static ParametrizedSet Circle { get; } = Curve("circle", "(1 - u*u)/(1 + u*u)", "2*u/(1 + u*u)");

    /// <summary>(t, t²).</summary>
    public static ParametrizedSet Parabola { get; } = Curve("parabola", "u", "u*u");

    /// <summary>(u, v, (u + v)/2).</summary>
    public static ParametrizedSet Plane { get; } =
        new("plane", 2, [Expr.Parse("u1"), Expr.Parse("u2"), Expr.Parse("(u1 + u2)/2")], 2);

    /// <summary>
    /// The image of the cube under formulas in u (a curve), or in u1, …, ud with d the largest number that occurs.
    /// </summary>
    /// <exception cref="ArgumentException">A formula has another variable, its slope has no bound, or a point of it
    /// lies outside the cube.</exception>
    public static ParametrizedSet OfFormulas(string name, ImmutableArray<Expr> coordinates)
    {
        int parameters = coordinates.SelectMany(c => c.Variables()).Select(Number).DefaultIfEmpty(1).Max();
        var set = new ParametrizedSet(
            name, parameters,
            parameters > 1 ? coordinates : [.. coordinates.Select(c => c.Substitute("u1", Expr.Variable("u")))], 1);

        // steep formulas are cut finer, so that the image of a part is not much larger than a cell
        int fineness =
            Math.Min((parameters == 1 ? 8 : parameters == 2 ? 2 : 1)
                * (int)Math.Clamp(Math.Ceiling(set.Lipschitz.Sup / parameters), 1, 8), 64);
        set = new ParametrizedSet(name, parameters, set.Coordinates, fineness);
        set.CheckPoints();
        return set;

        static int Number(string variable) => variable is ['u', .. var digits]
            && int.TryParse(
                digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out int number) && number is >= 1 and <= 64 ? number : 1;
    }

    /// <inheritdoc/>
    public override Interval Dimension => Interval.Point(Parameters);

    /// <inheritdoc/>
    public override Interval CoverConstant => Interval.Pow(Interval.Point(Lipschitz.Sup) + Interval.One, Parameters);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A coordinate leaves [0, 1], or there are more cells than can be
    /// held.</exception>
    public override CellSet Cover(int n)
    {
        CellSet.CheckGrid(n, AmbientDimension);
        var parts = BigInteger.Pow((BigInteger)Fineness * n, Parameters);
        if (parts > CellSet.MostCells)
        {
            throw new ArgumentException(
                $"The cover of {Name} by cells of the grid {n} takes {parts} parts of the parameter cube; "
                    + $"at most {CellSet.MostCells} are tried. Take a coarser grid.");
        }

        int steps = Fineness * n;
        var cells = new CellCollector(n, AmbientDimension, Name);
        foreach (int[] l in KuhnInterpolant.Nodes(Parameters, steps - 1))
        {
            BigRational[] from = [.. l.Select(j => new BigRational(j, steps))],
                to = [.. l.Select(j => new BigRational(j + 1, steps))];
            cells.AddMeeting(Range(from, to));
        }

        return cells.ToCells();
    }

    /// <summary>Whether both are the same image.</summary>
    public bool Equals(ParametrizedSet? other) =>
        other is not null && (Name, Fineness) == (other.Name, other.Fineness)
            && Coordinates.SequenceEqual(other.Coordinates);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Coordinates.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);

    private static ParametrizedSet Curve(string name, params string[] coordinates) =>
        new(name, 1, [.. coordinates.Select(Expr.Parse)], 8);

    // Points of a grid of the parameter cube have their coordinates in [0, 1], as far as an enclosure tells.
    private void CheckPoints()
    {
        int steps = Parameters == 1 ? 64 : Parameters == 2 ? 8 : 1;
        foreach (int[] l in KuhnInterpolant.Nodes(Parameters, steps).Take(4096))
        {
            var u = _names.Select((name, i) => (name, Value: new BigRational(l[i], steps))).ToArray();
            var at = u.ToDictionary(p => p.name, p => Interval.Enclose(p.Value), StringComparer.Ordinal);
            for (int d = 0; d < AmbientDimension; d++)
            {
                var value = Coordinates[d].Evaluate(at);
                if (value.Sup < 0 || value.Inf > 1)
                {
                    throw new ArgumentException(
                        $"{Name}: coordinate {d + 1} at {string.Join(", ", u.Select(p => $"{p.name} = {p.Value}"))} "
                            + $"lies in {value}; expected values in [0, 1].");
                }
            }
        }
    }

    // Slopes do not see jumps; a place where a formula is undefined has no bounded slope around it.
    private static bool MayJump(Expr e) => e is Expr.ConditionalCase
        or Expr.ApplyCase { Function: Function.Floor or Function.Ceil or Function.Pow2Floor or Function.Pow2Ceil }
        || e.Children.Any(MayJump);

    // A box that contains the image: exact where a coordinate is monotone, else an enclosure.
    private Box Range(BigRational[] from, BigRational[] to)
    {
        var box = _names.Select((u, i) => (u, Interval.Enclose(from[i], to[i])))
            .ToDictionary(p => p.u, p => p.Item2, StringComparer.Ordinal);
        var lower = ImmutableArray.CreateBuilder<BigRational>(AmbientDimension);
        var upper = ImmutableArray.CreateBuilder<BigRational>(AmbientDimension);
        for (int d = 0; d < AmbientDimension; d++)
        {
            var (low, high) = Monotone(d, box, from, to) ?? Enclosed(d, box);
            if (high.Sign < 0 || low > BigRational.One)
            {
                throw new ArgumentException(
                    $"{Name}: coordinate {d + 1} takes values in [{low}, {high}]; expected values in [0, 1].");
            }

            lower.Add(low);
            upper.Add(high);
        }

        return new(lower.MoveToImmutable(), upper.MoveToImmutable());
    }

    private (BigRational Low, BigRational High)? Monotone(
        int d, Dictionary<string, Interval> box, BigRational[] from, BigRational[] to)
    {
        var low = new Dictionary<string, BigRational>(StringComparer.Ordinal);
        var high = new Dictionary<string, BigRational>(StringComparer.Ordinal);
        for (int i = 0; i < _names.Length; i++)
        {
            var slope = _slopes[d][i].Evaluate(box);
            if (!(slope.Inf >= 0 || slope.Sup <= 0))
            {
                return null;
            }

            (low[_names[i]], high[_names[i]]) = slope.Inf >= 0 ? (from[i], to[i]) : (to[i], from[i]);
        }

        return Coordinates[d].TryEvaluate(low) is { } least && Coordinates[d].TryEvaluate(high) is { } most
            ? (least, most)
            : null;
    }

    private (BigRational Low, BigRational High) Enclosed(int d, Dictionary<string, Interval> box)
    {
        var value = Coordinates[d].Evaluate(box);
        return value.IsBounded
            ? (Binary64.Exact(value.Inf), Binary64.Exact(value.Sup))
            : throw new ArgumentException($"{Name}: coordinate {d + 1}, {Coordinates[d]}, has no bounded range.");
    }
}
