using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Proofs.Cli;
using Proofs.Cli.Sessions;

// Deeply nested formulas recurse deeply: a stack of this size holds what the parser's own limit lets through.
const int StackBytes = 256 << 20;

// A command ends by itself at a signal or at its time limit; one that has not after this time, busy with a huge number
// say, is left where it is, and what it has found so far is printed, if that can be told quickly.
TimeSpan grace = TimeSpan.FromMilliseconds(500), patience = TimeSpan.FromMilliseconds(200),
    pulse = TimeSpan.FromMilliseconds(20);

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.Out.NewLine = "\n";
Console.Error.NewLine = "\n";

using var stop = new CancellationTokenSource();
int? signalled = null;
Stopwatch? sinceSignal = null;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, s => RequestStop(s, ExitCode.Interrupted));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, s => RequestStop(s, ExitCode.Terminated));

using HeldOutput output = new(Console.Out) { NewLine = "\n" }, error = new(Console.Error) { NewLine = "\n" };
var session = new Session(output, error, !Console.IsErrorRedirected, stop.Token);
int exitCode = ExitCode.Internal;
var work = new Thread(() => exitCode = Tool.Run(args, session), StackBytes) { IsBackground = true };
work.Start();
while (!work.Join(pulse))
{
    if (sinceSignal?.Elapsed > grace || session.Deadline.IsPast(grace))
    {
        return Abandon();
    }
}

return Ended(output.TakeAll());

// The first signal asks the command to stop; a second one ends the process as if nobody had listened.
void RequestStop(PosixSignalContext context, int code)
{
    context.Cancel = signalled is null;
    signalled ??= code;
    sinceSignal ??= Stopwatch.StartNew();
    // whoever listens runs in the cancelling thread, and is not waited for
    _ = Task.Run(stop.Cancel);
}

int Ended(string text)
{
    Console.Out.Write(text);
    Console.Out.Flush();
    return exitCode == ExitCode.Interrupted ? signalled ?? exitCode : exitCode;
}

// What the command printed already counts, as it does while a certificate is written; else what it would print now.
int Abandon()
{
    string held = output.TakeAll();
    if (held.Length > 0 && work.Join(pulse))
    {
        return Ended(held); // it was done after all
    }

    Answer answer = session.Deadline.Now(patience) ?? new("", ExitCode.Inconclusive);
    session.ReportProgress("");
    _ = error.TakeAll();
    Console.Out.Write(held.Length > 0 ? held : answer.Text);
    Console.Out.Flush();
    string name = args is [var command, ..] ? $"proofs {command}" : "proofs";
    if (!error.HasLines)
    {
        Console.Error.WriteLine(
            Message.OneLine($"{name}: {(signalled is null ? session.Deadline.Why : "interrupted")}"));
    }

    AtomicFile.Abandon();
    return signalled ?? answer.ExitCode;
}
