"""Reads a file of cases strictly: what a case's family doesn't know is refused, never read over.

A family is told in one or more forms, functions with a declaration of their parameters, conventions and quantities. A
case is of the form that it complains least of.
"""

import dataclasses
import difflib
import json
import re

import distributions
from case import Case
from terms import HOURS, Refused, clock_named, is_number, term


@dataclasses.dataclass(frozen=True)
class Clause:
    """A convention: its words here, a pattern of other words for it, and what it settles.

    The pattern's groups are numbers that parameters of these names have to equal, or that stand for them."""

    words: str
    pattern: str = ""
    says: dict = dataclasses.field(default_factory=dict)

    def match(self, text):
        if text == self.words.lower():
            return {}
        found = self.pattern and re.fullmatch(self.pattern, text, re.IGNORECASE)
        return found.groupdict() if found else None


def clause(words, pattern="", **says):
    return Clause(words, pattern, {key.replace("_of_", " of "): value for key, value in says.items()})


@dataclasses.dataclass(frozen=True)
class Quantity:
    """What may be asked for: its words, a pattern, the KPI, and the parameters that it can't be told without."""

    words: str
    pattern: str
    kpi: str
    needs: tuple = ()


def quantity(words, kpi, pattern="", needs=()):
    return Quantity(words, pattern or re.escape(words), kpi, tuple(needs))


@dataclasses.dataclass(frozen=True)
class Form:
    scenario: object
    parameters: dict
    conventions: list
    quantities: list
    settled: tuple  # what a case's conventions have to say, such as "unmet"
    rows: tuple  # parameters that are lists of one length


FAMILIES = {}  # name: forms


def form(family, parameters, conventions, quantities, settled=(), rows=()):
    """Registers the function below it as a form of the family."""

    def register(scenario):
        terms = {name: term(of) for name, of in parameters.items()}
        FAMILIES.setdefault(family, []).append(
            Form(scenario, terms, conventions, quantities, tuple(settled), tuple(rows))
        )
        return scenario

    return register


def known(names):
    return "known are " + ", ".join(map(repr, names))


# ------------------------------------------------------------------------------------------------------------- one case


def clauses_of(text):
    """A convention's text cut at semicolons, colons and commas outside of brackets; or a list of clauses as it is."""
    if isinstance(text, list):
        return [part.strip().lower() for part in text]
    depth, parts, start = 0, [], 0
    for i, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter in ";:," and text[i + 1 : i + 2] in ("", " "):
            parts.append(text[start:i])
            start = i + 1
    return [part.strip().rstrip(".").lower() for part in [*parts, text[start:]] if part.strip(" .")]


