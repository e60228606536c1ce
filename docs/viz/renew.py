"""Draws the pictures of docs/viz.md anew, with the program alone: no display is needed.

  entrepot run scenarios/seasonal_spike.toml -n 12 -o spike.h5
  python3 renew.py --program build/release/entrepot-viz --study spike.h5
"""
import argparse
import pathlib
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]
SPIKE = "scenarios/seasonal_spike.toml"
# The file of each picture, and how it is drawn: a view (or all of the window) at a moment.
PICTURES = {
    "window": ["--picture", "window", "--at", "62.5 d", "--site", "SE"],
    "network": ["--picture", "network", "--at", "55.6 d", "--size", "1400x860"],
    "timeline": ["--picture", "timeline", "--at", "110 d", "--size", "1400x760", "--site", "SE"],
    "queues": ["--picture", "queues", "--at", "62.5 d", "--size", "1200x1000"],
    "interfaces": ["--picture", "interfaces", "--at", "62.5 d", "--size", "1200x900"],
    "case": ["--picture", "case", "--strategies", "S6", "--at", "65.45 d", "--size", "1200x700"],
    "find": ["--picture", "find", "--at", "62.5 d", "--size", "1200x1100", "--site", "SE", "--item", "A0001"],
    "compare": ["--picture", "compare", "--at", "110 d", "--size", "1200x900", "--site", "SE"],
    "fork": ["--picture", "fork", "--strategies", "S0", "--fork-at", "40 d", "--then", "S0", "--set-then",
             "site.SE.pickers=16", "--at", "75 d", "--size", "1200x1000", "--site", "SE"],
    "light": ["--picture", "network", "--at", "55.6 d", "--size", "1400x860", "--theme", "light"],
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--study", type=pathlib.Path, help="of the same scenario: its picture is renewed, too")
    args = parser.parse_args()
    program = args.program.resolve()
    for name, options in PICTURES.items():
        picture = TOP / "docs/images" / f"viz_{name}.png"
        subprocess.run([program, SPIKE, *options, "-o", picture, "--force"], cwd=TOP, check=True,
                       stdout=subprocess.DEVNULL)
    if args.study:
        picture = TOP / "docs/images/viz_study.png"
        subprocess.run([program, args.study, "--picture", "compare", "--size", "1200x1300", "-o", picture, "--force"],
                       check=True, stdout=subprocess.DEVNULL)
