#!/usr/bin/env python3
"""Renews the stories of docs/explain.md and the pages of docs/evidence.md: what the command prints stands between their marks.

    python3 docs/explain/renew.py --program build/release/entrepot            tells them anew
    python3 docs/explain/renew.py --program build/release/entrepot --check    fails where this program tells another story
"""

import argparse
import os
import pathlib
import re
import shlex
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PAGES = {"docs/explain.md": "explain", "docs/evidence.md": "bottlenecks"}  # and what is told there, if not another command
STORY = re.compile(r"(<!-- story(?: of (?P<command>\w+))?: (?P<arguments>[^\n]+) -->\n)(?P<told>.*?)(?P<end><!-- end -->)",
                   re.DOTALL)
COLUMNS = "112"


def told(program, command, arguments):
    run = subprocess.run([program, command, *shlex.split(arguments)], cwd=PROJECT, stdout=subprocess.PIPE, text=True,
                         check=False, env={**os.environ, "COLUMNS": COLUMNS})
    if run.returncode != 0:
        raise SystemExit(f"renew.py: entrepot {command} {arguments} ended with {run.returncode}")
    lines = [line.rstrip() for line in run.stdout.strip().splitlines()]
    return "\n".join(["```", f"$ entrepot {command} {arguments}", *lines, "```", ""])


def renew(path, command, options):
    page = path.read_text(encoding="utf-8")
    if not STORY.search(page):
        raise SystemExit(f"renew.py: {path.name} has lost the marks around what is told there")
    anew = STORY.sub(lambda m: m[1] + told(options.program, m["command"] or command, m["arguments"]) + m["end"], page)
    if not options.check:
        path.write_text(anew, encoding="utf-8")
        print(path)
    elif anew != page:
        sys.exit(f"renew.py: this program tells something else than {path.name}; ./bootstrap docs tells it anew")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="entrepot", type=lambda p: str(pathlib.Path(p).resolve()))
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is of another program")
    options = parser.parse_args()
    for name, command in PAGES.items():
        renew(PROJECT / name, command, options)


if __name__ == "__main__":
    main()
