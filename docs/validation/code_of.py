"""Which of the models' code a scenario runs, told from the scenario with all its keys (`entrepot validate --resolved`)."""

import pathlib
import subprocess
import tomllib


def resolved(program, file):
    run = subprocess.run([program, "validate", str(file), "--resolved"], stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"code_of.py: {file}: entrepot ended with {run.returncode}")
    return tomllib.loads(run.stdout)


def by_whom(terms):
    """Who carries out what is wanted."""
    return ", a purchase line each" if terms.get("executed_by") == "planners" else ""


def ordering(scenario):
    """How stock is ordered, and from where."""
    strategies = [strategy["replenishment"] for strategy in scenario["strategy"].values()]
    policies = {strategy["policy"] for strategy in strategies}
    if not policies <= {"stock_rules", "fixed_levels"}:
        return "planners: " + ", ".join(sorted(policies))
    rules = list(scenario.get("stock", {}).values())
    if policies == {"fixed_levels"}:
        rules = strategies
    kinds = {
        "lots": any(rule["quantity"] > 0 for rule in rules),
        "up to a level": any(rule["reorder_point"] != "none" and rule["quantity"] == 0 for rule in rules),
        "the same each time": any(rule["standing_order"] > 0 for rule in rules),
        "levels by forecast": any("forecast" in rule for rule in rules),
    }
    told = [kind for kind, is_so in kinds.items() if is_so]
    if not told:
        return "none"
    looks = "at reviews" if all(rule["review"] != "0 d" for rule in rules) else "at every change"
    whose = "the strategy's rule" if policies == {"fixed_levels"} else "inventory policies"
    return f"{whose}, {looks}: " + ", ".join(told) + ("".join(sorted({by_whom(rule) for rule in rules})))


def supply(scenario):
    rules = list(scenario.get("stock", {}).values())
    if ordering(scenario) == "none":
        return "none"
    suppliers = list(scenario.get("supplier_segment", {}).values())
    parts = {
        "supplier": True,
        "servers": any(s.get("servers", 0) > 0 for s in suppliers),
        "preparation": any("preparation" in s for s in suppliers),
        "stoppages": any("uptime" in s for s in suppliers),
        "a second source": any("second" in rule for rule in rules),
        "other sites": any(rule["source"] for rule in rules),
        "a pool": bool(scenario.get("pool")),
    }
    return ", ".join(part for part, is_so in parts.items() if is_so)


def handling(scenario):
    kinds = {site["handling"] for site in scenario["site"].values()}
    if kinds != {"at_once"}:
        return "people: " + (
            "pickers, ships at once" if all(s["ships_at_once"] for s in scenario["site"].values()) else "all"
        )
    return "at once"


def finance(scenario):
    return any(case["kpi"] in ("npv", "irr", "payback", "roi") for case in scenario["verify"].values())


def table(program, folder):
    rows = ["| scenario | orders | supply | handling |", "|---|---|---|---|"]
    for file in sorted(pathlib.Path(folder).glob("*.toml")):
        scenario = resolved(program, file)
        if finance(scenario):
            rows.append(f"| `{file.stem}` | none: the business case alone | | |")
        else:
            rows.append(f"| `{file.stem}` | {ordering(scenario)} | {supply(scenario)} | {handling(scenario)} |")
    return "\n".join(rows) + "\n"
