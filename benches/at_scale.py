"""Measures scans of one generated corpus; see at-scale.sh."""

import hashlib
import os
import random
import re
import sqlite3
import subprocess
import sys
import time

program, work, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
corpus = f"{work}/{count}"
KILLS = 10


def run(*arguments):
    """Status, seconds, peak memory in MiB, standard error."""
    started = time.time()
    child = subprocess.Popen([program, "scan", corpus, *arguments], stderr=subprocess.PIPE, text=True)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, time.time() - started, usage.ru_maxrss / 1024, said


def counts(said):
    """The numbers of the end line, and that they add up."""
    end = [line for line in said.splitlines() if "not polic" in line and "failure" in line][-1]
    found = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:documents?|polic|not|failure)", end)]
    assert found[0] == sum(found[1:4]) == count, end
    return found


def digest(path):
    """Everything in a database, in order."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    sums = hashlib.sha256()
    for table in ["documents", "sources", "editions", "nodes", "facts", "diagnostics", "failures"]:
        for row in connection.execute(f"SELECT * FROM {table}"):
            sums.update(repr(row).encode())
    return sums.hexdigest()


def remove(path):
    for end in ["", "-wal", "-shm"]:
        if os.path.exists(path + end):
            os.remove(path + end)


sizes = [os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(corpus) for name in names]
megabytes = sum(size for size in sizes if size < 16 << 20) / 1e6
print(f"## {count:,} documents, {megabytes:.1f} MB")
lines = f"{work}/out.ndjson"
for jobs in [1, 2]:
    status, seconds, memory, said = run("--out", lines, "--jobs", str(jobs))
    assert status == 1, said
    found = counts(said)
    print(f"lines, {jobs} job(s): {seconds:.2f} s, {seconds / count * 1e6:.0f} µs a document, "
          f"{megabytes / seconds:.1f} MB/s, peak {memory:.0f} MiB; {found}")
os.remove(lines)
whole = f"{work}/whole.sqlite"
status, seconds, memory, said = run("--db", whole)
assert status == 1 and counts(said) == found, said
print(f"database: {seconds:.2f} s, peak {memory:.0f} MiB, {os.path.getsize(whole) / 1e6:.0f} MB")
expected = digest(whole)
remove(whole)
killed = f"{work}/killed.sqlite"
chance = random.Random(count)
for _ in range(KILLS):
    child = subprocess.Popen([program, "scan", corpus, "--db", killed, "--quiet"])
    time.sleep(chance.uniform(0, seconds / 3))
    child.kill()
    child.wait()
status, again, memory, said = run("--db", killed)
assert status == 1 and counts(said) == found, said
assert digest(killed) == expected, "the resumed database differs"
print(f"killed {KILLS} times and resumed: the same content; last run {again:.2f} s")
remove(killed)
