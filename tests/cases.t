#!/usr/bin/env bash
# All case files over the whole road. Under valgrind a few of them are enough: it is slow.
cd "$(dirname "$0")/.." || exit 1
files=(tests/cases/*.txt)
[ -z "${TIDINGS_VALGRIND:-}" ] || files=("${files[0]}")
exec ${TIDINGS_VALGRIND:-} "${BUILD:-build}/cases" "${files[@]}"
