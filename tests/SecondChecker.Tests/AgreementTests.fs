module SecondChecker.Tests.AgreementTests

open System
open Xunit
open Xunit.Abstractions

/// The kernel and the checker that was written from its documentation alone say the same of every certificate: of those
/// that the product makes, of small changes of them, and of forged ones.
type Tests(output: ITestOutputHelper) =
    let agree leastAccepted leastRefused texts =
        let counts = Agreement.count texts
        output.WriteLine ($"accepted by both: {counts.Accepted}; refused by both: {counts.Refused}; disagreements: "
                          + $"{counts.Disagreements.Length}")
        match counts.Disagreements with
        | (verdicts, text) :: _ ->
            Assert.Fail $"{counts.Disagreements.Length} disagreements; in one, {verdicts}\n{text}"
        | [] ->
            Assert.True(
                counts.Accepted >= leastAccepted && counts.Refused >= leastRefused,
                ($"{counts.Accepted} accepted and {counts.Refused} refused are fewer than {leastAccepted} and "
                 + $"{leastRefused}"))

    // each text, and changes of it
    let mutated seed times (texts: string list) =
        let random = Random(seed: int)
        seq {
            for text in texts do
                yield text
                for _ in 1..times do
                    yield Mutation.once random text
        }

    [<Fact>]
    member _.``Both checkers agree on certificates of properties of networks and on their mutants``() =
        Corpus.networks 7 120 |> mutated 11 8 |> agree 300 300

    [<Fact>]
    member _.``Both checkers agree on certificates of bounds in one input and on their mutants``() =
        Corpus.oneInput |> List.choose Corpus.bound |> mutated 12 40 |> agree 200 200

    [<Fact>]
    member _.``Both checkers agree on certificates of bounds in several inputs and on their mutants``() =
        Corpus.severalInputs |> List.choose Corpus.bound |> mutated 13 40 |> agree 200 200

    [<Theory>]
    [<InlineData("math-00.statements")>]
    [<InlineData("math-01.statements")>]
    [<InlineData("math-02-to-07.statements")>]
    [<InlineData("field.statements")>]
    member _.``Both checkers agree on proofs of statements and on their mutants``(file: string) =
        Corpus.proofs file 10_000_000L |> mutated 14 20 |> agree 50 50

    [<Fact>]
    member _.``Both checkers refuse every committed certificate that was forged``() =
        Assert.NotEmpty Corpus.committed
        for name, text in Corpus.committed do
            let (isAccepted, _), (isAcceptedToo, _) = Agreement.kernel text, Agreement.second text
            Assert.False(isAccepted || isAcceptedToo, $"{name}: kernel {isAccepted}, second checker {isAcceptedToo}")
