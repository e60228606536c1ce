"""The rules of the house, as a test: who may include whom, and what every file keeps to.

  python3 rules.py FOLDER      prints what breaks a rule, one a line, and fails when there is any
"""
import pathlib
import re
import sys

# What stands at the top of the model, for all of its rooms.
MODEL = ["models/network/", "sim/", "models/delays.hpp", "models/facts.hpp", "models/messages.hpp",
         "models/messages_to_sites.hpp", "models/messages_to_headquarters.hpp", "models/model.hpp",
         "models/occasions.hpp", "models/pool.hpp",
         "models/purposes.hpp", "models/roles.hpp", "models/simulate.hpp", "models/state.hpp", "models/units.hpp"]

# What the files of a folder may include of ours: whole rooms (they end in "/"), or single files of one. The row of the nearest
# folder counts: that of results/kpis for results/kpis/cube.cpp, and that of results for results/study.cpp.
MAY_INCLUDE = {
    "sim": ["sim/"],
    # What all rooms of the model share stands at its top; the rooms differ in whom they may ask.
    "models": ["models/", "sim/"],
    "models/network": ["models/network/", "models/interface_names.hpp", "models/roles.hpp", "models/units.hpp", "sim/"],
    "models/customers": [*MODEL, "models/customers/", "models/records/order_desk.hpp"],
    "models/records": [*MODEL, "models/records/", "models/goods/", "models/disturbances/", "models/decisions/ordering.hpp",
                       "models/decisions/priority.hpp", "models/decisions/transfers.hpp"],
    "models/goods": [*MODEL, "models/goods/", "models/records/", "models/disturbances/", "models/decisions/ordering.hpp",
                     "models/decisions/priority.hpp"],
    "models/decisions": [*MODEL, "models/decisions/", "models/records/", "models/goods/suppliers.hpp",
                         "models/goods/transport.hpp"],
    "models/decisions/policies": ["models/decisions/policies/", "models/decisions/view.hpp", "models/network/",
                                  "models/records/order_book.hpp", "models/units.hpp", "sim/"],
    # Estimators know numbers alone.
    "models/decisions/estimators": ["models/decisions/estimators/", "models/network/estimator.hpp", "sim/"],
    "models/disturbances": ["models/network/", "models/disturbances/", "models/purposes.hpp", "sim/"],
    "scenarios": ["scenarios/", "models/", "sim/"],
    "results": ["results/study.hpp", "results/store_error.hpp", "results/text/digits.hpp", "models/interface_names.hpp",
                "models/roles.hpp"],
    "results/kpis": ["results/kpis/", "results/study.hpp", "models/delays.hpp", "models/facts.hpp",
                     "models/interface_names.hpp", "models/units.hpp", "sim/"],
    "results/statistics": ["results/statistics/", "sim/"],
    "results/text": ["results/text/", "results/study.hpp", "results/kpis/registry.hpp", "results/statistics/interval.hpp"],
    "results/business": ["results/business/", "results/study.hpp", "results/store_error.hpp", "results/kpis/registry.hpp",
                         "results/statistics/", "results/text/", "sim/"],
    "results/comparison": ["results/comparison/", "results/study.hpp", "results/store_error.hpp",
                           "results/kpis/registry.hpp", "results/statistics/", "results/text/",
                           "results/business/confirmation.hpp", "results/business/roi.hpp"],
    "results/file": ["results/file/", "results/study.hpp", "results/store_error.hpp", "results/text/days.hpp",
                     "results/comparison/precision.hpp", "sim/printable.hpp"],
    "results/charts": ["results/charts/", "results/text/digits.hpp"],
    "results/report": ["results/report/", "results/study.hpp", "results/text/", "results/business/",
                       "results/comparison/", "results/charts/"],
    "studies": ["studies/", "results/", "scenarios/", "models/", "sim/", "entrepot_version.hpp"],
    "viz": ["viz/app/options.hpp"],
    "viz/timeline": ["viz/timeline/", "viz/live/hours.hpp", "viz/live/measures.hpp"],
    "viz/live": ["viz/live/", "viz/timeline/", "studies/", "results/", "scenarios/", "models/", "sim/"],
    "viz/canvas": ["viz/canvas/", "results/charts/", "results/text/"],
    "viz/views": ["viz/views/", "viz/live/", "viz/timeline/", "viz/canvas/", "results/", "models/network/", "studies/explain/"],
    "viz/app": ["viz/", "studies/cli/", "scenarios/", "models/network/"],
    "viz/platform": ["viz/platform/", "viz/app/app.hpp"],
}
ROOMS = [folder for folder in MAY_INCLUDE if "/" not in folder]
LONGEST_FILE, LONGEST_LINE = 400, 120
# A chart's layout knows nothing of the canvas that it is drawn on.
CANVAS = re.compile(r"svg", re.IGNORECASE)
CANVAS_FILES = {"svg.cpp", "svg.hpp"}
# A key of the scenario language, and the member that it sets.
KEY = re.compile(r'\bv(?:\.\w+)?\(\s*"(\w+)",\s*\w+\.(?:\w+\.)*(\w+),')
# Used without being named: the rest of three shares, numbers that are read into a distribution, and systems that strategies
# name before anything is read.
USED_UNNAMED = {"confirm_email", "values", "integrations"}
# Files that name every member without doing anything with it.
LANGUAGE = re.compile(r"describe\w*\.hpp|check\w*\.cpp")
# Paths of one machine, and hosts of package registries, have no place in a project.
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|tmp)/\w|deb\.debian\.org|registry\.npmjs")
# A comment that is a line drawn across the page, with or without a word at its end.
BANNER = re.compile(r"\s*//[/ ]*[-=*#]{8,}")
# Of a text in quotes that goes on in the next line: what stands in the quotes at the end of a line, and at its start.
QUOTED_END, QUOTED_START = re.compile(r'"((?:[^"\\]|\\.)*)"$'), re.compile(r'\s*"((?:[^"\\]|\\.)*)"(.*)$')
TEXT = {".cpp", ".hpp", ".md", ".toml", ".cmake", ".txt", ".py", ".json", ".in", ".html", ""}


