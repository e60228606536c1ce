"""One stock: periodic and continuous review, several suppliers, limited supply."""

from families.blocks import (
    BACKORDERED,
    BACKORDERS,
    CONSTANT,
    CONTINUOUS,
    EXPONENTIAL,
    FILL,
    LEAD_TIMES,
    LOST,
    ON_HAND,
    ON_ORDER,
    POISSON,
    UNMET_LOST,
    AVERAGE,
    OF_UNITS,
    base_stock,
    cost,
    daily_stream,
    horizon,
    lead_time_is,
    lost_sales,
    poisson_stream,
    queue_horizon,
    supplier,
    whole,
)
from distributions import constant, count_distribution, mean_of, time_distribution
from reading import clause, form, quantity
from terms import (
    COUNTS,
    DELAY,
    DEMAND,
    DURATION,
    HOLDING,
    LEVEL,
    PERIODS,
    PER_ORDER,
    PER_UNIT,
    RATE,
    SERVERS,
    TIMES,
    TIMES_BY_NAME,
    UNITS,
    UNITS_A_PERIOD,
    WHOLE_LEVEL,
    WHOLE_LOT,
    WHOLE_UNITS,
    Refused,
    optional,
)

# ----------------------------------------------------------------------------------------------------------- one period


@form(
    "newsvendor",
    parameters={"holding_cost": PER_UNIT, "stockout_cost": PER_UNIT, "demand": DEMAND, "stock_level": UNITS},
    conventions=[
        clause("one period", r"one period|single period"),
        clause("stock S meets demand D", r"stock s is available"),
        clause("demand D", r"demand d occurs"),
        clause("cost h(S-D)+ + p(D-S)+", r"cost ?= ?h\*?\(s-d\)\+ ?\+ ?p\*?\(d-s\)\+"),
        clause("mean of independent periods", r"average over independent periods"),
    ],
    quantities=[cost()],
)
def newsvendor(case):
    demand, grain = count_distribution(case["demand"])
    return {
        "tier": lost_sales("customers"),  # each day for itself: what is short is gone
        "stream": {"customers": daily_stream(demand)},
        **supplier(lead_time_distribution=constant("0 d")),
        "stock": {
            "W": base_stock(
                whole(case["stock_level"], "stock_level", grain),
                review="1 d",
                holding_cost=case["holding_cost"] / grain,
                per_lost_unit=case["stockout_cost"] / grain,
                cost_at_close=True,
            )
        },
        "verify": case.figure(),
    }


# ------------------------------------------------------------------------------------------------------ periodic review

AT_END = r"(?:end-of-(?:day|period) )"
AT_CLOSE = [
    quantity("mean end-of-period on-hand", "on_hand_at_close", rf"{AVERAGE}{AT_END}on-hand{OF_UNITS}"),
    quantity("mean end-of-period backorders", "backorders_at_close", rf"{AVERAGE}{AT_END}backorders{OF_UNITS}"),
]
EACH_PERIOD = [clause("each period"), clause("periodic review", r"periodic(?: review)?|at period start")]
END_LEVEL = [clause("costs on the closing level", r"(?:\(4\) )?costs? (?:on|of) the (?:end-of-period|closing) level")]
DEMAND_THIRD = [clause("then demand", r"\(3\) demand")]


@form(
    "periodic base-stock (R,S), backorders",
    parameters={
        "order_up_to": UNITS,
        "lead_time": DELAY.noted(CONSTANT),
        "demand": DEMAND,
        "holding_cost": optional(HOLDING),
        "stockout_cost": optional(HOLDING),
    },
    conventions=[
        *EACH_PERIOD,
        clause("first an order up to S", r"\(1\) order raises inventory position to s"),
        clause(
            "then the order of L periods ago arrives",
            r"\(2\) the order placed l periods ago arrives(?: \(l=0: at once\))?",
        ),
        *DEMAND_THIRD,
        *BACKORDERED,
        *END_LEVEL,
    ],
    quantities=[cost("holding_cost", "stockout_cost"), FILL, *AT_CLOSE],
)
def periodic_base_stock(case):
    demand, grain = count_distribution(case["demand"])
    if not float(case["lead_time"]).is_integer():
        raise Refused(f"parameter 'lead_time': got {case['lead_time']!r}, wanted whole periods")
    return {
        "stream": {"customers": daily_stream(demand)},
        **supplier(lead_time_distribution=constant(case.time(case["lead_time"]))),
        "stock": {
            "W": base_stock(
                whole(case["order_up_to"], "order_up_to", grain),
                review="1 d",
                holding_cost=case.get("holding_cost", 0) / grain,
                backorder_cost=case.get("stockout_cost", 0) / grain,
                cost_at_close=True,
            )
        },
        "verify": case.figure(),
    }


