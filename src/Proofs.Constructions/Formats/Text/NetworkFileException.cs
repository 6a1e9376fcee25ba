namespace Proofs.Constructions.Formats.Text;

/// <summary>A file that holds no network: names the file, the place in it, and what was expected there.</summary>
public sealed class NetworkFileException : FormatException
{
    /// <summary>An error at <paramref name="place"/> of <paramref name="file"/>.</summary>
    public NetworkFileException(string file, string place, string problem)
        : base(TextLine.Of($"{file}: {place}: {problem}")) => (File, Place) = (file, place);

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The line, or the path to the value, such as <c>layers[1].value[17]</c>.</summary>
    public string Place { get; }
}