def sources(top, room):
    return sorted(p for p in (top / room).rglob("*") if p.suffix in {".cpp", ".hpp"})


def nearest(folder):
    """The folder itself, or the first one above it, that the table knows."""
    while folder.as_posix() not in MAY_INCLUDE:
        folder = folder.parent
    return folder.as_posix()


def wrong_includes(top):
    for room in ROOMS:
        for path in sources(top, room):
            folder = nearest(path.relative_to(top).parent)
            for number, line in enumerate(path.read_text().splitlines(), 1):
                found = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
                allowed = found and any(found[1].startswith(a) if a.endswith("/") else found[1] == a
                                        for a in MAY_INCLUDE[folder])
                if found and not allowed:
                    yield f"{path.relative_to(top)}:{number}: {folder} may not include {found[1]}"


def missing_readmes(top):
    """Every room that is there explains itself, and every folder in one that holds sources."""
    holding = {path.parent.relative_to(top).as_posix() for room in ROOMS for path in sources(top, room)}
    for folder in sorted({"tests", *MAY_INCLUDE} | holding):
        if (top / folder).is_dir() and not (top / folder / "README.md").is_file():
            yield f"{folder}: has no README.md"


def overlong(top):
    for room in [*ROOMS, "tests"]:
        for path in sources(top, room):
            lines = path.read_text().splitlines()
            if len(lines) > LONGEST_FILE:
                yield f"{path.relative_to(top)}: {len(lines)} lines, at most {LONGEST_FILE}: is it one subject?"
            for number, line in enumerate(lines, 1):
                if len(line) > LONGEST_LINE:
                    yield f"{path.relative_to(top)}:{number}: {len(line)} columns, at most {LONGEST_LINE}"


def banners(top):
    for room in [*ROOMS, "tests"]:
        for path in sources(top, room):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if BANNER.match(line):
                    yield f"{path.relative_to(top)}:{number}: a banner: a file that wants one is two"


def broken_strings(top):
    """A text in quotes goes on in the next line when its line is full, and not before; a formatter leaves crumbs."""
    for room in [*ROOMS, "tests"]:
        for path in sources(top, room):
            lines = path.read_text().splitlines()
            for number, (line, following) in enumerate(zip(lines, lines[1:]), 1):
                end, start = QUOTED_END.search(line), QUOTED_START.match(following)
                if not end or not start or end[1].endswith("\\n") or 'R"' in line:
                    continue
                word = re.match(r"[^ ]* ?", start[1])[0]
                after = len(start[2]) if word == start[1] else 0
                if len(line) + len(word) + after <= LONGEST_LINE:
                    yield f"{path.relative_to(top)}:{number + 1}: a text is broken before its line is full"


def repeated_headings(top):
    """A heading names its part of a page, so no other part has the same; of a list of changes, none of the same version."""
    for path in sorted(top.rglob("*.md")):
        if path.relative_to(top).parts[0] in {"build", ".git"}:
            continue
        seen, code = set(), False
        for number, line in enumerate(path.read_text().splitlines(), 1):
            code ^= line.startswith("```")
            heading = None if code else re.match(r"(#+) +(.*\S)", line)
            if not heading:
                continue
            if path.name == "CHANGELOG.md" and heading[1] == "##":
                seen.clear()
            if heading[2].lower() in seen:
                yield f"{path.relative_to(top)}:{number}: the page has another heading \"{heading[2]}\""
            seen.add(heading[2].lower())


def canvas_in_layout(top):
    for path in sources(top, "results/charts"):
        if path.name not in CANVAS_FILES and CANVAS.search(path.read_text()):
            yield f"{path.relative_to(top)}: a chart's layout speaks of SVG"


def used(member, texts):
    return any(re.search(rf"(?:\.|->|::){member}\b", text) for text in texts)


def idle_keys(top):
    """What a key sets must be used outside the language itself, and what the business case is told, by the results."""
    language = [p for p in sources(top, "scenarios") if LANGUAGE.fullmatch(p.name)]
    others = [p for room in ("models", "scenarios", "studies") for p in sources(top, room) if p not in language]
    texts = [p.read_text() for p in others]
    for path in language:
        for key, member in KEY.findall(path.read_text()):
            if member not in USED_UNNAMED and not used(member, texts):
                yield f"{path.relative_to(top)}: nothing uses {member}, which the key {key} sets"
    told = top / "results/business/finance.hpp"
    if told.is_file():
        struct = told.read_text().split("struct FinanceInputs {")[-1].split("\n};")[0]
        texts = [p.read_text() for p in sources(top, "results") if p.stem != "finance"]
        declared = [m for line in struct.splitlines() for m in re.findall(r"\b(\w+)(?: = [^,;]+)?[,;]", line.split("//")[0])]
        for member in declared:
            if not used(member, texts):
                yield f"results/business/finance.hpp: nothing uses {member}"


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
    rules = (wrong_includes, missing_readmes, overlong, canvas_in_layout, idle_keys, machine_paths, example_in_readme)
    texts = (banners, broken_strings, repeated_headings, contributing_names_what_is_there)
    for rule in (*rules, *texts):
        yield from rule(top)


if __name__ == "__main__":
    problems = list(broken(pathlib.Path(sys.argv[1])))
    print("\n".join(problems) or "every rule is kept")
    sys.exit(bool(problems))
