#!/usr/bin/env python3
"""Prints what the planners' cases should come to: python3 figures.py [--long]. Wants numpy.

Names are those of scenarios/validation/planners_NAME.toml. A simulated figure stands with its standard error; --long makes
it as precise as the scenarios' tolerances ask for.
"""

import itertools
import math
import sys
from statistics import NormalDist

import numpy as np

import office
import plain
import stock
import transfers

STEADY, LUMPY = stock.Demand(16), stock.Demand(8, stock.geometric(2))
CONFIRMED = 5 / 1440  # of a day, from a purchase until the supplier has it
LEAD = 3 + CONFIRMED  # from a review to the goods: where nobody handles them, they come at any hour


def reviewed(demand, reorder_point, order_up_to, lead=LEAD, pack=1):
    after, orders, _ = stock.positions(demand, reorder_point, order_up_to, pack=pack)
    return {**stock.service(demand, after, lead), "line_fill": stock.lines_filled(demand, after, lead), "orders": orders}


def class_service():
    leads = (0.25 * 3 * LUMPY.mean) ** 2  # lead times vary by a quarter, as the item master assumes
    point = LUMPY.mean * 4 + NormalDist().inv_cdf(0.9) * math.sqrt(4 * LUMPY.spread + leads)
    return reviewed(LUMPY, point, point + 2 * LUMPY.mean)


def fill_rate(service=0.95, cover=5):
    """The least reorder point by which that share is met, demand being normal, and positions after a review the level itself
    or anything down to the reorder point (Tijms and Groenevelt 1984)."""
    normal, mean, spread = NormalDist(), LUMPY.mean, LUMPY.spread
    lot, undershoot = cover * mean, (spread + mean**2) / (2 * mean)

    def short(days, point):
        sd = math.sqrt(days * spread)
        first = lambda k: sd * (normal.pdf(k) - k * normal.cdf(-k))
        second = lambda k: sd**2 * ((k**2 + 1) * normal.cdf(-k) - k * normal.pdf(k)) / 2
        low, high = ((x - days * mean) / sd for x in (point, point + lot))
        return (undershoot * first(high) + second(low) - second(high)) / (undershoot + lot)

    low, high = 0, 20 * mean
    for _ in range(60):
        point = (low + high) / 2
        low, high = (point, high) if short(4, point) - short(3, point) > (1 - service) * mean else (low, point)
    return {**reviewed(LUMPY, high, high + lot), "target": service}


def on_demand():
    """What is asked for until eight is ordered then, and there three days and five minutes later."""
    return {"unit_fill": 0, "backorders_at_close": 16 * (3 + stock.CLOSE), "wait": 1 / 2 + LEAD}


def approval():
    """Placed at noon of the next day."""
    return reviewed(STEADY, 91, 92, LEAD + 28 / 24)


def nightly_batch():
    """What may be promised from two o'clock on is what two o'clock four days before decided."""
    missed = STEADY.short(92, 5) - STEADY.short(92, 4)
    return {"unit_fill": 1 - missed / 16, "backorders_at_close": STEADY.short(92, 4 + 22 / 24)}


def latency():
    """The stock of a quarter to seven; 45 minutes and two hours more until the record has the goods."""
    before, lead = 1.25 / 24, LEAD + 2.75 / 24
    close = before + 3 + stock.CLOSE
    fill = 1 - (STEADY.short(80, before + lead + 1) - STEADY.short(80, before + lead)) / 16
    return {"unit_fill": fill, "backorders_at_close": STEADY.short(80, close)}


def edi():
    return reviewed(STEADY, 79, 80, 3 + 4 / 24)


def guardrail_change(long, limit=0.2, weight=0.3):
    """Orders are days' demands; the usual one before each is exponentially smoothed."""
    shares = []
    for i in range(20):
        usual, within, days = 16.0, 0, 200000 if long else 10000
        orders = np.random.default_rng([8, i]).poisson(16, days).tolist()
        for units in orders:
            within += units > 0 and abs(units / usual - 1) <= limit
            usual += weight * (units - usual) if units > 0 else 0
        shares.append(within / sum(units > 0 for units in orders))
    return {"touchless": (np.mean(shares), np.std(shares, ddof=1) / 20**0.5)}


def guardrail():
    distribution = stock.poisson(16)
    return {"touchless": distribution[1:19].sum() / (1 - distribution[0])}


def queue():
    orders = 1 - math.exp(-0.5)
    begun = office.begun_in(8, 0.5, 0.5, 50)
    waiting = office.waiting_at_closing(office.binomial(32, orders), begun, 100)
    return {"orders": 32 * orders, "hours": 32 * orders * 0.5 * 500, "queue": waiting}


