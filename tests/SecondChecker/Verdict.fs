// What this checker says of a certificate: the kind is chosen by the first line.
// Follows docs/kernel-certificates.md, the table at its top and section 1 ("Anything else refuses"), and
// docs/kernel.md, section 4.
namespace SecondChecker

open System
open System.Threading

/// What a checker says of a certificate.
type Verdict =
    | Accepted
    | Refused of why: string

[<RequireQualifiedAccess>]
module SecondChecker =
    let private inLines check text = check (Lines text)

    let private kinds =
        [ Networks.NetworkCertificate.header, inLines Networks.NetworkCertificate.check
          Bounds.BoundCertificate.header, inLines Bounds.BoundCertificate.check
          Bounds.BoxCertificate.header, inLines Bounds.BoxCertificate.check
          Symbolic.SymbolicCertificate.header, Symbolic.SymbolicCertificate.check ]

    // formulas may be nested deeper than the stack of a thread usually is
    let private stack = 256 <<< 20

    let private onLargeStack (work: unit -> Verdict) =
        let failure = ref None
        let result = ref (Refused "not looked at")
        let thread =
            Thread(
                (fun () ->
                    try
                        result.Value <- work ()
                    with e -> failure.Value <- Some e),
                stack
            )
        thread.Start()
        thread.Join()
        failure.Value |> Option.iter (fun e -> raise (InvalidOperationException("the second checker failed", e)))
        result.Value

    /// Whether a certificate of one of the kinds holds.
    let check (text: string) =
        onLargeStack (fun () ->
            try
                let first = text.Split('\n', 2)[0]
                match List.tryFind (fun (header, _) -> first = header) kinds with
                | Some(_, check) ->
                    check text
                    Accepted
                | None -> Refused "no kind of certificate that is known here"
            with Refusal why -> Refused why)
