"""Reads an object-centric event log (OCEL 2.0) from JSON or SQLite, and says what is wrong with it. It knows the
standard's structure, and nothing of the program that wrote the log.

    python3 ocel.py LOG.json LOG.sqlite    says what is wrong with each, and where they differ
"""

import datetime
import json
import sqlite3
import sys

BEGINNING = "1970-01-01T00:00:00Z"
# What the standard calls the types, as JSON and as SQLite's columns say them.
TYPES = {"string": "string", "integer": "integer", "float": "float", "boolean": "boolean", "time": "time",
         "TEXT": "string", "INTEGER": "integer", "REAL": "float", "BOOLEAN": "boolean", "TIMESTAMP": "time"}


def moment(text):
    """The time that an ISO 8601 text with a zone says."""
    time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if time.tzinfo is None:
        raise ValueError(f"{text}: no zone")
    return time


def is_of(value, kind):
    if kind == "string":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "float":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    try:
        return bool(moment(value))
    except (ValueError, AttributeError):
        return False


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read_sqlite(path):
    """The same structure as that of JSON."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = lambda sql: database.execute(sql).fetchall()
    log = {"objectTypes": [], "eventTypes": [], "objects": [], "events": []}
    for kind, own in (("object", 3), ("event", 2)):
        relations = {}
        source, target = (("ocel_source_id", "ocel_target_id") if kind == "object" else
                          ("ocel_event_id", "ocel_object_id"))
        table = "object_object" if kind == "object" else "event_object"
        for a, b, qualifier in rows(f"SELECT {source}, {target}, ocel_qualifier FROM {table} ORDER BY rowid"):
            relations.setdefault(a, []).append({"objectId": b, "qualifier": qualifier})
        found = {}
        for name, mapped in rows(f"SELECT ocel_type, ocel_type_map FROM {kind}_map_type ORDER BY rowid"):
            columns = [(c[1], TYPES.get(c[2], c[2])) for c in rows(f'PRAGMA table_info("{kind}_{mapped}")')]
            if not columns:
                raise ValueError(f"{kind} type {name}: no table {kind}_{mapped}")
            attributes = [c for c in columns if not c[0].startswith("ocel_")]
            log[f"{kind}Types"].append({"name": name, "attributes": [{"name": n, "type": t} for n, t in attributes]})
            if [c[0] for c in columns[:own]] != ["ocel_id", "ocel_time", "ocel_changed_field"][:own]:
                raise ValueError(f"{kind}_{mapped}: has the columns {columns[:own]}")
            for row in rows(f'SELECT * FROM "{kind}_{mapped}" ORDER BY rowid'):
                values = {n: bool(v) if t == "boolean" and v in (0, 1) else v
                          for (n, t), v in zip(attributes, row[own:])}
                if kind == "event":
                    if row[0] in found:
                        raise ValueError(f"event {row[0]}: has two rows")
                    found[row[0]] = {"time": row[1], "attributes": [{"name": n, "value": v}
                                                                    for n, v in values.items() if v is not None]}
                    continue
                first = row[0] not in found
                mine = found.setdefault(row[0], [])
                if first and (row[1] != BEGINNING or row[2] is not None):
                    raise ValueError(f"object {row[0]}: does not begin at {BEGINNING}")
                if not first and (row[2] is None or [n for n, v in values.items() if v is not None] != [row[2]]):
                    raise ValueError(f"object {row[0]}: a change of {row[2]} has other values")
                mine += [{"name": n, "time": row[1], "value": v} for n, v in values.items() if v is not None]
        for identity, name in rows(f"SELECT ocel_id, ocel_type FROM {kind} ORDER BY rowid"):
            one = {"id": identity, "type": name}
            if kind == "event":
                one.update(found.pop(identity, {"time": None, "attributes": []}))
            else:
                one["attributes"] = found.pop(identity, [])
            one["relationships"] = relations.pop(identity, [])
            log[f"{kind}s"].append(one)
        if found or relations:
            raise ValueError(f"{kind}s without an entry: {sorted([*found, *relations])[:3]}")
    database.close()
    return log


def declared(types, wrong, kind):
    """By the type's name the types of its attributes."""
    all_types = {}
    for one in types:
        if one["name"] in all_types:
            wrong.append(f"{kind} type {one['name']}: declared twice")
        attributes = {a["name"]: a["type"] for a in one["attributes"]}
        if len(attributes) < len(one["attributes"]):
            wrong.append(f"{kind} type {one['name']}: declares an attribute twice")
        for name, value in attributes.items():
            if value not in TYPES.values():
                wrong.append(f"{kind} type {one['name']}: {name} is of the unknown type {value}")
        all_types[one["name"]] = attributes
    return all_types


