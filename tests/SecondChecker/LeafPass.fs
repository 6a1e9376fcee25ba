// Lower bounds of outputs of a network on a box, by linear forms: the leaf `l` of a certificate of a property.
// Follows docs/kernel-certificates.md, section 5.1, in its last paragraph's way: exact integers over a common
// denominator in place of rounded ones. Rounded are only the box (outward, to units of 2^-40) and slopes of lines (to
// 2^-30), which may be anything in [0, 1].
//
// Denominators: the weights and biases of layer l are integers over D_l. What is known of the values z of layer l is
// over d_l = D_l 2^30 d_(l-1), d_0 = D_0, in units of 2^-40: a form is Σ f_k X_k + c, where X_k = 2^40 x_k, and means
// 2^40 d_l z.
// After ρ the forms of layer l are over 2^30 d_l. Scaling by powers of two is that of the page, for the sake of its
// limits only.
namespace SecondChecker.Networks

open SecondChecker
open System.Numerics

/// A linear form of the inputs in units, times the denominator of its layer.
type private Form = { Factors: BigInteger[]; Constant: BigInteger }

/// What ρ(z) of a unit is bounded by.
type private Line =
    | Zero
    | Identity
    | AboveZero of slope: BigInteger * lift: BigInteger
    | AboveIdentity of slope: BigInteger * lift: BigInteger

/// A layer in integers: weights and biases times the denominator D.
type private IntegerLayer =
    { Weights: (int * BigInteger)[][]
      Biases: BigInteger[]
      D: BigInteger }

/// The sign that is assumed of a unit of a hidden layer.
[<Struct>]
type AssumedSign = { Layer: int; Unit: int; IsPositive: bool }

/// What a pass finds: lower bounds of the excesses of all output constraints, or that no point of the box has the
/// assumed signs.
type Finding =
    | NoPoint
    | Excesses of signs: int[]

