#!/bin/sh
# Compares the records of Spark's rdd.pipe on two workers with those of one process.
# Needs SAYASAT_SPARK=1 (it installs PySpark, 345 MB, into a virtual environment), Java 17 and Python 3.9 to 3.11.
set -eu
[ "${SAYASAT_SPARK:-}" = 1 ] || { echo "skipped: set SAYASAT_SPARK=1 to run it"; exit 0; }
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${SAYASAT_SPARK_DIR:-$root/target/spark}
program=${1:-$root/target/release/sayasat}
[ -x "$program" ] || (cd "$root" && cargo build --release)
# Workers run in directories of their own.
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
[ -x "$root/target/release/examples/generate" ] || (cd "$root" && cargo build --release --example generate)
mkdir -p "$work"
if ! "$work/venv/bin/python" -c 'import pyspark' 2>/dev/null; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet 'pyspark==3.5.9'
fi
(cd "$root" && "$root/target/release/examples/generate" 2000 - > "$work/pages.ndjson")
# One line is damaged: it must not fail its partition.
echo '{"id": "broken"' >> "$work/pages.ndjson"
"$program" scan - --out "$work/one.ndjson" --quiet < "$work/pages.ndjson" || [ $? -eq 1 ]
SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON="$work/venv/bin/python" "$work/venv/bin/python" "$here/pipe.py" "$program" "$work"
