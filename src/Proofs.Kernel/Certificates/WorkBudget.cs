namespace Proofs.Kernel.Certificates;

/// <summary>
/// What a replay or a search may spend, counted in elementary operations: the same on every machine and at every load.
/// </summary>
/// <remarks>
/// One object serves one thread. It is handed on explicitly: no result depends on a limit that no argument shows.
/// </remarks>
/// <param name="limit">How many operations may be spent.</param>
/// <param name="stop">Ends the work before.</param>
public sealed class WorkBudget(long limit, CancellationToken stop = default)
{
    /// <summary>
    /// What the replay of one certificate may spend; proofs that the search finds in seconds stay far below it.
    /// </summary>
    public const long ForReplay = 500_000_000;

    private readonly Dictionary<Type, object> _memories = [];

    /// <summary>The operations left.</summary>
    public long Left { get; private set; } = limit;

    /// <summary>Ends the work early.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Takes operations off the budget.</summary>
    /// <exception cref="WorkExhaustedException">Too few are left.</exception>
    /// <exception cref="OperationCanceledException">The work was to end.</exception>
    public void Spend(long amount)
    {
        if (amount < 0 || amount > Left) // a count below 0 is one that overflowed
        {
            Left = -1;
            throw new WorkExhaustedException();
        }

        Left -= amount;

        stop.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// What one kind of reasoning remembers while the budget lasts; what is remembered is still counted.
    /// </summary>
    internal T Memory<T>()
        where T : class, new()
    {
        if (!_memories.TryGetValue(typeof(T), out object? memory))
        {
            _memories.Add(typeof(T), memory = new T());
        }

        return (T)memory;
    }
}

/// <summary>A budget of work is spent.</summary>
public sealed class WorkExhaustedException : OperationCanceledException
{
    /// <summary>The budget is spent.</summary>
    public WorkExhaustedException()
        : base("the work limit is exceeded")
    {
    }

    /// <summary>The budget is spent, in other words.</summary>
    public WorkExhaustedException(string message)
        : base(message)
    {
    }

    /// <summary>The budget is spent, in other words and because of another error.</summary>
    public WorkExhaustedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
