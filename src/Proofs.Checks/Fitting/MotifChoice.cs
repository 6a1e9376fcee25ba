using System.Collections.Immutable;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Fitting;

/// <summary>What kind of model is fitted.</summary>
public enum Motif
{
    /// <summary>Whatever does best on the rows that choose.</summary>
    Auto,

    /// <summary>Support vector regression.</summary>
    Svr,

    /// <summary>Kernel ridge regression.</summary>
    Krr,

    /// <summary>Kernel ridge regression with sums of linear splines, which transfer exactly.</summary>
    Spline,

    /// <summary>A regression tree.</summary>
    Tree,

    /// <summary>A mean of regression trees.</summary>
    Forest,
}

/// <summary>A model to fit, with all its numbers.</summary>
/// <param name="Motif">Its kind; not <see cref="Motif.Auto"/>.</param>
/// <param name="Kernel">The kernel; null for trees.</param>
/// <param name="Cost">C of a support vector fit.</param>
/// <param name="Tube">ε of a support vector fit.</param>
/// <param name="Ridge">λ of a ridge fit.</param>
/// <param name="Depth">The most splits on a path of a tree.</param>
/// <param name="Trees">The trees of a forest.</param>
public sealed record MotifCandidate(
    Motif Motif, MotifKernel? Kernel, BigRational Cost, BigRational Tube, BigRational Ridge, int Depth, int Trees)
{
    /// <summary>The candidate in words.</summary>
    public override string ToString() => Motif switch
    {
        Motif.Svr => $"svr, {KernelText}, C = {Printing(Cost)}, tube = {Printing(Tube)}",
        Motif.Krr or Motif.Spline => $"{Motif.ToString().ToLowerInvariant()}, {KernelText}, ridge = {Printing(Ridge)}",
        Motif.Tree => $"tree of depth {Depth}",
        _ => $"forest of {Trees} trees of depth {Depth}",
    };

    private string KernelText => Kernel switch
    {
        MotifKernel.Gaussian g => $"kernel gauss, gamma = {Printing(g.Gamma)}",
        MotifKernel.Laplacian l => $"kernel laplace, gamma = {Printing(l.Gamma)}",
        MotifKernel.Hat h => $"kernel hat, h = {Printing(h.Width)}",
        MotifKernel.Polynomial p => $"kernel poly, c = {Printing(p.Shift)}",
        _ => "kernel min",
    };

    private static string Printing(BigRational value) =>
        value.IsInteger || value.Denominator < 10000 ? value.ToString() : Binary64.Text(Binary64.Nearest(value));
}

/// <summary>A fitted candidate: a kernel model or trees.</summary>
/// <param name="Candidate">What was fitted.</param>
/// <param name="Kernel">The kernel model and its certificate; null for trees.</param>
/// <param name="Trees">The trees; empty for kernel models.</param>
public sealed record MotifFit(MotifCandidate Candidate, KernelFit? Kernel, ImmutableArray<RegressionTree> Trees)
{
    /// <summary>Fits a candidate.</summary>
    /// <param name="candidate">What to fit.</param>
    /// <param name="data">The observations.</param>
    /// <param name="error">The fit certificate that a support vector fit goes on for.</param>
    /// <param name="seed">Where the resampling of a forest starts.</param>
    /// <exception cref="FitException">The data do not allow it.</exception>
    public static MotifFit Of(MotifCandidate candidate, FitData data, double error, long seed) => candidate.Motif switch
    {
        Motif.Svr => new(candidate, SupportVectorFit.Fit(
            data, candidate.Kernel!, candidate.Cost, candidate.Tube, error), []),
        Motif.Krr or Motif.Spline => new(candidate, RidgeFit.Fit(data, candidate.Kernel!, candidate.Ridge), []),
        Motif.Tree => new(candidate, null, TreeFit.Tree(data, candidate.Depth, 1)),
        Motif.Forest => new(candidate, null, TreeFit.Forest(data, candidate.Trees, candidate.Depth, 1, seed)),
        _ => throw new ArgumentException($"The motif is {candidate.Motif}; expected one that can be fitted."),
    };

    /// <summary>The root of the mean squared error on observations, in binary64 arithmetic.</summary>
    /// <remarks>Guarantee: an estimate.</remarks>
    public double RootMeanSquare(FitData data)
    {
        double sum = 0;
        (double[] Centre, double A)[] terms = Kernel is null
            ? []
            : [.. Kernel.Model.Centres.Zip(Kernel.Model.Coefficients, (z, a) =>
                (z.Select(Binary64.Nearest).ToArray(), Binary64.Nearest(a)))];
        for (int i = 0; i < data.Count; i++)
        {
            double value = Kernel is null
                ? Trees.Sum(t => Binary64.Nearest(t.At(data.Exact(i))))
                : Binary64.Nearest(Kernel.Model.Offset);
            foreach (var (centre, a) in terms)
            {
                value += a * Candidate.Kernel!.Estimate(data.Point(i), centre);
            }

            sum += (value - data.Values[i]) * (value - data.Values[i]);
        }

        return Math.Sqrt(sum / data.Count);
    }
}

