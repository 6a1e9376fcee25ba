using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Numeric.Expressions;
using Proofs.Search.Regions;

namespace Proofs.Cli.Commands;

/// <summary>What is learnt and certified.</summary>
/// <param name="Target">The formula, in the inputs' names.</param>
/// <param name="Region">Where.</param>
/// <param name="Norm">The norm of the error.</param>
/// <param name="Built">The construction beside it; null where there is none.</param>
internal sealed record TrainingSubject(Expr Target, Region Region, Norm Norm, Built? Built);
