using System.Text;

namespace Proofs.Cli.Sessions;

/// <summary>Output that is passed on at once, or held back until it is known that the command ends by itself.</summary>
/// <remarks>Threads may share it: one may take what is held while another writes.</remarks>
internal sealed class HeldOutput(TextWriter inner) : TextWriter
{
    private readonly Lock _gate = new();
    private StringBuilder? _held;
    private bool _isClosed;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Whether a whole line was written.</summary>
    public bool HasLines { get; private set; }

    /// <summary>Holds back what is written from now on.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held ??= new StringBuilder();
        }
    }

    /// <summary>What is held; whatever is written afterwards is lost.</summary>
    public string TakeAll()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _held?.ToString() ?? "";
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            HasLines |= value?.EndsWith('\n') == true;
            if (_held is null)
            {
                inner.Write(value);
            }
            else
            {
                _held.Append(value);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void Flush()
    {
        lock (_gate)
        {
            inner.Flush();
        }
    }
}
