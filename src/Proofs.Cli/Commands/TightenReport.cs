using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Tightening;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;
using Proofs.Search.Proving;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs tighten` prints, as text or as JSON.</summary>
internal static class TightenReport
{
    /// <summary>What is printed before anything is known.</summary>
    public static string Nothing(string why, bool asJson) => asJson
        ? Session.JsonText(json =>
        {
            json.WriteString("verdict", "UNDECIDED");
            json.WriteString("why", why);
        })
        : $"UNDECIDED\nended: {why}\n";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>The values of a constant at which a claim is proved and refuted.</summary>
    internal sealed record OfClaim(
        ConstantClaim Claim, BigRational Width, TightestConstant Found, ConstantVerdict? Published, string? Why)
    {
        /// <summary>0 where proof and counterexample are near, 1 where the published constant is refuted, 2
        /// else.</summary>
        public int ExitCode => Published is { IsRefuted: true } ? Sessions.ExitCode.Refuted
            : IsTight ? Sessions.ExitCode.Holds
            : Sessions.ExitCode.Inconclusive;

        private bool IsTight => Found.Width <= Width;

        /// <summary>The report.</summary>
        public string Print(bool asJson) => asJson ? Session.JsonText(Write) : Text();

        private string Text()
        {
            var text = new StringBuilder();
            Line(text, $"{(IsTight ? "TIGHT" : "UNDECIDED")}");
            string name = Claim.Constant;
            if (Found.Proved is { } proved)
            {
                Line(text, $"proved at {name} = {Printing.Whole(proved.Value)}: {Claim.At(proved.Value).Text}");
            }

            if (Found.Refuted is { Result: ProofResult.Refuted counter } refuted)
            {
                Line(text, $"refuted at {name} = {Printing.Whole(refuted.Value)}: {Claim.At(refuted.Value).Text}");
                foreach (WitnessValue value in counter.Witness)
                {
                    Line(text, $"  {value.Name} = {value.Value}");
                }

                Line(text, $"  fails: {counter.Goal}");
                Line(text, $"  left side: {counter.Left}");
                Line(text, $"  right side: {counter.Right}");
            }

            if (!Found.Undecided.IsEmpty)
            {
                Line(text, $"undecided at {name} = {string.Join(", ", Found.Undecided)}");
            }

            if (Missing is { } missing)
            {
                Line(text, $"why: {missing}");
            }

            if (Published is { } print)
            {
                Line(text, $"published {name} = {Printing.Whole(print.Value)}: {Compared(print)}");
            }

            Line(text, $"values tried: {Found.Tried}; each verdict is about its own value and says nothing of others");
            if (Why is not null)
            {
                Line(text, $"ended: {Why}");
            }

            return text.ToString();
        }

        private void Write(Utf8JsonWriter json)
        {
            json.WriteString("verdict", IsTight ? "TIGHT" : "UNDECIDED");
            json.WriteString("claim", Claim.Text);
            json.WriteString("constant", Claim.Constant);
            json.WriteString("provedAt", Found.Proved?.Value.ToString());
            json.WriteString("refutedAt", Found.Refuted?.Value.ToString());
            json.WriteStartObject("witness");
            foreach (WitnessValue value in (Found.Refuted?.Result as ProofResult.Refuted)?.Witness ?? [])
            {
                json.WriteString(value.Name, value.Value.ToString());
            }

            json.WriteEndObject();
            json.WriteStartArray("undecidedAt");
            foreach (BigRational value in Found.Undecided)
            {
                json.WriteStringValue(value.ToString());
            }

            json.WriteEndArray();
            json.WriteString("published", Published is { } p ? Compared(p) : null);
            json.WriteNumber("tried", Found.Tried);
            json.WriteString("why", Why ?? Missing);
        }

        private string? Missing => (Found.Proved, Found.Refuted) switch
        {
            (null, null) => "neither end is proved or refuted; more steps may help",
            (_, null) => "no value tried is refuted; a counterexample needs ends further apart",
            (null, _) => "no value tried is proved; take ends further apart, or more steps",
            _ => null,
        };

        private string Compared(ConstantVerdict print) => print switch
        {
            { IsRefuted: true } => "refuted",
            { IsProved: true } when Found.Proved is { Value.Sign: > 0 } best =>
                $"proved; it is {(print.Value / best.Value).ToDecimalRoundedDown(4)} times the constant above",
            { IsProved: true } => "proved",
            _ => "undecided",
        };
    }

    /// <summary>The networks of a construction, from small ones to the first whose error is certified.</summary>
    internal sealed record OfParameter(
        string Construction, string Key, int From, int To, BigRational AtMost, LeastParameter Found, string? Why)
    {
        /// <summary>0 where the least value is found, else 2.</summary>
        public int ExitCode => Found.Least is null ? Sessions.ExitCode.Inconclusive : Sessions.ExitCode.Holds;

        /// <summary>The report.</summary>
        public string Print(bool asJson) => asJson ? Session.JsonText(Write) : Text();

        private string Text()
        {
            var text = new StringBuilder();
            Line(text, $"{(Found.Least is null ? "UNDECIDED" : "LEAST")}");
            foreach (ParameterVerdict tried in Found.Tried)
            {
                string bounds =
                    $"[{Printing.Down(tried.Error.Value.Lower)}, {Printing.Up(tried.Error.Value.Upper)}]";
                Line(text, $"{Key} = {tried.Value}: W = {tried.Built.Network.Size}, {Promise(tried)}");
                Line(text, $"  error in {bounds}: {Verdict(tried)}");
            }

            Line(text, $"{Said}");
            Line(text, $"{Theorem}");
            if (Why is not null)
            {
                Line(text, $"ended: {Why}");
            }

            return text.ToString();
        }

        private void Write(Utf8JsonWriter json)
        {
            json.WriteString("verdict", Found.Least is null ? "UNDECIDED" : "LEAST");
            json.WriteString("construction", Construction);
            json.WriteString("parameter", Key);
            json.WriteString("atMost", AtMost.ToString());
            if (Found.Least is { } least)
            {
                json.WriteNumber("least", least.Value);
            }

            if (Found.ByTheorem is { } promised)
            {
                json.WriteNumber("leastByTheorem", promised);
            }

            json.WriteStartArray("tried");
            foreach (ParameterVerdict tried in Found.Tried)
            {
                json.WriteStartObject();
                json.WriteNumber("value", tried.Value);
                json.WriteNumber("size", tried.Built.Network.Size);
                json.WriteString("promised", tried.Bound is { } bound ? Printing.Up(bound) : null);
                json.WriteString("errorAtLeast", tried.Error.Value.Lower?.ToString());
                json.WriteString("errorAtMost", tried.Error.Value.Upper?.ToString());
                json.WriteString("verdict", Verdict(tried));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("why", Why);
        }

        private static string Promise(ParameterVerdict tried) => $"promised {Printing.Up(tried.Bound)}";

        private string Verdict(ParameterVerdict tried) => tried.Error.Outcome switch
        {
            Outcome.Certified => $"at most {AtMost}, certified",
            Outcome.Refuted => $"above {AtMost}, refuted",
            _ => "undecided",
        };

        private string Said => Found.Least is { } least
            ? least.Value == From
                ? $"certified at the first value, {Key} = {From}; smaller ones were not tried"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Key} = {least.Value} is the least from {From} on: all before it are refuted")
            : Found.Tried is [.., { Error.Outcome: Outcome.Refuted }]
                ? string.Create(
                    CultureInfo.InvariantCulture, $"none up to {Key} = {Found.Tried[^1].Value} is certified")
                : "the last value tried is undecided; more boxes or time may help";

        private string Theorem => Found.ByTheorem is { } promised
            ? string.Create(CultureInfo.InvariantCulture, $"the theorem promises {AtMost} from {Key} = {promised} on")
            : $"the theorem promises {AtMost} for none of the values looked at";
    }
}
