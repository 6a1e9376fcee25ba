/// Small changes of a certificate, the same for the same seed.
module SecondChecker.Tests.Mutation

open System

let private joined (lines: string[]) = String.Join('\n', lines)

// a word with a number in it changed a little
let private changedNumber (random: Random) (word: string) =
    let digits = [| for i in 0 .. word.Length - 1 do if Char.IsAsciiDigit word[i] then i |]
    if digits.Length = 0 then
        word
    else
        let at = digits[random.Next digits.Length]
        match random.Next 6 with
        | 0 -> word.Remove(at, 1)
        | 1 -> word.Insert(at, string (random.Next 10))
        | 2 -> "-" + word
        | 3 -> word.Substring(0, at) + string (random.Next 10) + word.Substring(at + 1)
        | 4 -> word.Substring(0, at) + string ((int word[at] - int '0' + 1) % 10) + word.Substring(at + 1)
        | _ -> word.TrimStart '-'

let private others =
    [| "<="; "<"; ">="; ">"; "="; "!="; "0"; "1"; "-1"; "1/2"; "1*2^-3"; "2"; "3"; "inf"; "end"; "("; ")"; "+"; "-";
       "*"; "/"; "^"; "[" |]

/// The text with one of several kinds of change at a random place.
let once (random: Random) (text: string) =
    let lines = text.Split '\n'
    let at = random.Next(lines.Length)
    let other = random.Next(lines.Length)
    let words = lines[at].Split ' '
    let place = random.Next words.Length
    let withWord word = joined (Array.updateAt at (String.Join(' ', Array.updateAt place word words)) lines)
    match random.Next 16 with
    | 0 -> joined (Array.removeAt at lines)
    | 1 -> joined (Array.insertAt at lines[other] lines)
    | 2 -> joined (lines |> Array.updateAt at lines[other] |> Array.updateAt other lines[at])
    | 3 -> joined (Array.updateAt at (String.Join(' ', Array.removeAt place words)) lines)
    | 4 ->
        let from = lines[other].Split ' '
        withWord from[random.Next from.Length]
    | 5 -> withWord others[random.Next others.Length]
    | 6 when text.Length > 1 ->
        let c = random.Next(text.Length - 1)
        text.Remove(c, 1)
    | 7 when text.Length > 1 ->
        let c = random.Next(text.Length - 1)
        text.Substring(0, c) + string text[random.Next text.Length] + text.Substring(c + 1)
    | 8 when words.Length > 1 ->
        let next = random.Next words.Length
        joined (Array.updateAt at (String.Join(' ',
                                               words
                                               |> Array.updateAt place words[next]
                                               |> Array.updateAt next words[place])) lines)
    | _ -> withWord (changedNumber random words[place])