MIN_MAX = {
    "s": WHOLE_LEVEL,
    "S": WHOLE_LEVEL,
    "holding_cost": HOLDING,
    "backorder_cost": HOLDING,
    "fixed_cost": PER_ORDER,
}
MIN_MAX_RULES = [
    *EACH_PERIOD,
    *POISSON,
    *BACKORDERED,
    *END_LEVEL,
    clause("zero lead time"),
    clause("order up to S where the level is at or below s", r"if level <= s raise it to s at cost k", order_at="s"),
    clause("order up to S where the level is below s", r"if level < s raise it to s at cost k", order_at="below s"),
    clause("cost h(level)+ + p(level)- at the end", r"cost h\*?\(end level\)\+ ?\+ ?p\*?\(end level\)-"),
]


def min_max(case, demand):
    if case["s"] >= case["S"]:
        raise Refused(f"s = {case['s']} isn't below S = {case['S']}")
    distribution, grain = count_distribution(demand)
    if grain != 1:
        raise Refused(f"parameter 'demand': got {demand!r}, wanted whole units")
    return {
        "stream": {"customers": daily_stream(distribution)},
        **supplier(lead_time_distribution=constant("0 d")),
        "stock": {
            "W": {
                "reorder_point": case["s"] - (case.says["order_at"] == "below s"),
                "order_up_to": case["S"],
                "review": "1 d",
                "initial": max(0, case["S"]),
                "holding_cost": case["holding_cost"],
                "backorder_cost": case["backorder_cost"],
                "per_order": case["fixed_cost"],
                "cost_at_close": True,
            }
        },
        "verify": case.figure(),
    }


@form(
    "(s,S) periodic (Zheng-Federgruen)",
    MIN_MAX | {"demand_mean": RATE},
    MIN_MAX_RULES,
    [cost(), FILL, *AT_CLOSE],
    settled=["order_at"],
)
def min_max_poisson(case):
    return min_max(case, ["poisson", case["demand_mean"]])


@form(
    "(s,S) periodic (Zheng-Federgruen)",
    MIN_MAX | {"demand": DEMAND},
    MIN_MAX_RULES[0:2] + MIN_MAX_RULES[3:],
    [cost(), FILL, *AT_CLOSE],
    settled=["order_at"],
)
def min_max_any_demand(case):
    return min_max(case, case["demand"])


