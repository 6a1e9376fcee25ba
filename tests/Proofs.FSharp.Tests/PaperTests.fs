module Proofs.FSharp.Tests.PaperTests

open System.IO
open System.Runtime.CompilerServices
open System.Text.RegularExpressions
open Proofs.Checks
open Xunit

type private Here =
    static member Folder([<CallerFilePath>] ?path: string) =
        Path.GetDirectoryName(defaultArg path "") |> Option.ofObj |> Option.defaultValue "."

/// What the committed tables and figures of a paper must be: byte for byte, or up to last digits where they are measured.
let private files (paper: PaperArtifact) =
    [ for table in paper.Tables.Invoke() do
          $"{table.Key}.md", TableText.Markdown table, table.IsMeasured
          $"{table.Key}.tex", TableText.Latex table, table.IsMeasured
          $"{table.Key}.json", TableText.Json table, table.IsMeasured
      for figure in paper.Figures.Invoke() do
          $"{figure.Key}.svg", FigureText.Svg figure, figure.IsMeasured
          $"{figure.Key}.tikz.tex", FigureText.Pgfplots figure, figure.IsMeasured ]

/// The words of a text, and its numbers, each with the size of one unit in its last digit.
let private split (text: string) =
    let pattern = @"\d+(\.\d+)?"

    let unit (number: string) =
        if number.Contains '.' then 10.0 ** -float (number.Length - number.IndexOf '.' - 1) else 0.0

    Regex.Replace(text, pattern, "#"), [ for m in Regex.Matches(text, pattern) -> float m.Value, unit m.Value ]

/// Whether two texts differ at most by two units in the last digits of decimals: other processors round sums and logarithms otherwise.
let private agree (left: string) (right: string) =
    let (words, numbers), (others, found) = split left, split right

    words = others
    && List.forall2 (fun (a: float, u: float) (b: float, v: float) -> abs (a - b) <= 2.001 * max u v) numbers found

let private expected (paper: PaperArtifact) =
    Path.Combine(Here.Folder(), "..", "..", "paper-artifacts", paper.Key, "expected")

let private papers =
    [ Proofs.Papers.SingularHypersurfaces.Artifact.Paper
      Proofs.Papers.NetworkCalculus.Artifact.Paper
      Proofs.Papers.IntrinsicDimension.Artifact.Paper
      Proofs.Papers.QuotientFeatureSpaces.Artifact.Paper ]

/// PROOFS_UPDATE_EXPECTED=1 writes the committed files anew; a review of the difference is what accepts them.
[<Fact>]
let ``The committed tables and figures are those the code makes`` () =
    for paper in papers do
        for name, content, measured in files paper do
            let path = Path.Combine(expected paper, name)

            if System.Environment.GetEnvironmentVariable "PROOFS_UPDATE_EXPECTED" = "1" then
                Directory.CreateDirectory(expected paper) |> ignore
                File.WriteAllText(path, content)

            Assert.True(File.Exists path, $"{path} is missing")
            let committed = File.ReadAllText(path).ReplaceLineEndings "\n"

            if not (measured && agree committed content) then
                Assert.Equal(committed, content)

[<Fact>]
let ``Every paper is found by its assembly and has theorems with mutants`` () =
    for paper in papers do
        let found = PaperArtifact.In(paper.Theorems[0].GetType().Assembly)
        Assert.Empty found
        Assert.All(paper.Theorems, fun theorem -> Assert.NotEmpty theorem.Mutants)

[<Fact>]
let ``Keys are unique and no claim stands twice in a theorem`` () =
    let keys = papers |> List.collect (fun p -> [ for t in p.Theorems -> t.Key ])
    Assert.Equal(keys.Length, (List.distinct keys).Length)

    for theorem in papers |> Seq.collect _.Theorems do
        let names = [ for c in Seq.append theorem.General theorem.PerInstance -> c.Name ]
        Assert.Equal(names.Length, (List.distinct names).Length)
