using System.Runtime.CompilerServices;

// The search uses the public types; its results enter as text and are checked anew.
[assembly: InternalsVisibleTo("Proofs.Checks")]
[assembly: InternalsVisibleTo("Proofs.Checks.Tests")]
[assembly: InternalsVisibleTo("Proofs.Kernel.Tests")]
