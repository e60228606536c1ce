"""One small function for each family of published cases: its parameters as an ordinary scenario.

A function gets a Case and returns the scenario as nested dictionaries, on top of
scenarios/validation/base/textbook.toml: one item and one site W that works around the clock. It says with case.verify(...)
which figure is the one asked for. It computes no answers: whatever a case is, the simulator has to find.

Time: a period, month or day of a case is a day of the scenario unless events would be so rare or so many that days become
the wrong measure; then a unit of a case's time is `case.days` days, and money per time is converted by the factor of the
expectation. Units: where a textbook's units are real numbers, a unit of the scenario is a fraction of them (`grain`).
"""

import math
import re

EVENTS_A_DAY = 10  # where a case's own time doesn't suit


class Unsupported(Exception):
    """The case asks for something that the conversion doesn't know."""


class Case:
    """A published case: parameters by name, and what is asked for."""

    def __init__(self, record):
        self.id, self.family = record["id"], record["family"]
        self.name = self.id.replace(".", "_")  # of its expectation
        self.quantity, self.expected = record["quantity"], record["expected"]
        self.source = record["source"]
        self._parameters = record["parameters"]
        tolerance = record["abs_or_rel_tolerance"]
        self.tolerance = {"rel": "relative", "abs": "absolute"}[tolerance["type"]], tolerance["value"]
        self.days = 1  # of the scenario for a unit of the case's time

    def __contains__(self, name):
        return name in self._parameters

    def __getitem__(self, name):
        parameter = self._parameters[name]
        return parameter["value"] if isinstance(parameter, dict) else parameter

    def get(self, name, otherwise=None):
        return self[name] if name in self else otherwise

    def unit(self, name):
        return self._parameters[name]["unit"]

    def choose_days(self, rate):
        """Days that stand for a unit of time in which `rate` events happen."""
        if not 1 <= rate <= 40:
            self.days = rate / EVENTS_A_DAY

    def time(self, value):
        return f"{value * self.days:.10g} d"

    def per_time(self, cost):
        """A cost per unit of the case's time, a day."""
        return cost / self.days

    def asks(self, *words):
        return all(word in self.quantity.lower() for word in words)

    def place(self, pattern):
        """The number in the quantity's "location 2", "class 3"; none when it names none."""
        found = re.search(pattern + r"\D{0,2}(\d+)", self.quantity.lower())
        return int(found.group(1)) if found else None

    def verify(self, kpi, factor=1.0, **where):
        kind, tolerance = self.tolerance
        table = {"kpi": kpi, **where, "expected": float(self.expected), kind: float(tolerance)}
        if factor != 1:
            table["factor"] = float(factor)
        return {self.name: table | {"source": self.source}}

    def stock_figure(self, when="", factor=1.0, **where):
        """The KPI of a stock that the quantity names: over time, at the "close" of a period, or at a "moment"."""
        if self.asks("cost"):
            return self.verify("inventory_cost", self.days)
        if self.asks("orders", "complete"):
            return self.verify("order_fill", **where)
        if self.asks("fill rate") or self.asks("met from"):
            return self.verify("unit_fill", **where)
        if self.asks("transshipment"):
            return self.verify("transshipped_share", **where)
        if self.asks("stockout"):
            return self.verify("stockout_rate", **where)
        if self.asks("lost") or self.asks("emergency"):
            return self.verify("lost_share", **where)
        if self.asks("backorders") and "tier" in where:
            return self.verify("units_waiting", factor, **where)
        for words, kpis in STOCK_KPIS.items():
            if any(self.asks(word) for word in words):
                return self.verify(kpis[when], factor, **where)
        raise Unsupported(f"no KPI for {self.quantity!r}")


STOCK_KPIS = {
    ("backorders",): {"": "mean_waiting", "close": "waiting_at_close", "moment": "waiting_at"},
    ("on-hand", "on hand"): {"": "mean_on_hand", "close": "on_hand_at_close", "moment": "on_hand_at"},
    ("outstanding", "on order"): {"": "on_order_at_close", "close": "on_order_at_close", "moment": "on_order_at"},
}


# ------------------------------------------------------------------------------------------------------------ laws


def constant(text):
    return {"law": "constant", "mean": text}


def exponential(text):
    return {"law": "exponential", "mean": text}


