#!/usr/bin/env python3
"""Renews the stories of docs/explain.md: what `entrepot explain` prints stands between their marks.

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
PAGE = PROJECT / "docs/explain.md"
STORY = re.compile(r"(<!-- story: (?P<arguments>[^\n]+) -->\n)(?P<told>.*?)(<!-- end -->)", re.DOTALL)
COLUMNS = "112"


def told(program, arguments):
    run = subprocess.run([program, "explain", *shlex.split(arguments)], cwd=PROJECT, stdout=subprocess.PIPE, text=True,
                         check=False, env={**os.environ, "COLUMNS": COLUMNS})
    if run.returncode != 0:
        raise SystemExit(f"renew.py: entrepot explain {arguments} ended with {run.returncode}")
    lines = [line.rstrip() for line in run.stdout.strip().splitlines()]
    return "\n".join(["```", f"$ entrepot explain {arguments}", *lines, "```", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="entrepot", type=lambda p: str(pathlib.Path(p).resolve()))
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is of another program")
    options = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    if not STORY.search(page):
        raise SystemExit("renew.py: docs/explain.md has lost the marks around its stories")
    anew = STORY.sub(lambda m: m[1] + told(options.program, m["arguments"]) + m[4], page)
    if not options.check:
        PAGE.write_text(anew, encoding="utf-8")
        print(PAGE)
    elif anew != page:
        sys.exit("renew.py: this program tells another story than docs/explain.md; ./bootstrap docs tells it anew")


if __name__ == "__main__":
    main()
