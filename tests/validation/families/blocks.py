"""What the families' scenarios are built of, on top of scenarios/validation/base/textbook.toml; and common terms.

Time: a period, month or day of a case is a day of the scenario unless events would be so rare or so many that days
become the wrong measure; then a unit of a case's time is `case.days` days, and money per time is converted by the
factor of the expectation. Units: where a textbook's units are real numbers, a unit of the scenario is a fraction of
them (`grain`).
"""

import math

from distributions import exponential, constant
from reading import clause, quantity
from terms import TIME, Refused


def poisson_stream(case, rate, site="W", tier="customers"):
    return {"site": site, "tier": tier, "interarrival_time": exponential(case.time(1 / rate))}


def daily_stream(units):
    """Demand of a period, at noon; the review is at midnight."""
    return {"site": "W", "tier": "customers", "interarrival_time": constant("1 d"), "units": units, "first": "12 h"}


def horizon(warmup, measure):
    return {"warmup": f"{math.ceil(warmup)} d", "measure": f"{math.ceil(measure)} d"}


def queue_horizon(load, service_days):
    """Warm-up and measured days that fit a queue's slow memory, about service / (1 - sqrt(load))^2."""
    if load >= 1:
        raise Refused(f"the load is {load:.3g}: the queue grows without end")
    memory = service_days / (1 - math.sqrt(min(load, 0.98))) ** 2
    warmup = max(30, min(1000, 10 * memory))
    return warmup, 4000 - warmup - 1


def supplier(**terms):
    return {"supplier_segment": {"supplier": terms}}


def whole(value, name, grain=1):
    """Units of the scenario; where those are the case's own, only a whole number is any."""
    units = value * grain
    if grain == 1 and not float(value).is_integer():
        raise Refused(f"parameter {name!r}: got {value!r}, wanted whole units, as demand is")
    return round(units)


def base_stock(level, **more):
    """One for one: an order whenever the inventory position is below the level."""
    return {"reorder_point": level - 1, "order_up_to": level, "initial": max(0, level), **more}


def lost_sales(*tiers):
    return {tier: {"backorder_probability": "0 %"} for tier in tiers}


def class_tiers(count, **terms):
    """Tiers for the classes 1 to `count`, first come those of class 1. The textbook's own tier is the first class."""
    names = ["customers"] + [f"class{i}" for i in range(2, count + 1)]
    return {
        name: {"rank": rank, **({} if rank == 0 else {"share": "0 %", "backorder_probability": "100 %"}), **terms}
        for rank, name in enumerate(names)
    }


# --------------------------------------------------------------------------------------------------------- common terms

AVERAGE = r"(?:(?:long-run )?(?:average|mean|expected) )+(?:total )?"
OF_UNITS = r"(?: \(units\))?"
CONSTANT, EXPONENTIAL = r"constant|deterministic", r"exponential(?: mean)?"
ANY = r"any distribution"


def cost(*needs):
    return quantity("average cost per TIME", "inventory_cost", rf"{AVERAGE}cost per {TIME}", needs)


def mean_of(what, kpi, where=""):
    return quantity(
        f"mean {what}{' at PLACE' if where else ''}", kpi, rf"{AVERAGE}(?:number of )?{what}{where}{OF_UNITS}"
    )


FILL = quantity("fill rate", "unit_fill", r"(?:unit )?fill rate(?: \(demand met from stock at once / demand\))?")
BACKORDERS = mean_of("backorders", "mean_backorders")
ON_HAND = mean_of("on-hand", "mean_on_hand")
ON_ORDER = quantity("mean on order", "on_order_at_close", rf"{AVERAGE}(?:on order|outstanding orders){OF_UNITS}")
LOST = quantity("fraction of demand lost", "lost_share", r"(?:fraction|share) of demand lost")

CONTINUOUS = [clause("continuous review", r"continuous review(?: \(s-1,s\))?(?: everywhere)?|\(s-1,s\)")]
POISSON = [clause("Poisson demand", r"(?:unit )?poisson demand")]
BACKORDERED = [clause("backorders", r"(?:full )?backorders?|unmet demand (?:is backordered|waits)", unmet="waits")]
UNMET_LOST = [clause("unmet demand is lost", r"unmet demand (?:is )?lost|lost sales", unmet="lost")]
LEAD_TIMES = [
    clause("lead times are independent", r"i\.i\.d\. lead times(?: \(orders may cross\))?|orders may cross"),
    clause("one order for each demand", r"one order per demand"),
]


def lead_time_is(name):
    return [
        clause("constant lead time", r"(?:constant lead times?|lt constant)", **{f"distribution_of_{name}": "constant"}),
        clause(
            "exponential lead times",
            r"(?:i\.i\.d\. )?exponential lead times|replenishment lead times i\.i\.d\. exponential",
            **{f"distribution_of_{name}": "exponential"},
        ),
    ]
