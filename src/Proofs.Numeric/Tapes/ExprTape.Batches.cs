using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

public sealed partial class ExprTape
{
    // Boxes at a time: enough to hide the cost of an instruction, few enough for the slots of a formula to stay in
    // cache.
    private const int Block = 256;

    // From one slot's bounds to the next; the odd line keeps them from meeting at one place of the cache.
    private const int Stride = Block + 8;

    [ThreadStatic]
    private static LaneMemory _work;

    /// <summary>The values of an expression on many boxes.</summary>
    /// <remarks>
    /// Shape: one bound for each box in <paramref name="inf"/> and in <paramref name="sup"/>, both NaN where the value
    /// is empty.
    /// Guarantee: contains what <see cref="Evaluate(ReadOnlySpan{Interval}, int)"/> gives, box by box, and is equal to
    /// it unless the condition of an if is not defined everywhere or the box is empty. The same on every machine.
    /// Cost: eight boxes at a time with AVX-512, in blocks of 256 that stay in cache; memory is allocated for the first
    /// batch of a thread alone.
    /// </remarks>
    /// <exception cref="ArgumentException">A span has another length than the batch has boxes, the dimensions differ,
    /// or the bounds of a box are no interval.</exception>
    public void EvaluateBatch(BoxBatch boxes, Span<double> inf, Span<double> sup, int output = 0) =>
        EvaluateBatch(boxes, inf, sup, [], output);

    /// <summary>The values of an expression on many boxes, and whether it is defined and continuous on each.</summary>
    /// <remarks>
    /// Shape: as <see cref="EvaluateBatch(BoxBatch, Span{double}, Span{double}, int)"/>, and a decoration for each box.
    /// Guarantee: of the decorations, sound; at most Continuous, and at most what holds of every branch of an if.
    /// </remarks>
    /// <exception cref="ArgumentException">As for the values alone.</exception>
    public void EvaluateBatchDecorated(
        BoxBatch boxes, Span<double> inf, Span<double> sup, Span<Decoration> claims, int output = 0)
    {
        if (claims.Length != boxes.Count)
        {
            throw new ArgumentException(
                $"There are {boxes.Count} boxes, and room for {claims.Length} decorations.", nameof(claims));
        }

        EvaluateBatch(boxes, inf, sup, claims, output);
    }

    private void EvaluateBatch(BoxBatch boxes, Span<double> inf, Span<double> sup, Span<Decoration> claims, int output)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        if (boxes.Dimension != Dimension || inf.Length != boxes.Count || sup.Length != boxes.Count)
        {
            throw new ArgumentException(
                $"There are {boxes.Count} boxes of {boxes.Dimension} intervals; "
                    + $"expected {Dimension}, and room for as many bounds; got "
                + $"{inf.Length} and {sup.Length}.");
        }

        int length = 2 * Stride * Math.Max(1, Plan.Count);
        if (_work.Length < length)
        {
            _work = new LaneMemory(length);
        }

