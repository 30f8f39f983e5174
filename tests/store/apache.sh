# Debian's apache2 before a store, for tests, to be sourced: apache_install, apache_start DIR STORE-URL, apache_stop.
# Sets APACHE_URL (http://127.0.0.1:PORT), APACHE_TLS (https://127.0.0.1:PORT) and APACHE_PID. Everything of it lies in DIR: configuration, pid
# file, log; the machine's own apache, if there is one, is left alone. DIR must be one that everybody can go into. Below its address:
#   /open/…    the store as it is      /basic/…   user:secret is wanted      /bearer/…   the token s3cret is wanted
#   /busy/…    503 with Retry-After: 1 while DIR/busy is there               /small/…    no bodies beyond 2,000 bytes
# The TLS address leads to the store, with a certificate that DIR/cert.pem alone makes trusted.

APACHE_MODULES=/usr/lib/apache2/modules

apache_port() {
	/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

apache_install() {
	[ -x /usr/sbin/apache2 ] && return 0
	"$(dirname "${BASH_SOURCE[0]}")/../install.sh" store >/dev/null 2>&1
	[ -x /usr/sbin/apache2 ]
}

# apache_conf DIR PORT TLS-PORT STORE-URL
apache_conf() {
	local m
	for m in mpm_event authn_core authn_file authz_core authz_user auth_basic proxy proxy_http headers rewrite alias mime ssl socache_shmcb; do
		echo "LoadModule ${m}_module $APACHE_MODULES/mod_$m.so"
	done
	[ "$(id -u)" != 0 ] || printf 'User nobody\nGroup nogroup\n'
	cat <<-CONF
		ServerRoot $1
		ServerName 127.0.0.1
		PidFile $1/pid
		ErrorLog $1/log
		DefaultRuntimeDir $1
		Mutex pthread
		Listen 127.0.0.1:$2
		Listen 127.0.0.1:$3
		TypesConfig /dev/null
		DocumentRoot $1/empty
		StartServers 1
		KeepAlive On
		MaxKeepAliveRequests 0
		RewriteEngine On
		RewriteCond $1/busy -f
		RewriteRule ^/busy/ - [R=503,L]
		RewriteCond expr "%{HTTP:Content-Length} -gt 2000"
		RewriteRule ^/small/ - [R=413,L]
		Header always set Retry-After 1 "expr=%{REQUEST_STATUS} == 503"
		ProxyPass /open/ $4/
		ProxyPass /basic/ $4/
		ProxyPass /bearer/ $4/
		ProxyPass /busy/ $4/
		ProxyPass /small/ $4/
		<Location /basic/>
		AuthType Basic
		AuthName store
		AuthUserFile $1/users
		Require valid-user
		</Location>
		<Location /bearer/>
		Require expr "%{HTTP:Authorization} == 'Bearer s3cret'"
		</Location>
		<VirtualHost 127.0.0.1:$3>
		SSLEngine On
		SSLCertificateFile $1/cert.pem
		SSLCertificateKeyFile $1/key.pem
		ProxyPass / $4/
		</VirtualHost>
	CONF
}

apache_start() {
	local port tls
	port=$(apache_port) tls=$(apache_port)
	mkdir -p "$1/empty"
	/usr/bin/python3 -c 'import base64, hashlib; print("user:{SHA}" + base64.b64encode(hashlib.sha1(b"secret").digest()).decode())' >"$1/users"
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout "$1/key.pem" -out "$1/cert.pem" \
		2>/dev/null || return 1
	apache_conf "$1" "$port" "$tls" "$2" >"$1/apache.conf"
	/usr/sbin/apache2 -d "$1" -f "$1/apache.conf" -k start >"$1/out" 2>&1 || return 1
	APACHE_URL=http://127.0.0.1:$port APACHE_TLS=https://127.0.0.1:$tls
	for _ in $(seq 600); do
		[ -s "$1/pid" ] && APACHE_PID=$(cat "$1/pid") && curl -s -o /dev/null -m 5 "$APACHE_URL/" && return 0
		sleep 0.1
	done
	return 1
}

# By its own pid: it is a daemon, and no child of ours.
apache_stop() {
	[ -n "${APACHE_PID:-}" ] || return 0
	kill -TERM "$APACHE_PID" 2>/dev/null
	for _ in $(seq 50); do kill -0 "$APACHE_PID" 2>/dev/null || break; sleep 0.1; done
	APACHE_PID=
}
