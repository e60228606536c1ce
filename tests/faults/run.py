#!/usr/bin/env python3
"""Puts known faults into the project, one at a time, and says which of them the tests catch.

faults.toml lists the faults. All of them go into one copy of the sources, each behind a switch that an environment
variable turns, so that the copy is built once; the project's own files hold no trace of it. A fault's own test runs
first, then the test programs, the quickest first, until one of them fails.

    python3 tests/faults/run.py                  all faults
    python3 tests/faults/run.py --only ID ...    some of them
    python3 tests/faults/run.py --list           names them and says where each one is, without building

Exit code 0: at least 95 % are caught; 1: they are not; 2: the list or the build is wrong.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time
import tomllib

LEAST_CAUGHT = 0.95
VARIABLE = "ENTREPOT_FAULT"
PROGRAMS = ["sim", "models", "scenarios", "results", "live", "explain", "invariants"]  # tests/NAME; more by --programs
LEFT_OUT = {".git", "build", "__pycache__"}
KEYS = {"id", "what", "room", "text", "instead", "expects"}

# Goes before the first line of each file that holds a fault.
SWITCH = f"""#ifndef ENTREPOT_FAULT_SWITCH
#define ENTREPOT_FAULT_SWITCH
#include <cstdlib>
inline bool entrepot_fault(int number) {{
    static const int chosen = [] {{
        const char* said = std::getenv("{VARIABLE}");
        return said ? std::atoi(said) : 0;
    }}();
    return chosen == number;
}}
#endif
#line 1
"""


class Wrong(Exception):
    """The list doesn't fit the sources."""


# --------------------------------------------------------------------------------------------------------- the faults


def read_faults(path):
    """The list, checked as far as it goes without the sources. A fault's number is its place, from 1."""
    faults = tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    seen = set()
    for number, fault in enumerate(faults, 1):
        name = fault.get("id", f"the entry {number}")
        missing, unknown = KEYS - {"expects"} - fault.keys(), fault.keys() - KEYS
        if missing or unknown:
            raise Wrong(f"{name}: missing {sorted(missing)}, unknown {sorted(unknown)}")
        if name in seen:
            raise Wrong(f"{name}: the name is there twice")
        if not re.fullmatch(r"[^«»]*«[^«»]+»[^«»]*", fault["text"], re.S):
            raise Wrong(f"{name}: `text` wants one part between « and », which is replaced")
        fault["number"] = number
        seen.add(name)
    return faults


def pattern(text):
    """Finds the text however it is broken into lines."""
    parts = [re.escape(part) for part in re.split(r"\s+", text)]
    return r"\s+".join(parts)


def locate(root, faults):
    """Where each fault is: {file: [(begin, end, fault)]}. Each text must be there exactly once in its room."""
    rooms, places, lost = {}, {}, []
    for fault in faults:
        room = fault["room"]
        if room not in rooms:
            files = sorted(p for p in (root / room).rglob("*") if p.suffix in (".cpp", ".hpp"))
            rooms[room] = {p: p.read_text(encoding="utf-8") for p in files}
        before, marked, after = (pattern(part) for part in re.split("[«»]", fault["text"]))
        wanted = re.compile(f"{before}({marked}){after}")
        found = [(path, m) for path, text in rooms[room].items() for m in wanted.finditer(text)]
        if len(found) != 1:
            lost.append(f"{fault['id']}: its text is {len(found)} times in {room}/, not once")
            continue
        path, match = found[0]
        fault["file"] = path.relative_to(root)
        fault["line"] = rooms[room][path].count("\n", 0, match.start(1)) + 1
        places.setdefault(path, []).append((match.start(1), match.end(1), fault))
    if lost:
        raise Wrong("\n".join(lost))
    return places


def switched(original, fault):
    """Both versions behind the switch: of a statement, or of an expression."""
    test, instead = f"entrepot_fault({fault['number']})", fault["instead"]
    if original.rstrip().endswith(";"):
        return f"if ({test}) {{ {instead} }} else {{ {original} }}"
    return f"({test} ? ({instead}) : ({original}))"


def with_faults(text, places):
    """The file with all of its faults. A fault may lie within another one's text, but not across its edge."""
    result, at = [], 0
    outer = sorted(places, key=lambda p: (p[0], -p[1]))
    while outer:
        begin, end, fault = outer.pop(0)
        inner = []
        while outer and outer[0][0] < end:
            if outer[0][1] > end:
                raise Wrong(f"{outer[0][2]['id']} crosses the edge of {fault['id']}")
            b, e, f = outer.pop(0)
            inner.append((b - begin, e - begin, f))
        result += [text[at:begin], switched(with_faults(text[begin:end], inner), fault)]
        at = end
    return "".join(result) + text[at:]


# ----------------------------------------------------------------------------------------------------------- the copy


def make_copy(root, places, copy):
    """Writes the sources with all faults; touches only what has changed, so that little is built anew."""
    wanted = set()
    for folder, folders, files in os.walk(root):
        folders[:] = [f for f in folders if f not in LEFT_OUT]
        for name in files:
            path = pathlib.Path(folder, name)
            target = copy / path.relative_to(root)
            if path.is_symlink() or not path.is_file() or name == ".git":
                continue
            wanted.add(target)
            content = path.read_bytes()
            if path in places:
                content = (SWITCH + with_faults(content.decode("utf-8"), places[path])).encode("utf-8")
            if not target.is_file() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                shutil.copymode(path, target)
    for folder, folders, files in os.walk(copy):
        folders[:] = [f for f in folders if f not in LEFT_OUT]
        for name in files:
            if pathlib.Path(folder, name) not in wanted:
                pathlib.Path(folder, name).unlink()


