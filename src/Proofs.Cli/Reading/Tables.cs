using Proofs.Checks.Data;
using Proofs.Checks.Experiments;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Reading;

/// <summary>Reads tables of observations.</summary>
internal static class Tables
{
    /// <summary>The rows of a table, and the column that is to be learnt from the others.</summary>
    /// <exception cref="InputException">The file is missing or no table, or has no such column; the message names the
    /// place.</exception>
    public static Sample Read(string path, string column)
    {
        try
        {
            return InputFile.Read(path, stream => DataTable.Read(stream, path)).Target(column, path);
        }
        catch (DataTableException e)
        {
            throw new InputException(e.Message);
        }
    }
}
