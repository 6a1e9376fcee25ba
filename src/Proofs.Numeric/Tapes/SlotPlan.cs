namespace Proofs.Numeric.Tapes;

// Where each result lives while blocks of boxes are evaluated: inputs stay where they are, constants keep a slot of
// their own, and the other results share slots, each from its instruction to its last use.
internal sealed class SlotPlan
{
    public const int NoSlot = -1;

    public SlotPlan(TapeCode code)
    {
        int n = code.Instructions.Length;
        SlotOf = new int[n];
        int[] lastUse = new int[n];
        for (int i = 0; i < n; i++)
        {
            lastUse[i] = i;
            foreach (int operand in code.Instructions[i].Operands())
            {
                lastUse[operand] = i;
            }
        }

        foreach (int output in code.Outputs)
        {
            lastUse[output] = n;
        }

        var free = new Stack<int>();
        List<int> constants = [];
        for (int i = 0; i < n; i++)
        {
            var instruction = code.Instructions[i];
            switch (instruction.Operation)
            {
                case TapeOperation.Input:
                    SlotOf[i] = NoSlot;
                    continue;
                case TapeOperation.Constant:
                    constants.Add(i);
                    SlotOf[i] = Count++;
                    continue;
            }

            // A result may take the place of an operand that is not used again: every kernel reads a box before it
            // writes it.
            foreach (int operand in instruction.Operands().Distinct())
            {
                bool kept = code.Instructions[operand].Operation is TapeOperation.Input or TapeOperation.Constant;
                if (lastUse[operand] == i && !kept)
                {
                    free.Push(SlotOf[operand]);
                }
            }

            SlotOf[i] = free.TryPop(out int slot) ? slot : Count++;
        }

        Constants = [.. constants];
    }

    // The slot of each instruction's result, NoSlot for an input.
    public int[] SlotOf { get; }

    // The instructions that are constants.
    public int[] Constants { get; }

    public int Count { get; private set; }
}
