using System.Runtime.CompilerServices;

// Searches use the public types; what they find enters as text and is checked anew.
[assembly: InternalsVisibleTo("Proofs.Kernel.Tests")]
