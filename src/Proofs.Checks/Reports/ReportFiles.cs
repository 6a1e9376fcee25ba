using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Proofs.Checks;

/// <summary>A text file of a report: its path below the report's folder, with /, and its content.</summary>
public sealed record ReportFile(string Path, string Content);

/// <summary>The files a verification leaves behind.</summary>
/// <remarks>Same verdicts, same bytes: no clock, no path, no culture.</remarks>
public static class ReportFiles
{
    /// <summary>The tables and figures of a paper, in a folder of its key.</summary>
    public static ImmutableArray<ReportFile> OfPaper(PaperArtifact paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var files = ImmutableArray.CreateBuilder<ReportFile>();
        foreach (var table in paper.Tables())
        {
            AddTable(files, paper.Key, table);
        }

        foreach (var figure in paper.Figures())
        {
            files.Add(new($"{paper.Key}/{figure.Key}.svg", FigureText.Svg(figure)));
            files.Add(new($"{paper.Key}/{figure.Key}.tikz.tex", FigureText.Pgfplots(figure)));
        }

        return files.ToImmutable();
    }

    /// <summary>The verdict table of a theorem, in a folder of the paper's key.</summary>
    public static ImmutableArray<ReportFile> OfVerdicts(string paper, TheoremReport report)
    {
        var files = ImmutableArray.CreateBuilder<ReportFile>();
        AddTable(files, paper, VerdictTable.Of(report, withTimes: false));
        return files.ToImmutable();
    }

    /// <summary>All rows as JUnit XML: a case a claim and instance, classname = paper.theorem, seed and margin as properties.</summary>
    public static ReportFile JUnit(IReadOnlyList<TheoremReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var report in reports)
            {
                WriteSuite(xml, report);
            }

            xml.WriteEndElement();
        }

        return new("junit.xml", text.Append('\n').ToString());
    }

    private static void AddTable(ImmutableArray<ReportFile>.Builder files, string folder, Table table)
    {
        files.Add(new($"{folder}/{table.Key}.md", TableText.Markdown(table)));
        files.Add(new($"{folder}/{table.Key}.tex", TableText.Latex(table)));
        files.Add(new($"{folder}/{table.Key}.json", TableText.Json(table)));
        files.Add(new($"{folder}/{table.Key}.csv", TableText.Csv(table)));
    }

    private static void WriteSuite(XmlWriter xml, TheoremReport report)
    {
        string Count(Func<ClaimResult, bool> which) => report.Rows.Count(which).ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", report.Theorem.Key);
        xml.WriteAttributeString("tests", Count(_ => true));
        xml.WriteAttributeString("failures", Count(r => r.IsWrong));
        xml.WriteAttributeString("skipped", Count(r => !r.IsWrong && !r.IsAsExpected));
        foreach (var row in report.Rows)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", $"{report.Theorem.Source}.{report.Theorem.Key}");
            xml.WriteAttributeString("name", $"{(row.Kind == RowKind.Mutant ? "mutant " : "")}{row.Claim}{(row.Item.Length > 0 ? $" [{row.Item}]" : "")}");
            xml.WriteStartElement("properties");
            WriteProperty(xml, "verdict", row.Verdict.Rung);
            WriteProperty(xml, "seed", report.Options.Seed.ToString(CultureInfo.InvariantCulture));
            WriteProperty(xml, "tightness", row.Tightness is { } t ? Printing.Down(t) : "");
            xml.WriteEndElement();
            if (row.IsWrong)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Explanation.Of(report.Theorem, row));
                xml.WriteEndElement();
            }
            else if (!row.IsAsExpected)
            {
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", Explanation.Of(report.Theorem, row));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        if (value.Length > 0)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", value);
            xml.WriteEndElement();
        }
    }
}
