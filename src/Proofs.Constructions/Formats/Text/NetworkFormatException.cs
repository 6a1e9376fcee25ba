namespace Proofs.Constructions.Formats.Text;

// What is wrong with a file, and where in it. The readers that know the name of the file make a NetworkFileException of
// it.
internal sealed class NetworkFormatException(string place, string expectation)
    : FormatException(TextLine.Of($"{place}: {expectation}"))
{
    public NetworkFileException In(string file) => new(TextLine.Of(file), TextLine.Of(place), TextLine.Of(expectation));
}
