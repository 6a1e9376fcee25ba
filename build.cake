// The build of Proofs: `./build.sh --description` lists the targets, `./build.sh --target=NAME` runs one.
// Arguments: --configuration=Release|Debug, --filter=EXPRESSION (Test, Bench), --check=true (Format: report only).

using System.Diagnostics;
using System.Xml.Linq;

var target = Argument("target", "Verify");
var configuration = Argument("configuration", "Release");
var filter = Argument("filter", "");
var isCi = EnvironmentVariable("CI") == "true";

var root = Context.Environment.WorkingDirectory;
var solution = root.CombineWithFilePath("Verification.sln");
// The part that verifies papers: without tests, benchmarks, and the half gigabyte that training needs.
var product = root.CombineWithFilePath("Product.slnf");
var tool = root.CombineWithFilePath("src/Proofs.Cli/Proofs.Cli.csproj");
var outFolder = root.Combine("out");
var artifacts = root.Combine("artifacts");
var results = artifacts.Combine("test-results");
var papers = GetFiles("./paper-artifacts/*/*.fsproj") + GetFiles("./paper-artifacts/*/*.csproj");

// What a target leaves to the very end, so that its result is the last thing said; gives the exit code.
Func<int> last = () => 0;

// What a target has to say, whatever the verbosity of cake itself.
void Say(string line) => Console.WriteLine(line);

// Runs a program without standard input, shows what it prints, and gives its exit code.
int Run(string program, params string[] arguments)
{
    var start = new ProcessStartInfo(program) { WorkingDirectory = root.FullPath, UseShellExecute = false };
    foreach (var argument in arguments) start.ArgumentList.Add(argument);
    using var process = Process.Start(start);
    process.WaitForExit();
    return process.ExitCode;
}

void DotNet(params string[] arguments)
{
    var code = Run("dotnet", arguments);
    if (code != 0) throw new CakeException(code, $"dotnet {string.Join(' ', arguments)} ended with exit code {code}");
}

Task("Restore")
    .Does(() =>
{
    Say("restoring and building " + product.GetFilename());
    DotNet("restore", product.FullPath, "--verbosity", "quiet");
});

Task("Build")
    .IsDependentOn("Restore")
    .Does(() => DotNet("build", product.FullPath, "--configuration", configuration, "--no-restore", "--nologo",
        "--verbosity", "quiet"));

Task("RestoreAll")
    .Does(() =>
{
    Say("restoring " + solution.GetFilename());
    DotNet("restore", solution.FullPath, "--verbosity", "quiet");
});

Task("BuildAll")
    .IsDependentOn("RestoreAll")
    .Does(() =>
{
    Say("building " + solution.GetFilename());
    DotNet("build", solution.FullPath, "--configuration", configuration, "--no-restore", "--nologo",
        "--verbosity", "quiet");
});

Task("Training")
    .Description("Builds what `proofs train` needs into out/training: TorchSharp, half a gigabyte.")
    .IsDependentOn("Publish")
    .Does(() =>
{
    Say("fetching TorchSharp and publishing the training library as out/training");
    DotNet("publish", root.CombineWithFilePath("src/Proofs.Training/Proofs.Training.csproj").FullPath,
        "--configuration", configuration, "--nologo", "--verbosity", "quiet",
        "--output", outFolder.Combine("training").FullPath);
});

