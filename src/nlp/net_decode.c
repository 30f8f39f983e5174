/* From the network's scores to names and lemmas. */
#include "nlp/net_impl.h"

/* May BIOES tag b follow a? NULL stands for either end of the sentence. */
static bool may_follow(const net_name_tag *a, const net_name_tag *b)
{
	bool inside = a && (a->mark == 'B' || a->mark == 'I');
	if (!b || b->mark == 'O' || b->mark == 'B' || b->mark == 'S') return !inside;
	return inside && a->cls == b->cls;
}

void net_viterbi(const td_net *net, const float *const *score, uint32_t n, uint8_t *tags)
{
	const float never = -1e30f;
	uint8_t back[TD_MAX_SENT_TOKENS][NET_MAX_NAMES];
	float best[NET_MAX_NAMES], next[NET_MAX_NAMES];
	uint32_t k = net->n_name, last = 0;
	for (uint32_t b = 0; b < k; b++) best[b] = may_follow(NULL, &net->name[b]) ? score[0][b] : never;
	for (uint32_t i = 1; i < n; i++) {
		for (uint32_t b = 0; b < k; b++) {
			uint32_t from = TD_NONE;
			for (uint32_t a = 0; a < k; a++)
				if (may_follow(&net->name[a], &net->name[b]) && (from == TD_NONE || best[a] > best[from])) from = a;
			back[i][b] = from == TD_NONE ? 0 : (uint8_t)from;
			next[b] = from == TD_NONE ? never : best[from] + score[i][b];
		}
		memcpy(best, next, k * sizeof *best);
	}
	for (uint32_t a = 0; a < k; a++)
		if (may_follow(&net->name[a], NULL) && (!may_follow(&net->name[last], NULL) || best[a] > best[last])) last = a;
	for (uint32_t i = n; i-- > 0;) {
		tags[i] = (uint8_t)last;
		last = back[i][last];
	}
}

td_status net_push_names(const td_net *net, const td_net_work *work, td_doc *doc, td_error *err)
{
	for (uint32_t t = 0; t < doc->toks.n; t++) {
		const net_name_tag *tag = &net->name[work->tag[t]];
		doc->toks.at[t].name = tag->cls;
		if (tag->mark != 'B' && tag->mark != 'S') continue;
		td_name name = { .toks = { t, t + 1 }, .cls = tag->cls };
		if (tag->mark == 'B')
			while (name.toks.to < doc->toks.n && net->name[work->tag[name.toks.to - 1]].mark != 'E') name.toks.to++;
		for (uint32_t i = name.toks.from; i < name.toks.to; i++) name.score += work->sure[i];
		name.score /= (float)(name.toks.to - name.toks.from);
		if (!TD_PUSH(&doc->arena, &doc->names, name)) return td_no_memory(err);
	}
	return TD_OK;
}

enum { MAX_LEMMA_FORM = 1024 }; /* a longer form is its own lemma */

/* The listed lemma of a lower-cased form, or an empty slice. */
static td_str exception(const td_net *net, td_str lower, td_upos upos)
{
	uint32_t h = net_hash(lower.at, lower.n, 200 + (uint32_t)upos), lo = 0, hi = net->fix_n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (net->fix_hash[mid] < h) lo = mid + 1;
		else hi = mid;
	}
	return lo < net->fix_n && net->fix_hash[lo] == h ? net->fix_lemma[lo] : (td_str){ 0 };
}

/* Writes the form with that casing; returns its bytes. `chars` counts what was written. */
static size_t cased(td_str form, char mode, char *out, uint32_t *chars)
{
	const char *at = form.at, *end = form.at + form.n;
	size_t n = 0;
	*chars = 0;
	while (at < end) {
		uint32_t cp = td_utf8_next(&at, end);
		bool keep = mode == 'K' || (mode == 'T' && *chars == 0);
		n += td_utf8_put(keep ? cp : net_lower_char(cp), out + n);
		++*chars;
	}
	return n;
}

/* Cased form less `strip` characters and with the script's end; returns its bytes, 0 when the script does not fit. */
static size_t apply(const net_script *s, td_str form, char *out)
{
	uint32_t chars;
	size_t n = cased(form, s->mode, out, &chars);
	if (s->strip > chars || s->add.n > MAX_LEMMA_FORM / 2) return 0;
	for (uint32_t i = 0; i < s->strip; i++)
		do n--;
		while (n > 0 && ((uint8_t)out[n] & 0xc0) == 0x80);
	memcpy(out + n, s->add.at, s->add.n);
	return n + s->add.n;
}

td_status net_lemma(const td_net *net, td_arena *arena, td_str form, uint32_t script, td_upos upos, td_str *out, td_error *err)
{
	char buf[2 * MAX_LEMMA_FORM]; /* lower-casing never makes a character longer */
	uint32_t chars;
	*out = form;
	if (form.n > MAX_LEMMA_FORM) return TD_OK;
	size_t n = cased(form, 'L', buf, &chars);
	td_str lemma = exception(net, (td_str){ buf, n }, upos);
	if (lemma.n == 0) lemma = (td_str){ buf, apply(&net->script[script], form, buf) };
	if (lemma.n == 0 || td_str_eq(lemma, form)) return TD_OK; /* the form itself */
	*out = td_arena_str(arena, lemma);
	return out->at ? TD_OK : td_no_memory(err);
}