class Reading:
    """One try to understand a record as a form; complaints gather."""

    def __init__(self, record, form):
        self.record, self.form = record, form
        self.complaints, self.values, self.clocks, self.says = [], {}, {}, {}
        self.asked = {}
        self.read_parameters()
        self.read_conventions()
        self.read_quantity()
        self.set_clock()
        self.check_settled()

    def complain(self, text):
        self.complaints.append(text)

    def read_parameters(self):
        terms = self.form.parameters
        for name, given in self.record["parameters"].items():
            if name == "conventions":
                continue
            if name not in terms:
                self.complain(f"parameter {name!r} is not known; {known(terms)}")
                continue
            value, unit = (given.get("value"), given.get("unit", "")) if isinstance(given, dict) else (given, "")
            if isinstance(given, dict) and given.keys() - {"value", "unit"}:
                self.complain(
                    f"parameter {name!r} has {sorted(given.keys() - {'value', 'unit'})}, wanted value and unit"
                )
            wanted = terms[name].kind.wanted
            if not terms[name].kind.fits(value):
                self.complain(f"parameter {name!r}: got {json.dumps(value)}, wanted {wanted}")
                continue
            try:
                clock, note = terms[name].read_unit(unit if isinstance(unit, str) else repr(unit))
            except Refused as reason:
                self.complain(f"parameter {name!r}: {reason} is not known, wanted {wanted}")
                continue
            self.values[name] = value
            if clock:
                self.clocks[name] = clock
            if distribution := re.match(r"(constant|deterministic|exponential)\b", note):
                self.settle({f"distribution of {name}": distribution[1].replace("deterministic", "constant")}, f"the unit of {name!r}")

    def settle(self, says, by):
        for what, value in says.items():
            if self.says.setdefault(what, value) != value:
                self.complain(f"{by} says {what} {value!r}, another convention {self.says[what]!r}")

    def read_conventions(self):
        text = self.record["parameters"].get("conventions", [])
        if not isinstance(text, str) and not (isinstance(text, list) and all(isinstance(t, str) for t in text)):
            self.complain("'conventions' is neither a text nor a list of texts")
            return
        for part in clauses_of(text):
            for clause in self.form.conventions:
                numbers = clause.match(part)
                if numbers is None:
                    continue
                self.settle(clause.says, f"convention {part!r}")
                for name, number in numbers.items():
                    self.agree(name, float(number), part)
                break
            else:
                self.complain(f"convention {part!r} is not known; {known(c.words for c in self.form.conventions)}")

    def agree(self, name, number, part):
        number = int(number) if number.is_integer() else number
        if self.values.setdefault(name, number) != number:
            self.complain(f"convention {part!r} says {name} {number:g}, and the parameter is {self.values[name]!r}")

    def read_quantity(self):
        text = self.record["quantity"]
        for quantity in self.form.quantities:
            if found := re.fullmatch(quantity.pattern, text.strip(), re.IGNORECASE):
                self.asked = found.groupdict() | {"kpi": quantity.kpi}
                if clock := self.asked.get("time"):
                    self.clocks["quantity"] = clock_named(clock.lower())
                for name in quantity.needs:
                    if name not in self.record["parameters"]:
                        self.complain(f"parameter {name!r} is missing, which {text!r} needs")
                return
        self.complain(f"quantity {text!r} is not known; {known(q.words for q in self.form.quantities)}")

    def set_clock(self):
        """All values in one unit of time: the first one's. The quantity's is kept, for whoever converts its figure."""
        self.clock = next(iter(self.clocks.values()), None)
        for name, clock in self.clocks.items():
            if clock == self.clock:
                continue
            value = self.values.get(name)
            if clock not in HOURS or self.clock not in HOURS:
                self.complain(f"times are in {self.clock}s and in {clock}s ({name}): say them in one unit")
            elif name == "quantity":
                if not self.asked["kpi"] in ("pick_wait", "time_in_system"):
                    self.complain(
                        f"the quantity is told in {clock}s and the case in {self.clock}s: say them in one unit"
                    )
            elif (power := self.form.parameters[name].kind.power) and is_number(value):
                self.values[name] = value * (HOURS[clock] / HOURS[self.clock]) ** power
            elif power and all(map(is_number, value)) and name not in self.form_distributions():
                self.values[name] = [v * (HOURS[clock] / HOURS[self.clock]) ** power for v in value]
            else:
                self.complain(
                    f"parameter {name!r} is told in {clock}s and others in {self.clock}s: say them in one unit"
                )

    def form_distributions(self):
        return {name for name, of in self.form.parameters.items() if "distribution" in of.kind.wanted}

    def check_settled(self):
        for name, of in self.form.parameters.items():
            if of.needed and name not in self.values and name not in self.record["parameters"]:
                self.complain(f"parameter {name!r} is missing, wanted {of.kind.wanted}")
        for what in self.form.settled:
            if what not in self.says:
                choices = [c.words for c in self.form.conventions if what in c.says]
                self.complain(f"no convention says {what}; {known(choices)}")

    def case(self):
        self.asked.setdefault("clock", self.clocks.get("quantity"))
        return Case(self.record, self.clock, self.values, self.says, self.asked)


def scenario_of(reading):
    """The scenario of a record that was read without complaint, and its case; raises Refused."""
    case = reading.case()
    try:
        case.same_length(*reading.form.rows)
        return case, reading.form.scenario(case)
    except distributions.UnknownDistribution as reason:
        raise Refused(str(reason)) from reason


