using System.Globalization;
using System.Text;
using Proofs.Cli.Sessions;
using Proofs.Tests;

namespace Proofs.Cli.Tests;

/// <summary>
/// Runs the commands of the README: the lines "$ out/proofs …" of its `console` blocks, in order, in one empty folder.
/// A trailing "# exit N" says that the command ends with exit code N; without it the code is 0.
/// </summary>
public sealed class ReadmeTests
{
    private const string ExitMark = "# exit ";

    [Fact]
    public void Every_command_of_the_README_ends_as_the_README_says()
    {
        List<string> lines = [.. ConsoleLines(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "README.md")))];
        Assert.NotEmpty(lines);
        using var folder = new TemporaryFolder();
        foreach (string line in lines)
        {
            (string command, int expected) = SplitExitMark(line);
            string[] arguments = [.. Words(command).Skip(1).Select(word => InRepository(word, folder.Path))];
            ToolRun run = ToolRunner.RunProcess(folder.Path, arguments);
            Assert.True(run.ExitCode == expected,
                $"README: '{line}': expected exit code {expected}, got {run.ExitCode}\n{run.Out}{run.Error}");
        }
    }

    [Theory]
    [InlineData("a b", new[] { "a", "b" })]
    [InlineData("prove \"x^2 >= 0\" -o 'a b'", new[] { "prove", "x^2 >= 0", "-o", "a b" })]
    [InlineData("a=\"b c\"d ''", new[] { "a=b cd", "" })]
    public void Words_are_split_as_a_shell_splits_them(string line, string[] words) => Assert.Equal(words, Words(line));

    [Fact]
    public void Only_tool_commands_of_console_blocks_are_run()
    {
        const string Text =
            "$ out/proofs no\n```sh\n$ out/proofs no\n```\n```console\n$ ./build.sh\n$ out/proofs a \\\n"
            + "    b # exit 1\noutput\n$ proofs c\n```\n$ out/proofs no\n";
        Assert.Equal(["out/proofs a b # exit 1", "proofs c"], ConsoleLines(Text));
        Assert.Equal(("out/proofs a b", 1), SplitExitMark("out/proofs a b # exit 1"));
    }

    private static IEnumerable<string> ConsoleLines(string markdown)
    {
        bool inside = false;
        string joined = markdown.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (string line in joined.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && line.Trim() == "```console";
            }
            else if (inside && (line.StartsWith("$ out/proofs ", StringComparison.Ordinal)
                || line.StartsWith("$ proofs ", StringComparison.Ordinal)))
            {
                yield return string.Join(' ', line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }

    private static (string Command, int ExitCode) SplitExitMark(string line)
    {
        int mark = line.LastIndexOf(ExitMark, StringComparison.Ordinal);
        return mark < 0
            ? (line, ExitCode.Holds)
            : (line[..mark].TrimEnd(), int.Parse(line[(mark + ExitMark.Length)..], CultureInfo.InvariantCulture));
    }

    // A file or folder of the repository is meant unless an earlier command made one of that name.
    private static string InRepository(string word, string folder)
    {
        string path = Path.Combine(RepositoryFiles.Root, word);
        bool named = word.Length > 0 && !Path.Exists(Path.Combine(folder, word)) && Path.Exists(path);
        return named ? path : word;
    }

    private static List<string> Words(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word?.Append(c);
                }
            }
            else if (c is '"' or '\'')
            {
                (quote, word) = (c, word ?? new StringBuilder());
            }
            else if (c == ' ')
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                }

                word = null;
            }
            else
            {
                word = (word ?? new StringBuilder()).Append(c);
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
