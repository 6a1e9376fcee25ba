using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Formulas;

/// <summary>A formula of the certificate language: a real number that depends on the variables of a sequent.</summary>
/// <remarks>
/// Every function is total: outside its domain (x/0, log of x ≤ 0, x^y with x &lt; 0 and y no integer …) it has
/// some fixed value that no rule knows. A statement is accepted only with proofs that its terms stay inside their
/// domains.
/// </remarks>
public abstract class Term
{
    private string? _text;

    private protected Term(params ReadOnlySpan<Term> children)
    {
        foreach (var child in children)
        {
            Depth = int.Max(Depth, child.Depth + 1);
            Size = int.Min(int.MaxValue / 4, Size + child.Size);
            Variables = Variables.Union(child.Variables);
            Indices = Indices.Union(child.Indices);
            IsOfLanguage &= child.IsOfLanguage;
        }
    }

    /// <summary>The nesting depth, 0 for a leaf.</summary>
    public int Depth { get; private protected set; }

    /// <summary>The number of nodes of the formula.</summary>
    public int Size { get; private protected set; } = 1;

    /// <summary>The names of the free variables.</summary>
    public ImmutableSortedSet<string> Variables { get; private protected set; } = NoNames;

    /// <summary>
    /// Whether the formula is one that <see cref="Reader"/> may have read for a proof: functions, numbers and indices
    /// are as it takes them.
    /// </summary>
    public bool IsOfLanguage { get; private protected set; } = true;

    // The bound indices of series.
    private ImmutableSortedSet<string> Indices { get; set; } = NoNames;

    private static readonly ImmutableSortedSet<string> NoNames =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The formula in the syntax that <see cref="Reader"/> reads.</summary>
    public override string ToString() => _text ??= Print();

    private protected abstract string Print();

