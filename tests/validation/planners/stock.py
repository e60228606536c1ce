"""Exact figures of a stock that is looked at once a review: Markov chains of the inventory position.

Times are days since a review; a review at time 0 decides what is there from its arrival on until the next one's. Demand that
can't be met waits (complete backordering), so that the net stock at time t is the position after the review less the demand
since. Distributions are numpy arrays of the probabilities of 0, 1, 2, ... units.
"""

import math

import numpy as np

REVIEW_HOUR = 8
CLOSE = (24 - REVIEW_HOUR) / 24  # midnight, since the review of the day


def poisson(mean):
    """Probabilities of a Poisson number, to 1e-15 of the tail."""
    count = int(mean + 12 * math.sqrt(mean + 1) + 20)
    k = np.arange(count + 1)
    return np.exp(k * math.log(mean) - mean - np.array([math.lgamma(i + 1) for i in k])) if mean > 0 else np.eye(1)[0]


def geometric(mean):
    """Units of an order: 1, 2, 3, ..."""
    p = 1 / mean
    count = 1 if mean == 1 else int(math.log(1e-16) / math.log(1 - p)) + 2
    k = np.arange(1, count + 1)
    return np.concatenate([[0], p * (1 - p) ** (k - 1)])


def compound(orders, units):
    """Units of a Poisson number of orders (mean `orders`), by Panjer's recursion."""
    if len(units) == 2:
        return poisson(orders)
    mean = orders * np.dot(np.arange(len(units)), units)
    second = orders * np.dot(np.arange(len(units)) ** 2, units)
    most = int(mean + 14 * math.sqrt(second) + 10 * len(units) ** 0.5 + 60)
    weights = orders * np.arange(len(units)) * units
    result = np.zeros(most + 1)
    result[0] = math.exp(-orders)
    for n in range(1, most + 1):
        span = min(n, len(units) - 1)
        result[n] = np.dot(weights[1 : span + 1], result[n - 1 :: -1][:span]) / n
    return result


class Demand:
    """Orders come by a Poisson process; each asks for units by a distribution."""

    def __init__(self, orders, units=(0, 1)):
        self.orders, self.units = orders, np.asarray(units, float)
        self.known = {}
        self.mean = orders * np.dot(np.arange(len(self.units)), self.units)
        self.spread = orders * np.dot(np.arange(len(self.units)) ** 2, self.units)

    def over(self, days):
        key = round(days, 9)
        if key not in self.known:
            self.known[key] = compound(self.orders * days, self.units)
        return self.known[key]

    def short(self, position, days):
        """E(D - position)+ of the demand over so many days."""
        distribution = self.over(days)
        return float(np.dot(np.maximum(np.arange(len(distribution)) - position, 0), distribution))

    def on_hand(self, position, days):
        distribution = self.over(days)
        return float(np.dot(np.maximum(position - np.arange(len(distribution)), 0), distribution))


def positions(demand, reorder_point, order_up_to, review=1, pack=1):
    """Position after a review -> probability; the mean orders of a review; the mean units of an order.

    At or below the reorder point as many packs are ordered as reach the level, which needn't be whole."""
    low = math.floor(reorder_point) + 1
    high = max(math.ceil(order_up_to) + pack - 1, low)
    states = list(range(low, high + 1))
    distribution = demand.over(review)
    chain = np.zeros((len(states), len(states)))
    ordering, ordered = np.zeros(len(states)), np.zeros(len(states))
    for i, y in enumerate(states):
        for units, chance in enumerate(distribution):
            left = y - units
            if left <= reorder_point and order_up_to - left > 0:
                lot = math.ceil((order_up_to - left) / pack) * pack
                ordering[i] += chance
                ordered[i] += chance * lot
                left += lot
            chain[i, left - low] += chance
    chain /= chain.sum(axis=1, keepdims=True)
    balance = np.vstack([chain.T - np.eye(len(states)), np.ones(len(states))])
    steady = np.linalg.lstsq(balance, np.append(np.zeros(len(states)), 1), rcond=None)[0]
    orders = float(steady @ ordering)
    return dict(zip(states, steady)), orders, float(steady @ ordered) / orders


