"""Each rule must catch a tree that breaks it, and let a good one pass."""
import pathlib
import tempfile
import unittest

import rules


class Rules(unittest.TestCase):
    def problems(self, files):
        with tempfile.TemporaryDirectory() as folder:
            top = pathlib.Path(folder)
            for name, text in files.items():
                (top / name).parent.mkdir(parents=True, exist_ok=True)
                (top / name).write_text(text)
            return list(rules.broken(top))

    def test_a_good_tree_passes(self):
        self.assertEqual(self.problems({
            "sim/README.md": "", "sim/a.cpp": '#include "sim/a.hpp"\n#include <vector>\n',
            "models/README.md": "", "models/b.cpp": '#include "sim/a.hpp"\n',
            "results/README.md": "", "results/kpis/README.md": "", "results/kpis/x.cpp": '#include "models/facts.hpp"\n',
            "results/charts/README.md": "", "results/charts/svg.cpp": '#include "results/charts/svg.hpp"\n// SVG\n'}), [])

    def test_includes_run_one_way(self):
        for room, wrong in [("sim", "models/units.hpp"), ("models", "scenarios/load.hpp"), ("results", "models/state.hpp"),
                            ("scenarios", "results/study.hpp"), ("results", "studies/run_study.hpp")]:
            found = self.problems({f"{room}/README.md": "", f"{room}/x.hpp": f'#pragma once\n#include "{wrong}"\n'})
            self.assertEqual(found, [f"{room}/x.hpp:2: {room} may not include {wrong}"])

    def test_includes_run_one_way_between_rooms_within_a_room(self):
        for folder, wrong in [("results/statistics", "results/file/store.hpp"), ("results/charts", "results/file/store.hpp"),
                              ("results/statistics", "results/study.hpp"), ("results/kpis", "results/business/roi.hpp"),
                              ("results/kpis", "models/state.hpp"), ("results/charts", "results/text/format.hpp"),
                              ("results", "models/facts.hpp")]:
            found = self.problems({"results/README.md": "", f"{folder}/README.md": "",
                                   f"{folder}/x.hpp": f'#pragma once\n#include "{wrong}"\n'})
            self.assertEqual(found, [f"{folder}/x.hpp:2: {folder} may not include {wrong}"])

    def test_the_nearest_folder_decides(self):
        tree = {"results/README.md": "", "results/kpis/README.md": "", "results/kpis/deep/README.md": ""}
        for wrong, problems in [("models/facts.hpp", []),
                                ("results/file/store.hpp",
                                 ["results/kpis/deep/x.cpp:1: results/kpis may not include results/file/store.hpp"])]:
            self.assertEqual(self.problems(tree | {"results/kpis/deep/x.cpp": f'#include "{wrong}"\n'}), problems)

    def test_a_file_that_may_be_included_is_that_file(self):
        found = self.problems({"results/README.md": "", "results/kpis/README.md": "",
                               "results/kpis/x.cpp": '#include "models/facts.hpp.old"\n'})
        self.assertEqual(len(found), 1)

    def test_rooms_explain_themselves(self):
        self.assertEqual(self.problems({"sim/x.cpp": ""}), ["sim: has no README.md"])

    def test_rooms_within_a_room_explain_themselves(self):
        self.assertEqual(self.problems({"results/README.md": "", "results/kpis/x.cpp": ""}),
                         ["results/kpis: has no README.md"])
        self.assertEqual(self.problems({"studies/README.md": "", "studies/new/x.cpp": ""}), ["studies/new: has no README.md"])
        self.assertEqual(self.problems({"results/README.md": "", "results/file/FORMAT.md": ""}),
                         ["results/file: has no README.md"])
        self.assertEqual(self.problems({"scenarios/README.md": "", "scenarios/validation/x.toml": ""}), [])

    def test_files_and_lines_stay_short(self):
        found = self.problems({"sim/README.md": "", "sim/x.cpp": "\n" * 401, "sim/y.cpp": "/" * 121})
        self.assertEqual(len(found), 2)
        self.assertEqual(self.problems({"sim/README.md": "", "sim/x.cpp": "\n" * 400, "sim/y.cpp": "/" * 120}), [])

    def test_files_of_tests_stay_short(self):
        self.assertEqual(len(self.problems({"tests/README.md": "", "tests/sim/x.cpp": "\n" * 401})), 1)

    def test_no_banner_is_drawn(self):
        for line, problems in [("// " + "-" * 90 + " lines", 1), ("    // ========", 1), ("// a--b", 0), ("x = '--------';", 0)]:
            self.assertEqual(len(self.problems({"sim/README.md": "", "sim/x.cpp": line + "\n"})), problems, line)

    def test_a_text_is_broken_where_its_line_is_full(self):
        full = 'f("' + "a" * 112
        for text, problems in [('f("what the "\n  "dates show");\n', 1), ('f("first line\\n"\n  "second line");\n', 0),
                               (full + ' "\n  "dates show");\n', 0), (full + ' "\n  "it");\n', 0),
                               (full[:-6] + ' "\n  "it");\n', 1), ('f("one",\n  "two");\n', 0)]:
            self.assertEqual(len(self.problems({"sim/README.md": "", "sim/x.cpp": text})), problems, text)

    def test_no_page_repeats_a_heading(self):
        for page, problems in [("# A\n## B\n## C\n", 0), ("# A\n## B\n### b\n", 1), ("# A\n```\n# A\n```\n", 0)]:
            self.assertEqual(len(self.problems({"docs/x.md": page})), problems, page)
        changes = "# Changes\n## 2\n### Added\n## 1\n### Added\n"
        self.assertEqual(self.problems({"CHANGELOG.md": changes}), [])
        self.assertEqual(len(self.problems({"CHANGELOG.md": changes + "### Added\n"})), 1)

    def test_layouts_know_no_canvas(self):
        self.assertEqual(len(self.problems({"results/README.md": "", "results/charts/README.md": "",
                                            "results/charts/axis.cpp": "// as Svg\n"})), 1)

    def test_no_key_is_idle(self):
        page = 'v("rate", p.terms.rate_a_year, share(), "a");\nv.list("ramp", p.ramp, share(), 1, 30, "b");\n'
        inputs = "struct FinanceInputs {\n    double low = 0, high = 0;  ///< a, b\n};\n"
        found = self.problems({"scenarios/README.md": "", "scenarios/describe.hpp": page,
                               "scenarios/check.cpp": "terms.rate_a_year", "studies/README.md": "",
                               "studies/run.cpp": "f.ramp", "results/README.md": "", "results/business/README.md": "",
                               "results/business/finance.hpp": inputs, "results/business/finance.cpp": "in.high",
                               "results/business/roi.cpp": "in.low"})
        self.assertEqual(found, ["scenarios/describe.hpp: nothing uses rate_a_year, which the key rate sets",
                                 "results/business/finance.hpp: nothing uses high"])

    def test_no_machine_is_named(self):
        self.assertEqual(len(self.problems({"docs/x.md": "see " + "/" + "root/x\n"})), 1)

    def test_the_kernel_page_shows_what_is_compiled(self):
        lines = "int x;\n" * 40
        for shown, problems in [(lines, 0), (lines + "int y;\n", 1), ("int x;\n", 1)]:
            self.assertEqual(len(self.problems({"sim/README.md": "# sim\n```cpp\n" + shown + "```\n",
                                                "tests/README.md": "", "tests/sim/queue_example.hpp": lines})), problems)

    def test_the_table_of_places_to_touch_is_true(self):
        files = {"models/README.md": "", "models/facts.hpp": "using FactList = int;\n"}
        row = "| a fact | a struct in `models/facts.hpp`, its name in `FactList`; then `./bootstrap docs` |\n"
        for page, problems in [(row, 0), (row.replace("facts.hpp", "fact.hpp"), 2), (row.replace("List", "Lists"), 1)]:
            self.assertEqual(len(self.problems(files | {"CONTRIBUTING.md": page})), problems)


if __name__ == "__main__":
    unittest.main()
