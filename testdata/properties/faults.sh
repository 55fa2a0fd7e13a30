#!/bin/bash
# Whatever call fails, a program does its job or says so and leaves nothing behind (fault_sweep.sh says what
# is asked). A few calls of each kind here, so that it takes seconds; FAULT_STEPS in the environment asks
# for more. Prints TAP. Usage: faults.sh BUILD
set -u
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
number=0 bad=0
export FAULT_LIBRARY=$build/fault.so FAULT_STEPS=${FAULT_STEPS:-3}

# The shim and the sanitizers both want to be the allocator.
if nm "$build/lead-dedupe" 2>/dev/null | grep -q '__[at]san_init'; then
    echo "ok 1 - faults # SKIP not with a sanitizer"
    exit 0
fi

sweep() { # NAME PROGRAM ARGUMENTS...
    local name=$1 status
    shift
    number=$((number + 1))
    mkdir -p folder
    "$root/testdata/fault_sweep.sh" "$@" >log 2>&1
    status=$?
    # A sweep that made nothing fail has shown nothing.
    if [ $status = 0 ] && grep -q '^fault sweep: [0-9][0-9]* runs' log; then
        echo "ok $number - $name: $(sed -n 's/^fault sweep: \([0-9]* runs\).*/\1/p' log)"
    else
        bad=1
        echo "not ok $number - $name"
        head -30 log >&2
    fi
    rm -rf folder
}

# The same for a program that writes several files below `folder`. What leads are in (the -o file, the
# run that is the latest) is the last to be put in place: when a run fails, it is as it was before, and no
# other file is half. What is in the manifest differs from run to run.
state_of() { # the files that are reached through `folder`, and what is in them
    find -L folder \( -path folder/run/runs -o -path folder/run/latest \) -prune -o -type f \
        ! -name manifest.json ! -name .leadpipe -print | LC_ALL=C sort | xargs -r sha256sum
}

half_files() { # names that no undisturbed run leaves; the next run takes an empty *.partial away
    find folder -name '*.partial' ! -empty
    find folder -path folder/run/runs -prune -o -type f -print | LC_ALL=C sort | comm -23 - names
}

main_of() { grep 'folder/out.csv$\|folder/run/' "$1"; }

one_of_many() { # FAULT PROGRAM ARGUMENTS...: what is wrong with this run, or nothing
    local fault=$1 status
    shift
    rm -rf folder
    mkdir folder
    [ ! -d before ] || cp -a before/. folder
    timeout 60 env LD_PRELOAD="$FAULT_LIBRARY" LEADPIPE_FAULT="$fault" "$@" >stdout 2>stderr </dev/null
    status=$?
    if [ $status = "$usual" ]; then
        state_of | cmp -s - undisturbed || echo "$fault: status $status, other files"
    elif [ $status != 2 ]; then
        echo "$fault: status $status: $(head -1 stderr)"
    else
        state_of >now
        [ "$(main_of now)" = "$(main_of untouched)" ] || echo "$fault: failed, and yet published"
        [ -z "$(half_files)" ] || echo "$fault: left $(half_files | head -1)"
        [ -s stderr ] || [ "${fault%%:*}" = write ] || echo "$fault: no message"
    fi
}

sweep_many() { # NAME PROGRAM ARGUMENTS...
    local name=$1 kind count step n runs=0 wrong
    shift
    number=$((number + 1))
    rm -rf folder
    mkdir folder
    [ ! -d before ] || cp -a before/. folder
    state_of >untouched
    env LD_PRELOAD="$FAULT_LIBRARY" LEADPIPE_FAULT_COUNT=counts "$@" >stdout 2>stderr </dev/null
    usual=$?
    state_of >undisturbed
    { echo folder/run/.leadpipe && find folder -type f; } | LC_ALL=C sort >names
    : >wrong
    for kind in malloc read write fsync rename open mmap; do
        count=$(awk -v kind="$kind" '$1 == kind {print $2}' counts)
        step=$(((${count:-0} + FAULT_STEPS - 1) / FAULT_STEPS))
        for ((n = 1; n <= ${count:-0}; n += step)); do
            runs=$((runs + 1))
            one_of_many "$kind:$n" "$@" >>wrong
        done
    done
    wrong=$(wc -l <wrong)
    if [ "$usual" -le 1 ] && [ "$wrong" = 0 ] && [ $runs -gt 10 ] && ! cmp -s untouched undisturbed; then
        echo "ok $number - $name: $runs runs"
    else
        bad=1
        echo "not ok $number - $name: $wrong of $runs runs, undisturbed $usual"
        head -20 wrong >&2
    fi
    rm -rf folder
}

export_file=$root/testdata/exports/messuskanneri.csv
"$build/lead-normalize" -q "$export_file" -o n.csv || exit 2
"$build/lead-validate" -q n.csv -o v.csv || exit 2
"$build/lead-dedupe" -q v.csv -o d.csv --duplicates duplicates.csv || exit 2

sweep "lead-normalize" "$build/lead-normalize" -q "$export_file" -o folder/out.csv
sweep "lead-validate" "$build/lead-validate" -q n.csv -o folder/out.csv
sweep "lead-dedupe" "$build/lead-dedupe" -q v.csv -o folder/out.csv
sweep "lead-dedupe, spilling" "$build/lead-dedupe" -q v.csv --memory 1 -o folder/out.csv
sweep "lead-dedupe, streaming" "$build/lead-dedupe" -q --first v.csv -o folder/out.csv
{ printf %s info@suosaarikonsultointi.fi | md5sum | cut -c 1-32; seq 1 9000 | awk '{ printf "%032x\n", $1 * 40503 }'; } >digests
sweep "lead-dedupe, a list in the file" "$build/lead-dedupe" -q v.csv --suppress digests --memory 1 -o folder/out.csv
sweep "lead-score" "$build/lead-score" -q --as-of 2026-11-20 d.csv -o folder/out.csv
FAULT_STDIN=v.csv sweep "lead-dedupe, from standard input" "$build/lead-dedupe" -q -o folder/out.csv
sweep "lead-score, to standard output" "$build/lead-score" -q --as-of 2026-11-20 d.csv
sweep "lead-dedupe --undo" "$build/lead-dedupe" -q --undo duplicates.csv -o folder/out.csv
sweep "lead-dedupe --undo, in leads" "$build/lead-dedupe" -q --undo duplicates.csv d.csv -o folder/out.csv
gzip -c v.csv >v.csv.gz
sweep "lead-dedupe, packed" "$build/lead-dedupe" -q v.csv.gz -o folder/out.csv.gz

rm -rf before
sweep_many "lead-dedupe with all its files" "$build/lead-dedupe" -q --as-of 2026-11-20 v.csv \
    -o folder/out.csv --duplicates folder/duplicates.csv --suppressed folder/suppressed.csv --summary folder/summary.json
sweep_many "lead-normalize with all its files" "$build/lead-normalize" -q --as-of 2026-11-20 \
    "$export_file" -o folder/out.csv --keep-all folder/other
sweep_many "leadpipe run" "$build/leadpipe" run -q --as-of 2026-11-20 "$export_file" -o folder/run
mkdir before
"$build/leadpipe" run -q --as-of 2026-11-20 "$root/testdata/exports/meta_lead_ads.csv" -o before/run
sweep_many "leadpipe run, after another" "$build/leadpipe" run -q --as-of 2026-11-20 "$export_file" \
    -o folder/run
echo "1..$number"
exit $bad
