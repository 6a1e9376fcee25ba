using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// Steps lowered to operations of at most two operands, without those that no output needs. Sums and products are taken
// from left to right; a difference, a quotient and a square are one operation each, which is tighter than the steps
// they come from.
internal sealed class TapeCode
{
    private const int LargestProduct = 16;

    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<int, int> _ofStep = [];
    private readonly IReadOnlyList<TapeStep> _steps;
    private readonly int[] _atoms;
    private readonly bool[] _total;
    private readonly int[] _uses;

    public TapeCode(IReadOnlyList<TapeStep> steps, IReadOnlyList<int> atoms, IReadOnlyList<int> outputs)
    {
        _steps = steps;
        _atoms = [.. atoms];
        _total = new bool[steps.Count];
        _uses = new int[steps.Count];
        for (int i = 0; i < steps.Count; i++)
        {
            _total[i] = IsTotal(steps[i]);
            foreach (int part in steps[i].Parts)
            {
                _uses[part]++;
            }
        }

        foreach (int step in outputs.Concat(atoms))
        {
            _uses[step]++;
        }

        // Steps are in order of use, so what an output needs is lowered first to last; the recursion goes as deep as
        // the formula.
        Outputs = [.. outputs.Select(Of)];
        Instructions = [.. _instructions];
        IsDefinedEverywhere = outputs.All(o => _total[o]);
    }

    public Instruction[] Instructions { get; }

    public int[] Outputs { get; }

    // Whether every output is defined for all real inputs.
    public bool IsDefinedEverywhere { get; }

    private bool IsTotal(TapeStep step) => step.Parts.All(p => _total[p]) && step.Kind switch
    {
        StepKind.Power => step.Exponent.IsInteger && step.Exponent.Sign >= 0,
        StepKind.RealPower => false,
        StepKind.Apply => step.Function.IsTotal(),
        StepKind.Choose => step.Test!.Atoms().All(a => _total[_atoms[a]]),
        _ => true,
    };

    private int Of(int step)
    {
        if (!_ofStep.TryGetValue(step, out int at))
        {
            _ofStep[step] = at = Lower(_steps[step]);
        }

        return at;
    }

    private int Emit(Instruction instruction)
    {
        _instructions.Add(instruction);
        return _instructions.Count - 1;
    }

    private int Lower(TapeStep step) => step.Kind switch
    {
        StepKind.Number => Emit(new(TapeOperation.Constant) { Number = step.Number }),
        StepKind.Input => Emit(new(TapeOperation.Input) { Index = step.Input }),
        StepKind.Sum => Sum(step.Parts),
        StepKind.Product => Product(step.Parts),
        StepKind.Power => Power(step.Parts[0], step.Exponent),
        StepKind.RealPower => RealPower(step.Parts[0], step.Parts[1]),
        StepKind.Apply => Apply(step),
        StepKind.Choose => Choose(step),
        _ => throw new InvalidOperationException("StepKind is a closed family."),
    };

    private int Sum(ImmutableArray<int> parts)
    {
        int sum = Of(parts[0]);
        foreach (int part in parts[1..])
        {
            // A product that other steps use too is taken as it is, but for the negative of one number.
            var term = _steps[part];
            sum = term.Kind != StepKind.Product || Factor(term.Parts) is not { } c
                || (_uses[part] > 1 && term.Parts.Length > 2)
                ? Emit(new(TapeOperation.Add, sum, Of(part)))
                : IsMinusOne(c) ? Emit(new(TapeOperation.Subtract, sum, Product(term.Parts[1..])))
                : Emit(new(TapeOperation.AddScaled, sum, Product(term.Parts[1..])) { Number = c });
        }

        return sum;
    }

    // The first factor of a product, where it is a bounded number of one sign and the others do not begin with a
    // divisor.
    private Interval? Factor(ImmutableArray<int> factors) =>
        _steps[factors[0]] is { Kind: StepKind.Number, Number: { IsBounded: true } number }
        && !number.Contains(0) && Divisor(factors[1]) is null
        ? number
        : null;

    private static bool IsMinusOne(Interval number) => number is { IsPoint: true, Inf: -1 };

