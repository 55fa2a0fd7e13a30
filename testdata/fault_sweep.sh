#!/bin/bash
# Runs a program again and again, each time with another call failing, and checks that it
# either does its job or says so and leaves nothing behind.
#
#     testdata/fault_sweep.sh build/lead-normalize testdata/exports/eventbrite_attendees.csv -o out.csv
#
# Asked of every run: it ends by itself, with the status of an undisturbed run or with 2. Not 2:
# standard output and the -o file are those of the undisturbed run. 2: there is a message, and the
# -o file is not there, or is the one from before. Never a file that an undisturbed run does not
# leave. A call that is interrupted or moves one byte only must not be noticed at all.
#
# Settings, by environment: FAULT_LIBRARY (build/fault.so), FAULT_STDIN (a file, /dev/null),
# FAULT_KINDS, FAULT_STEPS (how many calls of a kind are tried at most, evenly spread; 40).
set -u

library=$(realpath "${FAULT_LIBRARY:-build/fault.so}") || exit 2
input=${FAULT_STDIN:-/dev/null}
steps=${FAULT_STEPS:-40}
kinds=${FAULT_KINDS:-malloc read write fsync rename open mmap}

[ $# -gt 0 ] || {
    echo "usage: $0 PROGRAM ARGUMENTS..." >&2
    exit 2
}

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# The file that -o names, or nothing.
output_of() {
    while [ $# -gt 0 ]; do
        case $1 in
            -o | --output) printf '%s' "${2-}" && return ;;
            --output=*) printf '%s' "${1#--output=}" && return ;;
            -o?*) printf '%s' "${1#-o}" && return ;;
        esac
        shift
    done
}

output=$(output_of "$@")
folder=$(dirname "${output:-.}")
runs=0
failures=0

# run NAME=VALUE PROGRAM ARGUMENTS...: one run with a setting of the library. Sets status.
run() {
    local setting=$1
    shift
    status=0
    timeout 60 env LD_PRELOAD="$library" "$setting" "$@" \
        <"$input" >"$work/stdout" 2>"$work/stderr" || status=$?
}

fail() {
    failures=$((failures + 1))
    echo "$1: $2 (status $status)"
    sed 's/^/    /' "$work/stderr" | head -5
}

list_files() { [ -z "$output" ] || ls -A "$folder" >"$1"; }

# check FAULT MAY_FAIL: judges the run that has just ended.
check() {
    local fault=$1 may_fail=$2
    runs=$((runs + 1))
    list_files "$work/after"
    if [ "$status" -eq "$usual" ]; then
        cmp -s "$work/stdout" "$work/want_stdout" || fail "$fault" "other standard output"
        [ -z "$output" ] || cmp -s "$output" "$work/want_output" || fail "$fault" "other output"
    elif [ "$status" -ne 2 ] || [ "$may_fail" = no ]; then
        fail "$fault" "did not end as it must"
    else
        [ -s "$work/stderr" ] || [ "${fault%%:*}" = write ] || fail "$fault" "no message"
        if [ -e "$work/old" ]; then
            cmp -s "$output" "$work/old" || fail "$fault" "the file from before was touched"
        elif [ -n "$output" ] && [ -e "$output" ]; then
            fail "$fault" "failed, and yet there is an output"
        fi
    fi
    if [ -n "$output" ] && sort -u "$work/files" "$work/after" | cmp -s - "$work/files"; then
        return
    fi
    [ -z "$output" ] || fail "$fault" "left $(sort "$work/after" | comm -13 "$work/files" - | tr '\n' ' ')"
}

# try FAULT MAY_FAIL PROGRAM ARGUMENTS...: every second time there is a file from before.
try() {
    local fault=$1 may_fail=$2
    shift 2
    [ -z "$output" ] || rm -f "$output"
    rm -f "$work/old"
    if [ -n "$output" ] && [ $((runs % 2)) -eq 1 ]; then
        echo "from before" >"$work/old"
        cp "$work/old" "$output"
    fi
    run "LEADPIPE_FAULT=$fault" "$@"
    check "$fault" "$may_fail"
}

# Undisturbed: what it leaves, and how many calls of each kind there are.
run "LEADPIPE_FAULT_COUNT=$work/counts" "$@"
usual=$status
if [ "$usual" -ne 0 ] && [ "$usual" -ne 1 ]; then
    fail "undisturbed" "failed"
    exit 2
fi
cp "$work/stdout" "$work/want_stdout"
[ -z "$output" ] || cp "$output" "$work/want_output" || exit 2
list_files "$work/after"
[ -z "$output" ] || sort "$work/after" >"$work/files"

for kind in $kinds; do
    count=$(awk -v kind="$kind" '$1 == kind {print $2}' "$work/counts")
    [ "${count:-0}" -gt 0 ] || continue
    step=$(((count + steps - 1) / steps))
    for ((n = 1; n <= count; n += step)); do
        try "$kind:$n" yes "$@"
        try "$kind:$n+" yes "$@"
        case $kind in
            read | write)
                try "$kind:$n:EINTR" no "$@"
                try "$kind:$n:short" no "$@"
                ;;
        esac
    done
    [ $(((count - 1) % step)) -eq 0 ] || try "$kind:$count" yes "$@"
done
[ -z "$output" ] || rm -f "$output"

echo "fault sweep: $runs runs, $failures failures: $*"
[ "$failures" -eq 0 ]
