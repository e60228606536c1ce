"""Queues: a warehouse whose pickers are the servers, around the clock."""

from families.blocks import AVERAGE, CONSTANT, EXPONENTIAL, class_tiers, horizon, poisson_stream, queue_horizon
from distributions import distribution_of_moments, time_distribution
from reading import clause, form, quantity
from terms import DURATION, FACTOR, HOURS, RATE, SERVERS, SQUARES, TIME, Refused, optional

CLASS = r"(?: of class (?P<place>\d+)|, (?P<end>high|highest|low|lowest) class)?"
QUEUE_FIGURES = [
    quantity("mean waiting time of class N (TIME)", "pick_wait", rf"{AVERAGE}waiting time(?: wq)?{CLASS} \({TIME}\)"),
    quantity(
        "mean time in system of class N (TIME)", "time_in_system", rf"{AVERAGE}time in system(?: w)?{CLASS} \({TIME}\)"
    ),
    quantity(
        "mean number waiting of class N", "picks_waiting", rf"{AVERAGE}(?:number waiting|queue length)(?: lq)?{CLASS}"
    ),
]


def scenario(case, rates, servers, mean, time, load, where=None, **site):
    """Rates and mean service in the case's time; in the scenario a mean service takes an hour."""
    tiers = class_tiers(len(rates), promise_business_days=30)
    factor = 1.0
    if case.asked["kpi"] != "picks_waiting":
        # The KPI's hours are the scenario's: an hour is a mean service.
        asked = case.asked["clock"]
        factor = mean if asked == case.clock else mean * HOURS[case.clock] / HOURS[asked]
    tier = {} if where is None else {"tier": list(tiers)[where - 1]}
    return {
        "calendar": horizon(*queue_horizon(load, 1 / 24)),
        "strategy": {"rule": {"priority": {"policy": "tier_then_date"}, "integration": {"release_interval": "0 s"}}},
        "tier": tiers,
        "site": {
            "W": {
                "handling": "people",
                "ships_at_once": True,
                "pickers": servers,
                "productive_share": 1,
                "pick_rate": "1 lines/h",  # not used: pick_time says it
                "receive_rate": "1 lines/h",
                "pick_time": time,
                "shift": {"all": {"start": "00:00", "end": "24:00"}},
            }
            | site
        },
        "stock": {"W": {"initial": 1_000_000_000}},  # nothing is ever short
        "stream": {name: poisson_stream(case, rate, tier=name) for name, rate in zip(tiers, rates)},
        "verify": case.figure(factor, **tier),
    }


FIRST_CLASS_FIRST = (r"high, low", r"class 1 first", r"class 1, class 2(?:, class \d+)*")


def one_of(case, *names):
    given = [name for name in names if name in case]
    if len(given) != 1:
        raise Refused(f"wanted one parameter of {', '.join(names)}; got {', '.join(given) or 'none'}")
    return given[0]


@form(
    "queues: M/M/c, M/G/1, non-preemptive priorities",
    parameters={
        "arrival_rate": optional(RATE),
        "arrival_rates": optional(RATE.each().noted(*FIRST_CLASS_FIRST)),
        "service_rate": optional(RATE.noted("exponential")),
        "mean_service": optional(DURATION.noted(EXPONENTIAL)),
        "service_time": optional(DURATION.noted(CONSTANT, EXPONENTIAL)),
        "service_cv": optional(FACTOR),
        "servers": optional(SERVERS),
    },
    conventions=[
        clause("a queue for each class, in turn", r"single fifo queue per class|fifo"),
        clause("no limit to the queue", r"infinite buffer"),
        clause("Poisson arrivals"),
        clause("non-preemptive priorities", r"non-preemptive(?: priorit(?:y|ies))?"),
        clause("the wait is from arrival to the service's start", r"waiting time = arrival to service start"),
    ],
    quantities=QUEUE_FIGURES,
)
def queue(case):
    rates = (
        case["arrival_rates"]
        if one_of(case, "arrival_rate", "arrival_rates") == "arrival_rates"
        else [case["arrival_rate"]]
    )
    told_by = one_of(case, "service_rate", "mean_service", "service_time")
    mean = 1 / case["service_rate"] if told_by == "service_rate" else case[told_by]
    distribution = case.says.get(f"distribution of {told_by}", None if told_by == "service_time" else "exponential")
    case.days = 1 / (24 * mean)
    if "service_cv" in case:
        if f"distribution of {told_by}" in case.says:
            raise Refused(f"the distribution of the service is said twice, by 'service_cv' and beside {told_by!r}")
        time = distribution_of_moments(case, mean, mean**2 * (1 + case["service_cv"] ** 2))
    elif distribution is None:
        raise Refused("'service_time' has no distribution: say 'h constant' or 'h exponential', or 'service_cv'")
    else:
        time = time_distribution(case, [distribution, mean])
    where = case.place(len(rates))
    if end := case.asked.get("end"):
        where = 1 if end.startswith("high") else len(rates)
    servers = case.get("servers", 1)
    return scenario(case, rates, servers, mean, time, sum(rates) * mean / servers, where)


@form(
    "carrier breakdowns (M/G/1 with interruptions)",
    parameters={
        "arrival_rate": RATE,
        "trip_time_moments": SQUARES,
        "breakdown_rate_while_busy": RATE,
        "repair_moments": SQUARES,
    },
    conventions=[
        clause("one carrier"),
        clause("it goes on where it was interrupted", r"preemptive-resume"),
        clause("it breaks down only while busy, as a Poisson process", r"breaks down only while busy \(poisson\)"),
        clause("exponential repairs", r"repair exponential", repair="exponential"),
    ],
    quantities=[
        quantity(
            "mean waiting time before first service (TIME)",
            "pick_wait",
            rf"{AVERAGE}waiting time(?: before first service)? \({TIME}\)",
        ),
        quantity("mean time in system (TIME)", "time_in_system", rf"{AVERAGE}time in system \({TIME}\)"),
    ],
)
def breakdowns(case):
    """One carrier as a picker. A breakdown interrupts, and the work goes on after the repair."""
    first, second = case["trip_time_moments"]
    repair_first, repair_second = case["repair_moments"]
    if case.says.get("repair") == "exponential" and abs(repair_second / repair_first**2 - 2) > 1e-6:
        raise Refused(
            f"'repair_moments' {case['repair_moments']} aren't those of exponential repairs, as a convention says"
        )
    case.days = 1 / (24 * first)
    return scenario(
        case,
        [case["arrival_rate"]],
        1,
        first,
        distribution_of_moments(case, first, second),
        case["arrival_rate"] * first * (1 + case["breakdown_rate_while_busy"] * repair_first),
        breakdowns=case["breakdown_rate_while_busy"] * first,  # in a busy hour
        repair=distribution_of_moments(case, repair_first, repair_second),
    )
