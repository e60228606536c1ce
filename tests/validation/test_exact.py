"""The exact values of shipped systems, computed once more from their theory, without the program: orders of several items,
waits, moments, costs by class of customers, lending in one direction and in two pools."""

import itertools
import pathlib
import re
import unittest
from math import exp, lgamma, log

FOLDER = pathlib.Path(__file__).parents[2] / "scenarios" / "validation"


def poisson(mean, k):
    return exp(-mean + k * log(mean) - lgamma(k + 1))


def at_least(mean, k):
    """P(X >= k) of a Poisson X."""
    return 1 - sum(poisson(mean, i) for i in range(k))


def steady_state(states, flows):
    """Probabilities of a Markov chain; flows(state) gives (next, rate). Gauss-Seidel on the balance equations."""
    into, out = {s: [] for s in states}, {s: 0 for s in states}
    for s in states:
        for t, rate in flows(s):
            into[t].append((s, rate))
            out[s] += rate
    x = {s: 1 / len(states) for s in states}
    for _ in range(20_000):
        change = 0
        for s in states:
            value = sum(x[t] * rate for t, rate in into[s]) / out[s]
            change = max(change, abs(value - x[s]))
            x[s] = value
        total = sum(x.values())
        x = {s: value / total for s, value in x.items()}
        if change < 1e-15:
            break
    return x


def probability(chain, holds):
    return sum(p for state, p in chain.items() if holds(*state))


class Exact(unittest.TestCase):
    def holds(self, scenario, values):
        text = (FOLDER / f"{scenario}.toml").read_text(encoding="utf-8")
        for name, value in values.items():
            given = re.search(rf"\[verify\.{name}\][^\[]*?\n(?:expected|at_least) = (.*)", text).group(1)
            self.assertAlmostEqual(float(given), value, delta=1e-6, msg=f"{scenario}.{name}")

    def test_baskets(self):
        """Song (1998): of a lead time's orders, so many of each kind are Poisson and independent."""
        orders, first, second = 1.6 * 1.5, 5, 6
        kinds = {"first": 0.4, "second": 0.3, "both": 0.3}

        def below(most_first, most_second):
            """P(demand of both items at most so much); the order of both has two of the second."""
            total = 0
            for both in range(40):
                left, right = most_first - both, most_second - 2 * both
                if left < 0 or right < 0:
                    break
                total += (
                    poisson(orders * kinds["both"], both)
                    * (1 - at_least(orders * kinds["first"], left + 1))
                    * (1 - at_least(orders * kinds["second"], right + 1))
                )
            return total

        of_first, of_second = below(first - 1, 99), below(99, second - 1)
        two_of_second, of_both = below(99, second - 2), below(first - 1, second - 2)
        single = 0.4 * of_first + 0.3 * of_second
        self.holds(
            "baskets",
            {
                "orders": single + 0.3 * of_both,
                "lines": (single + 0.3 * (of_first + two_of_second)) / 1.3,
                "as_if_independent": single + 0.3 * of_first * two_of_second,
            },
        )

    def test_line_wait(self):
        rate, lead, level = 2, 3, 5
        waits = at_least(rate * lead, level)
        backorders = sum((k - level) * poisson(rate * lead, k) for k in range(level + 1, 80))

        def quantile(p):
            low, high = 0, lead
            for _ in range(60):
                middle = (low + high) / 2
                longer = at_least(rate * (lead - middle), level) / waits
                low, high = (middle, high) if longer > 1 - p else (low, middle)
            return low

        self.holds(
            "line_wait",
            {
                "waits": waits,
                "mean": backorders / rate / waits,
                "median": quantile(0.5),
                "slowest_tenth": quantile(0.9),
                "slowest_hundredth": quantile(0.99),
            },
        )

    def test_moments(self):
        self.holds(
            "moments",
            {
                "stocked_out": at_least(8, 10),
                "none_waiting": 1 - at_least(8, 11),
                "at_most_two": at_least(8, 8),
                "two_or_more_wait": at_least(8, 12),
            },
        )

    def test_tier_costs(self):
        waiting, leaving, served, level, most = 1, 1.5, 1 / 1.2, 3, 60

        def flows(n):
            ordered = waiting + (leaving if n < level else 0)
            return [(n + 1, ordered)] * (n < most) + [(n - 1, n * served)] * (n > 0)

        chain = steady_state(range(most + 1), flows)
        short = sum(p for n, p in chain.items() if n >= level)
        self.holds("tier_costs", {"cost": short * (1 * 4 + 1.5 * 2.5), "lost": short, "waits": short})

    def test_lending_one_way(self):
        lender, borrower = 4, 2

        def flows(state):
            a, b = state
            yield from [((a + 1, b), 1.2)] * (a < lender)
            if b < borrower:
                yield (a, b + 1), 1.5
            elif a < lender:
                yield (a + 1, b), 1.5
            yield from [((a - 1, b), a)] * (a > 0) + [((a, b - 1), b)] * (b > 0)

        chain = steady_state(list(itertools.product(range(lender + 1), range(borrower + 1))), flows)
        self.holds(
            "lending_one_way",
            {
                "borrowed": probability(chain, lambda a, b: b == borrower and a < lender),
                "lost_by_borrower": chain[lender, borrower],
                "lost_by_lender": probability(chain, lambda a, b: a == lender),
            },
        )

    def test_two_pools(self):
        near, borrower, far, keeps = 3, 2, 3, 1

        def loan(a, c):
            """Who lends, with which probability."""
            here, there = near - a, far - c
            can_near, can_far = here > 0, there > keeps
            if can_near and can_far:
                return (1, 0) if here > there else (0, 1) if there > here else (0.5, 0.5)
            return int(can_near), int(can_far)

        def flows(state):
            a, b, c = state
            yield from [((a + 1, b, c), 0.8)] * (a < near) + [((a, b, c + 1), 0.6)] * (c < far)
            if b < borrower:
                yield (a, b + 1, c), 2
            else:
                of_near, of_far = loan(a, c)
                yield from [((a + 1, b, c), 2 * of_near)] * (of_near > 0) + [((a, b, c + 1), 2 * of_far)] * (of_far > 0)
            for position, n in enumerate(state):
                if n > 0:
                    yield tuple(x - (i == position) for i, x in enumerate(state)), n

        chain = steady_state(list(itertools.product(range(near + 1), range(borrower + 1), range(far + 1))), flows)
        self.holds(
            "two_pools",
            {
                "lost_by_borrower": probability(chain, lambda a, b, c: b == borrower and loan(a, c) == (0, 0)),
                "lost_by_lender": probability(chain, lambda a, b, c: a == near),
                "lost_by_lender_that_keeps": probability(chain, lambda a, b, c: c == far),
            },
        )


if __name__ == "__main__":
    unittest.main()
