# Virtuoso for tests, to be sourced: virtuoso_start DIR, virtuoso_stop [SIGNAL], virtuoso_count GRAPH.
# Sets VIRTUOSO_URL (http://127.0.0.1:PORT) and VIRTUOSO_PID. User dba, password dba. Keeps everything in DIR.

VIRTUOSO_INI=/etc/virtuoso-opensource-7/virtuoso.ini

free_port() {
	/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

virtuoso_install() {
	[ -x /usr/bin/virtuoso-t ] && [ -r $VIRTUOSO_INI ] && return 0
	[ "$(id -u)" = 0 ] || return 1
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q virtuoso-opensource-7 </dev/null >/dev/null 2>&1
	[ -x /usr/bin/virtuoso-t ] && [ -r $VIRTUOSO_INI ]
}

# The package's own file with other folders and ports: a smaller one makes the server hang.
virtuoso_ini() {
	dir=$1 sql=$2 http=$3
	awk -v sql="127.0.0.1:$sql" -v http="127.0.0.1:$http" '
		/^\[/ { section = $0 }
		/^ServerPort/ { print "ServerPort = " (section == "[HTTPServer]" ? http : sql); next }
		/^(NumberOfBuffers)/ { print "NumberOfBuffers = 4000"; next }
		/^(MaxDirtyBuffers)/ { print "MaxDirtyBuffers = 2000"; next }
		/^Load[0-9]/ { next }
		{ print }' $VIRTUOSO_INI | sed "s|/var/lib/virtuoso-opensource-7/db|$dir|; s|/var/lib/virtuoso-opensource-7/vsp|$dir|"
}

virtuoso_start() {
	dir=$1
	mkdir -p "$dir"
	if [ ! -f "$dir/virtuoso.ini" ]; then
		VIRTUOSO_PORT=$(free_port)
		virtuoso_ini "$dir" "$(free_port)" "$VIRTUOSO_PORT" >"$dir/virtuoso.ini"
	fi
	VIRTUOSO_URL=http://127.0.0.1:$VIRTUOSO_PORT
	rm -f "$dir/virtuoso.lck"
	(cd "$dir" && exec /usr/bin/virtuoso-t +foreground +configfile "$dir/virtuoso.ini" >"$dir/out" 2>&1) &
	VIRTUOSO_PID=$!
	for _ in $(seq 1 240); do
		curl -s -o /dev/null -m 5 "$VIRTUOSO_URL/sparql?query=ASK%7B%7D" && return 0
		kill -0 $VIRTUOSO_PID 2>/dev/null || return 1
		sleep 0.5
	done
	return 1
}

virtuoso_stop() {
	[ -n "${VIRTUOSO_PID:-}" ] || return 0
	kill -"${1:-TERM}" "$VIRTUOSO_PID" 2>/dev/null
	wait "$VIRTUOSO_PID" 2>/dev/null
	VIRTUOSO_PID=
}

# How many triples the store has in a graph.
virtuoso_count() {
	curl -s -m 60 -G "$VIRTUOSO_URL/sparql" -H 'Accept: text/csv' \
		--data-urlencode "query=SELECT (COUNT(*) AS ?n) { GRAPH <$1> { ?s ?p ?o } }" | tail -n 1 | tr -d '\r"'
}
