"""usage: scripted-store.py FOLDER [KEY=VALUE...]    A store that misbehaves by script, for many connections at once.

Writes its port to FOLDER/port and a line for each request to FOLDER/log: CONNECTION METHOD GRAPH BYTES STATUS [gzip] [auth]. Graphs that are
PUT, or POSTed to /update as our program does it, lie in FOLDER/graphs, a file each, named after what stands behind the last slash of their
IRIs. GET /stop ends it.
  fault=NAME    what goes wrong, see below, with the graphs named in
  graphs=A,B    the ends of their names; all by default
  times=N       so often for each graph, then all is well; always by default
  auth=basic|digest|bearer    user:secret or the token s3cret is wanted; a nonce is good for 50 requests
  gzip=no|yes   packed bodies are answered by 415, or unpacked (the default)
  query=grouped|single|html|lies   the query service counts many graphs at once, one only, answers a page, miscounts the named graphs
  delay=SECONDS before each answer, times a number from 0 to 3 that goes by the graph
  think=SECONDS before each count
"""
import hashlib, gzip, os, re, socketserver, sys, threading, time, urllib.parse
from email.utils import formatdate

folder = sys.argv[1]
option = dict(a.split('=', 1) for a in sys.argv[2:])
fault, times = option.get('fault', ''), int(option.get('times', 1 << 30))
bad_graphs = option['graphs'].split(',') if 'graphs' in option else None
lock = threading.Lock()
stored, tried, nonces, connections = {}, {}, {}, [0]
os.makedirs(f'{folder}/graphs', exist_ok=True)
log = open(f'{folder}/log', 'w', buffering=1)


def end_of(name):
    return name.rsplit('/', 1)[-1]


class Fault(Exception):
    pass


