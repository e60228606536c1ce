#!/usr/bin/env python3
"""Renews what README.md shows of the shipped scenario: docs/images/spike.svg, and the figures between the marks of README.md.

    python3 docs/readme/renew.py --program build/release/entrepot            some 40 runs of the six warehouses
    python3 docs/readme/renew.py --program build/release/entrepot --check    fails when they are of another program: 3 runs

Beside the picture lies fingerprint.json: what one replication comes to, in the same table and the same picture. The check runs
that replication again, so that a change of the model, of a KPI or of the drawing can't leave README behind.
"""

import argparse
import csv
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SCENARIO = "scenarios/seasonal_spike.toml"
STRATEGIES = ["S0", "S1", "S6"]
REPLICATIONS = 12
README, PICTURE, FINGERPRINT = PROJECT / "README.md", PROJECT / "docs/images/spike.svg", HERE / "fingerprint.json"
BEGIN, END = "<!-- made by ./bootstrap docs: don't edit -->", "<!-- end -->"
EVERYWHERE, HARDEST = "all", "site=SE,phase=spike"
FIGURES = [  # id, slice, how it is called, how it is written
    ("otif", EVERYWHERE, "On time in full, everywhere in 180 days", "share"),
    ("otif", HARDEST, "On time in full, Southeast in the spike", "share"),
    ("line_fill", EVERYWHERE, "Lines filled at the first attempt, everywhere in 180 days", "share"),
    ("line_fill", HARDEST, "Lines filled at the first attempt, Southeast in the spike", "share"),
    ("backlog", HARDEST, "Open order lines, Southeast in the spike", "number"),
]


def entrepot(program, *arguments):
    run = subprocess.run([program, *map(str, arguments)], cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"renew.py: entrepot {arguments[0]} ended with {run.returncode}")
    return run.stdout


def study(program, replications, folder):
    """Runs the scenario; returns the picture, the figures [(value by strategy)], the titles, and what is worse where."""
    file, picture = pathlib.Path(folder) / "readme.h5", pathlib.Path(folder) / "spike.svg"
    entrepot(program, "run", SCENARIO, "--strategies", ",".join(STRATEGIES), "-n", replications, "--no-confirm", "--quiet",
             "--force", "-o", file)
    entrepot(program, "report", file, "--picture", "days", "--force", "-o", picture)
    rows = {(r["kpi"], r["slice"], r["strategy"]): r["value"]
            for r in csv.DictReader(io.StringIO(entrepot(program, "compare", file, "--csv")))}
    figures = [[float(rows[kpi, part, s]) for s in STRATEGIES] for kpi, part, _, _ in FIGURES]
    said = entrepot(program, "compare", file, "--no-colour")
    lines = said[said.index("\nWhere "):].strip().splitlines()
    worse = [f"**{lines[0]}**", "", *(f"- {line.strip()}" for line in lines[1:] if line.startswith("  "))]
    return picture.read_text(encoding="utf-8"), figures, worse


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def written(value, form):
    return f"{100 * value:.1f} %" if form == "share" else f"{value:,.0f}"


def titles(program):
    lines = entrepot(program, "list", "strategies", "--scenario", SCENARIO).splitlines()
    return {line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1] for line in lines if line[:1].strip()}


def block(figures, worse, names):
    head = f"| `seasonal_spike`, {REPLICATIONS} replications | " + " | ".join(f"{s} {names[s]}" for s in STRATEGIES) + " |"
    lines = [BEGIN, "![A seasonal spike at the hardest-hit warehouse, and what three strategies make of it]"
             f"({PICTURE.relative_to(PROJECT)})", "", head, "|---|" + "---:|" * len(STRATEGIES)]
    for (_, _, name, form), values in zip(FIGURES, figures):
        lines.append(f"| {name} | " + " | ".join(written(v, form) for v in values) + " |")
    lines += ["", *worse, END]
    return "\n".join(lines)


def shown():
    """What README has between the marks."""
    page = README.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    inside, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit("renew.py: README.md has lost the marks around its figures")
    return before, begin + inside + end, after


def of_one(program, folder):
    picture, figures, _ = study(program, 1, folder)
    return {"picture_of_one": digest(picture), "figures_of_one": [[f"{v:.9g}" for v in line] for line in figures]}


def renew(program, folder):
    picture, figures, worse = study(program, REPLICATIONS, folder)
    PICTURE.write_text(picture, encoding="utf-8")
    before, _, after = shown()
    text = block(figures, worse, titles(program))
    README.write_text(before + text + after, encoding="utf-8")
    kept = {"picture": digest(picture), "readme": digest(text), **of_one(program, folder)}
    FINGERPRINT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(PICTURE, README, FINGERPRINT, sep="\n")


def check(program, folder):
    if not FINGERPRINT.exists() or not PICTURE.exists():
        print("renew.py: README has no picture yet; ./bootstrap docs makes it", file=sys.stderr)
        return 1
    kept = json.loads(FINGERPRINT.read_text(encoding="utf-8"))
    found = {"picture": digest(PICTURE.read_text(encoding="utf-8")), "readme": digest(shown()[1]), **of_one(program, folder)}
    about = {"picture": "docs/images/spike.svg was changed by hand",
             "readme": "README.md was changed between the marks",
             "picture_of_one": "this program draws another picture of the scenario",
             "figures_of_one": "this program finds other figures in the scenario"}
    wrong = [text for key, text in about.items() if kept.get(key) != found[key]]
    for text in wrong:
        print(f"renew.py: {text}", file=sys.stderr)
    if wrong:
        print("renew.py: ./bootstrap docs makes README's picture and figures anew", file=sys.stderr)
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="entrepot", type=lambda p: str(pathlib.Path(p).resolve()))
    parser.add_argument("--check", action="store_true", help="write nothing; fail where README is of another program")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(check(options.program, folder) if options.check else renew(options.program, folder))


if __name__ == "__main__":
    main()
