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


REASONS = ("needless", "in_vain", "barred", "left", "ignored")


def reason_of(case):
    """Why nothing was done: what happened last before the case was closed says it."""
    last = case[-2]
    if last["activity"] == "skipped" or (last["activity"], last["outcome"]) == ("settled without people", "dropped"):
        return "left"
    if last["outcome"] in ("blocked by a guardrail", "ignored"):
        return "barred" if last["outcome"].startswith("blocked") else "ignored"
    return "needless" if last["activity"] == "waiting" else "in_vain"


def quantile(values, share):
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


class Bottlenecks(unittest.TestCase):
    """Of the cases that were detected in the measured window."""

    def holds(self, strategy, *changes):
        changes = [word for change in changes for word in ("--set", change)]
        summary = " ".join(said("validate", SCENARIO).split())
        window = re.search(r"measured from day 0 \((.*?)\) to day \d+ \((.*?)\)", summary)
        first, last = (day.split()[1] for day in window.groups())
        days = re.search(r"(\d+) \+ (\d+) \+ (\d+) days from (\S+),", summary).groups()
        horizon = moment(days[3]) + datetime.timedelta(days=sum(map(int, days[:3])))
        rows = list(csv.DictReader(io.StringIO(said("log", SCENARIO, "--strategy", strategy, *changes))))
        page = json.loads(said("bottlenecks", SCENARIO, "--strategy", strategy, *changes, "--json"))
        cases = {}
        for row in rows:
            cases.setdefault(row["case"], []).append(row)
        began = {case: moment(mine[0]["start"]) for case, mine in cases.items()}
        cases = {case: mine for case, mine in cases.items() if first <= mine[0]["start"][:10] <= last}
        self.assertTrue(all(mine[0]["activity"] == "detected" for mine in cases.values()))
        self.assertEqual([k["kind"] for k in page["kinds"]],
                         [k for k in ("purchase", "transfer", "escalation", "supplier exception",
                                     "priority exception", "integration exception")
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
                    if activity != "handling":
                        row = row if row["end"] else row | {"end": horizon.isoformat()}
                        waiting[row["role"]] = waiting.get(row["role"], 0) + hours(row)
            closed = [case for case in mine if case[-1]["activity"] == "closed"]
            dropped = [case for case in closed if case[-1]["outcome"] == "dropped"]
            self.assertEqual(kind["executed"], len(closed) - len(dropped))
            self.assertEqual({reason: kind[reason] for reason in REASONS},
                             {reason: sum(reason_of(case) == reason for case in dropped) for reason in REASONS})
            self.assertEqual(kind["open"], len(mine) - len(closed))
            executed = [(moment(row["start"]) - began[row["case"]]) / datetime.timedelta(hours=1)
                        for case in closed for row in case if row["activity"] == "executed"]
            self.assertEqual(kind["latency"]["count"], len(executed))
            if executed:
                self.assertAlmostEqual(kind["latency"]["p95_hours"], quantile(executed, 0.95), delta=1e-6)
            touched = {row["case"] for case in closed for row in case if row["activity"] in ("handling", "approval")}
            done = [case for case in closed if case[-1]["outcome"] != "dropped"]
            self.assertEqual(sum(v["executed"] for v in kind.get("values", {}).values()), len(done))
            self.assertEqual(sum(v["untouched"] for v in kind.get("values", {}).values()),
                             sum(case[0]["case"] not in touched for case in done))
        for role in page["roles"]:
            self.assertAlmostEqual(role["waiting_hours"], waiting.get(role["role"], 0), delta=1e-4)
        self.hold_people(page, cases)
        spans = sorted(((moment(case[-1]["start"]) - moment(case[0]["start"])) / datetime.timedelta(hours=1)
                        for case in cases.values() if case[-1]["activity"] == "closed"), reverse=True)
        ended = [slow["hours"] for slow in page["slowest"] if not slow["open"]]
        for theirs, mine in zip(ended, spans):
            self.assertAlmostEqual(theirs, mine, delta=1e-6)
        return page

    def hold_people(self, page, cases):
        """What they change, key in and approve."""
        changed, refused, beyond, keyed, mistakes = ({} for _ in range(5))
        approved = 0
        for case in cases.values():
            for row in case:
                who = row["role"], row["kind"]
                if row["activity"] == "changed" and row["outcome"] != "mistaken":
                    counted = refused if row["outcome"] == "refused" else changed
                    counted[who] = counted.get(who, 0) + 1
                if row["outcome"] == "beyond a guardrail":
                    beyond[who] = beyond.get(who, 0) + 1
            activities = [row["activity"] for row in case]
            hands = [row["role"] for row in case if row["activity"] == "handling"]
            went_out = activities[-1] == "closed" and case[-1]["outcome"] != "dropped"
            if case[0]["kind"] == "priority exception" and hands and went_out:
                who = hands[0], "priority exception"
                changed[who] = changed.get(who, 0) + 1
            if case[0]["kind"] == "purchase" and hands and went_out and "recommended" not in activities:
                keyed[hands[0]] = keyed.get(hands[0], 0) + 1
                mistakes[hands[0]] = mistakes.get(hands[0], 0) + any(row["outcome"] == "mistaken" for row in case)
            approved += sum(row["activity"] == "approval" and bool(row["end"]) for row in case)
        for one in page["overrides"]:
            who = one["role"], one["kind"]
            self.assertEqual((one["overrides"], one["refused"], one["beyond"]),
                             (changed.pop(who, 0), refused.pop(who, 0), beyond.pop(who, 0)))
            self.assertLessEqual(one["judged"], one["overrides"])
        self.assertEqual((changed, refused, beyond), ({}, {}, {}))
        self.assertEqual({one["role"]: (one["lines"], one["mistakes"]) for one in page["rekeyed"]},
                         {role: (keyed[role], mistakes[role]) for role in keyed})
        self.assertEqual(sum(level["count"] for level in page["levels"]), approved)

    def test_spreadsheets(self):
        page = self.holds("S0")
        self.assertTrue(all(v["untouched"] == 0 for kind in page["kinds"] for v in kind.get("values", {}).values()))

    def test_service_classes(self):
        self.holds("S1")

    def test_stuck_messages(self):
        """Of no item, and those of headquarters of no warehouse; slow ones stand in the list all the same."""
        words = ("bottlenecks", SCENARIO, "--strategy", "S0", "--set", "office.per_reentry='600 h'")
        said(*words)
        dead = ("disturbance.dead={ kind = 'outage', interface = 'purchase_order', day = '0 d', lasts = '60 h' }",)
        rows = list(csv.DictReader(io.StringIO(said("log", *words[1:], "--set", *dead))))
        stuck = {(row["item"], row["warehouse"]) for row in rows if row["kind"] == "integration exception"}
        self.assertIn(("", "headquarters"), stuck)
        slow = json.loads(said(*words, "--json"))["slowest"]
        self.assertIn(("integration exception", ""), [(case["kind"], case["item"]) for case in slow])

    def test_automatic(self):
        page = self.holds("S6")
        self.assertGreater(sum(v["untouched"] for v in page["kinds"][0]["values"].values()), 10)

    def test_people_who_judge(self):
        page = self.holds("S6", "office.judgement.acceptance=0.5", "strategy.S6.guardrail.value.value='$300'",
                          "strategy.S6.guardrail.change.change=0.1", "office.judgement.override_insight=0.5")
        self.assertTrue(all(page["overrides"][0][key] for key in ("overrides", "beyond", "informed", "judged")))

    def test_mistakes(self):
        page = self.holds("S0", "office.judgement.keying_errors=0.5")
        self.assertGreater(page["rekeyed"][0]["mistakes"], 0)

    def test_page(self):
        text = said("bottlenecks", SCENARIO, "--strategy", "S0")
        for words in ("Where decisions spend their time", "Who holds them", "Untouched by people", "The slowest",
                      "not counted", "keyed in by hand", "Which level of approval"):
            self.assertIn(words, text)


if __name__ == "__main__":
    unittest.main()
