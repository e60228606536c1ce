#!/usr/bin/env python3
"""The textbook system in SimPy and in Entrepot: the same answers, and how fast.

Runs scenarios/six_stocks.toml and a SimPy program of the same system in turn, at several numbers of items, and prints
orders per CPU second of both, fill rate and mean stock with intervals, and what it makes of them. Ends with 1 when
Entrepot is not so many times as fast (--least-ratio), or when the two disagree.

CPU time of SimPy is what its program reports: the run of the model alone. Of Entrepot it is the whole process by the
system's account: start, reading the scenario, simulating, counting, writing the results. It is the harder measure.

The difference of a mean is called significant when a t interval without pooled variances (Welch) leaves out 0. With
three sizes, two means and the default confidence of 99.5 % a comparison of two equal programs fails once in 34 times.

  tests/bench/compare_simpy.py build/release/entrepot                 (4 minutes; SimPy is slow at 1000 items)
"""
import argparse
import csv
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITES = 6

# Runs the SimPy program as it is, but for the seed that it fixes.
WITH_SEED = """
import random, runpy, sys
Random, seed = random.Random, int(sys.argv[1])
random.Random = lambda _: Random(seed)
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    add = parser.add_argument
    add("entrepot", type=Path, help="the program")
    add("--simpy", type=Path, default=ROOT.parent / "shared/peers/six_warehouses_simpy.py", help="SimPy program")
    add("--python", default="/usr/bin/python3", help="Python that has SimPy")
    add("--items", type=int, nargs="+", default=[10, 100, 1000])
    add("--orders", type=float, default=4e8, help="orders of Entrepot at each size, about")
    add("--simpy-runs", type=int, nargs="+", default=[40, 10, 3], help="replications of SimPy at each size")
    add("--least-ratio", type=float, default=25)
    add("--confidence", type=float, default=0.995)
    add("--seed", type=int, default=1)
    return parser.parse_args()


# ------------------------------------------------------------------------------------------------------------ running


def run_simpy(options, items, seed):
    command = [options.python, "-c", WITH_SEED, str(seed), str(options.simpy), str(items)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {"orders": told["orders"], "cpu": told["cpu_s"],
            "fill": told["filled_at_once"], "stock": told["mean_on_hand"]}


def run_entrepot(options, items, replications, seed, folder):
    """One study: its orders, its means with their standard errors, and the CPU seconds of the whole process."""
    file = str(Path(folder) / f"{items}_{seed}.h5")
    command = [str(options.entrepot), "run", str(ROOT / "scenarios/six_stocks.toml"), "-n", str(replications),
               "--seed", str(seed), "--threads", "1", "--quiet", "--no-series", "-o", file,
               "--set", f"items.count={items}", "--set", f"supplier_segment.supplier.servers={max(2, items)}"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    command = [str(options.entrepot), "compare", file, "--csv"]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    kpis = {row["kpi"]: row for row in csv.DictReader(rows) if row["slice"] == "all"}

    def mean(kpi, scale):
        low, high = float(kpis[kpi]["value_low"]), float(kpis[kpi]["value_high"])
        error = (high - low) / 2 / t_quantile(0.975, replications - 1)
        return Mean(float(kpis[kpi]["value"]) / scale, error / scale, replications)

    return {"orders": replications * float(kpis["order_lines"]["value"]), "cpu": cpu,
            "fill": mean("order_fill", 1), "stock": mean("mean_on_hand", SITES * items)}


# --------------------------------------------------------------------------------------------------------- statistics


@dataclass
class Mean:
    value: float
    error: float  # standard
    n: int

    def half_width(self, confidence):
        return self.error * t_quantile(0.5 + confidence / 2, self.n - 1)


def mean_of(values):
    return Mean(statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values)), len(values))


def pooled(means):
    """Of independent means of equal numbers of replications."""
    k = len(means)
    return Mean(statistics.fmean(m.value for m in means), math.sqrt(sum(m.error**2 for m in means)) / k,
                sum(m.n for m in means))


def difference(a, b):
    """a - b with Welch's degrees of freedom."""
    error2 = a.error**2 + b.error**2
    freedom = error2**2 / (a.error**4 / (a.n - 1) + b.error**4 / (b.n - 1))
    return a.value - b.value, math.sqrt(error2), freedom


def t_quantile(p, freedom):
    """Student's t, p > 1/2: bisection on the integral of the density, with x = sqrt(freedom) tan(angle)."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(math.pi)

    def above_half(angle):
        steps = 400  # Simpson
        h = angle / steps
        weights = [1, *([4, 2] * (steps // 2 - 1)), 4, 1]
        return scale * h / 3 * sum(w * math.cos(i * h) ** (freedom - 1) for i, w in enumerate(weights))

    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if above_half(middle) < p - 0.5 else (low, middle)
    return math.sqrt(freedom) * math.tan(low)


# ------------------------------------------------------------------------------------------------------------- telling


def compare(options, items, simpy_runs, folder):
    """One size: the programs in turn, in as many rounds as make their shares of the machine alike."""
    rounds = min(simpy_runs, 10)
    replications = max(4, round(options.orders / rounds / (SITES * items * 4 * 365)))
    simpy, entrepot = [], []
    for r in range(rounds):
        first, last = r * simpy_runs // rounds, (r + 1) * simpy_runs // rounds
        simpy += [run_simpy(options, items, options.seed + i) for i in range(first, last)]
        entrepot.append(run_entrepot(options, items, replications, options.seed + r, folder))
    speed = [sum(run["orders"] for run in runs) / sum(run["cpu"] for run in runs) for runs in (simpy, entrepot)]
    ratio = speed[1] / speed[0]
    print(f"\n{items} items, {SITES * items} stocks: SimPy {simpy_runs} runs, "
          f"Entrepot {rounds} x {replications} replications")
    print(f"  orders per CPU second   SimPy {speed[0]:12,.0f}   Entrepot {speed[1]:12,.0f}   ratio {ratio:.1f}"
          f"   ({1e9 / speed[1]:.0f} ns an order)")
    good = ratio >= options.least_ratio
    if not good:
        print(f"  TOO SLOW: want a ratio of {options.least_ratio:g}")
    for key, name in (("fill", "orders filled at once"), ("stock", "mean units on hand")):
        a, b = pooled([run[key] for run in entrepot]), mean_of([run[key] for run in simpy])
        gap, error, freedom = difference(a, b)
        half = error * t_quantile(0.5 + options.confidence / 2, freedom)
        agree = abs(gap) <= half
        good = good and agree
        print(f"  {name:<22}  SimPy {b.value:.5g} +- {b.half_width(0.95):.2g}   Entrepot {a.value:.5g} +- "
              f"{a.half_width(0.95):.2g}   difference {gap:+.2g} +- {half:.2g}   {'agree' if agree else 'DIFFER'}")
    return good


def main():
    options = parse_arguments()
    if len(options.items) != len(options.simpy_runs):
        sys.exit("--items and --simpy-runs want as many numbers")
    for program in (options.entrepot, options.simpy):
        if not program.exists():
            sys.exit(f"there is no {program}")
    print(f"Intervals: 95 %; of differences {options.confidence:.1%}. False alarms of the whole: at most "
          f"{2 * len(options.items) * (1 - options.confidence):.1%}.")
    with tempfile.TemporaryDirectory() as folder:
        good = [compare(options, *size, folder) for size in zip(options.items, options.simpy_runs)]
    print("\n" + ("all as it should be" if all(good) else "NOT as it should be"))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
