using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Kernel.Bounds;

/// <summary>What one step of a formula does with the values of earlier steps.</summary>
internal enum Operation
{
    Number, Pi, Input, Polynomial, Sum, Product, Quotient, Power, RealPower,
    Exp, Log, Sin, Cos, Tan, Atan, Sinh, Cosh, Tanh, Erf, Sinc, Abs, Min, Max, AtMost, Less, Equal, Different,
}

/// <summary>One step of a formula; a comparison has two parts to compare and two more to choose from.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Parts">The numbers of the steps it is done to.</param>
/// <param name="Input">The input's number, for an input.</param>
/// <param name="Numbers">The constant, the exponent, or a polynomial's coefficients from the lowest; empty for other
/// steps.</param>
internal readonly record struct FormulaStep(
    Operation Operation, ImmutableArray<int> Parts, int Input, ImmutableArray<BigRational> Numbers);

/// <summary>A formula laid out as steps, equal parts once; in one input, polynomial parts are collected.</summary>
public sealed class BoundFormula
{
    private const int LargestDegree = 200;
    private const long MostDigits = 50_000; // in all numbers of a formula, zeros of exponents counted

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<FormulaStep> _steps = [];
    private readonly WorkBudget _work = new(WorkBudget.ForReplay);
    private readonly ImmutableArray<string> _inputs;

    private BoundFormula(ImmutableArray<string> inputs, bool collects) => (_inputs, Collects) = (inputs, collects);

    /// <summary>The number of inputs.</summary>
    public int Dimension => _inputs.Length;

    /// <summary>The steps; the last one is the formula.</summary>
    internal IReadOnlyList<FormulaStep> Steps => _steps;

    /// <summary>
    /// The formula that a text is, polynomials in one input collected or not, in the syntax of certificates and the
    /// functions sin, cos, tan, atan, sinh, cosh, tanh, erf, sinc.
    /// </summary>
    /// <exception cref="FormatException">The text is no formula in the inputs.</exception>
    /// <returns>
    /// Null where a part is none that can be bounded here, as floor, or its numbers have too many digits in all.
    /// </returns>
    public static BoundFormula? Read(string text, ImmutableArray<string> inputs, bool collects = true)
    {
        if (Digits(text) > MostDigits)
        {
            return null;
        }

        var formula = new BoundFormula(inputs, collects && inputs.Length == 1);
        try
        {
            int step = formula.Place(formula.Lay(Reader.Term(text, inputs)));
            if (step >= 0 && step != formula._steps.Count - 1)
            {
                formula._steps.Add(formula._steps[step]);
            }

            return step < 0 ? null : formula;
        }
        catch (Exception e) when (e is Rejection or WorkExhaustedException)
        {
            return null; // polynomials too large to collect
        }
    }

    // 12.5e100 has 103 digits.
    private static long Digits(string text)
    {
        long digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            digits++;
            int at = i + 1;
            at += at < text.Length && text[at] == '.' ? 1 : 0;
            if (at < text.Length && text[at] is 'e' or 'E')
            {
                int first = at + 1 + (at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0), last = first;
                while (last < text.Length && char.IsAsciiDigit(text[last]))
                {
                    last++;
                }

                digits += last == first
                    ? 0
                    : long.TryParse(text.AsSpan(first, last - first), out long exponent)
                    ? exponent
                    : MostDigits;
                i = int.Max(i, last - 1);
            }
        }

