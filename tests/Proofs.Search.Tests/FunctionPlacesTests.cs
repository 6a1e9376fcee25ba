using System.Globalization;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Forms;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Proving;
using Proofs.Search.Proving.Coq;
using Proofs.Search.Regions;
using Xunit;

namespace Proofs.Search.Tests;

/// <summary>
/// Every place that must know a function knows each function of the kernel's table, or refuses it as it says it does.
/// </summary>
/// <remarks>A function that is added to the table fails here with the list of the places that lack it.</remarks>
public sealed class FunctionPlacesTests
{
    private const double X = 1.25;
    private static readonly ProofOptions Options = ProofOptions.Default.WithTimeLimit(TimeSpan.FromSeconds(20));

    // What each function is at 5/4, or at 3 where it is one of natural numbers; the second argument is 2.
    private static readonly Dictionary<string, double> Values = new(StringComparer.Ordinal)
    {
        ["exp"] = Math.Exp(X),
        ["log"] = Math.Log(X),
        ["log2"] = Math.Log2(X),
        ["sqrt"] = Math.Sqrt(X),
        ["sin"] = Math.Sin(X),
        ["cos"] = Math.Cos(X),
        ["tan"] = Math.Tan(X),
        ["atan"] = Math.Atan(X),
        ["sinh"] = Math.Sinh(X),
        ["cosh"] = Math.Cosh(X),
        ["tanh"] = Math.Tanh(X),
        ["erf"] = 0.92290012825645824, // of mpmath
        ["sinc"] = 0.7591876954844690, // of mpmath
        ["abs"] = X,
        ["min"] = X,
        ["max"] = 2,
        ["floor"] = 1,
        ["ceil"] = 2,
        ["pow2floor"] = 1,
        ["pow2ceil"] = 2,
        ["factorial"] = 6,
        ["binomial"] = 3,
    };