def exceptions():
    """Due after seven days, looked for at nine of the eighth day; half of what is left of ten days."""
    now = 8 + 1 / 24  # since eight of the first day
    return {**reviewed(STEADY, 159, 160, now + (10 + CONFIRMED - now) / 2), "premiums": 16 * 0.1}


def receiving():
    dock = stock.at_the_dock(8 / 24 + LEAD) - 8 / 24
    return reviewed(STEADY, 79, 80, dock + 6 / 24 + 3.6 / 86400)


def smoothing(day):
    """Positions after reviews are whole: five days of the smoothed rate and one, rounded up, less four days' demand."""
    return math.ceil(5 * (1200 - 200 * 0.9 ** (day - 3)) + 1) - 4 * 1200


def fresh(day, later):
    """Reviewed that day by its own rate, up to eleven days' demand and one; so many days' demand later."""
    return math.ceil(11 * (1200 - 200 * 0.9**day) + 1) - later * 1200


def short_deliveries():
    """Four orders at a time are thought to come in full; of each, what will be cancelled isn't known yet."""
    cancelled = 16 / (1 - 0.2 * 0.35) - 16
    return {"net_at_close": 92 - 16 * (3 + stock.CLOSE) - 4 * cancelled}


def yields(good=0.9):
    return {"net_at_close": 92 - 16 * (3 + stock.CLOSE) - 4 * 16 * (1 / good - 1)}


def two_sites(weeks=142):
    week = transfers.two_sites([3, 1], [9.75, 3.25], [27.75, 9.25], 1 + CONFIRMED, below=2, keeps=3)
    fill_w, fill_e = week["fill"]
    return {"fill_W": fill_w, "fill_E": fill_e, "transfers": weeks * week["transfers"], "units": weeks * week["units"]}


def desk(long, work):
    size, times = (50000, 24) if long else (10000, 10)
    runs = [office.desk_by_day(np.random.default_rng([7, i]), 20, 1,
                               lambda random, n: office.lognormal_draws(random, work, 0.5, n), 8, 8, size, 200)
            for i in range(times)]
    mean, error = np.mean(runs, axis=0), np.std(runs, axis=0, ddof=1) / times**0.5
    return {"exception_hours": (mean[0], error[0]), "planner_queue": (mean[1], error[1])}


def simulated(seed, long, policy, supplier, **terms):
    terms = {"days": 20000, "since": 300, "orders": 16, "mean_units": 1, "replications": 50 if long else 8, **terms}
    return plain.figures(seed, policy=policy, supplier=supplier, **terms)


def capacity(replications, days=20000, since=1000):
    """A week's work that waits is in the lead time; what waits longer is late. Every order is a day's demand, so that the
    supplier's queue needs no loop: it is done with an order when all from the last idle moment on are made."""
    fills = []
    for i in range(replications):
        customers = plain.Customers(np.random.default_rng([60, i]), 2, days, 8)
        units = customers.by_day(plain.REVIEW)
        day = np.flatnonzero(units)
        reaches, work = day + plain.REVIEW + 5 / 1440, np.cumsum(units[day] / 17.6)
        done = work + np.maximum.accumulate(reaches - np.concatenate([[0], work[:-1]]))
        arrives = reaches + 3 + np.maximum(done - reaches - 7, 0)
        fills.append(plain.service(customers, 156, zip(arrives, units[day]), since)["unit_fill"])
    return {"unit_fill": (np.mean(fills), np.std(fills, ddof=1) / replications**0.5)}


def doubled(replications, spans=((300, 307), (307, 314), (314, 342))):
    """Demand doubles on day 300: figures of the first week, the second, and four more. Fill rates are ratios of means, which
    replications' means of such short spans are not: units are counted over all of them."""
    fills, on_hand = [], []
    for i in range(replications):
        random = np.random.default_rng([70, i])
        customers = plain.Customers(random, 8, 342, 2, rises=300)
        found = plain.run(customers, plain.ForecastQuantile(0.9, 2, 3, 16, 48), plain.Supplier(random), 300, spans=spans)
        wanted = [customers.units[(customers.times >= a) & (customers.times < b)].sum() for a, b in spans]
        fills.append([(one["unit_fill"] * units, units) for one, units in zip(found, wanted)])
        on_hand.append([one["on_hand_at_close"] for one in found])
    fills, on_hand, result = np.array(fills), np.array(on_hand), {}
    for k, name in enumerate(("first", "second", "later")):
        met, units = fills[:, k, 0], fills[:, k, 1]
        share = met.sum() / units.sum()
        result[f"fill_{name}"] = share, np.std(met - share * units, ddof=1) / units.mean() / replications**0.5
        result[f"on_hand_{name}"] = on_hand[:, k].mean(), np.std(on_hand[:, k], ddof=1) / replications**0.5
    return result