def time_law(case, given, mean=None):
    """A law of times from a number, a list such as ["uniform", 1, 7], or a name such as "uniform 0.4..2.0"."""
    if isinstance(given, (int, float)):
        return constant(case.time(given))
    words = list(given) if isinstance(given, list) else [given]
    numbers = [float(x) for x in re.findall(r"\d+\.?\d*", words[0])]
    values = [w for w in words[1:] if isinstance(w, (int, float))]
    name = words[0].lower()
    if mean is None and values:
        mean = values[0]
    if "exponential" in name:
        return exponential(case.time(mean))
    if "determin" in name or "constant" in name:
        return constant(case.time(mean))
    if "uniform" in name:
        least, most = values if len(values) == 2 else numbers
        return {"law": "uniform", "from": case.time(least), "to": case.time(most)}
    if "gamma" in name or "erlang" in name:
        shape = numbers[0] if numbers else values[1]
        return {"law": "gamma", "mean": case.time(mean), "cv": 1 / math.sqrt(shape)}
    if "lognormal" in name:
        return {"law": "lognormal", "mean": case.time(mean), "cv": values[1]}
    if "weibull" in name:
        return {"law": "weibull", "mean": case.time(mean), "shape": numbers[0] if numbers else values[1]}
    if "triang" in name:
        return {"law": "triangular", **dict(zip(("from", "mode", "to"), map(case.time, values)))}
    if "hyper" in name:
        return {"law": "hyperexponential", "mean": case.time(mean), "cv": values[1]}
    raise Unsupported(f"no law of times for {given!r}")


def law_of_moments(case, first, second):
    """A law of times with these two moments."""
    cv = math.sqrt(max(0.0, second / first**2 - 1))
    if cv < 1e-6:
        return constant(case.time(first))
    if abs(cv - 1) < 1e-6:
        return exponential(case.time(first))
    return {"law": "gamma", "mean": case.time(first), "cv": cv}


def count_law(given):
    """A law of counts, and how many of the scenario's units are one of the case's: normal demand is no whole number."""
    if isinstance(given, (int, float)):
        grain = 1 if float(given).is_integer() else 1000
        return {"law": "constant", "units": given * grain}, grain
    name, *values = given
    name = name.lower()
    if name == "normal":
        mean, sd = values
        grain = 10 ** max(0, 4 - math.floor(math.log10(sd)))
        return {"law": "normal", "mean": mean * grain, "sd": sd * grain}, grain
    if name == "poisson":
        return {"law": "poisson", "mean": values[0]}, 1
    if name.startswith("uniform"):
        return {"law": "uniform", "from": values[0], "to": values[1]}, 1
    if name.startswith("negative"):
        return {"law": "negative_binomial", "mean": values[0], "variance": values[1]}, 1
    if name.startswith("geometric"):
        return {"law": "geometric", "mean": 1 / (1 - values[0])}, 1
    if name.startswith("binomial"):
        return {"law": "binomial", "trials": values[0], "probability": values[1]}, 1
    if name in ("gamma", "lognormal"):
        mean, cv = values
        grain = 10 ** max(0, 4 - math.floor(math.log10(mean * cv)))
        return {"law": name, "mean": mean * grain, "cv": cv}, grain
    if name.startswith(("listed", "discrete", "empirical")):
        law = {"law": "listed", "probabilities": values[-1]}
        return law | ({"values": values[0]} if len(values) > 1 else {}), 1
    raise Unsupported(f"no law of counts for {given!r}")


# -------------------------------------------------------------------------------------------------------- building blocks


def poisson_stream(case, rate, site="W", tier="customers"):
    return {"site": site, "tier": tier, "between": exponential(case.time(1 / rate))}


def daily_stream(units):
    """Demand of a period, at noon; the review is at midnight."""
    return {"site": "W", "tier": "customers", "between": constant("1 d"), "units": units, "first": "12 h"}


def horizon(warmup, measure):
    return {"warmup": f"{math.ceil(warmup)} d", "measure": f"{math.ceil(measure)} d"}


def supplier(**terms):
    return {"supplier_segment": {"supplier": terms}}


def base_stock(level, **more):
    """One for one: an order whenever the inventory position is below the level."""
    level = round(level)
    return {"reorder_point": level - 1, "order_up_to": level, "initial": max(0, level), **more}


def lost_sales(*tiers):
    return {tier: {"wait_probability": "0 %"} for tier in tiers}


def class_tiers(count, **terms):
    """Tiers for the classes 1 to `count`, first come those of class 1. The textbook's own tier is the first class."""
    names = ["customers"] + [f"class{i}" for i in range(2, count + 1)]
    return {
        name: {"rank": rank, **({} if rank == 0 else {"share": "0 %", "wait_probability": "100 %"}), **terms}
        for rank, name in enumerate(names)
    }