    private int Product(ImmutableArray<int> factors)
    {
        if (factors.Length == 1)
        {
            return Of(factors[0]);
        }

        if (PowerAndLog(factors) is { } pair)
        {
            int both =
                Emit(new(TapeOperation.PowerLog, Of(pair.Part)) { Exponent = pair.Exponent, Index = pair.Index });
            ImmutableArray<int> others = [.. factors.Where((_, i) => i != pair.First && i != pair.Second)];
            return others.Length == 0 ? both
                : others.Length == 1 && Factor([others[0], others[0]]) is { } c
                ? Emit(new(TapeOperation.Scale, both) { Number = c })
                : Emit(new(TapeOperation.Multiply, Product(others), both));
        }

        int product, next = 1;
        if (Factor(factors) is { } number)
        {
            product = Of(factors[1]);
            product = IsMinusOne(number)
                ? Emit(new(TapeOperation.Negate, product))
                : Emit(new(TapeOperation.Scale, product) { Number = number });
            next = 2;
        }
        else
        {
            product = Of(factors[0]);
        }

        foreach (int factor in factors[next..])
        {
            if (Divisor(factor) is { } divisor)
            {
                product = Emit(new(TapeOperation.Divide, product, Of(divisor)));
                continue;
            }

            int other = Of(factor);
            product = Emit(
                other == product ? new(TapeOperation.Square, product) : new(TapeOperation.Multiply, product, other));
        }

        return product;
    }

    // A factor t^p and a factor log(t)^k, whose product is bounded near 0 though they are not.
    private (int First, int Second, int Part, BigRational Exponent, int Index)? PowerAndLog(ImmutableArray<int> factors)
    {
        for (int i = 0; i < factors.Length; i++)
        {
            var (log, k) = AsPower(factors[i]);
            if (_steps[log] is not { Kind: StepKind.Apply, Function: Function.Log, Parts: [int part] }
                || !k.IsInteger || k.Sign <= 0 || k > LargestProduct)
            {
                continue;
            }

            for (int j = 0; j < factors.Length; j++)
            {
                var (of, p) = AsPower(factors[j]);
                if (j != i && of == part && p.Sign > 0)
                {
                    return (j, i, part, p, (int)k.Numerator);
                }
            }
        }

        return null;
    }

    private (int Base, BigRational Exponent) AsPower(int step) => _steps[step] switch
    {
        { Kind: StepKind.Power } power => (power.Parts[0], power.Exponent),
        { Kind: StepKind.Apply, Function: Function.Sqrt } root => (root.Parts[0], BigRational.Half),
        _ => (step, BigRational.One),
    };

    // A power whose exponent is a number times a power of the base remembers that.
    private int RealPower(int part, int exponent)
    {
        var step = _steps[exponent];
        var (factor, rest) = step is { Kind: StepKind.Product, Parts: [int first, int second] }
            && Factor([first, second]) is { } c
            ? (c, second)
            : (Interval.One, exponent);
        var (of, p) = AsPower(rest);
        return of == part && p.Sign > 0
            ? Emit(new(TapeOperation.RealPower, Of(part), Of(exponent)) { Number = factor, Exponent = p, Index = 1 })
            : Emit(new(TapeOperation.RealPower, Of(part), Of(exponent)));
    }

    // The base of a power with exponent −1.
    private int? Divisor(int factor) => _steps[factor] is { Kind: StepKind.Power, Exponent: var n, Parts: var parts }
        && n == -BigRational.One
        ? parts[0]
        : null;

    private int Power(int part, BigRational n)
    {
        int x = Of(part);
        if (n == BigRational.Half)
        {
            return Emit(new(TapeOperation.Apply, x) { Function = Function.Sqrt });
        }

        if (!n.IsInteger || BigRational.Abs(n) > LargestProduct)
        {
            return Emit(new(TapeOperation.RationalPower, x) { Exponent = n });
        }

        if (n.Sign < 0)
        {
            int one = Emit(new(TapeOperation.Constant) { Number = Interval.One });
            return Emit(new(TapeOperation.Divide, one, Power(part, -n)));
        }

        return n == BigRational.One ? x
            : n == 2 ? Emit(new(TapeOperation.Square, x))
            : Emit(new(TapeOperation.WholePower, x) { Index = (int)n.Numerator });
    }

    private int Apply(TapeStep step)
    {
        int x = Of(step.Parts[0]);
        switch (step.Function)
        {
            case Function.Min or Function.Max:
                foreach (int part in step.Parts[1..])
                {
                    x = Emit(new(step.Function == Function.Min ? TapeOperation.Min : TapeOperation.Max, x, Of(part)));
                }

                return x;
            case Function.Binomial:
                return Emit(new(TapeOperation.Binomial, x, Of(step.Parts[1])));
            default:
                return Emit(new(TapeOperation.Apply, x) { Function = step.Function });
        }
    }

    private int Choose(TapeStep step)
    {
        var used = step.Test!.Atoms().ToHashSet();
        int[] atoms = [.. _atoms.Select((s, a) => used.Contains(a) ? Of(s) : -1)];
        int then = Of(step.Parts[0]), otherwise = Of(step.Parts[1]);
        return Emit(new(TapeOperation.Choose, then, otherwise)
        {
            Test = step.Test,
            Atoms = atoms,
            IsTestTotal = used.All(a => _total[_atoms[a]]),
        });
    }
}