    private static readonly string[] Steps = ["floor", "ceil", "pow2floor", "pow2ceil", "factorial", "binomial"];
    private static readonly string[] Unproved = ["sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "erf", "sinc"];

    // Where a place says by null, by its refusal or by UNKNOWN that it does not treat a function.
    private static readonly Dictionary<string, string[]> Refused = new(StringComparer.Ordinal)
    {
        ["derivative"] = [.. Steps, "sinc"], // no formula of the language is it at 0
        ["Taylor coefficients"] = [.. Steps, "abs", "min", "max"],
        ["balls of the kernel"] = Steps,
        ["Taylor forms of the kernel"] = Steps,
        ["range of 256 bits"] = ["tan", "pow2floor", "pow2ceil", "factorial", "binomial"],
        ["SMT-LIB"] = [.. Unproved, "factorial", "binomial"],
        ["Coq"] = [.. FormulaFunction.All.Keys],
        ["definedness"] = ["tan"], // no rule shows that cos x is not 0
    };

    public static TheoryData<string> Names => [.. FormulaFunction.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_place_knows_the_function(string name)
    {
        Assert.True(Values.ContainsKey(name), $"this test has no value of {name}");
        var function = FormulaFunction.All[name];
        bool isNatural = function.Domain == FunctionDomain.Naturals;
        double at = isNatural ? 3 : X;
        string call = function.Arity == 2 ? $"{name}(x, 2)" : $"{name}(x)";
        var place = new Place(name, call, function, at, Values[name], isNatural ? "int [3, 3]" : "[5/4, 5/4]");
        List<string> lacking = [];
        foreach (var (where, knows) in Places)
        {
            bool isRefused = Refused.TryGetValue(where, out string[]? names) && names.Contains(name);
            string? problem = Problem(() => knows(place));
            if (isRefused ? problem is null : problem is not null)
            {
                lacking.Add(isRefused ? $"{where}: knows it, though it is listed as refused" : $"{where}: {problem}");
            }
        }

        Assert.True(lacking.Count == 0, $"{name} is lacking in\n{string.Join("\n", lacking)}");
    }

    private sealed record Place(
        string Name, string Call, FormulaFunction Function, double At, double Value, string Range)
    {
        public Expr Expr => Expr.Parse(Call);

        public Interval Point => Interval.Point(At);

        public bool IsNear(Interval values) =>
            values.Contains(Binary64.Exact(Value)) || (Math.Abs(values.Midpoint - Value) < 1e-9 && values.Width < 1e-9);

        public string Statement(string claim) => $"forall x in {Range} : {claim}";
    }

    private static readonly (string Where, Func<Place, bool> Knows)[] Places =
    [
        ("reader and printer",
            p => Reader.Formula(Reader.Formula(p.Call).ToString()).ToString() == Reader.Formula(p.Call).ToString()),
        ("core and its printer",
            p => Reader.Term(Reader.Term(p.Call, ["x"]).ToString(), ["x"]).ToString()
                == Reader.Term(p.Call, ["x"]).ToString()),
        ("names", p => !Proofs.Kernel.Formulas.Names.IsVariable(p.Name)),
        ("functions of expressions", p => Functions.Named(p.Name)?.Name() == p.Name),
        ("printer of expressions",
            p => Expr.Parse(p.Expr.ToString()) == p.Expr
                && p.Expr.ToString().Contains(p.Name, StringComparison.Ordinal)),
        ("LaTeX", p => p.Expr.ToLatex().Length > 0),
        ("interval", p => p.IsNear(p.Expr.Evaluate(Box(p.Point)))),
        ("tape", p => p.IsNear(Tape(p).Evaluate([p.Point]))),
        ("tape of batches", p => p.IsNear(InBatch(p))),
        ("slope of tapes", p => SlopeIsRight(p)),
        ("curvature of tapes", p => CurvatureIsRight(p)),
        ("derivative", p => DerivativeIsRight(p)),
        ("Taylor coefficients",
            p => UnivariateTaylor.Coefficients(Functions.Named(p.Name)!.Value, p.Point, 2) is { } c && p.IsNear(c[0])),
        ("contraction", p => KeepsThePoint(p)),
        ("range of 256 bits", p => IsNear(p, new PreciseRange(PointBox(p)).Of(p.Expr).Set)),
        ("balls of the kernel", p => BoundFormula.Read(p.Call, ["x"], collects: false) is { } f
            && BoxCertificate.ValueAt(f, [Binary64.Exact(p.At)], 160, new(1_000_000)) is { } ball && IsNear(p, ball)),
        ("Taylor forms of the kernel", p => BoundFormula.Read(p.Call, ["x"]) is { } f
            && TaylorEvaluation.At(f, Binary64.Exact(p.At), 160) is { } ball && IsNear(p, ball)),
        ("definedness",
            p => Prover.Prove(Statement.Parse(p.Statement($"{p.Call} = {p.Call}")), Options) is ProofResult.Proved),
        ("refuter",
            p => Prover.Prove(Statement.Parse(p.Statement($"{p.Call} <= {Below(p)}")), Options) is ProofResult.Refuted),
        ("range of the table", p => p.Function is not { Domain: FunctionDomain.All, Lower: { } low }
            || Prover.Prove(Statement.Parse($"forall x in real : {p.Call} >= {low}"), Options) is ProofResult.Proved),
        ("SMT-LIB",
            p => SmtLib.Write(Statement.Parse($"forall x in {(p.At > 2 ? "int [3, 4]" : "[1, 3/2]")} : {p.Call} >= 0"))
                .Length > 0),
        ("Coq", p => CoqFile.Write(Statement.Parse(p.Statement($"{p.Call} = {p.Call}")), Options).Length > 0),
        ("docs/formulas.md", p => Documents("docs/formulas.md", p.Name)),
        ("docs/kernel.md", p => Documents("docs/kernel.md", p.Name)),
        ("docs/kernel-certificates.md", p => Documents("docs/kernel-certificates.md", p.Name)),
        ("second checker", p => SecondCheckerNames(p.Name)),
    ];

    // A refusal is one of those that the places document.
    private static string? Problem(Func<bool> knows)
    {
        try
        {
            return knows() ? null : "wrong or not known";
        }
        catch (Exception e) when (
            e is NotSupportedException or InexpressibleException or FormatException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    private static Dictionary<string, Interval> Box(Interval x) => new(StringComparer.Ordinal) { ["x"] = x };

    private static Dictionary<string, DyadicInterval> PointBox(Place p) =>
        new(StringComparer.Ordinal) { ["x"] = DyadicInterval.Exact(p.Point) };

    private static ExprTape Tape(Place p) => ExprTape.Compile([p.Expr], ["x"]);

    private static Interval InBatch(Place p)
    {
        var boxes = new BoxBatch(1);
        boxes.Add([p.Point]);
        double[] inf = [0], sup = [0];
        Tape(p).EvaluateBatch(boxes, inf, sup);
        return Interval.Between(inf[0], sup[0]);
    }

    // The difference quotient over a short interval is a slope in it.
    private static bool SlopeIsRight(Place p)
    {
        var gradient = new Interval[1];
        Tape(p).Gradient([Around(p)], gradient);
        return Difference(p) is not { } d || gradient[0].Inf - 1e-4 <= d && d <= gradient[0].Sup + 1e-4;
    }

    private static bool CurvatureIsRight(Place p)
    {
        Interval[] gradient = new Interval[1], hessian = new Interval[1];
        Tape(p).Hessian([Around(p)], gradient, hessian);
        return !hessian[0].IsEmpty;
    }

    private static bool DerivativeIsRight(Place p)
    {
        var derivative = p.Expr.Differentiate("x").Evaluate(Box(Around(p)));
        return Difference(p) is { } d && derivative.Inf - 1e-4 <= d && d <= derivative.Sup + 1e-4;
    }

    private static Interval Around(Place p) => Interval.Between(p.At - 1e-5, p.At + 1e-5);

    private static double? Difference(Place p)
    {
        if (p.Function.Domain == FunctionDomain.Naturals)
        {
            return null;
        }

        Interval low = p.Expr.Evaluate(Box(Interval.Point(p.At - 1e-5))),
            high = p.Expr.Evaluate(Box(Interval.Point(p.At + 1e-5)));
        return (high.Midpoint - low.Midpoint) / 2e-5;
    }

    private static bool KeepsThePoint(Place p)
    {
        Interval[] box = [Interval.Between(p.At - 1, p.At + 1)];
        double value = p.Expr.Evaluate(Box(p.Point)).Inf;
        Contractor.For(p.Expr, RelationKind.GreaterOrEqual, Expr.Constant(Binary64.Exact(value)), ["x"]).Contract(box);
        Contractor.For(
            p.Expr, RelationKind.LessOrEqual, Expr.Constant(Binary64.Exact(Math.BitIncrement(value) + 1e-9)), ["x"])
                .Contract(box);
        return box[0].Contains(Binary64.Exact(p.At));
    }

    private static bool IsNear(Place p, DyadicInterval? set) => set is { } s && p.IsNear(s.ToInterval());

    private static bool IsNear(Place p, FixedBall ball)
    {
        var scale = BigRational.PowerOfTwo(-ball.Bits);
        return p.IsNear(Interval.Between(
            Binary64.RoundDown(new BigRational(ball.Low) * scale),
            Binary64.RoundUp(new BigRational(ball.High) * scale)));
    }

    private static string Below(Place p) => Math.Floor(p.Value - 1).ToString(CultureInfo.InvariantCulture);

    private static bool Documents(string file, string name) =>
        File.ReadAllText(Path.Combine(RepositoryFiles.Root, file))
            .Split([' ', '`', '\n', '(', ')', ',', '|', '.', ';', ':'])
            .Contains(name, StringComparer.Ordinal);

    private static bool SecondCheckerNames(string name) =>
        ((string[])["Claims.fs", "Formula.fs"]).Any(file =>
            File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests", "SecondChecker", file))
                .Contains($"\"{name}\"", StringComparison.Ordinal));
}
