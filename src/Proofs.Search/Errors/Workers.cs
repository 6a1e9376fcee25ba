using System.Collections.Concurrent;

namespace Proofs.Search.Errors;

// Runs the items of a batch on some threads. Each item depends on nothing another computes, so the order does not matter.
internal sealed class Workers(ErrorModel model)
{
    private readonly ConcurrentBag<ErrorEvaluator> _free = [];
    private readonly int _jobs = Math.Max(1, model.Request.Jobs);

    public void ForEach(int count, Action<int, ErrorEvaluator> work)
    {
        if (_jobs == 1 || count < 4)
        {
            var evaluator = Rent();
            for (int i = 0; i < count; i++)
            {
                work(i, evaluator);
            }

            _free.Add(evaluator);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _jobs }, Rent, (i, _, evaluator) =>
        {
            work(i, evaluator);
            return evaluator;
        }, _free.Add);
    }

    private ErrorEvaluator Rent() => _free.TryTake(out var evaluator) ? evaluator : new ErrorEvaluator(model);
}
