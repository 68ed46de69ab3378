#!/bin/sh
# 1,000, 10,000 and 100,000 varied documents, 1 % of them damaged: time, memory, counts; then ten kills and a resume.
# Usage: benches/at-scale.sh [COUNT…]   (figures go to benches/README.md)
# Needs about 10 GB below TMPDIR for 100,000 documents, and python3.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
cargo build --release --quiet
cargo build --release --quiet --example generate
work=$(mktemp -d "${TMPDIR:-/tmp}/sayasat-at-scale.XXXXXX")
trap 'rm -rf "$work"' EXIT
for count in ${*:-1000 10000 100000}; do
    target/release/examples/generate "$count" "$work/$count" --damaged 10 > "$work/$count.damaged"
    python3 benches/at_scale.py target/release/sayasat "$work" "$count"
    rm -rf "${work:?}/$count" "$work/$count.damaged"
done
