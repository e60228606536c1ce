"""Each view as a picture, without a display: not empty, and the same bytes twice.

  python3 pictures.py --program entrepot-viz --entrepot entrepot --sources FOLDER
"""
import argparse
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

SKIPPED = 77


def pixels_of(file):
    """Width, height, and the rows of an RGB image without its filters undone: enough to see that it isn't one colour."""
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", f"{file.name} is no PNG"
    width, height = struct.unpack(">II", data[16:24])
    packed, at = b"", 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    return width, height, zlib.decompress(packed)


def a_study(args, folder, draw):
    """A study is drawn with its intervals; one of another version says so, and what to do."""
    study = folder / "study.h5"
    subprocess.run([args.entrepot, "run", args.sources / "scenarios/tiny.toml", "-n", "2", "-o", study, "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    told = draw("compare", "study.png", of=study)
    assert told.returncode == 0, told.stderr
    try:
        import h5py
    except ImportError:
        print("without h5py no study of another version is tried")
        return
    with h5py.File(study, "r+") as file:
        file["manifest/format_version"][...] = 99
    told = draw("compare", "other.png", of=study)
    assert told.returncode == 3 and "99" in told.stderr and "entrepot run" in told.stderr, told.stderr
    assert (folder / "other.png").is_file()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("program", "entrepot", "sources", "loss"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=name != "loss")
    args = parser.parse_args()
    scenario = args.sources / "scenarios/tiny.toml"
    views = ["network", "queues", "interfaces", "case", "find", "compare", "fork", "timeline", "window"]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def draw(view, file, *options, of=scenario):
            return subprocess.run([args.program, of, "--picture", view, "-o", folder / file, *options],
                                  capture_output=True, text=True)

        first = draw("network", "first.png", "--at", "5 d")
        if "EGL" in first.stderr:
            print(f"no pictures can be drawn here: {first.stderr}")
            return SKIPPED
        for view in views:
            for theme in ("dark", "light"):
                options = ("--at", "5.5 d", "--size", "1000x700", "--theme", theme)
                one, other = (draw(view, f"{view}_{theme}_{i}.png", *options) for i in (1, 2))
                assert one.returncode == other.returncode == 0, (view, one.stderr, other.stderr)
                files = [folder / f"{view}_{theme}_{i}.png" for i in (1, 2)]
                assert files[0].read_bytes() == files[1].read_bytes(), f"{view}, {theme}: not the same bytes twice"
                width, height, pixels = pixels_of(files[0])
                assert (width, height) == (1000, 700), (view, width, height)
                assert len(set(pixels)) > 40, f"{view}, {theme}: hardly anything is drawn"
        # What is there is not overwritten, and a wrong name is met with a suggestion.
        again = draw("network", "first.png")
        assert again.returncode == 4 and "exists" in again.stderr, again.stderr
        wrong = draw("netwrok", "wrong.png")
        assert wrong.returncode == 2 and "did you mean network" in wrong.stderr, wrong.stderr
        # Without a display the program says so, and what to do.
        alone = subprocess.run([args.program, scenario], capture_output=True, text=True, env={"HOME": str(folder)})
        assert alone.returncode == 4 and "no display" in alone.stderr and "--picture" in alone.stderr, alone.stderr
        # A scenario with errors is drawn with them, said on the standard error, too, and told by the exit code.
        broken = folder / "broken.toml"
        broken.write_text(f'base = "{scenario}"\n[study]\nreplicatoins = 3\n')
        told = draw("network", "broken.png", of=broken)
        assert told.returncode == 3 and re.search(r"broken\.toml:3:\d+: .*replications", told.stderr), told.stderr
        assert (folder / "broken.png").is_file()
        bytes_before = (folder / "first.png").read_bytes()
        for options in ((), ("--at", "5 d"), ("--force",)):
            told = draw("network", "first.png", *options, of=broken)
            assert told.returncode == 3 and "replications" in told.stderr, (options, told.stderr)
            assert (folder / "first.png").read_bytes() == bytes_before, "errors are drawn over no picture"
        told = draw("network", "nobody.png", "--strategies", "S9")
        assert told.returncode == 2 and "no such strategy" in told.stderr and "S0" in told.stderr, told.stderr
        a_study(args, folder, draw)
    print("all views draw, the same bytes twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
