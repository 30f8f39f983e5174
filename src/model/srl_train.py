"""Trains the semantic roles on PropBank and writes src/model/srl.tdm:
   /usr/bin/python3 src/model/srl_train.py [--build build] [--out src/model/srl.tdm] [--epochs N]
Needs the built library ($BUILD/libtidings.a) and the network's weights, whose trees it learns from beside the gold ones; reads
$TIDINGS_SHARED, default ../shared. A minute on one thread, seeded. srl_train.c does the work."""
import argparse, collections, ctypes, os, re, subprocess, sys, tempfile
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
from srl import ROLES, SHARED, arguments, propbank, sentences  # noqa: E402
import export  # noqa: E402

H, SLOTS, MAX_ROWS = 64, 1 << 16, 40000
U32, F32 = ctypes.c_uint32, ctypes.c_float


class Array(ctypes.Structure):
    _fields_ = [('at', ctypes.c_void_p), ('n', U32), ('cap', U32)]

    def view(self, width=1):
        return np.ctypeslib.as_array(ctypes.cast(self.at, ctypes.POINTER(U32)), (self.n * width,)).reshape(self.n, width)


class Arena(ctypes.Structure):
    _fields_ = [('chunks', ctypes.c_void_p), ('from', ctypes.c_void_p), ('to', ctypes.c_void_p), ('total', ctypes.c_size_t), ('exact', ctypes.c_bool)]


class Data(ctypes.Structure):
    _fields_ = [('arena', Arena), ('examples', Array), ('feature', Array), ('paths', Array), ('others', Array),
                ('lost', ctypes.c_uint64), ('found', ctypes.c_uint64)]


class Set(ctypes.Structure):
    _fields_ = [('slot', ctypes.c_void_p), ('size', U32)]


