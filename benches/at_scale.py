"""Measures scans of one generated corpus; see at-scale.sh."""

import collections
import contextlib
import hashlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time

program, work, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
corpus = f"{work}/{count}"
KILLS = 10
workers = {}


def run(*arguments):
    """Status, seconds, seconds of processor, peak memory in MiB, standard error."""
    started = time.time()
    child = subprocess.Popen([program, "scan", corpus, *arguments], stderr=subprocess.PIPE, text=True)
    workers.clear()
    watcher = threading.Thread(target=watch, args=(child.pid,), daemon=True)
    watcher.start()
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.time() - started
    return child.returncode, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def watch(process):
    """Seconds that each worker had a processor, and waited for one because others had them all, as long as it lives.

    On a machine that others use, these tell what a clock cannot: whether workers wait for each other."""
    threads = f"/proc/{process}/task"
    while os.path.isdir(threads):
        try:
            for thread in os.listdir(threads):
                with open(f"{threads}/{thread}/comm") as name, open(f"{threads}/{thread}/schedstat") as times:
                    if name.read().startswith("scan-worker"):
                        workers[thread] = [int(nanoseconds) / 1e9 for nanoseconds in times.read().split()[:2]]
        except OSError:
            pass  # it has just ended, or this system does not tell
        time.sleep(0.05)


def counts(said):
    """The numbers of the end line, and that they add up."""
    end = [line for line in said.splitlines() if "not polic" in line and "failure" in line][-1]
    found = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:documents?|polic|not|failure)", end)]
    assert found[0] == sum(found[1:4]) == count, end
    return found


def fates(path):
    """What became of each file, by its path: an error's code, or `record`."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            error = record.get("error")
            name = error["path"] if error else record["source"]["name"]
            assert name not in found, f"{name} stands there twice"
            found[name] = error["code"] if error else "record"
    return found


def digest_of_file(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(path):
    """Everything in a database, in order, ids included."""
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


def stored(path):
    """Documents in a database that is being written, if there is one."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM sources").fetchone()[0]
    except sqlite3.Error:
        return 0


files = [os.path.join(folder, name) for folder, _, names in os.walk(corpus) for name in names]
assert len(files) == count
sizes = [os.path.getsize(path) for path in files]
megabytes = sum(size for size in sizes if size < 16 << 20) / 1e6
with open(f"{corpus}.damaged", encoding="utf-8") as lines:
    damaged = {path: way for way, path in (line.rstrip("\n").split("\t") for line in lines)}
print(f"## {count:,} documents, {megabytes:.1f} MB, {len(damaged)} damaged", flush=True)
lines = f"{work}/out.ndjson"
sums = set()
for jobs in [1, 2]:
    status, seconds, processor, memory, said = run("--out", lines, "--jobs", str(jobs))
    assert status == 1, said
    found = counts(said)
    sums.add(digest_of_file(lines))
    print(f"lines, {jobs} job(s): {seconds:.2f} s, {megabytes / seconds:.1f} MB/s; {processor:.2f} s of processor, "
          f"{processor / count * 1e6:.0f} µs a document; peak {memory:.0f} MiB; {found}", flush=True)
    for running, waiting in sorted(workers.values(), reverse=True)[:jobs]:
        print(f"  a worker: {running:.2f} s on a processor, {waiting:.2f} s waiting for one, "
              f"{seconds - running - waiting:.2f} s for anything else")
assert len(sums) == 1, "the lines depend on the number of jobs"
fate = fates(lines)
assert fate.keys() == set(files), "a file has no line"
assert all(fate[path] == "record" for path in files if path not in damaged), "a sound file has no record"
assert sum(what != "record" for what in fate.values()) == found[3]
for (way, what), times in sorted(collections.Counter((way, fate[path]) for path, way in damaged.items()).items()):
    print(f"  {way}: {times} × {what}")
os.remove(lines)
whole = f"{work}/whole.sqlite"
status, seconds, processor, memory, said = run("--db", whole)
assert status == 1 and counts(said) == found, said
print(f"database: {seconds:.2f} s, {processor:.2f} s of processor, peak {memory:.0f} MiB, "
      f"{os.path.getsize(whole) / 1e6:.0f} MB", flush=True)
expected = digest(whole)
remove(whole)
killed = f"{work}/killed.sqlite"
chance = random.Random(count)
running, at = 0, []
for part in sorted(chance.uniform(0, 0.9) for _ in range(KILLS)):
    # Somewhere behind this part of the documents, at any moment of a transaction.
    child = subprocess.Popen([program, "scan", corpus, "--db", killed, "--quiet"])
    while child.poll() is None and stored(killed) < part * found[0]:
        time.sleep(0.02)
    time.sleep(chance.uniform(0, min(1.2, seconds / 30)))
    running += child.poll() is None
    child.kill()
    child.wait()
    at.append(stored(killed))
status, again, processor, memory, said = run("--db", killed)
assert status == 1 and counts(said) == found, said
assert digest(killed) == expected, "the resumed database differs"
print(f"killed {KILLS} times, {running} of them while it ran, with {', '.join(map(str, at))} documents stored; "
      f"resumed: the same content; last run {again:.2f} s", flush=True)
remove(killed)
