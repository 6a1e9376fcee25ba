using Proofs.Constructions.Domains;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Relaxations.Formulas;

// A target and a condition as steps over the inputs of a region.
internal sealed class FormulaTape
{
    private readonly ExprTape _tape;

    public FormulaTape(int dimension, Expr target, Condition? where)
    {
        string[] inputs = [.. Inputs.Names(dimension)];
        Dimension = dimension;
        (_tape, Where) = ExprTape.Compile(ByExponential(target), where?.Map(ByExponential), inputs, name =>
            Inputs.IndexOf(name, dimension) is >= 0 and var input ? input : throw new ArgumentException(
                $"The formula has a variable {name}; expected {string.Join(", ", inputs)}, the {dimension} input(s)."));
    }

    public int Dimension { get; }

    public IReadOnlyList<TapeStep> Steps => _tape.Steps;

    // The steps whose signs decide conditions.
    public IReadOnlyList<int> Atoms => _tape.Atoms;

    public int Target => _tape.OutputSteps[0];

    public SignTest? Where { get; }

    // b^e for a symbolic exponent is exp(e log b), defined for b > 0, which has an affine form.
    private static Expr ByExponential(Expr e)
    {
        var done = new Dictionary<Expr, Expr>();
        return Go(e);

        Expr Go(Expr e)
        {
            if (!done.TryGetValue(e, out var image))
            {
                done[e] = image = e is Expr.PowerCase { Exponent: not Expr.ConstantCase } p
                    ? Expr.Apply(Function.Exp, Go(p.Exponent) * Expr.Apply(Function.Log, Go(p.Base)))
                    : e.MapChildren(Go);
            }

            return image;
        }
    }
}
