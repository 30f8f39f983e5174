/* Documents made by hand for the tests of the knowledge room: a tree as CoNLL-U columns, entities and events put at its words. */
#ifndef TREE_DOC_H
#define TREE_DOC_H

#include "check.h"

#include "doc/conllu.h"
#include "doc/lexicon.h"

/* "1 He he PRON PRP 2 nsubj" and so on, one word a line; blank lines end sentences. */
static inline void tree_doc(td_doc *doc, const char *rows)
{
	td_buf conllu = { 0 };
	for (td_str rest = td_str_of(rows); rest.n;) {
		td_str line = td_str_cut(&rest, '\n'), f[7];
		if (line.n == 0) {
			td_buf_char(&conllu, '\n');
			continue;
		}
		for (int i = 0; i < 7; i++) f[i] = td_str_cut(&line, ' ');
		td_buf_printf(&conllu, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t_\n", TD_STR_ARG(f[0]), TD_STR_ARG(f[1]), TD_STR_ARG(f[2]),
			TD_STR_ARG(f[3]), TD_STR_ARG(f[4]), TD_STR_ARG(f[5]), TD_STR_ARG(f[6]));
	}
	td_buf_char(&conllu, '\n');
	td_error err = { 0 };
	td_doc_init(doc);
	if (td_conllu_read(doc, td_buf_view(&conllu), true, &err) != TD_OK) fail_msg("%s", err.text);
	if (doc->first_child == NULL) assert_int_equal(td_doc_index_tree(doc, NULL), TD_OK);
	td_buf_free(&conllu);
}

/* An entity with one mention, the word `tok`. */
static inline uint32_t tree_entity(td_doc *doc, uint32_t tok, td_class cls, td_mention_kind kind)
{
	td_entity e = { .label = doc->toks.at[tok].form, .kb = TD_NONE, .cls = (uint8_t)cls, .named = kind == TD_NAMED, .n_mentions = 1 };
	td_mention m = { .toks = { tok, tok + 1 }, .head = tok, .entity = doc->entities.n, .cls = (uint8_t)cls, .kind = (uint8_t)kind };
	assert_true(TD_PUSH(&doc->arena, &doc->entities, e));
	assert_true(TD_PUSH(&doc->arena, &doc->mentions, m));
	return doc->entities.n - 1;
}

static inline uint32_t tree_event(td_doc *doc, const td_lexicon *lexicon, uint32_t tok, const char *cls)
{
	td_event e = { .cls = td_lexicon_class(lexicon, td_str_of(cls)), .trigger = doc->triggers.n, .quantity = -1 };
	td_trigger t = { .event = doc->events.n, .toks = { tok, tok + 1 }, .head = tok };
	assert_true(TD_PUSH(&doc->arena, &doc->events, e));
	assert_true(TD_PUSH(&doc->arena, &doc->triggers, t));
	return doc->events.n - 1;
}

static inline void tree_lexicon(td_lexicon *lexicon, const char *table)
{
	td_error err = { 0 };
	if (td_lexicon_read(td_str_of(table), lexicon, &err) != TD_OK) fail_msg("%s", err.text);
}

#endif
