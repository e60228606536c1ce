"""Constant demand: lots, planned backorders, production, and suppliers that stop."""

from families.blocks import (
    AVERAGE,
    BACKORDERED,
    CONTINUOUS,
    base_stock,
    cost,
    daily_stream,
    horizon,
    lost_sales,
    supplier,
    whole,
)
from distributions import constant, count_distribution, exponential
from reading import clause, form, quantity
from terms import CHANCE, DEMAND, HOLDING, LOT, PER_ORDER, PER_UNIT, RATE, UNITS, Refused, optional

LOT_RULES = [
    *CONTINUOUS,
    *BACKORDERED,
    clause("constant demand rate"),
    clause("zero lead time"),
    clause(
        "demand in quanta small against Q",
        r"simulate with demand quanta small against q(?: \(discretisation bias ~ 1 quantum / q\))?",
    ),
]
LOT_TERMS = {"fixed_cost": PER_ORDER, "holding_cost": HOLDING, "demand_rate": RATE}


def lot(case, quantity, made, short=0.0):
    """A day is one cycle. Demand comes in quanta, 20 000 a cycle, so that its steps don't show."""
    quanta = 20_000
    unit = quantity / quanta
    short = round(short / unit)
    return {
        "calendar": horizon(2, 10),
        "stream": {
            "customers": {
                "site": "W",
                "tier": "customers",
                "interarrival_time": constant(f"{86400 / quanta:.10g} s"),
                "first": "12 h",  # so that no lot falls on the edge of the measured days
            },
        },
        **supplier(**made),
        "stock": {
            "W": {
                "reorder_point": -short,
                "quantity": quanta,
                "initial": quanta - short,
                "holding_cost": case.per_time(case["holding_cost"] * unit),
                "backorder_cost": case.per_time(case.get("backorder_cost", 0) * unit),
                "per_order": case["fixed_cost"],
            }
        },
        "verify": case.figure(),
    }


def at_most_the_lot(case, quantity):
    if case.get("max_backorder", 0) > quantity:
        raise Refused(f"parameter 'max_backorder' is {case['max_backorder']:g}, more than the lot of {quantity:g}")


@form("EOQ (deterministic)", LOT_TERMS | {"order_quantity": LOT}, LOT_RULES, [cost()])
def economic_order(case):
    quantity = case["order_quantity"]
    case.days = case["demand_rate"] / quantity
    return lot(case, quantity, {"lead_time_distribution": constant("0 d")})


@form(
    "EOQ (deterministic)",
    LOT_TERMS | {"order_quantity": LOT, "max_backorder": UNITS, "backorder_cost": HOLDING},
    LOT_RULES,
    [cost()],
)
def planned_backorders(case):
    quantity = case["order_quantity"]
    at_most_the_lot(case, quantity)
    case.days = case["demand_rate"] / quantity
    return lot(case, quantity, {"lead_time_distribution": constant("0 d")}, case["max_backorder"])


@form("EOQ (deterministic)", LOT_TERMS | {"lot_size": LOT, "production_rate": RATE}, LOT_RULES, [cost()])
def production_lot(case):
    quantity = case["lot_size"]
    if case["production_rate"] <= case["demand_rate"]:
        raise Refused("production isn't faster than demand")
    case.days = case["demand_rate"] / quantity
    piece = quantity / case["production_rate"] / 20_000
    return lot(case, quantity, {"lead_time_distribution": constant(case.time(piece)), "servers": 1, "lot": 1})


# -------------------------------------------------------------------------------------------------- suppliers that stop


@form(
    "supply disruptions",
    parameters={
        "S": UNITS,
        "demand": DEMAND,
        "h": HOLDING,
        "p": HOLDING,
        "disruption_prob": CHANCE,
        "recovery_prob": CHANCE,
    },
    conventions=[
        *BACKORDERED,
        clause("constant demand d a period", r"deterministic demand d per period"),
        clause(
            "up or down by a Markov chain, as of a period's start",
            r"supplier up/down markov chain evaluated at period start",
        ),
        clause("if up, the stock is raised to S at once", r"if up"),
        clause("the stock is raised to S at once", r"stock is raised to s at once"),
        clause("costs on the closing level", r"end-of-period costs"),
    ],
    quantities=[cost()],
)
def base_stock_with_disruptions(case):
    if isinstance(case["demand"], list) and case["demand"][0] not in ("constant", "deterministic"):
        raise Refused(f"parameter 'demand': got {case['demand']!r}, wanted a constant number of units")
    demand, grain = count_distribution(case["demand"])
    up, down = 1 / case["disruption_prob"], 1 / case["recovery_prob"]
    return {
        "calendar": horizon(200, 3700),
        "stream": {"customers": daily_stream(demand)},
        **supplier(
            lead_time_distribution=constant("0 d"),
            uptime={"distribution": "geometric", "mean": case.time(up), "period": "1 d"},
            downtime={"distribution": "geometric", "mean": case.time(down), "period": "1 d"},
        ),
        "stock": {
            "W": base_stock(
                whole(case["S"], "S", grain),
                review="1 d",
                holding_cost=case["h"] / grain,
                backorder_cost=case["p"] / grain,
                cost_at_close=True,
            )
        },
        "verify": case.figure(),
    }


@form(
    "supply disruptions",
    parameters={
        "Q": LOT,
        "K": PER_ORDER,
        "h": HOLDING,
        "lost_sale": PER_UNIT,
        "demand_rate": RATE,
        "disruption_rate": RATE,
        "recovery_rate": RATE,
    },
    conventions=[
        clause("order when nothing is left", r"zero-inventory ordering"),
        clause(
            "if the supplier is down then, wait for it; demand meanwhile is lost",
            r"if the supplier is down when stock hits 0",
        ),
        clause("demand meanwhile is lost", r"wait for recovery and demand meanwhile is lost"),
        clause("exponential times up and down", r"supplier up/down exponential"),
    ],
    quantities=[cost()],
)
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
                "interarrival_time": constant(case.time(case["Q"] / case["demand_rate"] / quanta)),
            }
        },
        **supplier(
            lead_time_distribution=constant("0 d"),
            uptime=exponential(case.time(1 / case["disruption_rate"])),
            downtime=exponential(case.time(1 / case["recovery_rate"])),
        ),
        "stock": {
            "W": {
                "reorder_point": 0,
                "quantity": quanta,
                "initial": quanta,
                "holding_cost": case.per_time(case["h"] * unit),
                "per_order": case["K"],
                "per_lost_unit": case["lost_sale"] * unit,
            }
        },
        "verify": case.figure(),
    }
