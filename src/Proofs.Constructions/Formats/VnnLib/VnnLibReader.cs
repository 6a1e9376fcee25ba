using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Formats.Text;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.VnnLib;

// The commands of a VNN-LIB file: declarations of X_i and Y_j, and assertions, which all must hold.
internal sealed class VnnLibReader(string file, string text)
{
    private const int MostVariables = 1 << 20;

    private readonly SExpressionReader _source = new(file, text);
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private readonly List<VnnLibFormula> _assertions = [];

    public VnnProperty Read()
    {
        SExpression? last = null;
        while (_source.Next() is { } command)
        {
            last = command;
            Execute(command);
        }

        var end = last ?? new SExpression("", default, 1, 1);
        int inputs = Count(isOutput: false, end), outputs = Count(isOutput: true, end);
        return new VnnLibCases(_source, inputs, outputs).Of(new VnnLibFormula.And([.. _assertions], end));
    }

    private void Execute(SExpression command)
    {
        switch (command.Head)
        {
            case "declare-const" when command.Items.Length == 3:
                Declare(command.Items[1], command.Items[2]);
                break;
            case "declare-fun" when command.Items.Length == 4 && command.Items[2] is { Word: null, Items.Length: 0 }:
                Declare(command.Items[1], command.Items[3]);
                break;
            case "assert" when command.Items.Length == 2:
                _assertions.Add(Read(command.Items[1]));
                break;
            case "set-logic" or "set-info" or "set-option" or "check-sat" or "get-model" or "exit":
                break;
            default:
                throw _source.Error(
                    command, "expected (declare-const X_0 Real), (declare-fun X_0 () Real) or (assert …)");
        }
    }

    private void Declare(SExpression name, SExpression type)
    {
        if (type.Word != "Real")
        {
            throw _source.Error(type, $"expected the type Real, found {type.Text}");
        }

        if (name.Word is not { } word || word.Length < 3 || word[..2] is not ("X_" or "Y_")
            || !int.TryParse(word.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || index >= MostVariables)
        {
            throw _source.Error(
                name, $"expected a variable X_i or Y_j with an index below {MostVariables}, found {name.Text}");
        }

        if (!_variables.TryAdd(word, new Variable(word[0] == 'Y', index)))
        {
            throw _source.Error(name, $"expected one declaration of {name.Text}, found a second one");
        }
    }

    // Every index from 0 up to the largest one must be declared.
    private int Count(bool isOutput, SExpression end)
    {
        Variable[] declared = [.. _variables.Values.Where(v => v.IsOutput == isOutput)];
        char letter = isOutput ? 'Y' : 'X';
        if (declared.Length == 0)
        {
            throw _source.Error(end, $"expected a declaration of {letter}_0, found none in the file");
        }

        int count = declared.Max(v => v.Index) + 1;
        return declared.Distinct().Count() == count && declared.Length == count
            ? count
            : throw _source.Error(
                end, $"expected declarations of {letter}_0 to {letter}_{count - 1}, one each, found {declared.Length}");
    }

    private VnnLibFormula Read(SExpression e)
    {
        switch (e.Head)
        {
            case "and":
                return new VnnLibFormula.And([.. e.Items.Skip(1).Select(Read)], e);
            case "or":
                return new VnnLibFormula.Or([.. e.Items.Skip(1).Select(Read)]);
            case "<=" or ">=" or "<" or ">" or "=" when e.Items.Length >= 3:
                LinearForm[] sides = [.. e.Items.Skip(1).Select(Term)];
                VnnLibFormula[] pairs = [.. sides.Zip(sides.Skip(1), (a, b) => Compare(e, a, b))];
                return pairs.Length == 1 ? pairs[0] : new VnnLibFormula.And([.. pairs], e);
            default:
                throw _source.Error(
                    e, $"expected (and …), (or …), (<= a b), (>= a b), (< a b), (> a b) or (= a b), found {Shown(e)}");
        }
    }

    private static VnnLibFormula Compare(SExpression e, LinearForm a, LinearForm b) => e.Head switch
    {
        "<=" or "<" => VnnLibFormula.AtMost(a, b, e.Head == "<", e),
        ">=" or ">" => VnnLibFormula.AtMost(b, a, e.Head == ">", e),
        _ => new VnnLibFormula.And(
            [VnnLibFormula.AtMost(a, b, isStrict: false, e), VnnLibFormula.AtMost(b, a, isStrict: false, e)], e),
    };

    private LinearForm Term(SExpression e)
    {
        if (e.Word is { } word)
        {
            return _variables.TryGetValue(word, out var variable) ? LinearForm.Of(variable)
                : Number(word) is { } value ? Limited(e, LinearForm.Of(value))
                : throw _source.Error(e, $"expected a declared variable or a decimal number, found {e.Text}");
        }

        return Limited(e, Combine(e, [.. e.Items.Skip(1).Select(Term)]));
    }

    private LinearForm Combine(SExpression e, LinearForm[] terms)
    {
        switch (e.Head)
        {
            case "+" when terms.Length > 0:
                return LinearForm.Sum(terms);
            case "-" when terms.Length == 1:
                return terms[0].Times(-1);
            case "-" when terms.Length > 1:
                return LinearForm.Sum([terms[0], LinearForm.Sum(terms[1..]).Times(-1)]);
            case "*" when terms.Length > 0 && terms.Count(t => !t.IsConstant) <= 1:
                var factor = terms.Where(t => t.IsConstant)
                    .Aggregate(LinearForm.Of(BigRational.One), (product, t) => Limited(e, product.Times(t.Constant)))
                    .Constant;
                return (Array.Find(terms, t => !t.IsConstant) ?? LinearForm.Of(BigRational.One)).Times(factor);
            case "/" when terms.Length == 2 && terms[1].IsConstant && !terms[1].Constant.IsZero:
                return terms[0].Times(terms[1].Constant.Reciprocal());
            default:
                throw _source.Error(
                    e, $"expected a linear term of +, -, * by a number or / by a non-zero number, found {Shown(e)}");
        }
    }

    private LinearForm Limited(SExpression e, LinearForm form)
    {
        const int LongestNumber = 1 << 14;
        return form.Coefficients.Values.Append(form.Constant).All(v =>
            v.Numerator.GetBitLength() + v.Denominator.GetBitLength() <= LongestNumber)
                ? form
                : throw _source.Error(e, $"expected numbers of at most {LongestNumber} bits");
    }

    private static BigRational? Number(string word) =>
        word.Length <= 1000 && !word.Contains('/', StringComparison.Ordinal)
        ? BigRational.TryParse(word)
        : null;

    private static string Shown(SExpression e) =>
        e.Word is not null ? e.Text : e.Head.Length > 0 ? $"({TextLine.Quote(e.Head)} …)" : "a list";
}
