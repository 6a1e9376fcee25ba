// Whether a point of a box belongs to a case of a property, decided exactly by dividing the box into simplices on which
// the network is linear: the leaf `x` of a certificate of a property.
// Follows docs/kernel-certificates.md, section 5.2.
namespace SecondChecker.Networks

open SecondChecker
/// A vertex of a simplex: a point, and the values there of the layer that is looked at.
type private Vertex = { Point: Rational[]; Values: Rational[] }

/// The walk over the part of a box that is in the box of a case.
type ExactWalk(network: Network, case: Case) =
    let mostSides = 5
    let mostProducts = 2_000_000L
    let mutable products = 0L

    let spend count =
        products <- products + count
        require (products <= mostProducts) "an exact walk needs too many products"

    // the entries of each layer as written, and 1 for the step after the last
    let weights =
        Array.append (network.Layers
                      |> Array.map (fun layer -> layer.Rows |> Array.sumBy (fun (sum, _) -> int64 sum.Length))) [| 1L |]

    // one more step with a simplex whose vertices carry values on their way to layer l
    let step l (vertices: Vertex[]) =
        spend (int64 vertices.Length * (weights[l] + int64 network.InputCount + int64 vertices[0].Values.Length))

    let apply l vertices =
        for v in vertices do
            for x in v.Point do
                require (x.Denominator.GetBitLength() <= 4000) "a coordinate of an exact walk is too long"
        vertices
        |> Array.map (fun v ->
            let values = Property.apply network.Layers[l] v.Values
            for y in values do
                require (y.Numerator.GetBitLength() <= 32768 && y.Denominator.GetBitLength() <= 32768)
                    "a value of an exact walk is too long"
            { v with Values = values })

    // The first value that is negative at a vertex and positive at another, with such vertices.
    let crossing (vertices: Vertex[]) =
        seq { 0 .. vertices[0].Values.Length - 1 }
        |> Seq.tryPick (fun u ->
            match vertices |> Array.tryFindIndex (fun v -> v.Values[u].Sign < 0),
                  vertices |> Array.tryFindIndex (fun v -> v.Values[u].Sign > 0) with
            | Some low, Some high -> Some(u, low, high)
            | _ -> None)

    // Both parts of a simplex on the two sides of the point of an edge at which a value is 0.
    let divided (vertices: Vertex[]) (u, low, high) =
        let p, q = vertices[low], vertices[high]
        let t = p.Values[u] / (p.Values[u] - q.Values[u])
        let between (a: Rational) (b: Rational) = a + t * (b - a)
        let middle =
            { Point = Array.map2 between p.Point q.Point
              Values = Array.map2 between p.Values q.Values }
        Array.updateAt low middle vertices, Array.updateAt high middle vertices

    let constraints = Array.append case.Inputs case.Outputs

    // Whether a point of the simplex, whose values are the excesses of the constraints, satisfies them all.
    let rec satisfies (vertices: Vertex[]) =
        let narrower =
            constraints
            |> Array.indexed
            |> Array.tryPick (fun (c, it) ->
                let signs = vertices |> Array.map (fun v -> v.Values[c].Sign)
                if Array.forall (fun s -> s > 0) signs || (it.IsStrict && Array.forall (fun s -> s >= 0) signs) then
                    Some [||]
                elif Array.forall (fun s -> s >= 0) signs && Array.exists (fun s -> s > 0) signs then
                    Some(vertices |> Array.filter (fun v -> v.Values[c].IsZero))
                else
                    None)
        match narrower with
        | Some [||] -> false
        | Some face -> satisfies face
        | None when constraints.Length = 0 -> true
        | None ->
            step network.Layers.Length vertices
            match crossing vertices with
            | None -> true
            | Some edge ->
                let one, other = divided vertices edge
                satisfies one || satisfies other

    let rec hasPoint l (vertices: Vertex[]) =
        step l vertices
        if l = network.Layers.Length then
            vertices
            |> Array.map (fun v ->
                { v with
                    Values =
                        [| for c in case.Inputs -> Property.valueOf c.Terms v.Point - c.Bound
                           for c in case.Outputs -> Property.valueOf c.Terms v.Values - c.Bound |] })
            |> satisfies
        else
            vertices |> apply l |> onLinear l

    and onLinear l vertices =
        if l = network.Layers.Length - 1 then
            hasPoint (l + 1) vertices
        else
            step (l + 1) vertices
            match crossing vertices with
            | Some edge ->
                let one, other = divided vertices edge
                onLinear l one || onLinear l other
            | None -> hasPoint (l + 1) (vertices |> Array.map (fun v -> { v with Values = Property.rectify v.Values }))

    let rec orders items =
        match items with
        | [] -> [ [] ]
        | _ -> [ for i in items do for rest in orders (List.filter (fun j -> j <> i) items) -> i :: rest ]

    /// Whether a point of the box belongs to the case.
    member _.HasPoint(lower: Rational[], upper: Rational[]) =
        let lower, upper = Array.map2 max lower case.Lower, Array.map2 min upper case.Upper
        if Array.exists2 (fun (a: Rational) b -> a > b) lower upper then
            false
        else
            let wide = [ for i in 0 .. lower.Length - 1 do if lower[i] < upper[i] then i ]
            require (wide.Length <= mostSides) "an exact walk over a box with more than 5 wide sides"
            orders wide
            |> List.exists (fun order ->
                order
                |> List.scan (fun point i -> Array.updateAt i upper[i] point) lower
                |> List.map (fun point -> { Point = point; Values = point })
                |> Array.ofList
                |> hasPoint 0)
