using System.Collections.Immutable;
using System.Text;
using Proofs.Kernel.Certificates;

namespace Proofs.Kernel.Symbolic;

/// <summary>The text form of proofs: a step is its rule, its arguments in quotes and its branches in braces.</summary>
internal static class ProofText
{
    private const int LargestNesting = 400;
    private const int LargestLength = 64_000_000;

    public static void Write(StringBuilder text, ImmutableArray<ProofStep> proof, int indent)
    {
        foreach (var step in proof)
        {
            text.Append(' ', indent).Append(step.Rule);
            foreach (var branch in step.Branches)
            {
                text.Append(" {\n");
                Write(text, branch, indent + 2);
                text.Append(' ', indent).Append('}');
            }

            text.Append('\n');
        }
    }

    public static ImmutableArray<ImmutableArray<ProofStep>> Read(string text, int start)
    {
        if (text.Length > LargestLength)
        {
            throw new Rejection("the certificate is too long");
        }

        var proofs = ImmutableArray.CreateBuilder<ImmutableArray<ProofStep>>();
        int at = start;
        while (Peek(text, ref at) != '\0')
        {
            proofs.Add(Word(text, ref at) == "proof" ? Block(text, ref at, 0) : throw Unexpected(text, at));
        }

        return proofs.ToImmutable();
    }

    // { step step … }
    private static ImmutableArray<ProofStep> Block(string text, ref int at, int nesting)
    {
        if (nesting > LargestNesting)
        {
            throw new Rejection("the certificate is nested too deeply");
        }

        if (Peek(text, ref at) != '{')
        {
            throw Unexpected(text, at);
        }

        at++;
        var steps = ImmutableArray.CreateBuilder<ProofStep>();
        while (Peek(text, ref at) != '}')
        {
            string rule = Word(text, ref at);
            var arguments = ImmutableArray.CreateBuilder<string>();
            var branches = ImmutableArray.CreateBuilder<ImmutableArray<ProofStep>>();
            while (Peek(text, ref at) == '"')
            {
                int end = text.IndexOf('"', at + 1);
                arguments.Add(end > 0 ? text[(at + 1)..end] : throw Unexpected(text, at));
                at = end + 1;
            }

            while (Peek(text, ref at) == '{')
            {
                branches.Add(Block(text, ref at, nesting + 1));
            }

            steps.Add(new(RuleText.Read(rule, arguments.ToImmutable()), branches.ToImmutable()));
        }

        at++;
        return steps.ToImmutable();
    }

    private static char Peek(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private static string Word(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == '-'))
        {
            at++;
        }

        return at > start ? text[start..at] : throw Unexpected(text, at);
    }

    private static Rejection Unexpected(string text, int at)
    {
        int line = text.AsSpan(0, int.Min(at, text.Length)).Count('\n') + 1;
        return new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line} of the certificate is malformed"));
    }
}
