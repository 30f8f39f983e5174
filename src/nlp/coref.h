/* Between the files of the coreference stage: clusters of mentions as a forest, with what is known about each cluster at its root. */
#ifndef TD_COREF_H
#define TD_COREF_H

#include "nlp/mentions.h"
#include "nlp/names.h"
#include "nlp/nlp.h"

enum {
	TD_MAX_CHAIN = 32,     /* entries looked at in any index chain */
	TD_MAX_LOOK_BACK = 96, /* mentions looked at behind an anaphor */
};

typedef struct {
	uint8_t cls, gender, number, named;
	uint32_t n, last; /* mentions; the last one of them in the text so far */
} td_cluster;

/* A role that a person was given by a title, an apposition or a predicate: "mayor". Chained by its head word. */
typedef struct {
	td_str word;      /* lower case */
	uint32_t mention; /* of the person */
	td_range span;    /* the words of the role */
	uint32_t place;   /* mention of a place or organization that it belongs to, TD_NONE */
	uint32_t prev;    /* the role with the same word before it, TD_NONE */
} td_role_seen;

/* A quotation as far as this stage needs it. */
typedef struct {
	td_range toks;
	uint32_t speaker; /* mention, TD_NONE */
} td_said;

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	td_error *err;
	uint32_t *parent;   /* [n_mentions] */
	td_cluster *info;   /* [n_mentions], valid at roots */
	uint32_t *sense;    /* [n_mentions] demonym or alias sense of a name, TD_NONE */
	uint32_t *headed;   /* [n_tokens] the mention headed there, else the (titled) name that the token is part of, TD_NONE */
	uint32_t *quote;    /* [n_tokens] index into said, TD_NONE */
	TD_ARRAY(td_said) said;
	TD_ARRAY(td_role_seen) roles;
	td_map role_of;     /* word → last role */
	td_map noun_of;     /* word → last nominal mention with that head */
	uint32_t *noun_prev; /* [n_mentions] */
	bool names_known;    /* names have been compared: what was not joined then are different persons */
} td_coref_run;

uint32_t td_root(td_coref_run *run, uint32_t mention);
/* Joins two clusters; refuses (false) when their classes or genders contradict each other. */
bool td_join(td_coref_run *run, uint32_t a, uint32_t b);
bool td_genders_fit(td_gender a, td_gender b);
/* May a cluster of one class be one of another? Unknown fits all. */
bool td_classes_fit(unsigned a, unsigned b);
static inline td_cluster *td_info(td_coref_run *run, uint32_t mention)
{
	return &run->info[td_root(run, mention)];
}
static inline td_mention *td_men(td_coref_run *run, uint32_t mention)
{
	return &run->doc->mentions.at[mention];
}
/* The name a mention stands for: its text, or the place behind a demonym or alias. */
td_str td_name_of(td_coref_run *run, uint32_t mention);

td_status td_coref_names(td_coref_run *run);
td_status td_coref_quotes(td_coref_run *run);
/* Appositions, predicates, acronyms in brackets: what the tree says. */
td_status td_coref_tree(td_coref_run *run);
td_status td_coref_offices(td_coref_run *run); /* offices and names side by side; after the tree */
td_status td_add_role(td_coref_run *run, uint32_t person, td_range span, uint32_t place);
/* In text order: each nominal and pronoun looks for its antecedent among the mentions before it. */
/* A name that is but a common noun ("Parliament", "Police") is what that noun means before and after it. */
td_status td_coref_noun_name(td_coref_run *run, uint32_t mention);
/* "The attacker" is who was arrested or charged, when that is one named person. */
void td_coref_culprit(td_coref_run *run);
td_status td_coref_headline(td_coref_run *run); /* nominals of the first sentences whose bearer is named later; after all others */
/* What nominals are compared by. */
bool td_indefinite(const td_doc *doc, uint32_t head);
uint32_t td_place_of(td_coref_run *run, uint32_t mention); /* the named place or body that modifies it, TD_NONE */
bool td_places_fit(td_coref_run *run, uint32_t a, uint32_t b);
/* Does `span` hold a word (not its head, not a place's name) that the other span lacks? "health minister" is no "interior minister". */
bool td_adds_word(td_coref_run *run, td_range span, td_range other);
td_range td_office(td_coref_run *run, td_range span);
bool td_is_perpetrator(td_coref_run *run, uint32_t mention);
uint32_t td_other_perpetrator(td_coref_run *run, uint32_t mention);

td_status td_coref_nominal(td_coref_run *run, uint32_t mention);
void td_coref_pronoun(td_coref_run *run, uint32_t mention);
td_status td_coref_entities(td_coref_run *run);

#endif
