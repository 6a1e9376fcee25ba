using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Splits;

// Statement   Over all grids N_f, N_h and refinements m_f, m_h with κ eps_f + K M (J (eps_h + δ/4))^(1/p) ≤ eps', the
//             plan returned has the least count of math/01, section 2. δ costs no weight, only magnitude 1/δ.
//                                                                                              [math/07, A8 and A9]
// Idea        For m_f, m_h and N_f what is left for the surfaces is a number, and the least N_h for it exact. Counts
//             grow, so that each loop ends where its own part costs as much as the best plan so far.

/// <summary>The hypersurface network of the fewest weights for an accuracy.</summary>
/// <param name="Choice">The integers of its networks, their bits, and the width of the ramps.</param>
/// <param name="Report">What it costs, beside the shares of the theorem and a lower bound.</param>
public sealed record HypersurfaceSplit(HypersurfaceChoice Choice, SplitReport Report)
{
    private const long MostPlans = 20_000_000;

    /// <summary>The least plan for the class and the accuracy in L^p.</summary>
    /// <param name="class">The class of the function.</param>
    /// <param name="isDisjoint">Whether the pieces are disjoint, so that their errors do not add up.</param>
    /// <param name="eps">The error allowed in L^p, in (0, 1].</param>
    /// <param name="p">The exponent of the norm, at least 1.</param>
    /// <param name="isDeep">As for <see cref="HolderSplit"/>.</param>
    /// <param name="delta">δ, the width of the ramps; null for 2^(−10) of the one that the theorem takes.</param>
    /// <remarks>Complexity: at most 20 million plans, each of a few operations on rationals.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">eps or p is out of range.</exception>
    /// <exception cref="ArgumentException">No plan is within eps, or too many are to be compared.</exception>
    public static HypersurfaceSplit Least(
        HypersurfaceClass @class, bool isDisjoint, BigRational eps, int p, bool isDeep, BigRational? delta = null)
    {
        var equal = isDeep
            ? HypersurfaceChoice.Deep(@class, eps, p)
            : HypersurfaceChoice.ConstantDepth(@class, eps, p);
        var search = new Search(
            @class, isDisjoint ? 1 : @class.Pieces, eps, p, isDeep,
            delta ?? equal.Delta * BigRational.PowerOfTwo(-10));
        search.Run();
        return search.Result(HypersurfaceSize.Of(@class, equal).SizeBound);
    }