# ---------------------------------------------------------------------------------------------------------- one period


def newsvendor(case):
    demand, grain = count_law(case["demand"])
    return {
        "tier": lost_sales("customers"),  # each day for itself: what is short is gone
        "stream": {"customers": daily_stream(demand)},
        **supplier(request_time=constant("0 d")),
        "stock": {
            "W": base_stock(
                case["stock_level"] * grain,
                review="1 d",
                holding=case["holding_cost"] / grain,
                per_lost_unit=case["stockout_cost"] / grain,
                cost_at_close=True,
            )
        },
        "verify": case.verify("inventory_cost"),
    }


# ----------------------------------------------------------------------------------------------------- periodic review


def periodic_base_stock(case):
    demand, grain = count_law(case["demand"])
    return {
        "stream": {"customers": daily_stream(demand)},
        **supplier(request_time=constant(case.time(case["lead_time"]))),
        "stock": {
            "W": base_stock(
                case["order_up_to"] * grain,
                review="1 d",
                holding=case.get("holding_cost", 0) / grain,
                shortage=case.get("stockout_cost", 0) / grain,
                cost_at_close=True,
            )
        },
        "verify": case.stock_figure("close"),
    }


def min_max_periodic(case):
    demand = case.get("demand") or ["poisson", case["demand_mean"]]
    return {
        "stream": {"customers": daily_stream(count_law(demand)[0])},
        **supplier(request_time=constant("0 d")),
        "stock": {
            "W": {
                "reorder_point": case["s"],
                "order_up_to": case["S"],
                "review": "1 d",
                "initial": case["S"],
                "holding": case["holding_cost"],
                "shortage": case["backorder_cost"],
                "per_order": case["fixed_cost"],
                "cost_at_close": True,
            }
        },
        "verify": case.stock_figure("close"),
    }


def law_kelton(case):
    """A day is a month; Law and Kelton order when the level is below s, and from day 0 on without a warm-up."""
    return {
        "calendar": horizon(0, case["months"]),
        "stream": {
            "customers": {
                **poisson_stream(case, 1 / case.get("mean_interdemand", 0.1)),
                "units": {"law": "listed", "probabilities": case.get("demand_sizes", [1 / 6, 1 / 3, 1 / 3, 1 / 6])},
            }
        },
        **supplier(request_time=time_law(case, case.get("lead_time", ["uniform", 0.5, 1]))),
        "stock": {
            "W": {
                "reorder_point": case["s"] - 1,
                "order_up_to": case["S"],
                "review": "1 d",
                "initial": case["initial_level"],
                "holding": case["h"],
                "shortage": case["pi"],
                "per_order": case["K"],
                "per_unit": case["i"],
            }
        },
        "verify": case.stock_figure(),
    }


def dual_sourcing(case):
    """Midnight: the closing stock's cost, what arrives, the fast order and the slow one; demand at noon."""
    demand, _ = count_law(case["demand"])
    regular = case.get("lr", 1)
    stock = {
        "review": "1 d",
        "holding": case["h"],
        "shortage": case["b"],
        "per_unit": case.get("c_regular", 0),
        "cost_at_close": True,
    }
    express = {"per_unit": case["c_express"], "time": constant(case.time(case.get("le", 0)))}
    if "regular_constant_order" in case:
        level = case["express_order_up_to"]
        stock |= {"always": case["regular_constant_order"], "second": express | {"up_to": level}}
    elif "express_level" in case:
        level = case["regular_level"]
        stock |= base_stock(level) | {"second": express | {"up_to": case["express_level"]}}
    else:
        level = case["base_stock"]
        stock |= base_stock(level)
    return {
        "calendar": horizon(500, 3000),
        "stream": {"customers": daily_stream(demand)},
        **supplier(request_time=constant(case.time(regular))),
        "stock": {"W": stock | {"initial": level}},
        "verify": case.stock_figure("close"),
    }


# ----------------------------------------------------------------------------------------------------- constant demand


