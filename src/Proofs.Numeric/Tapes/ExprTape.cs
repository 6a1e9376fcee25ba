using System.Buffers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

/// <summary>Expressions compiled to straight-line code, to be evaluated over many boxes.</summary>
/// <remarks>
/// Shape: a box has one interval for each variable, in the order in which the variables were given to <c>Compile</c>.
/// Guarantee: a value encloses the values of the expression at all points of the box where it is defined; it is empty
/// only where it is defined nowhere on the box. A shared part is evaluated once. Immutable: threads may share a tape.
/// </remarks>
public sealed partial class ExprTape
{
    private readonly string[] _variables;

    private ExprTape(string[] variables, TapeBuilder builder, int[] outputs)
    {
        _variables = variables;
        (Steps, Atoms, OutputSteps) = (builder.Steps, builder.Atoms, outputs);
        Code = new TapeCode(Steps, Atoms, outputs);
        Plan = new SlotPlan(Code);
    }

    /// <summary>The names of the variables, in the order of a box.</summary>
    public IReadOnlyList<string> Variables => _variables;

    /// <summary>The number of variables, the dimension of a box.</summary>
    public int Dimension => _variables.Length;

    /// <summary>The number of expressions.</summary>
    public int OutputCount => OutputSteps.Count;

    /// <summary>The number of operations one evaluation takes.</summary>
    public int OperationCount =>
        Code.Instructions.Count(i => i.Operation is not (TapeOperation.Constant or TapeOperation.Input));

    /// <summary>Whether every expression is defined for all real values of the variables.</summary>
    public bool IsTotal => Code.IsDefinedEverywhere;

    /// <summary>The steps, each after its parts.</summary>
    public IReadOnlyList<TapeStep> Steps { get; }

    /// <summary>The steps whose signs decide conditions.</summary>
    public IReadOnlyList<int> Atoms { get; }

    /// <summary>The step of each expression.</summary>
    public IReadOnlyList<int> OutputSteps { get; }

    internal TapeCode Code { get; }

    internal SlotPlan Plan { get; }

    /// <summary>The tape of one expression or several over the variables named.</summary>
    /// <exception cref="ArgumentException">An expression has a variable that is not named, or a name occurs
    /// twice.</exception>
    public static ExprTape Compile(IReadOnlyList<Expr> expressions, IReadOnlyList<string> variables)
    {
        string[] names = [.. variables];
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new ArgumentException(
                $"A variable occurs twice among {string.Join(", ", names)}.", nameof(variables));
        }

