"""A real window under Xvfb, driven by xdotool as a person would: open, run, pause, go back, open a case, find an order,
fork, compare, watch a study's replications, resize, lose the graphics card, close.

  python3 window.py --program entrepot-viz --entrepot entrepot --sources FOLDER [--loss LIBRARY] [--keep FOLDER]

Nothing waits for a span of time: the program writes what it shows into a file (--status), and the next step comes when the
window shows what the last one was for.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
PATIENCE = 150  # seconds, for a busy machine; nothing takes that long on an idle one


class Screen:
    """An X server of our own with one window on it."""

    def __init__(self, folder, program, *arguments, loss=None, after=0):
        read, write = os.pipe()
        # -noreset: when the last client leaves, as after a lost graphics card, the server would begin anew, deaf meanwhile
        self.server = subprocess.Popen(["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "2600x1500x24"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()  # to its end: the server would die of a reader who leaves earlier
        self.folder = folder
        self.environment = {**os.environ, "DISPLAY": f":{number}", "XDG_CONFIG_HOME": str(folder / "config")}
        self.environment.pop("WAYLAND_DISPLAY", None)
        if loss:
            self.environment |= {"LD_PRELOAD": str(loss), "LOSE_CONTEXT_AFTER": str(after)}
        self.status_file = folder / "status"
        self.status_file.unlink(missing_ok=True)
        self.program = subprocess.Popen([program, *arguments, "--status", self.status_file], env=self.environment,
                                        stderr=subprocess.PIPE, text=True)
        self.window = self.wait_for(lambda: self.xdo("search", "--name", "Entrepot", check=False).split("\n")[0],
                                    "a window")
        self.xdo("mousemove", 2590, 1490)  # over nothing, or it would tell of what is there
        self.until("something is shown", lambda s: "size" in s)

    def xdo(self, *words, check=True):
        return subprocess.run(["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True,
                              check=check).stdout.strip()

    def status(self):
        try:
            return dict(line.split("=", 1) for line in self.status_file.read_text().splitlines())
        except FileNotFoundError:
            return {}

    def wait_for(self, what, words):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := what():
                return found
            if self.program.poll() is not None:
                raise AssertionError(f"{words}: the program has ended: {self.program.stderr.read()}")
            time.sleep(0.05)
        raise AssertionError(f"waited in vain: {words}; shown is {self.status()}")

    def until(self, words, holds):
        """Waits until the window shows that; returns what it shows."""
        return self.wait_for(lambda: (s := self.status()) and holds(s) and s, words)

    def rests_at(self, hours):
        return self.until(f"hour {hours}", lambda s: s["busy"] == s["running"] == "false" and
                          abs(float(s["hours"]) - hours) < 1e-3)

    def type(self, text):
        self.xdo("type", "--window", self.window, "--delay", 30, "--", text)

    def press(self, key, words, holds):
        """A key that is no letter is looked at once a frame: it is held until something comes of it."""
        self.xdo("keydown", "--window", self.window, key)
        try:
            return self.until(words, holds)
        finally:
            self.xdo("keyup", "--window", self.window, key, check=False)

    def enter(self, text, words, holds):
        """Types into the field that is open, and leaves it with Return."""
        self.type(text)
        return self.press("Return", words, lambda s: s["typing"] == "false" and holds(s))

    def click(self, x, y):
        self.xdo("mousemove", "--window", self.window, round(x), round(y))
        time.sleep(0.3)  # the pointer is seen there before it presses
        self.xdo("click", 1)

    def resize(self, width, height):
        self.xdo("windowsize", self.window, width, height)
        self.until(f"{width}x{height}", lambda s: s["size"] == f"{width}x{height}")

    def shot(self, name):
        file = self.folder / f"{name}.png"
        subprocess.run(["import", "-window", self.window, file], env=self.environment, check=True)
        return file

    def close(self):
        if self.program.poll() is None:
            self.program.kill()
        self.server.terminate()
        self.server.wait()


def difference(one, other, part=()):
    """Share of the pixels that differ by more than a shade; 1 where the sizes do."""
    said = subprocess.run(["compare", "-metric", "AE", "-fuzz", "3%", *part, one, other, "null:"], capture_output=True,
                          text=True)
    size = subprocess.run(["identify", "-format", "%w %h ", one, other], capture_output=True, text=True).stdout.split()
    if size[:2] != size[2:]:
        return 1.0
    return float(said.stderr.split()[0]) / (int(size[0]) * int(size[1]))


def run_and_go_back(screen, reference):
    begin = screen.shot("01_open")
    screen.type("]]")
    screen.rests_at(14 * 24)
    later = screen.shot("02_two_weeks_on")
    assert difference(begin, later) > 0.005, "two weeks change what is shown"
    # The window shows what the program draws without one.
    apart = difference(later, reference)
    assert apart < 0.01, f"the window isn't the picture: {apart:.4f} of the pixels differ"
    screen.type("--")  # a day a second, so that the end is far
    screen.until("the speed", lambda s: float(s["speed"]) == 1)
    screen.type(" ")
    screen.until("it runs", lambda s: s["running"] == "true" and float(s["hours"]) > 14 * 24 + 2)
    screen.type(" ")
    paused = screen.until("it rests", lambda s: s["running"] == "false" and s["busy"] == "false")
    shown = screen.shot("03_paused")
    assert difference(later, shown) > 0.001, "running changes what is shown"
    time.sleep(1)
    assert screen.status()["hours"] == paused["hours"], "what is paused rests"
    assert difference(shown, screen.shot("04_still_paused")) < 0.001, "what is paused is shown as it was"
    screen.press("Home", "the beginning", lambda s: float(s["hours"]) == 0)
    screen.type("]]")
    screen.rests_at(14 * 24)
    again = screen.shot("05_back_and_on")
    # The time line below knows more by now: how far it has run.
    apart = difference(later, again, ("-extract", "1600x520+0+120"))
    assert apart < 0.003, f"going back shows the same again: {apart:.4f} of the pixels differ"
    # Without a mouse: Tab goes to the buttons, Return presses the one that is marked.
    screen.press("Tab", "a marked button", lambda s: s["focus"] == "bar")
    screen.press("Return", "the beginning", lambda s: float(s["hours"]) == 0)
    screen.press("Tab", "the left pane", lambda s: s["focus"] == "left")
    # A click on the time line goes there.
    state = screen.status()
    first, last, left, right = map(float, state["axis"].split())
    screen.click(left + (20 * 24 - first) / (last - first) * (right - left), 940)
    there = screen.until("the day clicked", lambda s: s["busy"] == "false" and abs(float(s["hours"]) - 480) < 5)
    screen.xdo("mousemove", 2590, 1490)
    return there


def open_a_case(screen):
    """By keyboard: the oldest case that waits, then the next; it is the same one after going back and on."""
    screen.until("what waits", lambda s: s["right"] == "queues" and int(s["cases"]) > 1)
    screen.type("o")
    screen.until("a case beside the queues", lambda s: s["left"] == "case" and s["opened"].startswith("case "))
    first = screen.status()["opened"]
    screen.type("o")
    other = screen.until("the next case", lambda s: s["opened"].startswith("case ") and s["opened"] != first)
    screen.shot("06_a_case")
    hours = float(other["hours"])
    screen.type("<")
    screen.until("a day before", lambda s: s["busy"] == "false" and float(s["hours"]) < hours)
    screen.type(">.." if hours % 24 else ">")
    screen.until("its steps again", lambda s: s["busy"] == "false" and s["opened"].split()[:2] == other["opened"].split()[:2])
    screen.type("O")
    screen.until("the case before", lambda s: s["opened"].split()[:2] != other["opened"].split()[:2])


def find_an_order(screen):
    screen.type("/")
    screen.until("the field", lambda s: s["left"] == "find" and s["typing"] == "true")
    screen.enter("what is an order called", "names", lambda s: "Orders are named like" in s["untold"])
    name = re.search(r"named like ([\w.-]+\d)", screen.status()["untold"]).group(1)
    screen.type("/")
    screen.until("the field", lambda s: s["typing"] == "true")
    told = screen.enter(name, name, lambda s: s["told"].startswith("order ") or (
        s["asked"] == name and s["telling"] == "false"))
    assert told["told"].lower() == f"order {name}".lower(), told
    screen.shot("06_an_order")
    screen.type("/")
    screen.until("the field", lambda s: s["typing"] == "true")
    screen.enter("PO-South-A0002-2026-01-28 ", "a purchase line", lambda s: s["told"].startswith("purchase line PO-South"))
    screen.type("/")
    screen.until("the field", lambda s: s["typing"] == "true")
    screen.enter("worst", "the worst", lambda s: int(s["lists"]) > 0)
    screen.shot("07_the_worst")


def fork(screen):
    def wish(text, words, holds):
        screen.type("f")
        screen.until("the field", lambda s: s["left"] == "fork" and s["typing"] == "true")
        return screen.enter(text, words, holds)

    before = screen.status()
    wish("site.North.pikcers=9", "a wrong key", lambda s: "did you mean pickers" in s["view"])
    wish("demand.b2b.orders=70 orders/d", "what can't change", lambda s: "can't change" in s["view"])
    screen.shot("08_refused")
    assert screen.status()["forks"] == "", "what is refused is no fork"
    wish("site.North.pickers=1", "a fork", lambda s: s["forks"] == "S6*1 site.North.pickers=1")
    screen.until("three lanes", lambda s: s["lanes"] == "S0,S6,S6*1")
    screen.shot("09_forked")
    screen.type("]")
    screen.rests_at((int(float(before["hours"]) / 24) + 7) * 24)
    futures = screen.shot("10_both_futures")
    screen.type("6")
    screen.until("the comparison", lambda s: s["left"] == "compare")
    assert difference(futures, screen.shot("11_compared")) > 0.01, "the comparison is another view"


def sizes_and_the_end(screen):
    screen.type("1w")
    screen.until("a warehouse", lambda s: s["left"] == "network" and s["site"] == "0")
    for width, height in ((800, 600), (2560, 1440), (1600, 1000)):
        screen.resize(width, height)
        shown = screen.shot(f"12_{width}x{height}")
        drawn = subprocess.run(["identify", "-format", "%w %h %k", shown], capture_output=True, text=True).stdout.split()
        assert drawn[:2] == [str(width), str(height)] and int(drawn[2]) > 50, (width, height, drawn)
    screen.type("t")
    screen.until("the theme", lambda s: s["theme"] == "light")
    screen.shot("13_light")
    screen.xdo("key", "--window", screen.window, "q")
    code = screen.program.wait(timeout=PATIENCE)
    assert code == 0, (code, screen.program.stderr.read())
    remembered = (screen.folder / "config/entrepot/viz.ini").read_text()
    assert "dark=0" in remembered and "width=1600" in remembered, remembered


def watch_a_study(screen, study):
    state = screen.until("the study", lambda s: s["study"] == "2" and s["left"] == "compare")
    screen.shot("14_study")
    screen.type("]]")
    first = screen.rests_at(14 * 24)
    screen.type("r")
    other = screen.until("another replication", lambda s: s["digest"] != first["digest"] and s["busy"] == "false" and
                         s["hours"] == first["hours"])
    screen.type("r")
    screen.until("the first again", lambda s: s["digest"] == first["digest"] and s["busy"] == "false")
    assert other["lanes"] == state["lanes"]
    study.rename(study.with_suffix(".away"))  # it vanishes while it is shown
    screen.until("that it is gone", lambda s: "no longer there" in s["notice"])
    screen.shot("15_gone")
    screen.type("r")  # another replication needs no file
    screen.until("the other one", lambda s: s["digest"] == other["digest"] and s["busy"] == "false" and not s["trouble"])
    screen.xdo("key", "--window", screen.window, "q")
    assert screen.program.wait(timeout=PATIENCE) == 0


def lose_the_graphics_card(screen):
    """After some frames the driver says that the context is lost: another window opens, with all that was in the first."""
    screen.type("]w--")
    screen.until("a week", lambda s: float(s["hours"]) == 7 * 24 and s["site"] == "0")
    screen.type(" ")  # it runs, so that frames are drawn
    screen.until("it goes on", lambda s: s["losses"] == "1" and float(s["hours"]) > 7 * 24 and s["site"] == "0")
    screen.window = screen.wait_for(  # its number may be that of the first
        lambda: next((w for w in screen.xdo("search", "--name", "Entrepot", check=False).split("\n") if w), None),
        "another window")
    screen.type(" ")
    screen.until("it rests", lambda s: s["running"] == "false")
    drawn = subprocess.run(["identify", "-format", "%k", screen.shot("16_after_the_loss")], capture_output=True, text=True)
    assert int(drawn.stdout) > 100, "letters and all are drawn again"
    screen.xdo("key", "--window", screen.window, "q")
    assert screen.program.wait(timeout=PATIENCE) == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("program", "entrepot", "sources", "loss", "keep"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=name not in ("loss", "keep"))
    args = parser.parse_args()
    missing = [tool for tool in ("Xvfb", "xdotool", "import", "compare", "identify") if not shutil.which(tool)]
    if missing:
        print(f"skipped: there is no {', '.join(missing)} (packages xvfb, xdotool, imagemagick)")
        return SKIPPED
    scenario = args.sources / "scenarios/tiny.toml"
    with tempfile.TemporaryDirectory() as folder:
        folder = args.keep or pathlib.Path(folder)
        folder.mkdir(exist_ok=True)
        reference = folder / "02_reference.png"
        subprocess.run([args.program, scenario, "--strategies", "S0,S6", "--at", "0 d", "--picture", "window", "-o",
                        reference, "--force"], check=True, stdout=subprocess.DEVNULL)
        screen = Screen(folder, args.program, scenario, "--strategies", "S0,S6", "--size", "1600x1000")
        try:
            run_and_go_back(screen, reference)
            open_a_case(screen)
            find_an_order(screen)
            fork(screen)
            sizes_and_the_end(screen)
        finally:
            screen.close()
        study = folder / "study.h5"
        subprocess.run([args.entrepot, "run", scenario, "-n", "2", "-o", study, "--force", "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
        screen = Screen(folder, args.program, study)
        try:
            watch_a_study(screen, study)
        finally:
            screen.close()
        if args.loss:
            screen = Screen(folder, args.program, scenario, loss=args.loss, after=60)
            try:
                lose_the_graphics_card(screen)
            finally:
                screen.close()
    print("opened, run, paused, gone back, a case opened, an order found, forked, compared, resized, a study watched, closed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
