#!/bin/bash
# What must hold whatever the input: the pipe and the fused run write the same bytes, at any number of
# threads, with any memory limit, from files and pipes; normalize and validate change nothing the second
# time; every record that was read is in exactly one output. Prints TAP. Usage: pipeline.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=testdata/tap.sh
. "$root/testdata/tap.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH="$build:$PATH"
cd "$work" || exit 2

exports=("$root"/testdata/exports/*)
lists=(--crm "$root/testdata/crm/crm_contacts.csv" --suppress "$root/testdata/suppress/opt_out.csv")
as_of=(--as-of 2026-11-20)

pipe() { # THREADS FILE...
    local threads=(-q --threads "$1")
    shift
    set -o pipefail
    lead-normalize "${threads[@]}" "$@" | lead-validate "${threads[@]}" |
        lead-dedupe "${threads[@]}" "${lists[@]}" | lead-score "${threads[@]}" "${as_of[@]}"
}

pipe 1 "${exports[@]}" >pipe.csv
check "the pipe ends well" $?
for threads in 1 2 4; do
    pipe $threads "${exports[@]}" >pipe$threads.csv
    same "pipe, $threads threads" pipe.csv pipe$threads.csv
    leadpipe run -q "${exports[@]}" "${lists[@]}" -o run$threads --through score --threads $threads \
        "${as_of[@]}"
    same "run equals pipe, $threads threads" pipe.csv run$threads/leads.csv
    for file in rejects duplicates suppressed; do
        same "$file, $threads threads" run1/$file.csv run$threads/$file.csv
    done
    same "summary, $threads threads" run1/summary.json run$threads/summary.json
done

leadpipe run -q "${exports[@]}" "${lists[@]}" -o small --memory 1K "${as_of[@]}"
same "run in a kilobyte of memory" pipe.csv small/leads.csv
same "duplicates in a kilobyte of memory" run1/duplicates.csv small/duplicates.csv
leadpipe run "${exports[@]}" -o small --memory 1K "${as_of[@]}" 2>&1 | grep -q 'these need [0-9]*M$'
check "a limit that cannot be kept to names the one that can" $?
lead-normalize -q "${exports[@]}" | lead-dedupe -q --first --memory 1K >first.csv 2>first.err
[ $? = 2 ] && grep -q -e '--memory: the keys .* would be needed' first.err && [ ! -s first.csv ]
check "--first says that its keys do not fit" $?

# Stage by stage through files, and their rejects, are what the run has.
lead-normalize -q "${exports[@]}" -o n.csv --rejects n.rejects
lead-validate -q n.csv -o v.csv --rejects v.rejects
lead-dedupe -q v.csv "${lists[@]}" -o d.csv --duplicates d.duplicates --suppressed d.suppressed
lead-score -q d.csv -o s.csv --rejects s.rejects "${as_of[@]}"
same "through files" pipe.csv s.csv
{
    cat n.rejects
    tail -n +2 v.rejects
    tail -n +2 s.rejects
} >all.rejects
same "rejects, stage by stage" all.rejects run1/rejects.csv
same "duplicates, stage by stage" d.duplicates run1/duplicates.csv

lead-normalize -q n.csv -o n2.csv
same "normalize is idempotent" n.csv n2.csv
lead-validate -q v.csv -o v2.csv
same "validate is idempotent" v.csv v2.csv
lead-score -q s.csv -o s2.csv "${as_of[@]}"
same "score is idempotent" s.csv s2.csv

for export in "${exports[@]}"; do
    name=$(basename "$export")
    lead-normalize -q "$export" >file.csv
    lead-normalize -q <"$export" >stdin.csv
    # The name stands in source_file, and in source_name where no profile names the source.
    sed -E "s/^([^,]*,[^,]*,)${name%.csv},/\\1stdin,/; s/,$name,/,stdin,/" file.csv >renamed.csv
    cmp -s stdin.csv renamed.csv
    check "from a file and from a pipe: $name" $?
    read=$(awk -F '\t' -v name="$name" '$1 == name { print $2 }' "$root/testdata/exports.expected.tsv")
    leadpipe run -q "$export" -o "out.$name" "${as_of[@]}"
    found=$(sed -n 's/.*"records": \([0-9]*\).*/\1/p' "out.$name/summary.json")
    test "$read" = "$found"
    check "records read of $name: $found" $?
done
gzip -k <"${exports[0]}" >packed.csv.gz
lead-normalize -q packed.csv.gz | cut -d, -f 12-20 >packed.csv
lead-normalize -q "${exports[0]}" | cut -d, -f 12-20 | cmp -s - packed.csv
check "from a .gz" $?
echo "1..$number"
