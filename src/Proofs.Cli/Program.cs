using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Proofs.Cli;

// Deeply nested formulas recurse deeply: a stack of this size holds what the parser's own limit lets through.
const int StackBytes = 256 << 20;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.Out.NewLine = "\n";
Console.Error.NewLine = "\n";

using var stop = new CancellationTokenSource();
int? signalled = null;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, s => RequestStop(s, ExitCode.Interrupted));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, s => RequestStop(s, ExitCode.Terminated));

var session = new Session(Console.Out, Console.Error, !Console.IsErrorRedirected, stop.Token);
int exitCode = ExitCode.Internal;
var work = new Thread(() => exitCode = Tool.Run(args, session), StackBytes);
work.Start();
work.Join();
return exitCode == ExitCode.Interrupted ? signalled ?? exitCode : exitCode;

// The first signal asks the command to stop; a second one ends the process as if nobody had listened.
void RequestStop(PosixSignalContext context, int code)
{
    context.Cancel = signalled is null;
    signalled ??= code;
    stop.Cancel();
}