    /// <summary>The formula with <paramref name="value"/> in place of the variable <paramref name="name"/>.</summary>
    public Term Substitute(string name, Term value)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return Variables.Contains(name) ? Replace(name, value) : this;
    }

    private protected abstract Term Replace(string name, Term value);

    private static string Checked(string name) =>
        Names.IsVariable(name) ? name : throw new ArgumentException($"'{name}' is no name of a variable", nameof(name));

    /// <summary>The constant <paramref name="value"/>.</summary>
    public static Term Constant(BigRational value) => new Number(value);

    /// <summary>The sum of two formulas.</summary>
    public static Term operator +(Term a, Term b) => new Sum(a, b);

    /// <summary>The difference of two formulas.</summary>
    public static Term operator -(Term a, Term b) => new Sum(a, -b);

    /// <summary>The formula with its sign changed.</summary>
    public static Term operator -(Term a) => a is Number n ? new Number(-n.Value) : new Product(new Number(-1), a);

    /// <summary>The product of two formulas.</summary>
    public static Term operator *(Term a, Term b) => new Product(a, b);

    /// <summary>The quotient of two formulas.</summary>
    public static Term operator /(Term a, Term b) => new Quotient(a, b);

    /// <summary>An exact rational constant.</summary>
    public sealed class Number : Term
    {
        /// <summary>The constant <paramref name="value"/>.</summary>
        public Number(BigRational value) => (Value, IsOfLanguage) = (value, NumberLimits.IsModerate(value));

        /// <summary>The number.</summary>
        public BigRational Value { get; }

        private protected override string Print() =>
            Value.IsInteger && Value.Sign >= 0 ? Value.ToString() : $"({Value})";

        private protected override Term Replace(string name, Term value) => this;
    }

    /// <summary>A variable, or the bound index of a <see cref="Series"/>.</summary>
    public sealed class Variable : Term
    {
        /// <summary>The variable called <paramref name="name"/>.</summary>
        /// <exception cref="ArgumentException">It is no name of a variable (<see cref="Names"/>).</exception>
        public Variable(string name) => (Name, Variables) = (Checked(name), NoNames.Add(name));

        /// <summary>The name.</summary>
        public string Name { get; }

        private protected override string Print() => Name;

        private protected override Term Replace(string name, Term value) => value;
    }

    /// <summary>A sum of two formulas.</summary>
    public sealed class Sum(Term left, Term right) : Term(left, right)
    {
        /// <summary>The first summand.</summary>
        public Term Left { get; } = left;

        /// <summary>The second summand.</summary>
        public Term Right { get; } = right;

        private protected override string Print() => $"({Left} + {Right})";

        private protected override Term Replace(string name, Term value) =>
            new Sum(Left.Substitute(name, value), Right.Substitute(name, value));
    }

    /// <summary>A product of two formulas.</summary>
    public sealed class Product(Term left, Term right) : Term(left, right)
    {
        /// <summary>The first factor.</summary>
        public Term Left { get; } = left;

        /// <summary>The second factor.</summary>
        public Term Right { get; } = right;

        private protected override string Print() => $"({Left} * {Right})";

        private protected override Term Replace(string name, Term value) =>
            new Product(Left.Substitute(name, value), Right.Substitute(name, value));
    }

    /// <summary>A quotient; its domain is a non-zero denominator.</summary>
    public sealed class Quotient(Term left, Term right) : Term(left, right)
    {
        /// <summary>The numerator.</summary>
        public Term Left { get; } = left;

        /// <summary>The denominator.</summary>
        public Term Right { get; } = right;

        private protected override string Print() => $"({Left} / {Right})";

        private protected override Term Replace(string name, Term value) =>
            new Quotient(Left.Substitute(name, value), Right.Substitute(name, value));
    }

    /// <summary>
    /// A power; b^0 is 1, integer powers are products, other powers of b &gt; 0 are exp(e log b), and 0^e = 0 for e
    /// &gt; 0.
    /// </summary>
    public sealed class Power(Term @base, Term exponent) : Term(@base, exponent)
    {
        /// <summary>The base.</summary>
        public Term Base { get; } = @base;

        /// <summary>The exponent.</summary>
        public Term Exponent { get; } = exponent;

        private protected override string Print() => $"({Base} ^ {Exponent})";

        private protected override Term Replace(string name, Term value) =>
            new Power(Base.Substitute(name, value), Exponent.Substitute(name, value));
    }

    /// <summary>A named function of one or two arguments, or the constant pi.</summary>
    public sealed class Call : Term
    {
        /// <summary>The value of a function.</summary>
        public Call(string function, params ImmutableArray<Term> arguments)
            : base(arguments.AsSpan())
        {
            (Function, Arguments) = (function, arguments);
            IsOfLanguage &= function == "pi"
                ? arguments.IsEmpty
                : FormulaFunction.All.TryGetValue(function, out var known) && !known.IsWord
                    && arguments.Length == known.Arity;
        }

        /// <summary>The name, of a <see cref="FormulaFunction"/> or pi.</summary>
        public string Function { get; }

        /// <summary>The arguments.</summary>
        public ImmutableArray<Term> Arguments { get; }

        private protected override string Print() =>
            Arguments.IsEmpty ? Function : $"{Function}({string.Join(", ", Arguments)})";

        private protected override Term Replace(string name, Term value) =>
            new Call(Function, [.. Arguments.Select(a => a.Substitute(name, value))]);
    }

    /// <summary>Then where a relation holds, else Else.</summary>
    public sealed class Choice(Relation condition, Term then, Term @else)
        : Term(condition.Left, condition.Right, then, @else)
    {
        /// <summary>The relation that decides.</summary>
        public Relation Condition { get; } = condition;

        /// <summary>The value where the condition holds.</summary>
        public Term Then { get; } = then;

        /// <summary>The value where it does not.</summary>
        public Term Else { get; } = @else;

        private protected override string Print() => $"if({Condition}, {Then}, {Else})";

        private protected override Term Replace(string name, Term value) => new Choice(
            Condition.Substitute(name, value), Then.Substitute(name, value), Else.Substitute(name, value));
    }

    /// <summary>A piecewise formula as it was written; the core has <see cref="Choice"/> in its place.</summary>
    /// <remarks>
    /// Only <see cref="Reader.Formula"/> makes them, which reads for who translates the tree; no checker meets one.
    /// </remarks>
    public sealed class Cases(Proposition condition, Term then, Term @else) : Term([.. condition.Sides, then, @else])
    {
        /// <summary>What decides.</summary>
        public Proposition Condition { get; } = condition;

        /// <summary>The value where the condition holds.</summary>
        public Term Then { get; } = then;

        /// <summary>The value where it does not.</summary>
        public Term Else { get; } = @else;

        private protected override string Print() => Condition.Choose(Then, Else).ToString();

        private protected override Term Replace(string name, Term value) =>
            Condition.Choose(Then, Else).Substitute(name, value);
    }

    /// <summary>The sum or product of a body over the integers from Lower to Upper; empty ranges give 0 or 1.</summary>
    public sealed class Series : Term
    {
        /// <summary>The series with the given parts; the index is bound in the body only.</summary>
        /// <exception cref="ArgumentException">The index is no name of a variable (<see cref="Names"/>).</exception>
        public Series(bool isProduct, string index, Term lower, Term upper, Term body)
            : base(lower, upper, body)
        {
            (IsProduct, Index, Lower, Upper, Body) = (isProduct, Checked(index), lower, upper, body);
            Variables = lower.Variables.Union(upper.Variables).Union(body.Variables.Remove(index));
            IsOfLanguage &= !body.Indices.Contains(index);
            Indices = Indices.Add(index);
        }

        /// <summary>Whether the terms are multiplied rather than added.</summary>
        public bool IsProduct { get; }

        /// <summary>The name of the index.</summary>
        public string Index { get; }

        /// <summary>The first value of the index.</summary>
        public Term Lower { get; }

        /// <summary>The last value of the index.</summary>
        public Term Upper { get; }

        /// <summary>The term that is added or multiplied.</summary>
        public Term Body { get; }

        private protected override string Print() =>
            string.Create(
                CultureInfo.InvariantCulture, $"{(IsProduct ? "prod" : "sum")}({Index}, {Lower}, {Upper}, {Body})");

        private protected override Term Replace(string name, Term value)
        {
            var body = Body;
            string index = Index;
            if (name != index && value.Variables.Contains(index))
            {
                // Renaming the index keeps the value's variable from being captured.
                while (value.Variables.Contains(index) || body.Variables.Contains(index) || index == name)
                {
                    index += "_";
                }

                body = body.Substitute(Index, new Variable(index));
            }

            return new Series(
                IsProduct, index, Lower.Substitute(name, value), Upper.Substitute(name, value),
                name == Index ? body : body.Substitute(name, value));
        }
    }
}
