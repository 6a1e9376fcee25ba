using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Proofs.Search.Tests.Properties;
using Xunit;

namespace Proofs.Search.Tests.Certification;

/// <summary>Certificates of suprema: the kernel accepts true ones, and none that was changed.</summary>
public sealed class SupCertificateTests
{
    private static readonly ErrorExpectation Anything = new();

    private static readonly string[] Targets =
    [
        "x1^2 - x2/3", "x1*x2*(x1 - 2)", "abs(x1 - x2)", "if(x1 <= x2, x1, 1/2)", "max(x1, x2^2) - min(x1, 1/3)",
        "exp(x1 - x2)",
        "sin(3*x1)*cos(x2)", "1/(3 + x1*x2)", "log(3 + x1 + x2)", "(x1 + 3)^(1/2)", "atan(x1*x2) + tanh(x2)",
        "if(x1 < 0 and x2 >= 1/4, 2, x1)", "1/7 + pi*x1",
        "cosh(x1) - sinh(x2)", "(2 + x1)^x2", "tan(x1/2)", "(x1 - 5)^(-3)", "x2/(x1 - 4)",
        "erf(x1 + 2*x2)", "sinc(3*x1 - x2)",
    ];

    [Fact]
    public void Bounds_of_the_kernel_contain_the_errors_at_all_points_tried()
    {
        var random = new Random(20261122);
        int bounded = 0;
        for (int n = 0; n < 12 * Targets.Length; n++)
        {
            var target = Expr.Parse(Targets[n % Targets.Length]);
            var network = RandomNetwork(random);
            var box = RandomBox(random);
            var subject =
                ErrorSubject.Create(["x1", "x2"], target.ToString(), null, [new ErrorTerm(1, network.Exact)])!;
            BigRational[] lower = [.. box.Lower], upper = [.. box.Upper];
            var local = subject.On(subject.Whole, lower, upper);
            if (subject.UpperBound(local, lower, upper) is not { } bound)
            {
                continue;
            }

            bounded++;
            for (int k = 0; k < 12; k++)
            {
                BigRational[] x = [.. lower.Zip(upper, (a, b) => a + ((b - a) * new BigRational(random.Next(9), 8)))];
                var values = new Dictionary<string, Interval>(StringComparer.Ordinal)
                {
                    ["x1"] = Interval.Enclose(x[0]),
                    ["x2"] = Interval.Enclose(x[1]),
                };
                var e = Interval.Enclose(network.Evaluate((IReadOnlyList<BigRational>)x)[0]) - target.Evaluate(values);
                Assert.True(Binary64.Exact(e.Mignitude) <= bound, $"{target} at ({x[0]}, {x[1]}): {e} above {bound}");
                if (subject.LowerBoundAt(x, 0) is { } least && e.IsBounded)
                {
                    Assert.True(
                        least <= Binary64.Exact(e.Magnitude), $"{target} at ({x[0]}, {x[1]}): {e} below {least}");
                }
            }
        }

        Assert.True(bounded > 9 * Targets.Length, $"only {bounded} boxes are bounded");
    }

    [Fact]
    public void Certificates_of_random_searches_are_accepted()
    {
        var random = new Random(3);
        for (int n = 0; n < Targets.Length; n++)
        {
            var region = Region.Union([RandomBox(random), RandomBox(random), RandomBox(random)]);
            var request = CertifyRequest.Of(RandomNetwork(random), Expr.Parse(Targets[n % Targets.Length]), region)
                .WithRelativeGap(0.1);
            request = n % 3 == 0 ? request.WithRegion(region.WithWhere(Condition.Parse("x1 + x2 <= 1"))) : request;
            var (text, why) = Certificate(request);
            Assert.True(why is null, $"{request.Target}: {why}");
            var checkedAgain = CertificateCheck.Check(
                new StringReader(text),
                SupCertificate.Expect([request.Networks[0].Network], request.Target, request.Region, null));
            Assert.True(checkedAgain.Accepted, $"{request.Target}: {checkedAgain.Reason}");
        }
    }

