#!/usr/bin/env python3
"""Holds the JSON of score.py (standard input) against floors: floors.py FILE SET PART."""
import json
import sys


def floors(path, table):
    """The figures of one table of a file that holds nothing but [tables] and `name = figure` lines."""
    found, here = {}, False
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            here = line == f"[{table}]"
        elif here and "=" in line:
            name, figure = line.split("=")
            found[name.strip().strip('"')] = float(figure)
    return found


def main():
    path, name, part = sys.argv[1:]
    wanted = floors(path, f"{name}.{part}")
    if not wanted:
        sys.exit(f"{path} has no [{name}.{part}]")
    total = json.load(sys.stdin)["total"]
    below = 0
    for layer, floor in wanted.items():
        x = total[layer]
        figure = x["f1"] if "f1" in x else x["correct"] / x["of"] if x["of"] else 1.0
        bad = figure + 1e-9 < floor
        below += bad
        print(f"  {layer:<22} {figure:.4f}  floor {floor:.3f}{'  BELOW' if bad else ''}")
    sys.exit(1 if below else 0)


main()
