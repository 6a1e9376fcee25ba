#!/bin/sh
# Builds ours and the peers and prints the table of medians, from a fresh clone on Debian with the .NET SDK that global.json names.
# Peers need g++ libboost-dev libmpfi-dev libflint-dev (and libflint-arb-dev up to Debian 12). What is missing is named, and the rest runs.
# Usage: benchmarks/numerics/run.sh [--rounds N]
set -e
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v dotnet >/dev/null; then
    echo "missing: dotnet, the .NET SDK $(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$here/../../global.json")" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here" -c Release -v q -nologo -o "$work/ours" >&2

missing=
if command -v g++ >/dev/null; then
    has() { printf '#include <%s>\n' "$1" | g++ -E -x c++ - >/dev/null 2>&1; }
    has boost/numeric/interval.hpp || missing="$missing libboost-dev"
    has mpfi.h || missing="$missing libmpfi-dev"
    has flint/flint.h || missing="$missing libflint-dev"
    has arb.h || has flint/arb.h || missing="$missing libflint-arb-dev"
else
    missing=" g++"
fi
peers=
if [ -n "$missing" ]; then
    echo "missing Debian packages:$missing; ours alone follow" >&2
else
    for libraries in "-lflint-arb -lflint" "-lflint"; do
        if g++ -O3 -march=native -frounding-math -o "$work/peers" "$here/peers.cpp" -lmpfi -lmpfr $libraries -lgmp 2>"$work/log"; then
            peers=$work/peers
            break
        fi
    done
    if [ -z "$peers" ]; then
        echo "the peers did not build, ours alone follow:" >&2
        head -5 "$work/log" >&2
    fi
    if g++ -O3 -march=native -frounding-math -o "$work/quartic" "$here/quartic.cpp" 2>"$work/log"; then
        peers="$peers $work/quartic"
    else
        echo "the search with Boost did not build:" >&2
        head -5 "$work/log" >&2
    fi
fi
grep -m1 'model name' /proc/cpuinfo >&2 || true
"$work/ours/Proofs.Benchmarks.Numerics" "$@" $peers