    [Fact]
    public void A_changed_certificate_is_rejected_even_where_its_digest_is_made_anew()
    {
        var network = new ReluNetwork([Affine.FromRows([[1], [1]], [0, -0.5]), Affine.FromRows([[0.5, 1]], [0])]);
        var request = CertifyRequest.Of(network, Expr.Parse("x^2"), Region.Parse("[0,1/2] or [1/4,1]"))
            .WithAtMost(new BigRational(1, 15));
        var (text, why) = Certificate(request);
        Assert.Null(why);
        var expected = SupCertificate.Expect([network], request.Target, request.Region, request.AtMost);
        Assert.True(CertificateCheck.Check(new StringReader(text), expected).Accepted);

        string[] lines = text.Split('\n')[..^2];
        int At(string start) => Array.FindIndex(lines, l => l.StartsWith(start, StringComparison.Ordinal));
        string attained = lines[At("attained")], upper = lines[At("upper")];
        (string Name, string[] Changed)[] changes =
        [
            ("a smaller bound", With(At("upper"), "upper 1/17")),
            ("a larger bound", With(At("upper"), "upper 1/14")),
            ("an error that is not attained",
                With(At("attained"), attained.Replace(attained.Split(' ')[2], "2/31", StringComparison.Ordinal))),
            ("a point outside", With(At("attained"), $"attained 0 0 2")),
            ("a leaf left out", [.. lines[..At("l")], .. lines[(At("l") + 1)..]]),
            ("a leaf too many", [.. lines[..At("l")], "l", .. lines[At("l")..]]),
            ("a division left out",
                lines.Contains("s 0") ? [.. lines[..At("s 0")], "l", .. lines[(At("s 0") + 1)..]] : With(At("l"), "x")),
            ("another kind of leaf", With(At("l"), "x")),
            ("another weight", With(At("row"), lines[At("row")].Replace("0:1", "0:2", StringComparison.Ordinal))),
            ("another formula", With(At("target"), "target x^3")),
            ("another formula that is the same", With(At("target"), "target x*x")),
            ("another box",
                With(At("b "),
                    lines[At("b ")].Replace("1/4", "1/8", StringComparison.Ordinal)
                        .Replace("1*2^-2", "1*2^-3", StringComparison.Ordinal)
                        .Replace("b 0 1*2^-1", "b 0 1*2^-2", StringComparison.Ordinal))),
            ("fewer boxes", With(At("boxes"), "boxes 1")),
            ("a group that does not hold its boxes", With(At("g "), "g 0 1*2^-1")),
            ("another sign", With(At("term "), "term -1")),
            ("no end", lines[..^1]),
            ("another header", With(0, "proofs-certificate error 2")),
        ];
        foreach (var (name, changed) in changes)
        {
            Assert.NotEqual(lines, changed);
            string again = Signed(changed);
            Assert.False(CertificateCheck.Check(new StringReader(again), expected).Accepted, name);
            Assert.False(
                CertificateCheck.Check(
                    new StringReader(string.Join('\n', changed) + "\n" + text.Split('\n')[^2] + "\n"), Anything)
                        .Accepted, name);
        }

        Assert.Equal(text, Signed(lines));

        string[] With(int line, string to) => [.. lines[..line], to, .. lines[(line + 1)..]];
    }

    [Fact]
    public void Another_network_domain_or_bound_than_the_expected_one_is_rejected()
    {
        var network = new ReluNetwork([Affine.FromRows([[1], [1]], [0, -0.5]), Affine.FromRows([[0.5, 1]], [0])]);
        var other = new ReluNetwork([Affine.FromRows([[1], [1]], [0, -0.5]), Affine.FromRows([[0.5, 1]], [0.125])]);
        var region = Region.Parse("[0,1]");
        var target = Expr.Parse("x^2");
        var (text, _) = Certificate(CertifyRequest.Of(network, target, region).WithAtMost(new BigRational(1, 15)));
        ErrorExpectation[] wrong =
        [
            SupCertificate.Expect([other], null, null, null),
            SupCertificate.Expect([network, network], null, null, null),
            SupCertificate.Expect([network], Expr.Parse("x^2 + 1/1000"), null, null),
            SupCertificate.Expect([network], target, Region.Parse("[0,2]"), null),
            SupCertificate.Expect([network], target, Region.Parse("[0,1] or [0,1/2]"), null),
            SupCertificate.Expect([network], target, region.WithWhere(Condition.Parse("x < 1/2")), null),
            SupCertificate.Expect([network], target, region, new BigRational(1, 16)),
        ];
        Assert.All(wrong, w => Assert.False(CertificateCheck.Check(new StringReader(text), w).Accepted));
        Assert.True(
            CertificateCheck.Check(
                new StringReader(text), SupCertificate.Expect([network], target, region, new BigRational(1, 15)))
                    .Accepted);
    }

