# shellcheck shell=bash
# What the scripts of properties report with: numbered TAP. To be sourced.
number=0

check() { # NAME STATUS
    number=$((number + 1))
    if [ "$2" = 0 ]; then echo "ok $number - $1"; else echo "not ok $number - $1"; fi
}

same() { # NAME A B: two files that must be one
    cmp -s "$2" "$3"
    check "$1" $?
}
