namespace Proofs.Search.Properties;

// What a pass knows of a layer over eight boxes; entry (unit, lane) of an array is number 8·unit + lane.
internal sealed class LayerBounds
{
    private const int Lanes = BackwardKernel.Lanes;

    public LayerBounds(BoundLayer layer, int formLength, int previousWidth)
    {
        Layer = layer;
        int n = layer.Rows * Lanes;
        (Low, High, Scale, Magnitude) = (new double[n], new double[n], new double[n], new double[n]);
        Charge = layer.Costs is null ? Scale : new double[n];
        Floor = new double[n];
        Array.Fill(Floor, double.NaN);
        (LowerSlope, UpperSlope, UpperShift) = (new double[n], new double[n], new double[n]);
        Forms = new double[2 * formLength * n];
        Phase = new double[n];
        Active = new int[layer.Rows];
        Packed = new double[layer.Rows * Padded(previousWidth)];
    }

    public BoundLayer Layer { get; }

    /// <summary>Bounds of z = W x + b before ρ.</summary>
    public double[] Low { get; }

    public double[] High { get; }

    /// <summary>S_i = Σ_j |W_ij| M_j + |b_i|, no smaller than |z_i| but for its rounding.</summary>
    public double[] Scale { get; }

    /// <summary>S_i times what its rounding costs in units of γ: S_i itself where rows are exact.</summary>
    public double[] Charge { get; }

    /// <summary>A lower bound of a last row from the bounds of the outputs alone; NaN where there is none.</summary>
    public double[] Floor { get; }

    /// <summary>M_i, no smaller than |x_i| and the sums of absolute values of its forms, but for rounding.</summary>
    public double[] Magnitude { get; }

    /// <summary>LowerSlope·z ≤ ρ(z) ≤ UpperSlope·z + UpperShift for all z in [Low, High].</summary>
    public double[] LowerSlope { get; }

    public double[] UpperSlope { get; }

    public double[] UpperShift { get; }

    /// <summary>
    /// Affine bounds in the coordinates ε of the box: for each unit the lower form, then the upper one; the constant is
    /// last.
    /// </summary>
    public double[] Forms { get; }

    /// <summary>1 where z ≥ 0 is assumed, −1 where z ≤ 0 is, 0 else.</summary>
    public double[] Phase { get; }

    /// <summary>The units whose phase is assumed on one of the eight boxes.</summary>
    public List<int> Fixed { get; } = [];

    /// <summary>The units that are not zero on all eight boxes.</summary>
    public int[] Active { get; }

    public int ActiveCount { get; set; }

    /// <summary>The weights between active units of the layer before and of this one; rows are this layer's.</summary>
    public double[] Packed { get; }

    public int PackedColumns { get; set; }

    public static int Padded(int columns) =>
        (columns + BackwardKernel.Block - 1) / BackwardKernel.Block * BackwardKernel.Block;
}
