#!/usr/bin/env python3
"""Published cases through the product: writes each as an ordinary scenario and lets `entrepot verify` judge it.

    public_cases.py --program build/release/entrepot                   one case of each family but the slow ones
    public_cases.py --program build/release/entrepot --all             all of them
    public_cases.py --program build/release/entrepot te-01 q-05        these two
    public_cases.py MINE.json --program build/release/entrepot --all   those of another file

A file of cases, such as published_cases.json beside this script, holds a list of {id, family, parameters: {NAME:
{value, unit}, conventions: [CLAUSE, ...]}, quantity, expected, abs_or_rel_tolerance: {type, value}, source}. What a
case's family doesn't know (a parameter, a unit, a convention, a quantity) is refused and said, for all cases at once,
before any is simulated; the others are judged. --terms prints what each family knows. Cases with equal parameters
share a scenario. Nothing is simulated and no answer computed here; families/ has a function for each family.

Exit codes: 0 all agree, 1 a case misses or isn't known precisely enough, 2 a case is refused or the arguments are
wrong.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import zlib

import families  # noqa: F401: they register
from reading import FAMILIES, read_cases
from scenario_file import text_of

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE.parents[1] / "scenarios/validation/base/textbook.toml"
SLOW = {"supply disruptions"}  # rare and long: half a minute for one


def chosen(read, options):
    if options.ids or options.all:
        return read
    first = {}
    for case, scenario in read:
        if case.family not in SLOW:
            first.setdefault(case.family, (case, scenario))
    return list(first.values())


def shared_scenarios(read):
    """Scenarios with the cases that each is about: those with equal parameters share one."""
    scenarios = {}
    for case, scenario in read:
        verify = scenario.pop("verify")
        key = json.dumps(scenario, sort_keys=True)
        shared = scenarios.setdefault(key, (scenario | {"verify": {}}, []))
        shared[0]["verify"].update(verify)
        shared[1].append(case)
    return list(scenarios.values())


def judged(file, options):
    """What `entrepot verify` says of a scenario, by expectation; or what it complains of."""
    command = [options.program, "verify", str(file), "--json", "--quiet", "--precision", options.precision]
    if options.most:
        command += ["--most", str(options.most)]
    if options.seed:
        command += ["--seed", str(options.seed)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as fault:
        sys.exit(f"public_cases.py: {options.program} can't be run: {fault.strerror}; name it with --program")
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


def judge_all(read, folder, options):
    """Prints a line for each case as it is judged; returns how many agree, and how many the program doesn't accept."""
    agreed = refused = 0
    for scenario, about in shared_scenarios(read):
        first = about[0]
        file = folder / f"{first.id}.toml"
        # A seed of its own: with one for all, all would meet the same luck.
        seed = {"seed": zlib.crc32(first.id.encode()) % 1_000_000}
        head = {"base": str(BASE), "name": first.id, "title": first.family, "study": seed}
        file.write_text(text_of(head | scenario), encoding="utf-8")
        found, complaint = judged(file, options)
        for case in about:
            if complaint:
                refused += 1
                print(f"{case.id:<10} {case.expected:>12.6g}   not accepted: {complaint}", flush=True)
            else:
                print(row(case, found[case.name]), flush=True)
                agreed += found[case.name]["verdict"] == "agrees"
    return agreed, refused


def print_terms():
    for family, forms in FAMILIES.items():
        for form in forms:
            print(f"\n{family}")
            for name, of in form.parameters.items():
                print(f"  {name}{'' if of.needed else ' (optional)'}: {of.kind.wanted}")
            print("  conventions: " + "; ".join(clause.words for clause in form.conventions))
            print("  quantities: " + "; ".join(quantity.words for quantity in form.quantities))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", help="a file of cases, NAME.json; ids: only these cases")
    parser.add_argument("--program", default="entrepot", help="the entrepot to ask")
    parser.add_argument("--all", action="store_true", help="all cases, not one of each quick family")
    parser.add_argument("--check", action="store_true", help="only read the cases, and say what is refused")
    parser.add_argument("--terms", action="store_true", help="print the parameters, conventions and quantities known")
    parser.add_argument("--precision", default="50 %", help="half-width of the intervals, of the tolerance")
    parser.add_argument("--most", type=int, help="replications at most")
    parser.add_argument("--seed", type=int, help="of the random draws")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="leave the scenarios there")
    options = parser.parse_intermixed_args()
    files = [pathlib.Path(name) for name in options.what if name.endswith(".json")]
    if len(files) > 1:
        parser.error("wanted one file of cases at most")
    options.cases = files[0] if files else HERE / "published_cases.json"
    options.ids = [name for name in options.what if not name.endswith(".json")]
    return options


def main():
    options = arguments()
    if options.terms:
        print_terms()
        return 0
    try:
        text = options.cases.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"public_cases.py: {options.cases} can't be read: {getattr(fault, 'strerror', 'no UTF-8')}\n")
        return 2
    read, complaints = read_cases(text, options.ids)
    for name, complaint in complaints:
        print(f"{options.cases.name}: {name}: {complaint}", file=sys.stderr)
    refused = len({name for name, _ in complaints})
    cases = chosen(read, options)
    if options.check:
        print(f"{len(read)} cases can be told as scenarios, {refused} are refused.")
        return 2 if refused else 0
    agreed = 0
    if cases:
        print(
            f"{'case':<10} {'expected':>12}   {'tolerance':<9} {'simulated':>12} {'95 % interval':<26} {'runs':>5}  verdict"
        )
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or pathlib.Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            agreed, not_accepted = judge_all(cases, folder, options)
            refused += not_accepted
    print(f"{agreed} of {len(cases)} cases agree" + (f"; {refused} are refused." if refused else "."))
    return 2 if refused else 0 if agreed == len(cases) else 1


if __name__ == "__main__":
    sys.exit(main())
