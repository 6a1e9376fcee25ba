using System.Globalization;
using System.Text.RegularExpressions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Theorems;

/// <summary>Reads claims as theorems state them.</summary>
/// <remarks>
/// <c>forall … : A &lt;= B</c> is symbolic. <c>sup |Phi - f| &lt;= eps where dist &gt;= delta</c>, <c>L2 |Phi - f|
/// &lt;= eps</c>,
/// <c>max (Phi - f) &lt;= 0</c> and <c>min (Phi - f) &gt;= 0</c> bound errors. <c>volume {dist &lt; delta} &lt;=
/// 2*delta</c> bounds a volume. Everything else is a condition on exact numbers, such as <c>L = m + 1 and W &lt;=
/// 8*m</c>.
/// </remarks>
public static partial class ClaimParser
{
    private const string Forms =
        "'forall … : A <= B', 'sup |Phi - f| <= A', 'L2 |Phi - f| <= A', 'max (Phi - f) <= A', "
        + "'min (Phi - f) >= A', each with 'where …' if need be, 'volume {…} <= A' or "
            + "a condition on numbers such as 'W <= 8*m'";

    /// <summary>The claim called <paramref name="name"/> that <paramref name="statement"/> makes.</summary>
    /// <exception cref="FormatException">The statement is none of the forms above; the message says where it
    /// breaks.</exception>
    public static Claim Parse(string name, string statement)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(statement);
        string text = statement.Trim();
        if (text.StartsWith("forall ", StringComparison.Ordinal) || text.StartsWith('∀'))
        {
            return new Claim.Symbolic(name, text);
        }

        if (VolumePattern().Match(text) is { Success: true } volume)
        {
            var region = ParseCondition(volume.Groups["region"]);
            var (relation, bound) = ParseBound(volume.Groups["rest"]);
            return new Claim.Volume(name, text, region, relation, bound);
        }

        if (ErrorPattern().Match(text) is { Success: true } error)
        {
            bool absolute = error.Groups["absolute"].Success;
            var quantity = ParseQuantity(error.Groups["quantity"].Value, absolute, text);
            var subject = ParseExpr(absolute ? error.Groups["absolute"] : error.Groups["signed"]);
            var (relation, bound) = ParseBound(error.Groups["rest"]);
            var where = error.Groups["where"].Success ? ParseCondition(error.Groups["where"]) : null;
            return new Claim.Error(name, text, quantity, subject, where, relation, bound);
        }

        return new Claim.Exact(name, text, At(0, text, Condition.Parse));
    }

    /// <summary>
    /// The claim as <see cref="Parse"/> reads it; a sentence that is none becomes a <see cref="Claim.Malformed"/> one.
    /// </summary>
    /// <remarks>Theorems are declared with this: one bad sentence then takes no other claim down.</remarks>
    public static Claim Read(string name, string statement)
    {
        try
        {
            return Parse(name, statement);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new Claim.Malformed(name ?? "", statement ?? "", $"{Faults.Describe(e)}; a claim is {Forms}");
        }
    }

    private static Quantity ParseQuantity(string word, bool absolute, string text) => (word, absolute) switch
    {
        ("sup", true) => new Quantity.Supremum(),
        ("max", false) => new Quantity.Maximum(),
        ("min", false) => new Quantity.Minimum(),
        (['L', .. var p], true) => new Quantity.LebesgueNorm(BigRational.Parse(p)),
        _ => throw new FormatException($"'{text}': sup and L<p> take |…|, max and min take (…)."),
    };

    private static (RelationKind Relation, Expr Bound) ParseBound(Group rest)
    {
        // Read "0 <= bound" so that the relation and the bound come from one parser.
        const string Probe = "0 ";
        var condition = At(rest.Index - Probe.Length, Probe + rest.Value, Condition.Parse);
        return condition is Condition.Comparison { Relation: var relation, Right: var bound }
            ? (relation, bound)
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"column {rest.Index + 1}: expected one relation and one bound, found '{rest.Value}'"));
    }

    private static Condition ParseCondition(Group group) => At(group.Index, group.Value, Condition.Parse);

    private static Expr ParseExpr(Group group) => At(group.Index, group.Value, Expr.Parse);

    // Shifts the column of a syntax error to the place in the whole claim.
    private static T At<T>(int offset, string part, Func<string, T> parse)
    {
        try
        {
            return parse(part);
        }
        catch (ExprSyntaxException e)
        {
            string problem = e.Message[(e.Message.IndexOf(':', StringComparison.Ordinal) + 2)..];
            throw new ExprSyntaxException(e.Text, e.Column + offset, problem);
        }
    }

    [GeneratedRegex(
        @"^volume\s*\{(?<region>[^}]*)\}\s*(?<rest>[<>=≤≥].*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex VolumePattern();

    [GeneratedRegex(
        @"^(?<quantity>sup|max|min|L[0-9]+(?:[./][0-9]+)?)\s*"
            + @"(?:\|(?<absolute>.*?)\|(?=\s*[<>=≤≥])"
            + @"|\((?<signed>(?:[^()]|(?<open>\()|(?<-open>\)))*(?(open)(?!)))\))\s*"
            + @"(?<rest>[<>=≤≥](?:(?!\bwhere\b).)*)(?:\bwhere\b(?<where>.*))?$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex ErrorPattern();
}
