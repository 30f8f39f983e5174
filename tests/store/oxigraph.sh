# Oxigraph for tests, to be sourced: oxigraph_install DIR, oxigraph_start DIR [ARGUMENT...], oxigraph_stop, oxigraph_ask QUERY, oxigraph_count GRAPH.
# Sets OXIGRAPH_URL (http://127.0.0.1:PORT) and OXIGRAPH_PID. The program is Debian trixie's with all its libraries, unpacked into a folder
# by an apt of its own: the machine's packages and apt stay as they are.

OXIGRAPH_PACKAGES='oxigraph librocksdb9.10 libc6 libstdc++6 libgcc-s1 libssl3t64 libsnappy1v5 liblz4-1 libzstd1 libgflags2.2 libbz2-1.0 zlib1g'
OXIGRAPH_KEYS=/usr/share/keyrings/debian-archive-keyring.gpg

oxigraph_port() {
	/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

oxigraph_fetch() {
	dir=$1
	mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/debs" "$dir/root" || return 1
	echo "deb [signed-by=$OXIGRAPH_KEYS] http://deb.debian.org/debian trixie main" >"$dir/sources.list"
	: >"$dir/status"
	cat >"$dir/apt.conf" <<-CONF
		Dir::Etc::SourceList "$dir/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State "$dir";
		Dir::State::Lists "$dir/lists";
		Dir::State::Status "$dir/status";
		Dir::Cache "$dir/cache";
		APT::Architecture "amd64";
		Acquire::http::Timeout "10";
		Acquire::Retries "1";
	CONF
	export APT_CONFIG=$dir/apt.conf
	# shellcheck disable=SC2086
	timeout 60 apt-get update -qq && (cd "$dir/debs" && timeout 60 apt-get download -qq $OXIGRAPH_PACKAGES) || return 1
	for deb in "$dir"/debs/*.deb; do dpkg-deb -x "$deb" "$dir/root" || return 1; done
	rm -rf "$dir/lists" "$dir/cache" "$dir/debs"
}

oxigraph_program() {
	root=$1/root
	lib=$root/usr/lib/x86_64-linux-gnu
	shift
	exec "$lib/ld-linux-x86-64.so.2" --library-path "$lib" "$root/usr/bin/oxigraph" "$@"
}

# Once for many runs: DIR is kept.
oxigraph_install() {
	(oxigraph_program "$1" --version) >/dev/null 2>&1 && return 0
	[ "$(uname -m)" = x86_64 ] && [ -r $OXIGRAPH_KEYS ] || return 1
	(oxigraph_fetch "$1") >/dev/null 2>&1 && (oxigraph_program "$1" --version) >/dev/null 2>&1
}

# oxigraph_start PROGRAM-DIR [ARGUMENT...]: in memory, unless --location is said
oxigraph_start() {
	port=$(oxigraph_port)
	OXIGRAPH_URL=http://127.0.0.1:$port
	program=$1
	shift
	(oxigraph_program "$program" serve --bind "127.0.0.1:$port" "$@") >/dev/null 2>&1 &
	OXIGRAPH_PID=$!
	for _ in $(seq 1 600); do
		curl -s -o /dev/null -m 5 "$OXIGRAPH_URL/" && return 0
		kill -0 $OXIGRAPH_PID 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}

oxigraph_stop() {
	[ -n "${OXIGRAPH_PID:-}" ] || return 0
	kill -KILL "$OXIGRAPH_PID" 2>/dev/null
	wait "$OXIGRAPH_PID" 2>/dev/null
	OXIGRAPH_PID=
}

# The rows as CSV; the default graph is all graphs merged.
oxigraph_ask() {
	curl -s -m 60 -G "$OXIGRAPH_URL/query?union-default-graph" -H 'Accept: text/csv' --data-urlencode "query=$1"
}

# How many triples the store has in a graph.
oxigraph_count() {
	oxigraph_ask "SELECT (COUNT(*) AS ?n) { GRAPH <$1> { ?s ?p ?o } }" | tail -n 1 | tr -d '\r'
}
