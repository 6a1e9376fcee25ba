namespace Proofs.Constructions.Formats;

/// <summary>A file that describes no network, or none that is understood here; the message is one line.</summary>
public sealed class NetworkFormatException : FormatException
{
    /// <summary>The error at <paramref name="place"/> of the file, with what was expected there.</summary>
    public NetworkFormatException(string place, string expectation)
        : base(TextLine.Of($"{place}: {expectation}")) => Place = TextLine.Of(place);

    /// <summary>Where in the file: a node, a tensor, a layer, a line; or the file as a whole.</summary>
    public string Place { get; }
}