def build(copy, programs, jobs):
    targets = [f"{p}_tests" for p in programs]
    if {"studies", "live", "explain"} & set(programs):
        targets.append("entrepot")
    folder = copy / "build" / "release"
    for command in (["cmake", "--preset", "test"], ["cmake", "--build", folder, "-j", str(jobs), "--target", *targets]):
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
        if done.returncode != 0:
            raise Wrong(f"the copy in {copy} can't be built:\n{(done.stdout + done.stderr)[-6000:]}")
    return {p: folder / "tests" / p / f"{p}_tests" for p in programs}


# ---------------------------------------------------------------------------------------------------------- the tests


def bounded():
    """A fault may ask for all memory that there is."""
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_tests(program, tests, number, seconds):
    """Runs tests by their names, or all of a program; returns the first that failed, None when all passed."""
    command = [program, "--gtest_fail_fast", "--gtest_brief=1", "--gtest_color=no"]
    if tests:
        command.append("--gtest_filter=" + ":".join(tests))
    environment = os.environ | {VARIABLE: str(number), "ENTREPOT_DAYS_BETWEEN_CHECKS": "1"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace",
                              timeout=seconds, preexec_fn=bounded, cwd=program.parent)
    except subprocess.TimeoutExpired:
        return f"{program.name}: no end within {seconds:.0f} s"
    if done.returncode == 0:
        return None
    failed = re.findall(r"^\[  FAILED  \] (\S+?)[,\s]", done.stdout, re.M)
    if failed:
        return failed[0]
    why = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return f"{tests[0] if tests else program.name}: ended by {why[:70]}"


def names_of(program):
    """The tests of a program, as Suite.Test."""
    told = subprocess.run([program, "--gtest_list_tests"], capture_output=True, text=True, check=True).stdout
    names, suite = set(), ""
    for line in told.splitlines():
        if line.startswith("  "):
            names.add(suite + line.split()[0])
        else:
            suite = line.split()[0] if line.split() else ""
    return names


def caught_by(fault, programs, seconds, home):
    """(the test that failed, whether it is the expected one); (None, False) for a survivor."""
    for program, names in home.items():
        own = [test for test in expected(fault) if test in names]
        if own and (failed := run_tests(programs[program], own, fault["number"], seconds[program])):
            return failed, True
    own_first = sorted(programs, key=lambda p: (p != fault["room"], seconds[p]))
    for program in own_first:
        if failed := run_tests(programs[program], [], fault["number"], seconds[program]):
            return failed, False
    return None, False


def expected(fault):
    tests = fault.get("expects", [])
    return [tests] if isinstance(tests, str) else tests


# -------------------------------------------------------------------------------------------------------- all together


def check_programs(faults, programs):
    """Without a fault all tests pass, and each expected test is there. Returns names and time limits by program."""
    home = {p: names_of(path) for p, path in programs.items()}
    for fault in faults:
        for test in expected(fault):
            if not any(test in names for names in home.values()):
                raise Wrong(f"{fault['id']} expects {test}, which no program has")
    seconds = {}
    for program, path in programs.items():
        begun = time.monotonic()
        if failed := run_tests(path, [], 0, 3600):
            raise Wrong(f"a test fails without any fault: {failed}")
        seconds[program] = 60 + 10 * (time.monotonic() - begun)
    return home, seconds


def report(fault, outcome, width):
    failed, as_expected = outcome
    verdict = "SURVIVED" if failed is None else ("caught by " if as_expected else "by accident: ") + failed
    print(f"{fault['id']:{width}}  {verdict}", flush=True)


def summary(faults, outcomes):
    caught = sum(failed is not None for failed, _ in outcomes)
    by_own = sum(own for _, own in outcomes)
    share = caught / len(faults)
    print(f"\n{caught} of {len(faults)} faults are caught, {100 * share:.1f} %; {by_own} of them by the test that names "
          "the mechanism.")
    for fault, (failed, _) in zip(faults, outcomes):
        if failed is None:
            print(f"survived: {fault['id']} ({fault['file']}:{fault['line']}): {fault['what']}")
    return 0 if share >= LEAST_CAUGHT else 1


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=here.parents[1], help="the sources")
    parser.add_argument("--faults", type=pathlib.Path, default=here / "faults.toml", help="the list")
    parser.add_argument("--copy", type=pathlib.Path, help="where the copy goes; ROOT/build/faults")
    parser.add_argument("--only", nargs="+", metavar="ID", help="these faults alone")
    parser.add_argument("--list", action="store_true", help="names the faults and their places, and ends")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="so many at a time")
    parser.add_argument("--programs", nargs="+", default=PROGRAMS, help=f"folders of tests; {' '.join(PROGRAMS)}")
    asked = parser.parse_args()
    root = asked.root.resolve()
    copy = (asked.copy or root / "build" / "faults").resolve()

    faults = read_faults(asked.faults)
    places = locate(root, faults)
    chosen = [f for f in faults if not asked.only or f["id"] in asked.only]
    if asked.only and len(chosen) < len(set(asked.only)):
        raise Wrong(f"no such fault: {', '.join(sorted(set(asked.only) - {f['id'] for f in chosen}))}")
    if asked.list:
        for fault in chosen:
            print(f"{fault['id']:34} {fault['file']}:{fault['line']}: {fault['what']}")
        return 0
    make_copy(root, places, copy)
    programs = build(copy, asked.programs, asked.jobs)
    home, seconds = check_programs(chosen, programs)
    width = max(len(f["id"]) for f in chosen)
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as threads:
        running = [threads.submit(caught_by, f, programs, seconds, home) for f in chosen]
        for fault, outcome in zip(chosen, running):
            report(fault, outcome.result(), width)
    return summary(chosen, [r.result() for r in running])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Wrong as wrong:
        print(f"faults: {wrong}", file=sys.stderr)
        sys.exit(2)
