# Sourced: fills the array `articles` with "DATE FILE" of the test stories, and of annotated articles where they are at hand.
articles=()
for f in tests/data/*.txt; do articles+=("2019-03-14 $f"); done
for f in ../shared/gold/dev/seed-*.txt; do [ -r "$f" ] && articles+=("2017-04-12 $f"); done
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $1"; [ -z "${2:-}" ] || sed 's/^/# /' <<<"$2"; }
check() { if [ -z "$2" ]; then ok "$1"; else not_ok "$1" "$2"; fi; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tidings=${TIDINGS:-build/tidings}
