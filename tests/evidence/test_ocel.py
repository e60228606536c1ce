"""The logs of `tiny` that the program writes keep the rules of OCEL 2.0; and logs that don't are refused.

    ENTREPOT_PROGRAM=build/release/entrepot python3 test_ocel.py
"""

import copy
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

import ocel

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ENTREPOT_PROGRAM", "entrepot")


def write(folder, name, *options):
    path = pathlib.Path(folder) / name
    subprocess.run([PROGRAM, "log", "scenarios/tiny.toml", *options, "-o", str(path)], cwd=PROJECT, check=True)
    return path


class TinyLogs(unittest.TestCase):
    """Of each strategy, and with all orders."""

    def holds(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            as_json, as_sqlite = (write(folder, f"log.{ending}", *options) for ending in ("jsonocel", "sqlite"))
            log = ocel.read_json(as_json)
            self.assertEqual(ocel.problems(log), [])
            again = ocel.read_sqlite(as_sqlite)
            self.assertEqual(ocel.problems(again), [])
            self.assertEqual(ocel.differences(log, again), [])
            twice = write(folder, "twice.json", *options), write(folder, "twice.db", *options)
            self.assertEqual(as_json.read_bytes(), twice[0].read_bytes())
            self.assertEqual(as_sqlite.read_bytes(), twice[1].read_bytes())
            return log

    def test_spreadsheets(self):
        log = self.holds("--strategy", "S0")
        self.assertGreater(len(log["events"]), 2000)

    def test_service_classes(self):
        self.holds("--strategy", "S1")

    def test_automatic(self):
        self.holds("--strategy", "S6", "--replication", "1")

    def test_all_orders(self):
        few, many = self.holds("--strategy", "S6"), self.holds("--strategy", "S6", "--orders", "all")
        orders = lambda log: {o["id"] for o in log["objects"] if o["type"] == "order"}
        self.assertLess(orders(few), orders(many))
        self.assertGreater(len(orders(many)), 1000)

    def test_what_a_case_is_about(self):
        """Events of a purchase are about a line that is placed, of an escalation about an order, and so on."""
        log = self.holds("--strategy", "S0")
        objects = {o["id"]: o for o in log["objects"]}
        kind_of = {o["id"]: next(a["value"] for a in o["attributes"] if a["name"] == "kind")
                   for o in log["objects"] if o["type"] == "case"}
        about = {"purchase": "purchase_order", "supplier exception": "purchase_order", "escalation": "order",
                 "transfer": ("transfer", "order"), "priority exception": "order", "integration exception": "link"}
        seen = set()
        for event in log["events"]:
            to = {r["qualifier"]: r["objectId"] for r in event["relationships"]}
            if "case" not in to:
                continue
            kind = kind_of[to["case"]]
            self.assertIn(objects[to["about"]]["type"], about[kind], event)
            if kind != "integration exception":
                self.assertEqual((objects[to["item"]]["type"], objects[to["site"]]["type"]), ("item", "site"))
            self.assertEqual("supplier" in to, kind in ("purchase", "supplier exception"), event)
            role = next(a["value"] for a in event["attributes"] if a["name"] == "role")
            self.assertEqual("by" in to, role != "system", event)
            seen.add(kind)
        self.assertEqual(seen, set(about))

    def test_customers_orders(self):
        """A notice is about its order; an override about the order that gets stock, from those that lose it."""
        changes = ("workflow={ takes_allocated = true, escalation_search_median = '1 min' }", "waves.starts=['18:00']",
                   "notices.at_risk='2 d'", "rights.promise_change=['service_agent']")
        sets = [word for change in changes for word in ("--set", f"strategy.S0.{change}")]
        sets += ["--set", "tier.T1.escalation_probability=1", "--set", "office.per_escalation='1 min'"]
        log = self.holds("--strategy", "S0", *sets)
        objects = {o["id"]: o for o in log["objects"]}
        value = lambda one, name: [a["value"] for a in objects[one]["attributes"] if a["name"] == name][-1]
        related = lambda one: {r["qualifier"]: r["objectId"] for r in one["relationships"]}
        moved, notices = {}, 0
        for event in log["events"]:
            to = related(event)
            if event["type"] == "stock reallocated":
                self.assertEqual({objects[to[q]]["type"] for q in ("order", "from")}, {"order"})
                self.assertNotEqual(to["order"], to["from"])
                self.assertEqual(to["order"], related(objects[to["case"]])["about"])
                losers = [r["objectId"] for r in objects[to["case"]]["relationships"] if r["qualifier"] == "from"]
                self.assertIn(to["from"], losers)
                self.assertEqual(len(losers), len(set(losers)))
                moved[to["case"]] = moved.get(to["case"], 0) + event["attributes"][0]["value"]
            elif "case" in to and value(to["case"], "kind") == "promise change":
                self.assertEqual(objects[to["about"]]["type"], "order")
                notices += event["type"] == "executed"
        self.assertGreater(notices, 10)
        self.assertGreater(len(moved), 10)
        overrides = [o["id"] for o in log["objects"] if o["type"] == "case" and
                     value(o["id"], "kind") == "allocation override" and value(o["id"], "outcome") != "open"]
        for one in overrides:
            self.assertEqual(value(one, "outcome"), "executed" if one in moved else "dropped")
            self.assertEqual(value(one, "units"), moved.get(one, 0))

    def test_messages(self):
        """Each has one link, goes from its beginning to what its state says, and is about what it carries."""
        few = self.holds("--strategy", "S0")
        log = self.holds("--strategy", "S0", "--messages", "all")
        named = lambda log: {o["id"] for o in log["objects"] if o["type"] == "message"}
        self.assertLess(named(few), named(log))
        objects = {o["id"]: o for o in log["objects"]}
        values = lambda one, name: [a["value"] for a in one["attributes"] if a["name"] == name]
        ways, repairs = {}, 0
        for event in log["events"]:
            if not event["type"].startswith("message "):
                continue
            to = {r["qualifier"]: r["objectId"] for r in event["relationships"]}
            self.assertEqual((objects[to["message"]]["type"], objects[to["over"]]["type"]), ("message", "link"))
            ways.setdefault(to["message"], []).append(event)
            if event["type"] == "message repaired":
                case = objects[to["because of"]]
                self.assertEqual(values(case, "kind"), ["integration exception"])
                self.assertIn({"objectId": to["over"], "qualifier": "about"}, case["relationships"])
                repairs += 1
        self.assertEqual(set(ways), named(log))
        about = {"purchase_order": "purchase_order", "confirmation": "purchase_order", "asn": "purchase_order",
                 "transfer_order": "transfer", "recommendation": "case", "notice": "order"}
        seen = set()
        for name, way in ways.items():
            one, types = objects[name], [event["type"][len("message "):] for event in way]
            self.assertIn(types[0], ("sent", "held up", "repaired"))
            self.assertLessEqual(types.count("sent"), 1)
            failures = sum(types.count(t) for t in ("failed", "dead-lettered", "lost"))
            self.assertEqual(values(one, "failures")[-1], failures)
            self.assertEqual(values(one, "given_up")[-1], types.count("dead-lettered") + types.count("lost"))
            self.assertEqual(values(one, "lost")[-1], types.count("lost"))
            self.assertEqual(values(one, "duplicate")[-1], "duplicated" in types)
            self.assertLessEqual(types.count("retried"), types.count("failed"))
            self.assertEqual(values(one, "state")[-1] == "applied", "applied" in types, name)
            if types[0] == "sent":
                self.assertEqual(ocel.moment(values(one, "sent")[0]), ocel.moment(way[0]["time"]))
            for relation in one["relationships"]:
                if relation["qualifier"] == "about":
                    self.assertEqual(objects[relation["objectId"]]["type"], about[values(one, "interface")[0]])
                    seen.add(values(one, "interface")[0])
        self.assertLessEqual({"purchase_order", "transfer_order"}, seen)
        self.assertGreater(repairs, 0)

    def test_courses(self):
        """What is placed was decided, what is received was placed, and nothing is received twice."""
        log = self.holds("--strategy", "S6")
        course = {}
        for event in log["events"]:
            for relation in event["relationships"]:
                course.setdefault(relation["objectId"], []).append(event["type"])
        lines = [o for o in log["objects"] if o["type"] == "purchase_order"]
        moved = [o for o in log["objects"] if o["type"] == "transfer"]
        wholly = 0
        for one in lines:
            mine = [t for t in course[one["id"]] if t.startswith("purchase ")]
            wanted = ["purchase placed", "purchase delivered", "purchase put away", "purchase received"]
            self.assertEqual(sorted(set(mine), key=wanted.index), [w for w in wanted if w in mine], mine)
            self.assertLessEqual(mine.count("purchase received"), 1)
            wholly += "purchase received" in mine
            states = [a["value"] for a in one["attributes"] if a["name"] == "state"]
            self.assertEqual(states[-1] == "received", "purchase received" in mine)
        self.assertGreater(wholly, 50)
        self.assertTrue(all("transfer ordered" in course[o["id"]] for o in moved))
        self.assertGreater(sum("transfer put away" in course[o["id"]] for o in moved), 50)


class DamagedLogs(unittest.TestCase):
    """Each is refused, for what is wrong with it."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.whole = ocel.read_json(write(cls.folder.name, "log.json"))
        cls.database = write(cls.folder.name, "log.sqlite")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def damaged(self, damage, complaint):
        log = copy.deepcopy(self.whole)
        damage(log)
        self.assertTrue(any(complaint in text for text in ocel.problems(log)), ocel.problems(log)[:3])

    def changed(self, log):
        return next(o for o in log["objects"] if o["type"] == "purchase_order" and len(o["attributes"]) > 6)

    def test_whole(self):
        self.assertEqual(ocel.problems(self.whole), [])

    def test_twice(self):
        self.damaged(lambda log: log["events"][1].update(id=log["events"][0]["id"]), "is there twice")
        self.damaged(lambda log: log["objects"][1].update(id=log["objects"][0]["id"]), "is there twice")

    def test_undeclared(self):
        self.damaged(lambda log: log["events"][0].update(type="guessed"), "type guessed is not declared")
        self.damaged(lambda log: log["objects"][0].update(type="guess"), "type guess is not declared")
        self.damaged(lambda log: log["events"][0]["attributes"].append({"name": "colour", "value": "red"}),
                     "attribute colour is not declared")

    def test_missing_attribute(self):
        self.damaged(lambda log: log["events"][0]["attributes"].pop(), "lacks the declared attribute")

    def test_wrong_type(self):
        self.damaged(lambda log: log["events"][0]["attributes"][0].update(value="many"), "is declared as integer")
        self.damaged(lambda log: log["events"][0]["attributes"][0].update(value=True), "is declared as integer")
        message = lambda log: next(o for o in log["objects"] if o["type"] == "message")
        sent = lambda log: next(a for a in message(log)["attributes"] if a["name"] == "sent")
        self.damaged(lambda log: sent(log).update(value="yesterday"), "is declared as time")

    def test_nobody(self):
        self.damaged(lambda log: log["events"][0]["relationships"][0].update(objectId="case:none"), "is no object")
        related = lambda log: next(o for o in log["objects"] if o["relationships"])
        self.damaged(lambda log: related(log)["relationships"][0].update(objectId="item:none"), "is no object")
        self.damaged(lambda log: log["events"][0].update(relationships=[]), "is about no object")

    def test_no_qualifier(self):
        self.damaged(lambda log: log["events"][0]["relationships"][0].update(qualifier=""), "has no qualifier")

    def test_times(self):
        self.damaged(lambda log: log["events"][0].update(time="2026-01-05T08:00:00.000"), "no time with a zone")
        self.damaged(lambda log: self.changed(log)["attributes"].reverse(), "the order of their times")
        self.damaged(lambda log: self.changed(log)["attributes"].append(self.changed(log)["attributes"][-1]),
                     "ascending times")
        self.damaged(lambda log: self.changed(log)["attributes"].pop(0), "has no value at the beginning")

    def test_other_than_its_twin(self):
        self.assertEqual(ocel.differences(self.whole, ocel.read_sqlite(self.database)), [])
        for sql in ("DELETE FROM event_object WHERE rowid = 7", "DELETE FROM object_object WHERE rowid = 7",
                    "UPDATE event_Begun SET units = units + 1 WHERE rowid = 1",
                    "UPDATE object_Item SET unit_cost = unit_cost + 1 WHERE rowid = 1",
                    "DELETE FROM event_Begun WHERE rowid = 1",
                    "UPDATE event_Begun SET ocel_time = '2026-01-01T00:00:00.000Z' WHERE rowid = 1"):
            copied = pathlib.Path(self.folder.name) / "damaged.sqlite"
            copied.write_bytes(self.database.read_bytes())
            database = sqlite3.connect(copied)
            database.execute(sql)
            database.commit()
            database.close()
            log = ocel.read_sqlite(copied)
            self.assertTrue(ocel.problems(log) + ocel.differences(self.whole, log), sql)

    def test_broken_tables(self):
        for sql, complaint in (("DROP TABLE event_Begun", "no table"),
                               ("UPDATE object_PurchaseOrder SET ordered = 1 WHERE ocel_changed_field = 'state'",
                                "has other values"),
                               ("DELETE FROM event WHERE rowid = 1", "without an entry"),
                               ("DELETE FROM object_Case WHERE ocel_changed_field IS NULL", "does not begin")):
            copied = pathlib.Path(self.folder.name) / "damaged.sqlite"
            copied.write_bytes(self.database.read_bytes())
            database = sqlite3.connect(copied)
            database.execute(sql)
            database.commit()
            database.close()
            with self.assertRaisesRegex(ValueError, complaint):
                ocel.read_sqlite(copied)


if __name__ == "__main__":
    unittest.main()
