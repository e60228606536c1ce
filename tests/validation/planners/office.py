"""People at desks: published queueing formulas, and an exact chain of a desk that opens in the morning."""

import math

import numpy as np

from stock import poisson


def erlang_c(servers, load):
    """Probability that an arrival waits, M/M/c with `load` = arrivals x mean work (Erlang, 1917)."""
    inverse = 1.0  # of Erlang's loss formula, by its recursion
    for k in range(1, servers + 1):
        inverse = 1 + inverse * k / load
    loss = 1 / inverse
    return loss / (1 - load / servers * (1 - loss))


def wait_mmc(arrivals, servers, work):
    """Mean wait; arrivals per hour, hours of work."""
    load = arrivals * work
    return erlang_c(servers, load) * work / (servers - load)


def wait_mg1(arrivals, work, cv):
    """Pollaczek (1930) and Khinchine (1932): mean wait at one server."""
    load = arrivals * work
    return load / (1 - load) * work * (1 + cv * cv) / 2


def begun_in(hours, mean, cv, most, step=1 / 2000):
    """Probabilities that a person who has always work begins 0, 1, 2, ... cases of lognormal length while the office is
    open: a case may be begun until it closes. By convolution on a grid of `step` hours."""
    sigma2 = math.log1p(cv * cv)
    mu, sigma = math.log(mean) - sigma2 / 2, math.sqrt(sigma2)
    size = int(round(hours / step))
    edges = np.arange(size + 1) * step
    cdf = np.array([0.0] + [0.5 * (1 + math.erf((math.log(x) - mu) / sigma / math.sqrt(2))) for x in edges[1:]])
    # Mass of each cell on its two ends, so that its mean stays: errors of the order of the step squared.
    mass = np.diff(cdf)
    grid = np.zeros(size + 1)
    grid[:-1] += mass / 2
    grid[1:] += mass / 2
    length = 1 << (2 * size + 2).bit_length()
    transform = np.fft.rfft(grid, length)
    begun, at_least = np.zeros(most + 2), np.zeros(most + 3)
    sum_distribution = np.zeros(size + 1)
    sum_distribution[0] = 1
    for n in range(1, most + 2):  # the n-th case begins when n - 1 are done before the end
        at_least[n] = sum_distribution[:-1].sum() + sum_distribution[-1] / 2 if n > 1 else 1
        sum_distribution = np.fft.irfft(np.fft.rfft(sum_distribution, length) * transform, length)[: size + 1]
    at_least[0] = 1
    begun = at_least[:-1] - at_least[1:]
    begun[-1] += at_least[-1]
    return np.maximum(begun, 0) / begun.sum()


def waiting_at_closing(arriving, begun, most):
    """Mean number left in the queue when the office closes: Lindley's chain of cases that come each morning, one person."""
    chain = np.zeros((most + 1, most + 1))
    for left in range(most + 1):
        for came, p in enumerate(arriving):
            for done, q in enumerate(begun):
                chain[left, min(max(left + came - done, 0), most)] += p * q
    balance = np.vstack([chain.T - np.eye(most + 1), np.ones(most + 1)])
    steady = np.linalg.lstsq(balance, np.append(np.zeros(most + 1), 1), rcond=None)[0]
    return float(np.arange(most + 1) @ steady)


def binomial(trials, p):
    return np.array([math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(trials + 1)])


def lognormal_draws(random, mean, cv, size):
    sigma2 = math.log1p(cv * cv)
    return np.exp(math.log(mean) - sigma2 / 2 + math.sqrt(sigma2) * random.standard_normal(size))


def desk_by_day(random, arrivals, servers, draw_work, opens, hours, days, warmup):
    """Simulation of a desk with office hours: cases come day and night by a Poisson process (so many a day); people begin
    them in turn from `opens` to `opens + hours`, and finish what they have begun. Mean hours from coming to done, and mean
    number that waits at the closing hour."""
    count = random.poisson(arrivals * days)
    came = np.sort(random.random(count)) * days * 24
    work = draw_work(random, count)
    free = [opens] * servers
    total, seen, begun = 0.0, 0, []
    for at, needs in zip(came.tolist(), work.tolist()):
        i = free.index(min(free))
        start = max(at, free[i])
        day, clock = divmod(start, 24)
        if clock < opens:
            start = day * 24 + opens
        elif clock >= opens + hours:
            start = (day + 1) * 24 + opens
        free[i] = start + needs
        begun.append(start)
        if at >= warmup * 24:
            total += free[i] - at
            seen += 1
    closing = (np.arange(warmup, days) * 24.0) + opens + hours
    waiting = np.searchsorted(came, closing) - np.searchsorted(np.array(begun), closing)
    return total / seen, waiting.mean()


def exponential_desk(arrivals, servers, rate, opens, hours, most=400):
    """Exact chain of the same desk where work is exponential (`rate` an hour): mean hours from coming to done.

    State at the opening: the number in the system, and how many of those are still at work from the day before (so few
    that they are carried, too). Time averages of the number, by uniformization, over the arrivals (Little's distribution)."""
    per_hour = arrivals / 24
    states = most + 1
    up = np.full(states, per_hour)
    up[-1] = 0
    down = np.minimum(np.arange(states), servers) * rate
    clock = (up + down).max() * 1.01
    step = np.diag(1 - (up + down) / clock) + np.diag(up[:-1] / clock, 1) + np.diag(down[1:] / clock, -1)

    def through(t):
        """The transition over t hours, and its integral over time."""
        mean = clock * t
        terms = int(mean + 10 * math.sqrt(mean) + 30)
        power, now, integral = np.eye(states), np.zeros((states, states)), np.zeros((states, states))
        weight, tail = math.exp(-mean), 1.0
        for k in range(terms):
            now += weight * power
            tail -= weight
            integral += max(tail, 0) / clock * power
            power = power @ step
            weight *= mean / (k + 1)
        return now, integral

    open_distribution, open_time = through(hours)
    dark = 24 - hours
    arriving = np.zeros(states)
    distribution = poisson(per_hour * dark)[:states]
    arriving[: len(distribution)] = distribution
    night = np.zeros((states, states))  # those at work finish, the others stay, and more come
    for n in range(states):
        left = max(n - servers, 0)
        for k in range(states):
            night[n, min(left + k, most)] += arriving[k]
    morning = open_distribution @ night
    balance = np.vstack([morning.T - np.eye(states), np.ones(states)])
    at_opening = np.linalg.lstsq(balance, np.append(np.zeros(states), 1), rcond=None)[0]
    at_closing = at_opening @ open_distribution
    numbers = np.arange(states)
    in_office = at_opening @ open_time @ numbers
    at_work = np.minimum(numbers, servers)
    in_night = at_closing @ (at_work * (1 - math.exp(-rate * dark)) / rate + (numbers - at_work) * dark)
    in_night += per_hour * dark * dark / 2
    # Who is at work through the night (1 in e^(rate x dark)) is neglected.
    return float(in_office + in_night) / arrivals, float(at_closing @ np.maximum(numbers - servers, 0))


def fill_behind_a_desk(rate, items, work, lead, level):
    """Base stock of each of `items` items behind one person who orders for all, at any hour, in exponential time (days): fill
    rate. Exact: the orders on the desk are geometric (M/M/1) and fall on the items alike; those that left it within the lead
    time are Poisson and independent of them (Burke, 1956)."""
    load = rate * items * work
    share = 1 / items
    ratio = share * load / (1 - load + share * load)
    on_desk = (1 - ratio) * ratio ** np.arange(level)
    under_way = poisson(rate * lead)[:level]
    return float(np.convolve(on_desk, under_way)[:level].sum())
