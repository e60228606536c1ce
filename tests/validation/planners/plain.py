"""Plain simulations of one item that planners review each morning, for systems without a closed form.

Written from the policies' descriptions, without the program's code: orders come by a Poisson process, unmet demand waits, a
review at eight sees all that happened before it. Times are days. A figure comes with its standard error, from replications.
"""

import heapq
import math
from statistics import NormalDist

import numpy as np

REVIEW = 8 / 24
FORECAST = 5 / 24


class Customers:
    """Orders and their units over so many days; from day `rises` on there are twice as many."""

    def __init__(self, random, orders, days, mean_units=1, rises=None):
        times = random.random(random.poisson(orders * days)) * days
        if rises is not None:
            more = rises + random.random(random.poisson(orders * (days - rises))) * (days - rises)
            times = np.concatenate([times, more])
        self.times = np.sort(times)
        count = len(times)
        self.units = random.geometric(1 / mean_units, count) if mean_units > 1 else np.ones(count, dtype=int)
        self.days = days

    def by_day(self, hour):
        """Units from that hour of the day before to that hour, for day 0, 1, ..."""
        edges = np.concatenate([[0], np.arange(self.days) + hour])
        return np.histogram(self.times, edges, weights=self.units)[0]


def service(customers, opening, receipts, since, until=None):
    """Fill rate of units and of lines, and stock at midnight, counted from day `since` to day `until`."""
    until = until or customers.days
    receipts = sorted(receipts)
    came = np.array([t for t, _ in receipts])
    total = opening + np.concatenate([[0], np.cumsum([u for _, u in receipts])])
    wanted = np.concatenate([[0], np.cumsum(customers.units)])
    before = total[np.searchsorted(came, customers.times, side="right")] - wanted[:-1]
    filled = np.clip(before, 0, customers.units)
    counted = (customers.times >= since) & (customers.times < until)
    midnights = np.arange(since + 1, until + 1, dtype=float)
    net = total[np.searchsorted(came, midnights)] - wanted[np.searchsorted(customers.times, midnights)]
    return {
        "unit_fill": filled[counted].sum() / customers.units[counted].sum(),
        "line_fill": (filled == customers.units)[counted].mean(),
        "on_hand_at_close": np.maximum(net, 0).mean(),
        "backorders_at_close": np.maximum(-net, 0).mean(),
    }


class Known:
    """Levels that stay."""

    def __init__(self, reorder_point, order_up_to):
        self.levels = reorder_point, order_up_to

    def learn(self, day, units):
        pass

    def receipt(self, days):
        pass

    def set(self, day):
        return self.levels


class Leads:
    """What receipts have shown of lead times; the record's count as five of them, with a spread of a quarter."""

    def __init__(self, lead):
        self.mean, self.variance, self.receipts = lead, (0.25 * lead) ** 2, 5

    def receipt(self, days):
        self.receipts += 1
        weight = 1 / min(self.receipts, 20)
        error = days - self.mean
        self.mean += weight * error
        self.variance = (1 - weight) * (self.variance + weight * error * error)


class ClassService:
    """Safety stock from the exponentially weighted mean and variance of a day's demand; the mean lead time on record, its
    variance as receipts show it."""

    def __init__(self, service, cover, lead, rate, spread, history, refresh):
        self.leads = Leads(lead)
        self.z, self.cover, self.days = NormalDist().inv_cdf(service), cover, lead + 1
        self.mean, self.spread, self.weight = rate, spread, 2 / (history + 1)
        self.refresh, self.levels = refresh, None

    def learn(self, day, units):
        error = units - self.mean
        self.mean += self.weight * error
        self.spread = (1 - self.weight) * (self.spread + self.weight * error * error)

    def receipt(self, days):
        self.leads.receipt(days)

    def set(self, day):
        if self.levels is None or day % self.refresh == 0:
            spread = self.days * self.spread + self.mean**2 * self.leads.variance
            point = self.mean * self.days + self.z * math.sqrt(spread)
            self.levels = point, point + max(self.mean * self.cover, 1)
        return self.levels


