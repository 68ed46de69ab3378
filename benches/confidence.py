#!/usr/bin/env python3
"""Does precision rise with confidence? Bins the core facts of records by their confidence and holds them against gold.

    benches/confidence.py GOLD_DIR RECORD_DIR     NAME.gold beside NAME.json
"""
import collections
import json
import pathlib
import sys

BINS = [0.0, 0.7, 0.87, 0.9, 0.94, 1.01]


def gold(path):
    keys, disputed = set(), set()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = [cell.strip() for cell in line.split("\t")]
        to = disputed if row[0].endswith("?") else keys
        tag, rest = row[0].rstrip("?"), ["" if cell == "-" else cell for cell in row[1:]]
        if tag in ("right", "data"):
            to.add((tag, *rest[:3]))
        elif tag in ("obligation", "deadline"):
            to.add((tag, *rest[:4]))
    return keys, disputed


def facts(record):
    layers = record["facts"]
    for fact in layers["rights"]:
        yield fact, ("right", str(fact["span"]["line"]), fact["holder"], fact["kind"])
    for fact in layers["obligations"]:
        yield fact, ("obligation", str(fact["span"]["line"]), fact["bearer"], fact["modality"], fact["kind"])
    for fact in layers["data_categories"]:
        yield fact, ("data", str(fact["span"]["line"]), fact["kind"], fact["status"])
    for fact in layers["deadlines"]:
        key = (fact["kind"], fact.get("iso") or "", fact.get("day_type") or "")
        yield fact, ("deadline", str(fact["span"]["line"]), *key)


def main():
    right, wrong = collections.Counter(), collections.Counter()
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.gold")):
        keys, disputed = gold(path)
        record = json.loads((pathlib.Path(sys.argv[2]) / f"{path.stem}.json").read_text(encoding="utf-8"))
        for fact, key in facts(record):
            bin = sum(fact["confidence"] >= edge for edge in BINS[1:])
            if key in keys:
                right[bin] += 1
            elif key not in disputed:
                wrong[bin] += 1
    print(f"{'confidence':<14}{'facts':>7}{'right':>7}{'precision':>11}")
    for bin, (low, high) in enumerate(zip(BINS, BINS[1:])):
        if count := right[bin] + wrong[bin]:
            print(f"{low:.2f} – {min(high, 1):.2f}{count:>10}{right[bin]:>7}{right[bin] / count:>11.3f}")


if __name__ == "__main__":
    main()
