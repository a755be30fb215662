"""Adds up Surefire's XML reports in the given folders below target/, as "N passed, N failed, N skipped".

Fails when a test failed, when a folder's reports have no test, and when the tests against a real API server (*EnvtestTest)
are missing or were skipped.
"""

import glob
import sys
import xml.etree.ElementTree as ElementTree


def main(folders):
    passed = failed = skipped = 0
    faults = []
    for folder in folders:
        suites = [
            ElementTree.parse(path).getroot()
            for path in sorted(glob.glob(f"**/target/{folder}/TEST-*.xml", recursive=True))
        ]
        tests = envtests = envtests_skipped = 0
        for suite in suites:
            count, bad, skip = (
                int(suite.get("tests")),
                int(suite.get("failures")) + int(suite.get("errors")),
                int(suite.get("skipped")),
            )
            tests += count
            passed += count - bad - skip
            failed += bad
            skipped += skip
            if suite.get("name").split("$")[0].endswith("EnvtestTest"):
                envtests += count
                envtests_skipped += skip
        if not tests:
            faults.append(f"{folder}: no test ran")
        elif not envtests:
            faults.append(f"{folder}: no test ran against a real API server (*EnvtestTest)")
        elif envtests_skipped:
            faults.append(f"{folder}: {envtests_skipped} tests against a real API server were skipped")
    for fault in faults:
        print(f".ci/run: {fault}", file=sys.stderr)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if faults or failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
