#!/bin/bash
# A deduplication that is undone gives back the records that it was given, byte for byte, whatever the
# number of threads and the limit of memory; what was merged is made of what there was. Prints TAP. Usage: undo.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=testdata/tap.sh
. "$root/testdata/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$build:$build/bench:$PATH"
cd "$work" || exit 2

# Records as a sorted multiset: one a line, line ends in fields made visible.
records() {
    tail -qn +2 "$@" | awk '{
        record = record $0
        quotes += gsub(/"/, "\"")
        if (quotes % 2) { record = record "\\n"; next }
        print record
        record = ""
        quotes = 0
    }' | LC_ALL=C sort
}

# What dedupe adds to a record that is alone, and its suppressed_by.
alone=',[^,"]*,1,,,[^,"]*,1,[^,"]*,[^,"]*,,,,(,[a-z_]*)?$'

# Dedupes INPUT and undoes it, in the leads and by the members beside the records that were alone.
undo() { # NAME INPUT OPTION...
    local name=$1 input=$2
    shift 2
    rm -rf sides
    lead-dedupe -q "$input" -o leads.csv --keep-all sides "$@" 2>/dev/null
    grep -q '^survivor' sides/dedupe.duplicates.csv
    check "$name: there are merges" $?
    records "$input" >want
    for place in leads sides/dedupe.suppressed; do
        lead-dedupe -q --undo sides/dedupe.duplicates.csv $place.csv -o "undone.$(basename $place).csv"
    done
    records undone.*.csv | sed -E "s/$alone//" >got
    same "$name: undone in the leads" want got
    lead-dedupe --undo sides/dedupe.duplicates.csv >members.csv
    head -n 1 "$input" | cmp -s - <(head -n 1 members.csv)
    check "$name: with the header of the records" $?
    {
        records members.csv
        records leads.csv sides/dedupe.suppressed.csv | grep -aE "$alone" | sed -E "s/$alone//"
    } | LC_ALL=C sort >got
    same "$name: members and records that were alone" want got
}

lead-normalize -q "$root"/testdata/exports/* >exports.csv
lead-validate -q exports.csv >validated.csv
generate 3000 --duplicates 0.5 --style dirty >generated.raw
lead-normalize -q generated.raw >generated.csv
# As somebody else may have written them: every field in quotes, or CR LF.
awk 'BEGIN { FS = OFS = "," } NR == 1 || /"/ { print; next } { gsub(/[^,]+/, "\"&\""); print }' \
    exports.csv >quoted.csv
grep -av '"' exports.csv | sed 's/$/\r/' >crlf.csv
sed 's/\r$//' crlf.csv >lf.csv

for input in exports validated generated quoted; do
    undo "$input" $input.csv --suppress "$root/testdata/suppress/opt_out.csv" --threads 1
    cp sides/dedupe.duplicates.csv one.csv
    for options in "--threads 3" "--memory 1K" "--threads 2 --memory 1K"; do
        # shellcheck disable=SC2086  # several options
        undo "$input, $options" $input.csv --suppress "$root/testdata/suppress/opt_out.csv" $options
        same "$input, $options: the same duplicates" one.csv sides/dedupe.duplicates.csv
    done
done
# Canonical records end in LF.
lead-dedupe -q crlf.csv --duplicates crlf.dup -o crlf.out
lead-dedupe -q lf.csv --duplicates lf.dup -o lf.out
same "CR LF: the same duplicates" lf.dup crlf.dup

# The leads of a run, of which some columns were chosen and some merged ones were taken out.
leadpipe run -q "$root"/testdata/exports/* -o run --as-of 2026-11-20 \
    --columns lead_id,cluster_id,cluster_size,score
lead-dedupe -q --undo run/duplicates.csv run/leads.csv -o undone.csv
records run/leads.csv | awk -F, '$3 == 1 { print $1 "," $1 ",1," $4 }' >want
records run/leads.csv | awk -F, '$3 > 1 { print $2 }' >merged
records run/duplicates.csv | awk -F, 'NR == FNR { is_merged[$1] = 1; next }
    $2 in is_merged { print $3 "," $3 ",1," }' merged - >>want
LC_ALL=C sort -o want want
records undone.csv >got
same "a run's leads: members in place of the merged, without a score" want got
[ "$(wc -l <merged)" -gt 50 ]
check "a run's leads: there are merges" $?

# Survivorship: an address is that of one record, whole.
address=street,city,region,postal_code,country
for input in exports generated; do
    lead-score -q $input.csv --columns $address | LC_ALL=C sort -u >addresses
    lead-dedupe -q $input.csv --columns $address | LC_ALL=C sort -u >merged
    [ -z "$(LC_ALL=C comm -13 addresses merged)" ] && [ "$(wc -l <merged)" -gt 20 ]
    check "$input: no address is made of two" $?
done
echo "1..$number"