def closes(lead, review):
    """Midnights from an arrival to the next one's, since the review."""
    first = math.ceil(lead - CLOSE - 1e-12)
    return [CLOSE + first + i for i in range(review)]


def service(demand, after, lead, review=1):
    """Fill rate of units, stock at the close, units waiting at the close, share of time without stock."""
    fill = on_hand = waiting = 0
    for position, chance in after.items():
        missed = demand.short(position, lead + review) - demand.short(position, lead)
        fill += chance * (1 - missed / (demand.mean * review))
        for t in closes(lead, review):
            on_hand += chance * demand.on_hand(position, t) / review
            waiting += chance * demand.short(position, t) / review
    return {"unit_fill": fill, "on_hand_at_close": on_hand, "backorders_at_close": waiting}


def working_time(begin, end, days):
    """Days of demand between two times (0 = Monday's midnight), where customers order on so many days of the week."""

    def until(t):
        week, day = divmod(t, 7)
        return week * days + min(day, days)

    return until(end) - until(begin)


def weekly_service(demand, level, weekday, lead, days):
    """Up to a level once a week, on that weekday at eight; demand comes on the first `days` days of the week."""
    begin = weekday + REVIEW_HOUR / 24

    def since(t):
        return working_time(begin, begin + t, days)

    missed = demand.short(level, since(lead + 7)) - demand.short(level, since(lead))
    midnights = [since(t) for t in closes(lead, 7)]
    return {
        "unit_fill": 1 - missed / (demand.mean * days),
        "on_hand_at_close": sum(demand.on_hand(level, t) for t in midnights) / 7,
        "backorders_at_close": sum(demand.short(level, t) for t in midnights) / 7,
    }


def lines_filled(demand, after, lead, review=1):
    """Share of order lines that find all their units on the shelf: Poisson arrivals see time averages (by quadrature)."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    total = 0
    for node, weight in zip(nodes, weights):
        distribution = demand.over(lead + review * (node + 1) / 2)
        filled = np.convolve(distribution, demand.units)
        below = np.cumsum(filled)
        total += weight / 2 * sum(p * (below[min(y, len(below) - 1)] if y >= 0 else 0) for y, p in after.items())
    return total


def fill_with_yield(rate, lead, good, level):
    """Base stock at every change; of each unit ordered, `good` is the chance that it comes, and else it is ordered again when
    it was due. By Palm (1938) the units on order are Poisson, of mean rate x lead / good."""
    return float(np.cumsum(poisson(rate * lead / good))[level - 1])


def fill_of_lots(rate, reorder_point, quantity, servers, making, most=400):
    """(r,Q) at every change behind a supplier whose servers make unit by unit in exponential time (`making` a day and server).
    Chain of the position and the units at the supplier."""
    states = {(x, n): i for i, (x, n) in enumerate((x, n) for x in range(quantity) for n in range(most + 1))}
    rates = np.zeros((len(states), len(states)))
    for (x, n), i in states.items():  # position = reorder point + 1 + x
        after = (x - 1, n) if x > 0 else (quantity - 1, min(n + quantity, most))
        rates[i, states[after]] += rate
        if n > 0:
            rates[i, states[x, n - 1]] += making * min(n, servers)
    balance = (rates - np.diag(rates.sum(axis=1))).T
    balance[-1] = 1
    steady = np.linalg.solve(balance, np.append(np.zeros(len(states) - 1), 1))
    return float(sum(steady[i] for (x, n), i in states.items() if reorder_point + 1 + x - n > 0))


def at_the_dock(t):
    """Where people unload them, suppliers' trucks come from eight to two: the minute of the time, modulo six hours, says
    when, on the first day on which that is no earlier. Days."""
    day, minute = math.floor(t + 1e-12), int(t * 1440 + 1e-6)
    dock = day + 8 / 24 + (minute % 360) / 1440
    return dock if dock >= t - 1e-9 else dock + 1
