using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

/// <summary>A real-valued formula over named variables, with exact rational constants.</summary>
/// <remarks>
/// Immutable and hash-consed: structurally equal expressions are the same object, so equality is by reference.
/// The factories fold constants and flatten sums and products, and nothing else: an expression keeps the domain on
/// which it is defined (x/x is not 1, and 0·log(x) stays).
/// </remarks>
public abstract partial class Expr
{
    private protected Expr(int hash, bool isTotal) => (StructuralHash, IsTotal) = (hash, isTotal);

    /// <summary>The number 0.</summary>
    public static Expr Zero { get; } = Constant(BigRational.Zero);

    /// <summary>The number 1.</summary>
    public static Expr One { get; } = Constant(BigRational.One);

    /// <summary>The number π.</summary>
    public static Expr Pi { get; } = ExprTable.Intern(new PiCase());

    /// <summary>Whether the expression is known to be defined for all real values of its variables.</summary>
    public bool IsTotal { get; }

    internal int StructuralHash { get; }

    /// <summary>The direct parts of the expression, the condition's sides of an <c>if</c> included.</summary>
    public abstract IEnumerable<Expr> Children { get; }

    /// <summary>The exact constant <paramref name="value"/>.</summary>
    public static Expr Constant(BigRational value) => ExprTable.Intern(new ConstantCase(value));

    /// <summary>The variable called <paramref name="name"/>.</summary>
    public static Expr Variable(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return ExprTable.Intern(new VariableCase(name));
    }

    /// <summary>The sum of the terms; 0 when there is none.</summary>
    public static Expr Sum(IEnumerable<Expr> terms)
    {
        var flat = ImmutableArray.CreateBuilder<Expr>();
        var constant = BigRational.Zero;
        int constantAt = -1;
        foreach (var term in terms.SelectMany(t => t is SumCase s ? (IEnumerable<Expr>)s.Terms : [t]))
        {
            if (term is ConstantCase c)
            {
                constant += c.Value;
                constantAt = constantAt < 0 ? flat.Count : constantAt;
            }
            else
            {
                flat.Add(term);
            }
        }

        if (!constant.IsZero)
        {
            flat.Insert(constantAt, Constant(constant));
        }

        return flat.Count switch
        {
            0 => Constant(BigRational.Zero),
            1 => flat[0],
            _ => ExprTable.Intern(new SumCase(flat.ToImmutable())),
        };
    }

    /// <summary>The product of the factors; 1 when there is none.</summary>
    public static Expr Product(IEnumerable<Expr> factors)
    {
        var flat = ImmutableArray.CreateBuilder<Expr>();
        var constant = BigRational.One;
        foreach (var factor in factors.SelectMany(t => t is ProductCase p ? (IEnumerable<Expr>)p.Factors : [t]))
        {
            if (factor is ConstantCase c)
            {
                constant *= c.Value;
            }
            else
            {
                flat.Add(factor);
            }
        }

        if (constant.IsZero && flat.All(f => f.IsTotal))
        {
            return Constant(BigRational.Zero);
        }

        if (constant != BigRational.One)
        {
            flat.Insert(0, Constant(constant));
        }

        return flat.Count switch
        {
            0 => Constant(BigRational.One),
            1 => flat[0],
            _ => ExprTable.Intern(new ProductCase(flat.ToImmutable())),
        };
    }

    /// <summary>
    /// <paramref name="base"/>^<paramref name="exponent"/>; a power with exponent 0 or 1 of a total base is simplified.
    /// </summary>
    public static Expr Power(Expr @base, Expr exponent)
    {
        if (exponent is ConstantCase { Value: { IsInteger: true } n })
        {
            if (n == BigRational.One)
            {
                return @base;
            }

            if (n.IsZero && @base.IsTotal)
            {
                return One;
            }

            if (@base is ConstantCase c && ExactPower(c.Value, n) is { } value)
            {
                return Constant(value);
            }

            if (@base is PowerCase { Exponent: ConstantCase { Value: { IsInteger: true, Sign: > 0 } m } } inner
                && n.Sign > 0)
            {
                return Power(inner.Base, Constant(m * n));
            }
        }

        return ExprTable.Intern(new PowerCase(@base, exponent));
    }

    /// <summary>The function applied to its arguments; abs, min, max, floor and ceil of constants are folded.</summary>
    /// <exception cref="ArgumentException">The number of arguments is not the function's.</exception>
    public static Expr Apply(Function function, params ImmutableArray<Expr> arguments)
    {
        if (function.Arity() is { } arity ? arguments.Length != arity : arguments.Length < 1)
        {
            string wanted = function.Arity() is { } n ? $"{n} argument{(n == 1 ? "" : "s")}" : "at least one argument";
            throw new ArgumentException(
                $"{function.Name()} takes {wanted}, got {arguments.Length}.", nameof(arguments));
        }

        if (function is Function.Min or Function.Max && arguments.Length == 1)
        {
            return arguments[0];
        }

        var applied = new ApplyCase(function, arguments);
        return arguments.All(a => a is ConstantCase) && ExactValue(applied, NoVariables) is { } value
            ? Constant(value)
            : ExprTable.Intern(applied);
    }

    /// <summary>
    /// The piecewise expression: <paramref name="then"/> where the condition holds, <paramref name="otherwise"/>
    /// elsewhere.
    /// </summary>
    public static Expr If(Condition condition, Expr then, Expr otherwise) =>
        ExprTable.Intern(new ConditionalCase(condition, then, otherwise));

    /// <inheritdoc/>
    public sealed override int GetHashCode() => StructuralHash;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => ReferenceEquals(this, obj);

    // Equality one level deep; children are interned already.
    internal abstract bool SameNode(Expr other);
}
