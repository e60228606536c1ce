"""Two sites that are reviewed on Mondays and helped out on Thursdays: a Markov chain of both positions.

Days since Monday eight o'clock. What is ordered on Monday comes before Thursday, what is sent on Thursday before Monday, so
that nothing is under way when anybody decides.
"""

import math

import numpy as np

from stock import poisson

THURSDAY, FRIDAY, WEEK = 3, 4, 7


def filled(net, mean, known={}):
    """Units met at once of a Poisson demand: what comes first takes what is there."""
    if net <= 0:
        return 0.0
    if (net, mean) not in known:
        distribution = poisson(mean)
        known[net, mean] = float(np.dot(np.minimum(np.arange(len(distribution)), net), distribution))
    return known[net, mean]


def sent(nets, rates, points, below, keeps, lead):
    """Units moved to each site on Thursday: who has less than `below` days asks the one with the most to spare."""
    nets, moved = list(nets), [0, 0]
    for to in (0, 1):
        other = 1 - to
        if nets[to] / rates[to] >= below:
            continue
        spare = nets[other] - max(keeps * rates[other], points[other])
        units = int(max(0, min(rates[to] * (below + lead) - nets[to], spare)))
        moved[to] += units
        nets[other] -= units
    return moved


def two_sites(rates, points, levels, arrival, below, keeps, lead=1):
    """Fill rates of both sites, and a week's transfers and their units."""
    tops = [math.ceil(level) for level in levels]
    lows = [math.floor(r) + 1 for r in points]
    sizes = [t - b + 1 for t, b in zip(tops, lows)]

    def restore(i, net):
        return net if net > points[i] else net + math.ceil(levels[i] - net)

    three, rest = [poisson(r * THURSDAY) for r in rates], [poisson(r * (WEEK - THURSDAY)) for r in rates]
    # From the nets on Thursday to the next positions, and what happens on the way.
    least = [lows[i] - len(three[i]) for i in (0, 1)]
    spans = [tops[i] - least[i] + 1 for i in (0, 1)]
    floor = [least[i] - tops[i] for i in (0, 1)]  # a donor may have given
    onward = [np.zeros((tops[i] - floor[i] + 1, sizes[i])) for i in (0, 1)]
    for i in (0, 1):
        for row in range(len(onward[i])):
            for units, chance in enumerate(rest[i]):
                onward[i][row, restore(i, floor[i] + row - units) - lows[i]] += chance
    from_state = [np.zeros((sizes[i], spans[i])) for i in (0, 1)]
    for i in (0, 1):
        for s in range(sizes[i]):
            for units, chance in enumerate(three[i]):
                from_state[i][s, lows[i] + s - units - least[i]] += chance
    cases = sizes[0] * sizes[1]
    chain, gains = np.zeros((cases, cases)), np.zeros((cases, 4))
    for a in range(spans[0]):
        for b in range(spans[1]):
            weight = np.outer(from_state[0][:, a], from_state[1][:, b]).ravel()
            if weight.max() < 1e-14:
                continue
            nets = least[0] + a, least[1] + b
            moved = sent(nets, rates, points, below, keeps, lead)
            after = [nets[i] + moved[i] - moved[1 - i] for i in (0, 1)]
            reward = []
            for i in (0, 1):
                night = filled(nets[i] - moved[1 - i], rates[i] * (FRIDAY - THURSDAY))
                # A Friday begins with what Thursday's demand left, and with what has come.
                later = 0.0
                for units, chance in enumerate(poisson(rates[i])):
                    later += chance * filled(after[i] - units, rates[i] * (WEEK + arrival - FRIDAY))
                reward.append(night + later)
            reward += [sum(m > 0 for m in moved), sum(moved)]
            gains += np.outer(weight, reward)
            to = np.outer(onward[0][after[0] - floor[0]], onward[1][after[1] - floor[1]]).ravel()
            chain += np.outer(weight, to)
    for s in range(cases):
        positions = lows[0] + s // sizes[1], lows[1] + s % sizes[1]
        for i in (0, 1):
            for units, chance in enumerate(poisson(rates[i] * arrival)):
                gains[s, i] += chance * filled(positions[i] - units, rates[i] * (THURSDAY - arrival))
    chain /= chain.sum(axis=1, keepdims=True)
    balance = np.vstack([chain.T - np.eye(cases), np.ones(cases)])
    steady = np.linalg.lstsq(balance, np.append(np.zeros(cases), 1), rcond=None)[0]
    week = steady @ gains
    return {"fill": [week[i] / (rates[i] * WEEK) for i in (0, 1)], "transfers": week[2], "units": week[3]}
