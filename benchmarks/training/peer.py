# The training of Program.cs in PyTorch, as its tutorials write it: a line "float32 1 2000" (precision, threads, steps) on
# standard input trains once and answers with wall seconds, processor seconds and the least validation loss.
import math
import sys
import time

import torch

BATCH, EVALUATE, POINTS, HELD_OUT, RATE = 256, 100, 16384, 4096, 1e-2


def draw(count, seed, dtype):
    generator = torch.Generator().manual_seed(seed)
    points = torch.rand(count, 2, generator=generator, dtype=torch.float64)
    values = torch.sin(3 * points[:, 0]) * points[:, 1]
    return points.to(dtype), values.to(dtype)


def train(dtype, steps):
    torch.manual_seed(1)
    points, values = draw(POINTS, 1, dtype)
    test_points, test_values = draw(HELD_OUT, 2, dtype)
    module = torch.nn.Sequential(
        torch.nn.Linear(2, 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1)
    ).to(dtype)
    optimizer = torch.optim.Adam(module.parameters(), RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    best, kept = math.inf, None
    order = torch.randperm(POINTS)
    per_epoch = POINTS // BATCH
    for step in range(1, steps + 1):
        k = (step - 1) % per_epoch
        if k == 0:
            order = torch.randperm(POINTS)
        batch = order[k * BATCH:(k + 1) * BATCH]
        optimizer.zero_grad()
        loss = (module(points[batch]).squeeze(1) - values[batch]).square().mean()
        loss.backward()
        optimizer.step()
        schedule.step()
        if not math.isfinite(loss.item()):
            raise ValueError(f"diverged at step {step}")
        if step % EVALUATE == 0:
            with torch.no_grad():
                at = (module(test_points).squeeze(1) - test_values).square().mean().item()
            if at < best:
                best, kept = at, {name: value.clone() for name, value in module.state_dict().items()}
    assert kept is not None
    return best


print(torch.__version__, flush=True)
for line in sys.stdin:
    name, threads, steps = line.split()
    torch.set_num_threads(int(threads))
    wall, processor = time.perf_counter(), time.process_time()
    best = train({"float32": torch.float32, "float64": torch.float64}[name], int(steps))
    print(time.perf_counter() - wall, time.process_time() - processor, best, flush=True)