@form(
    "(s,S) monthly, stochastic lead time, finite run (Law & Kelton)",
    parameters={
        "s": WHOLE_UNITS,
        "S": WHOLE_UNITS,
        "K": PER_ORDER,
        "i": PER_UNIT,
        "h": HOLDING,
        "pi": HOLDING,
        "months": PERIODS,
        "initial_level": WHOLE_UNITS,
        # A convention may say these.
        "mean_interdemand": optional(DURATION),
        "last_review": optional(PERIODS),
        "least_lead_time": optional(DELAY),
        "most_lead_time": optional(DELAY),
    },
    conventions=[
        clause("review at t=0,1,...,LAST", r"review at t=0,1,\.\.\.,(?P<last_review>\d+)"),
        clause(
            "order up to S where the level is below s, at K + i a unit",
            r"if level < s order s-level at cost k\+i\*\(s-level\)",
        ),
        clause(
            "delivered after U(LEAST,MOST) months",
            r"delivered after u\((?P<least_lead_time>[\d.]+),(?P<most_lead_time>[\d.]+)\) months?",
        ),
        clause(
            "exponential times of mean MEAN months between demands",
            r"(?:interdemand exp\(|exponential times of mean )(?P<mean_interdemand>[\d.]+) months?(?:\)| between demands)",
        ),
        clause("sizes 1,2,3,4 w.p. 1/6,1/3,1/3,1/6", sizes="1 to 4"),
        *BACKORDERED,
        clause("start at LEVEL", r"start (?:level|at) (?P<initial_level>\d+)"),
        clause("run MONTHS months", r"run (?P<months>\d+) months"),
        clause("holding and shortage on means over time", r"holding h and shortage pi on time averages"),
    ],
    quantities=[
        quantity(
            "average cost per month over MONTHS months",
            "inventory_cost",
            rf"{AVERAGE}cost per (?P<time>month)(?: over (?P<months>\d+) months)?",
        ),
    ],
    settled=["sizes"],
)
def law_kelton(case):
    """A day is a month; Law and Kelton order when the level is below s, and from day 0 on without a warm-up."""
    if case.get("last_review", case["months"] - 1) != case["months"] - 1:
        raise Refused(f"the last review is at {case['last_review']:g}, wanted one before the end, {case['months']:g}")
    if case.asked["months"] and int(case.asked["months"]) != case["months"]:
        raise Refused(f"the quantity is over {case.asked['months']} months and the run over {case['months']}")
    for name in ("mean_interdemand", "least_lead_time", "most_lead_time"):
        if name not in case:
            raise Refused(f"neither a convention nor a parameter says {name!r}")
    lead = ["uniform", case["least_lead_time"], case["most_lead_time"]]
    if lead[2] > 1:
        raise Refused(
            "orders under way at a review: the level is the stock's, and a scenario's rule looks at the position"
        )
    return {
        "calendar": horizon(0, case["months"]),
        "stream": {
            "customers": {
                **poisson_stream(case, 1 / case["mean_interdemand"]),
                "units": {"distribution": "listed", "probabilities": [1 / 6, 1 / 3, 1 / 3, 1 / 6]},
            }
        },
        **supplier(lead_time_distribution=time_distribution(case, lead)),
        "stock": {
            "W": {
                "reorder_point": case["s"] - 1,
                "order_up_to": case["S"],
                "review": "1 d",
                "initial": case["initial_level"],
                "holding_cost": case["h"],
                "backorder_cost": case["pi"],
                "per_order": case["K"],
                "per_unit": case["i"],
            }
        },
        "verify": case.figure(),
    }


# -------------------------------------------------------------------------------------------------------- two suppliers

TWO_SUPPLIERS = {
    "demand": DEMAND,
    "h": HOLDING,
    "b": HOLDING,
    "c_express": PER_UNIT,
    "c_regular": PER_UNIT,
    "lr": optional(PERIODS),
    "le": optional(DELAY),
}
TWO_SUPPLIERS_RULES = [
    *EACH_PERIOD,
    *BACKORDERED,
    *DEMAND_THIRD,
    clause(
        "first the regular order of lr periods ago arrives",
        r"each period \(1\) the regular order placed lr periods ago arrives",
    ),
    clause(
        "then both orders, the express one there at once",
        r"\(2\) express \(lead time 0\) and regular orders are placed",
        express="at once",
    ),
    clause("express orders arrive at once", r"express arrives at once", express="at once"),
    clause("costs on the closing level and of purchase", r"\(4\) cost on end level plus purchase cost"),
]


