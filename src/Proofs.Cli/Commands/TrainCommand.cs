using System.Collections.Immutable;
using System.CommandLine;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Checks.Learning;
using Proofs.Cli.Libraries;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>proofs train: what gradient descent finds, certified beside what a theorem builds.</summary>
internal static class TrainCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var parameters = new Argument<string[]>("key=value")
        {
            Description = "The parameters of --constructed, such as r=3.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var target = new Option<string?>("--target")
        {
            Description = "The formula f in x1, x2, … (or x) to learn and to certify against.",
            HelpName = "EXPR",
        };
        var domain = new Option<string?>("--domain")
        {
            Description = "A box such as [0,1]^2; several are joined by 'or'; @FILE has one box a line.",
            HelpName = "BOX",
        };
        var constructed = new Option<string?>("--constructed")
        {
            Description =
                "Compare with this construction (proofs list): trained at its size, in its architecture, and from it.",
            HelpName = "NAME",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Learn from this table (CSV with names on its first line) in place of points of the formula.",
            HelpName = "FILE",
        };
        var column = new Option<string?>("--y")
        {
            Description = "The column of --data to learn from the others.",
            HelpName = "COLUMN",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description =
                "Write the trained network into this file: ONNX (float64) where its name ends in .onnx, else JSON.",
            HelpName = "FILE",
        };
        var norm = new Option<string?>("--norm")
        {
            Description = "Certify in this norm: sup, L1, L2 or another L<p> (that of the construction, else sup).",
            HelpName = "NORM",
        };
        Option<int> samples = TrainingOptions.Whole("--samples", "Points of the formula to learn from.", 16384);
        Option<BigRational?> atMost = CommonOptions.Number(
            "--at-most", "Decide whether the trained network's error is at most this number.",
            "a non-negative number", n => n.Sign >= 0);
        Option<BigRational?> gap = CommonOptions.RelativeGap("0.05");
        Option<long> boxes = CommonOptions.Boxes(200_000);
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<long> seed = CommonOptions.Seed(1);
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var studies = new StudyOptions();
        var architecture = new ArchitectureOptions();
        var training = new TrainingOptions();
        var command = new Command(
            "train",
            "Trains a network by TorchSharp, writes it and certifies it beside the construction; "
                + "exit code 0 enclosed or certified, 1 refuted, 2 undecided.")
        {
            parameters, target, domain, constructed, data, column,
        };
        foreach (Option option in architecture.All.Concat(training.All)
            .Concat([samples, norm, atMost, gap, boxes, timeout, seed, jobs, output, json]).Concat(studies.All))
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (studies.IsGiven(parsed))
            {
                return studies.Run(
                    parsed, session, parsed.GetValue(output), parsed.GetValue(seed), parsed.GetValue(jobs),
                    [seed, jobs, output]);
            }

            var what = Subject(
                parsed.GetValue(target), parsed.GetValue(domain), parsed.GetValue(constructed),
                parsed.GetValue(parameters) ?? [], parsed.GetValue(norm));
            var (path, y) = (parsed.GetValue(data), parsed.GetValue(column));
            if (path is null != y is null || (path is null && what is null))
            {
                throw new UsageException(
                    "expected --target EXPR --domain BOX, --constructed NAME, or --data FILE --y COLUMN");
            }

            string? file = parsed.GetValue(output);
            if (file is null && what?.Built is null)
            {
                throw new UsageException("expected -o FILE for the trained network");
            }

            if (file is not null)
            {
                AtomicFile.Require(file);
            }

            var run = new TrainRun(session, what, TrainerLibrary.Load())
            {
                File = file,
                AsJson = parsed.GetValue(json),
                Seed = parsed.GetValue(seed),
                Limits = request => request with
                {
                    AtMost = parsed.GetValue(atMost),
                    RelativeGap = parsed.GetValue(gap) is { } g ? Binary64.RoundDown(g) : 0.05,
                    AbsoluteGap = Searching.SmallestGap,
                    Timeout = session.Deadline.Left,
                    StatedTimeout = parsed.GetValue(timeout),
                    BoxBudget = parsed.GetValue(boxes),
                    Jobs = parsed.GetValue(jobs),
                    Cancellation = session.Stop,
                    Progress = Searching.Progress(session),
                },
                Options = request => training.Apply(parsed, request),
            };
            session.Keep(parsed.GetValue(timeout), why => new(run.Abandoned(why), ExitCode.Inconclusive));
            var (learnt, validation) = path is null
                ? Points(what!, parsed.GetValue(samples), parsed.GetValue(seed))
                : Table(path, y!, what, parsed.GetValue(seed));
            ImmutableArray<Counterparts.Plan> plans;
            if (what?.Built is { } built && !architecture.IsGiven(parsed))
            {
                plans = Counterparts.Plans(built, 2);
            }
            else
            {
                var (network, start) = architecture.Read(parsed, learnt.Points.Dimension);
                if (architecture.Example(parsed) is { } example && what is not null)
                {
                    run.Given(example, Networks.Read(example));
                }

                plans = [new("trained", network, start is null ? null : Start(network, start))];
            }

            return run.Run(plans, learnt, validation);
        });
        return command;
    }

    // What is learnt: a formula on a region, that of a construction or one that is given; null for data alone.
    private static TrainingSubject? Subject(
        string? target, string? domain, string? constructed, string[] parameters, string? norm)
    {
        Norm? asked = norm is null ? null : Norms.Read(norm);
        if (constructed is not null)
        {
            if (target is not null || domain is not null)
            {
                throw new UsageException("--constructed has its target and domain; expected neither beside it");
            }

            Built built = BuildCommand.Built(constructed, parameters);
            return new(built.Target, Region.Of(built.Domain, built.Boxes), asked ?? built.Budget.Norm, built);
        }

        if (parameters.Length > 0)
        {
            throw new UsageException($"'{parameters[0]}': expected --constructed NAME for its parameters");
        }

        if (target is null != domain is null)
        {
            throw new UsageException("expected --target EXPR and --domain BOX together");
        }

        if (target is null)
        {
            return null;
        }

        Region region = Regions.Read(domain!, where: null);
        return new(
            Inputs.InNames(Formulas.Read("--target", target, region.Dimension), region.Dimension), region,
            asked ?? Norm.Sup, null);
    }

    private static (Sample Training, Sample Validation) Points(TrainingSubject what, int samples, long seed)
    {
        try
        {
            return Counterparts.Draw(what.Target, what.Region, samples, seed);
        }
        catch (ArgumentException e)
        {
            throw new InputException(e.Message);
        }
    }

    // A fifth of the rows chooses the best parameters.
    private static (Sample Training, Sample Validation) Table(
        string path, string column, TrainingSubject? what, long seed)
    {
        Sample all = Tables.Read(path, column);
        if (what is not null && what.Region.Dimension != all.Points.Dimension)
        {
            throw new InputException(
                path, $"expected {what.Region.Dimension} columns beside '{column}', as --domain has sides, "
                    + $"found {all.Points.Dimension}");
        }

        int[] order = new SplitMix64((ulong)seed ^ 0x0DA7_A001).Sample(all.Count, all.Count);
        int held = all.Count / 5;
        return held == 0 ? (all, all) : (Part(order[held..]), Part(order[..held]));

        Sample Part(int[] rows) => new(all.Points.Select(rows), [.. rows.Select(r => all.Values[r])]);
    }

    private static ImmutableArray<double> Start(ParametricNetwork network, ReluNetwork start)
    {
        try
        {
            return network.ParametersOf(start);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--init: {e.Message}");
        }
    }
}
