"""Trains the semantic roles on PropBank and writes src/model/srl.tdm:
   /usr/bin/python3 src/model/srl.py [--build build] [--out src/model/srl.tdm] [--epochs N] [--rows N]
Needs the built library ($BUILD/libtidings.a) and the network's weights, whose trees it learns from beside the gold ones; reads
$TIDINGS_SHARED, default ../shared. Some minutes on one thread, seeded. srl_train.c does the work."""
import argparse, collections, ctypes, os, subprocess, sys, tempfile
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
SHARED = os.environ.get('TIDINGS_SHARED', os.path.join(ROOT, '..', 'shared'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'eval'))
sys.path.insert(0, HERE)
from srl import ROLES, arguments, propbank, sentences  # noqa: E402  (tests/eval/srl.py)
import export  # noqa: E402
