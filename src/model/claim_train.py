"""Trains what tells who really says so, and writes src/model/claim.tdm:
   /usr/bin/python3 src/model/claim_train.py [--build build] [--out src/model/claim.tdm] [--cross]
A logistic regression over the hashed features of src/kg/claim_feature.c. Needs the built program; reads $TIDINGS_SHARED, default ../shared.
--cross prints cross-validated figures (each article judged by what the others taught) instead of writing. Half a minute, the same file each time."""
import argparse, collections, ctypes, glob, json, os, re, subprocess, sys, tempfile
import numpy as np
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
sys.path[:0] = [os.path.join(ROOT, 'tests', 'eval'), HERE]
import export  # noqa: E402

SHARED = os.environ.get('TIDINGS_SHARED') or os.path.join(ROOT, '..', 'shared')
sys.path.insert(0, os.path.join(SHARED, 'gold'))
import score as S
WEIGHTS, FOLDS = 1 << 14, 10
RIDGE = 6
U32 = ctypes.c_uint32
STANCE = ['Asserts', 'Denies', 'Doubts']

class Array(ctypes.Structure):
    _fields_ = [('at', ctypes.c_void_p), ('n', U32), ('cap', U32)]
    def view(self, width):
        if not self.n: return np.zeros((0, width), np.uint32)
        return np.ctypeslib.as_array(ctypes.cast(self.at, ctypes.POINTER(U32)), (self.n * width,)).reshape(self.n, width).copy()

class Claims(ctypes.Structure):
    _fields_ = [('claims', Array), ('feature', Array), ('triggers', Array), ('mentions', Array)]

