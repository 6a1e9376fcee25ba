using System.Collections.Immutable;
using System.Globalization;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.Points;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>Sets as text; the lines of a text make a union.</summary>
/// <remarks>
/// <para><c>map 1/3 : 2/3 0</c> is x ↦ x/3 + (2/3, 0); <c>map 1/6 -1/6 ; 1/2 1/6 : 1/3 0</c> has the matrix by rows.
/// All maps together make one self-similar set; <c>box [0,1]x[0,1/2]</c> or <c>hull 0 0 , 1 0 , 1/2 1/2</c> (corners of
/// a simplex) is taken into itself by every map, the unit cube where both are missing; <c>metric 1 1/3</c> is a norm x²
/// + y²/3 in which the maps are similarities.</para>
/// <para><c>image u ; u^2</c> is the image of [0,1]^d under formulas in u, or u1, u2, …; <c>affine 0 0 1/2 : 1 1 0</c>
/// the part in the cube of the plane through a point with directions (several are separated by ;); <c>points FILE</c>
/// the points in a file, <c>points FILE within 1/50</c> with the cubes of this radius around them.</para>
/// <para><c>set NAME</c> is a set by name or in another file, <c>set gasket under 1/2 : 0 1/2</c> its image under a
/// map, and <c>product NAME NAME</c> a product. What follows # is a remark.</para>
/// </remarks>
public static class SetText
{
    /// <summary>The set that <paramref name="text"/> states; files are sought in the current folder.</summary>
    /// <exception cref="FormatException">A line is none of the forms above; the message has its number.</exception>
    /// <exception cref="ArgumentException">A part is no set in the cube; the message has the numbers.</exception>
    public static CoveredSet Parse(string name, string text) => new Reader(name, "", []).Read(text);

    /// <summary>The set that a file states: one of the texts above, or points.</summary>
    /// <exception cref="FormatException">A line is none of the forms above, or the points are none; the message has its
    /// number.</exception>
    /// <exception cref="ArgumentException">A part is no set in the cube; the message has the numbers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CoveredSet Read(string path) => Read(path, []);

    private static CoveredSet Read(string path, ImmutableArray<string> outer)
    {
        string full = Path.GetFullPath(path), name = Path.GetFileName(path);
        if (outer.Contains(full))
        {
            throw new FormatException(
                $"{name}: the set is part of itself; expected files that do not name each other.");
        }

        return PointFile.IsPoints(full)
            ? Points(name, full, BigRational.Zero)
            : new Reader(name, Path.GetDirectoryName(full) ?? "", outer.Add(full)).Read(File.ReadAllText(full));
    }

    private static PointSet Points(string name, string path, BigRational radius)
    {
        using var file = File.OpenRead(path);
        return new PointSet(name, PointFile.ReadExact(file, name), radius);
    }

    // Reads one text; the folder is that of its file, and outer are the files being read.
    private sealed class Reader(string name, string folder, ImmutableArray<string> outer)
    {
        private const string Keywords = "map, box, hull, metric, image, affine, points, set or product";

        private readonly List<AffineTransformation> _maps = [];
        private readonly List<CoveredSet> _parts = [];
        private Box? _box;
        private ImmutableArray<BigRational>[]? _corners;
        private ImmutableArray<BigRational>? _metric;
        private string _place = "";

        public CoveredSet Read(string text)
        {
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Split('#')[0].Replace('\t', ' ').Trim();
                _place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {i + 1}");
                if (line.Length > 0)
                {
                    int space = line.IndexOf(' ', StringComparison.Ordinal);
                    ReadLine(space < 0 ? line : line[..space], space < 0 ? "" : line[space..].Trim());
                }
            }

            if (_maps.Count == 0 && (_box is not null || _corners is not null || _metric is not null))
            {
                throw new FormatException($"{name}: there is no map; box, hull and metric speak of maps.");
            }

            if (_maps.Count > 0)
            {
                string own = _parts.Count == 0 ? name : $"the maps of {name}";
                _parts.Insert(0, _corners is null
                    ? SelfSimilarSet.Create(own, _maps, _box, _metric)
                    : SelfSimilarSet.Create(own, _maps, _corners, _metric));
            }

            return _parts switch
            {
                [] => throw new FormatException($"{name}: states no set; expected lines that begin with {Keywords}."),
                [var one] =>
                    one.Name.StartsWith($"{name}, line ", StringComparison.Ordinal) ? one with { Name = name } : one,
                _ => new UnionSet(name, [.. _parts]),
            };
        }

