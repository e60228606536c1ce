"""What `entrepot bottlenecks` says is what the rows of `entrepot log` come to, reckoned anew.

    ENTREPOT_PROGRAM=build/release/entrepot python3 test_bottlenecks.py
"""

import csv
import datetime
import io
import json
import math
import os
import pathlib
import re
import subprocess
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ENTREPOT_PROGRAM", "entrepot")
SCENARIO = "scenarios/tiny.toml"
STEPS = {"waiting": "waiting", "handling": "handling", "approval": "approval"}


def said(*arguments):
    run = subprocess.run([PROGRAM, *arguments], cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


def moment(text):
    return datetime.datetime.fromisoformat(text)


def hours(row):
    return (moment(row["end"]) - moment(row["start"])) / datetime.timedelta(hours=1)


def quantile(values, share):
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


class Bottlenecks(unittest.TestCase):
    """Of the cases that were detected in the measured window."""

    def holds(self, strategy):
        summary = " ".join(said("validate", SCENARIO).split())
        window = re.search(r"measured from day 0 \((.*?)\) to day \d+ \((.*?)\)", summary)
        first, last = (day.split()[1] for day in window.groups())
        rows = list(csv.DictReader(io.StringIO(said("log", SCENARIO, "--strategy", strategy))))
        page = json.loads(said("bottlenecks", SCENARIO, "--strategy", strategy, "--json"))
        cases = {}
        for row in rows:
            cases.setdefault(row["case"], []).append(row)
        began = {case: moment(mine[0]["start"]) for case, mine in cases.items()}
        cases = {case: mine for case, mine in cases.items() if first <= mine[0]["start"][:10] <= last}
        self.assertTrue(all(mine[0]["activity"] == "detected" for mine in cases.values()))
        self.assertEqual([k["kind"] for k in page["kinds"]],
                         [k for k in ("purchase", "transfer", "escalation", "supplier exception")
                          if any(mine[0]["kind"] == k for mine in cases.values())])
        waiting = {}
        for kind in page["kinds"]:
            mine = [case for case in cases.values() if case[0]["kind"] == kind["kind"]]
            self.assertEqual(kind["detected"], len(mine))
            for activity, step in STEPS.items():
                spent = [row for case in mine for row in case if row["activity"] == activity]
                if not spent:
                    self.assertNotIn(step, kind["steps"])
                    continue
                spans = [hours(row) for row in spent if row["end"]]
                of = kind["steps"][step]
                self.assertEqual((of["count"], of["go_on"]), (len(spans), len(spent) - len(spans)))
                self.assertAlmostEqual(of["mean_hours"], sum(spans) / len(spans), delta=1e-6)
                self.assertAlmostEqual(of["median_hours"], quantile(spans, 0.5), delta=1e-6)
                self.assertAlmostEqual(of["p90_hours"], quantile(spans, 0.9), delta=1e-6)
                for row in spent:
                    if row["end"] and activity != "handling":
                        waiting[row["role"]] = waiting.get(row["role"], 0) + hours(row)
            closed = [case for case in mine if case[-1]["activity"] == "closed"]
            dropped = [case for case in closed if case[-1]["outcome"] == "dropped"]
            worked = [case for case in dropped if any(row["activity"] == "handling" for row in case)]
            self.assertEqual(kind["executed"], len(closed) - len(dropped))
            barred = {case[0]["case"] for case in dropped for row in case
                      if row["activity"] == "skipped" or row["outcome"] in ("blocked by a guardrail", "refused")}
            worked = [case for case in worked if case[0]["case"] not in barred]
            self.assertEqual((kind["in_vain"], kind["barred"], kind["needless"]),
                             (len(worked), len(barred), len(dropped) - len(worked) - len(barred)))
            self.assertEqual(kind["open"], len(mine) - len(closed))
            executed = [(moment(row["start"]) - began[row["case"]]) / datetime.timedelta(hours=1)
                        for case in closed for row in case if row["activity"] == "executed"]
            self.assertEqual(kind["latency"]["count"], len(executed))
            self.assertAlmostEqual(kind["latency"]["p95_hours"], quantile(executed, 0.95), delta=1e-6)
            touched = {row["case"] for case in closed for row in case if row["activity"] in ("handling", "approval")}
            done = [case for case in closed if case[-1]["outcome"] != "dropped"]
            self.assertEqual(sum(v["executed"] for v in kind["values"].values()), len(done))
            self.assertEqual(sum(v["untouched"] for v in kind["values"].values()),
                             sum(case[0]["case"] not in touched for case in done))
        for role in page["roles"]:
            self.assertAlmostEqual(role["waiting_hours"], waiting.get(role["role"], 0), delta=1e-4)
        spans = sorted(((moment(case[-1]["start"]) - moment(case[0]["start"])) / datetime.timedelta(hours=1)
                        for case in cases.values() if case[-1]["activity"] == "closed"), reverse=True)
        ended = [slow["hours"] for slow in page["slowest"] if not slow["open"]]
        for theirs, mine in zip(ended, spans):
            self.assertAlmostEqual(theirs, mine, delta=1e-6)
        return page

    def test_spreadsheets(self):
        page = self.holds("S0")
        self.assertTrue(all(v["untouched"] == 0 for kind in page["kinds"] for v in kind["values"].values()))

    def test_service_classes(self):
        self.holds("S1")

    def test_automatic(self):
        page = self.holds("S6")
        self.assertGreater(sum(v["untouched"] for v in page["kinds"][0]["values"].values()), 10)

    def test_page(self):
        text = said("bottlenecks", SCENARIO, "--strategy", "S0")
        for words in ("Where decisions spend their time", "Who holds them", "Untouched by people", "The slowest",
                      "not counted"):
            self.assertIn(words, text)


if __name__ == "__main__":
    unittest.main()