    private sealed class Search(
        HypersurfaceClass @class, int kappa, BigRational eps, int p, bool isDeep, BigRational delta)
    {
        private readonly HolderParts _smooth = new(@class.Smooth, isDeep);
        private readonly HolderParts _surface = new(@class.Surface, isDeep);
        private readonly BigInteger _surfaces = (@class.Pieces * @class.Sides).Numerator;
        private readonly BigRational _left = eps * (1 - HolderSplit.RoundingShare);

        private Plan? _best;
        private Plan? _bestIfTiesFall; // were irrational errors at the lower ends of their enclosures
        private long _plans;

        public void Run()
        {
            // the grids that an error of 0 in the products would leave
            if (_smooth.LeastGrid(_left / kappa) is not { } nf || _surface.LeastGrid(SurfaceRoom(0)) is not { } nh)
            {
                return;
            }

            for (int mf = 1; mf <= _smooth.MostRefinement && Beats(nf, mf, nh, 1); mf++)
            {
                for (int mh = 1; mh <= _surface.MostRefinement && Beats(nf, mf, nh, mh); mh++)
                {
                    Try(mf, mh, nh);
                }
            }
        }

        public HypersurfaceSplit Result(BigInteger equalSize)
        {
            var best = _best ?? throw new ArgumentException(
                $"No plan with ramps of width {delta} is within {eps}.");
            var (smoothError, surfaceError) = Errors(best, high: true);
            var choice = new HypersurfaceChoice(
                _smooth.Choice(best.Nf, best.Mf) with { Precision = _smooth.Precision(SmoothRounding) },
                _surface.Choice(best.Nh, best.Mh) with { Precision = _surface.Precision(SurfaceRounding(best)) },
                delta)
            {
                Exponent = p,
            };
            return new(choice, new(
                eps,
                best.Size,
                equalSize,
                LowerBound(),
                IsLeast: _bestIfTiesFall?.Size == best.Size,
                Integers(best),
                [
                    ("eps_f of the functions", smoothError),
                    ("eps_h of the surfaces", surfaceError),
                    ("delta/4 of the ramps", delta / 4),
                ]));
        }

        // All grids of the functions, each with the least one of the surfaces, which is at least fewest.
        private void Try(int mf, int mh, BigInteger fewest)
        {
            var products = _smooth.ProductError(mf);
            if (SurfaceRoom(products) <= _surface.ProductError(mh)
                || _smooth.LeastGrid((_left / kappa) - products) is not { } first)
            {
                return; // no grid is fine enough for these
            }

            for (var nf = first; Beats(nf, mf, fewest, mh); nf++)
            {
                if (++_plans > MostPlans)
                {
                    throw new ArgumentException(
                        $"More than {MostPlans} plans are to be compared for eps = {eps}; take a larger eps.");
                }

                Consider(ref _best, nf, mf, mh, high: true);
                Consider(ref _bestIfTiesFall, nf, mf, mh, high: false);
            }
        }

        private void Consider(ref Plan? best, BigInteger nf, int mf, int mh, bool high)
        {
            var (low, up) = _smooth.GridError(nf);
            var room = SurfaceRoom((high ? up : low) + _smooth.ProductError(mf)) - _surface.ProductError(mh);
            if (_surface.LeastGrid(room) is { } nh && SizeOf(nf, mf, nh, mh) is var size && !(size >= best?.Size))
            {
                best = new(nf, mf, nh, mh, size);
            }
        }

        // Whether a plan with at least these integers may be smaller than the best.
        private bool Beats(BigInteger nf, int mf, BigInteger nh, int mh) => _best is not { } best
            || (@class.Pieces * _smooth.Size(nf, mf)) + (_surfaces * _surface.Size(nh, mh))
                + (_surfaces * (_surface.Depth(mh) + 4)) + (12 * (BigInteger)@class.Pieces) < best.Size;

        // eps_h that is left beside eps_f: ((eps' − κ eps_f)/(K M))^p/J − δ/4, less the rounding of coefficients.
        private BigRational SurfaceRoom(BigRational smoothError)
        {
            var rest = _left - (kappa * smoothError);
            return rest.Sign <= 0
                ? -1
                : (BigRational.Pow(rest / (@class.Pieces * @class.M), p) / @class.Sides) - (delta / 4);
        }

        private BigRational SmoothRounding => eps * HolderSplit.RoundingShare / (2 * kappa);

        // Half of what the rounding of the functions leaves.
        private BigRational SurfaceRounding(Plan best)
        {
            var (f, h) = Errors(best, high: true);
            var allowed = (eps - (kappa * (f + SmoothRounding))) / (@class.Pieces * @class.M);
            return ((BigRational.Pow(allowed, p) / @class.Sides) - (delta / 4) - h) / 2;
        }

        private (BigRational Smooth, BigRational Surface) Errors(Plan plan, bool high)
        {
            var (f, h) = (_smooth.GridError(plan.Nf), _surface.GridError(plan.Nh));
            return ((high ? f.High : f.Low) + _smooth.ProductError(plan.Mf),
                (high ? h.High : h.Low) + _surface.ProductError(plan.Mh));
        }

        private BigInteger SizeOf(BigInteger nf, int mf, BigInteger nh, int mh) => HypersurfaceSize.Of(
            @class, new(_smooth.Choice(nf, mf), _surface.Choice(nh, mh), delta)).SizeBound;

        private ImmutableArray<(string Name, BigInteger Value)> Integers(Plan best)
        {
            var integers = ImmutableArray.CreateBuilder<(string Name, BigInteger Value)>();
            integers.Add(("N_f", best.Nf));
            if (@class.Smooth.Q > 0)
            {
                integers.Add(("m_f", best.Mf));
            }

            integers.Add(("N_h", best.Nh));
            if (@class.Surface.Q > 0)
            {
                integers.Add(("m_h", best.Mh));
            }

            return integers.ToImmutable();
        }

        // In e_f and v with eps_h + delta/4 = v^p, the constraint is a sum; eps_h is at most v^p.
        private BigRational LowerBound()
        {
            var root = @class.Pieces * @class.M * HolderParts.LowerPower(@class.Sides, new BigRational(1, p));
            var (f, fProducts, fRest) = _smooth.Leaves(@class.Pieces, kappa, power: 1);
            var (h, hProducts, hRest) = _surface.Leaves(_surfaces, root, p);
            SplitLeaf?[] leaves = [f, fProducts, h, hProducts];
            var split = Posynomial.Split([.. leaves.OfType<SplitLeaf>()], eps);
            return fRest + hRest + (_surfaces * (_surface.Depth(1) + 4)) + (12 * @class.Pieces)
                + Binary64.Exact(split.LowerBound);
        }
    }

    private sealed record Plan(BigInteger Nf, int Mf, BigInteger Nh, int Mh, BigInteger Size);
}
