"""The rules of the house, as a test: who may include whom, and what every file keeps to.

  python3 rules.py FOLDER      prints what breaks a rule, one a line, and fails when there is any
"""
import pathlib
import re
import sys

# What a room's files may include of ours: whole rooms, or single files of one.
MAY_INCLUDE = {
    "sim": ["sim/"],
    "models": ["models/", "sim/"],
    "scenarios": ["scenarios/", "models/", "sim/"],
    "results": ["results/", "models/facts.hpp", "models/units.hpp", "sim/"],
    "studies": ["studies/", "results/", "scenarios/", "models/", "sim/", "entrepot_version.hpp"],
}
ROOMS_WITH_README = [*MAY_INCLUDE, "tests"]
LONGEST_FILE, LONGEST_LINE = 600, 120
# A chart's layout knows nothing of the canvas that it is drawn on.
CANVAS = re.compile(r"svg", re.IGNORECASE)
CANVAS_FILES = {"svg.cpp", "svg.hpp"}
# Paths of one machine, and hosts of package registries, have no place in a project.
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|tmp)/\w|deb\.debian\.org|registry\.npmjs")
TEXT = {".cpp", ".hpp", ".md", ".toml", ".cmake", ".txt", ".py", ".json", ".in", ".html", ""}


def sources(top, room):
    return sorted(p for p in (top / room).rglob("*") if p.suffix in {".cpp", ".hpp"})


def wrong_includes(top):
    for room, allowed in MAY_INCLUDE.items():
        for path in sources(top, room):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                found = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
                if found and not any(found[1].startswith(a) for a in allowed):
                    yield f"{path.relative_to(top)}:{number}: {room} may not include {found[1]}"


def missing_readmes(top):
    for room in ROOMS_WITH_README:
        if (top / room).is_dir() and not (top / room / "README.md").is_file():
            yield f"{room}: has no README.md"


def overlong(top):
    for room in [*MAY_INCLUDE, "tests"]:
        for path in sources(top, room):
            lines = path.read_text().splitlines()
            if len(lines) > LONGEST_FILE:
                yield f"{path.relative_to(top)}: {len(lines)} lines, at most {LONGEST_FILE}: is it one room?"
            for number, line in enumerate(lines, 1):
                if len(line) > LONGEST_LINE:
                    yield f"{path.relative_to(top)}:{number}: {len(line)} columns, at most {LONGEST_LINE}"


def canvas_in_layout(top):
    for path in sources(top, "results/charts"):
        if path.name not in CANVAS_FILES and CANVAS.search(path.read_text()):
            yield f"{path.relative_to(top)}: a chart's layout speaks of SVG"


def machine_paths(top):
    for path in sorted(p for p in top.rglob("*") if p.is_file() and p.suffix in TEXT):
        parts = path.relative_to(top).parts
        if parts[0] in {"build", ".git"} or path.name == "rules.py":
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if MACHINE.search(line):
                yield f"{path.relative_to(top)}:{number}: names a path or host of one machine"


def example_in_readme(top):
    """The kernel's page shows a model that the tests compile: the same text."""
    page, example = top / "sim/README.md", top / "tests/sim/queue_example.hpp"
    if page.is_file() and example.is_file():
        shown = page.read_text().split("```cpp\n")[-1].split("```")[0]
        if shown not in example.read_text() or shown.count("\n") < 30:
            yield "sim/README.md: its example isn't that of tests/sim/queue_example.hpp"


def contributing_names_what_is_there(top):
    """Every `folder/file` of the table in CONTRIBUTING.md exists, and every `name` stands in some file of its row."""
    page = top / "CONTRIBUTING.md"
    rows = [line for line in page.read_text().splitlines() if line.startswith("| a")] if page.is_file() else []
    for row in rows:
        words = [word for word in re.findall(r"`([^`]+)`", row) if re.fullmatch(r"[\w./-]+", word)]
        named = [word for word in words if "/" in word and not word.startswith("./")]
        gone = [word for word in named if not (top / word).exists()]
        yield from (f"CONTRIBUTING.md: there is no {word}" for word in gone)
        texts = "".join((top / word).read_text() for word in named if (top / word).is_file())
        for word in words:
            if "/" not in word and not re.search(rf"\b{re.escape(word)}\b", texts):
                yield f"CONTRIBUTING.md: {word} stands in none of {', '.join(named)}"


def broken(top):
    rules = (wrong_includes, missing_readmes, overlong, canvas_in_layout, machine_paths, example_in_readme)
    for rule in (*rules, contributing_names_what_is_there):
        yield from rule(top)


if __name__ == "__main__":
    problems = list(broken(pathlib.Path(sys.argv[1])))
    print("\n".join(problems) or "every rule is kept")
    sys.exit(bool(problems))
