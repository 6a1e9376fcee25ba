using System.Buffers.Binary;
using System.Text;

namespace Proofs.Training.Native;

/// <summary>
/// The versions of symbols that a shared library of Linux asks its dependencies for (.gnu.version_r).
/// </summary>
/// <remarks>Shape: 64-bit ELF, least byte first. Source: the System V ABI and the Linux Standard Base, symbol
/// versioning.</remarks>
internal static class VersionNeeds
{
    private const uint NeedsSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK: a loader warns where it is missing, and goes on
    private const int HeaderSize = 64;

    /// <summary>Marks the need for one version as weak; whether there is such a need.</summary>
    /// <param name="library">The bytes of the library, which are changed in place.</param>
    /// <param name="version">The version, such as GLIBCXX_3.4.32.</param>
    /// <exception cref="FormatException">The bytes are no such library.</exception>
    public static bool Weaken(byte[] library, string version)
    {
        try
        {
            return Mark(library, Encoding.ASCII.GetBytes(version));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException("expected a 64-bit ELF library, found one that is cut off", e);
        }
    }

    private static bool Mark(byte[] library, byte[] version)
    {
        if (library.Length < HeaderSize || !library.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
        {
            throw new FormatException("expected a 64-bit ELF library");
        }

        long sections = Long(library, 40);
        int size = Short(library, 58), count = Short(library, 60);
        bool found = false;
        for (int s = 0; s < count; s++)
        {
            long header = sections + ((long)s * size);
            if (Word(library, header + 4) != NeedsSection)
            {
                continue;
            }

            long strings = Long(library, sections + (Word(library, header + 40) * (long)size) + 24);
            long need = Long(library, header + 24);
            for (uint n = 0, needs = Word(library, header + 44); n < needs; n++)
            {
                long part = need + Word(library, need + 8);
                for (int k = 0, parts = Short(library, need + 2); k < parts; k++)
                {
                    var name = library.AsSpan(checked((int)(strings + Word(library, part + 8))));
                    if (name.StartsWith(version) && name[version.Length] == 0)
                    {
                        int flags = checked((int)(part + 4));
                        BinaryPrimitives.WriteUInt16LittleEndian(
                            library.AsSpan(flags), (ushort)(Short(library, flags) | Weak));
                        found = true;
                    }

                    part += Word(library, part + 12);
                }

                need += Word(library, need + 12);
            }
        }

        return found;
    }

    private static ushort Short(byte[] bytes, long at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(checked((int)at)));

    private static uint Word(byte[] bytes, long at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(checked((int)at)));

    private static long Long(byte[] bytes, long at) =>
        checked((long)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(checked((int)at))));
}