        return digits;
    }

    // Sums and products of fractions cost the square of their length in words, for their gcd.
    private void Spend(BigRational[] f, BigRational[] g, long operations)
    {
        long words = 1 + ((f.Max(Bits) + g.Max(Bits)) / 64);
        _work.Spend(operations * (100 + (words * words)));

        static long Bits(BigRational c) => c.Numerator.GetBitLength() + c.Denominator.GetBitLength();
    }

    // A part is a step, or a polynomial not laid out yet, so that sums and products of polynomials become one; −1 and
    // null for a part that can't be bounded.
    private (int Step, BigRational[]? Polynomial) Lay(Term term)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (term)
        {
            case Term.Number n:
                return Collects ? (-1, [n.Value]) : (Add(Operation.Number, [], 0, [n.Value]), null);
            case Term.Variable v:
                int input = _inputs.IndexOf(v.Name);
                return Collects
                    ? (-1, [BigRational.Zero, BigRational.One])
                    : (Add(Operation.Input, [], input, []), null);
            case Term.Sum:
                return Sum(term);
            case Term.Product p:
                var (a, b) = (Lay(p.Left), Lay(p.Right));
                return a.Polynomial is { } f && b.Polynomial is { } g && f.Length + g.Length <= LargestDegree
                    ? (-1, Product(f, g))
                    : (Apply(Operation.Product, a, b), null);
            case Term.Quotient q:
                var (above, below) = (Lay(q.Left), Lay(q.Right));
                if (above.Polynomial is { } h && below.Polynomial is [{ IsZero: false } d])
                {
                    Spend(h, [d], h.Length);
                    return (-1, [.. h.Select(c => c / d)]);
                }

                return (Apply(Operation.Quotient, above, below), null);
            case Term.Power p:
                return Power(p);
            case Term.Choice c:
                var operation = c.Condition.Comparison switch
                {
                    Comparison.AtMost => Operation.AtMost,
                    Comparison.Less => Operation.Less,
                    Comparison.Equal => Operation.Equal,
                    _ => Operation.Different,
                };
                return (Apply(operation, Lay(c.Condition.Left), Lay(c.Condition.Right), Lay(c.Then), Lay(c.Else)),
                    null);
            case Term.Call { Function: "pi" }:
                return (Add(Operation.Pi, [], 0, []), null);
            case Term.Call call when Named(call.Function) is { } function:
                return (Apply(function, [.. call.Arguments.Select(Lay)]), null);
            default:
                return (-1, null);
        }
    }

    private bool Collects { get; }

    /// <summary>The formula as a sum of steps times numbers, a sum times a number taken apart.</summary>
    public IReadOnlyList<(int Step, BigRational Factor)> Terms()
    {
        List<(int, BigRational)> terms = [];
        var open = new Stack<(int Step, BigRational Factor)>([(_steps.Count - 1, BigRational.One)]);
        while (open.TryPop(out var next))
        {
            var step = _steps[next.Step];
            if (step.Operation == Operation.Sum)
            {
                foreach (int part in step.Parts.Reverse())
                {
                    open.Push((part, next.Factor));
                }
            }
            else if (step.Operation == Operation.Product
                && _steps[step.Parts[0]] is { Operation: Operation.Number } number)
            {
                open.Push((step.Parts[1], next.Factor * number.Numbers[0]));
            }
            else
            {
                terms.Add((next.Step, next.Factor));
            }
        }

        return terms;
    }

    /// <summary>The numbers of the inputs that some steps depend on.</summary>
    public ISet<int> InputsOf(IEnumerable<int> steps)
    {
        HashSet<int> seen = [], inputs = [];
        var open = new Stack<int>(steps);
        while (open.TryPop(out int at))
        {
            if (seen.Add(at))
            {
                var step = _steps[at];
                if (step.Operation == Operation.Input)
                {
                    inputs.Add(step.Input);
                }

                foreach (int part in step.Parts)
                {
                    open.Push(part);
                }
            }
        }

        return inputs;
    }

    private static Operation? Named(string function) => function switch
    {
        "exp" => Operation.Exp,
        "log" => Operation.Log,
        "sin" => Operation.Sin,
        "cos" => Operation.Cos,
        "tan" => Operation.Tan,
        "atan" => Operation.Atan,
        "sinh" => Operation.Sinh,
        "cosh" => Operation.Cosh,
        "tanh" => Operation.Tanh,
        "erf" => Operation.Erf,
        "sinc" => Operation.Sinc,
        "abs" => Operation.Abs,
        "min" => Operation.Min,
        "max" => Operation.Max,
        _ => null,
    };

    private (int Step, BigRational[]? Polynomial) Sum(Term term)
    {
        var terms = new Stack<Term>([term]);
        BigRational[]? polynomial = null;
        List<int> others = [];
        while (terms.TryPop(out var next))
        {
            if (next is Term.Sum s)
            {
                terms.Push(s.Right);
                terms.Push(s.Left);
                continue;
            }

            var (step, part) = Lay(next);
            if (part is not null)
            {
                polynomial = polynomial is null ? part : Sum(polynomial, part);
            }
            else if (step < 0)
            {
                return (-1, null);
            }
            else
            {
                others.Add(step);
            }
        }

        if (others.Count == 0)
        {
            return (-1, polynomial);
        }

        return (Add(Operation.Sum, polynomial is null ? [.. others] : [.. others, Place(polynomial)], 0, []), null);
    }

    private (int Step, BigRational[]? Polynomial) Power(Term.Power power)
    {
        var @base = Lay(power.Base);
        if (power.Exponent is not Term.Number { Value: var r })
        {
            return (Apply(Operation.RealPower, @base, Lay(power.Exponent)), null);
        }

        if (@base.Polynomial is { } f && r.IsInteger && r.Sign >= 0 && r * (f.Length - 1) <= LargestDegree)
        {
            BigRational[] product = [BigRational.One];
            for (int i = 0; i < r; i++)
            {
                product = Product(product, f);
            }

            return (-1, product);
        }

        int step = Place(@base);
        return (step < 0 ? -1 : Add(Operation.Power, [step], 0, [r]), null);
    }

    private BigRational[] Sum(BigRational[] f, BigRational[] g)
    {
        Spend(f, g, int.Min(f.Length, g.Length));
        return [.. Enumerable.Range(0, int.Max(f.Length, g.Length))
            .Select(i => (i < f.Length ? f[i] : 0) + (i < g.Length ? g[i] : 0))];
    }

    private BigRational[] Product(BigRational[] f, BigRational[] g)
    {
        Spend(f, g, (long)f.Length * g.Length);
        var product = new BigRational[f.Length + g.Length - 1];
        for (int i = 0; i < f.Length; i++)
        {
            for (int j = 0; j < g.Length; j++)
            {
                product[i + j] += f[i] * g[j];
            }
        }

        return product;
    }

    private int Apply(Operation operation, params ReadOnlySpan<(int Step, BigRational[]? Polynomial)> parts)
    {
        var steps = ImmutableArray.CreateBuilder<int>(parts.Length);
        foreach (var part in parts)
        {
            steps.Add(Place(part));
        }

        return steps.Contains(-1) ? -1 : Add(operation, steps.MoveToImmutable(), 0, []);
    }

    private int Place((int Step, BigRational[]? Polynomial) part) =>
        part.Polynomial is null ? part.Step : Place(part.Polynomial);

    private int Place(BigRational[] polynomial) => Add(Operation.Polynomial, [], 0, [.. polynomial]);

    private int Add(Operation operation, ImmutableArray<int> parts, int input, ImmutableArray<BigRational> numbers)
    {
        string key = $"{operation} {string.Join(' ', parts)} {input} {string.Join(' ', numbers)}";
        if (!_known.TryGetValue(key, out int step))
        {
            step = _steps.Count;
            _steps.Add(new(operation, parts, input, numbers));
            _known.Add(key, step);
        }

        return step;
    }
}
