using System.CommandLine;
using System.Text;
using Proofs.Checks.Papers;
using Proofs.Checks.Reports;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Networks;
using Proofs.Constructions.Splits;

namespace Proofs.Cli.Commands;

/// <summary>proofs build: builds the network of a construction, with its error budget.</summary>
internal static class BuildCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "A construction; proofs list shows them." };
        var parameters = new Argument<string[]>("key=value")
        {
            Description = "Its parameters, such as r=3 eps=1/16.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string?>("--output", "-o")
        {
            Description =
                "Write the network into this file: as ONNX (float64) where its name ends in .onnx, else as JSON.",
            HelpName = "FILE",
        };
        var cells = new Option<string?>("--cells")
        {
            Description =
                "Write the boxes on which the bound holds into this file, one a line, "
                    + "as proofs certify --domain @FILE takes it.",
            HelpName = "FILE",
        };
        var figure = new Option<string?>("--figure")
        {
            Description =
                "Draw the set and its cells, in the first two coordinates, into this file: "
                    + "as pgfplots where its name ends in .tex, else as SVG.",
            HelpName = "FILE",
        };
        var split = new Option<string>("--split")
        {
            Description =
                "How an accuracy eps is shared out among the parts: equal, by the fixed shares of the theorem, "
                    + "or optimal, for the fewest weights.",
            HelpName = "RULE",
            DefaultValueFactory = _ => "equal",
        };
        split.AcceptOnlyFromAmong("equal", "optimal");
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "build", "Builds a construction; prints depth L, size W, width, magnitude B and the error budget.")
        {
            name, parameters, split, file, cells, figure, json,
        };
        command.SetAction(parsed => Run(
            session,
            parsed.GetValue(name) ?? "",
            parsed.GetValue(parameters) ?? [],
            new(parsed.GetValue(file), parsed.GetValue(cells), parsed.GetValue(figure)),
            parsed.GetValue(split) == "optimal",
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>Builds the construction and gives the exit code.</summary>
    public static int Run(
        Session session, string name, IReadOnlyList<string> parameters, BuildFiles files, bool isOptimal, bool asJson)
    {
        Construction construction = Named(name);
        (Built built, SplitReport? split) = isOptimal
            ? Optimal(construction, parameters)
            : (Build(construction, parameters), null);
        session.Stop.ThrowIfCancellationRequested();
        WriteAll(files, construction, built);
        var report = new BuildReport(construction, built, split, files);
        if (asJson)
        {
            session.WriteJson(report.WriteJson);
        }
        else
        {
            session.Out.Write(report.Text());
        }

        return ExitCode.Holds;
    }

    /// <summary>What a construction builds for the parameters of a command line.</summary>
    /// <exception cref="UsageException">There is no such construction, or it does not take the parameters.</exception>
    /// <exception cref="InputException">A premise of its theorem is false.</exception>
    public static Built Built(string name, IReadOnlyList<string> parameters) => Build(Named(name), parameters);

    private static Construction Named(string name) => Catalogue.Find(name) ?? throw new UsageException(
        $"expected a construction ({string.Join(", ", Catalogue.All.Select(c => c.Name))}), got '{name}'");

    private static void WriteAll(BuildFiles files, Construction construction, Built built)
    {
        if ((files.Cells ?? files.Figure) is not null && built.Boxes.IsEmpty)
        {
            throw new UsageException(
                $"{(files.Cells is not null ? "--cells" : "--figure")}: "
                    + $"the bound of {construction.Name} holds on all of {built.Domain}; "
                        + "expected a construction on cells, such as intrinsic");
        }

        if (files.Network is { } file)
        {
            Write(file, construction, built.Network);
        }

        if (files.Cells is { } cells)
        {
            AtomicFile.Write(cells, stream => BoxFile.Write(stream, built.Boxes));
        }

        if (files.Figure is { } figure)
        {
            bool tex = figure.EndsWith(".tex", StringComparison.OrdinalIgnoreCase);
            string text = tex ? FigureText.Pgfplots(Drawn(built)) : FigureText.Svg(Drawn(built));
            AtomicFile.Write(figure, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
    }

    private static Figure Drawn(Built built)
    {
        try
        {
            return CellFigure.Of("cells", built);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--figure: {e.Message}");
        }
    }

    // The file says exactly what was built, so that the budget printed is that of the network in the file.
    private static void Write(string file, Construction construction, ReluNetwork network)
    {
        if (Networks.IsOnnx(file) && !network.IsBinary64)
        {
            string rounding = construction.Parameters.Any(p => p.Name == "round")
                ? "leave out round=no, so that the coefficients are rounded and the budget says so, or "
                : "";
            throw new InputException(
                file, "cannot be written: a weight is no binary64 number, as ONNX needs; "
                    + $"{rounding}write a .json file, which is exact");
        }

        Networks.Write(file, network);
    }

    private static (Built Built, SplitReport? Split) Optimal(
        Construction construction, IReadOnlyList<string> parameters)
    {
        if (!construction.HasSplit)
        {
            throw new UsageException(
                $"--split optimal: {construction.Name} has no accuracy that is shared out among parts; expected one of "
                    + string.Join(", ", Catalogue.All.Where(c => c.HasSplit).Select(c => c.Name)));
        }

        SplitBuilt result = Guarded(construction, () => construction.BuildOptimal(parameters));
        return (result.Built, result.Split);
    }

    private static Built Build(Construction construction, IReadOnlyList<string> parameters) =>
        Guarded(construction, () => construction.Build(parameters));

    private static T Guarded<T>(Construction construction, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (FalsePremiseException e)
        {
            throw new InputException(construction.Name, $"false: {e.Statement}; witness: {e.Witness}");
        }
        catch (Exception e) when (e is FormatException or ArithmeticException)
        {
            throw new UsageException(e.Message); // the message names the key, what was found and what is expected
        }
    }
}

/// <summary>The files a network is written into; null where one is not asked for.</summary>
internal sealed record BuildFiles(string? Network, string? Cells, string? Figure);