def two_suppliers(case, level, rule):
    """Midnight: the closing stock's cost, what arrives, the fast order and the slow one; demand at noon."""
    demand, grain = count_distribution(case["demand"])
    if grain != 1:
        raise Refused(f"parameter 'demand': got {case['demand']!r}, wanted whole units")
    if case.get("le", 0) != 0 and case.says.get("express") == "at once":
        raise Refused(f"parameter 'le' is {case['le']}, and by the conventions express orders arrive at once")
    if case.get("le", 0) >= case.get("lr", 1):
        raise Refused("express orders aren't faster than regular ones")
    stock = rule | {
        "review": "1 d",
        "holding_cost": case["h"],
        "backorder_cost": case["b"],
        "per_unit": case["c_regular"],
        "cost_at_close": True,
    }
    if "second" in stock:
        express = case.time(case.get("le", 0))
        stock["second"] |= {"per_unit": case["c_express"], "lead_time": constant(express)}
        if case.get("le", 0) > 0:
            stock["second"]["looks_ahead"] = express
    return {
        "calendar": horizon(500, 3000),
        "stream": {"customers": daily_stream(demand)},
        **supplier(lead_time_distribution=constant(case.time(case.get("lr", 1)))),
        "stock": {"W": stock | {"initial": level}},
        "verify": case.figure(),
    }


def dual(parameters):
    return form(
        "dual sourcing / expediting", TWO_SUPPLIERS | parameters, TWO_SUPPLIERS_RULES, [cost(), FILL, *AT_CLOSE]
    )


@dual({"regular_constant_order": UNITS_A_PERIOD, "express_order_up_to": WHOLE_UNITS})
def tailored_base_surge(case):
    level = case["express_order_up_to"]
    return two_suppliers(case, level, {"standing_order": case["regular_constant_order"], "second": {"order_up_to": level}})


@dual({"express_level": WHOLE_UNITS, "regular_level": WHOLE_UNITS.noted(r"= express level \+ \d+")})
def dual_index(case):
    level = case["regular_level"]
    return two_suppliers(case, level, base_stock(level) | {"second": {"order_up_to": case["express_level"]}})


@dual({"base_stock": WHOLE_UNITS})
def regular_only(case):
    return two_suppliers(case, case["base_stock"], base_stock(case["base_stock"]))


# ---------------------------------------------------------------------------------------------------- continuous review


@form(
    "(r,Q) Poisson, backorders",
    parameters={
        "r": WHOLE_LEVEL,
        "Q": WHOLE_LOT,
        "demand_rate": RATE,
        "lead_time": DELAY.noted(CONSTANT, EXPONENTIAL),
        "holding_cost": optional(HOLDING),
        "backorder_cost": optional(HOLDING),
        "fixed_cost": optional(PER_ORDER),
    },
    conventions=[
        *CONTINUOUS,
        *POISSON,
        *BACKORDERED,
        *LEAD_TIMES[:1],
        *lead_time_is("lead_time"),
        clause(
            "order Q when the inventory position falls to r", r"order q when (?:the )?inventory position falls to r"
        ),
        clause("cost K an order + h on hand + p backorders", r"cost = k per order \+ h\*on-hand \+ p\*backorders"),
    ],
    quantities=[cost("holding_cost", "backorder_cost", "fixed_cost"), FILL, BACKORDERS, ON_HAND, ON_ORDER],
)
def reorder_point_lot(case):
    case.choose_days(case["demand_rate"])
    return {
        "calendar": horizon(100 + 10 * case["lead_time"] * case.days, 3500),
        "stream": {"customers": poisson_stream(case, case["demand_rate"])},
        **supplier(lead_time_distribution=case.distribution("lead_time")),
        "stock": {
            "W": {
                "reorder_point": case["r"],
                "quantity": case["Q"],
                "initial": max(0, case["r"] + case["Q"]),
                "holding_cost": case.per_time(case.get("holding_cost", 0)),
                "backorder_cost": case.per_time(case.get("backorder_cost", 0)),
                "per_order": case.get("fixed_cost", 0),
            }
        },
        "verify": case.figure(),
    }


def one_for_one(case, distribution, mean, **more):
    """Base stock with Poisson demand and independent lead times."""
    return {
        "calendar": horizon(50 + 15 * mean * case.days, 3000),
        "stream": {"customers": poisson_stream(case, case["demand_rate"])},
        **supplier(lead_time_distribution=distribution),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.figure(),
    } | more


