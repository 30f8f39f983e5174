# What the bats files share: where the program is, and how its streams and exit codes are looked at.
bats_require_minimum_version 1.5.0
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
BUILD=${BUILD:-build}
[[ $BUILD == /* ]] || BUILD=$ROOT/$BUILD
TIDINGS=${TIDINGS:-$BUILD/tidings}
DATA=$ROOT/tests/data
PYTHON=/usr/bin/python3 # Debian's, which has rdflib

setup() {
	cd "$BATS_TEST_TMPDIR" || exit 1
	printf 'Barack Obama met Angela Merkel in Berlin on Wednesday.\n' >a.txt
	printf 'Police arrested three men in Paris on Monday.\n' >b.txt
	printf 'France signed an agreement with Germany in Brussels.\n' >c.txt
}

# tidings ARGUMENT…: $status, $output (standard output), $stderr
tidings() { run --separate-stderr "$TIDINGS" "$@"; }

# Fails with the reason, as bats shows what a failed test printed.
fail() {
	echo "$1"
	echo "status: $status"
	echo "stdout: ${output:0:2000}"
	echo "stderr: ${stderr:0:2000}"
	return 1
}
exits() { [ "$status" -eq "$1" ] || fail "exit status $1 was wanted"; }
says() { [[ $stderr == *"$1"* ]] || fail "standard error does not say: $1"; }
silent() { [ -z "$stderr" ] || fail "standard error is not empty"; }
prints() { [[ $output == *"$1"* ]] || fail "standard output does not hold: $1"; }
prints_nothing() { [ -z "$output" ] || fail "standard output is not empty"; }
# N-Triples or N-Quads that a strict reader takes; its number of lines must be as many statements.
sound() { rapper -q -c -i "$1" "$2" 2>&1 || fail "rapper rejects $2"; }

# Limits the address space of what follows in this shell; not with a sanitizer, which reserves terabytes of it.
at_most_kb() { [ -n "${TIDINGS_SANITIZED:-}" ] || ulimit -v "$1"; }

# A store that behaves as it is told to, at $STORE; stopped behind the test.
start_store() { # BEHAVIOUR
	mkdir -p store
	$PYTHON "$BATS_TEST_DIRNAME/fake-store.py" "$PWD/store" "$1" 3>&- &
	STORE_PID=$!
	for i in $(seq 100); do [ -e store/port ] && break; sleep 0.05; done
	STORE=http://127.0.0.1:$(cat store/port)/store
}
teardown() { [ -z "${STORE_PID:-}" ] || kill "$STORE_PID"; }
