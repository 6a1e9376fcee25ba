#!/usr/bin/env bash
# Certified extrema of the formulas in boxes.txt: wall seconds of the whole process on one thread, boxes, and the seconds to write
# and to replay a certificate. Usage: ./build.sh first, then benchmarks/bound/boxes.sh [NAME …].
set -euo pipefail
cd "$(dirname "$0")"
tool=${PROOFS:-../../out/proofs}
limit=${LIMIT:-60}
[ -x "$tool" ] || { echo "boxes.sh: $tool is missing; run ./build.sh, or set PROOFS to the tool" >&2; exit 66; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
now() { date +%s%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", (b - a) / 1e9 }'; }

start=$(now); "$tool" bound x --domain '[0,1]' > /dev/null
echo "proofs bound x: $(since "$start") s"
printf '%-18s %8s %8s %8s %8s %8s  %s\n' problem verdict seconds boxes 'with c.' 'check s' 'lines'
grep -v '^#' boxes.txt | while IFS='|' read -r name formula domain; do
    name=${name// /}
    [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
    start=$(now)
    "$tool" bound "$formula" --domain "${domain// /}" --jobs 1 --timeout "$limit" > "$work/out" || true
    seconds=$(since "$start")
    verdict=$(head -1 "$work/out") boxes=$(sed -n 's/^boxes: //p' "$work/out")
    rm -f "$work/cert"; start=$(now)
    "$tool" bound "$formula" --domain "${domain// /}" --jobs 1 --timeout "$limit" --certificate "$work/cert" > /dev/null 2>&1 || true
    written=$(since "$start") replayed=- lines=-
    if [ -f "$work/cert" ]; then
        start=$(now)
        if "$tool" check "$work/cert" > /dev/null; then replayed=$(since "$start"); else replayed=rejected; fi
        lines=$(wc -l < "$work/cert")
    fi
    printf '%-18s %8s %8s %8s %8s %8s  %s\n' "$name" "$verdict" "$seconds" "$boxes" "$written" "$replayed" "$lines"
done
