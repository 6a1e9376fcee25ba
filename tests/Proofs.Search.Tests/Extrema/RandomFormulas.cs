namespace Proofs.Search.Tests.Extrema;

/// <summary>Formulas of all functions of the language.</summary>
internal static class RandomFormulas
{
    private static readonly string[] Functions =
        ["sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "exp", "log", "log2", "sqrt", "abs", "floor", "ceil",
            "pow2floor"];

    public static string Of(Random random, IReadOnlyList<string> inputs, int depth)
    {
        if (depth == 0 || random.Next(8) == 0)
        {
            return random.Next(4) switch
            {
                0 => $"{random.Next(1, 9)}/{random.Next(1, 5)}",
                1 when random.Next(4) == 0 => "pi",
                _ => inputs[random.Next(inputs.Count)],
            };
        }

        string Part() => Of(random, inputs, depth - 1);
        return random.Next(16) switch
        {
            0 or 1 or 2 => $"({Part()} + {Part()})",
            3 or 4 => $"({Part()} - {Part()})",
            5 or 6 or 7 => $"({Part()})*({Part()})",
            8 => $"({Part()})/({Part()})",
            9 => $"({Part()})^{random.Next(2, 5)}",
            10 => $"({Part()})^({random.Next(1, 6)}/{random.Next(2, 4)})",
            11 => random.Next(2) == 0 ? $"min({Part()}, {Part()})" : $"max({Part()}, {Part()})",
            12 => $"if({Part()} <= {Part()}, {Part()}, {Part()})",
            13 when random.Next(3) == 0 => $"({Part()})^({Part()})",
            14 when random.Next(6) == 0 =>
                $"binomial({random.Next(0, 6)}, {random.Next(0, 4)})*factorial({random.Next(0, 5)})",
            _ => $"{Functions[random.Next(Functions.Length)]}({Part()})",
        };
    }
}
