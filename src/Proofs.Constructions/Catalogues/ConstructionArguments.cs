using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Catalogues;

// The key=value texts of one call, read as the parameters of a construction say.
internal sealed class ConstructionArguments
{
    private readonly ImmutableArray<ConstructionParameter> _parameters;
    private readonly ImmutableDictionary<string, string> _values;

    public ConstructionArguments(
        string construction, ImmutableArray<ConstructionParameter> parameters, IEnumerable<string> keyValues)
    {
        _parameters = parameters;
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string keyValue in keyValues)
        {
            int equals = keyValue.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ParameterException(keyValue, "has no value; expected key=value");
            }

            string key = keyValue[..equals].Trim();
            if (!parameters.Any(p => p.Name == key || IsPiece(p, key)))
            {
                throw new ParameterException(
                    key, $"is no parameter of {construction}; expected {string.Join(", ", parameters.Select(Shown))}");
            }

            if (!values.TryAdd(key, keyValue[(equals + 1)..].Trim()))
            {
                throw new ParameterException(key, "is given twice; expected once");
            }
        }

        _values = values.ToImmutable();
    }

    public bool Has(string key) => _values.ContainsKey(key);

    // The numbers of the pieces given, such as 1 and 2 for f1 and f2; none where no key carries a number.
    public ImmutableSortedSet<int> Pieces() => [.. _values.Keys
        .Where(k => _parameters.Any(p => IsPiece(p, k)))
        .Select(k => int.Parse(k.TrimStart([.. k.Where(c => !char.IsAsciiDigit(c))]), CultureInfo.InvariantCulture))];

    public string? Text(string key)
    {
        if (_values.TryGetValue(key, out string? value))
        {
            return value;
        }

        // f2 takes the place of f: a value without a number is the one for all pieces
        var parameter = _parameters.First(p => p.Name == key || IsPiece(p, key));
        return key != parameter.Name ? Text(parameter.Name) : parameter.Default;
    }

    public string Required(string key) => Text(key) is { Length: > 0 } value
        ? value
        : throw new ParameterException(key, $"is missing; expected {Described(key)}");

    public BigRational Number(string key) => BigRational.TryParse(Required(key))
        ?? throw new ParameterException(key, $"is '{Required(key)}'; expected a number such as 3/8 or 0.25");

    public int Integer(string key, int smallest, int largest)
    {
        string text = Required(key);
        return BigRational.TryParse(text) is { IsInteger: true } value && value >= smallest && value <= largest
            ? (int)value.Numerator
            : throw new ParameterException(key, $"is '{text}'; expected a whole number in {smallest} … {largest}");
    }

    public BigRational[] Numbers(string key) =>
        [.. Required(key).Split(',').Select(text => BigRational.TryParse(text)
            ?? throw new ParameterException(
                key, $"has '{text.Trim()}'; expected numbers with commas between them, such as 0,1/2,1"))];

    public Expr Formula(string key) => Parse(key, Required(key));

    public string Choice(string key)
    {
        string text = Required(key);
        var choices = _parameters.First(p => p.Name == key || IsPiece(p, key)).Choices;
        return choices.Contains(text)
            ? text
            : throw new ParameterException(key, $"is '{text}'; expected {string.Join(" or ", choices)}");
    }

    public Box Box(string key)
    {
        try
        {
            return Proofs.Constructions.Domains.Box.Parse(Required(key));
        }
        catch (FormatException e) when (e is not ParameterException)
        {
            throw new ParameterException(key, e.Message);
        }
    }

    // A set by name, or the maps in a file.
    public CoveredSet Set(string key)
    {
        string text = Required(key);
        if (Sets.Find(text) is { } set)
        {
            return set;
        }

        if (!File.Exists(text))
        {
            throw new ParameterException(
                key, $"is '{text}'; expected {string.Join(", ", Sets.Names)} (D a number up to 10), or "
                    + "a file that states a set or holds points");
        }

        try
        {
            return SetText.Read(text);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ParameterException(key, $"is the file '{text}': {e.Message}");
        }
    }

    // x2 <= formula, or x2 >= formula, with semicolons between several.
    public ImmutableArray<RegionSide> Region(string key)
    {
        var sides = ImmutableArray.CreateBuilder<RegionSide>();
        foreach (string text in Required(key).Split(';', StringSplitOptions.TrimEntries))
        {
            int at = Math.Max(
                text.IndexOf("<=", StringComparison.Ordinal), text.IndexOf(">=", StringComparison.Ordinal));
            string left = at < 0 ? "" : text[..at].Trim();
            if (at < 0 || left.Length < 2 || left[0] != 'x'
                || !int.TryParse(left[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int coordinate))
            {
                throw new ParameterException(
                    key, $"has '{text}'; expected a coordinate and its bound, such as x2 <= 1/2 + x1/4, with ; "
                        + "between several");
            }

            sides.Add(new(coordinate, text[at] == '<' ? 1 : -1, Parse(key, text[(at + 2)..])));
        }

        return sides.ToImmutable();
    }

    private static Expr Parse(string key, string text)
    {
        try
        {
            return Expr.Parse(text);
        }
        catch (ExprSyntaxException e)
        {
            throw new ParameterException(key, $"'{text.Trim()}' is not a formula, {e.Message}");
        }
    }

    private static bool IsPiece(ConstructionParameter parameter, string key) => parameter.IsNumbered
        && key.Length > parameter.Name.Length
        && key.Length <= parameter.Name.Length + 3
        && key.StartsWith(parameter.Name, StringComparison.Ordinal)
        && key[parameter.Name.Length..].All(char.IsAsciiDigit)
        && key[parameter.Name.Length] != '0';

    private static string Shown(ConstructionParameter p) =>
        p.IsNumbered ? $"{p.Name} (or {p.Name}1, {p.Name}2, …)" : p.Name;

    private string Described(string key)
    {
        var parameter = _parameters.First(p => p.Name == key || IsPiece(p, key));
        return $"{key}=…, {parameter.Description}";
    }
}
