#!/bin/bash
# What the README shows is what comes out: the screens of `make demo` and of inspect, the pipe, rules, the message
# for a mistake in a rule file. Prints TAP. Usage: readme.sh BUILD
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

lead-normalize -q testdata/exports/* | lead-validate -q >"$work/valid.csv"
block 'x171ce144fd55205d97d131fb - ' >"$work/shown"
lead-dedupe -q --match weight "$work/valid.csv" \
    --explain-pair x171ce144fd55205d97d131fb,x0d24db8b534dead6463ff840 >"$work/seen"
same "why two leads are not one"

cd "$work" || exit 2
mkdir mine
printf 'group fit\n  +25  job_titel has word "ceo"    "decision maker"\n' >mine/score.rules
lead-score --rules-dir mine "$work/out/leads.csv" 2>seen >/dev/null
block 'mine/score.rules:' >shown
same "the message for a mistake in a rule"

holds() { # NAME COMMAND...
    local name=$1
    shift
    number=$((number + 1))
    if "$@"; then echo "ok $number - $name"; else echo "not ok $number - $name"; fi
}

# Of score.rules: its own lines, in its order.
block 'group fit  from' >shown
excerpt() {
    [ -s shown ] && grep -v '^$' shown >lines &&
        grep -Fxf lines "$root/rules/score.rules" | diff - lines
}
holds "the lines of score.rules are those of the file" excerpt

mkdir shown_rules
cp shown shown_rules/score.rules
holds "the rules that are shown" lead-score -q --rules-dir shown_rules -o shown.csv "$work/out/leads.csv"

# Lines of one's own work as they are printed: no message, every reason is used, the limit stays.
mkdir own
awk '/^```/ { inside = !inside; keep = 0; first = inside; next }
    first { keep = $0 == "group fit"; first = 0 }
    inside && keep' "$root/README.md" >own/score.rules.local
own_rules() {
    [ -s own/score.rules.local ] &&
        lead-score --rules-dir own --as-of 2026-11-20 -o own.csv "$work/out/leads.csv" 2>said || return 1
    [ ! -s said ] || { cat said >&2; return 1; }
    sed -n 's/^ .*"\(.*\)"$/\1/p' own/score.rules.local >reasons
    while read -r reason; do grep -q "[+-][0-9]* $reason" own.csv || return 1; done <reasons
    [ "$(wc -l <reasons)" = 3 ] && grep -q 'fit limit 45' own.csv && ! grep -q -e '-8 free mail address' own.csv
}
holds "the lines of one's own that are shown" own_rules

# The pipe on the same files makes the leads of the demo.
pipe() {
    sed -n '/^    lead-normalize testdata/,/leads.csv$/p' "$root/README.md" >pipe.sh
    [ -s pipe.sh ] && (cd "$root" && sed "s|> leads.csv|> $work/leads.csv|" "$work/pipe.sh" | bash 2>/dev/null) &&
        cmp leads.csv out/leads.csv
}
holds "the pipe" pipe
words() { tr -s '\\ \t\n' ' '; }
demo() {
    sed -n '/^    build\/leadpipe run testdata/,/as-of/p' "$root/README.md" | sed 's|.*leadpipe run ||' | words >shown
    sed -n 's/.*leadpipe run testdata/testdata/p; /--suppress/p' "$root/Makefile" | words >made
    [ -s shown ] && diff shown made
}
holds "the command of the demo is the Makefile's" demo
echo "1..$number"
