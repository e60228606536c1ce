"""What a case's family doesn't know is refused with the case's id and what is known; nothing is read over, nothing
crashes."""

import copy
import json
import pathlib
import unittest

import families  # noqa: F401: they register
from reading import FAMILIES, read_cases

CASES = json.loads((pathlib.Path(__file__).parent / "published_cases.json").read_text(encoding="utf-8"))


def case(name):
    return copy.deepcopy(next(record for record in CASES if record["id"] == name))


def complaints(*records):
    return [text for _, text in read_cases(json.dumps(records))[1]]


class Shipped(unittest.TestCase):
    def test_all_are_understood(self):
        read, refused = read_cases(json.dumps(CASES))
        self.assertEqual(refused, [])
        self.assertEqual(len(read), 90)

    def test_every_form_of_a_family_is_used(self):
        self.assertEqual({record["family"] for record in CASES}, set(FAMILIES))


class Refusals(unittest.TestCase):
    def refused(self, record, *words):
        """Some complaint has all the words, and every one is about this case."""
        read, found = read_cases(json.dumps([record]))
        self.assertEqual(read, [])
        self.assertEqual({name for name, _ in found}, {record["id"]})
        self.assertTrue(any(all(word in text for word in words) for _, text in found), (words, found))

    def test_an_unknown_parameter(self):
        record = case("rq-01")
        record["parameters"]["batch_discount"] = {"value": 0.1, "unit": ""}
        self.refused(record, "'batch_discount' is not known", "'demand_rate'")

    def test_a_missing_parameter(self):
        record = case("rq-01")
        del record["parameters"]["Q"]
        self.refused(record, "'Q' is missing", "whole units")

    def test_a_parameter_that_the_quantity_needs(self):
        record = case("rq-01")
        del record["parameters"]["backorder_cost"]
        self.refused(record, "'backorder_cost' is missing", "average cost")

    def test_a_convention_that_makes_it_another_system(self):
        for name, other in [
            ("rq-01", "lost sales"),
            ("sS-01", "lead time of 2 periods"),
            ("q-05", "preemptive-resume priorities"),
            ("pbs-01", "demand comes before the order"),
            ("fin-02", "cash flows at mid-year"),
            ("lat-01", "ties go to the nearest"),
        ]:
            record = case(name)
            record["parameters"]["conventions"].append(other)
            self.refused(record, repr(other), "known are")

    def test_conventions_that_contradict_each_other(self):
        record = case("rat-01")
        record["parameters"]["conventions"].append("refused demand waits in its class")
        self.refused(record, "unmet", "'lost'", "'waits'")

    def test_a_convention_that_contradicts_a_parameter(self):
        record = case("lk-20-40")
        record["parameters"]["initial_level"]["value"] = 50
        self.refused(record, "start at 60", "50")
        record = case("brk-01")
        record["parameters"]["repair_moments"]["value"] = [2, 4]
        self.refused(record, "exponential repairs")

    def test_a_convention_that_has_to_be_there(self):
        record = case("rat-01")
        record["parameters"]["conventions"].remove("refused demand of either class is lost")
        self.refused(record, "no convention says unmet", "waits in its class")

    def test_other_words_for_a_convention(self):
        record = case("rq-01")
        record["parameters"]["conventions"] = "Continuous review, Poisson demand; constant lead time, backorders."
        self.assertEqual(complaints(record), [])

    def test_numbers_of_a_convention_are_used(self):
        record = case("lk-20-40")
        said = record["parameters"]["conventions"]
        said[said.index("exponential times of mean 0.1 months between demands")] = "interdemand exp(0.2 month)"
        _, scenario = read_cases(json.dumps([record]))[0][0]
        self.assertEqual(scenario["stream"]["customers"]["interarrival_time"]["mean"], "0.2 d")

    def test_units_of_time_that_do_not_go_together(self):
        record = case("eoq-01")
        record["parameters"]["holding_cost"]["unit"] = "money/unit/month"
        self.refused(record, "month", "year", "one unit")
        record = case("te-01")
        record["parameters"]["ship_times"]["unit"] = "days"
        self.refused(record, "day", "time")

    def test_units_of_time_that_can_be_converted(self):
        read = lambda record: read_cases(json.dumps([record]))[0][0][1]
        record, days = case("palm-02"), case("palm-02")
        record["parameters"]["mean_lead_time"] = {"value": 96, "unit": "hours"}
        self.assertEqual(read(record), read(days))
        record, same = case("cap-01"), case("cap-01")
        record["parameters"]["demand_rate"] = {"value": 0.8 / 24, "unit": "units/hour"}
        same["parameters"]["demand_rate"]["value"] = 0.8
        self.refused(record, "trip_time", "one unit")

    def test_a_unit_of_another_kind(self):
        record = case("rq-01")
        record["parameters"]["lead_time"]["unit"] = "time, orders don't cross"
        self.refused(record, "orders don't cross")
        record["parameters"]["lead_time"] = 2
        self.refused(record, "the unit ''", "unit of time")

    def test_a_distribution_that_may_mean_two_things(self):
        for distribution in (["gamma", 4, 2], ["negative binomial", 10, 20], ["geometric", 0.4], ["cauchy", 1], ["poisson"], []):
            record = case("nv-03")
            record["parameters"]["demand"]["value"] = distribution
            self.refused(record, "'demand'", "poisson, mean")

    def test_real_levels_where_demand_is_whole(self):
        record = case("nv-03")
        record["parameters"]["stock_level"]["value"] = 8.5
        self.refused(record, "8.5", "whole")

    def test_normal_demand_that_would_be_negative(self):
        record = case("nv-01")
        record["parameters"]["demand"]["value"] = ["normal", 50, 30]
        self.refused(record, "'demand'")

    def test_another_quantity(self):
        for name, other in [
            ("rq-01", "average cost per order"),
            ("rq-04", "variance of backorders"),
            ("q-01", "mean number in system L"),
            ("palm-03", "99th percentile of on-hand (units)"),
            ("fin-03", "ROI"),
        ]:
            record = case(name)
            record["quantity"] = other
            self.refused(record, repr(other), "known are")

    def test_a_place_that_is_not_there(self):
        record = case("te-05")
        record["quantity"] = "fill rate at location 4"
        self.refused(record, "number 4", "3")

    def test_lists_of_different_lengths(self):
        record = case("te-05")
        record["parameters"]["ship_times"]["value"] = [1, 2]
        self.refused(record, "ship_times", "different lengths")
        record = case("rat-01")
        record["parameters"]["rates"]["value"] = [1, 2, 3]
        self.refused(record, "3 classes")

    def test_levels_that_contradict_each_other(self):
        record = case("ser-01")
        record["parameters"]["local_base_stock"]["value"] = [8, 5, 5, 5]
        self.refused(record, "local_base_stock")
        record = case("ser-02")
        record["parameters"]["echelon_holding"]["value"] = [1, 1, 1, 1]
        self.refused(record, "local_holding")

    def test_a_queue_without_a_steady_state(self):
        record = case("cap-01")
        record["parameters"]["demand_rate"]["value"] = 1.2
        self.refused(record, "load")

    def test_an_unknown_family(self):
        record = case("rq-01") | {"family": "(r,Q) Poisson, backorder"}
        self.refused(record, "did you mean '(r,Q) Poisson, backorders'")

    def test_a_net_present_value_without_its_rate(self):
        record = case("fin-02")
        del record["parameters"]["rate"]
        self.refused(record, "'rate' is missing")


