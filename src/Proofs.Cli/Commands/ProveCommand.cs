using System.CommandLine;
using System.Text;
using Proofs.Kernel.Formulas;
using Proofs.Cli.Options;
using Proofs.Cli.Sessions;
using Proofs.Search.Proving;
using Proofs.Search.Proving.Coq;

namespace Proofs.Cli.Commands;

/// <summary>proofs prove: proves or refutes a statement for all its parameters.</summary>
internal static class ProveCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var statement = new Argument<string>("statement")
        {
            Description = "forall eps in (0, 1/2], D in int [1, 64] where H1, H2 : LEFT <= RIGHT",
        };
        var certificate = new Option<string?>(
            "--certificate")
        {
            Description =
                "Write the proof trace, which proofs check replays, packed where the name ends in .gz.",
            HelpName = "FILE"
        };
        var coq = new Option<string?>("--coq")
        {
            Description =
                "Write checker, certificate and theorem for Coq 8.16, where the proof is polynomial arithmetic or "
                    + "bisection of a box; "
                + "where it is not, a line on stderr says why, no file is written, and verdict and exit code stay.",
            HelpName = "FILE",
        };
        var smt = new Option<string?>("--smt")
        {
            Description =
                "Write the assumptions and the negated claim in SMT-LIB 2: unsat means that the statement holds.",
            HelpName = "FILE",
        };
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<long> steps = CommonOptions.Steps(ProofOptions.DefaultSteps);
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "prove",
            "Proves or refutes a statement: PROVED, REFUTED with a witness, UNKNOWN, or "
                + "VACUOUS where no parameters satisfy the assumptions; "
                + "exit code 0, 1, 2 or 2.")
        {
            statement, certificate, coq, smt, steps, timeout, json,
        };
        command.SetAction(parsed => Run(
            session,
            Read(parsed.GetValue(statement) ?? ""),
            ProofOptions.Default.WithTimeLimit(parsed.GetValue(timeout) ?? Timeout.InfiniteTimeSpan)
                .WithSteps(parsed.GetValue(steps)).WithCancellation(session.Stop),
            new Files(parsed.GetValue(certificate), parsed.GetValue(coq), parsed.GetValue(smt)),
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>The files that a proof is written to, those that are asked for.</summary>
    /// <param name="Certificate">The proof trace.</param>
    /// <param name="Coq">The theorem for Coq.</param>
    /// <param name="Smt">The statement in SMT-LIB 2.</param>
    internal sealed record Files(string? Certificate, string? Coq, string? Smt);

    /// <summary>Proves or refutes the statement and gives the exit code.</summary>
    public static int Run(Session session, Statement statement, ProofOptions options, Files files, bool asJson)
    {
        WriteSmt(statement, files.Smt);
        session.ReportProgress("searching for a proof or a counterexample …");
        ProofResult result = Prover.Prove(statement, options);
        session.ReportProgress("");
        session.Stop.ThrowIfCancellationRequested();
        if (result is ProofResult.Proved { Vacuous: false, Certificate: var trace }
            && files.Certificate is { } certificate)
        {
            CertificateFile.Write(certificate, trace);
        }
        else if (result is ProofResult.Proved && files.Certificate is not null)
        {
            session.Error.WriteLine("no certificate: the statement speaks of nothing");
        }

        bool coqWritten = files.Coq is { } coq && WriteCoq(session, statement, result, coq, options);

        if (asJson)
        {
            WriteJson(session, statement, result, files with { Coq = coqWritten ? files.Coq : null });
        }
        else
        {
            WriteText(session.Out, statement, result);
        }

        return result switch
        {
            ProofResult.Proved { Vacuous: false } => ExitCode.Holds,
            ProofResult.Refuted => ExitCode.Refuted,
            _ => ExitCode.Inconclusive,
        };
    }

    // The script speaks of the statement alone, so it is written before the search and whatever that finds.
    private static void WriteSmt(Statement statement, string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            Write(file, SmtLib.Write(statement));
        }
        catch (InexpressibleException e)
        {
            throw new InputException($"statement '{statement.Text}'", $"no SMT-LIB script: {e.Message}");
        }
    }

    private static bool WriteCoq(
        Session session, Statement statement, ProofResult result, string file, ProofOptions options)
    {
        if (result is not ProofResult.Proved { Vacuous: false })
        {
            return false;
        }

        try
        {
            Write(file, CoqFile.Write(statement, options));
            return true;
        }
        catch (InexpressibleException e)
        {
            session.Error.WriteLine(Message.OneLine($"no Coq certificate: {e.Message}"));
            return false;
        }
    }

    private static void Write(string file, string text) =>
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static Statement Read(string text)
    {
        try
        {
            return Statement.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"statement '{text}', {e.Message}");
        }
    }

    private static void WriteText(TextWriter output, Statement statement, ProofResult result)
    {
        WriteResult(output, result);
        if (statement.IsRespelled)
        {
            output.WriteLine($"read as: {statement.Text}");
        }
    }

    private static void WriteResult(TextWriter output, ProofResult result)
    {
        switch (result)
        {
            case ProofResult.Proved proved:
                output.WriteLine(proved.Vacuous ? "VACUOUS" : "PROVED");
                output.WriteLine($"strategy: {proved.Strategy}");
                if (proved.Vacuous)
                {
                    output.WriteLine("why: the assumptions contradict each other, so the statement speaks of nothing");
                }
                else if (!proved.HasInstance)
                {
                    output.WriteLine(
                        "caution: it stays open whether any parameters satisfy the assumptions: "
                            + "none were found, nor a proof that there are none");
                }

                break;
            case ProofResult.Refuted refuted:
                output.WriteLine("REFUTED");
                foreach (WitnessValue value in refuted.Witness)
                {
                    output.WriteLine($"{value.Name} = {value.Value}");
                }

                output.WriteLine($"fails: {refuted.Goal}");
                output.WriteLine($"left side: {refuted.Left}");
                output.WriteLine($"right side: {refuted.Right}");
                break;
            case ProofResult.Unknown unknown:
                output.WriteLine("UNKNOWN");
                output.WriteLine($"why: {unknown.Why}");
                if (unknown.Region.Length > 0)
                {
                    output.WriteLine($"stuck at: {unknown.Region}");
                }

                break;
            default:
                throw new InvalidOperationException("ProofResult is a closed family.");
        }
    }

    private static void WriteJson(Session session, Statement statement, ProofResult result, Files files) =>
        session.WriteJson(json =>
    {
        json.WriteString("statement", statement.Text);
        switch (result)
        {
            case ProofResult.Proved proved:
                json.WriteString("verdict", proved.Vacuous ? "VACUOUS" : "PROVED");
                json.WriteString("strategy", proved.Strategy);
                json.WriteBoolean("vacuous", proved.Vacuous);
                json.WriteBoolean("instance", proved.HasInstance);
                json.WriteString("certificate", proved.Vacuous ? null : files.Certificate);
                json.WriteString("coq", files.Coq);
                break;
            case ProofResult.Refuted refuted:
                json.WriteString("verdict", "REFUTED");
                json.WriteStartObject("witness");
                foreach (WitnessValue value in refuted.Witness)
                {
                    json.WriteString(value.Name, value.Value.ToString());
                }

                json.WriteEndObject();
                json.WriteString("fails", refuted.Goal);
                json.WriteString("left", refuted.Left);
                json.WriteString("right", refuted.Right);
                break;
            case ProofResult.Unknown unknown:
                json.WriteString("verdict", "UNKNOWN");
                json.WriteString("why", unknown.Why);
                json.WriteString("region", unknown.Region);
                break;
            default:
                throw new InvalidOperationException("ProofResult is a closed family.");
        }
    });
}