def lot(case):
    """A day is one cycle. Demand comes in quanta, 20 000 a cycle, so that its steps don't show."""
    quanta = 20_000
    quantity = case.get("order_quantity") or case["lot_size"]
    case.days = case["demand_rate"] / quantity
    short = round(case.get("max_backorder", 0) / quantity * quanta)
    made = {"request_time": constant("0 d")}
    if "production_rate" in case:
        piece = quantity / case["production_rate"] / quanta
        made = {"request_time": constant(case.time(piece)), "servers": 1, "lot": 1}
    unit = quantity / quanta
    return {
        "calendar": horizon(2, 10),
        "stream": {
            "customers": {
                "site": "W",
                "tier": "customers",
                "between": constant(f"{86400 / quanta:.10g} s"),
                "first": "12 h",  # so that no lot falls on the edge of the measured days
            },
        },
        **supplier(**made),
        "stock": {
            "W": {
                "reorder_point": -short,
                "quantity": quanta,
                "initial": quanta - short,
                "holding": case.per_time(case["holding_cost"] * unit),
                "shortage": case.per_time(case.get("backorder_cost", 0) * unit),
                "per_order": case["fixed_cost"],
            }
        },
        "verify": case.stock_figure(),
    }


def disruptions(case):
    return lot_with_disruptions(case) if "disruption_rate" in case else base_stock_with_disruptions(case)


def base_stock_with_disruptions(case):
    demand, grain = count_law(case["demand"])
    up, down = 1 / case["disruption_prob"], 1 / case["recovery_prob"]
    return {
        "calendar": horizon(200, 3700),
        "stream": {"customers": daily_stream(demand)},
        **supplier(
            request_time=constant("0 d"),
            up={"law": "geometric", "mean": case.time(up), "period": "1 d"},
            down={"law": "geometric", "mean": case.time(down), "period": "1 d"},
        ),
        "stock": {
            "W": base_stock(
                case["S"] * grain,
                review="1 d",
                holding=case["h"] / grain,
                shortage=case["p"] / grain,
                cost_at_close=True,
            )
        },
        "verify": case.stock_figure("close"),
    }


def lot_with_disruptions(case):
    """Constant demand in quanta, 300 a lot. A lot that the supplier can't send waits, the demand meanwhile is lost."""
    quanta = 300
    case.days = 4 * case["demand_rate"] / case["Q"]  # four days a cycle
    unit = case["Q"] / quanta
    return {
        "calendar": horizon(200, 3800),
        "tier": lost_sales("customers"),
        "stream": {
            "customers": {
                "site": "W",
                "tier": "customers",
                "between": constant(case.time(case["Q"] / case["demand_rate"] / quanta)),
            }
        },
        **supplier(
            request_time=constant("0 d"),
            up=exponential(case.time(1 / case["disruption_rate"])),
            down=exponential(case.time(1 / case["recovery_rate"])),
        ),
        "stock": {
            "W": {
                "reorder_point": 0,
                "quantity": quanta,
                "initial": quanta,
                "holding": case.per_time(case["h"] * unit),
                "per_order": case["K"],
                "per_lost_unit": case["lost_sale"] * unit,
            }
        },
        "verify": case.stock_figure(),
    }


# ---------------------------------------------------------------------------------------------------- continuous review


def reorder_point_lot(case):
    case.choose_days(case["demand_rate"])
    lead = case["lead_time"]
    return {
        "calendar": horizon(100 + 10 * lead * case.days, 3500),
        "stream": {"customers": poisson_stream(case, case["demand_rate"])},
        **supplier(request_time=time_law(case, lead)),
        "stock": {
            "W": {
                "reorder_point": case["r"],
                "quantity": case["Q"],
                "initial": max(0, case["r"] + case["Q"]),
                "holding": case.per_time(case.get("holding_cost", 0)),
                "shortage": case.per_time(case.get("backorder_cost", 0)),
                "per_order": case.get("fixed_cost", 0),
            }
        },
        "verify": case.stock_figure(),
    }


def one_for_one(case, law, mean, **more):
    """Base stock with Poisson demand and independent lead times."""
    rate = case.get("demand_rate")
    return {
        "calendar": horizon(50 + 15 * mean * case.days, 3000),
        "stream": {"customers": poisson_stream(case, rate)},
        **supplier(request_time=law),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.stock_figure(),
    } | more


def palm(case):
    case.choose_days(case["demand_rate"])
    mean = case.get("mean_lead_time") or case["lead_time"][1]
    return one_for_one(case, time_law(case, case["lead_time"], mean), mean)


def erlang_loss(case):
    case.choose_days(case["demand_rate"])
    mean = case["mean_lead_time"]
    law = time_law(case, case["lead_time_distribution"], mean)
    return one_for_one(case, law, mean, tier=lost_sales("customers"))


