"""Articles that were annotated as those of the gold collection are, in characters: news/learn.jsonl and news/wire.jsonl to learn from, news/test.jsonl
to report on. wire.jsonl holds its texts (written for the purpose in the manner of newspapers and agencies; what they tell never happened); those of
the others are in $TIDINGS_SHARED (default ../shared), corpora/news.
   news.py PART DIR    writes DOC.txt, DOC.meta.json and DOC.spans.json of each article, as the scorer wants them"""
import glob, json, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get('TIDINGS_SHARED') or os.path.join(HERE, '..', '..', '..', 'shared')


def articles(part):
    """[(name, text, date, annotation)]"""
    with open(os.path.join(SHARED, 'corpora/news/wikinews-2019-2020.jsonl'), encoding='utf-8') as file:
        news = {doc['id']: doc for doc in map(json.loads, file)}
    with open(os.path.join(HERE, 'news', part + '.jsonl'), encoding='utf-8') as file:
        for gold in map(json.loads, file):
            doc = gold if 'text' in gold else news[gold['id']]
            yield doc['date'] + '-' + re.sub(r'[^A-Za-z0-9]+', '-', doc['id'])[:60], doc['text'], doc['date'], gold


def gold(part='train'):
    """The same of the gold collection."""
    for path in sorted(glob.glob(os.path.join(SHARED, 'gold', part, '*.spans.json'))):
        stem = path[:-len('.spans.json')]
        date = json.load(open(stem + '.meta.json'))['date']
        yield os.path.basename(stem), open(stem + '.txt', encoding='utf-8').read(), date, json.load(open(path, encoding='utf-8'))


def learning():
    """All there is to learn from: (gold or news, article as above)."""
    yield from (('gold', a) for a in gold())
    yield from (('news', a) for part in ('learn', 'wire') for a in articles(part))


def main(part, folder):
    for name, text, date, gold in articles(part):
        stem = os.path.join(folder, name)
        open(stem + '.txt', 'w', encoding='utf-8').write(text)
        json.dump({'date': date}, open(stem + '.meta.json', 'w'))
        json.dump(gold, open(stem + '.spans.json', 'w', encoding='utf-8'), ensure_ascii=False)


if __name__ == '__main__':
    main(*sys.argv[1:])