        private void ReadLine(string word, string rest)
        {
            switch (word)
            {
                case "map":
                    _maps.Add(Map(rest));
                    break;
                case "box":
                    _box = Stated(() => Box.Parse(rest));
                    break;
                case "hull":
                    _corners = [.. rest.Split(',').Select(Numbers)];
                    break;
                case "metric":
                    _metric = Numbers(rest);
                    break;
                case "image":
                    _parts.Add(
                        Stated(() => ParametrizedSet.OfFormulas(_place, [.. rest.Split(';').Select(Expr.Parse)])));
                    break;
                case "affine":
                    _parts.Add(Affine(rest));
                    break;
                case "points":
                    _parts.Add(PointsOf(rest));
                    break;
                case "set":
                    _parts.Add(SetOf(rest));
                    break;
                case "product":
                    _parts.Add(Product(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
                    break;
                default:
                    throw Wrong($"'{word}' is no keyword; expected {Keywords}.");
            }
        }

        private AffineTransformation Map(string text)
        {
            string[] parts = text.Split(':');
            if (parts.Length != 2)
            {
                throw Wrong($"'map {text}' has no translation; expected such as 'map 1/2 : 1/2 0'.");
            }

            var translation = Numbers(parts[1]);
            ImmutableArray<BigRational>[] rows = [.. parts[0].Split(';').Select(Numbers)];
            if (rows is [[var ratio]])
            {
                return AffineTransformation.Homothety(ratio, translation);
            }

            return rows.Length == translation.Length && rows.All(r => r.Length == translation.Length)
                ? new AffineTransformation([.. rows], translation)
                : throw Wrong(
                    $"the translation has {translation.Length} numbers, "
                        + $"the matrix rows of {string.Join(", ", rows.Select(r => r.Length))}; "
                            + "expected one ratio or a square matrix.");
        }

        private AffinePiece Affine(string text)
        {
            string[] parts = text.Split(':');
            if (parts.Length > 2 || Numbers(parts[0]) is not { Length: > 0 } point)
            {
                throw Wrong(
                    $"'affine {text}' is no plane; expected a point and directions, such as 'affine 0 0 1/2 : 1 1 0 ; "
                        + "0 0 1'.");
            }

            return Stated(() =>
                new AffinePiece(_place, point, parts.Length == 1 ? [] : [.. parts[1].Split(';').Select(Numbers)]));
        }

        private PointSet PointsOf(string text)
        {
            string[] parts = text.Split(" within ");
            string path = Path.Combine(folder, parts[0].Trim());
            var radius = parts.Length == 1 ? BigRational.Zero : BigRational.TryParse(parts[1].Trim())
                ?? throw Wrong($"'{parts[1].Trim()}' is no number; expected such as 'points FILE within 1/50'.");
            return File.Exists(path)
                ? Stated(() => Points(parts[0].Trim(), path, radius))
                : throw Wrong($"there is no file '{parts[0].Trim()}'; expected a file of points.");
        }

        private CoveredSet SetOf(string text)
        {
            string[] parts = text.Split(" under ");
            var source = Sets.Find(parts[0].Trim()) ?? FileSet(parts[0].Trim());
            return parts.Length == 1 ? source : Stated(() => new ImageSet(_place, Map(parts[1].Trim()), source));
        }

        private CoveredSet Product(string[] names)
        {
            if (names.Length < 2)
            {
                throw Wrong("a product has fewer than two sets; expected such as 'product cantor1 gasket'.");
            }

            return names.Select(n => Sets.Find(n) ?? FileSet(n))
                .Aggregate((a, b) => Stated(() => new ProductSet(_place, a, b)));
        }

        private CoveredSet FileSet(string file)
        {
            string path = Path.Combine(folder, file);
            return File.Exists(path)
                ? SetText.Read(path, outer)
                : throw Wrong(
                    $"'{file}' is no set; expected {string.Join(", ", Sets.Names)} (D a number up to 10), or a file.");
        }

        private ImmutableArray<BigRational> Numbers(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => BigRational.TryParse(t)
                ?? throw Wrong($"'{t}' is no number; expected such as 1/3 or 0.25.")),
        ];

        // What a line states, with the place before the message of what is wrong with it.
        private T Stated<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (
                e is FormatException or ArgumentException && !e.Message.StartsWith(_place, StringComparison.Ordinal))
            {
                throw Wrong(e.Message);
            }
        }

        private FormatException Wrong(string problem) => new($"{_place}: {problem}");
    }
}