class Store(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        with lock:
            connections[0] += 1
            self.number = connections[0]
        try:
            while self.request_line():
                pass
        except (Fault, OSError):
            pass

    def request_line(self):
        line = self.rfile.readline(65536)
        if not line:
            return False
        self.method, self.path = line.decode().split(' ')[:2]
        self.headers = {}
        while (line := self.rfile.readline(65536)) not in (b'\r\n', b''):
            key, value = line.decode().split(':', 1)
            self.headers[key.lower()] = value.strip()
        url = urllib.parse.urlsplit(self.path)
        self.graph = end_of(urllib.parse.parse_qs(url.query).get('graph', [''])[0])
        if url.path == '/stop':
            self.answer(200)
            os._exit(0)
        self.misbehave_early()
        n = int(self.headers.get('content-length', 0))
        if self.headers.get('expect') == '100-continue':
            self.wfile.write(b'HTTP/1.1 100 Continue\r\n\r\n')
        body = self.rfile.read(n)
        if len(body) < n:
            return False
        self.body = self.unpack(body)
        if url.path.endswith('/update') and self.body:
            self.graph = end_of(re.search(rb'GRAPH <([^>]*)>', self.body)[1].decode())
            self.bad = self.is_bad()
        if 'delay' in option and self.graph:
            time.sleep(float(option['delay']) * (sum(self.graph.encode()) % 4))
        if self.let_in():
            self.misbehave(body)
            self.serve(url, body)
        return True

    def answer(self, status, headers='', body=b'', note=''):
        notes = (' gzip' if 'content-encoding' in self.headers else '') + (' auth' if 'authorization' in self.headers else '')
        log.write(f'{self.number} {self.method} {self.graph or "-"} {self.headers.get("content-length", 0)} {status}{notes}{note}\n')
        self.wfile.write(f'HTTP/1.1 {status} X\r\n{headers}Content-Length: {len(body)}\r\n\r\n'.encode() + body)

    # ---- who asks

    def let_in(self):
        wanted, given = option.get('auth'), self.headers.get('authorization', '')
        if wanted == 'digest':
            return self.digest(dict(re.findall(r'(\w+)="?([^",]+)"?', given)))
        good = {'basic': 'Basic dXNlcjpzZWNyZXQ=', 'bearer': 'Bearer s3cret', None: given}[wanted]
        if given != good:
            self.answer(401, f'WWW-Authenticate: {wanted.title()} realm="x"\r\n')
        return given == good

    def digest(self, given):
        def md5(text):
            return hashlib.md5(text.encode()).hexdigest()
        a1, a2 = md5('user:x:secret'), md5(f'{self.method}:{given.get("uri")}')
        with lock:
            left = nonces.get(given.get('nonce'), -1)
            if left > 0:
                nonces[given['nonce']] -= 1
        if left > 0 and given['response'] == md5(':'.join((a1, given['nonce'], given['nc'], given['cnonce'], given['qop'], a2))):
            return True
        with lock:
            nonce = md5(f'{len(nonces)} of {folder}')
            nonces[nonce] = 50
        stale = ', stale=true' if left == 0 else ''
        self.answer(401, f'WWW-Authenticate: Digest realm="x", nonce="{nonce}", qop="auth", algorithm=MD5{stale}\r\n')
        return False

    # ---- what goes wrong

    def is_bad(self):
        if not self.graph or (bad_graphs and self.graph not in bad_graphs):
            return False
        with lock:
            tried[self.graph] = tried.get(self.graph, 0) + 1
            return tried[self.graph] <= times

    def misbehave_early(self):
        """Before the body is read."""
        self.bad = self.method == 'PUT' and self.is_bad()
        if self.bad and fault == 'cut':
            self.rfile.read(int(self.headers['content-length']) // 2)
            raise Fault
        if self.bad and fault == 'early':  # an answer that does not wait for the body
            self.answer(413, 'Connection: close\r\n', b'no more than that')
            raise Fault

    def misbehave(self, body):
        if not self.bad:
            return
        act = getattr(self, 'fault_' + fault, None)
        if act:
            act()
            raise Fault

    def fault_silent(self):
        self.rfile.read(1)

    def fault_drip(self):
        for c in b'HTTP/1.1 200 OK\r\nX: ' + 4000 * b'x':
            self.wfile.write(bytes([c]))
            time.sleep(0.3)

    def fault_half(self):
        self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npart')

    def fault_none(self):
        pass

    def fault_garbage(self):
        self.wfile.write(b'SSH-2.0-OpenSSH_9.2\r\nHTTP/9.9 xyz\r\n\x00\xff\r\n\r\n')

    def fault_status(self):
        self.wfile.write(b'HTTP/1.1 99999999999999999999 OK\r\nContent-Length: -7\r\n\r\n')

    def fault_headers(self):
        self.wfile.write(b'HTTP/1.1 200 OK\r\n')
        for i in range(1 << 20):
            self.wfile.write(b'X-%d: %s\r\n' % (i, 200 * b'x'))

    def fault_header(self):
        self.wfile.write(b'HTTP/1.1 200 OK\r\nX: ')
        for i in range(1 << 14):
            self.wfile.write(4096 * b'x')

    def fault_huge(self):
        self.wfile.write(b'HTTP/1.1 500 X\r\nContent-Type: text/html\r\n\r\n<html><h1>The disk is full</h1>')
        for i in range(1 << 14):
            self.wfile.write(4096 * b'<p>very ')

    def fault_endless(self):
        self.wfile.write(b'HTTP/1.1 200 OK\r\n\r\n')
        for i in range(1 << 14):
            self.wfile.write(4096 * b'x')

    def fault_circle(self):
        self.answer(307, f'Location: {self.path}\r\nConnection: close\r\n')

    def fault_elsewhere(self):
        self.answer(307, 'Location: http://other.invalid/store\r\nConnection: close\r\n')

    def fault_page(self):
        self.answer(200, 'Content-Type: text/html\r\nConnection: close\r\n', b'<html><h1>Welcome to your new server</h1></html>')

    def fault_type(self):
        self.answer(200, 'Content-Type: text/html; charset=x\r\nConnection: close\r\n', b'stored')

    def fault_refuse(self):
        self.answer(400, 'Content-Type: text/plain\r\nConnection: close\r\n', b'line 1: \x1b[31mno such thing\nand more')

    def fault_busy(self):
        self.answer(503, 'Retry-After: 1\r\nConnection: close\r\n')

    def fault_later(self):
        self.answer(429, f'Retry-After: {formatdate(time.time() + 2, usegmt=True)}\r\nConnection: close\r\n')

    def fault_deadlock(self):  # the words of Virtuoso 7
        self.answer(500, 'Content-Type: text/plain\r\nConnection: close\r\n', b'Virtuoso 40001 Error SR172: Transaction deadlocked\n\nSPARQL query:\n')

    def fault_deadlock_page(self):
        self.answer(500, 'Content-Type: text/html\r\nConnection: close\r\n', b'<!DOCTYPE HTML>\n<html><head><title>SPARQL Graph Protocol request '
                    b'failed</title></head><body><h1>HTTP/1.1 500 Request Failed</h1><pre>Error 40001\nSR172: Transaction deadlocked</pre></body></html>')

    def fault_lossy(self):  # confirms all, stores less
        self.body = self.body[:self.body.rindex(b'\n', 0, -1) + 1] if self.body.count(b'\n') > 1 else b''
        self.store()

    def fault_continue(self):
        self.wfile.write(3 * b'HTTP/1.1 100 Continue\r\n\r\n' + b'HTTP/1.1 102 Processing\r\nX: 1\r\n\r\n')
        self.store()

    # ---- what goes right

    def unpack(self, body):
        if self.headers.get('content-encoding') != 'gzip':
            return body
        return gzip.decompress(body) if option.get('gzip', 'yes') == 'yes' else None

    def keep(self, content):
        stored[self.graph] = content.count(b'\n')
        with open(f'{folder}/graphs/{self.graph}.part', 'wb') as f:
            f.write(content)
        os.rename(f'{folder}/graphs/{self.graph}.part', f'{folder}/graphs/{self.graph}')

    def store(self):
        new = self.graph not in stored
        self.keep(self.body)
        self.answer(201 if new else 204)

    def update(self):
        old = b''
        if not self.body.startswith(b'DROP') and self.graph in stored:
            with open(f'{folder}/graphs/{self.graph}', 'rb') as f:
                old = f.read()
        self.keep(old + b''.join(line + b'\n' for line in self.body.split(b'\n') if line.startswith((b'<', b'_:'))))
        self.answer(204)

    def drop(self):
        if stored.pop(self.graph, None) is None:
            return self.answer(404)
        os.remove(f'{folder}/graphs/{self.graph}')
        self.answer(204)

    def misbehave_or_store(self):
        if self.body is None:
            return self.answer(415, '', b'Content-Encoding is not known here')
        self.store()

    def serve(self, url, body):
        if self.method == 'PUT':
            self.misbehave_or_store()
        elif self.method == 'DELETE':
            self.drop()
        elif url.path.endswith('/update'):
            self.update()
        elif url.path.endswith('/query'):
            self.count(urllib.parse.parse_qs(body.decode())['query'][0])
        else:
            self.answer(405)

    def count(self, query):
        mode = option.get('query', 'grouped')
        time.sleep(float(option.get('think', 0)))
        names = re.findall(r'<([^>]*)>', query)
        if mode == 'html':
            return self.answer(200, 'Content-Type: text/html\r\n', b'<html>hello</html>')
        if mode == 'single' and 'VALUES' in query:
            return self.answer(400, '', b'VALUES is not known here')
        rows = [(name, stored.get(end_of(name), 0) - (mode == 'lies' and end_of(name) in bad_graphs)) for name in names]
        cells = [(f'"g": {{"type": "uri", "value": "{name}"}}, ' if 'GROUP' in query else '') + f'"n": {{"type": "literal", "value": "{n}"}}'
                 for name, n in rows if n or 'GROUP' not in query]
        text = '{"head": {}, "results": {"bindings": [%s]}}' % ', '.join('{%s}' % c for c in cells)
        self.answer(200, 'Content-Type: application/sparql-results+json\r\n', text.encode(), f' {len(rows)} graphs')


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 128


server = Server(('127.0.0.1', 0), Store)
with open(f'{folder}/port.new', 'w') as f:
    f.write(str(server.server_address[1]))
os.rename(f'{folder}/port.new', f'{folder}/port')
server.serve_forever()
