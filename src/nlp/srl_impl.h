/* Inside the semantic roles: shared by srl*.c and the trainer, so that both see the same features. */
#ifndef TD_SRL_IMPL_H
#define TD_SRL_IMPL_H

#include "nlp/net_file.h"
#include "nlp/srl.h"

enum {
	SRL_HIDDEN = 64,
	SRL_FEATURES = 48,    /* upper bound of a candidate's features */
	SRL_CANDIDATES = 64,  /* of one predicate; further ones are not looked at */
	SRL_CLIMB = 4,        /* arcs from the predicate upwards */
	SRL_PROBES = 64,      /* longest chain in the feature table */
};

/* Words and paths as numbers; 0 is "none". */
typedef struct {
	uint32_t tok;
	uint32_t path;  /* kind of predicate and relations on the way to the candidate */
	uint32_t arcs;
	uint32_t order; /* how many of the predicate's candidates with the same path came before */
} srl_candidate;

/* What all candidates of a predicate share. */
typedef struct {
	uint32_t tok;
	uint32_t kind;   /* part of speech, copulas apart: what paths begin with */
	uint32_t lemma, xpos, relation, particle, governor;
	uint32_t passive;
	uint32_t frame;  /* which core relations its children have, relative pronoun's included */
	uint32_t others; /* prepositions of its obliques */
} srl_predicate;

/* A set of numbers, as a table of slots: 0 free. */
typedef struct {
	const uint32_t *slot; /* [size] */
	uint32_t size;        /* power of two */
} srl_set;

static inline uint32_t srl_mix(uint32_t h, uint32_t v)
{
	h = (h ^ v) * 0x9e3779b1u;
	return (h ^ (h >> 15)) * 0x85ebca6bu;
}
uint32_t srl_word(td_str s); /* hash of a word, never 0 but for the empty one */
bool srl_has(const srl_set *set, uint32_t key);

void srl_see_predicate(const td_doc *doc, uint32_t tok, srl_predicate *out);
/* Tokens around the predicate that can be arguments: those whose path is in `paths` (NULL: all). Returns how many. */
uint32_t srl_candidates(const td_doc *doc, const srl_predicate *pred, const srl_set *paths, srl_candidate out[SRL_CANDIDATES]);
/* Hashes of a candidate's features, none of them 0; returns how many. */
uint32_t srl_features(const td_doc *doc, const srl_predicate *pred, const srl_candidate *cand, uint32_t out[SRL_FEATURES]);
/* Number by which the model knows (lemma, part of speech) as a predicate. */
uint32_t srl_known_as(const td_token *tok);

/* One role a candidate, at most one candidate a core role: score [n][roles] → role [n]. */
void srl_assign(float *score, uint32_t n, uint32_t roles, const uint8_t *label, uint8_t *role);

#endif
