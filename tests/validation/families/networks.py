"""Several sites: a depot and its locations, serial systems, pools, the bullwhip effect; and classes of customers."""

from families.blocks import (
    ANY,
    AVERAGE,
    BACKORDERED,
    BACKORDERS,
    CONTINUOUS,
    EXPONENTIAL,
    FILL,
    LEAD_TIMES,
    OF_UNITS,
    POISSON,
    base_stock,
    class_tiers,
    cost,
    daily_stream,
    horizon,
    lead_time_is,
    lost_sales,
    poisson_stream,
    queue_horizon,
    supplier,
)
from distributions import constant, exponential
from reading import clause, form, quantity
from terms import (
    CORRELATION,
    DELAY,
    DURATION,
    HOLDING,
    PERIODS,
    RATE,
    SHARE,
    WHOLE_UNITS,
    Refused,
    optional,
)

STAGES = r"stages? 1\.\.\d+"

# -------------------------------------------------------------------------------------------------- depot and locations

LOCATION = r"(?:location|retailer|base|warehouse) (?P<place>\d+)"
AT_LOCATION = rf" at (?:{LOCATION}|(?P<depot>the depot))"


def at_location(what, kpi):
    return quantity(f"mean {what} at location N / the depot", kpi, rf"{AVERAGE}{what}{AT_LOCATION}{OF_UNITS}")


@form(
    "two-echelon one-warehouse multi-retailer (METRIC / Graves)",
    parameters={
        "demand_rates": RATE.each(),
        "ship_times": DELAY.each(),
        "depot_base_stock": WHOLE_UNITS,
        "local_base_stocks": WHOLE_UNITS.each(),
        "depot_lead_time": DURATION.noted(r"constant|exponential"),
        "base_repair_fraction": optional(SHARE.each().noted(r"repaired at base")),
        "base_repair_time": optional(DELAY.each().noted(EXPONENTIAL)),
    },
    conventions=[
        *CONTINUOUS,
        *POISSON,
        *BACKORDERED,
        clause("Poisson demand at the locations", r"unit poisson demand at retailers"),
        clause("one-for-one orders to the depot"),
        clause("the depot serves in turn, and what it lacks waits", r"depot fills fcfs and backorders"),
        clause("lead time L0 from outside to the depot", r"depot lead time from outside supplier l0"),
        clause("then a constant time to the location", r"then constant ship time t_i"),
    ],
    quantities=[
        at_location("backorders", "mean_backorders"),
        at_location("on-hand", "mean_on_hand"),
        quantity("fill rate at location N / the depot", "unit_fill", rf"(?:unit )?fill rate{AT_LOCATION}"),
    ],
    rows=["demand_rates", "ship_times", "local_base_stocks", "base_repair_fraction", "base_repair_time"],
)
def two_echelon(case):
    """W is the depot; the locations L1, L2, ... order from it."""
    rates, times = case["demand_rates"], case["ship_times"]
    case.choose_days(sum(rates))
    stocks = {"W": base_stock(case["depot_base_stock"], site="W")}
    streams, sites = {}, {}
    repaired = case.get("base_repair_fraction", [0] * len(rates))
    if any(repaired) != ("base_repair_time" in case):
        raise Refused("'base_repair_fraction' and 'base_repair_time' go together")
    for i, rate in enumerate(rates):
        name = f"L{i + 1}"
        sites[name] = {}
        streams[name] = poisson_stream(case, rate, site=name)
        stocks[name] = base_stock(
            case["local_base_stocks"][i], site=name, source="W", transit=constant(case.time(times[i]))
        )
        if repaired[i] > 0:
            repair = exponential(case.time(case["base_repair_time"][i]))
            stocks[name]["second"] = {"share": repaired[i], "lead_time": repair}
    where = case.place(len(rates))
    slowest = case["depot_lead_time"] + max(times)
    return {
        "calendar": horizon(50 + 20 * slowest * case.days, 3000),
        "site": sites,
        "stream": streams,
        **supplier(lead_time_distribution=case.distribution("depot_lead_time")),
        "stock": stocks,
        "verify": case.figure(site="W" if where is None else f"L{where}"),
    }


# --------------------------------------------------------------------------------------------------------------- serial


def differences(levels, name):
    """Of each stage and the one below: of echelon values the local ones."""
    if any(a > b for a, b in zip(levels, levels[1:])):
        raise Refused(f"parameter {name!r}: got {levels}, wanted what doesn't fall from stage to stage")
    return [b - a for a, b in zip([0, *levels], levels)]


