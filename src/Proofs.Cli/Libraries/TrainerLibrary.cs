using System.Reflection;
using Proofs.Checks.Learning;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Libraries;

/// <summary>Finds and loads the library that trains, which a build of its own puts into out/training.</summary>
internal static class TrainerLibrary
{
    private const string Folder = "training", Library = "Proofs.Training.dll";
    private const string Trainer = "Proofs.Training.Trainers.TorchTrainer";

    /// <summary>The trainer.</summary>
    /// <exception cref="UsageException">It is not built, or cannot be loaded.</exception>
    public static ITrainer Load()
    {
        string library = Path.Combine(BuiltFolder.Find(Folder) ?? "", Library);
        if (!File.Exists(library))
        {
            throw new UsageException(
                $"training is built apart, for it takes half a gigabyte: expected out/{Folder}/{Library}; "
                    + "./build.sh --target=Training makes it");
        }

        try
        {
            return new LibraryContext(library).LoadLibrary().GetType(Trainer, throwOnError: true) is { } type
                && Activator.CreateInstance(type) is ITrainer trainer
                ? trainer
                : throw new UsageException($"{library}: expected a trainer {Trainer} of this version of the tool");
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException
            or TypeLoadException or ReflectionTypeLoadException or TargetInvocationException)
        {
            throw new UsageException(
                $"{library}: expected the training library of this version: {InputFile.Reason(e)}");
        }
    }
}
