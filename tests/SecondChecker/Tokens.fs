// The tokens that formulas of all kinds are written with.
// Follows docs/kernel-certificates.md, section 2, and docs/kernel.md, section 1, which agree in them.
namespace SecondChecker

open System
open System.Collections.Generic

/// A comparison of two sides; `a >= b` is read as `b <= a`.
type Relation =
    | AtMost
    | Less
    | Equal
    | NotEqual

[<RequireQualifiedAccess>]
type Token =
    | Literal of Rational
    | Name of string
    | Mark of string

module Tokens =
    /// Blank, tab, line end.
    let isBlank c = c = ' ' || c = '\t' || c = '\r' || c = '\n'

    let private isDigit c = c >= '0' && c <= '9'
    let private isLetter c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c = '_'

    let private literal (digits: string) (exponent: string) =
        let point = digits.IndexOf '.'
        let whole = digits.Replace(".", "")
        require (whole.Length > 0 && digits.Length - whole.Length <= 1) $"'{digits}' is no number"
        let places = if point < 0 then 0 else digits.Length - point - 1
        Numbers.rational Int32.MaxValue whole * Rational.Power(Rational.Of 10, int (Numbers.integer exponent) - places)

    /// The tokens of a text, between which may be white space; refused where the numbers have more digits together than
    /// this, an exponent e counting as |e| digits.
    let read (mostDigits: int) (text: string) =
        let mutable digitsLeft = mostDigits
        let found = List<Token>()
        let mutable at = 0
        let run predicate =
            let start = at
            while at < text.Length && predicate text[at] do
                at <- at + 1
            text.Substring(start, at - start)
        while at < text.Length do
            let c = text[at]
            if isBlank c then
                at <- at + 1
            elif isDigit c || c = '.' then
                let digits = run (fun c -> isDigit c || c = '.')
                let exponent =
                    if at < text.Length && (text[at] = 'e' || text[at] = 'E') then
                        at <- at + 1
                        let sign = if at < text.Length && (text[at] = '+' || text[at] = '-') then 1 else 0
                        let start = at
                        at <- at + sign
                        let size = run isDigit
                        require (size.Length > 0 && sign + size.Length <= 5)
                            "an exponent of a number is missing or too long"
                        text.Substring(start, at - start).TrimStart '+'
                    else
                        "0"
                digitsLeft <- digitsLeft - digits.Length - abs (int (Numbers.integer exponent))
                require (digitsLeft >= 0) "numbers with too many digits"
                found.Add(Token.Literal(literal digits exponent))
            elif isLetter c then
                found.Add(Token.Name(run (fun c -> isLetter c || isDigit c)))
            else
                let two = if at + 1 < text.Length then text.Substring(at, 2) else ""
                let mark = if List.contains two [ "<="; ">="; "=="; "!=" ] then two else string c
                at <- at + mark.Length
                found.Add(Token.Mark mark)
        found

    /// What a relation means, and whether its sides are exchanged.
    let relations =
        dict [ "<=", (AtMost, false); "≤", (AtMost, false); "<", (Less, false); ">=", (AtMost, true); "≥",
               (AtMost, true); ">", (Less, true)
               "=", (Equal, false); "==", (Equal, false); "!=", (NotEqual, false); "≠", (NotEqual, false) ]