def agreed(case, name, value, other):
    """A list that is given, or that follows from another one; not both and different."""
    if name in case and value is not None and any(abs(a - b) > 1e-9 for a, b in zip(case[name], value)):
        raise Refused(f"parameter {name!r} is {case[name]}, and {value} by {other!r}")
    return case.get(name, value)


@form(
    "serial multi-echelon (Clark-Scarf / Shang-Song)",
    parameters={
        "demand_rate": RATE,
        "lead_times": DURATION.each().noted(STAGES),
        "echelon_holding": optional(HOLDING.each().noted(STAGES)),
        "local_holding": optional(HOLDING.each().noted(STAGES)),
        "backorder_cost": optional(HOLDING),
        "echelon_base_stock": optional(WHOLE_UNITS.each().noted(STAGES)),
        "local_base_stock": optional(WHOLE_UNITS.each().noted(STAGES)),
    },
    conventions=[
        *CONTINUOUS,
        *BACKORDERED,
        clause("a serial system", r"continuous review serial system"),
        clause("Poisson demand at stage 1", r"unit poisson demand at stage 1"),
        clause("base stocks of echelons", r"echelon base-stock policy(?: \(given echelon levels\))?"),
        clause("stage N is supplied without limit after L_N", r"stage n has ample supply after lead time l_n"),
        clause("cost: local holding of what is on hand", r"cost ?= ?sum local holding on on-hand"),
        clause("of what is under way the holding of where it comes from", r"upstream holding rate on in-transit units"),
        clause("backorders cost at stage 1", r"backorder cost at stage 1"),
    ],
    quantities=[
        cost("backorder_cost"),
        quantity("fill rate at stage N", "unit_fill", r"(?:unit )?fill rate at stage (?P<place>\d+)"),
        quantity(
            "mean backorders at stage N", "mean_backorders", rf"{AVERAGE}backorders at stage (?P<place>\d+){OF_UNITS}"
        ),
        quantity("mean on-hand at stage N", "mean_on_hand", rf"{AVERAGE}on-hand at stage (?P<place>\d+){OF_UNITS}"),
    ],
    rows=["lead_times", "echelon_holding", "local_holding", "echelon_base_stock", "local_base_stock"],
)
def serial(case):
    """Stage 1 sells; the last stage, W, has the outside supplier. Local levels equal the given echelon levels."""
    echelon = case.get("echelon_base_stock")
    levels = agreed(
        case, "local_base_stock", echelon and differences(echelon, "echelon_base_stock"), "echelon_base_stock"
    )
    if levels is None:
        raise Refused("neither 'local_base_stock' nor 'echelon_base_stock' is there")
    stages = len(levels)
    added = case.get("echelon_holding")
    holding = agreed(case, "local_holding", added and [sum(added[i:]) for i in range(stages)], "echelon_holding")
    if case.asked["kpi"] == "inventory_cost" and holding is None:
        raise Refused("neither 'local_holding' nor 'echelon_holding' is there, which the cost needs")
    case.choose_days(case["demand_rate"])
    site_of = [f"Stage{i + 1}" for i in range(stages - 1)] + ["W"]
    stocks = {}
    for i, name in enumerate(site_of):
        # What is under way from a stage costs what it costs there.
        cost_there = case.per_time((holding or [0] * stages)[i])
        stocks[name] = base_stock(levels[i], site=name, holding_cost=cost_there, in_transit_cost=cost_there)
        if i + 1 < stages:
            stocks[name] |= {"source": site_of[i + 1], "transit": constant(case.time(case["lead_times"][i]))}
    stocks[site_of[0]]["backorder_cost"] = case.per_time(case.get("backorder_cost", 0))
    where = case.place(stages)
    return {
        "calendar": horizon(100 + 20 * sum(case["lead_times"]) * case.days, 3000),
        "site": {name: {} for name in site_of[:-1]},
        "stream": {"customers": poisson_stream(case, case["demand_rate"], site=site_of[0])},
        **supplier(lead_time_distribution=constant(case.time(case["lead_times"][-1]))),
        "stock": stocks,
        "verify": case.figure(**({} if where is None else {"site": site_of[where - 1]})),
    }


# ---------------------------------------------------------------------------------------------------------------- pools

AT_WAREHOUSE = r"(?:fraction|share) of demand(?: at (?:location|warehouse) (?P<place>\d+))? "


