#!/usr/bin/python3
"""usage: readme.py FILE.md PROGRAM [--update]    Runs the commands of FILE's console blocks and compares what they print.

Lines that begin with "$ " are commands, the others their output. Standard input of the first command is story.txt, which is made from
the output that the block shows for `cat story.txt`; article.jsonl is the article that FILE links to, when the news corpus is there, else the
blocks that read it are passed over. With --update the outputs are written anew."""
import json
import os
import re
import subprocess
import sys
import tempfile

path, program = sys.argv[1], os.path.realpath(sys.argv[2])
root = os.path.dirname(os.path.realpath(path))
text = open(path, encoding='utf-8').read()
CORPUS = os.path.join(root, '../shared/corpora/news/wikinews-2019-2020.jsonl')
bad = 0


def parts(block):
    """[[command, output], …]"""
    found = []
    for line in block.splitlines(keepends=True):
        if line.startswith('$ '):
            found.append([line[2:].rstrip('\n'), ''])
        else:
            found[-1][1] += line
    return found


def article(folder):
    """Writes the article of the first link to Wikinews."""
    url = re.search(r'https://en\.wikinews\.org/wiki/[^)\s]+', text)
    if not url or not os.path.exists(CORPUS):
        return
    for line in open(CORPUS, encoding='utf-8'):
        if json.loads(line)['url'] == url[0]:
            with open(os.path.join(folder, 'article.jsonl'), 'w', encoding='utf-8') as f:
                f.write(line)


def run(match):
    global bad
    if 'article.jsonl' in match[1] and not os.path.exists('article.jsonl'):
        return match[0]
    out = ''
    for command, expected in parts(match[1]):
        if command.startswith('cat ') and not os.path.exists(command[4:]):
            with open(command[4:], 'w', encoding='utf-8') as f:
                f.write(expected)
        got = subprocess.run(['bash', '-c', command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode()
        if got != expected:
            bad += 1
            print(f'$ {command}\n--- {os.path.basename(path)} shows\n{expected}--- it prints\n{got}')
        out += f'$ {command}\n{got}'
    return f'```console\n{out}```'


os.environ['PATH'] = os.path.dirname(program) + ':' + os.environ['PATH']
with tempfile.TemporaryDirectory() as folder:
    os.symlink(root + '/tests', folder + '/tests')
    article(folder)
    os.chdir(folder)
    updated = re.sub(r'```console\n(.*?)```', run, text, flags=re.S)
    os.chdir(root)
if '--update' in sys.argv:
    with open(os.path.join(root, os.path.basename(path)), 'w', encoding='utf-8') as f:
        f.write(updated)
    sys.exit(0)
if '```console' not in text:
    sys.exit('no console block')
sys.exit(bad > 0)
