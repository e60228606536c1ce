#!/usr/bin/env python3
"""Published cases through the product: writes each as an ordinary scenario and lets `entrepot verify` judge it.

    public_cases.py CASES.json --program build/release/entrepot          one case of each family but the slow ones
    public_cases.py CASES.json --program build/release/entrepot --all    all of them
    public_cases.py CASES.json --program build/release/entrepot te-01 q-05

CASES.json holds a list of {id, family, title, parameters: {NAME: {value, unit}}, quantity, expected,
abs_or_rel_tolerance: {type, value}, source}. Cases with equal parameters share a scenario. Nothing is simulated and no
answer computed here; families.py has a function for each family.

Exit codes: 0 all agree, 1 a case misses, isn't known precisely enough or can't be expressed, 2 wrong arguments,
77 there is no file of cases (CTest takes that for skipped).
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import zlib

from families import Case, Unsupported, scenario_of
from scenario_file import text_of

BASE = pathlib.Path(__file__).resolve().parents[2] / "scenarios/validation/base/textbook.toml"
SLOW = {"supply disruptions"}  # rare and long: half a minute for one
SKIPPED = 77


def chosen(cases, options):
    if options.ids:
        unknown = sorted(set(options.ids) - {case.id for case in cases})
        if unknown:
            sys.exit(f"public_cases.py: no case {', '.join(unknown)} in {options.cases}")
        return [case for case in cases if case.id in options.ids]
    if options.all:
        return cases
    first = {}
    for case in cases:
        if case.family not in SLOW:
            first.setdefault(case.family, case)
    return list(first.values())


def scenarios_of(cases):
    """Scenarios with the cases that each is about: those with equal parameters share one. And what isn't expressed."""
    scenarios, impossible = {}, []
    for case in cases:
        try:
            scenario = scenario_of(case)
        except Unsupported as reason:
            impossible.append((case, str(reason)))
            continue
        verify = scenario.pop("verify")
        key = json.dumps(scenario, sort_keys=True)
        shared = scenarios.setdefault(key, (scenario | {"verify": {}}, []))
        shared[0]["verify"].update(verify)
        shared[1].append(case)
    return list(scenarios.values()), impossible


def judged(file, options):
    """What `entrepot verify` says of a scenario, by expectation; or what it complains of."""
    command = [options.program, "verify", str(file), "--json", "--quiet", "--precision", options.precision]
    if options.most:
        command += ["--most", str(options.most)]
    if options.seed:
        command += ["--seed", str(options.seed)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 5):
        return {}, (run.stderr.splitlines() or [f"ended with {run.returncode}"])[0]
    return {entry["name"]: entry for entry in json.loads(run.stdout)["cases"]}, ""


def row(case, found):
    number = "-" if found["estimate"] is None else f"{found['estimate']:.6g}"
    known = "-" if found["low"] is None else f"[{found['low']:.6g}, {found['high']:.6g}]"
    return (
        f"{case.id:<10} {found['expected']:>12.6g} ± {found['tolerance']:<9.3g} {number:>12} {known:<26} "
        f"{found['replications']:>5}  {found['verdict']}"
    )


def judge_all(cases, folder, options):
    """Prints a line for each case as it is judged; returns how many agree."""
    scenarios, impossible = scenarios_of(cases)
    agreed = 0
    for scenario, about in scenarios:
        first = about[0]
        file = folder / f"{first.id}.toml"
        # A seed of its own: with one for all, all would meet the same luck.
        seed = {"seed": zlib.crc32(first.id.encode()) % 1_000_000}
        head = {"base": str(BASE), "name": first.id, "title": first.family, "study": seed}
        file.write_text(text_of(head | scenario), encoding="utf-8")
        found, complaint = judged(file, options)
        for case in about:
            if complaint:
                print(f"{case.id:<10} {case.expected:>12.6g}   not accepted: {complaint}", flush=True)
            else:
                print(row(case, found[case.name]), flush=True)
                agreed += found[case.name]["verdict"] == "agrees"
    for case, reason in impossible:
        print(f"{case.id:<10} {case.expected:>12.6g}   not expressed: {reason}")
    return agreed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=pathlib.Path, help="the file of cases")
    parser.add_argument("ids", nargs="*", help="only these cases")
    parser.add_argument("--program", default="entrepot", help="the entrepot to ask")
    parser.add_argument("--all", action="store_true", help="all cases, not one of each quick family")
    parser.add_argument("--precision", default="50 %", help="half-width of the intervals, of the tolerance")
    parser.add_argument("--most", type=int, help="replications at most")
    parser.add_argument("--seed", type=int, help="of the random draws")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="leave the scenarios there")
    options = parser.parse_intermixed_args()
    if not options.cases.exists():
        print(f"Skipped: there is no {options.cases}.")
        return SKIPPED
    cases = chosen([Case(record) for record in json.loads(options.cases.read_text(encoding="utf-8"))], options)
    print(f"{'case':<10} {'expected':>12}   {'tolerance':<9} {'simulated':>12} {'95 % interval':<26} {'runs':>5}  verdict")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        agreed = judge_all(cases, folder, options)
    print(f"{agreed} of {len(cases)} cases agree.")
    return 0 if agreed == len(cases) else 1


if __name__ == "__main__":
    sys.exit(main())
