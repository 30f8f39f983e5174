"""Logistic regressions over hashed features, for the trainers of small models: what src/kg/logistic.h reads."""
import argparse, collections, ctypes, os, re, subprocess, tempfile
import numpy as np
from scipy.optimize import minimize
import export

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
U32 = ctypes.c_uint32


class Array(ctypes.Structure):
    """TD_ARRAY of structures that hold 32-bit numbers only."""
    _fields_ = [('at', ctypes.c_void_p), ('n', U32), ('cap', U32)]

    def view(self, width):
        if not self.n:
            return np.zeros((0, width), np.uint32)
        return np.ctypeslib.as_array(ctypes.cast(self.at, ctypes.POINTER(U32)), (self.n * width,)).reshape(self.n, width).copy()


class Result(ctypes.Structure):
    """What the reader of small_train.c begins with."""
    _fields_ = [('rows', Array), ('feature', Array), ('triggers', Array), ('mentions', Array)]


def by_owner(rows):
    out = collections.defaultdict(list)
    for owner, lo, hi in rows.tolist():
        out[owner].append((lo, hi))
    return out


class Reader:
    """What a text has to judge, by the program itself."""
    TRIGGERS, CLAIMS, PAIRS, SAYINGS = range(4)

    def __init__(self, build):
        os.environ['TIDINGS_DATA'] = os.path.join(build, 'share')
        self.lib, self.names = self.compile(build), {}
        self.lib.small_reader.restype = ctypes.POINTER(Result)
        self.lib.small_class.restype = ctypes.c_char_p
        self.at = self.lib.small_reader(os.path.join(build, 'share', 'lexicon.tsv').encode())
        if not self.at:
            raise SystemExit('the program cannot be started')

    @staticmethod
    def compile(build):
        so = os.path.join(tempfile.mkdtemp(), 'small_train.so')
        packages = re.search(r'^PKGS := (.*)', open(os.path.join(ROOT, 'Makefile')).read(), re.M)[1].split()
        libs = subprocess.run(['pkg-config', '--libs', *packages], stdout=subprocess.PIPE, check=True, text=True).stdout.split()
        subprocess.run(['cc', '-std=c11', '-O2', '-fPIC', '-shared', '-D_POSIX_C_SOURCE=200809L', '-I' + os.path.join(ROOT, 'src'), '-o', so,
                        os.path.join(HERE, 'small_train.c'), os.path.join(build, 'libtidings.a'), *libs, '-lutf8proc', '-lm', '-lpthread'], check=True)
        return ctypes.CDLL(so)

    def classes(self, cls):
        """A class and what it is a kind of, from the narrowest up."""
        if cls not in self.names:
            out = []
            while True:
                name = self.lib.small_class(self.at, U32(cls), U32(len(out)))
                if not name:
                    break
                out.append(name.decode())
            self.names[cls] = out
        return self.names[cls]

    def read(self, kind, text, date):
        """[(numbers of its own, features)], spans of triggers by event, of mentions by entity"""
        raw = text.encode()
        if self.lib.small_read(self.at, kind, raw, ctypes.c_size_t(len(raw)), date.encode()) < 0:
            raise SystemExit('the program cannot read a text')
        at = self.at.contents
        feature = at.feature.view(1)[:, 0]
        rows = [(r[:4], feature[r[4]:r[4] + r[5]]) for r in at.rows.view(6).tolist()]
        return rows, by_owner(at.triggers.view(3)), by_owner(at.mentions.view(3))


def touch(a, b):
    return a[0] < b[1] and b[0] < a[1]


def matrix(examples, weights):
    width = max(len(e.feature) for e in examples)
    out = np.full((len(examples), width), weights, np.int64)
    for row, e in zip(out, examples):
        row[:len(e.feature)] = e.feature
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def fit(examples, weights, ridge, kept):
    """Weights [weights] and bias. Examples have `feature`, `right`, `weight` and `source`; each source has a bias of its own, as some are more
    generous than others: that of `kept` stays."""
    names = sorted({e.source for e in examples})
    x = np.concatenate([matrix(examples, weights), np.array([[weights + 1 + names.index(e.source)] for e in examples])], 1)
    y = np.array([e.right for e in examples], float)
    weight = np.array([e.weight for e in examples])
    used, compact = np.unique(x, return_inverse=True)
    compact = compact.reshape(x.shape)
    idle = used == weights
    count = np.bincount(compact.ravel(), minlength=len(used))
    idle |= (count < 2) & (used < weights)
    penalty = np.where(used > weights, 0.01, ridge)

    def loss(w):
        w = np.where(idle, 0, w)
        p = sigmoid(w[compact].sum(1))
        value = -(weight * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + 0.5 * (penalty * w * w).sum()
        gradient = np.bincount(compact.ravel(), np.repeat(weight * (p - y), x.shape[1]), len(used)) + penalty * w
        return value, np.where(idle, 0, gradient)

    w = minimize(loss, np.zeros(len(used)), jac=True, method='L-BFGS-B', options={'maxiter': 300}).x
    out = np.zeros(weights)
    features = (used < weights) & ~idle
    out[used[features]] = w[features]
    return out, w[used == weights + 1 + names.index(kept)].sum()


def predict(model, examples):
    return sigmoid(np.append(model[0], 0)[matrix(examples, len(model[0]))].sum(1) + model[1]) if examples else np.zeros(0)


def folds(examples, n=10):
    """[(what is learned from, places of what is judged)] by article."""
    place = {a: i % n for i, a in enumerate(sorted({e.article for e in examples}))}
    for k in range(n):
        yield [e for e in examples if place[e.article] != k], [i for i, e in enumerate(examples) if place[e.article] == k]


def calibration_error(p, right):
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(abs(p[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / max(len(p), 1)


def cross(examples, weights, ridge, kept):
    """Probabilities, each article's by what the others taught."""
    p = np.zeros(len(examples))
    for seen, unseen in folds(examples):
        p[unseen] = predict(fit(seen, weights, ridge, kept), [examples[i] for i in unseen])
    return p


def options(name, least, help):
    """The arguments that trainers have in common, for a parser to add to."""
    ap = argparse.ArgumentParser()
    ap.add_argument('--build', default=os.path.join(ROOT, 'build'))
    ap.add_argument('--out', default=os.path.join(HERE, name + '.tdm'))
    ap.add_argument('--least', type=float, default=least, help=help)
    ap.add_argument('--cross', action='store_true')
    return ap


def write(file, model, least):
    scale = np.abs(model[0]).max() / 127
    w = export.Writer()
    w.add('weight', export.I8, np.rint(model[0] / scale))
    for name, value in (('scale', scale), ('bias', model[1]), ('least', least)):
        w.add(name, export.F32, np.array([value]))
    return w.write(file)