# ------------------------------------------------------------------------------------------------------------- the file

FIELDS = {
    "id": (str, "a text"),
    "family": (str, "a text"),
    "parameters": (dict, "a table"),
    "quantity": (str, "a text"),
    "expected": ((int, float), "a number"),
    "abs_or_rel_tolerance": (dict, "a table"),
    "source": (str, "a text"),
}


def faults_of_record(record):
    """What is wrong with a record whatever its family."""
    if not isinstance(record, dict):
        yield f"got {json.dumps(record)}, wanted a table of a case"
        return
    for field, (kind, wanted) in FIELDS.items():
        if field not in record:
            yield f"{field!r} is missing, wanted {wanted}"
        elif not isinstance(record[field], kind) or isinstance(record[field], bool):
            yield f"{field!r}: got {json.dumps(record[field])}, wanted {wanted}"
        elif kind is str and not record[field].strip():
            yield f"{field!r} is empty"
    if isinstance(name := record.get("id"), str) and not re.fullmatch(r"[\w.-]+", name):
        yield f"'id': got {name!r}, wanted letters, digits, dots and dashes"
    for field in record.keys() - FIELDS.keys() - {"title"}:
        yield f"field {field!r} is not known; {known([*FIELDS, 'title'])}"
    if "expected" in record and isinstance(record["expected"], float) and not is_number(record["expected"]):
        yield f"'expected': got {record['expected']}, wanted a finite number"
    if isinstance(tolerance := record.get("abs_or_rel_tolerance"), dict):
        if tolerance.get("type") not in ("abs", "rel"):
            yield f"the tolerance's type: got {json.dumps(tolerance.get('type'))}, wanted 'abs' or 'rel'"
        if not is_number(tolerance.get("value")) or tolerance["value"] <= 0:
            yield f"the tolerance's value: got {json.dumps(tolerance.get('value'))}, wanted a number > 0"
        if tolerance.get("type") == "rel" and record.get("expected") == 0:
            yield "a tolerance relative to an expected 0 is none: say it absolutely"
        for field in tolerance.keys() - {"type", "value", "rationale"}:
            yield f"the tolerance's {field!r} is not known; known are 'type', 'value'"


def read_record(record):
    """(case, scenario) of a well-formed record, or raises Refused with all complaints, one a line."""
    forms = FAMILIES.get(record["family"])
    if not forms:
        near = difflib.get_close_matches(record["family"], FAMILIES, 1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; {known(FAMILIES)}"
        raise Refused(f"family {record['family']!r} is not known{hint}")
    readings = [Reading(record, form) for form in forms]
    # What is asked for tells forms apart better than any parameter.
    best = min(readings, key=lambda reading: len(reading.complaints) + (not reading.asked))
    if best.complaints:
        raise Refused("\n".join(best.complaints))
    return scenario_of(best)


def read_cases(text, ids=None):
    """What a file of cases says: a list of (case, scenario), and complaints as (id or place, text). `ids` chooses."""
    try:
        records = json.loads(text)
    except json.JSONDecodeError as fault:
        return [], [(f"line {fault.lineno}, column {fault.colno}", f"no JSON: {fault.msg}")]
    if not isinstance(records, list):
        return [], [("the file", "wanted a list of cases")]
    read, complaints, seen = [], [], set()
    for number, record in enumerate(records, 1):
        name = (
            record["id"] if isinstance(record, dict) and isinstance(record.get("id"), str) else f"case number {number}"
        )
        if ids and name not in ids:
            continue
        faults = list(faults_of_record(record))
        if name in seen:
            faults.append("there is another case of this id")
        seen.add(name)
        if not faults:
            try:
                read.append(read_record(record))
            except Refused as refusal:
                faults = str(refusal).splitlines()
        complaints += [(name, fault) for fault in faults]
    for name in sorted(set(ids or ()) - seen):
        complaints.append((name, "there is no such case"))
    return read, complaints
