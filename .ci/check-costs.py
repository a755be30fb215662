"""Compares what look-ups cost, the results of the rig, with a file of figures; fails if they are not the same.

With the results alone, it looks at the last one, and fails if anything went wrong in it.
"""

import json
import sys

# name, what it is in a result, how far it may be from the figure
COSTS = [
    ("requests", lambda r: r["server"]["requestsPerLookup"], 0.0005),
    ("connections", lambda r: r["server"]["connections"], 0),
    ("bytes on the wire", lambda r: r["server"]["wireBytesPerLookup"], 0.01),
    ("allocated MiB", lambda r: r["allocMiBPerLookup"], 0.1),
    ("threads", lambda r: r["peakThreads"], None),
]


def figures(path):
    lines = [line.split() for line in open(path) if line.strip() and not line.startswith("#")]
    return {scenario: [float(value) for value in values] for scenario, *values in lines}


def faults(result, expected):
    for (name, measured, distance), figure in zip(COSTS, expected, strict=True):
        value = measured(result)
        print(f"  {name}: {value:.6g} ({figure:.6g})")
        if distance is None and value > figure:
            yield f"{name}: {value:.6g} is more than {figure:.6g}"
        elif distance is not None and abs(value - figure) > distance * figure:
            yield f"{name}: {value:.6g} instead of {figure:.6g}"


def failed(result):
    return "wallMs" not in result or result["errors"]


def times(result):
    return f"{result['scenario']}: {result['wallMs']['med']:.1f} ms, {result['cpuMeanMs']:.1f} ms of CPU (not compared)"


def works(results):
    *_, line = open(results)
    result = json.loads(line)
    print(f"{result['scenario']}: look-ups failed: {line}" if failed(result) else times(result))
    return 1 if failed(result) else 0


def main(costs, results):
    expected = figures(costs)
    found = {}
    for line in open(results):
        result = json.loads(line)
        found[result["scenario"]] = result
    wrong = [f"{scenario}: no result" for scenario in expected if scenario not in found]
    for scenario, result in found.items():
        if failed(result):
            wrong.append(f"{scenario}: look-ups failed: {json.dumps(result)}")
            continue
        print(times(result))
        wrong += [f"{scenario}: {fault}" for fault in faults(result, expected[scenario])]
    for fault in wrong:
        print(f".ci/costs: {fault}; see {costs}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(works(sys.argv[1]) if len(sys.argv) == 2 else main(*sys.argv[1:]))
