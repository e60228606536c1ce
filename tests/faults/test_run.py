"""What the script makes of a list and of sources."""

import pathlib
import subprocess
import tempfile
import textwrap
import unittest

import run

SOURCE = """int area(int width, int height) {
    if (width < 0) return 0;
    int sum =
        width * height;
    sum += 1;
    return sum;
}
"""


def fault(name, text, instead):
    return f'[[fault]]\nid = "{name}"\nwhat = "w"\nroom = "room"\ntext = "{text}"\ninstead = "{instead}"\n'


class Faults(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "room" / "deep").mkdir(parents=True)
        self.source = self.root / "room" / "deep" / "area.cpp"
        self.source.write_text(SOURCE)
        self.list = self.root / "faults.toml"

    def tearDown(self):
        self.folder.cleanup()

    def places(self, *entries):
        self.list.write_text("\n".join(entries))
        return run.locate(self.root, run.read_faults(self.list))[self.source]

    def outcome(self, number, *entries):
        """What area(3, 4) and area(-1, 1) are with a fault."""
        text = run.SWITCH + run.with_faults(SOURCE, self.places(*entries))
        text += "#include <cstdio>\nint main() { std::printf(\"%d %d\", area(3, 4), area(-1, 1)); }\n"
        (self.root / "main.cpp").write_text(text)
        subprocess.run(["c++", "-o", self.root / "main", self.root / "main.cpp"], check=True)
        return subprocess.run([self.root / "main"], env={run.VARIABLE: str(number)}, capture_output=True, text=True,
                              check=True).stdout

    def test_each_fault_acts_alone(self):
        entries = (fault("a", "int sum = «width * height»;", "width + height"),
                   fault("b", "int sum = width * «height»;", "5"),
                   fault("c", "«sum += 1;»", ""),
                   fault("d", "if («width < 0») return", "false"))
        wanted = ["13 0", "8 0", "16 0", "12 0", "13 0"]
        self.assertEqual([self.outcome(i, *entries) for i in range(5)], wanted)

    def test_a_text_stands_once(self):
        for text in ("«sum» +", "«nothing like it»", "«sum»"):
            if text == "«sum» +":
                self.assertEqual(len(self.places(fault("a", text, "0"))), 1)
                continue
            with self.assertRaisesRegex(run.Wrong, "a: its text is"):
                self.places(fault("a", text, "0"))

    def test_faults_may_not_cross(self):
        places = self.places(fault("a", "«int sum = width» *", "0"), fault("b", "sum = «width * height»", "0"))
        with self.assertRaisesRegex(run.Wrong, "b crosses the edge of a"):
            run.with_faults(SOURCE, places)

    def test_a_list_is_checked(self):
        for entry, why in ((fault("a", "no mark", "0"), "wants one part between"),
                           (fault("a", "«x»", "0") + "more = 1\n", "unknown"),
                           (fault("a", "«x»", "0") + fault("a", "«y»", "0"), "twice"),
                           ('[[fault]]\nid = "a"\n', "missing")):
            self.list.write_text(textwrap.dedent(entry))
            with self.assertRaisesRegex(run.Wrong, why):
                run.read_faults(self.list)

    def test_the_copy_follows_the_sources(self):
        places = run.locate(self.root, [])
        copy = self.root / "build" / "copy"
        run.make_copy(self.root, places, copy)
        copied = copy / "room" / "deep" / "area.cpp"
        self.assertEqual(copied.read_text(), SOURCE)
        (self.root / "room" / "new.hpp").write_text("// new\n")
        self.source.unlink()
        run.make_copy(self.root, places, copy)
        self.assertFalse(copied.exists())
        self.assertTrue((copy / "room" / "new.hpp").exists())


if __name__ == "__main__":
    unittest.main()
