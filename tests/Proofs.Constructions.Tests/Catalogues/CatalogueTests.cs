using Proofs.Constructions.Budgets;
using Proofs.Constructions.Catalogues;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.Catalogues;

public sealed class CatalogueTests
{
    private static readonly string[] Parabola =
        ["D=2", "alpha=2", "beta=2", "M=1", "eps=1/4", "h=1/2+x1/4-x1^2/4", "f=1/2+x1^2/4+x1*x2/8"];

    [Fact]
    public void The_parabola_of_the_paper_is_built_from_texts()
    {
        var built = Catalogue.Find("hypersurface")!.Build(Parabola);
        Assert.Equal((11, 1570L, 345), (built.Network.Depth, built.Network.Size, built.Network.Width));
    }

    [Fact]
    public void Several_pieces_and_regions_are_built_from_texts()
    {
        string[] pieces =
        [
            "D=2", "alpha=2", "beta=2", "eps=1",
            "f1=1/2", "region1=x2 <= 3/4 - x1^2/4; x1 >= 1/8",
            "f2=-x1/2", "h2=3/4 - x1^2/4", "side2=above",
        ];
        var built = Catalogue.Find("hypersurface")!.Build(pieces);
        Assert.Equal(
            "if(x2 <= 3/4 - 1/4*x1^2 and x1 >= 1/8, 1/2, 0) + if(x2 >= 3/4 - 1/4*x1^2, -1/2*x1, 0)", $"{built.Target}");
        Assert.Equal(1, built.Budget.Parameters["kappa"]);
        Assert.Equal(new BigRational(3, 2), built.Budget.Parameters["J"]);
    }

    [Theory]
    [InlineData("eps=1/4", "eps=0", "eps", "above 0")]
    [InlineData("eps=1/4", "eps=2", "eps", "(0, 1]")]
    [InlineData("eps=1/4", "eps=small", "eps", "a number such as")]
    [InlineData("D=2", "D=1", "D", "at least 2")]
    [InlineData("D=2", "D=2.5", "D", "a whole number")]
    [InlineData("M=1", "M=1/4", "hypersurface", "at least 1")]
    [InlineData("f=1/2+x1^2/4+x1*x2/8", "f=1/2+*x1", "f", "column 5")]
    [InlineData("f=1/2+x1^2/4+x1*x2/8", "f=x3", "hypersurface", "x1, x2")]
    [InlineData("h=1/2+x1/4-x1^2/4", "h=x2/2", "hypersurface", "x1 only")]
    [InlineData("h=1/2+x1/4-x1^2/4", "g=x1/2", "g", "is no parameter")]
    [InlineData("h=1/2+x1/4-x1^2/4", "d=3", "d", "1 … 2")]
    [InlineData("h=1/2+x1/4-x1^2/4", "region=x1 < 1/2", "region", "x2 <= 1/2 + x1/4")]
    [InlineData("alpha=2", "beta=3", "beta", "given twice")]
    [InlineData("alpha=2", "p=2", "alpha", "is missing")]
    [InlineData("alpha=2", "alpha", "alpha", "key=value")]
    [InlineData("M=1", "depth=shallow", "depth", "constant or deep")]
    public void A_bad_value_is_refused_in_one_line_that_names_its_key(
        string good, string bad, string key, string expected)
    {
        string[] arguments = [.. Parabola.Select(a => a == good ? bad : a)];
        var error = Assert.Throws<ParameterException>(() => Catalogue.Find("hypersurface")!.Build(arguments));
        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("f=1/2+x1^2/4+x1*x2/8", "f=1+x1", "exceeds M = 1")]
    [InlineData("f=1/2+x1^2/4+x1*x2/8", "f=abs(x1 - 1/3)/2", "difference")]
    [InlineData("h=1/2+x1/4-x1^2/4", "h=abs(x1 - 1/3)", "difference")]
    public void A_function_outside_its_class_is_a_false_premise_with_a_witness(string good, string bad, string expected)
    {
        Assert.Contains(good, Parabola);
        string[] arguments = [.. Parabola.Select(a => a == good ? bad : a)];
        var error = Assert.Throws<FalsePremiseException>(() => Catalogue.Find("hypersurface")!.Build(arguments));
        Assert.Contains(expected, error.Witness, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Coefficients_that_are_no_binary64_numbers_are_rounded_unless_asked_otherwise()
    {
        string[] thirds = ["D=1", "beta=2", "eps=1/8", "f=x^2/3-1/3"];
        var holder = Catalogue.Find("holder")!;
        Assert.True(holder.Build(thirds).Network.IsBinary64);
        Assert.False(holder.Build([.. thirds, "round=no"]).Network.IsBinary64);
        Assert.True(holder.Build(["D=1", "beta=2", "eps=1/8", "f=cos(x)/2"]).Network.IsBinary64);
    }

    [Fact]
    public void Names_are_unique_and_sorted_and_every_parameter_is_described()
    {
        string[] names = [.. Catalogue.All.Select(c => c.Name)];
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
        Assert.All(Catalogue.All.SelectMany(c => c.Parameters), p => Assert.NotEmpty(p.Description));
        Assert.Null(Catalogue.Find("no such thing"));
    }

    [Fact]
    public void A_network_too_large_to_build_is_refused_before_it_is_begun()
    {
        var error = Assert.Throws<ParameterException>(
            () => Catalogue.Find("holder")!.Build(["D=4", "beta=1", "eps=1/1000", "f=x1/2"]));
        Assert.Contains("Take a larger eps", error.Message, StringComparison.Ordinal);
    }
}
