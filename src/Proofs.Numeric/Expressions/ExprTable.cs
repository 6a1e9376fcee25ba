namespace Proofs.Numeric.Expressions;

// The table behind hash-consing: one live object for each distinct expression. References are weak, so that
// expressions a search has dropped are collected; dead entries go when a shard has doubled.
internal static class ExprTable
{
    private const int ShardCount = 64;
    private static readonly Shard[] Shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];

    public static Expr Intern(Expr fresh) => Shards[(fresh.StructuralHash & int.MaxValue) % ShardCount].Intern(fresh);

    private sealed class Shard
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<int, List<WeakReference<Expr>>> _buckets = [];
        private int _count;
        private int _sweepAt = 1024;

        public Expr Intern(Expr fresh)
        {
            lock (_gate)
            {
                if (!_buckets.TryGetValue(fresh.StructuralHash, out var bucket))
                {
                    _buckets[fresh.StructuralHash] = bucket = [];
                }

                foreach (var reference in bucket)
                {
                    if (reference.TryGetTarget(out var known) && known.SameNode(fresh))
                    {
                        return known;
                    }
                }

                bucket.Add(new WeakReference<Expr>(fresh));
                if (++_count >= _sweepAt)
                {
                    Sweep();
                }

                return fresh;
            }
        }

        private void Sweep()
        {
            _count = 0;
            foreach (var (hash, bucket) in _buckets.ToArray())
            {
                bucket.RemoveAll(r => !r.TryGetTarget(out _));
                _count += bucket.Count;
                if (bucket.Count == 0)
                {
                    _buckets.Remove(hash);
                }
            }

            _sweepAt = Math.Max(1024, 2 * _count);
        }
    }
}
