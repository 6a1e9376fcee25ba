/// docs/claims.md against the claims that the papers make.
module Proofs.FSharp.Tests.ClaimPageTests

open System.IO
open System.Runtime.CompilerServices
open System.Text.RegularExpressions
open Proofs.Checks.Papers
open Proofs.Checks.Theorems
open Proofs.Checks.Verification
open Proofs.Constructions.Budgets
open Proofs.Constructions.Invariance
open Proofs.Kernel.Formulas
open Proofs.FSharp
open Xunit

type private Here =
    static member Folder([<CallerFilePath>] ?path: string) =
        Path.GetDirectoryName(defaultArg path "") |> Option.ofObj |> Option.defaultValue "."

let private root = Path.Combine(Here.Folder(), "..", "..")

let private papers =
    [ Proofs.Papers.NetworkCalculus.Artifact.Paper
      Proofs.Papers.SingularHypersurfaces.Artifact.Paper
      Proofs.Papers.IntrinsicDimension.Artifact.Paper
      Proofs.Papers.QuotientFeatureSpaces.Artifact.Paper
      Proofs.Papers.MotifMimicry.Artifact.Paper
      Proofs.Papers.DoubleDescent.Artifact.Paper
      Proofs.Papers.LossSurface.Artifact.Paper
      Proofs.Papers.AdaptiveSelection.Artifact.Paper ]

type private Row = { Statements: string; Standing: string; Names: string list; Cell: string }

let private quoted (text: string) = [ for m in Regex.Matches(text, "`([^`]+)`") -> m.Groups[1].Value ]

// The part of the page about a paper: the theorem its names are of by default, and its rows.
let private sections =
    let page = File.ReadAllText(Path.Combine(root, "docs", "claims.md")).ReplaceLineEndings "\n"

    [ for part in Regex.Split(page, @"^## ", RegexOptions.Multiline) do
          match Regex.Match(part, @"^(\d\d), .*`(.*)`") with
          | m when m.Success ->
              let usual = Regex.Match(part, @"^Theorem: `(.*)`\.", RegexOptions.Multiline).Groups[1].Value

              let rows =
                  [ for line in part.Split '\n' do
                        if line.StartsWith "| " && not (line.StartsWith "| ---" || line.StartsWith "| statement") then
                            let cells = line.Trim().Trim('|').Split " | " |> Array.map _.Trim()
                            { Statements = cells[0]; Standing = cells[1]; Names = quoted cells[2]; Cell = cells[2] } ]

              m.Groups[2].Value, (m.Groups[1].Value, usual, rows)
          | _ -> () ]
    |> Map.ofList

let private key (paper: PaperArtifact) usual (name: string) =
    match [ for t in paper.Theorems do if name.StartsWith(t.Key + ": ") then t.Key ] with
    | theorem :: _ -> theorem, name.Substring(theorem.Length + 2)
    | [] -> usual, name

// The standings that a claim of a theorem can have on the page.
let private standing (theorem: Theorem) (claim: Claim) =
    match claim with
    | :? Claim.Searched -> "supported"
    | :? Claim.Statistical -> "measured"
    | _ when theorem.PerInstance.Contains claim -> "certified"
    | _ -> "proved"

let private made (paper: PaperArtifact) =
    [ for t in paper.Theorems do
          for c in Seq.append t.General t.PerInstance -> (t.Key, c.Name), standing t c
          for o in t.Open -> (t.Key, o.Claim.Name), "open" ]

[<Fact>]
let ``The page names the claims that exist, once each, with the standing they can have`` () =
    for paper in papers do
        let _, usual, rows = sections[paper.Key]
        let named = [ for row in rows do for name in row.Names -> key paper usual name, row.Standing ]
        Assert.Equal<(string * string) list>(List.sort (List.map fst (made paper)), List.sort (List.map fst named))
        Assert.Equal<Map<_, _>>(Map.ofList (made paper), Map.ofList named)

[<Fact>]
let ``A row without a claim says why, or where its claim is`` () =
    for KeyValue(_, (_, _, rows)) in sections do
        for row in rows do
            if row.Standing = "not statable" then
                Assert.Empty row.Names
                Assert.NotEqual<string>("", row.Cell)
            elif row.Names.IsEmpty then
                Assert.StartsWith("see ", row.Cell)

[<Fact>]
let ``Every numbered statement of docs/math has a row`` () =
    let lists =
        Map
            [ "00", ("O", 8); "02", ("S", 11); "03", ("Q", 17); "04", ("S", 8); "06", ("S", 10); "07", ("S", 11) ]

    let labels (text: string) =
        let kinds = "Lemma|Theorem|Proposition|Corollary|Warning"
        [ for m in Regex.Matches(text, $@"\*\*(?:(?:{kinds}) ([A-Z]?'?\d*(?:\.\d+)?'?)|(\d+\.\d+|[A-Z]\d+))(?=[ .])") do
              let label = m.Groups[1].Value + m.Groups[2].Value
              if label.Trim('.') <> "" then label.Trim('.') ]

    for KeyValue(paper, (number, _, rows)) in sections do
        let file = Assert.Single(Directory.GetFiles(Path.Combine(root, "docs", "math"), number + "-*.md"))
        let on =
            set [ for row in rows do for m in Regex.Matches(row.Statements, @"\*\*([^*]+)\*\*") -> m.Groups[1].Value ]
        let listed =
            match Map.tryFind number lists with Some(letter, n) -> [ for i in 1..n -> $"{letter}{i}" ] | None -> []
        let facts = if number = "01" then [ for i in 1..6 -> $"P{i}" ] @ [ for i in 1..9 -> $"F{i}" ] else []

        for label in labels (File.ReadAllText file) @ listed @ facts do
            Assert.True(on.Contains label, $"{paper}: {label} has no row")

