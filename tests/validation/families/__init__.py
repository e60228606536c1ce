"""The families of published cases. Each form is a small function: a case's parameters as an ordinary scenario.

A function gets a Case and returns the scenario as nested dictionaries, on top of
scenarios/validation/base/textbook.toml: one item and one site W that works around the clock. It computes no answers:
whatever a case is, the simulator has to find. What a form declares is all that it knows; reading.py refuses the rest.
"""

from families import changing_demand, constant_demand, finance, networks, queues, single  # noqa: F401: they register
