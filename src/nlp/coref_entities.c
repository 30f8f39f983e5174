/* From clusters to the document's entities: label, class, gender, number. */
#include "nlp/coref.h"

enum { ALL_THE_TIME = 6 };

typedef struct {
	uint32_t votes[TD_CLASS_COUNT];
	uint32_t label; /* mention that gives it, TD_NONE */
	int32_t best;   /* how good a label that is */
	uint32_t most;  /* times that its commonest name is used */
} tally;

/* A person's name in use is the first full one: "Ginger Baker" and not what he was christened; but "von der Leyen" is none. */
static int32_t person_worth(td_coref_run *run, const td_mention *m)
{
	td_str first = run->doc->toks.at[m->toks.from].form;
	return first.n && first.at[0] >= 'a' && first.at[0] <= 'z' ? 54 : 56;
}

/* How often each name is used in the document. [n_mentions], 0 for what is no name */
static td_status count_names(td_coref_run *run, uint32_t **times)
{
	td_map first;
	td_map_init(&first, &run->doc->arena);
	uint32_t n = run->doc->mentions.n, *at = td_arena_zero(&run->doc->arena, (size_t)n + 1, sizeof *at);
	if (!at) return td_no_memory(run->err);
	for (uint32_t i = 0; i < n; i++) {
		if (td_men(run, i)->kind != TD_NAMED) continue;
		uint32_t k = td_map_get(&first, td_name_of(run, i));
		if (k == TD_NONE && !td_map_put(&first, td_name_of(run, i), k = i)) return td_no_memory(run->err);
		at[k]++;
	}
	for (uint32_t i = 0; i < n; i++)
		if (td_men(run, i)->kind == TD_NAMED) at[i] = at[td_map_get(&first, td_name_of(run, i))];
	*times = at;
	return TD_OK;
}

/* Better labels: names before nominals before pronouns, no demonyms, bodies and places with more parts, no shouting, none that is used
 * once where another is used all the time ("the CentOS End Of Life"). */
static int32_t label_worth(td_coref_run *run, uint32_t i, bool rare)
{
	const td_mention *m = td_men(run, i);
	if (m->kind == TD_PRONOUN) return 0;
	int32_t n = (int32_t)(m->toks.to - m->toks.from);
	if (n > 8) n = 8;
	if (m->kind == TD_NOMINAL) return 10 + (m->number == TD_PLURAL ? 0 : 1) + n;
	if (m->demonym) return 40;
	if (m->cls == TD_PERSON && n > 1) return person_worth(run, m);
	int32_t worth = 50 + 2 * n;
	if (n == 1 && td_tok_all_caps(run->doc, m->toks.from)) return worth - 1;
	return rare ? worth - 2 * n : worth;
}

static uint8_t best_class(const tally *t, const td_cluster *c)
{
	uint8_t best = c->cls;
	uint32_t most = 0;
	for (uint8_t k = TD_CLASS_NONE + 1; k < TD_CLASS_COUNT; k++)
		if (t->votes[k] > most) {
			most = t->votes[k];
			best = k;
		}
	return best;
}

static td_status label_of(td_coref_run *run, uint32_t mention, td_str *out)
{
	td_str text = td_name_of(run, mention);
	/* A line break inside a name is no part of it. */
	char *at = td_arena_alloc(&run->doc->arena, text.n + 1);
	if (!at) return td_no_memory(run->err);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == '\t' ? ' ' : text.at[i];
		if (c != ' ' || (n > 0 && at[n - 1] != ' ')) at[n++] = c;
	}
	at[n] = '\0';
	*out = (td_str){ at, n };
	return TD_OK;
}

static td_status add_entity(td_coref_run *run, uint32_t root, const tally *t)
{
	const td_cluster *c = &run->info[root];
	td_entity e = { .kb = TD_NONE, .cls = best_class(t, c), .gender = c->gender, .number = c->number, .named = c->named, .n_mentions = c->n };
	TRY(label_of(run, t->label, &e.label));
	return TD_PUSH(&run->doc->arena, &run->doc->entities, e) ? TD_OK : td_no_memory(run->err);
}

td_status td_coref_entities(td_coref_run *run)
{
	td_doc *doc = run->doc;
	uint32_t n = doc->mentions.n;
	tally *tallies = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *tallies);
	uint32_t *entity = td_arena_zero(&doc->arena, (size_t)n + 1, sizeof *entity);
	uint32_t *times = NULL;
	if (!tallies || !entity) return td_no_memory(run->err);
	TRY(count_names(run, &times));
	for (uint32_t i = 0; i < n; i++)
		if (times[i] > tallies[td_root(run, i)].most && !td_tok_all_caps(run->doc, td_men(run, i)->toks.from)) tallies[td_root(run, i)].most = times[i];
	for (uint32_t i = 0; i < n; i++) {
		tally *t = &tallies[td_root(run, i)];
		const td_mention *m = td_men(run, i);
		int32_t worth = label_worth(run, i, times[i] == 1 && t->most >= ALL_THE_TIME) + 1;
		if (worth > t->best) {
			t->best = worth;
			t->label = i;
		}
		if (m->kind == TD_NAMED) t->votes[m->cls < TD_CLASS_COUNT ? m->cls : 0] += 4;
		else if (m->kind == TD_NOMINAL && !run->info[td_root(run, i)].named) t->votes[m->cls < TD_CLASS_COUNT ? m->cls : 0]++;
	}
	doc->entities.n = 0;
	for (uint32_t i = 0; i < n; i++) { /* a root is the first mention of its cluster: entities come in text order */
		uint32_t root = td_root(run, i);
		if (root == i) {
			entity[i] = doc->entities.n;
			TRY(add_entity(run, i, &tallies[i]));
		}
		doc->mentions.at[i].entity = entity[root];
	}
	return TD_OK;
}
