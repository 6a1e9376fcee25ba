using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// Lays expressions out as steps, each distinct one once; `input` gives the number of a variable or throws.
internal sealed class TapeBuilder(Func<string, int> input)
{
    private readonly List<TapeStep> _steps = [];
    private readonly Dictionary<Expr, int> _known = [];
    private readonly List<int> _atoms = [];

    public IReadOnlyList<TapeStep> Steps => _steps;

    // The steps whose signs decide conditions.
    public IReadOnlyList<int> Atoms => _atoms;

    public int Compile(Expr e)
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

    public SignTest CompileTest(Condition condition) => condition switch
    {
        Condition.Comparison c => CompileComparison(c),
        Condition.All a => new SignTest.Both(CompileTest(a.First), CompileTest(a.Second)),
        Condition.Any a => new SignTest.Either(CompileTest(a.First), CompileTest(a.Second)),
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    private TapeStep StepOf(Expr e)
    {
        switch (e)
        {
            case Expr.ConstantCase c:
                return new(StepKind.Number, []) { Number = Interval.Enclose(c.Value) };
            case Expr.PiCase:
                return new(StepKind.Number, []) { Number = Interval.Pi };
            case Expr.VariableCase v:
                return new(StepKind.Input, []) { Input = input(v.Name) };
            case Expr.SumCase s:
                return new(StepKind.Sum, [.. s.Terms.Select(Compile)]);
            case Expr.ProductCase p:
                return new(StepKind.Product, [.. p.Factors.Select(Compile)]);
            case Expr.PowerCase { Exponent: Expr.ConstantCase n } p:
                return new(StepKind.Power, [Compile(p.Base)]) { Exponent = n.Value };
            case Expr.PowerCase p:
                return new(StepKind.RealPower, [Compile(p.Base), Compile(p.Exponent)]);
            case Expr.ApplyCase a:
                return new(StepKind.Apply, [.. a.Arguments.Select(Compile)]) { Function = a.Function };
            case Expr.ConditionalCase c:
                var test = CompileTest(c.Condition);
                return new(StepKind.Choose, [Compile(c.Then), Compile(c.Otherwise)]) { Test = test };
            default:
                throw new InvalidOperationException("Expr is a closed family.");
        }
    }

    // a ≤ b and b ≥ a speak of one atom, the difference a − b or its negative, whichever was met first.
    private SignTest.Sign CompileComparison(Condition.Comparison c)
    {
        var allowed = c.Relation switch
        {
            RelationKind.LessOrEqual => Signs.Negative | Signs.Zero,
            RelationKind.Less => Signs.Negative,
            RelationKind.GreaterOrEqual => Signs.Positive | Signs.Zero,
            RelationKind.Greater => Signs.Positive,
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
