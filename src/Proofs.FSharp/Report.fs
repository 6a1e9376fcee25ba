namespace Proofs.FSharp

open System.Collections.Immutable
open Proofs.Checks.Papers
open Proofs.Checks.Theorems
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.Numeric.Intervals
open Proofs.Numeric.Rounding

/// Cells of tables.
[<RequireQualifiedAccess>]
module Cell =

    /// Words.
    let text (words: string) : TableCell = TableCell.Text words

    /// A number known exactly.
    let exact (value: BigRational) : TableCell = TableCell.Exact value

    /// A whole number.
    let whole (value: int) : TableCell = TableCell.Exact(BigRational(bigint value))

    /// A measured number, printed with so many decimals.
    let measured (decimals: int) (value: float) : TableCell = TableCell.Measured(value, decimals)

    /// An upper bound of a formula without variables; it prints rounded up.
    let upper (formula: Expr) : TableCell =
        let value = formula.Evaluate(ImmutableDictionary<string, Interval>.Empty)
        TableCell.UpperBound(if value.IsBounded then System.Nullable(Binary64.Exact value.Sup) else System.Nullable())

/// Tables as F# values.
[<RequireQualifiedAccess>]
module Table =

    /// A table from its columns and rows.
    let create (key: string) (caption: string) (columns: string list) (rows: TableCell list list) =
        let start = Table.Of(key, caption, ImmutableArray.CreateRange columns)
        (start, rows) ||> List.fold (fun table row -> table.With(ImmutableArray.CreateRange row))

/// What the suite has of one paper.
[<RequireQualifiedAccess>]
module PaperArtifact =

    /// An artifact; tables and figures are made when they are asked for.
    let create (key: string) (title: string) (theorems: Theorem list) (tables: unit -> Table list)
        (figures: unit -> Figure list) =
        PaperArtifact(
            key, title, ImmutableArray.CreateRange theorems,
            (fun () -> ImmutableArray.CreateRange(tables ())),
            (fun () -> ImmutableArray.CreateRange(figures ())))

    /// The same artifact with experiments that are run by a command of their own.
    let withStudies (studies: Study list) (artifact: PaperArtifact) =
        PaperArtifact(
            artifact.Key, artifact.Title, artifact.Theorems, artifact.Tables, artifact.Figures,
            Studies = ImmutableArray.CreateRange studies)
