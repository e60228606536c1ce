"""The business case: cash flows that are given."""

from families.blocks import horizon, poisson_stream
from reading import clause, form, quantity
from terms import MONEY, YEARLY

FLOWS = [clause("flow k at the end of year k, 0 now", r"cash flow k is at the end of year k"), clause("k=0 now")]

PROGRAMME = {
    "title": "the_same",
    "promise": "table",
    "replenishment": {"policy": "stock_rules"},
    "priority": {"policy": "fifo"},
    "waves": {"at_once": True},
    "integration": {"name": "exact", "pump": "0.001 s"},
}


def programme(case, rate):
    """Two equal strategies: nothing follows from the study, and the programme's other cash flows are all there is."""
    flows = [float(flow) for flow in case["cash_flows"]]
    return {
        "calendar": horizon(0, 1),
        "stream": {"customers": poisson_stream(case, 1)},
        "stock": {"W": {"initial": 100}},
        "strategy": {"programme": PROGRAMME},
        "finance": {
            "change_management": "0 USD",
            "years": max(1, len(flows) - 1),
            "discount_rate": rate,
            "other_cash_flows": [f"{flow!r} USD" for flow in flows],
        },
        "verify": case.figure(strategy="programme"),
    }


FINANCE = "ROI / finance arithmetic"


@form(
    FINANCE,
    {"cash_flows": MONEY.each()},
    FLOWS,
    [
        quantity("IRR (fraction)", "irr"),
        quantity("payback (years)", "payback", r"(?:undiscounted )?payback(?: period)? \(years\)"),
    ],
)
def without_a_rate(case):
    return programme(case, 0.1)


@form(
    FINANCE,
    {"cash_flows": MONEY.each(), "rate": YEARLY},
    FLOWS,
    [
        quantity("NPV", "npv"),
        quantity(
            "ROI (NPV over present value of the outlay)",
            "roi",
            r"roi \(npv (?:/|over) (?:the )?present value of (?:the )?outlays?\)",
        ),
        quantity("IRR (fraction)", "irr"),
        quantity("payback (years)", "payback", r"(?:undiscounted )?payback(?: period)? \(years\)"),
    ],
)
def at_a_rate(case):
    return programme(case, case["rate"])