def compile_c(build):
    so = os.path.join(tempfile.mkdtemp(), 'claim.so')
    packages = re.search(r'^PKGS := (.*)', open(os.path.join(ROOT, 'Makefile')).read(), re.M)[1].split()
    libs = subprocess.run(['pkg-config', '--libs', *packages], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    subprocess.run(['cc', '-std=c11', '-O2', '-fPIC', '-shared', '-D_POSIX_C_SOURCE=200809L', '-I' + os.path.join(ROOT, 'src'), '-o', so,
                    os.path.join(HERE, 'claim_train.c'), os.path.join(build, 'libtidings.a'), *libs, '-lutf8proc', '-lm', '-lpthread'], check=True)
    lib = ctypes.CDLL(so)
    lib.claim_reader.restype = ctypes.POINTER(Claims)
    lib.claim_class.restype = ctypes.c_char_p
    return lib

class Reader:
    def __init__(self, build):
        os.environ['TIDINGS_DATA'] = os.path.join(build, 'share')
        self.lib = compile_c(build)
        self.at = self.lib.claim_reader(os.path.join(build, 'share', 'lexicon.tsv').encode())
        if not self.at: sys.exit('the program cannot be started')

    def claims(self, text, date):
        raw = text.encode()
        if self.lib.claim_read(self.at, raw, ctypes.c_size_t(len(raw)), date.encode()) < 0:
            sys.exit('the program cannot read a text')
        c = self.at.contents
        feature = c.feature.view(1)[:, 0]
        trig, ment = collections.defaultdict(list), collections.defaultdict(list)
        for o, a, b in c.triggers.view(3).tolist(): trig[o].append((a, b))
        for o, a, b in c.mentions.view(3).tolist(): ment[o].append((a, b))
        return [(e, s, STANCE[st], (f, t), feature[i:i + n]) for e, s, st, f, t, i, n in c.claims.view(7).tolist()], trig, ment

Example = collections.namedtuple('Example', 'article right feature event source stance weight')

def read(reader, folder, weight=1.0):
    for path in sorted(glob.glob(os.path.join(folder, '*.spans.json'))):
        stem = path[:-len('.spans.json')]
        g = json.load(open(path, encoding='utf-8'))
        text, date = open(stem + '.txt', encoding='utf-8').read(), json.load(open(stem + '.meta.json'))['date']
        claims, trig, ment = reader.claims(text, date)
        gv = {v['id']: v for v in g['events']}
        vs = {i: [tuple(s) for s in v['spans']] for i, v in gv.items()}
        gs = {e['id']: [tuple(s) for s in e['spans']] for e in g['entities']}
        vmap = S.align(gv, trig, lambda a, p: sum(any(S.touch(x, y) for y in trig[p]) for x in vs[a]))
        back = {p: a for a, p in vmap.items()}
        want = [(v, a['source'], a['stance']) for v in gv for a in gv[v].get('attributions') or []]
        art = os.path.basename(stem)
        out = []
        for e, s, st, told, f in claims:
            v = back.get(e)
            met = [(src, x) for w, src, x in want if w == v and any(S.touch(p, q) for p in gs.get(src, []) for q in ment[s])]
            out.append(Example(art, any(x == st for _, x in met), f, e, s, st, weight))
        yield art, out, len(want)

def matrix(ex, width=120):
    out = np.full((len(ex), width), WEIGHTS, np.int64)
    for row, e in zip(out, ex): row[:len(e.feature)] = e.feature
    return out

def sigmoid(x): return 1 / (1 + np.exp(-np.clip(x, -30, 30)))

def fit(ex, ridge=RIDGE):
    x = matrix(ex); y = np.array([e.right for e in ex], float); weight = np.array([e.weight for e in ex])
    used, compact = np.unique(x, return_inverse=True); compact = compact.reshape(x.shape)
    idle = used == WEIGHTS
    count = np.bincount(compact.ravel(), minlength=len(used)); idle |= count < 2
    def loss(w):
        b, w = w[0], np.where(idle, 0, w[1:])
        p = sigmoid(w[compact].sum(1) + b)
        value = -(weight * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + .5 * ridge * (w * w).sum()
        d = weight * (p - y)
        gr = np.bincount(compact.ravel(), np.repeat(d, x.shape[1]), len(used)) + ridge * w
        return value, np.concatenate([[d.sum()], np.where(idle, 0, gr)])
    w = minimize(loss, np.zeros(len(used) + 1), jac=True, method='L-BFGS-B', options={'maxiter': 300}).x
    out = np.zeros(WEIGHTS); ok = (used < WEIGHTS) & ~idle; out[used[ok]] = w[1:][ok]
    return out, w[0]

def predict(model, ex):
    return sigmoid(np.append(model[0], 0)[matrix(ex)].sum(1) + model[1])

def f1(arts, p, least, only=None):
    right = said = gold = 0
    for art, ex, want in arts:
        if only and art not in only: continue
        gold += want; best = {}
        for e, q in zip(ex, p[art]):
            k = (e.event, e.source)
            if q >= least and q > best.get(k, (0,))[0]: best[k] = (q, e.right)
        said += len(best); right += sum(r for _, r in best.values())
    return right, gold, said, 200 * right / max(gold + said, 1)

def write(file, model, least):
    scale = np.abs(model[0]).max() / 127
    w = export.Writer()
    w.add('weight', export.I8, np.rint(model[0] / scale))
    for name, value in (('scale', scale), ('bias', model[1]), ('least', least)): w.add(name, export.F32, np.array([value]))
    return w.write(file)

if __name__ == '__main__':
    ap = argparse.ArgumentParser()
    ap.add_argument('--build', default='/tmp/build-me'); ap.add_argument('--out'); ap.add_argument('--least', type=float, default=.4)
    ap.add_argument('--ridge', type=float, nargs='*', default=[3, 6, 12, 24])
    ap.add_argument('folders', nargs='+')
    args = ap.parse_args()
    reader = Reader(args.build)
    arts = [a for f in args.folders for a in read(reader, f)]
    print(len(arts), 'articles', sum(len(a[1]) for a in arts), 'claims', sum(e.right for a in arts for e in a[1]), 'right', sum(a[2] for a in arts), 'gold')
    reach = sum(len({(e.event, e.source) for e in a[1] if e.right}) for a in arts); print('reachable', reach)
    if args.out:
        print(write(args.out, fit([e for a in arts for e in a[1]], args.ridge[0]), args.least)); sys.exit()
    gold = {a[0] for a in arts if os.path.exists(SHARED + '/gold/train/' + a[0] + '.txt')}
    for ridge in args.ridge:
        p = {}
        for k in range(FOLDS):
            m = fit([e for i, a in enumerate(arts) if i % FOLDS != k for e in a[1]], ridge)
            for i, a in enumerate(arts):
                if i % FOLDS == k: p[a[0]] = predict(m, a[1]) if a[1] else np.zeros(0)
        for least in (.2, .25, .3, .35, .4, .45, .5):
            r = f1(arts, p, least); g = f1(arts, p, least, gold); o = f1(arts, p, least, {a[0] for a in arts} - gold)
            print('ridge %g least %.2f all %d/%d/%d %.1f   gold %.1f  ours %.1f' % (ridge, least, *r, g[3], o[3]))
