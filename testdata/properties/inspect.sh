#!/bin/bash
# What inspect shows and saves is what the other programs do: an export read with the profile saved from it
# gives the same leads byte for byte; the counts that it shows are theirs; its screen fits 100 columns.
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME="$work/config"

check() { # NAME CONDITION...: the test command's arguments
    local name=$1
    shift
    if test "$@"; then echo "ok - $name"; else echo "not ok - $name ($*)"; fi
}

number() { # NAME: a number of the JSON
    grep -o "\"$1\": [0-9]*" "$work/facts.json" | head -n 1 | sed 's/.*: //'
}

cd "$root/testdata/exports" || exit
for export in *; do
    name=$export
    rm -rf "$work/rules" && mkdir "$work/rules"
    "$build/leadpipe" inspect "$export" --save saved --rules-dir "$work/rules" >"$work/screen" 2>"$work/said"
    check "$name is saved without a warning" "$(grep -c warning "$work/said")" = 0
    check "$name fits 100 columns" "$(LC_ALL=C.UTF-8 wc -L <"$work/screen")" -le 100
    "$build/lead-normalize" -q "$export" >"$work/before.csv"
    "$build/lead-normalize" -q "$export" --rules-dir "$work/rules" >"$work/after.csv"
    check "$name gives the same leads with it" "$(cmp "$work/before.csv" "$work/after.csv" && echo same)" = same -a -s "$work/after.csv"
    "$build/leadpipe" inspect --json "$export" >"$work/facts.json"
    "$build/lead-normalize" -q "$export" --summary "$work/summary.json" |
        "$build/lead-validate" -q -o "$work/valid.csv" --summary "$work/valid.json"
    check "$name: its records are normalize's" \
        "\"records\": $(number records)" = "$(grep -o '"records": [0-9]*' "$work/summary.json" | head -n 1)"
    check "$name: its leads are validate's" \
        "\"leads\": $(number leads)" = "$(grep -o '"leads": [0-9]*' "$work/valid.json" | head -n 1)"
done