def compound_poisson(case):
    case.choose_days(case["order_rate"])
    size, _ = count_law(case["size_distribution"])
    lead = case["lead_time"]
    return {
        "calendar": horizon(50 + 15 * lead * case.days, 3000),
        "stream": {"customers": {**poisson_stream(case, case["order_rate"]), "units": size}},
        **supplier(request_time=time_law(case, lead)),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.stock_figure(),
    }


def limited_supply(case):
    case.choose_days(case["demand_rate"])
    trip = time_law(case, case["trip_time"])
    mean = case["trip_time"][1]
    load = case["demand_rate"] * mean / case["carriers"]
    return {
        "calendar": horizon(*queue_horizon(load, mean * case.days)),
        "stream": {"customers": poisson_stream(case, case["demand_rate"])},
        **supplier(request_time=trip, servers=case["carriers"]),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.stock_figure(),
    }


# ------------------------------------------------------------------------------------------------------ several sites


def two_echelon(case):
    """W is the depot; the locations L1, L2, ... order from it."""
    rates, times = case["demand_rates"], case["ship_times"]
    case.choose_days(sum(rates))
    stocks = {"W": base_stock(case["depot_base_stock"], site="W")}
    streams, sites = {}, {}
    for i, rate in enumerate(rates):
        name = f"L{i + 1}"
        sites[name] = {}
        streams[name] = poisson_stream(case, rate, site=name)
        stocks[name] = base_stock(
            case["local_base_stocks"][i], site=name, source="W", transit=constant(case.time(times[i]))
        )
        share = case.get("base_repair_fraction", [0] * len(rates))[i]
        if share > 0:
            repair = exponential(case.time(case["base_repair_time"][i]))
            stocks[name]["second"] = {"share": share, "time": repair}
    slowest = case["depot_lead_time"] + max(times)
    where = case.place("(?:location|retailer|base|warehouse)")
    return {
        "calendar": horizon(50 + 20 * slowest * case.days, 3000),
        "site": sites,
        "stream": streams,
        **supplier(request_time=time_law(case, case["depot_lead_time"])),
        "stock": stocks,
        "verify": case.stock_figure(site="W" if where is None else f"L{where}"),
    }


def serial(case):
    """Stage 1 sells; the last stage, W, has the outside supplier. Local levels equal the given echelon levels."""
    levels = case.get("local_base_stock")
    if levels is None:
        echelon = case["echelon_base_stock"]
        levels = [e - (echelon[i - 1] if i else 0) for i, e in enumerate(echelon)]
    case.choose_days(case["demand_rate"])
    stages = len(levels)
    site_of = [f"Stage{i + 1}" for i in range(stages - 1)] + ["W"]
    holding = case.get("local_holding", [0] * stages)
    stocks = {}
    for i, name in enumerate(site_of):
        # What is under way from a stage costs what it costs there.
        cost = case.per_time(holding[i])
        stocks[name] = base_stock(levels[i], site=name, holding=cost, in_transit=cost)
        if i + 1 < stages:
            stocks[name] |= {"source": site_of[i + 1], "transit": constant(case.time(case["lead_times"][i]))}
    stocks[site_of[0]]["shortage"] = case.per_time(case.get("backorder_cost", 0))
    where = case.place("stage")
    return {
        "calendar": horizon(100 + 20 * sum(case["lead_times"]) * case.days, 3000),
        "site": {name: {} for name in site_of[:-1]},
        "stream": {"customers": poisson_stream(case, case["demand_rate"], site=site_of[0])},
        **supplier(request_time=constant(case.time(case["lead_times"][-1]))),
        "stock": stocks,
        "verify": case.stock_figure(**({} if where is None else {"site": site_of[where - 1]})),
    }


def lateral(case):
    """Warehouses that help each other out at once; what none of them has goes elsewhere and is lost here."""
    rates, levels = case["demand_rates"], case["base_stocks"]
    case.choose_days(sum(rates))
    names = ["W"] + [f"W{i + 1}" for i in range(1, len(rates))]
    mean = case["mean_lead_time"]
    where = case.place("(?:location|warehouse)")
    return {
        "calendar": horizon(50 + 20 * mean * case.days, 3000),
        "tier": lost_sales("customers"),
        "site": {name: {} for name in names},
        "pool": {"all": {}},
        "stream": {name: poisson_stream(case, rate, site=name) for name, rate in zip(names, rates)},
        **supplier(request_time=exponential(case.time(mean))),
        "stock": {name: base_stock(level, site=name) for name, level in zip(names, levels)},
        "verify": case.stock_figure(**({} if where is None else {"site": names[where - 1]})),
    }


