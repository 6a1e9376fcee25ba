global using FsCheck;
global using FsCheck.Fluent;
global using Proofs.Kernel;
global using Proofs.Numeric;
global using Xunit;
