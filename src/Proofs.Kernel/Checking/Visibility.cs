using System.Runtime.CompilerServices;

// The search reads sequents and normal forms; nothing here depends on it, and a verdict rests on the checker alone.
[assembly: InternalsVisibleTo("Proofs.Numeric")]
[assembly: InternalsVisibleTo("Proofs.Checks")]
[assembly: InternalsVisibleTo("Proofs.Checks.Tests")]
[assembly: InternalsVisibleTo("Proofs.Kernel.Tests")]
[assembly: InternalsVisibleTo("Proofs.Numeric.Tests")]