def bullwhip(case):
    """Stage 1 sells; with more than one, all forecast the customers' demand, and each looks after the one before it.

    Negative orders aren't needed: mean demand is far above its deviation. The last stage is W."""
    leads = case["L"] if isinstance(case["L"], list) else [case["L"]]
    names = [f"Stage{i + 1}" for i in range(len(leads) - 1)] + ["W"]
    mean, sd = 10_000, 1_000
    demand = daily_stream({"law": "normal", "mean": mean, "sd": sd}) | {"site": names[0]}
    if case["phi"] != 0:
        demand["correlation"] = case["phi"]
    stocks = {}
    for i, lead in enumerate(leads):
        stocks[names[i]] = {
            "site": names[i],
            "order_up_to": round(lead * mean),
            "review": "1 d",
            "first_review": f"{i} h",
            "initial": round(lead * mean),
            "forecast": {"last": case["p"], "cover": lead, "demand": "customers"},
        }
        if i + 1 < len(leads):
            stocks[names[i]]["source"] = names[i + 1]
    return {
        "calendar": horizon(50 + 3 * case["p"], 3900 - 3 * case["p"]),
        "site": {name: {} for name in names},
        "stream": {"customers": demand},
        **supplier(request_time=constant("1 d")),
        "stock": stocks,
        "verify": case.verify("order_variability"),
    }


# ------------------------------------------------------------------------------------------------------------ classes


def rationing(case):
    """Class 2 is served only above the critical level."""
    rates = case["rates"]
    case.choose_days(sum(rates))
    backorders = "BACKORDERED" in case["conventions"]
    tiers = class_tiers(2)
    tiers["class2"]["reserve"] = case["critical_level"]
    for tier in tiers.values():
        tier["wait_probability"] = "100 %" if backorders else "0 %"
    if "production_rate" in case:
        mean = 1 / case["production_rate"]
        made = {"request_time": exponential(case.time(mean)), "servers": 1}
        warmup, measure = queue_horizon(min(0.95, sum(rates) * mean), mean * case.days)
    else:
        mean = case["mean_lead_time"]
        # Lost sales: the law of the lead time is free. Backorders: exponential.
        law = exponential(case.time(mean)) if backorders else {"law": "gamma", "mean": case.time(mean), "cv": 0.7}
        made, warmup, measure = {"request_time": law}, 100 + 15 * mean * case.days, 3000
    priority = {"strategy": {"rule": {"priority": {"policy": "tier_then_date"}}}}
    which = "customers" if case.place("class") == 1 else "class2"
    return {
        "calendar": horizon(warmup, measure),
        **priority,
        "tier": tiers,
        "stream": {name: poisson_stream(case, rate, tier=name) for name, rate in zip(tiers, rates)},
        **supplier(**made),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.stock_figure(tier=which),
    }


# -------------------------------------------------------------------------------------------------------------- queues


def queue_horizon(load, service_days):
    """Warm-up and measured days that fit a queue's slow memory, about service / (1 - sqrt(load))^2."""
    memory = service_days / (1 - math.sqrt(min(load, 0.98))) ** 2
    warmup = max(30, min(1000, 10 * memory))
    return warmup, 4000 - warmup - 1


HOURS = {"min": 1 / 60, "h": 1, "hour": 1, "day": 24, "days": 24, "week": 168, "yr": 8760, "year": 8760}


def hours_of(unit):
    """Hours of the time in a unit such as "1/yr/server", "lots/h (high, low)" or "mean waiting time (min)"."""
    for word in re.findall(r"[a-z]+", unit.lower()):
        if word in HOURS:
            return HOURS[word]
    raise Unsupported(f"no time in the unit {unit!r}")


def picking_site(servers, time):
    """A warehouse whose pickers are the servers, around the clock."""
    return {
        "handling": "people",
        "ships_at_once": True,
        "pickers": servers,
        "productive_share": 1,
        "pick_rate": "1 lines/h",  # not used: pick_time says it
        "receive_rate": "1 lines/h",
        "pick_time": time,
        "shift": {"all": {"start": "00:00", "end": "24:00"}},
    }


def queue_scenario(case, rates, servers, mean, time, load, figure, **site):
    """Rates and mean service in the case's time; in the scenario a mean service takes an hour."""
    tiers = class_tiers(len(rates), promise_business_days=30)
    return {
        "calendar": horizon(*queue_horizon(load, 1 / 24)),
        "strategy": {
            "rule": {"priority": {"policy": "tier_then_date"}, "integration": {"release_interval": "0 s"}}
        },
        "tier": tiers,
        "site": {"W": picking_site(servers, time) | site},
        "stock": {"W": {"initial": 1_000_000_000}},  # nothing is ever short
        "stream": {name: poisson_stream(case, rate, tier=name) for name, rate in zip(tiers, rates)},
        "verify": figure,
    }


