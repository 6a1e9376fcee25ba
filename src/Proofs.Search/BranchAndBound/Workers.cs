using System.Collections.Concurrent;

namespace Proofs.Search.BranchAndBound;

// Runs the items of a batch on some threads, each with a worker of its own. Each item depends on nothing another
// computes, so the order does not matter.
internal interface IWorkers<out TWorker>
{
    void ForEach(int count, Action<int, TWorker> work);
}

// Workers that are made as threads ask for them, and kept for the next batch.
internal sealed class Workers<TWorker>(int jobs, Func<TWorker> create) : IWorkers<TWorker>
{
    private readonly ConcurrentBag<TWorker> _free = [];
    private readonly int _jobs = Math.Max(1, jobs);

    // Batches of fewer items than this stay on the thread that asks: handing them over would cost more.
    public int LeastShared { get; init; } = 4;

    public void ForEach(int count, Action<int, TWorker> work)
    {
        if (_jobs == 1 || count < LeastShared)
        {
            var worker = Rent();
            for (int i = 0; i < count; i++)
            {
                work(i, worker);
            }

            _free.Add(worker);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _jobs }, Rent, (i, _, worker) =>
        {
            work(i, worker);
            return worker;
        }, _free.Add);
    }

    // Lets go of the workers, which may hold much memory.
    public void Release() => _free.Clear();

    private TWorker Rent() => _free.TryTake(out var worker) ? worker : create();
}
