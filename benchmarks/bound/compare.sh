#!/usr/bin/env bash
# Certified supremum norms of approximation errors: proofs bound beside Sollya's supnorm, five problems, medians of RUNS runs.
# Both are asked for a relative gap of about 1e-6 (Sollya: 2^-20) and both are timed as whole processes; "search" is proofs
# without what its process takes to bound the formula x. Usage: ./build.sh first, then benchmarks/bound/compare.sh [RUNS].
set -euo pipefail
cd "$(dirname "$0")"
runs=${1:-5}
limit=${LIMIT:-180}
tool=${PROOFS:-../../out/proofs}
[ -x "$tool" ] || { echo "compare.sh: $tool is missing; run ./build.sh, or set PROOFS to the tool" >&2; exit 66; }
command -v sollya > /dev/null || echo "compare.sh: sollya is missing (Debian: apt-get install sollya); its column stays empty" >&2

# seconds COMMAND…: the median wall time of the runs, or the reason there is none
seconds() {
    local times=() start end
    for ((i = 0; i < runs; i++)); do
        start=$(date +%s%N)
        timeout "$limit" "$@" > /tmp/compare.$$ 2>&1 || { [ $? = 124 ] && echo ">$limit" || echo "failed"; return; }
        grep -qi "error\|failed" /tmp/compare.$$ && { echo "no answer"; return; }
        end=$(date +%s%N)
        times+=($(((end - start) / 1000)))
    done
    printf '%s\n' "${times[@]}" | sort -n | awk '{ t[NR] = $1 } END { printf "%.3f", t[int((NR + 1) / 2)] / 1e6 }'
}

start=$(seconds "$tool" bound x --domain '[0,1]')
echo "runs: $runs; proofs bound x: $start s"
printf '%-8s %12s %12s %12s   %s\n' problem 'proofs s' 'search s' 'sollya s' 'sup norm by proofs'
grep -v '^#' problems.txt | while IFS='|' read -r name function polynomial low high; do
    name=${name// /} low=${low// /} high=${high// /}
    ours=$(seconds "$tool" bound "$function - ($polynomial)" --domain "[$low,$high]")
    norm=$(grep 'sup |f|' /tmp/compare.$$ || true)
    theirs=-
    if command -v sollya > /dev/null; then
        {
            echo "prec = 200!; p = $polynomial;"
            echo "r = supnorm(p, $function, [$low;$high], absolute, 2^(-20)); if (r == error) then print(\"failed\") else print(r); quit;"
        } > /tmp/compare.$$.sollya
        theirs=$(seconds sollya --warnonstderr /tmp/compare.$$.sollya)
    fi
    search=$(awk -v a="$ours" -v b="$start" 'BEGIN { if (a + 0 > 0) printf "%.3f", a - b; else print "-" }')
    printf '%-8s %12s %12s %12s   %s\n' "$name" "$ours" "$search" "$theirs" "${norm#*in }"
done
rm -f /tmp/compare.$$ /tmp/compare.$$.sollya