// The tool goes to out/bin; out/proofs (on Windows out/proofs.cmd) starts it from any folder.
Task("Publish")
    .IsDependentOn("Build")
    .Does(() =>
{
    Say("publishing the tool as out/proofs");
    CleanDirectory(outFolder.Combine("bin"));
    DotNet("publish", tool.FullPath, "--configuration", configuration, "--no-build", "--nologo", "--verbosity", "quiet",
        "--output", outFolder.Combine("bin").FullPath);
    if (IsRunningOnWindows())
    {
        System.IO.File.WriteAllText(outFolder.CombineWithFilePath("proofs.cmd").FullPath,
            "@dotnet \"%~dp0bin\\proofs.dll\" %*\r\n");
    }
    else
    {
        var launcher = outFolder.CombineWithFilePath("proofs").FullPath;
        System.IO.File.WriteAllText(launcher,
            "#!/bin/sh\n"
            + "exec dotnet \"$(dirname \"$(readlink -f \"$0\" 2> /dev/null || echo \"$0\")\")\"/bin/proofs.dll "
            + "\"$@\"\n");
        System.IO.File.SetUnixFileMode(launcher, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    // The libraries that scripts refer to, as examples/proofs.fsx does.
    CleanDirectory(outFolder.Combine("lib"));
    DotNet("publish", root.CombineWithFilePath("src/Proofs.FSharp/Proofs.FSharp.fsproj").FullPath,
        "--configuration", configuration,
        "--no-build", "--nologo", "--verbosity", "quiet", "--output", outFolder.Combine("lib").FullPath);

    // Each paper is a library of its own, which the tool finds in out/paper-artifacts under the name of its folder.
    CleanDirectory(outFolder.Combine("paper-artifacts"));
    foreach (var paper in papers)
    {
        // no --no-build: a paper's folder is enough, the solution need not know it
        DotNet("publish", paper.FullPath, "--configuration", configuration, "--nologo", "--verbosity", "quiet",
            "--output", outFolder.Combine("paper-artifacts").Combine(paper.GetDirectory().GetDirectoryName()).FullPath);
    }
});

int Proofs(params string[] arguments) =>
    Run("dotnet", arguments.Prepend(outFolder.CombineWithFilePath("bin/proofs.dll").FullPath).ToArray());

Task("Verify")
    .Description("Builds everything and verifies every paper artifact in the quick profile (the default target).")
    .IsDependentOn("Publish")
    .Does(() =>
{
    if (papers.Count == 0)
    {
        Say("There is no project in paper-artifacts: nothing was verified.");
        return;
    }
    last = () => Proofs("verify", "--profile", "quick");
});

Task("Tables")
    .Description("Regenerates the tables and figures of every paper artifact under out/reports.")
    .IsDependentOn("Publish")
    .WithCriteria(() => papers.Count > 0, "there is no project in paper-artifacts")
    .Does(() =>
{
    last = () => Proofs("verify", "--profile", "quick", "--out", outFolder.Combine("reports").FullPath);
});

const string roundingTests = "FullyQualifiedName~Rounding|FullyQualifiedName~KernelPath";

Task("Test")
    .Description("Runs the tests of every project; results per project in artifacts/test-results. --filter narrows.")
    .IsDependentOn("BuildAll")
    .IsDependentOn("Training")
    .Does(() =>
{
    CleanDirectory(results);
    int passed = 0, failed = 0, skipped = 0;
    var broken = new List<string>();
    var lines = new List<string>();
    var projects = GetFiles("./tests/**/*.csproj") + GetFiles("./tests/**/*.fsproj");
    var runs = projects.OrderBy(p => p.FullPath, StringComparer.Ordinal)
        .Select(p => (Project: p, Name: p.GetFilenameWithoutExtension().ToString(), Filter: filter, Setting: ""))
        .ToList();

    // Rounding once more as another processor or another stage of the compiler would do it.
    if (filter == "")
    {
        var numeric = projects.Single(p => p.GetFilenameWithoutExtension().ToString() == "Proofs.Numeric.Tests");
        foreach (var setting in new[] { "EnableAVX512", "EnableHWIntrinsic", "TieredPGO", "TieredCompilation" })
        {
            runs.Add((numeric, "rounding, " + setting + "=0", roundingTests, "DOTNET_" + setting));
        }
    }

    foreach (var (project, name, chosen, setting) in runs)
    {
        var trx = results.CombineWithFilePath(name.Replace(", ", "-").Replace("=", "-") + ".trx");
        Say("\n" + name);
        var arguments = new List<string>
        {
            "test", project.FullPath, "--configuration", configuration, "--no-build", "--nologo",
            "--logger", "trx;LogFileName=" + trx.FullPath, "--results-directory", results.FullPath,
            "--logger", "console;verbosity=minimal",
        };
        if (chosen != "") arguments.AddRange(new[] { "--filter", chosen });
        var clock = Stopwatch.StartNew();
        if (setting != "") Environment.SetEnvironmentVariable(setting, "0");
        var code = Run("dotnet", arguments.ToArray());
        if (setting != "") Environment.SetEnvironmentVariable(setting, null);
        var (good, bad, left) = Count(trx);
        if (code != 0 && bad == 0) // the run itself broke: a crash must not pass for "no failure"
        {
            bad = 1;
            broken.Add(name);
        }
        (passed, failed, skipped) = (passed + good, failed + bad, skipped + left);
        lines.Add($"{name,-32}{good,8}{bad,8}{left,8}{clock.Elapsed.TotalSeconds,9:F1} s");
    }

    var summary = $"{passed} passed, {failed} failed, {skipped} skipped";
    System.IO.File.WriteAllText(results.CombineWithFilePath("summary.txt").FullPath, summary + "\n");
    last = () =>
    {
        Say($"\n{"project",-32}{"passed",8}{"failed",8}{"skipped",8}{"time",11}");
        lines.ForEach(Say);
        foreach (var name in broken) Say($"{name}: the test run broke off before it could report a failed test");
        if (passed == 0) Say("no test ran");
        Say("\n" + summary);
        return failed == 0 && passed > 0 ? 0 : 1;
    };
});

// Counts the outcomes in one TRX file. The file's own counters leave out what was skipped.
(int Passed, int Failed, int Skipped) Count(FilePath trx)
{
    if (!FileExists(trx)) return (0, 0, 0);
    var outcomes = XDocument.Load(trx.FullPath).Descendants()
        .Where(e => e.Name.LocalName == "UnitTestResult")
        .Select(e => (string)e.Attribute("outcome"))
        .ToList();
    var passed = outcomes.Count(o => o == "Passed");
    var skipped = outcomes.Count(o => o == "NotExecuted");
    return (passed, outcomes.Count - passed - skipped, skipped);
}

Task("Pack")
    .Description("Packs the libraries and the tool as NuGet packages into artifacts/packages.")
    .IsDependentOn("BuildAll")
    .Does(() =>
{
    var packages = artifacts.Combine("packages");
    CleanDirectory(packages);
    var projects = GetFiles("./src/**/*.csproj") + GetFiles("./src/**/*.fsproj");
    foreach (var project in projects.OrderBy(p => p.FullPath, StringComparer.Ordinal))
    {
        DotNet("pack", project.FullPath, "--configuration", configuration, "--no-build", "--nologo",
            "--verbosity", "quiet", "--output", packages.FullPath);
    }
    foreach (var package in GetFiles(packages.FullPath + "/*.nupkg"))
        Say("artifacts/packages/" + package.GetFilename());
});

Task("Bench")
    .Description("Runs the benchmarks; --filter picks some, as in --filter=*BigRational*.")
    .IsDependentOn("BuildAll")
    .Does(() => DotNet("run", "--project", root.Combine("benchmarks/Proofs.Benchmarks").FullPath, "--configuration",
        configuration, "--no-build", "--", "--filter", filter == "" ? "*" : filter,
        "--artifacts", artifacts.Combine("benchmarks").FullPath));

Task("Format")
    .Description("Formats the C# sources; --check=true only reports what would change, and fails if anything would.")
    .IsDependentOn("RestoreAll")
    .Does(() =>
{
    // Style and analyzers are the build's business; here it is white space alone.
    var arguments = new List<string> { "format", "whitespace", solution.FullPath, "--no-restore" };
    if (Argument("check", false)) arguments.Add("--verify-no-changes");
    DotNet(arguments.ToArray());
});

Task("Clean")
    .Description("Removes everything a build makes: out, artifacts, and every bin and obj.")
    .Does(() =>
{
    var made = GetDirectories("./{src,tests,benchmarks,paper-artifacts}/**/{bin,obj}") + outFolder + artifacts;
    foreach (var folder in made.Where(DirectoryExists))
    {
        DeleteDirectory(folder, new DeleteDirectorySettings { Recursive = true, Force = true });
    }
});

RunTarget(target);
Environment.Exit(last());