    [Fact]
    public void A_certificate_about_the_negative_of_a_network_is_not_one_about_the_network()
    {
        // |-Phi - 0| has the bound of |Phi - 0|, so only the sign tells them apart.
        var network = new ReluNetwork([Affine.FromRows([[1], [1]], [0, -0.5]), Affine.FromRows([[0.5, 1]], [0])]);
        var (text, _) = Certificate(
            CertifyRequest.Of(network, Expr.Zero, Region.Parse("[0,1]")).WithAtMost(new BigRational(3, 2)));
        string negative = Signed([.. text.Split('\n')[..^2].Select(line => line == "term 1" ? "term -1" : line)]);
        var expected = SupCertificate.Expect([network], null, null, null);
        Assert.True(CertificateCheck.Check(new StringReader(text), expected).Accepted);
        Assert.True(CertificateCheck.Check(new StringReader(negative), Anything).Accepted);
        Assert.False(CertificateCheck.Check(new StringReader(negative), expected).Accepted);
    }

    [Fact]
    public void Random_edits_never_crash_the_checker_nor_are_accepted()
    {
        var random = new Random(8);
        var (text, _) = Certificate(
            CertifyRequest.Of(RandomNetwork(random), Expr.Parse("x1*x2"), Region.Parse("[0,1]^2 or [1,2]x[0,1]")));
        int count = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 100_000 : 200;
        for (int n = 0; n < count; n++)
        {
            var edited = new StringBuilder(text);
            int at = random.Next(edited.Length), length = Math.Min(random.Next(6), edited.Length - at);
            edited.Remove(at, length).Insert(at, RandomText(random));
            if (edited.ToString() != text)
            {
                Assert.False(CertificateCheck.Check(new StringReader(edited.ToString()), Anything).Accepted);
            }
        }
    }

    [Fact]
    public void A_union_of_cells_is_certified_and_a_difference_of_networks_with_two_outputs()
    {
        var @class = new HolderClass(2, 2, 1);
        var cells = Sets.CantorDust(2).WordCover(3);
        var built = IntrinsicNetwork.Build(
            @class, cells, Expr.Parse("sin(x1)*x2/2"),
            IntrinsicChoice.ForGrid(@class, cells.Side, IntrinsicDesign.Ours));
        var request = CertifyRequest.Of(built).WithAtMost(Binary64.Exact(built.Budget.BoundValue().Sup));
        var (text, why) = Certificate(request);
        Assert.Null(why);
        Assert.True(
            CertificateCheck.Check(
                new StringReader(text),
                SupCertificate.Expect([built.Network], built.Target, request.Region, request.AtMost)).Accepted);

        var first =
            new ReluNetwork([Affine.FromRows([[1, 1], [1, -1]], [0, 0]), Affine.FromRows([[1, 1], [1, -1]], [0, 0])]);
        var second = new ReluNetwork(
            [Affine.FromRows([[1, 1], [1, -1]], [0, 0]), Affine.FromRows([[1, 1], [1, -1.25]], [0, 0])]);
        var (difference, reason) = Certificate(CertifyRequest.OfDifference(first, second, Region.Parse("[-1,1]^2")));
        Assert.Null(reason);
        var result = CertificateCheck.Check(
            new StringReader(difference),
            SupCertificate.Expect([first, second], Expr.Zero, Region.Parse("[-1,1]^2"), 1));
        Assert.True(result.Accepted, result.Reason);
    }

    [Fact]
    public void A_certificate_has_the_boxes_that_its_search_halved()
    {
        var request = Wave with { KeepsTree = true };
        var answer = LargestError.Of(request, Norm.Sup);
        var tree = Assert.Single(answer.Trees);
        Assert.True(answer.Result.Boxes > 30, $"{answer.Result.Boxes} boxes");
        string[] lines = Text(request, answer).Split('\n');
        int line = Array.FindIndex(lines, l => l.StartsWith("b ", StringComparison.Ordinal));
        string[] bound = lines.Single(l => l.StartsWith("upper ", StringComparison.Ordinal))[6..].Split("*2^");
        var upper = BigRational.Parse(bound[0])
            * (bound.Length > 1 ? BigRational.PowerOfTwo(int.Parse(bound[1], CultureInfo.InvariantCulture)) : 1);
        int halved = 0;
        Follow(0);
        Assert.True(halved > 10, $"{halved} boxes halved");

        // halvings that the search needed are in the certificate, in their order
        void Follow(int number)
        {
            var node = tree[number];
            bool isNeeded = !node.IsLeaf && Binary64.Exact(node.Bound) > upper;
            string found = lines[++line];
            Assert.True(!isNeeded || found == $"s {node.Side}", $"{found} at node {number}");
            if (found[0] == 's')
            {
                halved += isNeeded ? 1 : 0;
                for (int half = 0; half < 2; half++)
                {
                    if (node.IsLeaf)
                    {
                        Skip();
                    }
                    else
                    {
                        Follow(node.Child + half);
                    }
                }
            }
        }

        void Skip()
        {
            if (lines[++line][0] == 's')
            {
                Skip();
                Skip();
            }
        }
    }

