using System.Text;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats;
using Proofs.Numeric.Expressions;
using Proofs.Search.Regions;

namespace Proofs.Cli.Reading;

/// <summary>Reads regions: boxes joined by `or`, or a file of boxes, and a condition.</summary>
internal static class Regions
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The region that --domain and --where give; a domain @FILE is a file with one box a line.</summary>
    /// <exception cref="UsageException">One of them is not what it should be.</exception>
    /// <exception cref="InputException">The file of boxes cannot be read; the message names the line.</exception>
    public static Region Read(string domain, string? where)
    {
        Region region = domain.StartsWith('@') ? InFile(domain[1..]) : Formulas.Parse("--domain", domain, Region.Parse);
        if (where is null)
        {
            return region;
        }

        Condition condition = Formulas.Parse("--where", where, Condition.Parse);
        foreach (Expr side in condition.Expressions())
        {
            _ = Formulas.Read("--where", side.ToString(), region.Dimension);
        }

        return region.WithWhere(condition.Map(side => Inputs.InNames(side, region.Dimension)));
    }

    private static Region InFile(string path) => InputFile.Read(path, stream =>
    {
        try
        {
            using var reader = new StreamReader(InputFile.Unpacked(stream), Strict);
            return Region.Union(BoxFile.Read(path, reader.ReadToEnd()));
        }
        catch (FormatException e)
        {
            throw new InputException(e.Message);
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException or ArithmeticException)
        {
            throw new InputException(path, "expected UTF-8 text with one box a line, packed with gzip or not");
        }
    });
}
