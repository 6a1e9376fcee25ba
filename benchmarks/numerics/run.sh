#!/bin/sh
# Builds ours and the peers (Debian: g++ libboost-dev libmpfi-dev libflint-dev libflint-arb-dev) and prints the table of medians.
# Usage: benchmarks/numerics/run.sh [--rounds N]
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here" -c Release -v q -nologo -o "$work/ours" >&2
peers=
if g++ -O3 -march=native -frounding-math -o "$work/peers" "$here/peers.cpp" -lmpfi -lmpfr -lflint-arb -lflint -lgmp 2>"$work/log" \
    || g++ -O3 -march=native -frounding-math -o "$work/peers" "$here/peers.cpp" -lmpfi -lmpfr -lflint -lgmp 2>"$work/log"; then
    peers=$work/peers
else
    echo "the peers did not build, ours alone follow:" >&2
    head -5 "$work/log" >&2
fi
grep -m1 'model name' /proc/cpuinfo >&2 || true
"$work/ours/Proofs.Benchmarks.Numerics" "$@" $peers