class Files(unittest.TestCase):
    def test_no_json(self):
        self.assertEqual(read_cases("[{]")[1][0][0], "line 1, column 3")

    def test_no_list(self):
        self.assertIn("list of cases", read_cases("{}")[1][0][1])

    def test_an_id_twice(self):
        self.assertIn("another case of this id", complaints(case("rq-01"), case("rq-01"))[0])

    def test_an_id_that_is_asked_for_and_missing(self):
        self.assertEqual(read_cases(json.dumps(CASES), ["rq-09"])[1], [("rq-09", "there is no such case")])

    def test_all_faults_of_all_cases_at_once(self):
        first, second = case("rq-01"), case("sS-01")
        first["parameters"] |= {"x": {"value": 1, "unit": ""}, "r": {"value": "three", "unit": "units"}}
        second["abs_or_rel_tolerance"] = {"type": "relative", "value": 0}
        second["expected"] = "35"
        found = complaints(first, second, 7, {})
        self.assertEqual(len([text for text in found if "'x'" in text or '"three"' in text]), 2)
        self.assertEqual(len([text for text in found if "'expected'" in text or "tolerance's" in text]), 3 + 1)

    def test_whatever_a_value_is_nothing_crashes(self):
        """Every value of a case of each kind replaced by others: understood or refused. A refusal is counted."""
        strange = [None, True, "x", -1, 0, 1e300, [], [1], [-1, 2], ["poisson"], ["uniform", 3, 1], {}, [[1]], [None]]
        refused = 0
        kinds = {(record["family"], *record["parameters"]): record for record in CASES}
        for record in kinds.values():
            for name in record["parameters"]:
                for value in strange:
                    changed = copy.deepcopy(record)
                    if name == "conventions":
                        changed["parameters"][name] = value
                    else:
                        changed["parameters"][name]["value"] = value
                    refused += bool(read_cases(json.dumps([changed]))[1])
                if name != "conventions":
                    for unit in (None, 3, "furlongs", "money", ""):
                        changed = copy.deepcopy(record)
                        changed["parameters"][name]["unit"] = unit
                        read_cases(json.dumps([changed]))
                without = copy.deepcopy(record)
                del without["parameters"][name]
                read_cases(json.dumps([without]))
        self.assertGreater(refused, 2000)


if __name__ == "__main__":
    unittest.main()
