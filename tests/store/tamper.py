"""usage: tamper.py STORE-URL PORT-FILE WORD COMMAND...    A proxy before a store; just before the first query that holds WORD passes, COMMAND is run.

So the store can be tampered with between what it has confirmed and the moment when it is asked what it holds."""
import http.client, http.server, os, subprocess, sys, threading, urllib.parse

store, port_file, word, command = urllib.parse.urlsplit(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
once = threading.Lock()


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if body.startswith(b'query=') and word in urllib.parse.unquote(body.decode()) and once.acquire(blocking=False):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        upstream = http.client.HTTPConnection(store.hostname, store.port)
        upstream.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k.lower() != 'connection'})
        answer = upstream.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in ('connection', 'transfer-encoding', 'content-length', 'keep-alive', 'server', 'date'):
                self.send_header(key, value)
        if answer.status != 204:
            self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        upstream.close()

    do_PUT = do_POST = do_DELETE = do_GET = pass_on

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Proxy)
with open(port_file + '.new', 'w') as f:
    f.write(str(server.server_address[1]))
os.rename(port_file + '.new', port_file)
server.serve_forever()
