#!/usr/bin/env bash
# Decides the ten ACAS Xu instances of ../shared/data/acasxu (PROOFS_DATA names another folder), writes and replays their
# certificates, and prints a Markdown table with the times of peers on two quiet cores of the same kind of machine beside.
# Usage: benchmarks/acasxu/run.sh [--jobs N]       PROOFS names the tool where it is not out/proofs.
set -euo pipefail
cd "$(dirname "$0")/../.."
data="${PROOFS_DATA:-../shared/data}/acasxu"
proofs="${PROOFS:-out/proofs}"
jobs="${2:-2}"
[ -f "$data/instances.csv" ] || { echo "acasxu: expected $data/instances.csv" >&2; exit 65; }
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT

# prints "wall cpu" seconds of a command whose output goes to the file named first
timed() {
  local out="$1"; shift
  local TIMEFORMAT='%R %U %S'
  { time "$@" > "$out"; } 2>&1 | awk '{ printf "%.2f %.2f", $1, $2 + $3 }'
}

# an empty search: what starting costs
printf '{ "format": "proofs-network", "version": 1, "layers": [ { "columns": 1, "rowStart": [0, 1], "column": [0], "value": [1], "bias": [0] } ] }' > "$work/tiny.json"
printf '(declare-const X_0 Real)(declare-const Y_0 Real)(assert (>= X_0 0.0))(assert (<= X_0 1.0))(assert (>= Y_0 2.0))' > "$work/tiny.vnnlib"
read -r _ start <<< "$(timed "$work/out" $proofs vnnlib "$work/tiny.json" "$work/tiny.vnnlib" --jobs "$jobs")"

echo "| property | network | expected | verdict | wall s | CPU s | boxes | boxes per core s | certificate kB | replay CPU s | nnenum 2 proc. | alpha-beta-CROWN | ReluVal 2 thr. |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
total=0
wrong=0
while IFS=, read -r network property _ expected; do
  name="$(basename "$network" .onnx)"; name="${name#ACASXU_run2a_}"; name="${name%_batch_2000}"; name="${name/_/-}"
  number="${property//[^0-9]/}"
  read -r wall cpu <<< "$(timed "$work/out" $proofs vnnlib "$data/$network" "$data/$property" --timeout 116 --jobs "$jobs" --json || true)"
  verdict="$(sed -n 's/.*"result": "\([a-z]*\)".*/\1/p' "$work/out")"
  boxes="$(sed -n 's/.*"boxes": \([0-9]*\).*/\1/p' "$work/out")"
  timed "$work/ignored" $proofs vnnlib "$data/$network" "$data/$property" --jobs "$jobs" --certificate "$work/c.gz" > /dev/null || true
  read -r _ replay <<< "$(timed "$work/check" $proofs check "$work/c.gz" --network "$data/$network" --property "$data/$property" || true)"
  grep -q '^ACCEPTED' "$work/check" || replay=REJECTED
  speed="$(awk -v b="$boxes" -v c="$cpu" -v s="$start" 'BEGIN { d = c - s; print (b > 1000 && d > 0 ? int(b / d) : "") }')"
  size="$(awk -v b="$(stat -c %s "$work/c.gz")" 'BEGIN { print int(b / 1000) }')"
  peers="$(awk -F, -v p="$number" -v n="$name" '$1 == p && $2 == n { print $3 " | " $4 " | " $5 }' benchmarks/acasxu/peers.csv)"
  echo "| $number | $name | $expected | $verdict | $wall | $cpu | $boxes | $speed | $size | $replay | $peers |"
  total="$(awk -v a="$total" -v b="$wall" 'BEGIN { print a + b }')"
  [ "$verdict" = "$expected" ] && [ "$replay" != REJECTED ] || wrong=1
done < <(tail -n +2 "$data/instances.csv" | tr -d '\r')
echo
echo "Together $total wall seconds, start-up included ($start CPU seconds for an empty search, not counted in boxes per core second). Peers: 23.9 / 47.8, one open / 67.5, one open."
exit "$wrong"