def compile_c(build):
    so = os.path.join(tempfile.mkdtemp(), 'srl.so')
    packages = re.search(r'^PKGS := (.*)', open(os.path.join(ROOT, 'Makefile')).read(), re.M)[1].split()
    libs = subprocess.run(['pkg-config', '--libs', *packages], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    subprocess.run(['cc', '-std=c11', '-O3', '-march=native', '-ffast-math', '-fPIC', '-shared', '-D_POSIX_C_SOURCE=200809L',
                    '-I' + os.path.join(ROOT, 'src'), '-o', so, os.path.join(HERE, 'srl_train.c'), os.path.join(build, 'libtidings.a'), *libs, '-lutf8proc', '-lm', '-lpthread'], check=True)
    lib = ctypes.CDLL(so)
    lib.srl_new.restype = ctypes.POINTER(Data)
    lib.srl_epoch.restype = F32
    return lib


def corpus(part):
    """CoNLL-U text of the sentences with predicates, and rows (predicate, token, role) by token of the document."""
    bank = propbank(os.path.join(SHARED, 'corpora/events/propbank-ewt-%s.tsv' % part))
    text, gold, first, known = [], [], 0, collections.Counter()
    for name, lines, rows in sentences(os.path.join(SHARED, 'corpora/syntax/ewt-%s.conllu' % part)):
        if name not in bank:
            continue
        predicates = {p for p, _ in bank[name]}
        for i, r in enumerate(rows):
            known[r[2], r[3], i + 1 in predicates] += 1
        if predicates:
            text += lines + ['']
            for pred, spans in sorted(bank[name]):
                found = {h: ROLES.index(r) for r, h in sorted(arguments(rows, spans), reverse=True)}
                gold += [(first + pred - 1, first + h - 1, r) for h, r in sorted(found.items())] or [(first + pred - 1, first, 0)]
            first += len(rows)
    return ('\n'.join(text) + '\n').encode(), np.array(gold, np.uint32), known


def read(lib, model, text, gold, keep, paths):
    data = lib.srl_new()
    for k in keep:
        rows = gold.ctypes.data_as(ctypes.c_void_p)
        if lib.srl_read(data, model.encode(), text, ctypes.c_size_t(len(text)), k, rows, U32(len(gold)), paths):
            sys.exit('the trainer cannot read the corpus')
    return data


def slots(keys, load=0.5):
    """An open hash table of 32-bit keys, as srl_has() reads it."""
    size = 1 << max(4, int(np.ceil(np.log2(max(len(keys), 1) / load))))
    table = np.zeros(size, np.uint32)
    for key in sorted(int(k) for k in keys):
        at = key & size - 1
        while table[at]:
            at = at + 1 & size - 1
        table[at] = key
    return table


def known_words(lib, known):
    out = set()
    for (lemma, upos, yes), n in known.items():
        if upos in ('NOUN', 'ADJ') and yes and n > known[lemma, upos, False]:
            raw = lemma.encode()
            out.add(lib.srl_key(raw, ctypes.c_size_t(len(raw)), upos.encode()) & 0xffffffff)
    return slots(out)


def frequent_paths(data):
    yes, no = (collections.Counter(map(int, a.view()[:, 0])) for a in (data.contents.paths, data.contents.others))
    return slots([p for p, n in yes.items() if n >= 3 and n >= 0.01 * (n + no[p])])


def feature_table(data):
    """The features worth a row, and the table by which srl.c finds it."""
    d = data.contents
    feature = d.feature.view()[:, 0]
    first = d.examples.view(3)
    role = (first[:, 2] & 255) > 0
    yes = np.repeat(role, first[:, 1])
    keys, counts = np.unique(feature, return_counts=True)
    positive, positive_counts = np.unique(feature[yes], return_counts=True)
    worth = dict(zip(keys.tolist(), (0.2 * counts).tolist()))
    for k, n in zip(positive.tolist(), positive_counts.tolist()):
        worth[k] += n
    best = sorted(worth, key=lambda k: (-worth[k], k))[:MAX_ROWS]
    print('features %d, kept %d, least worth %.1f' % (len(keys), len(best), worth[best[-1]]), flush=True)
    table, row, n = np.zeros(SLOTS, np.uint32), {}, 0
    for key in best:
        at, tag = key & SLOTS - 1, key >> 16
        while table[at] and table[at] >> 16 != tag:
            at = at + 1 & SLOTS - 1
        if not table[at]:
            n += 1
            table[at] = tag << 16 | n
        row[key] = int(table[at] & 0xffff)
    return table, row, n


def to_rows(data, row):
    """Hashes of features become their rows (0: none), in place."""
    feature = data.contents.feature.view()[:, 0]
    keys = np.array(sorted(row), np.uint32)
    rows = np.array([row[k] for k in keys.tolist()], np.uint32)
    at = np.minimum(np.searchsorted(keys, feature), len(keys) - 1)
    feature[:] = np.where(keys[at] == feature, rows[at], 0)


class Net:
    def __init__(self, rows, seed):
        rng = np.random.RandomState(seed)
        shapes = [(rows, H), (H,), (len(ROLES), H), (len(ROLES),)]
        self.w = [np.ascontiguousarray(rng.uniform(-0.05, 0.05, s) if len(s) == 2 else np.zeros(s), np.float32) for s in shapes]
        self.w[2] *= 5
        self.sums = [np.full(s, 0.01, np.float32) for s in shapes]
        pointers = [a.ctypes.data for pair in zip(self.w, self.sums) for a in pair]
        self.c = (ctypes.c_void_p * len(pointers))(*pointers)

    def round(self):
        """Rows as the file holds them: whole numbers of one scale."""
        scale = np.float32(np.quantile(np.abs(self.w[0]), 0.9999) / 127)
        q = np.clip(np.rint(self.w[0] / scale), -127, 127).astype(np.int8)
        self.w[0][:] = q * scale
        return q, scale


def measure(lib, data, net):
    n = (ctypes.c_uint64 * 3)()
    lib.srl_measure(data, net.c, n)
    right, system, gold = n[0], n[1], n[2] + data.contents.lost
    return 200 * right / max(system + gold, 1)


def write(file, net, table, paths, known):
    q, scale = net.round()
    w = export.Writer()
    w.text('role', ROLES)
    w.add('path', export.U32, paths)
    w.add('known', export.U32, known)
    w.add('feature', export.U32, table)
    w.add('row', export.I8, q)
    w.add('row.scale', export.F32, np.array([scale]))
    for name, a in zip(('bias', 'out', 'out.bias'), net.w[1:]):
        w.add(name, export.F32, a)
    return w.write(file)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--build', default=os.path.join(ROOT, 'build'))
    ap.add_argument('--model', default=os.path.join(HERE, 'english.tdm'))
    ap.add_argument('--out', default=os.path.join(HERE, 'srl.tdm'))
    ap.add_argument('--epochs', type=int, default=6)
    ap.add_argument('--rate', type=float, default=0.03)
    ap.add_argument('--drop', type=float, default=0.3)
    ap.add_argument('--seed', type=int, default=1)
    args = ap.parse_args()
    lib = compile_c(args.build)
    text, gold, known = corpus('train')
    wide = read(lib, args.model, text, gold, [0], None)
    table = frequent_paths(wide)
    paths = Set(table.ctypes.data, len(table))
    train = read(lib, args.model, text, gold, [0, 1], ctypes.byref(paths))
    text, gold, _ = corpus('dev')
    dev = read(lib, args.model, text, gold, [0], ctypes.byref(paths))
    for name, d in (('train', train), ('dev', dev)):
        d = d.contents
        print('%s: %d candidates; %d arguments are among them, %d are not' % (name, d.examples.n, d.found, d.lost), flush=True)
    slot, row, n = feature_table(train)
    for d in (train, dev):
        to_rows(d, row)
    net, order = Net(n, args.seed), np.zeros(train.contents.examples.n, np.uint32)
    for epoch in range(args.epochs):
        rate = args.rate * (1 - epoch / args.epochs)
        seed = ctypes.c_uint64(args.seed * 1000 + epoch)
        loss = lib.srl_epoch(train, net.c, order.ctypes.data_as(ctypes.c_void_p), seed, F32(rate), F32(args.drop))
        print('epoch %d: loss %.4f, dev F1 %.2f' % (epoch + 1, loss, measure(lib, dev, net)), flush=True)
    print('%d bytes' % write(args.out, net, slot, table, known_words(lib, known)))


if __name__ == '__main__':
    main()
