"""usage: fake-store.py FOLDER [BEHAVIOUR]    A graph store of the simplest kind, for the command line's tests.

Writes its port to FOLDER/port, each graph that is PUT to FOLDER/N.nt with its name in FOLDER/N.name.
BEHAVIOUR: "ok", "refuse" (400 for each graph), "login" (401), "second" (400 for the second graph only),
"slow" (ok, but it takes its time before and after storing)."""
import http.server, os, sys, time, urllib.parse

folder, behaviour = sys.argv[1], (sys.argv + ['ok'])[2]
count = 0


class Store(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, status):
        self.send_response(status)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def do_PUT(self):
        global count
        body = self.rfile.read(int(self.headers['Content-Length']))
        count += 1
        if behaviour == 'login':
            return self.answer(401)
        if behaviour == 'refuse' or (behaviour == 'second' and count == 2):
            return self.answer(400)
        if behaviour == 'slow':
            time.sleep(0.01)
        name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)['graph'][0]
        with open(f'{folder}/{count}.nt', 'wb') as f:
            f.write(body)
        with open(f'{folder}/{count}.name', 'w') as f:
            f.write(name)
        if behaviour == 'slow':
            time.sleep(0.01)
        self.answer(204)

    def do_OTHER(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.answer(405)

    do_POST = do_GET = do_HEAD = do_DELETE = do_OTHER

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(('127.0.0.1', 0), Store)
with open(f'{folder}/port.new', 'w') as f:
    f.write(str(server.server_address[1]))
os.rename(f'{folder}/port.new', f'{folder}/port')
server.serve_forever()
