// The text of a certificate: characters, lines, words, numbers.
// Follows docs/kernel-certificates.md, section 1.
namespace SecondChecker

open System
open System.Numerics

/// Numbers as certificates write them.
module Numbers =
    let private isDigit (c: char) = c >= '0' && c <= '9'
    let private areDigits (text: string) = text.Length > 0 && Seq.forall isDigit text
    let private isInteger (text: string) = areDigits (if text.StartsWith '-' then text.Substring 1 else text)

    let private parsed (text: string) =
        BigInteger.Parse(text, Globalization.NumberStyles.AllowLeadingSign, Globalization.CultureInfo.InvariantCulture)

    /// The number of factors 2 of an integer other than 0.
    let twos (n: BigInteger) =
        let magnitude = BigInteger.Abs n
        int ((magnitude &&& -magnitude).GetBitLength()) - 1

    /// INT
    let integer (text: string) =
        require (isInteger text) $"'{text}' is no integer"
        parsed text

    /// NAT
    let natural (text: string) =
        require (areDigits text) $"'{text}' is no natural number"
        let value = parsed text
        require (value <= BigInteger Int32.MaxValue) $"{text} is above 2^31 - 1"
        int value

    /// RAT of at most that many characters.
    let rational longest (text: string) =
        require (text.Length <= longest) "a number is too long"
        match text.IndexOf '/' with
        | -1 -> Rational.Of(integer text)
        | slash ->
            let below = text.Substring(slash + 1)
            require (areDigits below) $"'{text}' is no fraction"
            let denominator = parsed below
            require (not denominator.IsZero) $"{text} has a denominator 0"
            Rational.Of(integer (text.Substring(0, slash)), denominator)

    /// DYA of at most that many characters, with an exponent of at most that size when the mantissa is odd.
    let dyadic longest largestExponent (text: string) =
        require (text.Length <= longest) "a number is too long"
        let mantissa, exponent =
            match text.IndexOf "*2^" with
            | -1 -> integer text, BigInteger.Zero
            | at -> integer (text.Substring(0, at)), integer (text.Substring(at + 3))
        if mantissa.IsZero then
            Rational.Zero
        else
            let even = twos mantissa
            let normal = exponent + BigInteger even
            require (BigInteger.Abs normal <= BigInteger(int largestExponent))
                $"{text} has an exponent beyond {largestExponent}"
            Rational.Of(mantissa >>> even) * Rational.PowerOfTwo(int normal)

    /// NUM, a RAT or a DYA.
    let number longest largestExponent (text: string) =
        if text.Contains '/' then rational longest text else dyadic longest largestExponent text

    /// The largest number m·2^e with |m| < 2^bits that is at most x.
    let below bits (x: Rational) =
        if x.IsZero then
            x
        else
            // 2^size > |x|, and the multiples of 2^(size - bits) up to 2^size have bits bits at most
            let magnitude = x.Abs
            let guess = int (magnitude.Numerator.GetBitLength() - magnitude.Denominator.GetBitLength())
            let size = Seq.find (fun e -> magnitude < Rational.PowerOfTwo e) (seq { guess - 1 .. guess + 1 })
            let unit = Rational.PowerOfTwo(size - bits)
            Rational.Of((x / unit).Floor) * unit

    /// The smallest such number that is at least x.
    let above bits (x: Rational) = -(below bits -x)

/// The lines of a certificate, read from first to last.
type Lines(text: string) =
    let lines =
        Lines.RequireVisible(text.Replace("\n", ""))
        require (text.EndsWith '\n') "the last line does not end"
        text.Substring(0, text.Length - 1).Split '\n'

    let mutable next = 0

    /// Refuses all characters but printable ASCII and three signs.
    static member RequireVisible(text: string) =
        for c in text do
            require ((c >= ' ' && c <= '~') || c = '≤' || c = '≥' || c = '≠') $"the character U+{int c:X4}"

    /// Whether all lines have been read.
    member _.AtEnd = next = lines.Length

    /// The next line, which stays.
    member _.Peek = if next < lines.Length then lines[next] else ""

    /// The next line.
    member x.Line() =
        require (not x.AtEnd) "a line is missing"
        next <- next + 1
        lines[next - 1]

    /// The words of the next line: single spaces between them and none at the ends.
    member x.Words() =
        let words = x.Line().Split ' '
        require (Array.forall (fun (w: string) -> w.Length > 0) words) $"line {next} has an empty word"
        words

    /// The next line, which is exactly this one.
    member x.Exactly(expected: string) =
        require (x.Line() = expected) $"line {next} is not '{expected}'"

    /// The words after the first of a line that begins with this one.
    member x.After(first: string) =
        let words = x.Words()
        require (words[0] = first) $"line {next} does not begin with '{first}'"
        Array.tail words

    /// Those words where there have to be so many.
    member x.After(first: string, count: int) =
        let words = x.After first
        require (words.Length = count) $"line {next} has {words.Length} words after '{first}' in place of {count}"
        words

    /// What follows the first word and a space, as it stands.
    member x.Rest(first: string) =
        let line = x.Line()
        require (line.StartsWith(first + " ", StringComparison.Ordinal)) $"line {next} does not begin with '{first}'"
        line.Substring(first.Length + 1)

    /// The last line was read.
    member x.End() = require x.AtEnd "there are lines after the last one"