    [Fact]
    public void A_tree_that_no_search_made_costs_boxes_and_never_makes_a_false_certificate()
    {
        var random = new Random(20261130);
        var request = Wave with { KeepsTree = true };
        var answer = LargestError.Of(request, Norm.Sup);
        for (int n = 0; n < 20; n++)
        {
            var trees = Enumerable.Range(0, 1 + random.Next(3)).Select(_ =>
            {
                var tree = new HalvingTree(1);
                for (int node = 0, halves = 0; halves < random.Next(40); halves += 2)
                {
                    if (tree[node].IsLeaf)
                    {
                        tree.Halve(node, random.Next(2), random.NextDouble() * 4 * answer.Result.Bounds.Sup);
                    }

                    node = Math.Min(halves, node + random.Next(2));
                }

                return tree;
            });
            string text = Text(request, answer with { Trees = [.. trees] });
            var check = CertificateCheck.Check(new StringReader(text), Anything);
            Assert.True(check.Accepted, check.Reason);

            // and the leaves are bounded anew: no tree makes the kernel accept less than the supremum
            var low = Binary64.Exact(answer.Result.Bounds.Inf * 0.9);
            string less = string.Join('\n', text.Split('\n')[..^2].Select(l =>
                l.StartsWith("upper ", StringComparison.Ordinal) ? $"upper {NetworkText.Number(low)}" : l));
            Assert.False(CertificateCheck.Check(new StringReader(Signed(less.Split('\n'))), Anything).Accepted);
        }
    }

    [Fact]
    public void A_search_that_was_ended_goes_on_to_the_same_certificate()
    {
        var request = Wave with { KeepsTree = true };
        var whole = LargestError.Of(request, Norm.Sup);
        var part = LargestError.Of(request with { BoxBudget = 20, KeepsCheckpoint = true }, Norm.Sup);
        Assert.NotNull(part.Result.Checkpoint);
        var rest = LargestError.Of(request with { Resume = part.Result.Checkpoint }, Norm.Sup);
        Assert.Equal(Text(request, whole), Text(request, rest));
    }

    private static CertifyRequest Wave => CertifyRequest.Of(
        PropertyNetworks.Random(new Random(5), 2, 12, 8, 1),
        Expr.Parse("sin(x1)*x2/3 - cos(2*x1*x2)/8"),
        Region.Parse("[-3,3]x[-2,5/2]"));

    private static string Text(CertifyRequest request, LargestError answer)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Null(SupCertificate.Of(request)!.Write(text, answer));
        return text.ToString();
    }

    private static (string Text, string? Why) Certificate(CertifyRequest request)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var answer = LargestError.Of(request with { KeepsTree = true }, Norm.Sup);
        string? why = SupCertificate.Of(request)!.Write(text, answer);
        return (text.ToString(), why);
    }

    private static string Signed(string[] lines)
    {
        string body = string.Join('\n', lines) + "\n";
        return $"{body}end sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}\n";
    }

    private static string RandomText(Random random)
    {
        string[] parts = [
            "", "l\n", "s 0\n", "9", "-", "b 0 0 1 1\n", "*2^", "e\n", " ", "1/0", "99999999999", "g", "x", ":", "é",
            "\r", "exceeded\n"];
        return parts[random.Next(parts.Length)];
    }

    private static Box RandomBox(Random random)
    {
        var lower = Enumerable.Range(0, 2).Select(_ => new BigRational(random.Next(-6, 6), 6)).ToArray();
        return new Box([.. lower], [.. lower.Select(a => a + new BigRational(random.Next(0, 9), 8))]);
    }

    private static ReluNetwork RandomNetwork(Random random)
    {
        int hidden = random.Next(1, 3), columns = 2;
        var layers = ImmutableArray.CreateBuilder<Affine>();
        for (int l = 0; l <= hidden; l++)
        {
            int rows = l == hidden ? 1 : random.Next(2, 7);
            int wide = columns;
            layers.Add(Affine.FromRows(
                [.. Enumerable.Range(0, rows)
                    .Select(_ => Enumerable.Range(0, wide).Select(_ => random.Next(-6, 7) / 4.0).ToArray())],
                [.. Enumerable.Range(0, rows).Select(_ => random.Next(-6, 7) / 5.0)]));
            columns = rows;
        }

        return new ReluNetwork(layers.ToImmutable());
    }
}
