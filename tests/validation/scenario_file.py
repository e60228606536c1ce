"""Writes a scenario as nested dictionaries into a TOML file: tables are dictionaries, the rest are values."""

import json


def _value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"
    raise TypeError(f"no TOML for {value!r}")


def _is_table(value):
    return isinstance(value, dict) and "distribution" not in value


def _tables(path, table):
    values = {k: v for k, v in table.items() if not _is_table(v)}
    if path and (values or not table):
        yield f"\n[{'.'.join(path)}]"
    for key, value in values.items():
        yield f"{key} = {_value(value)}"
    for key, value in table.items():
        if _is_table(value):
            yield from _tables(path + [key], value)


def text_of(scenario):
    """The file's text. A distribution, such as {"distribution": "exponential", "mean": "2 d"}, stands in one line."""
    return "\n".join(_tables([], scenario)).lstrip("\n") + "\n"