/// The exact network of the cases of a root, scaled, ready for its leaves.
type LeafPass(network: Network, scalingBox: Case, outputs: Constraint[]) =
    let units = 40
    let slopes = 30
    let n = network.InputCount
    let two k = BigInteger.One <<< k
    let limit = two 16 // 2^56 units

    let all =
        Array.append network.Layers [| { Rows = outputs |> Array.map (fun c -> c.Terms, -c.Bound) } |]

    let rectified l = l < network.Layers.Length - 1

    // --- scaling, "Scaling" ---

    let bits (i: BigInteger) = int ((BigInteger.Abs i).GetBitLength())

    let scale (points: Rational[][]) (before: Rational) =
        let largest = points |> Array.collect (Array.map (fun (x: Rational) -> x.Abs)) |> Array.max
        if largest.IsZero then
            before
        else
            let q = bits largest.Numerator - bits largest.Denominator
            Rational.PowerOfTwo(max -10 (min 10 q) - q)

    let corner k =
        Array.init n (fun j -> if (k + j * (k / 2)) % 2 = 0 then scalingBox.Lower[j] else scalingBox.Upper[j])

    let inputScale, scales =
        let mutable points = Array.init 4 corner
        let first = scale points Rational.One
        let mutable s = first
        first,
        [| for l in 0 .. all.Length - 1 do
               points <- points |> Array.map (Property.apply all[l])
               s <- scale points s
               if rectified l then
                   points <- points |> Array.map Property.rectify
               s |]

    // --- "Fixed layers": exact here, with the limit on entries ---

    let integers l (layer: Layer) =
        let s = scales[l]
        let ratio = s / (if l = 0 then inputScale else scales[l - 1])
        let rows = layer.Rows |> Array.map (fun (sum, bias) -> [| for j, a in sum -> j, a * ratio |], bias * s)
        let entries = [ for weights, bias in rows do yield! Seq.map snd weights; bias ]
        let largest = entries |> List.fold (fun a (e: Rational) -> max a e.Abs) Rational.One
        let tooLarge = 49 - bits largest.Ceiling < 33
        let lcm (d: BigInteger) (e: Rational) = d / BigInteger.GreatestCommonDivisor(d, e.Denominator) * e.Denominator
        let d = entries |> List.fold lcm BigInteger.One
        let integer (e: Rational) = e.Numerator * (d / e.Denominator)
        tooLarge,
        { Weights = rows
          |> Array.map (fst >> Array.map (fun (j, a) -> j, integer a) >> Array.filter (fun (_, a) -> not a.IsZero))
          Biases = rows |> Array.map (snd >> integer)
          D = d }

    let isTooLarge, layers =
        let both = all |> Array.mapi integers
        Array.exists fst both, Array.map snd both

    // d_l, and the denominator of what enters layer l
    let denominators =
        layers
        |> Array.scan
            (fun (d: BigInteger) layer -> if d.IsZero then layer.D else layer.D * two slopes * d) BigInteger.Zero
        |> Array.tail

    let entering l = if l = 0 then BigInteger.One else two slopes * denominators[l - 1]

    // a quantity in units, times d: within 2^56 units
    let within d (value: BigInteger) =
        require (BigInteger.Abs value < (limit * d <<< units)) "a value in a leaf is beyond 2^56 units"

    /// The pass over a box with assumed signs.
    member _.Run(lower: Rational[], upper: Rational[], signs: AssumedSign list) =
        require (not isTooLarge) "the weights of a layer are too large"
        let inUnits (x: Rational) = x * inputScale * Rational.PowerOfTwo units
        let lo = lower |> Array.map (fun x -> (inUnits x).Floor)
        let hi = upper |> Array.map (fun x -> (inUnits x).Ceiling)
        Seq.append lo hi |> Seq.iter (within BigInteger.One)

        let least (form: Form) =
            let mutable sum = form.Constant
            for k in 0 .. form.Factors.Length - 1 do
                let f = form.Factors[k]
                sum <- sum + f * (if f.Sign > 0 then lo[k] else hi[k])
            sum

        let negated form =
            { Factors = form.Factors |> Array.map BigInteger.Negate; Constant = -form.Constant }

        let bounds: (BigInteger * BigInteger)[][] = Array.zeroCreate network.Layers.Length
        let lines: Line[][] = Array.zeroCreate network.Layers.Length

        let isZeroUnit l j =
            match lines[l][j] with
            | Zero -> true
            | Identity ->
                let low, high = bounds[l][j]
                if rectified l then high.IsZero else low.IsZero && high.IsZero
            | _ -> false

        // "Backward": a form of the inputs, over d_l, that is at most sign·z_i on the box
        let backward l i sign =
            let scaled (b: BigInteger) = if sign > 0 then b else -b
            let mutable rows = Array.create (if l = 0 then n else layers[l - 1].Weights.Length) BigInteger.Zero
            for j, w in layers[l].Weights[i] do
                rows[j] <- scaled w
            let mutable constant = scaled layers[l].Biases[i] <<< units // over the denominator of rows
            let mutable lifted = BigInteger.Zero // over d_l
            let mutable e = layers[l].D
            for m in l - 1 .. -1 .. 0 do
                let layer = layers[m]
                let next = Array.create (if m = 0 then n else layers[m - 1].Weights.Length) BigInteger.Zero
                constant <- constant * two slopes * layer.D
                for j in 0 .. rows.Length - 1 do
                    let factor =
                        if rows[j].IsZero || isZeroUnit m j then
                            BigInteger.Zero
                        else
                            match lines[m][j] with
                            | AboveZero _ when rows[j].Sign > 0 -> BigInteger.Zero
                            | AboveZero(slope, lift)
                            | AboveIdentity(slope, lift) when rows[j].Sign < 0 ->
                                lifted <- lifted + rows[j] * lift
                                rows[j] * slope
                            | _ -> rows[j] <<< slopes
                    if not factor.IsZero then
                        constant <- constant + (factor * layer.Biases[j] <<< units)
                        for k, w in layer.Weights[j] do
                            next[k] <- next[k] + factor * w
                e <- e * two slopes * layer.D
                for row in next do
                    require (BigInteger.Abs row < limit * e) "a row of a leaf is too large"
                rows <- next
            within e (constant + lifted)
            { Factors = rows; Constant = constant + lifted }

        let excess form d =
            let value = least form
            within d value
            value

        // "Forms" of the inputs
        let input k =
            if n <= 16 then
                let form =
                    { Factors = Array.init n (fun j -> if j = k then BigInteger.One else BigInteger.Zero);
                      Constant = BigInteger.Zero }
                form, form
            else
                { Factors = [||]; Constant = lo[k] }, { Factors = [||]; Constant = hi[k] }

        let rec fromLayer l (forms: (Form * Form)[]) =
            if l = network.Layers.Length then
                Excesses [| for row in 0 .. outputs.Length - 1 -> (excess (backward l row 1) denominators[l]).Sign |]
            else
                let layer = layers[l]
                let d = denominators[l]
                let width = if n <= 16 then n else 0

                // 1. Forward
                let forward isLower i =
                    let factors = Array.create width BigInteger.Zero
                    let mutable constant = layer.Biases[i] * entering l <<< units
                    for j, w in layer.Weights[i] do
                        let lowerForm, upperForm = forms[j]
                        let form = if (w.Sign > 0) = isLower then lowerForm else upperForm
                        constant <- constant + w * form.Constant
                        for k in 0 .. width - 1 do
                            factors[k] <- factors[k] + w * form.Factors[k]
                    for f in factors do
                        require (BigInteger.Abs f < limit * d) "a factor of a leaf is too large"
                    within d constant
                    { Factors = factors; Constant = constant }

                let lowers = Array.init layer.Weights.Length (forward true)
                let uppers = Array.init layer.Weights.Length (forward false)
                let own i = excess lowers[i] d, -(excess (negated uppers[i]) d)
                bounds[l] <- Array.init layer.Weights.Length own

                let tighten i =
                    let low, high = bounds[l][i]
                    if low.Sign < 0 && high.Sign > 0 && l > 0 then
                        let below, above = backward l i 1, backward l i -1
                        let atLeast, atMost = excess below d, -(excess above d)
                        let orConstant form value = if n <= 16 then form else { Factors = [||]; Constant = value }
                        if atLeast > low then
                            lowers[i] <- orConstant below atLeast
                        if atMost < high then
                            uppers[i] <- orConstant (negated above) atMost
                        bounds[l][i] <- max low atLeast, min high atMost

                // 2. Assumed signs: whether a point may have this one
                let assume sign =
                    tighten sign.Unit
                    let form = backward l sign.Unit (if sign.IsPositive then -1 else 1)
                    let beta = excess form d
                    if beta.Sign > 0 then
                        false
                    else
                        for k in 0 .. n - 1 do
                            let a = form.Factors[k]
                            if not a.IsZero then
                                let way = Rational.FloorDivision(-beta, BigInteger.Abs a) + BigInteger.One
                                if way < hi[k] - lo[k] then
                                    if a.Sign > 0 then hi[k] <- lo[k] + way else lo[k] <- hi[k] - way
                        let low, high = bounds[l][sign.Unit]
                        let low = if sign.IsPositive then max low BigInteger.Zero else low
                        let high = if sign.IsPositive then high else min high BigInteger.Zero
                        bounds[l][sign.Unit] <- low, high
                        low <= high

                let ofLayer = signs |> List.filter (fun s -> s.Layer = l)
                if not (List.forall assume ofLayer) then
                    NoPoint
                else
                    // 3. Tighten
                    for i in 0 .. layer.Weights.Length - 1 do
                        if not ofLayer.IsEmpty then
                            let (low, high), (ownLow, ownHigh) = bounds[l][i], own i
                            bounds[l][i] <- max low ownLow, min high ownHigh
                        tighten i

                    // 4. Lines
                    lines[l] <- bounds[l] |> Array.map (line l)
                    fromLayer (l + 1) (Array.map3 (over width) lines[l] lowers uppers)

        and line l (low, high) =
            if not (rectified l) || low.Sign >= 0 then
                Identity
            elif high.Sign <= 0 then
                Zero
            else
                let slope = Rational.FloorDivision(high <<< slopes, high - low)
                let lift = max (-(slope * low)) ((high <<< slopes) - slope * high)
                within (denominators[l] <<< slopes) lift
                if (low + high).Sign > 0 then AboveIdentity(slope, lift) else AboveZero(slope, lift)

        // the forms after ρ
        and over width line lowerForm upperForm =
            let times (factor: BigInteger) form =
                { Factors = form.Factors |> Array.map (fun f -> f * factor); Constant = form.Constant * factor }
            let zero = { Factors = Array.create width BigInteger.Zero; Constant = BigInteger.Zero }
            let lifted slope lift =
                let form = times slope upperForm
                { form with Constant = form.Constant + lift }
            match line with
            | Zero -> zero, zero
            | Identity -> times (two slopes) lowerForm, times (two slopes) upperForm
            | AboveZero(slope, lift) -> zero, lifted slope lift
            | AboveIdentity(slope, lift) -> times (two slopes) lowerForm, lifted slope lift

        fromLayer 0 (Array.init n input)
