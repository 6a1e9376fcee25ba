using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

internal enum StepKind
{
    Number,
    Input,
    Sum,
    Product,
    Power,
    Apply,
    Choose,
}

// One node of a formula; its parts are earlier steps.
internal sealed record Step(StepKind Kind, int[] Parts)
{
    public Interval Number { get; init; }

    public int Input { get; init; }

    public BigRational Exponent { get; init; }

    public Function Function { get; init; }

    // The condition of a Choose, whose parts are its two branches.
    public Test? Test { get; init; }

    // Whether the value depends on the sign of some atom that a cell may leave open.
    public bool Depends { get; init; }
}

// A condition over the signs of atoms; an atom is the difference of the sides of a comparison.
internal abstract record Test
{
    public sealed record Sign(int Atom, Signs Allowed) : Test;

    public sealed record Both(Test First, Test Second) : Test;

    public sealed record Either(Test First, Test Second) : Test;

    // True or false where the possible signs decide it, else null.
    public bool? Decide(ReadOnlySpan<Signs> possible)
    {
        switch (this)
        {
            case Sign s:
                var open = possible[s.Atom];
                return (open & ~s.Allowed) == 0 ? true : (open & s.Allowed) == 0 ? false : null;
            case Both b:
                var (p, q) = (b.First.Decide(possible), b.Second.Decide(possible));
                return p == false || q == false ? false : p == true && q == true ? true : null;
            case Either e:
                var (u, v) = (e.First.Decide(possible), e.Second.Decide(possible));
                return u == true || v == true ? true : u == false && v == false ? false : null;
            default:
                throw new InvalidOperationException("Test is a closed family.");
        }
    }

    public IEnumerable<int> Atoms() => this switch
    {
        Sign s => [s.Atom],
        Both b => b.First.Atoms().Concat(b.Second.Atoms()),
        Either e => e.First.Atoms().Concat(e.Second.Atoms()),
        _ => throw new InvalidOperationException("Test is a closed family."),
    };
}

[Flags]
internal enum Signs : byte
{
    None = 0,
    Negative = 1,
    Zero = 2,
    Positive = 4,
    All = 7,
}

// A target and a condition as straight-line code.
internal sealed class FormulaTape
{
    private readonly List<Step> _steps = [];
    private readonly Dictionary<Expr, int> _known = [];
    private readonly List<int> _atoms = [];
    private readonly string[] _inputs;

    public FormulaTape(int dimension, Expr target, Condition? where)
    {
        _inputs = [.. Inputs.Names(dimension)];
        Dimension = dimension;
        Target = Compile(target);
        Where = where is null ? null : CompileTest(where);
    }

    public int Dimension { get; }

    public IReadOnlyList<Step> Steps => _steps;

    // The steps whose signs decide conditions.
    public IReadOnlyList<int> Atoms => _atoms;

    public int Target { get; }

    public Test? Where { get; }

    // The input that a formula calls by this name, or −1: x is x1 where there is one input.
    public static int InputCalled(string name, int dimension)
    {
        int index = Inputs.Names(dimension).IndexOf(name);
        return index < 0 && dimension == 1 && name is "x1" or "x" ? 0 : index;
    }

    private int Compile(Expr e)
    {
        if (_known.TryGetValue(e, out int at))
        {
            return at;
        }

        var step = StepOf(e);
        bool depends = step.Kind == StepKind.Choose || step.Parts.Any(p => _steps[p].Depends);
        _steps.Add(step with { Depends = depends });
        return _known[e] = _steps.Count - 1;
    }

    private Step StepOf(Expr e)
    {
        switch (e)
        {
            case Expr.ConstantCase c:
                return new(StepKind.Number, []) { Number = Interval.Enclose(c.Value) };
            case Expr.PiCase:
                return new(StepKind.Number, []) { Number = Interval.Pi };
            case Expr.VariableCase v:
                int input = InputCalled(v.Name, Dimension);
                return input >= 0 ? new(StepKind.Input, []) { Input = input } : throw new ArgumentException(
                    $"The formula has a variable {v.Name}; expected {string.Join(", ", _inputs)}, the {Dimension} input(s).");
            case Expr.SumCase s:
                return new(StepKind.Sum, [.. s.Terms.Select(Compile)]);
            case Expr.ProductCase p:
                return new(StepKind.Product, [.. p.Factors.Select(Compile)]);
            case Expr.PowerCase { Exponent: Expr.ConstantCase n } p:
                return new(StepKind.Power, [Compile(p.Base)]) { Exponent = n.Value };
            case Expr.PowerCase p:
                // b^e for a symbolic exponent is exp(e log b), defined for b > 0.
                return new(StepKind.Apply, [Compile(p.Exponent * Expr.Apply(Function.Log, p.Base))]) { Function = Function.Exp };
            case Expr.ApplyCase a:
                return new(StepKind.Apply, [.. a.Arguments.Select(Compile)]) { Function = a.Function };
            case Expr.ConditionalCase c:
                var test = CompileTest(c.Condition);
                return new(StepKind.Choose, [Compile(c.Then), Compile(c.Otherwise)]) { Test = test };
            default:
                throw new InvalidOperationException("Expr is a closed family.");
        }
    }

    private Test CompileTest(Condition condition) => condition switch
    {
        Condition.Comparison c => CompileComparison(c),
        Condition.All a => new Test.Both(CompileTest(a.First), CompileTest(a.Second)),
        Condition.Any a => new Test.Either(CompileTest(a.First), CompileTest(a.Second)),
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    // a ≤ b and b ≥ a speak of one atom, the difference a − b or its negative, whichever was met first.
    private Test.Sign CompileComparison(Condition.Comparison c)
    {
        var allowed = c.Relation switch
        {
            Relation.LessOrEqual => Signs.Negative | Signs.Zero,
            Relation.Less => Signs.Negative,
            Relation.GreaterOrEqual => Signs.Positive | Signs.Zero,
            Relation.Greater => Signs.Positive,
            _ => Signs.Zero,
        };
        var mirrored = c.Right - c.Left;
        if (_known.TryGetValue(mirrored, out int known) && _atoms.Contains(known))
        {
            return new(_atoms.IndexOf(known), Mirror(allowed));
        }

        int step = Compile(c.Left - c.Right);
        if (!_atoms.Contains(step))
        {
            _atoms.Add(step);
        }

        return new(_atoms.IndexOf(step), allowed);
    }

    private static Signs Mirror(Signs signs) => (signs & Signs.Zero)
        | ((signs & Signs.Negative) != 0 ? Signs.Positive : 0)
        | ((signs & Signs.Positive) != 0 ? Signs.Negative : 0);
}
