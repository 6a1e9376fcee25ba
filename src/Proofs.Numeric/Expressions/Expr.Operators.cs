using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

public abstract partial class Expr
{
    private static readonly Expr MinusOne = Constant(-BigRational.One);

    /// <summary>The sum of two expressions.</summary>
    public static Expr operator +(Expr a, Expr b) => Sum([a, b]);

    /// <summary>The difference of two expressions.</summary>
    public static Expr operator -(Expr a, Expr b) => Sum([a, -b]);

    /// <summary>The negative of an expression.</summary>
    public static Expr operator -(Expr a) => a is SumCase s ? Sum(s.Terms.Select(t => -t)) : Product([MinusOne, a]);

    /// <summary>The product of two expressions.</summary>
    public static Expr operator *(Expr a, Expr b) => Product([a, b]);

    /// <summary>The quotient of two expressions, a·b^(−1).</summary>
    public static Expr operator /(Expr a, Expr b) => Product([a, Power(b, MinusOne)]);

    /// <summary>An exact number is an expression.</summary>
    public static implicit operator Expr(BigRational value) => Constant(value);

    /// <summary>An integer is an expression.</summary>
    public static implicit operator Expr(int value) => Constant(value);
}