def exact_figures():
    return {
        "base_stock": reviewed(STEADY, 75, 76),
        "weekly": {**stock.weekly_service(stock.Demand(22.4), 178, 0, LEAD, 5), "orders": 1 / 7},
        "thursday": stock.weekly_service(stock.Demand(22.4), 178, 3, LEAD, 5),
        "min_max": reviewed(STEADY, 60, 140),
        "lots": reviewed(STEADY, 64, 65, pack=48),
        "class_service": class_service(),
        "fill_rate": fill_rate(),
        "on_demand": on_demand(),
        "approval": approval(),
        "nightly_batch": nightly_batch(),
        "guardrail": guardrail(),
        "latency": latency(),
        "edi": edi(),
        "queue": queue(),
        "dedicated_truck": {"waiting": 10 * 4 / 3, "settled": (12 + 4 + 0) / 3, "transfers": 10 * 500, "urgent": 1},
        "desk": {"hours": 0.25 * 20 * 300},
        "urgent": {"hours": 20 / 60 * 20 * 300},
        "exceptions": {**exceptions(), "exceptions": 1},
        "receiving": {**receiving(), "stockout": 1 - receiving()["unit_fill"]},
        "smoothing": {"ten": smoothing(10), "twenty": smoothing(20), "forty": smoothing(40)},
        "steady": {"orders": 365 / 5, "on_hand_at_close": sum((96, 86, 76, 66, 56)) / 5 - 40},
        "overload": {"units": 8 * 500},
        "short_deliveries": short_deliveries(),
        "transfers": two_sites(),
        "mmc": {"settled": office.wait_mmc(2.5, 3, 1) + 1, "hours": 60 * 300},
        "mg1": {"settled": office.wait_mg1(3, 0.25, 0.5) + 0.25, "hours": 0.25 * 72 * 300},
        "desk_exponential": dict(zip(("settled", "waiting_at_closing"), office.exponential_desk(20, 1, 4, 8, 8))),
        "urgent_exponential": {"planner_queue": office.exponential_desk(20, 1, 3, 8, 8)[1]},
        "behind_a_desk": {"unit_fill": office.fill_behind_a_desk(0.6, 20, 1.5 / 24, 2, 4), "hours": 1.5 * 12 * 500},
        "approval_untouched": approval(),
        "guardrail_by_size": {"touchless": 1 - 0.4**2},
        "fresh_levels": {"ten": fresh(7, 4), "twenty": fresh(14, 7), "forty": fresh(35, 6)},
        "yield_at_reviews": {"on_hand_at_close": yields()["net_at_close"]},
        "yield": {"unit_fill": stock.fill_with_yield(2, 2, 0.8, 8)},
        "servers": {"unit_fill": stock.fill_of_lots(2.4, 7, 1, 3, 1, most=300)},
        "made_in_lots": {"unit_fill": stock.fill_of_lots(1, 3, 4, 1, 1.5, most=200)},
    }


def simulated_figures(long):
    def supplier(**terms):
        return lambda random: plain.Supplier(random, **terms)

    high = lambda: plain.Known(91, 92)
    lumpy = {"orders": 8, "mean_units": 2}
    yield "desk", desk(long, 0.25)
    yield "urgent", desk(long, 1 / 3)
    yield "guardrail_change", guardrail_change(long)
    yield "class_learnt", simulated(2, long, lambda: plain.ClassService(0.9, 2, 3, 16, 48, 60, 28), supplier(), **lumpy)
    yield "forecast_quantile", simulated(3, long, lambda: plain.ForecastQuantile(0.9, 2, 3, 16, 48), supplier(), **lumpy)
    yield "forecast_leads", simulated(10, long, lambda: plain.ForecastQuantile(0.9, 2, 3, 16, 48),
                                      supplier(cv=0.3, on_time=0.8, delay=2), **lumpy)
    yield "doubled", doubled(8000 if long else 500)
    yield "late_supplier", simulated(4, long, high, supplier(cv=0.3, on_time=0.8, delay=2))
    yield "short_deliveries", simulated(5, long, high, supplier(in_full=0.8))
    yield "capacity", capacity(400 if long else 60)


def told(value):
    return f"{value[0]:.6g} +- {value[1]:.2g}" if isinstance(value, tuple) else f"{value:.6f}"


if __name__ == "__main__":
    for name, figures in itertools.chain(exact_figures().items(), simulated_figures("--long" in sys.argv)):
        print(f"{name}: " + "; ".join(f"{key} {told(value)}" for key, value in figures.items()), flush=True)
