using System.Globalization;
using System.Diagnostics;

namespace Proofs.Cli.Sessions;

/// <summary>What a command prints and its exit code.</summary>
/// <param name="Text">The whole of its output.</param>
/// <param name="ExitCode">The exit code of the process.</param>
internal readonly record struct Answer(string Text, int ExitCode);

/// <summary>The time limit of a command, and what it would print if it had to end now.</summary>
/// <remarks>
/// The limit counts from the start of the process, reading included. A command looks at <see cref="Left"/> and ends by
/// itself; the process ends one that does not, in the middle of a huge number say, and prints the latest
/// <see cref="Answer"/> in its place.
/// </remarks>
internal sealed class Deadline
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private volatile State _state = new(null, null, null);

    /// <summary>Whether a command has set a limit or an answer.</summary>
    public bool IsKept => _state.Answer is not null;

    /// <summary>What is left of the limit, at least one tick; null where there is none.</summary>
    public TimeSpan? Left => _state.Limit is not { } limit ? null
        : limit - _clock.Elapsed is { Ticks: > 0 } left ? left : TimeSpan.FromTicks(1);

    /// <summary>Why a command ends at the limit.</summary>
    public string Why => _state.Limit is { } limit
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"the time limit of {limit.TotalSeconds} s is reached; a longer one would help")
        : "the command was interrupted";

    /// <summary>Sets the limit, null for none, and what to print at it: a function of why the command ends.</summary>
    public void Keep(TimeSpan? limit, Func<string, Answer> answer) => _state = new(limit, answer, answer);

    /// <summary>Replaces what to print by something that says more.</summary>
    public void Know(Func<string, Answer> answer) => _state = _state with { Answer = answer };

    /// <summary>Whether the limit passed longer ago than a time.</summary>
    public bool IsPast(TimeSpan grace) => _state.Limit is { } limit && _clock.Elapsed > limit + grace;

    /// <summary>
    /// What to print now: the latest answer, or the first one where that takes longer than a time; null where the
    /// command left none.
    /// </summary>
    public Answer? Now(TimeSpan patience)
    {
        var (_, answer, first) = _state;
        if (answer is null || first is null)
        {
            return null;
        }

        // on a thread of its own, for those of the pool may all be searching
        var printing = Task.Factory.StartNew(
            () => answer(Why), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WaitAny([printing], patience) == 0 && printing.IsCompletedSuccessfully
            ? printing.Result
            : first(Why);
    }

    private sealed record State(TimeSpan? Limit, Func<string, Answer>? Answer, Func<string, Answer>? First);
}
