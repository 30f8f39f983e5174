"""usage: fake-store.py FOLDER [BEHAVIOUR]    A graph store of the simplest kind, for the command line's tests.

Writes its port to FOLDER/port, each graph that is PUT to FOLDER/N.nt with its name in FOLDER/N.name; DELETE takes both away.
BEHAVIOUR: "ok", "refuse" (400 for each graph), "login" (401), "second" (400 for the second graph only),
"lossy" (204, but a triple of each graph gets lost), "slow" (ok, but it takes its time before and after storing)."""
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
        if behaviour == 'lossy':
            body = body[body.index(b'\n') + 1:]
        name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)['graph'][0]
        with open(f'{folder}/{count}.nt', 'wb') as f:
            f.write(body)
        with open(f'{folder}/{count}.name', 'w') as f:
            f.write(name)
        if behaviour == 'slow':
            time.sleep(0.01)
        self.answer(204)

    def do_POST(self):
        """/query: how many triples the graph has that a query asks for."""
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        if not self.path.endswith('/query'):
            return self.answer(405)
        asked = urllib.parse.parse_qs(body)['query'][0]
        n = 0
        for i in range(1, count + 1):
            if os.path.exists(f'{folder}/{i}.name') and f'<{open(f"{folder}/{i}.name").read()}>' in asked:
                n = len(open(f'{folder}/{i}.nt').readlines())
        text = ('{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "%d"}}]}}' % n).encode()
        self.send_response(200)
        self.send_header('Content-Type', 'application/sparql-results+json')
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_DELETE(self):
        """Forgets the graph; its name stays behind in FOLDER/deleted."""
        name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)['graph'][0]
        found = [i for i in range(1, count + 1) if os.path.exists(f'{folder}/{i}.name') and open(f'{folder}/{i}.name').read() == name]
        for i in found:
            os.remove(f'{folder}/{i}.nt')
            os.remove(f'{folder}/{i}.name')
        with open(f'{folder}/deleted', 'a') as f:
            f.write(name + '\n')
        self.answer(204 if found else 404)

    def do_OTHER(self):
        self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.answer(405)

    do_GET = do_HEAD = do_OTHER

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(('127.0.0.1', 0), Store)
with open(f'{folder}/port.new', 'w') as f:
    f.write(str(server.server_address[1]))
os.rename(f'{folder}/port.new', f'{folder}/port')
server.serve_forever()
