// Makes Proofs available to scripts in this folder; ./build.sh puts the libraries where this looks.
#I "../out/lib"
#r "Proofs.Kernel.dll"
#r "Proofs.Numeric.dll"
#r "Proofs.Constructions.dll"
#r "Proofs.Checks.dll"
#r "Proofs.FSharp.dll"
#r "FsCheck.dll"
