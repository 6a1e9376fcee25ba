module Proofs.FSharp.Tests.PaperTests

open System.IO
open System.Runtime.CompilerServices
open System.Text.RegularExpressions
open Proofs.Checks.Papers
open Proofs.Checks.Reports
open Proofs.Checks.Theorems
open Xunit

type private Here =
    static member Folder([<CallerFilePath>] ?path: string) =
        Path.GetDirectoryName(defaultArg path "") |> Option.ofObj |> Option.defaultValue "."

/// What the committed tables and figures of a paper must be: byte for byte, or up to last digits where they are
/// measured.
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

/// Whether two texts differ at most by two units in the last digits of decimals: other processors round sums and
/// logarithms otherwise.
let private agree (left: string) (right: string) =
    let (words, numbers), (others, found) = split left, split right

    words = others
    && List.forall2 (fun (a: float, u: float) (b: float, v: float) -> abs (a - b) <= 2.001 * max u v) numbers found

let private expected (paper: PaperArtifact) =
    Path.Combine(Here.Folder(), "..", "..", "paper-artifacts", paper.Key, "expected")

/// Every paper, each with the type that declares it in its own library.
let private declared: (System.Type * PaperArtifact) list =
    [ typeof<Proofs.Papers.AdaptiveSelection.Artifact>, Proofs.Papers.AdaptiveSelection.Artifact.Paper
      typeof<Proofs.Papers.DoubleDescent.Artifact>, Proofs.Papers.DoubleDescent.Artifact.Paper
      typeof<Proofs.Papers.IntrinsicDimension.Artifact>, Proofs.Papers.IntrinsicDimension.Artifact.Paper
      typeof<Proofs.Papers.LossSurface.Artifact>, Proofs.Papers.LossSurface.Artifact.Paper
      typeof<Proofs.Papers.MotifMimicry.Artifact>, Proofs.Papers.MotifMimicry.Artifact.Paper
      typeof<Proofs.Papers.NetworkCalculus.Artifact>, Proofs.Papers.NetworkCalculus.Artifact.Paper
      typeof<Proofs.Papers.QuotientFeatureSpaces.Artifact>, Proofs.Papers.QuotientFeatureSpaces.Artifact.Paper
      typeof<Proofs.Papers.SingularHypersurfaces.Artifact>, Proofs.Papers.SingularHypersurfaces.Artifact.Paper ]

let private papers = List.map snd declared

[<Fact>]
let ``No folder of papers is left out of these tests`` () =
    let folders =
        Directory.GetDirectories(Path.Combine(Here.Folder(), "..", "..", "paper-artifacts"))
        |> Array.filter (fun folder -> Directory.GetFiles(folder, "*.*proj").Length > 0)
        |> Array.map (fun folder -> Path.GetFileName folder |> Option.ofObj |> Option.defaultValue "")

    Assert.Equal<string>(Array.sort folders, papers |> Seq.map _.Key |> Seq.sort)

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
    for declaring, paper in declared do
        Assert.Equal<string>([ paper.Key ], [ for found in PaperArtifact.In declaring.Assembly -> found.Key ])
        Assert.NotEmpty paper.Theorems
        Assert.All(paper.Theorems, fun theorem -> Assert.NotEmpty theorem.Mutants)

[<Fact>]
let ``Keys are unique and every theorem is declared soundly`` () =
    let keys = papers |> List.collect (fun p -> [ for t in p.Theorems -> t.Key ])
    Assert.Equal(keys.Length, (List.distinct keys).Length)

    for theorem in papers |> Seq.collect _.Theorems do
        Assert.Empty(Declaration.ProblemsOf theorem)