[<Fact>]
let ``False variants of 04 to 07 are stated or wait, as the page says`` () =
    let page = File.ReadAllText(Path.Combine(root, "docs", "claims.md"))
    let numbers (text: string) = [ for m in Regex.Matches(text, @"\d+(?=[,:]|$)") -> int m.Value ]

    for paper in papers do
        let number, _, _ = sections[paper.Key]
        let line = Regex.Match(page, $@"^\| {number} \| ([\d, ]+) \| (.*) \|\r?$", RegexOptions.Multiline)

        if line.Success then
            let stated = numbers line.Groups[1].Value
            let waiting =
                [ for part in line.Groups[2].Value.Split ';' do
                      yield! numbers (part.Substring(0, part.IndexOf ':' + 1)) ]
            let mutants =
                // lies of our own about what is built have no number in the list
                [ for t in paper.Theorems do
                      for m in t.Mutants do
                          match Regex.Match(m.Claim.Name, @"^\d+") with
                          | n when n.Success -> int n.Value
                          | _ -> () ]
            Assert.Equal<int list>(stated, List.sort (List.distinct mutants))
            Assert.Equal<int list>([ 1 .. stated.Length + waiting.Length ], List.sort (stated @ waiting))
        else
            Assert.True(number < "04", $"{number} has no line of false variants")

/// The text of a statement with its variables numbered in the order in which they are declared, without blanks.
let private normal (statement: string) =
    let declared = [ for m in Regex.Matches(statement, @"(\w+) in (?:int |real|\(|\[)") -> m.Groups[1].Value ]
    let place name = List.tryFindIndex ((=) name) declared
    let numbered =
        Regex.Replace(statement, @"[A-Za-z_]\w*", fun m -> match place m.Value with Some i -> $"#{i}" | None -> m.Value)
    Regex.Replace(numbered, @"\s", "")

let private statements (paper: PaperArtifact) =
    [ for t in paper.Theorems do
          for c in Seq.append t.General (t.Open |> Seq.map (fun (o: OpenClaim) -> o.Claim)) do
              match c with
              | :? Claim.Symbolic -> c.Name, c.Statement
              | _ -> () ]

[<Fact>]
let ``No two claims of a paper say the same`` () =
    for paper in papers do
        for _, same in statements paper |> List.groupBy (snd >> normal) do
            let names = same |> List.map fst
            Assert.True(names.Length = 1, $"{paper.Key}: {names}")

[<Fact>]
let ``Every variable and hypothesis of a claim has to do with what it claims`` () =
    let names (text: string) = set [ for m in Regex.Matches(text, @"[A-Za-z_]\w*") -> m.Value ]

    let faults (statement: string) =
        let m =
            Regex.Match(statement, @"^forall (?<ranges>.*?)(?: where (?<where>.*))? : (?<claim>.*)$",
                        RegexOptions.Singleline)
        let declared =
            set [ for v in Regex.Matches(m.Groups["ranges"].Value,
                                         @"(\w+) in (?:int |real|\(|\[)") -> v.Groups[1].Value ]
        let hypotheses =
            [ for h in Regex.Split(m.Groups["where"].Value,
                                   @",(?![^()]*\))") do if h.Trim() <> "" then Set.intersect (names h) declared ]

        // what the claim speaks of, directly or through hypotheses
        let rec reach seen =
            let reached h = not (Set.isEmpty (Set.intersect h seen) || Set.isSubset h seen)
            match List.filter reached hypotheses with
            | [] -> seen
            | more -> reach (Set.unionMany (seen :: more))

        Set.difference declared (reach (Set.intersect (names m.Groups["claim"].Value) declared))

    let found =
        [ for paper in papers do
              for name, statement in statements paper do
                  for variable in faults statement -> $"{paper.Key}, {name}: {variable}" ]

    Assert.True(found.IsEmpty, String.concat "; " found)

[<Fact>]
let ``What the page calls proved is proved, and what it calls open is not refuted`` () =
    for theorem in [ Proofs.Papers.LossSurface.Theorems.symbolic; Proofs.Papers.DoubleDescent.Theorems.symbolic ] do
        let report = Verify.report theorem
        for row in report.Rows do
            match row.Kind with
            | RowKind.Mutant -> Assert.Equal("refuted", row.Verdict.Rung)
            | RowKind.Open -> Assert.NotEqual<string>("refuted", row.Verdict.Rung)
            | _ -> Assert.True(row.Verdict.Rung = "proved", $"{row.Claim}: {row.Verdict}")
