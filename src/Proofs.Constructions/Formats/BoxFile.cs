using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Constructions.Domains;

namespace Proofs.Constructions.Formats;

/// <summary>
/// Boxes as text, one a line as <see cref="Box.Parse"/> reads it: <c>[0,1/4]x[1/4,1/2]</c>. What follows # is a remark.
/// </summary>
public static class BoxFile
{
    /// <summary>Writes boxes, one a line.</summary>
    public static void Write(Stream stream, IEnumerable<Box> boxes)
    {
        using var writer = new StreamWriter(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        foreach (var box in boxes)
        {
            writer.WriteLine(box.ToString());
        }
    }

    /// <summary>The boxes that a text states.</summary>
    /// <exception cref="FormatException">A line is no box, boxes differ in dimension, or there is none; the message has
    /// the line.</exception>
    public static ImmutableArray<Box> Read(string name, string text)
    {
        var boxes = ImmutableArray.CreateBuilder<Box>();
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Split('#')[0].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            boxes.Add(Parsed(line));
            if (boxes[^1].Dimension != boxes[0].Dimension)
            {
                throw At(
                    $"the box {line} has {boxes[^1].Dimension} sides; expected {boxes[0].Dimension} as in the lines "
                        + "before");
            }
        }

        return boxes.Count > 0
            ? boxes.ToImmutable()
            : throw new FormatException($"{name}: has no box; expected one a line, such as [0,1/4]x[1/4,1/2]");

        Box Parsed(string line)
        {
            try
            {
                return Box.Parse(line);
            }
            catch (FormatException e)
            {
                throw At(e.Message);
            }
        }

        FormatException At(string problem) =>
            new(string.Create(CultureInfo.InvariantCulture, $"{name}: line {number}: {problem}"));
    }
}
