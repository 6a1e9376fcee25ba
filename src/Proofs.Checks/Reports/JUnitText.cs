using System.Globalization;
using System.Text;
using System.Xml;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Reports;

/// <summary>Reports as JUnit XML, which build servers show case by case.</summary>
/// <remarks>
/// Same verdicts, same bytes: no clock, no path, no culture. Whatever keeps the exit code from 0 is a failure or an
/// error, never a skipped case, which build servers show in green.
/// </remarks>
public static class JUnitText
{
    /// <summary>
    /// All rows as JUnit XML: a case a claim and instance, classname = paper.theorem, seed and margin as properties.
    /// </summary>
    public static string Of(IReadOnlyList<TheoremReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(
            text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var report in reports)
            {
                WriteSuite(xml, report);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteSuite(XmlWriter xml, TheoremReport report)
    {
        string Count(Func<ClaimResult, bool> which) => report.Rows.Count(which).ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", report.Theorem.Key);
        xml.WriteAttributeString("tests", Count(_ => true));
        xml.WriteAttributeString("failures", Count(r => !r.IsAsExpected && r.Verdict is not Verdict.Faulty));
        xml.WriteAttributeString("errors", Count(r => r.Verdict is Verdict.Faulty));
        foreach (var row in report.Rows)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", $"{report.Theorem.Source}.{report.Theorem.Key}");
            xml.WriteAttributeString(
                "name", $"{VerdictTable.Named(row)}{(row.Item.Length > 0 ? $" [{row.Item}]" : "")}");
            xml.WriteStartElement("properties");
            WriteProperty(xml, "verdict", row.Verdict.Rung);
            WriteProperty(xml, "assuming", string.Join("; ", row.Verdict.Assumptions));
            WriteProperty(xml, "seed", report.Options.Seed.ToString(CultureInfo.InvariantCulture));
            WriteProperty(xml, "tightness", row.Tightness is { } t ? Printing.Down(t) : "");
            WriteProperty(xml, "estimate", row.Verdict.Finding?.ToString() ?? "");
            xml.WriteEndElement();
            if (!row.IsAsExpected)
            {
                xml.WriteStartElement(row.Verdict is Verdict.Faulty ? "error" : "failure");
                xml.WriteAttributeString("type", row.Verdict.Rung);
                xml.WriteAttributeString("message", Printable(Message(row)));
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

    private static string Message(ClaimResult row) => row.Verdict switch
    {
        Verdict.Refuted refuted => $"{row.Statement}: refuted, {refuted.Witness}",
        Verdict.Inconclusive open => $"{row.Statement}: {open.Why} {open.WouldHelp}",
        Verdict.Vacuous vacuous => $"{row.Statement}: VACUOUS, {vacuous.Why}. {vacuous.WouldHelp}",
        Verdict.Faulty faulty => $"{row.Statement}: {faulty.Problem}",
        _ => $"{row.Statement}: a false variant was taken for true",
    };

    // Control characters, which an author's message may hold, are none that XML can write.
    private static string Printable(string text) =>
        string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
}
