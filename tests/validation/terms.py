"""The terms in which a case may be told: kinds of parameters with their units, conventions, quantities.

A family of cases declares which of them it knows; whatever else a case says is refused (reading.py). A term that a
scenario has no use for is thereby never read over: it may be what makes the case another one.
"""

import dataclasses
import math
import re
from collections.abc import Callable

import distributions

TIME = r"(?P<time>time|period|day|d|hour|h|minute|min|week|month|year|yr)s?"
CLOCKS = {"d": "day", "h": "hour", "min": "minute", "yr": "year"}  # other names
HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}  # what is exact; months and years are not


class Refused(Exception):
    """The case asks for something that its family has no scenario for."""


def clock_named(word):
    return CLOCKS.get(word, word)


# ----------------------------------------------------------------------------------------------------------- parameters


@dataclasses.dataclass(frozen=True)
class Kind:
    """What a parameter's value is, and the unit that it comes in."""

    wanted: str  # in words, the unit included
    unit: str | tuple  # its pattern or patterns, with a group `time` where there is a unit of time
    fits: Callable  # does the value?
    power: int = 0  # of time in the unit

    def each(self):
        """A list of such."""

        def fit(value):
            return isinstance(value, list) and value != [] and all(map(self.fits, value))

        return dataclasses.replace(self, wanted=f"a list of these: {self.wanted}", fits=fit)

    def noted(self, *notes):
        """One whose unit may be followed by a note that matches one of these."""
        return Term(self, notes=notes)


@dataclasses.dataclass(frozen=True)
class Term:
    """A family's parameter: its kind, whether it has to be there, and what may be noted beside its unit."""

    kind: Kind
    needed: bool = True
    notes: tuple = ()

    def read_unit(self, text):
        """The clock and the note of a unit's text; raises Refused."""
        for pattern in [self.kind.unit] if isinstance(self.kind.unit, str) else self.kind.unit:
            found = re.fullmatch(rf"{pattern}(?:(?:, | ?\(| )?(?P<note>.+?)\)?)?", text.strip(), re.IGNORECASE)
            note = found and (found["note"] or "").lower()
            if found and (not note or any(re.fullmatch(known, note) for known in self.notes)):
                clock = found.groupdict().get("time")
                return clock and clock_named(clock.lower()), note
        raise Refused(f"the unit {text!r}")


def term(of):
    return of if isinstance(of, Term) else Term(of)


def optional(of):
    return dataclasses.replace(term(of), needed=False)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_whole(value):
    return is_number(value) and float(value).is_integer()


def number(least=None, above=None, most=None):
    def fits(value):
        return is_number(value) and (
            (least is None or value >= least) and (above is None or value > above) and (most is None or value <= most)
        )

    return fits


UNITS = Kind("units >= 0 in 'units'", r"units?", number(least=0))
LEVEL = Kind("units in 'units'", r"units?", number())  # may be negative
WHOLE_UNITS = Kind("whole units >= 0 in 'units'", r"units?", lambda v: is_whole(v) and v >= 0)
WHOLE_LEVEL = Kind("whole units in 'units'", r"units?", is_whole)
LOT = Kind("units > 0 in 'units'", r"units?", number(above=0))
WHOLE_LOT = Kind("whole units > 0 in 'units'", r"units?", lambda v: is_whole(v) and v > 0)
PER_UNIT = Kind("a cost >= 0 in 'money/unit'", r"money/unit", number(least=0))
PER_ORDER = Kind("a cost >= 0 in 'money/order'", r"money/(?:order|run|setup)", number(least=0))
HOLDING = Kind("a cost >= 0 in 'money/unit/TIME'", rf"money/unit(?:/| per ){TIME}", number(least=0), -1)
RATE = Kind(
    "a rate > 0 in 'units/TIME' or '1/TIME'",
    rf"(?:1|units?|orders?|demands?|customers?|arrivals?|jobs?|lots?|trips?)(?:/| per ){TIME}(?:/(?:server|machine))?",
    number(above=0),
    -1,
)
DURATION = Kind("a time > 0 in a unit of time", TIME, number(above=0), 1)
DELAY = Kind("a time >= 0 in a unit of time", TIME, number(least=0), 1)
PERIODS = Kind("a whole number >= 1 in a unit of time", TIME, lambda v: is_whole(v) and v >= 1, 1)
SERVERS = Kind("a whole number >= 1", r"(?:servers?|carriers?|machines?)?", lambda v: is_whole(v) and v >= 1)
CHANCE = Kind("a probability in (0,1] in '1/TIME'", rf"1/{TIME}", number(above=0, most=1), 0)
SHARE = Kind("a share in [0,1]", r"(?:share|fraction|probability)?", number(least=0, most=1))
FACTOR = Kind("a number >= 0 without a unit", "", number(least=0))
CORRELATION = Kind("a number in (-1,1) without a unit", "", number(above=-0.999, most=0.999))
COUNTS = Kind(
    f"a number of units or a distribution of them ({distributions.COUNTS_KNOWN}) in 'units/order'",
    r"units?(?:/| per )(?:order|demand)",
    distributions.is_count_distribution,
)
DEMAND = Kind(
    f"the units of a period, a number or a distribution ({distributions.COUNTS_KNOWN}), in 'units/TIME' or 'distribution per TIME'",
    (r"distribution, units", rf"distribution per {TIME}", rf"units?(?:/| per ){TIME}"),
    distributions.is_count_distribution,
)
TIMES = Kind(
    f"a time or a distribution of times ({distributions.TIMES_KNOWN}) in 'distribution, TIME'",
    rf"(?:distribution, )?{TIME}",
    distributions.is_time_distribution,
    1,
)
TIMES_BY_NAME = Kind(
    f"the name of a distribution of times ({distributions.TIMES_KNOWN}) in 'name'",
    "(?:name)?",
    lambda v: isinstance(v, str) and distributions.is_time_distribution([v, 1]),
)
SQUARES = Kind(
    "the first two moments of a time in 'TIME, TIME^2'",
    rf"{TIME}, (?P=time)s?\^2",
    lambda v: isinstance(v, list) and len(v) == 2 and all(map(number(above=0), v)) and v[1] >= v[0] ** 2 * (1 - 1e-9),
)
MONEY = Kind("an amount in 'money'", r"money(?: at t=0,1,2,\.\.\. (?P<time>year)s)?", is_number)
SPAN = Kind(
    "a start and an end in a unit of time",
    TIME,
    lambda v: isinstance(v, list) and len(v) == 2 and all(map(is_number, v)) and v[0] < v[1],
    1,
)
INSTANT = Kind("a time in a unit of time", TIME, is_number, 1)
RATE_OR_NONE = dataclasses.replace(RATE, wanted="a rate >= 0 in 'units/TIME'", fits=number(least=0))
YEARLY = Kind("a share in [0,1] a year in '1/yr'", r"(?:1/(?P<time>yr|year))?", number(least=0, most=1))
UNITS_A_PERIOD = Kind("whole units >= 0 in 'units/TIME'", rf"units?(?:/| per ){TIME}", lambda v: is_whole(v) and v >= 0)
