"""A real window under Xvfb, driven by xdotool as a person would: open, run, pause, go back, compare, resize, close.

  python3 window.py --program entrepot-viz --entrepot entrepot --sources FOLDER [--keep FOLDER]
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


class Screen:
    """An X server of our own with one window on it."""

    def __init__(self, folder, program, *arguments):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "2600x1500x24"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()  # to its end: the server would die of a reader who leaves earlier
        self.folder = folder
        self.environment = {**os.environ, "DISPLAY": f":{number}", "XDG_CONFIG_HOME": str(folder / "config")}
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.program = subprocess.Popen([program, *arguments], env=self.environment, stderr=subprocess.PIPE, text=True)
        self.window = self.wait_for(lambda: self.xdo("search", "--name", "Entrepot", check=False).split("\n")[0], 60)

    def xdo(self, *words, check=True):
        return subprocess.run(["xdotool", *map(str, words)], env=self.environment, capture_output=True, text=True,
                              check=check).stdout.strip()

    @staticmethod
    def wait_for(what, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := what():
                return found
            time.sleep(0.2)
        raise AssertionError("waited in vain")

    def key(self, *keys):
        # A press must last longer than a frame of a slow machine.
        for key in keys:
            self.xdo("keydown", "--window", self.window, key)
            time.sleep(0.3)
            self.xdo("keyup", "--window", self.window, key, check=False)  # the window may be closed by now
            time.sleep(0.3)

    def resize(self, width, height):
        self.xdo("windowsize", "--sync", self.window, width, height)
        time.sleep(1.5)

    def shot(self, name):
        file = self.folder / f"{name}.png"
        subprocess.run(["import", "-window", self.window, file], env=self.environment, check=True)
        return file

    def alive(self):
        return self.program.poll() is None

    def close(self):
        if self.alive():
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


def drive(screen):
    time.sleep(2)
    begin = screen.shot("1_open")
    screen.key("bracketright", "bracketright")
    time.sleep(2)
    later = screen.shot("2_two_weeks_on")
    assert difference(begin, later) > 0.005, "two weeks change what is shown"
    screen.key("minus", "minus")  # a day a second, so that the end is far
    screen.key("space")
    time.sleep(2)
    screen.key("space")
    time.sleep(1.5)
    paused = screen.shot("3_paused")
    assert difference(later, paused) > 0.002, "running changes what is shown"
    time.sleep(1.5)
    assert difference(paused, screen.shot("4_still_paused")) < 0.001, "what is paused rests"
    screen.key("Home")
    time.sleep(2)
    screen.key("bracketright", "bracketright")
    # The time line below knows more by now: how far it has run.
    views = ("-extract", "1600x520+0+120")
    again = screen.folder / "5_back_and_on.png"
    Screen.wait_for(lambda: difference(later, screen.shot("5_back_and_on"), views) < 0.003, 20)
    screen.key("4")
    time.sleep(1)
    assert difference(again, screen.shot("6_compare")) > 0.01, "the comparison is another view"
    screen.key("1", "w")
    time.sleep(0.5)
    for width, height in ((800, 600), (2560, 1440), (1600, 1000)):
        screen.resize(width, height)
        screen.shot(f"7_{width}x{height}")
        assert screen.alive(), f"{width}x{height} ends the program"
    screen.key("t")
    time.sleep(0.5)
    screen.shot("8_light")
    screen.key("q")
    code = screen.program.wait(timeout=20)
    assert code == 0, (code, screen.program.stderr.read())
    remembered = (screen.folder / "config/entrepot/viz.ini").read_text()
    assert "dark=0" in remembered and "width=1600" in remembered, remembered


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("program", "entrepot", "sources", "keep"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=name in ("program", "sources"))
    args = parser.parse_args()
    missing = [tool for tool in ("Xvfb", "xdotool", "import", "compare", "identify") if not shutil.which(tool)]
    if missing:
        print(f"skipped: there is no {', '.join(missing)} (packages xvfb, xdotool, imagemagick)")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        folder = args.keep or pathlib.Path(folder)
        folder.mkdir(exist_ok=True)
        screen = Screen(folder, args.program, args.sources / "scenarios/tiny.toml", "--strategies", "S0,S6")
        try:
            drive(screen)
        finally:
            screen.close()
    print("opened, run, paused, gone back, compared, resized and closed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