        return Compile(
            expressions, names, name => Array.IndexOf(names, name) is >= 0 and var i ? i : throw new ArgumentException(
            $"The expression has a variable {name}; expected {string.Join(", ", names)}.", nameof(expressions)));
    }

    // The tape of the expressions, with other names allowed for the inputs.
    private static ExprTape Compile(IEnumerable<Expr> expressions, string[] variables, Func<string, int> input)
    {
        var builder = new TapeBuilder(input);
        return new ExprTape(variables, builder, [.. expressions.Select(builder.Compile)]);
    }

    /// <summary>The tape of a target and the test of a condition, whose atoms come after the target's.</summary>
    /// <param name="target">The target, the tape's one expression.</param>
    /// <param name="where">The condition; null for none.</param>
    /// <param name="variables">The names of the variables, in the order of a box.</param>
    /// <param name="input">The number of the variable that a name stands for; other names than
    /// <paramref name="variables"/> may.</param>
    public static (ExprTape Tape, SignTest? Where) Compile(
        Expr target, Condition? where, string[] variables, Func<string, int> input)
    {
        var builder = new TapeBuilder(input);
        int output = builder.Compile(target);
        var test = where is null ? null : builder.CompileTest(where);
        return (new ExprTape(variables, builder, [output]), test);
    }

    /// <summary>The value of an expression on a box.</summary>
    /// <remarks>Cost: one interval operation for each of <see cref="OperationCount"/>.</remarks>
    /// <exception cref="ArgumentException">The box does not have <see cref="Dimension"/> intervals.</exception>
    public Interval Evaluate(ReadOnlySpan<Interval> box, int output = 0) => EvaluateDecorated(box, output).Set;

    /// <summary>The value of an expression on a box, and whether it is defined and continuous there.</summary>
    /// <remarks>
    /// Guarantee: of the decoration, as IEEE 1788 has it: Defined, on all of the box; Continuous, so is the restriction
    /// to the box; Common, moreover the box and the value are bounded. A condition that the box does not decide leaves
    /// at most Defined.
    /// </remarks>
    /// <exception cref="ArgumentException">The box does not have <see cref="Dimension"/> intervals.</exception>
    public DecoratedInterval EvaluateDecorated(ReadOnlySpan<Interval> box, int output = 0)
    {
        int n = Code.Instructions.Length;
        var values = ArrayPool<Interval>.Shared.Rent(n);
        var claims = ArrayPool<Decoration>.Shared.Rent(n);
        try
        {
            Forward(box, values, claims);
            int at = Code.Outputs[output];
            return DecoratedInterval.Of(values[at], HasEmpty(box) ? Decoration.Trivial : claims[at]);
        }
        finally
        {
            ArrayPool<Interval>.Shared.Return(values);
            ArrayPool<Decoration>.Shared.Return(claims);
        }
    }

    internal static bool HasEmpty(ReadOnlySpan<Interval> box)
    {
        foreach (var side in box)
        {
            if (side.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    // The values of all instructions and what is known of them, where the box is not empty.
    internal void Forward(ReadOnlySpan<Interval> box, Span<Interval> values, Span<Decoration> claims)
    {
        if (box.Length != Dimension)
        {
            throw new ArgumentException(
                $"The box has {box.Length} interval(s); expected {Dimension}, for {string.Join(", ", _variables)}.",
                nameof(box));
        }

        var code = Code.Instructions;
        for (int i = 0; i < code.Length; i++)
        {
            var c = code[i];
            Decoration claim;
            switch (c.Operation)
            {
                case TapeOperation.Input:
                    values[i] = box[c.Index];
                    claim = values[i].IsEmpty ? Decoration.Trivial : Decoration.Common;
                    break;
                case TapeOperation.Choose:
                    (values[i], claim) = Choose(c, values, claims);
                    break;
                default:
                    Interval a = c.A >= 0 ? values[c.A] : default, b = c.B >= 0 ? values[c.B] : default;
                    values[i] = c.Value(a, b);
                    claim = c.Claim(a, b, values[i]);
                    claim = c.A >= 0 && claims[c.A] < claim ? claims[c.A] : claim;
                    claim = c.B >= 0 && claims[c.B] < claim ? claims[c.B] : claim;
                    break;
            }

            var best = values[i].IsEmpty ? Decoration.Trivial
                : values[i].IsBounded ? Decoration.Common : Decoration.Continuous;
            claims[i] = claim < best ? claim : best;
        }
    }

    // Whether the condition of a choice holds on the whole box, nowhere on it, or neither; and what is known of its
    // atoms.
    internal static (bool? Holds, Decoration Claim) Decide(
        Instruction choice, ReadOnlySpan<Interval> values, ReadOnlySpan<Decoration> claims)
    {
        Span<Signs> signs = stackalloc Signs[choice.Atoms.Length];
        var worst = Decoration.Common;
        for (int k = 0; k < choice.Atoms.Length; k++)
        {
            if (choice.Atoms[k] is >= 0 and var atom)
            {
                // An atom without a value, or with one that may overflow to no real number, decides nothing.
                signs[k] = values[atom].IsEmpty ? Signs.All : SignTest.Of(values[atom]);
                worst = claims[atom] < worst ? claims[atom] : worst;
            }
        }

        return (worst >= Decoration.Defined ? choice.Test!.Decide(signs) : null, worst);
    }

    private static (Interval Value, Decoration Claim) Choose(
        Instruction choice, ReadOnlySpan<Interval> values, ReadOnlySpan<Decoration> claims)
    {
        var (holds, atoms) = Decide(choice, values, claims);
        if (holds is { } h)
        {
            int taken = h ? choice.A : choice.B;
            return (values[taken], claims[taken]);
        }

        var claim = claims[choice.A] < claims[choice.B] ? claims[choice.A] : claims[choice.B];
        claim = claim < atoms ? claim : atoms;
        return (Interval.Hull(values[choice.A], values[choice.B]),
            claim < Decoration.Defined ? claim : Decoration.Defined);
    }
}