@form(
    "lateral transshipment (complete pooling)",
    parameters={
        "demand_rates": RATE.each(),
        "base_stocks": WHOLE_UNITS.each(),
        "mean_lead_time": DURATION.noted(EXPONENTIAL),
    },
    conventions=[
        *CONTINUOUS,
        *POISSON,
        *lead_time_is("mean_lead_time")[1:],
        clause(
            "who has none gets a unit at once from the warehouse with most on hand, ties at random",
            r"empty warehouse takes one unit from the warehouse with most on-hand \(ties at random, zero transfer time\)",
        ),
        clause("the lender orders anew", r"which then reorders"),
        clause(
            "what the pool lacks is lost to an emergency supplier",
            r"if the pool is empty the demand goes to an emergency supplier and is lost to the system",
        ),
    ],
    quantities=[
        quantity(
            "fraction of demand at warehouse N met from own stock", "unit_fill", AT_WAREHOUSE + "met from own stock"
        ),
        quantity(
            "... met by lateral transshipment", "transshipped_share", AT_WAREHOUSE + "met by lateral transshipment"
        ),
        quantity(
            "... sent to the emergency supplier", "lost_share", AT_WAREHOUSE + "(?:sent to the emergency supplier|lost)"
        ),
    ],
    settled=["distribution of mean_lead_time"],
    rows=["demand_rates", "base_stocks"],
)
def lateral(case):
    """Warehouses that help each other out at once; what none of them has goes elsewhere and is lost here."""
    rates, levels = case["demand_rates"], case["base_stocks"]
    case.choose_days(sum(rates))
    names = ["W"] + [f"W{i + 1}" for i in range(1, len(rates))]
    where = case.place(len(rates))
    return {
        "calendar": horizon(50 + 20 * case["mean_lead_time"] * case.days, 3000),
        "tier": lost_sales("customers"),
        "site": {name: {} for name in names},
        "pool": {"all": {}},
        "stream": {name: poisson_stream(case, rate, site=name) for name, rate in zip(names, rates)},
        **supplier(lead_time_distribution=case.distribution("mean_lead_time")),
        "stock": {name: base_stock(level, site=name) for name, level in zip(names, levels)},
        "verify": case.figure(**({} if where is None else {"site": names[where - 1]})),
    }


# ------------------------------------------------------------------------------------------------------------- bullwhip

BULLWHIP = [
    clause(
        "the level is L times the forecast, no safety stock",
        r"order-up-to y_t = l \* forecast \(no safety-stock term\)",
    ),
    clause("orders follow level and demand", r"q_t = y_t - y_\{?t-1\}? \+ d_\{?t-1\}?"),
    clause("orders may be negative", r"negative orders allowed"),
    clause("forecasts know the demand before the period", r"forecast uses demand up to t-1"),
]
VARIABILITY = [quantity("Var(orders)/Var(demand)", "order_variability")]


def bullwhip(case, leads, forecast, memory):
    """Stage 1 sells; with more than one, all forecast the customers' demand, and each looks after the one before it.

    Negative orders aren't needed: mean demand is far above its deviation. The last stage is W."""
    names = [f"Stage{i + 1}" for i in range(len(leads) - 1)] + ["W"]
    mean, sd = 10_000, 1_000
    demand = daily_stream({"distribution": "normal", "mean": mean, "sd": sd}) | {"site": names[0]}
    if case.get("phi", 0) != 0:
        demand["correlation"] = case["phi"]
    stocks = {}
    for i, lead in enumerate(leads):
        stocks[names[i]] = {
            "site": names[i],
            "order_up_to": round(lead * mean),
            "review": "1 d",
            "first_review": f"{i} h",
            "initial": round(lead * mean),
            "forecast": forecast | {"cover": lead, "demand": "customers"},
        }
        if i + 1 < len(leads):
            stocks[names[i]]["source"] = names[i + 1]
    return {
        "calendar": horizon(50 + memory, 3900 - memory),
        "site": {name: {} for name in names},
        "stream": {"customers": demand},
        **supplier(lead_time_distribution=constant("1 d")),
        "stock": stocks,
        "verify": case.figure(),
    }


@form("bullwhip (Chen et al. 2000)", {"L": PERIODS, "p": PERIODS, "phi": CORRELATION}, BULLWHIP, VARIABILITY)
def moving_average(case):
    return bullwhip(case, [case["L"]], {"moving_average": case["p"]}, 3 * case["p"])