def queue(case):
    rates = case.get("arrival_rates") or [case["arrival_rate"]]
    given_in = hours_of(case.unit("arrival_rates" if "arrival_rates" in case else "arrival_rate"))
    servers = case.get("servers", 1)
    if "service_rate" in case:
        mean, law = 1 / case["service_rate"], exponential
    elif "mean_service" in case:
        mean, law = case["mean_service"], exponential
    else:
        mean, law = case["service_time"], constant
    if "service_cv" in case:
        law = lambda text: {"law": "gamma", "mean": text, "cv": case["service_cv"]}
    case.days = 1 / (24 * mean)
    tier = {}
    named = case.place("class")
    names = ["customers"] + [f"class{i}" for i in range(2, len(rates) + 1)]
    if named is not None:
        tier = {"tier": names[named - 1]}
    elif case.asks("high") or case.asks("highest"):
        tier = {"tier": names[0]}
    elif case.asks("low") or case.asks("lowest"):
        tier = {"tier": names[-1]}
    if case.asks("number waiting") or case.asks("queue length"):
        figure = case.verify("picks_waiting", **tier)
    else:
        # KPI hours are the scenario's: an hour is a mean service.
        unit = mean * given_in / hours_of(case.quantity.split("(")[-1])
        kpi = "time_in_system" if case.asks("system") else "pick_wait"
        figure = case.verify(kpi, unit, **tier)
    load = sum(rates) * mean / servers
    return queue_scenario(case, rates, servers, mean, law("1 h"), load, figure)


def breakdowns(case):
    """One carrier as a picker. A breakdown interrupts, and the work goes on after the repair."""
    first, second = case["trip_time_moments"]
    repair_first, repair_second = case["repair_moments"]
    case.days = 1 / (24 * first)
    per_hour = case["breakdown_rate_while_busy"] * first
    load = case["arrival_rate"] * first * (1 + case["breakdown_rate_while_busy"] * repair_first)
    return queue_scenario(
        case,
        [case["arrival_rate"]],
        1,
        first,
        law_of_moments(case, first, second),
        load,
        case.verify("time_in_system" if case.asks("system") else "pick_wait", first),
        breakdowns=per_hour,
        repair=law_of_moments(case, repair_first, repair_second),
    )


# ----------------------------------------------------------------------------------------------------- changing demand


def time_varying(case):
    return swinging_demand(case) if "lam0" in case else demand_spike(case)


COPIES = 100  # equal items, each a system of its own: as many observations of a moment in one run


def copies(stream):
    """Items that are all alike, and a stream of orders of all of them."""
    mean = stream["between"]["mean"].split()
    stream["between"] = exponential(f"{float(mean[0]) / COPIES:.10g} {mean[1]}")
    return {"items": {"count": COPIES}, "class": {"A": {"popularity_sigma": 0}}, "stream": {"customers": stream}}


def at_moment(case, before, moment, since=None):
    """A calendar in which a moment of the case's clock is looked at; the run begins `before` its zero."""
    at = {"at": case.time(before + moment)} | ({} if since is None else {"since": case.time(before + since)})
    return {"calendar": horizon(0, math.ceil((before + moment) * case.days + 1)), "moment": {"t": at}}


def swinging_demand(case):
    period = case["T"]
    # Time before the case's clock starts, for a system that has forgotten its start; the swing has to be in step.
    before = math.ceil(15 * case.get("mean_lead_time", 0))
    stream = poisson_stream(case, case["lam0"])
    stream["cycle"] = {"period": case.time(period), "amplitude": case["a"], "shift": case.time(-before % period)}
    scenario = copies(stream)
    if "window" in case:
        start, end = case["window"]
        return scenario | {
            **at_moment(case, before, end, since=start),
            "stock": {"W": {"initial": 1_000_000}},
            "verify": case.verify("demanded_by", 1 / COPIES, moment="t"),
        }
    level = case.get("base_stock", 10 * case["lam0"] * case["mean_lead_time"])
    return scenario | {
        **at_moment(case, before, case["t"]),
        **supplier(request_time=exponential(case.time(case["mean_lead_time"]))),
        "stock": {"W": base_stock(level)},
        "verify": case.stock_figure("moment", 1 / COPIES, moment="t"),
    }


