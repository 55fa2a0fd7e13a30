#!/bin/bash
# The runner of the tests counts what passes, fails, dies, hangs or is not there.
set -u
runner=$(cd "$(dirname "$0")/.." && pwd)/run
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/core/base"

check() { # NAME WANTED-LAST-LINE WANTED-STATUS KIND
    local out status
    out=$(LIMIT=2 "$runner" "$work" "$4" 2>&1)
    status=$?
    if [ "$(tail -n 1 <<<"$out")" = "$2" ] && [ $status = "$3" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1: $(tail -n 1 <<<"$out"), status $status"
    fi
}

program() { # NAME SCRIPT
    printf '#!/bin/sh\n%s\n' "$2" >"$work/core/base/$1_test"
    chmod +x "$work/core/base/$1_test"
}

check "no test is a failure" "0 passed, 1 failed" 1 unit
program good 'echo "1..2"; echo "ok 1 - a"; echo "ok 2 - b"'
check "two tests pass" "2 passed, 0 failed" 0 unit
program bad 'echo "ok 1 - a"; echo "not ok 2 - b"; exit 1'
check "one fails" "3 passed, 1 failed" 1 unit
program bad 'echo "ok 1 - a"; kill -SEGV $$'
check "one dies midway" "3 passed, 1 failed" 1 unit
program bad 'echo "ok 1 - a"; exit 3'
check "one ends with a status and no reason" "3 passed, 1 failed" 1 unit
program bad 'echo "1..0"'
check "one tests nothing" "2 passed, 1 failed" 1 unit
program bad 'exec sleep 30'
check "one hangs" "2 passed, 1 failed" 1 unit
program bad 'if read -r line; then echo "not ok"; else echo "ok 1 - no input"; fi'
check "standard input is empty" "3 passed, 0 failed" 0 unit
