"""Distributions of times and of counts as cases tell them, such as ["gamma shape 4", 4], and as scenarios do.

A distribution whose parameters may be meant in more than one way isn't known by its bare name: "gamma" could be followed by
mean and deviation or by shape and scale.
"""

import math
import re

SHARE_OFF = 1e-6  # by how much probabilities may fail to sum to 1
NORMAL_CLEAR = 4  # deviations between a normal mean and 0: a scenario knows no negative demand
NUMBER = r"\d+(?:\.\d+)?"


class UnknownDistribution(Exception):
    """No distribution of that name, or not with so many numbers."""


def constant(text):
    return {"distribution": "constant", "mean": text}


def exponential(text):
    return {"distribution": "exponential", "mean": text}


def _split(given, mean):
    """Name and numbers of a distribution told as a number, a name, or a list of both."""
    if isinstance(given, list) and given and isinstance(given[0], str):
        return given[0].lower().strip(), given[1:]
    if isinstance(given, str):
        return given.lower().strip(), [] if mean is None else [mean]
    return "constant", [given]


# ---------------------------------------------------------------------------------------------------------------- times

# Each: the name's pattern, and how many numbers follow it.
_TIMES = {
    "constant": (r"constant|deterministic", 1),
    "exponential": (r"exponential", 1),
    "uniform, least, most": (r"uniform", 2),
    "uniform LEAST..MOST, mean": (rf"uniform ({NUMBER})\.\.({NUMBER})", 1),
    "gamma shape K, mean": (rf"gamma shape ({NUMBER})", 1),
    "erlang K, mean": (r"erlang[- ](?:k=|shape |phases )?(\d+)", 1),
    "weibull shape K, mean": (rf"weibull shape ({NUMBER})", 1),
    "lognormal cv C, mean": (rf"lognormal cv ({NUMBER})", 1),
    "triangular, least, mode, most": (r"triangular", 3),
}
TIMES_KNOWN = "; ".join(_TIMES)


def _read_time(given, mean=None):
    name, numbers = _split(given, mean)
    for distribution, (pattern, count) in _TIMES.items():
        found = re.fullmatch(pattern, name)
        if not found:
            continue
        good = all(isinstance(n, (int, float)) and not isinstance(n, bool) and 0 <= n < math.inf for n in numbers)
        if len(numbers) != count or not good or numbers != sorted(numbers):
            raise UnknownDistribution(f"no numbers for {distribution!r}: {numbers!r}")
        return distribution.split(",")[0].split()[0], [float(x) for x in found.groups()], numbers
    raise UnknownDistribution(f"no distribution of times {given!r}; known are {TIMES_KNOWN}")


def is_time_distribution(given):
    try:
        _read_time(given)
    except UnknownDistribution:
        return False
    return True


def mean_of(given, mean=None):
    """A distribution's mean, in the case's time."""
    name, shape, numbers = _read_time(given, mean)
    if name == "uniform":
        return sum(shape or numbers) / 2
    return sum(numbers) / len(numbers)


def time_distribution(case, given, mean=None):
    """The scenario's distribution of times."""
    name, shape, numbers = _read_time(given, mean)
    if name == "uniform":
        least, most = shape or numbers
        if shape and not math.isclose(numbers[0], (least + most) / 2, rel_tol=1e-6):
            raise UnknownDistribution(f"the mean of {given!r} is {(least + most) / 2:g}, not {numbers[0]:g}")
        return {"distribution": "uniform", "from": case.time(least), "to": case.time(most)}
    if name == "triangular":
        return {"distribution": "triangular", **dict(zip(("from", "mode", "to"), map(case.time, numbers)))}
    mean = case.time(numbers[0])
    match name:
        case "gamma":
            return {"distribution": "gamma", "mean": mean, "cv": 1 / math.sqrt(shape[0])}
        case "erlang":
            return {"distribution": "erlang", "mean": mean, "phases": int(shape[0])}
        case "weibull":
            return {"distribution": "weibull", "mean": mean, "shape": shape[0]}
        case "lognormal":
            return {"distribution": "lognormal", "mean": mean, "cv": shape[0]}
    return {"distribution": name, "mean": mean}


def distribution_of_moments(case, first, second):
    """A distribution of times with these two moments."""
    cv = math.sqrt(max(0.0, second / first**2 - 1))
    if cv < 1e-6:
        return constant(case.time(first))
    if abs(cv - 1) < 1e-6:
        return exponential(case.time(first))
    return {"distribution": "gamma", "mean": case.time(first), "cv": cv}


# --------------------------------------------------------------------------------------------------------------- counts


