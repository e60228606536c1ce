#!/usr/bin/env python3
"""Renews docs/validation.md: the table of all scenarios with known answers, and pictures of exact curves and what
`entrepot verify` finds along them.

    python3 docs/validation/renew.py --program build/release/entrepot               all of it: some minutes
    python3 docs/validation/renew.py --program build/release/entrepot cost table    some of it

Each point of a picture is a scenario of scenarios/validation with one value changed, run to the precision that is asked
for. The same program gives the same page.
"""

import argparse
import json
import math
import pathlib
import statistics
import subprocess
import tempfile

import code_of
from curve_chart import Chart

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE.parents[1] / "scenarios/validation"
NORMAL = statistics.NormalDist()


def poisson(mean, most):
    """P(D = 0 .. most)."""
    return [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(most + 1)]


def expected_excess(mean, level):
    """E(D - level)+ of a Poisson number."""
    return mean - level + sum((level - k) * p for k, p in enumerate(poisson(mean, level)))


class Program:
    def __init__(self, path, precision):
        self.path, self.precision = path, precision

    def find(self, text, name="picture"):
        """Runs a scenario text; returns (estimate, low, high) by expectation."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / f"{name}.toml"
            file.write_text(text, encoding="utf-8")
            command = [self.path, "verify", str(file), "--json", "--quiet", "--precision", self.precision]
            run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if run.returncode not in (0, 5):
            raise SystemExit(f"renew.py: {name}: entrepot ended with {run.returncode}")
        cases = json.loads(run.stdout)["cases"]
        return {c["name"]: (c["estimate"], c["low"], c["high"]) for c in cases}


def overlay(scenario, *lines):
    return "\n".join([f'base = "{SCENARIOS / scenario}"', *lines]) + "\n"


def cost_of_periodic_base_stock(program):
    """Normal demand 50 +- 8 a period, lead time 4: the level after demand is S - N(250, 8 sqrt 5). Units in thousandths."""
    holding, shortage, mean, sd = 0.18, 0.7, 250, 8 * math.sqrt(5)

    def exact(level):
        z = (level - mean) / sd
        loss = sd * (NORMAL.pdf(z) - z * (1 - NORMAL.cdf(z)))
        return holding * (level - mean + loss) + shortage * loss

    best = mean + sd * NORMAL.inv_cdf(shortage / (shortage + holding))
    points = []
    for level in range(230, 311, 8):
        text = overlay(
            "base_stock_periodic.toml",
            "[stock.W]",
            f"reorder_point = {level * 1000 - 1}",
            f"order_up_to = {level * 1000}",
            f"initial = {level * 1000}",
            "[verify.cost]",
            f"expected = {exact(level)}",
        )
        points.append((level, *program.find(text)["cost"]))
    return Chart(
        "Cost of a periodic order-up-to policy",
        "order-up-to level [units]",
        "cost a period",
        exact,
        [230 + i / 4 for i in range(4 * 80 + 1)],
        points,
        (best, f"optimum: {best:.1f} units, {exact(best):.3f} a period"),
        y_from=0,
    )


def fill_of_base_stock(program):
    """Poisson demand 20 a day, lead time 3 days: 1 - (E(D4 - S)+ - E(D3 - S)+) / 20."""

    def exact(level):
        return 1 - (expected_excess(80, level) - expected_excess(60, level)) / 20

    points = []
    for level in range(60, 111, 5):
        text = overlay(
            "base_stock_fill.toml",
            "[stock.W]",
            f"reorder_point = {level - 1}",
            f"order_up_to = {level}",
            f"initial = {level}",
            "[verify.fill]",
            f"expected = {exact(level)}",
            "absolute = 0.01",
            "[verify.on_hand]",  # needed only at the scenario's own level
            'relative = "100 %"',
        )
        points.append((level, *program.find(text)["fill"]))
    return Chart(
        "Fill rate of a base stock",
        "order-up-to level [units]",
        "share of demand met from stock",
        exact,
        range(60, 111),
        points,
        (95, "the level of the shipped scenario"),
        y_from=0,
        mark_below=True,
    )


def backorders_of_a_spike(program):
    """Demand 10 a day and 25 from day 4 to 9, base stock 70, lead time 4 days: units on order are Poisson with the mean
    demand of the last four days."""

    def exact(day):
        return expected_excess(40 + 15 * max(0, min(day, 9) - max(day - 4, 4)), 70)

    days = [2 + i / 2 for i in range(25)]
    lines = []
    for i, day in enumerate(days):
        lines += [f"[moment.m{i}]", f'at = "{day:g} d"']
    for i, day in enumerate(days):
        lines += [f"[verify.m{i}]", 'kpi = "backorders_at"', f'moment = "m{i}"', f"expected = {exact(day)}"]
        lines += ["absolute = 0.5", f"factor = {1 / COPIES}", 'source = "exact"']
    found = program.find(overlay("spike.toml", *lines))
    points = [(day, *found[f"m{i}"]) for i, day in enumerate(days)]
    return Chart(
        "Units waited for during and after a demand spike",
        "day; demand is two and a half times as high from day 4 to day 9",
        "units, mean at the moment",
        exact,
        [2 + i / 20 for i in range(20 * 12 + 1)],
        points,
        (9, "the spike ends"),
        y_from=0,
    )


COPIES = 50  # equal items of spike.toml


PICTURES = {
    "cost": cost_of_periodic_base_stock,
    "fill": fill_of_base_stock,
    "spike": backorders_of_a_spike,
}


PAGE = HERE.parent / "validation.md"


def put(text, begin):
    """Puts a text between its marks of the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(END)[2]
    PAGE.write_text(before + begin + "\n" + text + END + after, encoding="utf-8")
    print(PAGE)


def renew_code(program):
    put(code_of.table(program.path, SCENARIOS), CODE)


def renew_table(program):
    """The whole suite's table."""
    command = [program.path, "verify", str(SCENARIOS), "--markdown", "--quiet", "--precision", program.precision]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode not in (0, 5):
        raise SystemExit(f"renew.py: entrepot verify ended with {run.returncode}")
    put(run.stdout, BEGIN)


BEGIN, END = "<!-- made by renew.py: don't edit -->", "<!-- end -->"
CODE = "<!-- the code that each runs, made by renew.py: don't edit -->"
TABLES = {"code": renew_code, "table": renew_table}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help=f"of {', '.join([*TABLES, *PICTURES])}; all otherwise")
    parser.add_argument("--program", default="entrepot", help="the entrepot to ask")
    parser.add_argument("--precision", default="50 %", help="as of `entrepot verify`")
    parser.add_argument("--folder", type=pathlib.Path, default=HERE.parent / "images", help="of the pictures")
    options = parser.parse_intermixed_args()
    program = Program(options.program, options.precision)
    for name in options.what or [*TABLES, *PICTURES]:
        if name in TABLES:
            TABLES[name](program)
            continue
        if name not in PICTURES:
            parser.error(f"there is no {name!r}: {', '.join([*TABLES, *PICTURES])}")
        file = options.folder / f"validation_{name}.svg"
        file.write_text(PICTURES[name](program).svg(), encoding="utf-8")
        print(file)


if __name__ == "__main__":
    main()