@form(
    "base-stock, i.i.d. stochastic lead time (Palm)",
    parameters={
        "demand_rate": RATE,
        "lead_time": TIMES,
        "mean_lead_time": optional(DURATION),
        "base_stock": WHOLE_UNITS,
    },
    conventions=[*CONTINUOUS, *POISSON, *BACKORDERED, *LEAD_TIMES],
    quantities=[BACKORDERS, ON_HAND, ON_ORDER, FILL],
)
def palm(case):
    case.choose_days(case["demand_rate"])
    mean = case.get("mean_lead_time")
    distribution = time_distribution(case, case["lead_time"], mean)
    known = mean_of(case["lead_time"], mean)
    if mean is not None and abs(mean - known) > 1e-6 * known:
        raise Refused(f"parameter 'mean_lead_time' is {mean:g}, and the mean of 'lead_time' {known:g}")
    return one_for_one(case, distribution, known)


@form(
    "base-stock, lost sales (Erlang-B)",
    parameters={
        "demand_rate": RATE,
        "mean_lead_time": DURATION,
        "lead_time_distribution": TIMES_BY_NAME,
        "base_stock": WHOLE_UNITS,
    },
    conventions=[*CONTINUOUS, *POISSON, *UNMET_LOST, *LEAD_TIMES],
    quantities=[LOST, ON_HAND, ON_ORDER, FILL],
)
def erlang_loss(case):
    case.choose_days(case["demand_rate"])
    mean = case["mean_lead_time"]
    distribution = time_distribution(case, case["lead_time_distribution"], mean)
    return one_for_one(case, distribution, mean, tier=lost_sales("customers"))


@form(
    "compound Poisson (stuttering) base-stock",
    parameters={
        "order_rate": RATE,
        "size_distribution": COUNTS,
        "lead_time": DURATION.noted(CONSTANT),
        "base_stock": WHOLE_UNITS,
    },
    conventions=[
        *CONTINUOUS,
        *BACKORDERED,
        *lead_time_is("lead_time")[:1],
        clause("base stock of units", r"continuous review base stock on units"),
        clause("an order may be filled in part", r"an order may be filled partly"),
        clause("the rest waits", r"rest backordered", unmet="waits"),
    ],
    quantities=[
        quantity("fraction of orders filled complete from stock on arrival", "order_fill"),
        BACKORDERS,
        ON_HAND,
        ON_ORDER,
        FILL,
    ],
)
def compound_poisson(case):
    case.choose_days(case["order_rate"])
    size, grain = count_distribution(case["size_distribution"])
    if grain != 1:
        raise Refused(f"parameter 'size_distribution': got {case['size_distribution']!r}, wanted whole units")
    return {
        "calendar": horizon(50 + 15 * case["lead_time"] * case.days, 3000),
        "stream": {"customers": {**poisson_stream(case, case["order_rate"]), "units": size}},
        **supplier(lead_time_distribution=case.distribution("lead_time")),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.figure(),
    }


@form(
    "base-stock with limited supply capacity / carriers (M/M/c)",
    parameters={"demand_rate": RATE, "carriers": SERVERS, "trip_time": TIMES, "base_stock": WHOLE_UNITS},
    conventions=[
        *CONTINUOUS,
        *POISSON,
        *BACKORDERED,
        clause(
            "each unit needs one carrier for a trip",
            r"each unit ordered needs one carrier for an exponential trip",
            trip="exponential",
        ),
        clause("units wait for carriers in turn", r"fifo queue for carriers"),
    ],
    quantities=[BACKORDERS, ON_HAND, FILL],
)
def limited_supply(case):
    case.choose_days(case["demand_rate"])
    trip, mean = time_distribution(case, case["trip_time"]), mean_of(case["trip_time"])
    if case.says.get("trip", trip["distribution"]) != trip["distribution"]:
        raise Refused(f"parameter 'trip_time' is {trip['distribution']}, and a convention says {case.says['trip']}")
    load = case["demand_rate"] * mean / case["carriers"]
    return {
        "calendar": horizon(*queue_horizon(load, mean * case.days)),
        "stream": {"customers": poisson_stream(case, case["demand_rate"])},
        **supplier(lead_time_distribution=trip, servers=case["carriers"]),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.figure(),
    }
