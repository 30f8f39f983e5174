"""usage: make-warc.py [--gzip] FILE KIND…    A WARC file with a request and a response for each KIND of answer."""
import gzip
import sys
import zlib

PAGE = ('<html><head><title>Two leaders meet</title></head><body><article><p>Barack Obama met Angela Merkel in Berlin on Wednesday. '
        'They signed an agreement. Police arrested three men in Paris.</p></article></body></html>').encode()


def chunked(body):
    parts = [body[i:i + 50] for i in range(0, len(body), 50)]
    return b''.join(b'%x;extension=1\r\n%s\r\n' % (len(p), p) for p in parts) + b'0\r\n\r\n'


def answer(kind):
    """status, headers, body"""
    page, chunks, packed = 'Content-Type: text/html; charset=utf-8', 'Transfer-Encoding: chunked', 'Content-Encoding: '
    return {
        'plain': (200, [page], PAGE),
        'chunked': (200, [page, chunks], chunked(PAGE)),
        'gzip': (200, [page, packed + 'gzip'], gzip.compress(PAGE)),
        'chunked+gzip': (200, [page, chunks, packed + 'gzip'], chunked(gzip.compress(PAGE))),
        'deflate': (200, [page, packed + 'deflate'], zlib.compress(PAGE)[2:-4]),
        'lying': (200, [page, chunks, packed + 'gzip'], PAGE),
        'brotli': (200, [page, packed + 'br'], b'\x0b\x02\x80abc\x03'),
        'image': (200, ['Content-Type: image/png'], b'\x89PNG\r\n\r\nWARC/1.0\r\n'),
        'missing': (404, [page], PAGE),
    }[kind]


def record(kind, url, media, content):
    head = ['WARC/1.0', f'WARC-Type: {kind}', f'WARC-Target-URI: {url}', 'WARC-Date: 2019-03-14T10:00:00Z',
            'WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>', f'Content-Type: {media}', f'Content-Length: {len(content)}']
    return '\r\n'.join(head).encode() + b'\r\n\r\n' + content + b'\r\n\r\n'


args = sys.argv[1:]
packed = args[0] == '--gzip'
path, *kinds = args[packed:]
with open(path, 'wb') as f:
    put = lambda r: f.write(gzip.compress(r) if packed else r)
    put(record('warcinfo', '', 'application/warc-fields', b'software: test\r\n'))
    for kind in kinds:
        url = f'http://example.org/{kind}'
        status, headers, body = answer(kind)
        put(record('request', url, 'application/http; msgtype=request', f'GET /{kind} HTTP/1.1\r\n\r\n'.encode()))
        put(record('response', url, 'application/http; msgtype=response',
                   '\r\n'.join([f'HTTP/1.1 {status} OK'] + headers).encode() + b'\r\n\r\n' + body))