def check_attributes(one, types, wrong, what):
    if one["type"] not in types:
        wrong.append(f"{what}: its type {one['type']} is not declared")
        return
    wanted = types[one["type"]]
    for attribute in one["attributes"]:
        name, value = attribute["name"], attribute["value"]
        if name not in wanted:
            wrong.append(f"{what}: its attribute {name} is not declared")
        elif not is_of(value, wanted[name]):
            wrong.append(f"{what}: {name} is {value!r}, and is declared as {wanted[name]}")
    for name in wanted.keys() - {a["name"] for a in one["attributes"]}:
        wrong.append(f"{what}: lacks the declared attribute {name}")


def check_relations(one, objects, wrong, what):
    for relation in one["relationships"]:
        if relation["objectId"] not in objects:
            wrong.append(f"{what}: is about {relation['objectId']}, which is no object")
        if not relation.get("qualifier"):
            wrong.append(f"{what}: its relation to {relation['objectId']} has no qualifier")


def problems(log):
    """All that is wrong with a log, as texts."""
    wrong = []
    object_types = declared(log["objectTypes"], wrong, "object")
    event_types = declared(log["eventTypes"], wrong, "event")
    objects, events = set(), set()
    for one in log["objects"]:
        if one["id"] in objects:
            wrong.append(f"object {one['id']}: is there twice")
        objects.add(one["id"])
    for one in log["objects"]:
        what = f"object {one['id']}"
        check_attributes(one, object_types, wrong, what)
        check_relations(one, objects, wrong, what)
        last, seen = {}, None
        for attribute in one["attributes"]:
            try:
                at = moment(attribute["time"])
            except (ValueError, AttributeError) as error:
                wrong.append(f"{what}: {attribute['name']}: {error}")
                continue
            if attribute["name"] not in last and attribute["time"] != BEGINNING:
                wrong.append(f"{what}: {attribute['name']} has no value at the beginning")
            if attribute["name"] in last and at <= last[attribute["name"]]:
                wrong.append(f"{what}: {attribute['name']} does not change at ascending times")
            if seen is not None and at < seen:
                wrong.append(f"{what}: its changes are not in the order of their times")
            last[attribute["name"]] = seen = at
    for one in log["events"]:
        what = f"event {one['id']}"
        if one["id"] in events:
            wrong.append(f"{what}: is there twice")
        events.add(one["id"])
        check_attributes(one, event_types, wrong, what)
        check_relations(one, objects, wrong, what)
        if not one["relationships"]:
            wrong.append(f"{what}: is about no object")
        if not is_of(one["time"], "time"):
            wrong.append(f"{what}: {one['time']} is no time with a zone")
    return wrong


def differences(a, b):
    """Where two logs say different things. The order of lists is no part of it, but that of an object's changes."""
    found = []
    for part in ("objectTypes", "eventTypes"):
        if sorted(a[part], key=lambda t: t["name"]) != sorted(b[part], key=lambda t: t["name"]):
            found.append(f"{part} differ")
    for part in ("objects", "events"):
        mine, theirs = ({one["id"]: one for one in log[part]} for log in (a, b))
        for identity in mine.keys() ^ theirs.keys():
            found.append(f"{part}: {identity} is in one of them")
        for identity in mine.keys() & theirs.keys():
            if mine[identity] != theirs[identity]:
                found.append(f"{part}: {identity} differs")
    return found


def main():
    as_json, as_sqlite = read_json(sys.argv[1]), read_sqlite(sys.argv[2])
    wrong = ([f"JSON: {text}" for text in problems(as_json)] + [f"SQLite: {text}" for text in problems(as_sqlite)] +
             differences(as_json, as_sqlite))
    for text in wrong[:20]:
        print(text)
    counts = {}
    for one in as_json["events"]:
        counts[one["type"]] = counts.get(one["type"], 0) + 1
    print(len(as_json["objects"]), "objects,", len(as_json["events"]), "events,", len(wrong), "problems")
    for name, count in sorted(counts.items()):
        print(f"  {name:20} {count}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
