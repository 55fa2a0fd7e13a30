#!/bin/bash
# The engine changes nothing: whatever kinds of stages a record passes, in 1, 2 or 4 threads, located in
# small or large blocks, from a file or a pipe, the bytes that come out are those that went in.
set -u
build=$1
pass=$build/test/lead-pass
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Canonical leads: 40,000 records with quotes, doubled quotes, line ends in fields, empty and long ones.
awk 'BEGIN {
    print "lead_id,name,\"odd, column\",notes"
    long = "x"; for (i = 0; i < 12; i++) long = long long
    for (i = 1; i <= 40000; i++) {
        printf "t:%d,", i
        if (i % 7 == 0) printf "\"Ann \"\"the %d\"\" Oy, Ltd\"", i
        else if (i % 11) printf "näme %d", i
        printf ",%s,", i % 3 ? "" : "\"line one\nline two\""
        if (i % 5000 == 0) printf "%s", long
        printf "\n"
    }
}' >"$work/leads.csv"
printf 'only\n""\nx\n""\n' >"$work/one_column.csv"
printf 'a,b\n' >"$work/header.csv"
: >"$work/nothing.csv"

check() { # NAME FILE OUT STATUS
    if [ "$4" = 0 ] && cmp "$2" "$3"; then echo "ok - $1"; else echo "not ok - $1: status $4"; fi
}

for kinds in map ordered barrier "map ordered" "ordered map ordered" "map barrier map ordered map" \
    "barrier barrier" "ordered ordered ordered"; do
    options=()
    for kind in $kinds; do options+=(--kind "$kind"); done
    for threads in 1 2 4; do
        for block in 256K 1K; do
            "$pass" "${options[@]}" --threads $threads --block $block "$work/leads.csv" >"$work/out"
            check "$kinds, $threads threads, blocks of $block, file" "$work/leads.csv" "$work/out" $?
        done
        "$pass" "${options[@]}" --threads $threads <"$work/leads.csv" >"$work/out"
        check "$kinds, $threads threads, pipe" "$work/leads.csv" "$work/out" $?
    done
    for small in one_column header nothing; do
        "$pass" -q "${options[@]}" "$work/$small.csv" >"$work/out"
        check "$kinds, $small" "$work/$small.csv" "$work/out" $?
    done
done

# Several inputs with one header are one output; CR LF becomes LF.
"$pass" "$work/leads.csv" "$work/header.csv" >"$work/out" 2>"$work/err"
[ $? = 2 ] && grep -q 'header.csv:1: its columns differ' "$work/err" && [ ! -s "$work/out" ]
check "another header is refused" /dev/null /dev/null $?
{ cat "$work/leads.csv"; tail -n +2 "$work/leads.csv"; } >"$work/twice.csv"
"$pass" "$work/leads.csv" "$work/leads.csv" >"$work/out"
check "two files become one" "$work/twice.csv" "$work/out" $?
printf 'a,b\r\n1,"x"\r\n2,\r\n' >"$work/crlf.csv"
printf 'a,b\n1,"x"\n2,\n' >"$work/lf.csv"
"$pass" "$work/crlf.csv" >"$work/out"
check "CR LF becomes LF" "$work/lf.csv" "$work/out" $?
gzip -c "$work/leads.csv" >"$work/leads.csv.gz"
"$pass" "$work/leads.csv.gz" >"$work/out"
check "a compressed file" "$work/leads.csv" "$work/out" $?
