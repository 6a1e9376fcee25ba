using System.Text;
using Proofs.Kernel.Symbolic;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// Walks from a false statement through rules that the kernel applies, always to a sequent that is false, and tries to
/// close it.
/// </summary>
internal sealed class ProofForger(Dice dice, Dictionary<string, long> applied)
{
    private const int LongestWalk = 4;

    private readonly StepMaker _maker = new(dice);

    /// <summary>What was accepted and must not be; null where the kernel held.</summary>
    public string? Found { get; private set; }

    /// <summary>The text of a forged certificate of the statement; null where the kernel does not read it.</summary>
    public string? Forge(FalseStatement statement)
    {
        if (Kernel.Obligations(statement.Text) is not { } obligations)
        {
            return null;
        }

        var text = new StringBuilder($"{SymbolicCertificate.Header}\nstatement {statement.Text}\nstrategy forged\n");
        foreach (var sequent in obligations)
        {
            bool isFalse = StepJudge.IsFalse(sequent, statement.At) == true;
            _ = text.Append("proof {\n").Append(isFalse ? Walk(sequent, statement.At) : Plain(sequent)).Append("}\n");
        }

        return text.ToString();
    }

    private string Walk(SequentView sequent, Witness at)
    {
        var opened =
            new List<(ForgedStep Step, System.Collections.Immutable.ImmutableArray<SequentView> Left, int Index)>();
        int length = dice.Chance(50) ? dice.Next(LongestWalk + 1) : dice.Next(2);
        var (s, w) = (sequent, at);
        for (int i = 0; i <= length; i++)
        {
            Close(s, w);
            if (i == length || Advance(s, w, opened.Count > 0 ? opened[^1].Step : null) is not { } next)
            {
                break;
            }

            opened.Add((next.Step, next.Left, next.To.Index));
            (s, w) = (next.Left[next.To.Index], next.To.At);
        }

        string proof = _maker.Closing(s) + "\n";
        for (int i = opened.Count - 1; i >= 0; i--)
        {
            var (step, left, index) = opened[i];
            var text = new StringBuilder().Append(step);
            for (int b = 0; b < left.Length; b++)
            {
                string branch = b == index ? proof : Plain(left[b]);
                _ = b < left.Length - 1
                    ? text.Append(" {\n").Append(branch).Append('}')
                    : text.Append('\n').Append(branch);
            }

            proof = text.ToString();
        }

        return proof;
    }

    private void Close(SequentView s, Witness at)
    {
        for (int i = 0; i < 2; i++)
        {
            var step = i == 0 ? new ForgedStep("trivial") : _maker.Closing(s);
            if (Kernel.Apply(s, step) is { } left)
            {
                Count(step.Kind);
                Report(s, at, step, StepJudge.Of(s, at, step, left));
            }
        }
    }

    private (
        ForgedStep Step, System.Collections.Immutable.ImmutableArray<SequentView> Left,
        StepJudge.Falsified To)? Advance(
        SequentView s, Witness at, ForgedStep? before)
    {
        for (int attempt = 0; attempt < 5; attempt++)
        {
            var step = _maker.Leaving(s, before);
            if (Kernel.Apply(s, step) is not { } left || left.Length > 20)
            {
                continue;
            }

            Count(step.Kind);
            var verdict = StepJudge.Of(s, at, step, left);
            Report(s, at, step, verdict);
            if (verdict.Next is { } next)
            {
                return (step, left, next);
            }
        }

        return null;
    }

    // A proof of a sequent that may well be true.
    private string Plain(SequentView s)
    {
        ForgedStep[] steps = [_maker.Closing(s), new("trivial"), new("below"), new("above"), _maker.Closing(s)];
        foreach (var step in steps)
        {
            if (Kernel.Apply(s, step) is { } left)
            {
                Count(step.Kind);
                return left.IsEmpty ? $"{step}\n" : $"{step}\n{Plain(left[0])}";
            }
        }

        return "trivial\n";
    }

    private void Count(string kind) => applied[kind] = applied.GetValueOrDefault(kind) + 1;

    private void Report(SequentView s, Witness at, ForgedStep step, StepJudge.Verdict verdict)
    {
        if (verdict.IsUnsound)
        {
            Found ??= $"the sequent\n  {s}\nis false at {at}, and the kernel believes the step\n  {step}";
        }
    }
}
