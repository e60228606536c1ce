"""A published case that has been understood: its parameters by name, its conventions, and what is asked for."""

import distributions
from terms import HOURS, Refused

EVENTS_A_DAY = 10  # where a case's own time doesn't suit


class Case:
    """Values come in one unit of time, the case's clock, and mean what the family's form says (reading.py)."""

    def __init__(self, record, clock, values, says, asked):
        self.id, self.family, self.source = record["id"], record["family"], record["source"]
        self.name = self.id.replace(".", "_")  # of its expectation
        self.expected = record["expected"]
        tolerance = record["abs_or_rel_tolerance"]
        self.tolerance = {"rel": "relative", "abs": "absolute"}[tolerance["type"]], tolerance["value"]
        self.clock = clock  # "day", or none where nothing has a unit of time
        self._values = values
        self.says = says  # what conventions and notes settle, such as {"unmet": "lost"}
        self.asked = asked  # groups of the quantity's pattern
        self.days = 1  # of the scenario for a unit of the case's time

    def __contains__(self, name):
        return name in self._values

    def __getitem__(self, name):
        return self._values[name]

    def get(self, name, otherwise=None):
        return self._values.get(name, otherwise)

    def choose_days(self, rate):
        """Days that stand for a unit of time in which `rate` events happen."""
        if not 1 <= rate <= 40:
            self.days = rate / EVENTS_A_DAY

    def time(self, value):
        return f"{value * self.days:.10g} d"

    def per_time(self, cost):
        """A cost per unit of the case's time, a day."""
        return cost / self.days

    def distribution(self, name):
        """The distribution of a time: given as one, or a number whose distribution a convention or a note beside its unit says."""
        value = self[name]
        if isinstance(value, list):
            return distributions.time_distribution(self, value)
        return distributions.time_distribution(self, [self.says.get(f"distribution of {name}", "constant"), value])

    def same_length(self, *names):
        given = [name for name in names if name in self]
        lengths = {len(self[name]) for name in given}
        if len(lengths) > 1:
            raise Refused(f"{', '.join(given)} are lists of different lengths")

    def place(self, count):
        """Which of `count` classes or places is asked for, from 1; none where the quantity names none."""
        text = self.asked.get("place")
        if text is None:
            return None
        if not 1 <= int(text) <= count:
            raise Refused(f"the quantity is of number {text}, and there are {count}")
        return int(text)

    def verify(self, kpi, factor=1.0, **where):
        kind, tolerance = self.tolerance
        table = {"kpi": kpi, **where, "expected": float(self.expected), kind: float(tolerance)}
        if factor != 1:
            table["factor"] = float(factor)
        return {self.name: table | {"source": self.source}}

    def figure(self, factor=1.0, **where):
        """The KPI that the family's form gives for the quantity."""
        kpi = self.asked["kpi"]
        if kpi == "inventory_cost":
            return self.verify(kpi, self.days)
        return self.verify(kpi, factor, **where)

    def hours(self, value):
        """A time of the case, in the hours of its clock."""
        return value * HOURS[self.clock]
