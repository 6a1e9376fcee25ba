namespace Proofs.FSharp

open System.Collections.Immutable
open Proofs.Checks.Theorems
open Proofs.Constructions.Hypersurfaces
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions

/// Functions that jump along surfaces, and the networks of the hypersurface theorem for them (docs/math/01).
[<RequireQualifiedAccess>]
module Hypersurface =

    /// The points with x_d <= h, for a surface h in the other coordinates.
    let below (d: int) (h: string) = RegionSide(d, 1, Expr.Parse h)

    /// The points with x_d >= h.
    let above (d: int) (h: string) = RegionSide(d, -1, Expr.Parse h)

    /// The smooth function f on the intersection of the given sides.
    let piece (f: string) (sides: RegionSide list) = RegionPiece(Expr.Parse f, ImmutableArray.CreateRange sides)

    /// A member of F(alpha, beta, D, M, K, J) with the given pieces; refuses what is shown to be outside the class.
    let jumps (dimension: int) (alpha: BigRational) (beta: BigRational) (m: BigRational) (pieces: RegionPiece list) =
        HypersurfaceFunction.Create(dimension, alpha, beta, m, ImmutableArray.CreateRange pieces, false)

    /// min |x_d - h| over all surfaces: the tube is where it is below eps_h + delta/2 (docs/math/01, 3.3).
    let distance (f: HypersurfaceFunction) =
        let apply (f: Function) (arguments: Expr seq) = Expr.Apply(f, ImmutableArray.CreateRange arguments)

        [ for piece in f.Pieces do
              for side in piece.Sides -> apply Function.Abs [ Expr.Variable $"x{side.Coordinate}" - side.Surface ] ]
        |> List.distinct
        |> apply Function.Min

    /// The network for f at accuracy eps in L2, with its budget; claims may use its parameters, f, and dist.
    let instance (name: string) (f: HypersurfaceFunction) (eps: BigRational) =
        Instance.delay name (fun () ->
            let built = HypersurfaceNetwork.Build(f, HypersurfaceChoice.ConstantDepth(f.Class, eps, 2))
            (Instance.ofBuilt name built).Define("dist", distance f))
