#!/usr/bin/env bash
# Compares the prover with z3 and cvc5 on statements.txt: who proves what, in how many seconds.
# Usage: benchmarks/prover/compare.sh [SECONDS_OURS=2] [SECONDS_THEIRS=5]; prints a Markdown table and totals.
# Ours counts only with a certificate that the kernel accepts in a run of its own; the seconds include the start of the process.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
ours_s=${1:-2}
theirs_s=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tool() {
    if [ -x "$root/out/proofs" ]; then "$root/out/proofs" "$@"
    else dotnet "$root/src/Proofs.Cli/bin/${CONFIGURATION:-Release}/net10.0/proofs.dll" "$@"; fi
}

# z3 has no exp: a power of a constant near e, and its own power function.
for_z3() {
    sed -e 's|^(define-fun pow .*|(define-fun pow ((b Real) (x Real) (logarithm Real)) Real (^ b x))|' "$1" > "$2"
    if grep -q '(exp ' "$1"; then
        sed -i 's|^\((set-logic .*)\)$|\1\n(declare-const euler Real)\n(assert (< 2.718281828459045 euler 2.718281828459046))\n(define-fun exp ((x Real)) Real (^ euler x))|' "$2"
    fi
}

now() { date +%s.%N; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }

# answer of a solver: prints "word seconds"
ask() {
    local start end answer
    start=$(now)
    answer=$(timeout $((theirs_s + 2)) "$@" 2> /dev/null | head -n 1)
    end=$(now)
    case "$answer" in unsat | sat) ;; *) answer=- ;; esac
    echo "$answer $(seconds "$start" "$end")"
}

have_z3=$(command -v z3 || true)
have_cvc5=$(command -v cvc5 || true)
total=0 ours=0 z3=0 cvc5=0 both=0
echo "| statement | ours | z3 | cvc5 |"
echo "| --- | --- | --- | --- |"
while IFS='|' read -r name statement; do
    case "$name" in '#'* | '') continue ;; esac
    name=${name% } statement=${statement# }
    total=$((total + 1))
    rm -f "$work"/*
    start=$(now)
    verdict=$(tool prove "$statement" --timeout "$ours_s" --certificate "$work/c" 2> /dev/null | head -n 1)
    end=$(now)
    ours_cell="-"
    if [ "$verdict" = PROVED ] && tool check "$work/c" > /dev/null 2>&1; then
        ours_cell="proved $(seconds "$start" "$end") s"
        ours=$((ours + 1))
    elif [ "$verdict" = REFUTED ]; then
        ours_cell="REFUTED"
    fi

    z3_cell="-" cvc5_cell="-" theirs=0
    if tool prove "$statement" --timeout 0.01 --smt "$work/s.smt2" > /dev/null 2>&1 || [ -s "$work/s.smt2" ]; then
        for_z3 "$work/s.smt2" "$work/z.smt2"
        if [ -n "$have_z3" ]; then
            read -r word time <<< "$(ask z3 "-T:$theirs_s" "$work/z.smt2")"
            case "$word" in unsat) z3_cell="proved $time s"; z3=$((z3 + 1)); theirs=1 ;; sat) z3_cell="says sat" ;; esac
        fi
        if [ -n "$have_cvc5" ]; then
            read -r word time <<< "$(ask cvc5 "--tlimit=$((theirs_s * 1000))" "$work/s.smt2")"
            case "$word" in unsat) cvc5_cell="proved $time s"; cvc5=$((cvc5 + 1)); theirs=1 ;; sat) cvc5_cell="says sat" ;; esac
        fi
    else
        z3_cell="not expressible" cvc5_cell="not expressible"
    fi

    both=$((both + theirs))
    echo "| $name | $ours_cell | $z3_cell | $cvc5_cell |"
done < "$here/statements.txt"
echo
echo "$total statements: ours $ours (limit $ours_s s), z3 $z3, cvc5 $cvc5, z3 and cvc5 together $both (limit $theirs_s s each)."
[ -n "$have_z3" ] || echo "z3 is not installed."
[ -n "$have_cvc5" ] || echo "cvc5 is not installed."