/// <summary>The candidates of each motif.</summary>
public static class MotifChoice
{
    /// <summary>The candidates of a motif for some data; numbers that are given are kept.</summary>
    /// <param name="motif">The motif.</param>
    /// <param name="kernel">The name of the kernel: gauss, laplace, hat, min or poly; null for the usual ones.</param>
    /// <param name="data">The observations.</param>
    /// <param name="given">The numbers that were given.</param>
    /// <exception cref="FitException">The kernel is not known, or not positive semidefinite.</exception>
    public static ImmutableArray<MotifCandidate> Candidates(
        Motif motif, string? kernel, FitData data, MotifNumbers given)
    {
        var range = Binary64.Exact(data.Values.Max()) - Binary64.Exact(data.Values.Min());
        var unit = BigRational.PowerOfTwo(Math.ILogB(Binary64.Nearest(range)) + 1);
        var tubes = given.Tube is { } e ? [e] : new[] { unit / 64 };
        var costs = given.Cost is { } c ? [c] : new[] { unit, 16 * unit };
        var ridges = given.Ridge is { } r ? [r] : new[] { new BigRational(1, 256), new BigRational(1, 16) };
        int[] depths = given.Depth is { } depth ? [depth] : [3, 5, 7];
        int trees = given.Trees ?? 16;
        return
        [
            .. Chosen().SelectMany(one => one switch
            {
                Motif.Svr => Kernels(kernel ?? "gauss").SelectMany(k => costs.SelectMany(cost =>
                    tubes.Select(tube => New(one, k) with { Cost = cost, Tube = tube }))),
                Motif.Krr => Kernels(kernel ?? "gauss").SelectMany(k => ridges.Select(ridge =>
                    New(one, k) with { Ridge = ridge })),
                Motif.Spline => Kernels(kernel ?? "min").SelectMany(k => ridges.Select(ridge =>
                    New(one, k) with { Ridge = ridge })),
                _ => depths.Select(d => New(one, null) with { Depth = d }),
            }),
        ];

        Motif[] Chosen() => motif == Motif.Auto
            ? kernel is null ? [Motif.Svr, Motif.Krr, Motif.Spline, Motif.Tree, Motif.Forest] : [Motif.Svr, Motif.Krr]
            : [motif];

        MotifCandidate New(Motif one, MotifKernel? k) => new(one, k, 0, 0, 0, 0, one == Motif.Forest ? trees : 1);

        IEnumerable<MotifKernel> Kernels(string name)
        {
            // distances on the cube grow with the number of inputs: γ is around 1/D
            var scale = BigRational.PowerOfTwo(-(int)Math.ILogB(data.Dimension));
            BigRational[] gammas = given.Gamma is { } g ? [g] : [scale / 2, 2 * scale, 8 * scale];
            return name switch
            {
                "gauss" => gammas.Select(v => new MotifKernel.Gaussian(v)),
                "laplace" => gammas.Select(v => new MotifKernel.Laplacian(v)),
                "hat" => given.Width is { } h ? [new MotifKernel.Hat(h)]
                    : [new MotifKernel.Hat(BigRational.Half), new MotifKernel.Hat(new BigRational(1, 8))],
                "min" => [new MotifKernel.Brownian()],
                "poly" => [new MotifKernel.Polynomial(given.Shift ?? BigRational.One)],
                "pyramid" => throw new FitException(PyramidKernel.Refusal),
                _ => throw new FitException(
                    $"kernel '{name}': expected gauss, laplace, hat, min or poly, which are positive semidefinite"),
            };
        }
    }
}

/// <summary>Numbers of a fit that were given; null where they are to be chosen.</summary>
public sealed record MotifNumbers
{
    /// <summary>γ of gauss and laplace, in coordinates of the cube.</summary>
    public BigRational? Gamma { get; init; }

    /// <summary>h of hat.</summary>
    public BigRational? Width { get; init; }

    /// <summary>c of poly.</summary>
    public BigRational? Shift { get; init; }

    /// <summary>C.</summary>
    public BigRational? Cost { get; init; }

    /// <summary>ε.</summary>
    public BigRational? Tube { get; init; }

    /// <summary>λ.</summary>
    public BigRational? Ridge { get; init; }

    /// <summary>The depth of trees.</summary>
    public int? Depth { get; init; }

    /// <summary>The trees of a forest.</summary>
    public int? Trees { get; init; }
}
