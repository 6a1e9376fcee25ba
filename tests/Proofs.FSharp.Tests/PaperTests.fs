module Proofs.FSharp.Tests.PaperTests

open System.IO
open System.Runtime.CompilerServices
open Proofs.Checks
open Xunit

type private Here =
    static member Folder([<CallerFilePath>] ?path: string) =
        Path.GetDirectoryName(defaultArg path "") |> Option.ofObj |> Option.defaultValue "."

/// What the committed tables and figures of a paper must be, byte for byte.
let private files (paper: PaperArtifact) =
    [ for table in paper.Tables.Invoke() do
          $"{table.Key}.md", TableText.Markdown table
          $"{table.Key}.tex", TableText.Latex table
          $"{table.Key}.json", TableText.Json table
      for figure in paper.Figures.Invoke() do
          $"{figure.Key}.svg", FigureText.Svg figure
          $"{figure.Key}.tikz.tex", FigureText.Pgfplots figure ]

let private expected (paper: PaperArtifact) =
    Path.Combine(Here.Folder(), "..", "..", "paper-artifacts", paper.Key, "expected")

let private papers =
    [ Proofs.Papers.SingularHypersurfaces.Artifact.Paper
      Proofs.Papers.NetworkCalculus.Artifact.Paper
      Proofs.Papers.IntrinsicDimension.Artifact.Paper ]

/// PROOFS_UPDATE_EXPECTED=1 writes the committed files anew; a review of the difference is what accepts them.
[<Fact>]
let ``The committed tables and figures are those the code makes`` () =
    for paper in papers do
        for name, content in files paper do
            let path = Path.Combine(expected paper, name)

            if System.Environment.GetEnvironmentVariable "PROOFS_UPDATE_EXPECTED" = "1" then
                Directory.CreateDirectory(expected paper) |> ignore
                File.WriteAllText(path, content)

            Assert.True(File.Exists path, $"{path} is missing")
            Assert.Equal(File.ReadAllText(path).ReplaceLineEndings "\n", content)

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
