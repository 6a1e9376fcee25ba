// Enumerates covers of about a million cells, and streams them.
//
//   dotnet run -c Release --project benchmarks/covers
//
// Each row: the cells of a cover are made and held, once, as sorted keys of 16 bytes; then their indices are streamed.
// One thread.
using System.Diagnostics;
using System.Globalization;
using Proofs.Constructions.IntrinsicDimension;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
(string Set, string Text, int Side)[] rows =
[
    ("gasket", "set gasket", 1 << 13),
    ("carpet", "set carpet", 2187),
    ("tetrahedron", "set tetrahedron", 1 << 10),
    ("Menger sponge", "set menger", 243),
    ("simplex set in ten coordinates", "set simplex10", 1 << 6),
    ("Cantor dust in three coordinates", "set cantor3", 2187),
    ("gasket off its own grids", "set gasket", 1000),
    ("Koch curve", "set koch", 2187),
    ("circle", "image (1 + cos(2*pi*u))/2 ; (1 + sin(2*pi*u))/2", 5000),
    ("plane in four coordinates", "affine 0 0 0 1/2 : 1 2 0 0 ; 0 1 3 1", 100),
];

_ = SetText.Parse("warm", "set gasket").Cover(64);
Console.WriteLine("| set | n | cells | enumerated in CPU s | µs a cell | streamed in CPU s | bytes held a cell |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (var (name, text, side) in rows)
{
    var set = SetText.Parse(name, text);
    long before = GC.GetTotalMemory(forceFullCollection: true);
    var start = Process.GetCurrentProcess().TotalProcessorTime;
    var cells = set.Cover(side);
    var made = Process.GetCurrentProcess().TotalProcessorTime;
    long held = GC.GetTotalMemory(forceFullCollection: true) - before, sum = 0;
    var again = Process.GetCurrentProcess().TotalProcessorTime;
    foreach (int[] index in cells.Indices())
    {
        sum += index[0];
    }

    double seconds = (made - start).TotalSeconds,
        streamed = (Process.GetCurrentProcess().TotalProcessorTime - again).TotalSeconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {side} | {cells.Count} | {seconds:F2} | {seconds * 1e6 / cells.Count:F2} | {streamed:F2} | "
            + $"{(double)held / cells.Count:F0} |"));
    _ = sum;
}
