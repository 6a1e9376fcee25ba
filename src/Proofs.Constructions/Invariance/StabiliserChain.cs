using System.Numerics;

namespace Proofs.Constructions.Invariance;

// The group that permutations generate, by Schreier's lemma: the orbit of a point with an element for each of its
// points, and below it the chain of the stabiliser of that point. The order is the product of the orbits' lengths
// [Sims 1970].
internal sealed class StabiliserChain
{
    private readonly int _degree;
    private readonly List<int[]> _generators = [];
    private readonly Dictionary<int, int[]> _transversal = []; // an element that sends the point there
    private readonly WorkLeft _work;
    private int _point = -1;
    private StabiliserChain? _next;

    private StabiliserChain(int degree, WorkLeft budget) => (_degree, _work) = (degree, budget);

    // Images composed before the search gives up.
    private sealed class WorkLeft(long work)
    {
        public long Left { get; set; } = work;
    }

    // The order of the group; null where it takes more work than granted.
    public static BigInteger? Order(int degree, IEnumerable<int[]> generators, long work)
    {
        var chain = new StabiliserChain(degree, new WorkLeft(work));
        foreach (int[] g in generators)
        {
            if (!chain.Contains(g))
            {
                chain.Add(g);
            }
        }

        return chain._work.Left < 0 ? null : chain.Size;
    }

    private BigInteger Size => _next is null ? BigInteger.One : _transversal.Count * _next.Size;

    private bool Contains(int[] g)
    {
        var level = this;
        while (level._next is not null)
        {
            if (!level._transversal.TryGetValue(g[level._point], out int[]? t))
            {
                return false;
            }

            g = Product(Inverse(t), g);
            level = level._next;
            _work.Left -= _degree;
        }

        return IsIdentity(g);
    }

    // Adds an element that is not in the group yet: new points of the orbit, and what fixes the point to the
    // stabiliser.
    private void Add(int[] g)
    {
        if (_next is null)
        {
            _point = Enumerable.Range(0, _degree).First(i => g[i] != i);
            _transversal[_point] = [.. Enumerable.Range(0, _degree)];
            _next = new StabiliserChain(_degree, _work);
        }

        _generators.Add(g);
        var open = new Queue<(int Point, int[] By)>(_transversal.Keys.Select(p => (p, g)));
        while (open.TryDequeue(out var step) && _work.Left >= 0)
        {
            _work.Left -= _degree;
            int[] moved = Product(step.By, _transversal[step.Point]);
            int to = moved[_point];
            if (!_transversal.TryGetValue(to, out int[]? known))
            {
                _transversal[to] = moved;
                foreach (int[] s in _generators)
                {
                    open.Enqueue((to, s));
                }

                continue;
            }

            int[] fixing = Product(Inverse(known), moved);
            if (!_next.Contains(fixing))
            {
                _next.Add(fixing);
            }
        }
    }

    // i ↦ a[b[i]]
    private static int[] Product(int[] a, int[] b) => [.. b.Select(i => a[i])];

    private static int[] Inverse(int[] a)
    {
        int[] inverse = new int[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            inverse[a[i]] = i;
        }

        return inverse;
    }

    private static bool IsIdentity(int[] a)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
