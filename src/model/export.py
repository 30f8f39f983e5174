"""Writes a trained network as the file that src/nlp/net_load.c reads (format: src/nlp/net_file.h).
   /usr/bin/python3 src/model/export.py NET.pt OUT.tdm"""
import os, struct, sys, zlib
import numpy as np
import torch
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import features as F

TEXT, U8, I8, U16, BF16, U32, F32 = range(7)
DTYPE = {TEXT: np.uint8, U8: np.uint8, I8: np.int8, U16: np.uint16, BF16: np.uint16, U32: np.uint32, F32: np.float32}


def quantize(rows):
    """float rows → int8 rows and a scale each; returns also what they stand for."""
    scale = np.abs(rows).max(1) / 127
    scale[scale == 0] = 1
    scale = scale.astype(np.float32)
    q = np.rint(rows / scale[:, None]).astype(np.int8)
    return q, scale, q.astype(np.float32) * scale[:, None]


def bf16(x):
    u = np.ascontiguousarray(x, np.float32).view(np.uint32).astype(np.uint64)
    return ((u + 0x7fff + (u >> 16 & 1)) >> 16).astype(np.uint16)


def round_weights(net):
    """Gives the network the very values that the file will hold, so that figures are those of the file."""
    with torch.no_grad():
        for name, p in net.named_parameters():
            if name.startswith(('word.', 'slot.', 'gram.')):
                p.copy_(torch.from_numpy(quantize(p.numpy())[2]))
            elif p.dim() == 2 and not name.startswith('case.'):
                p.copy_(torch.from_numpy((bf16(p.numpy()).astype(np.uint32) << 16).view(np.float32)))


class Writer:
    def __init__(self):
        self.sections = []

    def add(self, name, kind, data):
        a = np.ascontiguousarray(data, DTYPE[kind])
        assert len(name) < 24 and 1 <= a.ndim <= 4 and a.size
        self.sections.append((name, kind, a))

    def text(self, name, lines):
        self.add(name, TEXT, np.frombuffer('\n'.join(lines).encode(), np.uint8))

    def matrix(self, name, tensor):
        self.add(name, BF16, bf16(tensor.detach().numpy()))

    def floats(self, name, tensor):
        self.add(name, F32, tensor.detach().numpy())

    def table(self, name, q, scale):
        self.add(name, I8, q)
        self.add(name + '.scale', F32, scale)

    def write(self, file):
        at, table, data = 32 + 64 * len(self.sections), b'', b''
        for name, kind, a in self.sections:
            pad = -(at + len(data)) % 64
            data += b'\0' * pad
            shape = list(a.shape) + [1] * (4 - a.ndim)
            table += struct.pack('<24sII4IQQ', name.encode(), kind, a.ndim, *shape, at + len(data), a.nbytes)
            data += a.tobytes()
        size = at + len(data)
        rest = struct.pack('<IQII', 1, size, len(self.sections), 0) + table + data
        with open(file, 'wb') as out:
            out.write(b'TDMODEL1' + struct.pack('<I', zlib.crc32(rest)) + rest)
        return size


def write_lexicon(w, entries):
    rows = sorted((h, e[0], e[1], e[2]) for h, e in entries.items())
    w.add('lex.hash', U32, [r[0] for r in rows])
    w.add('lex.word', U16, [r[1] for r in rows])
    w.add('lex.vec', U16, [r[2] for r in rows])
    w.add('lex.gaz', U8, [r[3] for r in rows])


def export(net, inv, entries, vec_word, vec_bag, exceptions, file):
    """→ size of the file in bytes."""
    w, p = Writer(), dict(net.named_parameters())
    for k in ('upos', 'xpos', 'lemma', 'name', 'deprel'):
        w.text(k, inv[k])
    write_lexicon(w, entries)
    fixes = sorted(exceptions.items())
    w.add('fix.hash', U32, [h for h, _ in fixes])
    w.text('fix.lemma', [l for _, l in fixes])
    w.table('vec.word', *vec_word)
    w.table('vec.bag', *vec_bag)
    w.table('word', *quantize(p['word.weight'].detach().numpy())[:2])
    w.table('gram', *quantize(p['gram.weight'].detach().numpy())[:2])
    for k, (name, _, _) in enumerate(F.SLOTS):
        w.table(name, *quantize(p['slot.%d.weight' % k].detach().numpy())[:2])
    x = torch.cat([p['lstm1.forward_x.weight'], p['lstm1.backward_x.weight']])      # [8h][width + 8]
    w.matrix('type', torch.cat([x[:, :net.width], p['skip.weight']]).t())
    bias = torch.cat([p['lstm1.forward_x.bias'], p['lstm1.backward_x.bias']])
    w.floats('case', p['case.weight'] @ x[:, net.width:].t() + bias)
    for layer in '12':
        w.matrix('rec%sf' % layer, p['lstm%s.forward_h' % layer].t())
        w.matrix('rec%sb' % layer, p['lstm%s.backward_h' % layer].t())
    w.matrix('in2', torch.cat([p['lstm2.forward_x.weight'], p['lstm2.backward_x.weight']]).t())
    w.floats('in2.bias', torch.cat([p['lstm2.forward_x.bias'], p['lstm2.backward_x.bias']]))
    w.matrix('out', p['out.weight'].t())
    w.floats('out.bias', p['out.bias'])
    w.matrix('arc', p['arc'][:-1])
    w.floats('arc.bias', p['arc'][-1])
    w.floats('root.arc', p['root_arc'])
    w.floats('root.label', p['root_label'])
    w.matrix('rel', p['label.weight'].t())
    w.floats('rel.bias', p['label.bias'])
    return w.write(file)


def load(file):
    """A checkpoint of train.py → network and all that belongs to it."""
    from network import Network
    c = torch.load(file)
    net = Network(c['words'], {k: len(v) for k, v in c['inv'].items()}, c['hidden'])
    net.load_state_dict(c['net'])
    if 'exceptions' not in c:
        import corpus, labels
        c['exceptions'] = labels.lemma_exceptions(corpus.load()[0])
    return net, c


if __name__ == '__main__':
    net, c = load(sys.argv[1])
    print(export(net, c['inv'], c['lexicon'], c['vec_word'], c['vec_bag'], c['exceptions'], sys.argv[2]), 'bytes')
