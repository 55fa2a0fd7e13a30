#!/bin/bash
# What the README shows is what comes out: the screens of `make demo` and of inspect, the message for a mistake
# in a rule file. Prints TAP. Usage: readme.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$build:$PATH
number=0

# The block between ``` lines of the README whose first line begins with the text.
block() { # TEXT
    awk -v start="$1" '/^```/ { inside = !inside; keep = 0; first = inside; next }
        first { keep = index($0, start) == 1; first = 0 }
        inside && keep' "$root/README.md"
}

same() { # NAME: work/shown against work/seen
    number=$((number + 1))
    if [ -s "$work/shown" ] && diff "$work/shown" "$work/seen" >&2; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
    fi
}

cd "$root" || exit 2
leadpipe run testdata/exports/* -o "$work/out" --crm testdata/crm/crm_contacts.csv \
    --suppress testdata/suppress/opt_out.csv --as-of 2026-11-20 2>"$work/screen" </dev/null
block 'leadpipe run:' | sed '$d' >"$work/shown" # the last line is printed by make
sed "s|$work/||" "$work/screen" >"$work/seen"
same "the screen of the demo"

leadpipe inspect testdata/exports/messuskanneri.csv >"$work/seen"
block 'testdata/exports/messuskanneri.csv' >"$work/shown"
same "the screen of inspect"

cd "$work" || exit 2
mkdir mine
printf 'group fit\n  +25  job_titel has word "ceo"    "decision maker"\n' >mine/score.rules
lead-score --rules-dir mine "$work/out/leads.csv" 2>seen >/dev/null
block 'mine/score.rules:' >shown
same "the message for a mistake in a rule"

mkdir shown_rules
block 'group fit' >shown_rules/score.rules
number=$((number + 1))
if [ -s shown_rules/score.rules ] && lead-score -q --rules-dir shown_rules "$work/out/leads.csv" >/dev/null; then
    echo "ok $number - the rules that are shown"
else
    echo "not ok $number - the rules that are shown"
fi
echo "1..$number"
