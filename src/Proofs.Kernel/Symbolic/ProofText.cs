using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>The proofs on all lines to come.</summary>
    public static ImmutableArray<ImmutableArray<ProofStep>> Read(CertificateLines lines)
    {
        int before = lines.Line;
        var text = new StringBuilder();
        while (!lines.IsAtEnd)
        {
            text.Append(lines.Take()).Append('\n');
            if (text.Length > LargestLength)
            {
                throw new Rejection("the certificate is too long");
            }
        }

        return new Parser(text.ToString(), before).Proofs();
    }

    private sealed class Parser(string text, int before)
    {
        private int _at;

        public ImmutableArray<ImmutableArray<ProofStep>> Proofs()
        {
            var proofs = ImmutableArray.CreateBuilder<ImmutableArray<ProofStep>>();
            while (Peek() != '\0')
            {
                proofs.Add(Word() == "proof" ? Block(0) : throw Unexpected());
            }

            return proofs.ToImmutable();
        }

        // { step step … }
        private ImmutableArray<ProofStep> Block(int nesting)
        {
            if (nesting > LargestNesting)
            {
                throw new Rejection("the certificate is nested too deeply");
            }

            if (Peek() != '{')
            {
                throw Unexpected();
            }

            _at++;
            var steps = ImmutableArray.CreateBuilder<ProofStep>();
            while (Peek() != '}')
            {
                string rule = Word();
                var arguments = ImmutableArray.CreateBuilder<string>();
                var branches = ImmutableArray.CreateBuilder<ImmutableArray<ProofStep>>();
                while (Peek() == '"')
                {
                    int end = text.IndexOf('"', _at + 1);
                    arguments.Add(end > 0 ? text[(_at + 1)..end] : throw Unexpected());
                    _at = end + 1;
                }

                while (Peek() == '{')
                {
                    branches.Add(Block(nesting + 1));
                }

                steps.Add(new(RuleText.Read(rule, arguments.ToImmutable()), branches.ToImmutable()));
            }

            _at++;
            return steps.ToImmutable();
        }

        // The next character that is none of spaces and line feeds.
        private char Peek()
        {
            while (_at < text.Length && (text[_at] == ' ' || text[_at] == '\n'))
            {
                _at++;
            }

            return _at < text.Length ? text[_at] : '\0';
        }

        private string Word()
        {
            int start = _at;
            while (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '-'))
            {
                _at++;
            }

            return _at > start ? text[start.._at] : throw Unexpected();
        }

        private Rejection Unexpected()
        {
            int line = before + text.AsSpan(0, int.Min(_at, text.Length)).Count('\n') + 1;
            return new(string.Create(CultureInfo.InvariantCulture, $"line {line} of the certificate is malformed"));
        }
    }
}