        var run = new BlockRun(this, boxes, _work);
        run.Constants(Math.Min(Block, boxes.Count));
        for (int from = 0; from < boxes.Count; from += Block)
        {
            int count = Math.Min(Block, boxes.Count - from);
            boxes.Check(from, count);
            run.Start(from, count, claims.IsEmpty ? claims : claims.Slice(from, count));
            run.Result(Code.Outputs[output], inf.Slice(from, count), sup.Slice(from, count));
        }
    }

    // One block of boxes at a time through all instructions.
    private ref struct BlockRun
    {
        private readonly Instruction[] _code;
        private readonly SlotPlan _plan;
        private readonly BoxBatch _boxes;

        // The memory that the spans below are made of: the slots, and the bounds of the boxes.
        private readonly ref double _slots;
        private readonly ref double _inf;
        private readonly ref double _sup;
        private int _from;
        private int _count;

        public BlockRun(ExprTape tape, BoxBatch boxes, LaneMemory work)
        {
            (_code, _plan, _boxes) = (tape.Code.Instructions, tape.Plan, boxes);
            _slots = ref work.First;
            _inf = ref boxes.FirstInf;
            _sup = ref boxes.FirstSup;
        }

        public readonly void Constants(int count)
        {
            foreach (int i in _plan.Constants)
            {
                Slot(i, count, 0).Fill(_code[i].Number.Inf);
                Slot(i, count, 1).Fill(_code[i].Number.Sup);
            }
        }

        public void Start(int from, int count, Span<Decoration> claims)
        {
            (_from, _count) = (from, count);
            claims.Fill(Decoration.Continuous);
            for (int i = 0; i < _code.Length; i++)
            {
                var c = _code[i];
                if (c.Operation == TapeOperation.Choose)
                {
                    Choose(i, c, claims);
                }
                else if (c.Operation is not (TapeOperation.Constant or TapeOperation.Input))
                {
                    if (!claims.IsEmpty
                        && c.Operation
                            is not (TapeOperation.Add or TapeOperation.AddScaled or TapeOperation.Subtract
                                or TapeOperation.Multiply))
                    {
                        Claim(c, claims);
                    }

                    Compute(i, c);
                }
            }

            for (int v = 0; !claims.IsEmpty && v < _boxes.Dimension; v++)
            {
                for (int k = 0; k < _count; k++)
                {
                    claims[k] = double.IsNaN(_boxes.Inf(v)[_from + k]) ? Decoration.Trivial : claims[k];
                }
            }
        }

        public readonly void Result(int instruction, Span<double> inf, Span<double> sup)
        {
            Inf(instruction).CopyTo(inf);
            Sup(instruction).CopyTo(sup);
        }

        // Slots and inputs lie inside the memory by the plan and by the dimension, which is checked; _count is at most
        // Block.
        private readonly ReadOnlySpan<double> Inf(int i) => _plan.SlotOf[i] == SlotPlan.NoSlot
            ? MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.Add(ref _inf, (_code[i].Index * _boxes.Stride) + _from), _count)
            : Slot(i, _count, 0);

        private readonly ReadOnlySpan<double> Sup(int i) => _plan.SlotOf[i] == SlotPlan.NoSlot
            ? MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.Add(ref _sup, (_code[i].Index * _boxes.Stride) + _from), _count)
            : Slot(i, _count, 1);

        // The lower (side 0) or upper bounds of a result.
        private readonly Span<double> Slot(int i, int count, int side) =>
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _slots, ((2 * _plan.SlotOf[i]) + side) * Stride), count);

        private readonly void Compute(int i, Instruction c)
        {
            Span<double> inf = Slot(i, _count, 0), sup = Slot(i, _count, 1);
            if (c.B >= 0)
            {
                BatchOperations.Of(c, Inf(c.A), Sup(c.A), Inf(c.B), Sup(c.B), inf, sup);
            }
            else
            {
                BatchOperations.Of(c, Inf(c.A), Sup(c.A), inf, sup);
            }
        }

        private readonly void Claim(Instruction c, Span<Decoration> claims)
        {
            bool two = c.B >= 0;
            ReadOnlySpan<double> al = Inf(c.A), ah = Sup(c.A), bl = two ? Inf(c.B) : al, bh = two ? Sup(c.B) : ah;
            for (int k = 0; k < _count; k++)
            {
                Interval a = Interval.Raw(al[k], ah[k]), b = Interval.Raw(bl[k], bh[k]);

                // The image decides only where a function has poles or jumps.
                var image = c.Operation == TapeOperation.Apply && !IsSmooth(c.Function) ? c.Value(a, b) : a;
                var claim = a.IsEmpty || b.IsEmpty ? Decoration.Trivial : c.Claim(a, b, image);
                claims[k] = claim < claims[k] ? claim : claims[k];
            }
        }

        private static bool IsSmooth(Function f) =>
            f is not (Function.Tan or Function.Floor or Function.Ceil or Function.Pow2Floor or Function.Pow2Ceil);

        private readonly void Choose(int i, Instruction c, Span<Decoration> claims)
        {
            Span<double> inf = Slot(i, _count, 0), sup = Slot(i, _count, 1);
            ReadOnlySpan<double> al = Inf(c.A), ah = Sup(c.A), bl = Inf(c.B), bh = Sup(c.B);
            Span<Signs> signs = stackalloc Signs[c.Atoms.Length];
            for (int k = 0; k < _count; k++)
            {
                bool isDefined = c.IsTestTotal;
                for (int j = 0; j < c.Atoms.Length; j++)
                {
                    if (c.Atoms[j] is >= 0 and var atom)
                    {
                        var range = Interval.Raw(Inf(atom)[k], Sup(atom)[k]);
                        isDefined &= !range.IsEmpty;
                        signs[j] = SignTest.Of(range);
                    }
                }

                Interval a = Interval.Raw(al[k], ah[k]), b = Interval.Raw(bl[k], bh[k]);
                bool? holds = isDefined ? c.Test!.Decide(signs) : null;
                var value = holds switch { true => a, false => b, _ => Interval.Hull(a, b) };
                (inf[k], sup[k]) = (value.Inf, value.Sup);
                if (!claims.IsEmpty && holds is null)
                {
                    var claim = isDefined && !a.IsEmpty && !b.IsEmpty ? Decoration.Defined : Decoration.Trivial;
                    claims[k] = claim < claims[k] ? claim : claims[k];
                }
            }
        }
    }
}
