using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>
/// Random graphs with branches, read as networks, against an interpreter that runs them number by number.
/// </summary>
public sealed class OnnxGraphTests
{
    private const int Units = 3;

    private static readonly string[] Operators =
        ["Relu", "Relu", "MatMul", "Gemm", "Add", "Sub", "AddConstant", "SubFromConstant", "Mul", "Neg", "Concat"];

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void A_network_of_a_graph_is_the_function_of_the_graph()
    {
        var unvisited = Operators.ToHashSet();
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var parts = new List<IMessage>();
            var values = new List<(string Name, Func<BigRational[], BigRational[]> Run)> { ("x", x => x) };
            for (int i = 0; i < 8; i++)
            {
                string name = i == 7 ? "y" : $"v{i}";
                var a = values[random.Next(Math.Max(0, values.Count - 3), values.Count)];
                var b = values[random.Next(values.Count)];
                string op = Operators[random.Next(Operators.Length)];
                unvisited.Remove(op);
                values.Add((name, Append(op, name, a, b, random, parts)));
            }

            var network = Read(Model([1, Units], parts));
            return Enumerable.Range(0, 4).All(_ =>
            {
                BigRational[] x = [
                    .. Enumerable.Range(0, Units)
                    .Select(_ => new BigRational(random.Next(-20, 21), random.Next(1, 5)))];
                return network.Evaluate(x).SequenceEqual(values[^1].Run(x));
            });
        }).QuickCheckThrowOnFailure();
        Assert.Empty(unvisited);
    }

    private static Func<BigRational[], BigRational[]> Append(
        string op, string name, (string Name, Func<BigRational[], BigRational[]> Run) a,
        (string Name, Func<BigRational[], BigRational[]> Run) b, Random random, List<IMessage> parts)
    {
        int[] w = [.. Enumerable.Range(0, Units * Units).Select(_ => random.Next(-2, 3))];
        int[] c = [.. Enumerable.Range(0, Units).Select(_ => random.Next(-3, 4))];
        switch (op)
        {
            case "Relu":
                parts.Add(Node($"{name} = Relu({a.Name})"));
                return x => [.. a.Run(x).Select(v => BigRational.Max(v, 0))];
            case "MatMul":
                parts.AddRange(
                    [Floats($"w_{name}", [Units, Units], [.. w.Select(v => (float)v)]),
                        Node($"{name} = MatMul({a.Name}, w_{name})")]);
                return x => Product(a.Run(x), (i, j) => w[(Units * i) + j]);
            case "Gemm":
                parts.AddRange([
                    Floats($"w_{name}", [Units, Units], [.. w.Select(v => (float)v)]),
                    Floats($"c_{name}", [Units], [.. c.Select(v => (float)v)]),
                    Node($"{name} = Gemm({a.Name}, w_{name}, c_{name})", Int("transB", 1), Float("alpha", 0.5f),
                        Float("beta", 3)),
                ]);
                return x =>
                    [.. Product(a.Run(x), (i, j) => new BigRational(w[(Units * j) + i], 2))
                        .Zip(c, (v, k) => v + (3 * k))];
            case "Add":
                parts.Add(Node($"{name} = Add({a.Name}, {b.Name})"));
                return x => [.. a.Run(x).Zip(b.Run(x), (v, u) => v + u)];
            case "Sub":
                parts.Add(Node($"{name} = Sub({a.Name}, {b.Name})"));
                return x => [.. a.Run(x).Zip(b.Run(x), (v, u) => v - u)];
            case "AddConstant":
                parts.AddRange(
                    [Floats($"c_{name}", [Units], [.. c.Select(v => (float)v)]),
                        Node($"{name} = Add(c_{name}, {a.Name})")]);
                return x => [.. a.Run(x).Zip(c, (v, k) => v + k)];
            case "SubFromConstant":
                parts.AddRange([Floats($"c_{name}", [1, 1], c[0]), Node($"{name} = Sub(c_{name}, {a.Name})")]);
                return x => [.. a.Run(x).Select(v => c[0] - v)];
            case "Mul":
                parts.AddRange(
                    [Doubles($"c_{name}", [Units], [.. c.Select(v => (double)v)]),
                        Node($"{name} = Mul({a.Name}, c_{name})")]);
                return x => [.. a.Run(x).Zip(c, (v, k) => v * k)];
            case "Neg":
                parts.Add(Node($"{name} = Neg({a.Name})"));
                return x => [.. a.Run(x).Select(v => -v)];
            default:
                parts.AddRange([
                    Node($"p_{name}, q_{name} = Split({a.Name})", Int("axis", 1)),
                    Node($"r_{name}, s_{name} = Split({b.Name})", Int("axis", 1)),
                    Node($"{name} = Concat(s_{name}, p_{name})", Int("axis", 1)),
                ]);
                return x => [b.Run(x)[2], a.Run(x)[0], a.Run(x)[1]];
        }
    }

    private static BigRational[] Product(BigRational[] x, Func<int, int, BigRational> weight) =>
        [.. Enumerable.Range(0, Units).Select(j => x.Select((v, i) => v * weight(i, j)).Aggregate((u, v) => u + v))];
}