def _fine(mean, sd):
    """How many of the scenario's whole units are one of the case's, where those are real numbers."""
    return 10 ** max(0, 4 - math.floor(math.log10(sd if sd > 0 else mean)))


def _normal(mean, sd):
    if mean < NORMAL_CLEAR * sd:
        raise UnknownDistribution(f"normal demand with mean {mean:g} and deviation {sd:g} would be negative now and then")
    grain = _fine(mean, sd)
    return {"distribution": "normal", "mean": mean * grain, "sd": sd * grain}, grain


def _uniform(least, most):
    grain = _fine(most, most - least)
    return {"distribution": "uniform", "from": round(least * grain), "to": round(most * grain)}, grain


def _exponential(mean):
    grain = _fine(mean, mean)
    return {"distribution": "gamma", "mean": mean * grain, "cv": 1}, grain


def _spread(distribution):
    def of(mean, cv):
        grain = _fine(mean, mean * cv)
        return {"distribution": distribution, "mean": mean * grain, "cv": cv}, grain

    return of


def _constant(units):
    grain = 1 if float(units).is_integer() else 1000
    return {"distribution": "constant", "units": units * grain}, grain


def _whole(distribution, *names):
    return lambda *numbers: ({"distribution": distribution, **dict(zip(names, numbers))}, 1)


def _listed(*lists):
    values, shares = lists if len(lists) == 2 else (list(range(1, len(lists[0]) + 1)), lists[0])
    if len(values) != len(shares) or abs(sum(shares) - 1) > SHARE_OFF or any(v < 0 or v != int(v) for v in values):
        raise UnknownDistribution("a list wants whole values and as many probabilities, which sum to 1")
    return {"distribution": "listed", "values": [int(v) for v in values], "probabilities": shares}, 1


_COUNTS = {
    "constant, units": (r"constant|deterministic", _constant, (1,)),
    "normal, mean, deviation": (r"normal", _normal, (2,)),
    "poisson, mean": (r"poisson", _whole("poisson", "mean"), (1,)),
    "uniform integer, least, most": (r"(?:uniform integer|discrete uniform)", _whole("uniform", "from", "to"), (2,)),
    "uniform, least, most": (r"uniform(?: continuous)?|continuous uniform", _uniform, (2,)),
    "exponential, mean": (r"exponential", _exponential, (1,)),
    "geometric P(k)=(1-q)q^(k-1), q": (
        r"geometric p\(k\)=\(1-q\)q\^\(k-1\)",
        lambda q: ({"distribution": "geometric", "mean": 1 / (1 - q)}, 1),
        (1,),
    ),
    "geometric P(k)=p(1-p)^(k-1), p": (
        r"geometric p\(k\)=p\(1-p\)\^\(k-1\)",
        lambda p: ({"distribution": "geometric", "mean": 1 / p}, 1),
        (1,),
    ),
    "binomial, trials, probability": (r"binomial", _whole("binomial", "trials", "probability"), (2,)),
    "negative binomial (mean, variance)": (
        r"negative binomial \(?mean, variance\)?",
        _whole("negative_binomial", "mean", "variance"),
        (2,),
    ),
    "gamma (mean, cv)": (r"gamma \(?mean, cv\)?", _spread("gamma"), (2,)),
    "lognormal (mean, cv)": (r"lognormal \(?mean, cv\)?", _spread("lognormal"), (2,)),
    "listed, values, probabilities": (r"listed|discrete|empirical", _listed, (1, 2)),
}
COUNTS_KNOWN = "; ".join(_COUNTS)


def count_distribution(given):
    """The scenario's distribution of counts, and how many of its units are one of the case's."""
    name, numbers = _split(given, None)
    for distribution, (pattern, table, counts) in _COUNTS.items():
        if not re.fullmatch(pattern, name):
            continue
        flat = [n for x in numbers for n in (x if isinstance(x, list) else [x])]
        good = all(isinstance(n, (int, float)) and not isinstance(n, bool) and 0 <= n < math.inf for n in flat)
        lists = [isinstance(x, list) for x in numbers]
        if len(numbers) not in counts or not good or (all(lists) if table is not _listed else not all(lists)):
            raise UnknownDistribution(f"no numbers for {distribution!r}: {numbers!r}")
        try:
            return table(*numbers)
        except (ArithmeticError, ValueError) as reason:
            raise UnknownDistribution(f"no numbers for {distribution!r}: {numbers!r}") from reason
    raise UnknownDistribution(f"no distribution of counts {given!r}; known are {COUNTS_KNOWN}")


def is_count_distribution(given):
    try:
        count_distribution(given)
    except UnknownDistribution:
        return False
    return True
