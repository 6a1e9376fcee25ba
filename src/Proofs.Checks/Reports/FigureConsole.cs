using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Checks.Papers;

namespace Proofs.Checks.Reports;

/// <summary>Figures as characters for a console.</summary>
public static class FigureConsole
{
    private const string Marks = "ox+*#@%&";
    private const int Margin = 10; // for the numbers on the vertical axis

    /// <summary>The figure in so many columns and rows of characters, with a legend below.</summary>
    /// <remarks>Lines are dotted between their points; of two marks at one place the first stays.</remarks>
    public static string Of(Figure figure, int columns = 64, int rows = 16)
    {
        char[][] cells = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Repeat(' ', columns).ToArray())];
        var series = figure.Series.Where(s => s is Series.Line or Series.Marks).ToList();
        for (int pass = 0; pass < 2; pass++)
        {
            for (int s = 0; s < series.Count; s++)
            {
                var points = series[s] is Series.Line line ? line.Points : ((Series.Marks)series[s]).Points;
                (double X, double Y)[] places =
                    [.. points.Select(p => (figure.X.Place(p.X) * (columns - 1), figure.Y.Place(p.Y) * (rows - 1)))];
                if (pass == 0)
                {
                    foreach (var (x, y) in places)
                    {
                        Put(cells, x, y, Marks[s % Marks.Length]);
                    }
                }
                else if (series[s] is Series.Line)
                {
                    Connect(cells, places);
                }
            }
        }

        var text = new StringBuilder();
        for (int row = rows - 1; row >= 0; row--)
        {
            bool labelled = row == 0 || row == rows - 1 || row == rows / 2;
            string label = labelled ? Number(figure.Y.From + ((figure.Y.To - figure.Y.From) * row / (rows - 1))) : "";
            text.Append(label.PadLeft(Margin - 2)).Append(labelled ? " +" : " |")
                .Append(new string(cells[row]).TrimEnd()).Append('\n');
        }

        string from = Number(figure.X.From), to = Number(figure.X.To);
        text.Append(' ', Margin - 1).Append('+').Append('-', columns).Append('\n')
            .Append(' ', Margin).Append(from).Append(' ', 2);
        int room = columns - from.Length - to.Length - 4;
        string name = figure.X.Plain.Length <= room ? figure.X.Plain : "";
        text.Append(name.PadLeft((room + name.Length) / 2).PadRight(room)).Append(' ', 2).Append(to).Append('\n')
            .Append(' ', Margin).AppendJoin("   ", series.Select((s, i) => $"{Marks[i % Marks.Length]} {s.Name}"))
            .Append('\n');
        return text.ToString();
    }

    private static void Connect(char[][] cells, (double X, double Y)[] places)
    {
        for (int i = 1; i < places.Length; i++)
        {
            var (from, to) = (places[i - 1], places[i]);
            int steps = (int)Math.Ceiling(Math.Abs(to.X - from.X));
            for (int k = 1; k < steps; k++)
            {
                double t = (double)k / steps;
                Put(cells, from.X + (t * (to.X - from.X)), from.Y + (t * (to.Y - from.Y)), '.');
            }
        }
    }

    private static void Put(char[][] cells, double x, double y, char mark)
    {
        if (double.IsFinite(x) && double.IsFinite(y))
        {
            var (column, row) = ((int)Math.Round(x), (int)Math.Round(y));
            if (row >= 0 && row < cells.Length && column >= 0 && column < cells[0].Length && cells[row][column] == ' ')
            {
                cells[row][column] = mark;
            }
        }
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
