"""What the planners' scenarios expect is what the references say: python3 -m unittest test_figures. Wants numpy."""

import pathlib
import tomllib
import unittest

try:
    import figures
except ModuleNotFoundError:  # numpy
    figures = None

SCENARIOS = pathlib.Path(__file__).resolve().parents[3] / "scenarios/validation"
NAMES = {"inventory_value": "on_hand_at_close", "backlog": "backorders_at_close", "purchase_lines": "orders"}


def cases(file):
    """What a scenario expects, with what it has of its base."""
    scenario = tomllib.loads(file.read_text(encoding="utf-8"))
    found = cases(file.parent / scenario["base"]) if "base" in scenario else {}
    for name, case in scenario.get("verify", {}).items():
        found[name] = {**found.get(name, {}), **case}
    return found


def expectations():
    for file in sorted(SCENARIOS.glob("planners_*.toml")):
        for name, case in cases(file).items():
            yield file.stem.removeprefix("planners_"), name, case


def tolerance(case):
    return case["absolute"] if "absolute" in case else float(case["relative"].rstrip(" %")) / 100 * abs(case["expected"])


@unittest.skipIf(figures is None, "numpy is not installed")
class Figures(unittest.TestCase):
    def test_exact_ones_to_the_last_digits(self):
        exact, compared = figures.exact_figures(), 0
        for scenario, name, case in expectations():
            known = exact.get(scenario, {})
            key = next((k for k in (name, case["kpi"], NAMES.get(case["kpi"])) if k in known), None)
            if key is None:
                continue
            with self.subTest(scenario=scenario, case=name):
                self.assertAlmostEqual(known[key], case["expected"], delta=2e-5 * abs(case["expected"]))
                compared += 1
        self.assertGreaterEqual(compared, 50)

    def test_simulated_ones_within_their_errors(self):
        """Of 30 figures one is off by more than five standard errors less than once in 100 000 seeds; the seeds are fixed."""
        wanted = {}
        for scenario, name, case in expectations():
            wanted[scenario, name] = wanted[scenario, case["kpi"]] = case
        compared = 0
        for scenario, found in figures.simulated_figures(long=False):
            for key, (mean, error) in found.items():
                kpi = next((k for k, v in NAMES.items() if v == key), key)
                case = wanted.get((scenario, kpi))
                if case is None:
                    continue
                with self.subTest(scenario=scenario, kpi=kpi):
                    self.assertLess(abs(mean - case["expected"]), 5 * error + tolerance(case) / 4)
                    compared += 1
        self.assertGreaterEqual(compared, 20)


if __name__ == "__main__":
    unittest.main()