def demand_spike(case):
    first, last = case["spike"]
    lead = case["lead_time"]
    start = case["t"] - 2 * lead  # after a lead time the system has forgotten its start
    stream = poisson_stream(case, case["base_rate"])
    stream["step"] = {
        "spike": {
            "from": case.time(max(0, first - start)),
            "to": case.time(max(0, last - start)),
            "factor": case["spike_rate"] / case["base_rate"],
        }
    }
    return {
        **copies(stream),
        **at_moment(case, -start, case["t"]),
        **supplier(request_time=time_law(case, lead)),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.stock_figure("moment", 1 / COPIES, moment="t"),
    }


def bursty(case):
    low, high = case["rates"]
    leave_low, leave_high = case["switch"]
    if "window" in case:
        case.days = 1 / case["window"]  # a day is a window
    stream = poisson_stream(case, low)
    stream["bursty"] = {
        "low": 1,
        "high": high / low,
        "mean_low": case.time(1 / leave_low),
        "mean_high": case.time(1 / leave_high),
    }
    memory = 1 / (leave_low + leave_high) * case.days
    scenario = {
        "calendar": horizon(50 + 20 * memory, 3500),
        "stream": {"customers": stream},
    }
    if case.asks("dispersion"):
        return scenario | {
            "stock": {"W": {"initial": 1_000_000_000}},
            "verify": case.verify("demand_dispersion"),
        }
    mean = case["mean_lead_time"]
    return scenario | {
        **supplier(request_time=exponential(case.time(mean))),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.stock_figure(),
    }


# -------------------------------------------------------------------------------------------------------------- finance


def finance(case):
    """Two equal strategies: nothing follows from the study, and the programme's other cash flows are all there is."""
    flows = [float(flow) for flow in case["cash_flows"]]
    for kpi, words in {"irr": "irr", "npv": "npv", "payback": "payback", "roi": "roi"}.items():
        if case.asks(words):
            break
    else:
        raise Unsupported(f"no figure for {case.quantity!r}")
    return {
        "calendar": horizon(0, 1),
        "stream": {"customers": poisson_stream(case, 1)},
        "stock": {"W": {"initial": 100}},
        "strategy": {"programme": PROGRAMME},
        "finance": {
            "change_management": "0 USD",
            "years": max(1, len(flows) - 1),
            "discount_rate": case.get("rate", 0.1),
            "other_cash_flows": [f"{flow!r} USD" for flow in flows],
        },
        "verify": case.verify(kpi, strategy="programme"),
    }


PROGRAMME = {
    "title": "the_same",
    "promise": "table",
    "replenishment": {"policy": "stock_rules"},
    "priority": {"policy": "fifo"},
    "waves": {"at_once": True},
    "integration": {"name": "exact", "pump": "0.001 s"},
}


FAMILIES = {
    "newsvendor": newsvendor,
    "periodic base-stock (R,S), backorders": periodic_base_stock,
    "EOQ (deterministic)": lot,
    "(r,Q) Poisson, backorders": reorder_point_lot,
    "(s,S) periodic (Zheng-Federgruen)": min_max_periodic,
    "(s,S) monthly, stochastic lead time, finite run (Law & Kelton)": law_kelton,
    "base-stock, i.i.d. stochastic lead time (Palm)": palm,
    "base-stock, lost sales (Erlang-B)": erlang_loss,
    "compound Poisson (stuttering) base-stock": compound_poisson,
    "two-echelon one-warehouse multi-retailer (METRIC / Graves)": two_echelon,
    "serial multi-echelon (Clark-Scarf / Shang-Song)": serial,
    "lateral transshipment (complete pooling)": lateral,
    "bullwhip (Chen et al. 2000)": bullwhip,
    "base-stock with limited supply capacity / carriers (M/M/c)": limited_supply,
    "dual sourcing / expediting": dual_sourcing,
    "queues: M/M/c, M/G/1, non-preemptive priorities": queue,
    "carrier breakdowns (M/G/1 with interruptions)": breakdowns,
    "time-varying demand / demand spikes": time_varying,
    "MMPP (bursty) demand": bursty,
    "rationing / critical level, customer classes": rationing,
    "supply disruptions": disruptions,
    "ROI / finance arithmetic": finance,
}


def scenario_of(case):
    """The case's scenario, without its name; raises Unsupported."""
    if case.family not in FAMILIES:
        raise Unsupported(f"no scenario for the family {case.family!r}")
    return FAMILIES[case.family](case)
