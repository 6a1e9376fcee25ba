/// Both verdicts on a certificate, and how often they agree.
module SecondChecker.Tests.Agreement

open Proofs.Kernel
open SecondChecker

/// What the kernel says: accepted or not, and why not.
let kernel (text: string) =
    let result = CertificateCheck.Check text
    result.Accepted, result.Reason

let second (text: string) =
    match SecondChecker.check text with
    | Accepted -> true, ""
    | Refused why -> false, why

/// How many certificates both accept, and both refuse; and those on which they disagree.
type Counts =
    { Accepted: int
      Refused: int
      Disagreements: (string * string) list }

/// Compares the verdicts on these certificates.
let count (texts: string seq) =
    let add counts text =
        let (isAccepted, why), (isAcceptedToo, whyToo) = kernel text, second text
        if isAccepted = isAcceptedToo then
            if isAccepted then { counts with Accepted = counts.Accepted + 1 }
            else { counts with Refused = counts.Refused + 1 }
        else
            let verdicts =
                if isAccepted then $"the second checker alone refuses: {whyToo}" else $"the kernel alone refuses: {why}"
            { counts with Disagreements = (verdicts, text) :: counts.Disagreements }
    texts |> Seq.fold add { Accepted = 0; Refused = 0; Disagreements = [] }
