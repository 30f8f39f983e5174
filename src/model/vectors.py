"""Pretrained word vectors from all raw text at hand; see vectors.c for the method."""
import collections, ctypes, os, pickle, subprocess
import numpy as np
import features as F

HERE = os.path.dirname(os.path.abspath(__file__))


def compile_c(name, work, *libs):
    """A C helper of the training, built for this very machine."""
    lib = os.path.join(work, name + '.so')
    subprocess.check_call(['gcc', '-O3', '-march=native', '-ffast-math', '-shared', '-fPIC', '-o', lib, os.path.join(HERE, name + '.c'), '-lm', *libs])
    return ctypes.CDLL(lib)


def pointer(a):
    return a.ctypes.data_as(ctypes.c_void_p)


def train(sentences, work, epochs=14, least=3):
    """sentences: lists of words → (vocabulary {folded lower word: row}, word [n][DIM], bag [VEC_ROWS][DIM])."""
    fold = {}
    def low(w):
        if w not in fold:
            fold[w] = F.lower(F.fold(w))
        return fold[w]
    text = [[low(w) for w in s] for s in sentences]
    count = collections.Counter(w for s in text for w in s)
    vocab = [w for w, c in count.most_common() if c >= least]
    index = {w: i for i, w in enumerate(vocab)}
    flat = []
    for s in text:
        flat += [index[w] for w in s if w in index]
        flat.append(-1)
    flat = np.array(flat, np.int32)
    counts = np.array([count[w] for w in vocab], np.float32)
    share = counts / counts.sum()
    keep = np.minimum(1, np.sqrt(1e-3 / share) + 1e-3 / share).astype(np.float32)
    grams = [F.vec_ids(w) for w in vocab]
    at = np.cumsum([0] + [len(g) for g in grams]).astype(np.int32)
    gram = np.array([g for gs in grams for g in gs], np.int32)
    word = np.zeros((len(vocab), F.VEC_DIM), np.float32)
    bag = np.zeros((F.VEC_ROWS, F.VEC_DIM), np.float32)
    lib = compile_c('vectors', work)
    lib.td_vectors(pointer(flat), ctypes.c_int64(len(flat)), pointer(keep), pointer(counts), len(vocab), pointer(at), pointer(gram),
                   pointer(word), pointer(bag), F.VEC_ROWS, epochs, ctypes.c_float(0.05))
    seen = np.zeros(F.VEC_ROWS, bool)
    seen[gram] = True
    bag[~seen] = 0
    return index, word, bag


def load_or_train(sentences, work):
    """Keeps the vectors in the work folder, for they do not change between runs on the same text."""
    file = os.path.join(work, 'vectors.pickle')
    if os.path.exists(file):
        return pickle.load(open(file, 'rb'))
    result = train(sentences, work)
    pickle.dump(result, open(file, 'wb'))
    return result