class ForecastQuantile:
    """A level smoothed by weeks, faster while the last week doesn't fit; lead times as receipts show them."""

    def __init__(self, service, cover, lead, rate, spread, smoothing=0.1, alarm_smoothing=0.5, threshold=4):
        self.z, self.cover = NormalDist().inv_cdf(service), cover
        self.level, self.variance, self.week = rate, spread, [rate] * 7
        self.smoothing, self.fast, self.threshold = smoothing, alarm_smoothing, threshold
        self.leads, self.surge = Leads(lead), 1

    def learn(self, day, units):
        self.week[day % 7] = units
        week = sum(self.week)
        error = week - 7 * self.level
        alarmed = abs(error) > self.threshold * math.sqrt(7 * max(self.variance, 0.05))
        noise = (units - week / 7) ** 2 if alarmed else (units - self.level) ** 2
        self.variance += self.smoothing / 7 * (noise - self.variance)
        weight = (self.fast if alarmed else self.smoothing) / 7
        self.level = max(0, self.level + weight * (week / 7 - self.level))
        away = abs(week - 7 * self.level) > self.threshold * math.sqrt(max(7 * self.variance, 1))
        self.surge = week / (7 * self.level) if away and self.level > 0 else 1

    def receipt(self, days):
        self.leads.receipt(days)

    def set(self, day):
        rate = self.level * self.surge
        days = self.leads.mean + 1
        spread = days * self.variance * self.surge + rate * rate * self.leads.variance
        point = rate * days + self.z * math.sqrt(spread)
        return point, point + max(rate * self.cover, 1)


def run(customers, policy, delivery, since, opening=80, spans=None):
    """A horizon of daily reviews. `delivery(day, units)` says when an order comes, and how many of its units: what doesn't
    come is known, and ordered again, after it was due."""
    window, seen = customers.by_day(REVIEW), customers.by_day(FORECAST)
    position, under_way, receipts, orders, ordered = opening, [], [], 0, 0
    for day in range(customers.days):
        now = day + REVIEW
        if day > 0:
            policy.learn(day - 1, seen[day])
        position -= window[day]
        while under_way and under_way[0][0] < now:
            arrived, placed, units, delivered = heapq.heappop(under_way)
            position -= units - delivered
            policy.receipt(arrived - placed)
        point, level = policy.set(day)
        if position > point:
            continue
        units = math.ceil(level - position)
        arrives, delivered = delivery(day, units)
        heapq.heappush(under_way, (arrives, now, units, delivered))
        receipts.append((arrives, delivered))
        position += units
        if day >= since:
            orders += 1
            ordered += units
    if spans:
        return [service(customers, opening, receipts, *span) for span in spans]
    result = service(customers, opening, receipts, since)
    result["orders"] = orders / (customers.days - since)
    result["ordered"] = ordered / (customers.days - since)
    return result


def lognormal(random, mean, cv):
    variance = math.log1p(cv * cv)
    return mean * math.exp(math.sqrt(variance) * random.standard_normal() - variance / 2)


class Supplier:
    """One supplier's terms: lead times, delays, short deliveries, capacity; goods come at any hour."""

    def __init__(self, random, lead=3, cv=0, least=0.6, on_time=1, delay=0, in_full=1, a_day=0, slack=7,
                 confirmation=5 / 1440):
        self.random, self.lead, self.cv, self.least = random, lead, cv, least
        self.on_time, self.delay, self.in_full = on_time, delay, in_full
        self.a_day, self.slack, self.busy_until = a_day, slack, 0
        self.confirmation = confirmation

    def __call__(self, day, units):
        random, reaches = self.random, day + REVIEW + self.confirmation
        lead = self.lead
        if self.cv > 0:
            lead = max(lognormal(random, self.lead, self.cv), self.least * self.lead)
        if self.on_time < 1 and random.random() >= self.on_time:
            lead += random.exponential(self.delay)
        if self.a_day > 0:
            self.busy_until = max(self.busy_until, reaches) + units / self.a_day
            lead += max(self.busy_until - reaches - self.slack, 0)
        delivered = units
        if self.in_full < 1 and random.random() >= self.in_full:
            delivered = max(1, math.floor(units * (0.4 + 0.5 * random.random()) + 0.5))
        return reaches + lead, delivered


def figures(seed, replications, days, since, orders, mean_units, policy, supplier, opening=80):
    """Means over replications with their standard errors: {name: (mean, standard error)}."""
    results = []
    for i in range(replications):
        random = np.random.default_rng([seed, i])
        customers = Customers(random, orders, days, mean_units)
        results.append(run(customers, policy(), supplier(random), since, opening))
    return {k: (np.mean([r[k] for r in results]), np.std([r[k] for r in results], ddof=1) / replications**0.5)
            for k in results[0]}
