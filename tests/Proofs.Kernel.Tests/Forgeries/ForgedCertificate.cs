namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// A certificate of a kind without symbolic proofs: false by a point, or an honest one that shows the evidence is of
/// the right kind.
/// </summary>
/// <param name="Text">The whole file.</param>
/// <param name="Falsity">Why it is false; null for an honest one.</param>
internal sealed record ForgedCertificate(string Text, string? Falsity);
