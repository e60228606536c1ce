"""Every key has an effect: each key of a scenario is given another value, and another result must come of it.

  python3 keys.py --program build/release/entrepot [SCENARIO.toml ...]     without files, those beside this one

A result is a figure that people see: a KPI, the business case with its recommendation, what `verify` says. Another network is
not enough. A key may instead be refused with another value, when the message names it. `IDLE` says which keys can do nothing
in the results, and why.
"""
import argparse
import concurrent.futures
import fnmatch
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import h5py

HERE = pathlib.Path(__file__).resolve().parent
# Keys of which no figure can change, with the reason.
IDLE = {
    "name": "a name", "title": "a name", "*.title": "a name", "*.description": "a name", "*.name": "a name",
    "study.strategies": "which strategies are run", "study.comparator": "a name of one of them",
    "study.most_replications": "a cap", "study.confirm": "replications of their own: the study's stay",
    "study.precision": "replications of their own", "study.precision_of": "which KPIs a precision is for",
    "study.replications": "given on the command line here", "study.seed": "given on the command line here",
    "verify.*.source": "where a value comes from",
    "*.latitude": "distances are rounded up to days: tested in tests/scenarios",
    "*.longitude": "the same", "integration.*": "read by the strategies that name it",
    "transfers.speed": "the same as latitude", "transfers.loading": "the same", "transfers.road_factor": "the same",
    "transfers.most_lead": "the same", "transfers.least_lead": "the same",
}


def flatten(table, path=()):
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from flatten(value, (*path, key))
        else:
            yield (*path, key), value


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value)


def number_changed(text):
    """Other numbers in the place of the first one in the text; nothing where there is none."""
    found = re.search(r"-?\d+(\.\d+)?", text)
    if not found or re.match(r"\d{4}-\d\d-\d\d", text):
        return []
    value = float(found[0])
    if re.match(r"\d\d:\d\d$", text):
        return [f"{(int(text[:2]) + shift) % 24:02}{text[2:]}" for shift in (1, 23, 3)]
    shown = [f"{changed:g}" for changed in ([value * 1.5, value * 0.5, value + 1] if value else [1, 0.5, 7])]
    return [text[: found.start()] + number + text[found.end() :] for number in shown]


def others(value):
    """Values to try in a key's place."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value * 2 + 1, value - 1, value + 3] if value else [1, 3, 50]
    if isinstance(value, float):
        return [value * 0.6, value * 1.4, value + 0.1]
    if isinstance(value, list):
        return [changed for changed in ([value[1:] + value[:1]] if len(set(map(str, value))) > 1 else [])] + [
            [other, *value[1:]] for element in value[:1] for other in others(element)] + [value[:-1]]
    if isinstance(value, str):
        return number_changed(value)
    return []


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def call(self, *arguments):
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
        return subprocess.run([self.path, *arguments], capture_output=True, text=True, env=environment, check=False)

    def result(self, scenario, name, override=None):
        """All figures of a study, or the refusal."""
        out = self.folder / f"{name}.h5"
        change = ["--set", override] if override else []
        run = self.call("run", str(scenario), "-n", "1", "--seed", "5", "-j", "1", "--no-confirm", "--quiet", "--force", "-o",
                        str(out), *change)
        if run.returncode:
            return None, run.stdout + run.stderr
        figures = self.call("compare", str(out), "--csv").stdout + self.call("compare", str(out)).stdout
        figures += self.call("compare", str(out), "--json").stdout
        if "\n[verify." in scenario.read_text():
            figures += self.call("verify", str(scenario), *change).stdout
        out.unlink()
        return figures, ""

    def text(self, scenario):
        """The scenario's canonical text, every key with its value."""
        out = self.folder / "text.h5"
        self.call("run", str(scenario), "-n", "1", "-j", "1", "--no-confirm", "--quiet", "--force", "-o", str(out))
        with h5py.File(out) as study:
            return study["manifest/scenario_text"][0].decode()


def idle(path):
    return next((why for pattern, why in IDLE.items() if fnmatch.fnmatch(path, pattern)), None)


def acts(program, scenario, path, value, before, number):
    """Whether some other value of the key makes another result, or is refused with the key's name."""
    dotted = ".".join(f'"{part}"' if re.search(r"[^\w-]", part) else part for part in path)
    tried = others(value)
    if isinstance(value, str) and not tried:  # a choice, or a name: the refusal lists what it may be
        _, refusal = program.result(scenario, f"c{number}", f'{dotted}="?"')
        listed = re.search(r"one of ([\w, ]+)", refusal)
        tried = [word.strip() for word in listed[1].split(",") if word.strip() != value] if listed else []
        if not tried and ".".join(path) in refusal:
            return True
    refused = False
    for other in tried:
        figures, refusal = program.result(scenario, f"k{number}", f"{dotted}={toml(other)}")
        if figures is not None and figures != before:
            return True
        refused = refused or (figures is None and path[-1] in refusal)
    return refused and not any(program.result(scenario, f"k{number}", f"{dotted}={toml(other)}")[0] for other in tried)


def dead_keys(program, scenario, jobs):
    before, refusal = program.result(scenario, "before")
    if before is None:
        sys.exit(f"{scenario}: {refusal}")
    keys = [(path, value) for path, value in flatten(tomllib.loads(program.text(scenario))) if not idle(".".join(path))]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda item: acts(program, scenario, *item[1], before, item[0]), enumerate(keys))
        return {".".join(path): acted for (path, _), acted in zip(keys, found)}


def kind_of(path):
    """The key without the names of what it belongs to: site.NE.pickers is site.*.pickers."""
    named = {"site", "tier", "class", "carrier", "supplier_segment", "strategy", "stream", "stock", "pool", "phase", "moment",
             "burst", "promotion", "disturbance", "verify", "integration", "bind", "season", "scheduled_receipt", "step",
             "shift", "lane", "basket"}
    parts = path.split(".")
    return ".".join("*" if i and parts[i - 1] in named else part for i, part in enumerate(parts))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    acted = {}
    with tempfile.TemporaryDirectory() as folder:
        for scenario in options.scenarios or sorted(HERE.glob("*.toml")):
            subfolder = pathlib.Path(folder) / scenario.stem
            subfolder.mkdir()
            for path, does in dead_keys(Program(options.program, subfolder), scenario, options.jobs).items():
                acted[kind_of(path)] = acted.get(kind_of(path), False) or does
    dead = sorted(kind for kind, does in acted.items() if not does)
    print(f"{len(acted)} kinds of keys, {len(acted) - len(dead)} of them with an effect")
    for kind in dead:
        print(f"{kind}: no other value of it changes a result in any of the scenarios")
    return bool(dead)


if __name__ == "__main__":
    sys.exit(main())
