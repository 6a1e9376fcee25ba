using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// A formula as the forger writes and reads it: its own syntax tree, so that no error of the kernel's hides in it.
/// </summary>
internal abstract record Expression
{
    private string? _text;

    private protected Expression()
    {
    }

    public abstract IEnumerable<Expression> Parts { get; }

    /// <summary>The free variables.</summary>
    public virtual IEnumerable<string> Names => Parts.SelectMany(p => p.Names).Distinct();

    /// <summary>This formula and all inside it.</summary>
    public IEnumerable<Expression> All => Parts.SelectMany(p => p.All).Prepend(this);

    public int Size => 1 + Parts.Sum(p => p.Size);

    public string Text => _text ??= Print();

    private protected abstract string Print();

    public sealed override string ToString() => Text;

    public static Expression Number(BigRational value) => new Literal(value);

    public static Expression Pi { get; } = new Call("pi");

    public static Expression operator +(Expression a, Expression b) => new Binary('+', a, b);

    public static Expression operator -(Expression a, Expression b) => new Binary('-', a, b);

    public static Expression operator *(Expression a, Expression b) => new Binary('*', a, b);

    public static Expression operator /(Expression a, Expression b) => new Binary('/', a, b);

    public Expression Power(Expression exponent) => new Binary('^', this, exponent);

    /// <summary>
    /// The formula with another in place of a variable; a capture by an index is the point of some forgeries.
    /// </summary>
    public abstract Expression Replace(string name, Expression value);

    public sealed record Literal(BigRational Value) : Expression
    {
        public override IEnumerable<Expression> Parts => [];

        public override Expression Replace(string name, Expression value) => this;

        private protected override string Print() =>
            Value.IsInteger && Value.Sign >= 0 ? Value.ToString() : $"({Value})";
    }

    public sealed record Variable(string Name) : Expression
    {
        public override IEnumerable<Expression> Parts => [];

        public override IEnumerable<string> Names => [Name];

        public override Expression Replace(string name, Expression value) => name == Name ? value : this;

        private protected override string Print() => Name;
    }

    public sealed record Binary(char Sign, Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];

        public override Expression Replace(string name, Expression value) =>
            new Binary(Sign, Left.Replace(name, value), Right.Replace(name, value));

        private protected override string Print() => $"({Left} {Sign} {Right})";
    }

    public sealed record Call(string Function, params ImmutableArray<Expression> Arguments) : Expression
    {
        public override IEnumerable<Expression> Parts => Arguments;

        public override Expression Replace(string name, Expression value) =>
            new Call(Function, [.. Arguments.Select(a => a.Replace(name, value))]);

        private protected override string Print() =>
            Arguments.IsEmpty ? Function : $"{Function}({string.Join(", ", Arguments)})";
    }

    public sealed record Choice(Comparing Condition, Expression Then, Expression Else) : Expression
    {
        public override IEnumerable<Expression> Parts => [Condition.Left, Condition.Right, Then, Else];

        public override Expression Replace(string name, Expression value) =>
            new Choice(Condition.Replace(name, value), Then.Replace(name, value), Else.Replace(name, value));

        private protected override string Print() => $"if({Condition}, {Then}, {Else})";
    }

    public sealed record Series(bool IsProduct, string Index, Expression Lower, Expression Upper, Expression Body)
        : Expression
    {
        public override IEnumerable<Expression> Parts => [Lower, Upper, Body];

        public override IEnumerable<string> Names =>
            Lower.Names.Concat(Upper.Names).Concat(Body.Names.Where(n => n != Index)).Distinct();

        public override Expression Replace(string name, Expression value) => new Series(
            IsProduct, Index, Lower.Replace(name, value), Upper.Replace(name, value),
            name == Index ? Body : Body.Replace(name, value));

        private protected override string Print() =>
            $"{(IsProduct ? "prod" : "sum")}({Index}, {Lower}, {Upper}, {Body})";
    }
}

/// <summary>A comparison of two formulas by &lt;=, &lt;, = or !=.</summary>
internal sealed record Comparing(Expression Left, string Sign, Expression Right)
{
    public IEnumerable<string> Names => Left.Names.Concat(Right.Names);

    public Comparing Replace(string name, Expression value) =>
        new(Left.Replace(name, value), Sign, Right.Replace(name, value));

    public override string ToString() => $"{Left} {Sign} {Right}";
}
