# What the bats files share that upload to a store that misbehaves by script (scripted-store.py). Load it behind helper, whose store it replaces.
start_store() { # KEY=VALUE…
	stop_store
	rm -rf store
	mkdir store
	$PYTHON "$BATS_TEST_DIRNAME/scripted-store.py" "$PWD/store" "$@" 3>&- &
	STORE_PID=$!
	for i in $(seq 1200); do [ -e store/port ] && break; sleep 0.05; done
	HOST=http://127.0.0.1:$(cat store/port)
	STORE=$HOST/store
}
stop_store() {
	[ -n "${STORE_PID:-}" ] || return 0
	kill "$STORE_PID" 2>/dev/null
	wait "$STORE_PID" 2>/dev/null || true
	STORE_PID=
}
teardown() { stop_store; }

graphs() { # N: as many graphs of some triples
	awk -v n="$1" 'BEGIN { for (g = 1; g <= n; g++) for (i = 0; i <= g % 7; i++)
		printf "<http://made.example/s%d> <http://made.example/p> \"value %d of %d\"@en <http://made.example/graphs/%d> .\n", i, i, g, g }'
}
# Whether the store has exactly the graphs of the file, but for those named behind it.
stored() { # FILE [NUMBER…]
	local file=$1 skip=" ${*:2} " g
	for g in $(sed 's|.*graphs/\([0-9]*\)> \.$|\1|' "$file" | sort -un); do
		if [[ $skip == *" $g "* ]]; then [ ! -e "store/graphs/$g" ] || fail "graph $g is stored"
		else grep "graphs/$g> " "$file" | sed 's| <[^>]*> \.$| .|' | LC_ALL=C sort | cmp - <(LC_ALL=C sort "store/graphs/$g") || fail "graph $g"
		fi
	done
}
# The lines of the messages without the port, which is another one each time.
heard() { sed "s/127.0.0.1:[0-9]*/HOST/g" <<<"$stderr"; }
