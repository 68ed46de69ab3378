"""Pipes pages.ndjson through the program on a Spark cluster of two workers and compares with one.ndjson."""

import json
import sys
import time

from pyspark.sql import SparkSession

program, work = sys.argv[1:]
spark = (
    SparkSession.builder.master("local-cluster[2,1,1024]")
    .appName("sayasat")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
context = spark.sparkContext
context.setLogLevel("ERROR")
started = time.time()
pages = context.textFile(f"{work}/pages.ndjson", 8)
got = pages.pipe(f"{program} scan - --out - --jobs 1 --quiet", checkCode=False).collect()
seconds = time.time() - started
partitions = pages.getNumPartitions()
spark.stop()


def comparable(line):
    record = json.loads(line)
    if "error" in record:
        # The place in an error counts lines within its partition.
        record["error"].pop("line", None)
        record["source"].pop("name", None)
    return json.dumps(record, sort_keys=True)


with open(f"{work}/one.ndjson", encoding="utf-8") as lines:
    expected = [comparable(line) for line in lines]
got = [comparable(line) for line in got]
assert got == expected, f"{len(got)} records from Spark, {len(expected)} from one process, not the same"
print(f"{len(got)} records from {partitions} partitions on 2 workers in {seconds:.1f} s: the same as from one process")