@form("bullwhip (Chen et al. 2000)", {"L": PERIODS.each(), "p": PERIODS, "phi": CORRELATION}, BULLWHIP, VARIABILITY)
def moving_averages_of_a_chain(case):
    if case["phi"] != 0 and len(case["L"]) > 1:
        raise Refused("a chain under correlated demand has no known scenario")
    return bullwhip(case, case["L"], {"moving_average": case["p"]}, 3 * case["p"])


# -------------------------------------------------------------------------------------------------------------- classes

RATIONING = "rationing / critical level, customer classes"
CLASSES = {
    "rates": RATE.each().noted(r"class(?:es)? 1, (?:class )?2"),
    "base_stock": WHOLE_UNITS,
    "critical_level": WHOLE_UNITS,
}
CLASS_FIGURES = [
    quantity("class N fill rate", "unit_fill", r"class (?P<place>\d+) fill rate"),
    quantity("mean class N backorders", "tier_backorders", rf"{AVERAGE}class (?P<place>\d+) backorders{OF_UNITS}"),
]
SERVED = [
    *CONTINUOUS,
    *LEAD_TIMES,
    *POISSON,
    clause("class 1 is served whenever there is stock", r"class 1 is served whenever stock > 0"),
    clause("class 2 only while more than the critical level is on hand", r"class 2 only when on-hand > c"),
]


def rationing(case, made, calendar, unmet):
    """Class 2 is served only above the critical level."""
    if len(case["rates"]) != 2:
        raise Refused(f"parameter 'rates': got {len(case['rates'])} classes, wanted 2")
    tiers = class_tiers(2)
    tiers["class2"]["critical_level"] = case["critical_level"]
    for tier in tiers.values():
        tier["backorder_probability"] = "100 %" if unmet == "waits" else "0 %"
    priority = {"strategy": {"rule": {"priority": {"policy": "tier_then_date"}}}}
    return {
        "calendar": horizon(*calendar),
        **priority,
        "tier": tiers,
        "stream": {name: poisson_stream(case, rate, tier=name) for name, rate in zip(tiers, case["rates"])},
        **supplier(**made),
        "stock": {"W": base_stock(case["base_stock"])},
        "verify": case.figure(tier=list(tiers)[case.place(2) - 1]),
    }


@form(
    RATIONING,
    CLASSES | {"mean_lead_time": DURATION.noted(ANY, EXPONENTIAL)},
    [
        *SERVED,
        *lead_time_is("mean_lead_time")[1:],
        clause("refused demand of either class is lost", unmet="lost"),
        clause("refused demand waits in its class", r"refused demand is backordered in its class", unmet="waits"),
        clause("a unit that arrives serves class 1 first", r"an arriving unit serves a class-1 backorder first"),
        clause(
            "then class 2 where as much as the critical level is on hand", r"else a class-2 backorder if on-hand >= c"
        ),
        clause("else it goes to stock", r"else goes to stock"),
    ],
    CLASS_FIGURES,
    settled=["unmet"],
)
def rationing_of_orders(case):
    case.choose_days(sum(case["rates"]))
    unmet, mean = case.says["unmet"], case["mean_lead_time"]
    if unmet == "waits" and case.says.get("distribution of mean_lead_time") != "exponential":
        raise Refused("where refused demand waits, the distribution of the lead time matters: none is said")
    # Lost sales: the distribution of the lead time is free.
    distribution = exponential(case.time(mean)) if unmet == "waits" else {"distribution": "gamma", "mean": case.time(mean), "cv": 0.7}
    return rationing(case, {"lead_time_distribution": distribution}, (100 + 15 * mean * case.days, 3000), unmet)


@form(
    RATIONING,
    CLASSES | {"production_rate": RATE.noted("exponential")},
    [
        *CONTINUOUS,
        *POISSON,
        clause(
            "one machine produces while the stock is below base stock", r"one machine produces while stock < base stock"
        ),
        clause(
            "class 2 is lost where at most the critical level is on hand", r"class 2 refused \(lost\) when on-hand <= c"
        ),
        clause("class 1 is lost where nothing is on hand", r"class 1 lost at zero stock"),
    ],
    CLASS_FIGURES[:1],
)
def rationing_of_production(case):
    case.choose_days(sum(case["rates"]))
    mean = 1 / case["production_rate"]
    made = {"lead_time_distribution": exponential(case.time(mean)), "servers": 1}
    # Demand that is refused is lost: no load is too much, and a stock forgets its past the faster.
    return rationing(case, made, queue_horizon(min(0.95, sum(case["rates"]) * mean), mean * case.days), "lost")
