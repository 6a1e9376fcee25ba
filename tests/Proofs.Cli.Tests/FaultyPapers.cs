using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Domains;
using Proofs.Numeric.Expressions;

namespace Proofs.Cli.Tests;

/// <summary>Papers with something wrong in them; as functions, so that this library does not declare them.</summary>
public static class FaultyPapers
{
    /// <summary>A typo in one claim, a construction that throws, and theorems beside them that hold.</summary>
    public static PaperArtifact WithTypos() => Paper(
        "typos",
        Theorem("bad", [("error", "sup |Phi - g| <= 1"), ("size", "W <= 1")], Square(2)),
        Theorem("throwing", [("sum", "1 + 1 = 2")],
            new InstanceSource("throwing", () => throw new NotSupportedException("by an author")), Square(1)),
        Theorem("good", [("error", "sup |Phi - x^2| <= 1")], Square(3)));

    /// <summary>One theorem that nothing checks.</summary>
    public static PaperArtifact NeverChecked() => Paper("never", Theorem("t", [("error", "sup |Phi - f| <= eps")]));

    /// <summary>No theorem.</summary>
    public static PaperArtifact Empty() => Paper("empty");

    /// <summary>Tables that throw.</summary>
    public static PaperArtifact WithoutTables() =>
        Paper("tables", Theorem("good", [("sum", "1 + 1 = 2")], Square(1))) with
        {
            Tables = () => throw new InvalidOperationException("no tables today"),
        };

    /// <summary>Contradictory hypotheses.</summary>
    public static PaperArtifact Contradictory() => Paper("contradictory", new Theorem(
        "nonsense", "nonsense", "test", [],
        [ClaimParser.Read("nonsense", "forall x in real where x > 1, x < 0 : 1 = 2")], [], [], []));

    /// <summary>Throws, as a library whose static members cannot be made.</summary>
    public static PaperArtifact Throwing() => new[] { Empty() }[Array.Empty<int>().Length + 1];

    /// <summary>
    /// Writes a library that declares one paper, made by a function of this class, and gives its path.
    /// </summary>
    internal static string WriteLibrary(string path, string function)
    {
        var assembly = new PersistedAssemblyBuilder(
            new AssemblyName(Path.GetFileNameWithoutExtension(path)), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("module")
            .DefineType("Library", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        MethodBuilder get = type.DefineMethod(
            "get_Paper", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.SpecialName,
            typeof(PaperArtifact), []);
        ILGenerator code = get.GetILGenerator();
        code.Emit(OpCodes.Call, typeof(FaultyPapers).GetMethod(function)!);
        code.Emit(OpCodes.Ret);
        type.DefineProperty("Paper", PropertyAttributes.None, typeof(PaperArtifact), null).SetGetMethod(get);
        type.CreateType();
        assembly.Save(path);
        return path;
    }

    private static InstanceSource Square(int m) => new($"m = {m}", () =>
        new Instance($"m = {m}", Box.Unit(1), Proofs.Constructions.Calculus.Square.Build(m, 1).Network)
            .Define("m", Expr.Constant(m)));

    private static Theorem Theorem(
        string key, (string Name, string Statement)[] claims, params InstanceSource[] instances) =>
        new(key, key, "test", [], [], [.. claims.Select(c => ClaimParser.Read(c.Name, c.Statement))], [.. instances],
            []);

    private static PaperArtifact Paper(string key, params ImmutableArray<Theorem> theorems) =>
        new(key, "A paper of the tests", theorems, () => [], () => []);
}
