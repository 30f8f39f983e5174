/* Queries as text: their tokens, and the rewriting of what rasqal 0.9.33 answers wrongly as it stands. */
#ifndef TD_RDF_SPARQL_H
#define TD_RDF_SPARQL_H

#include "doc/doc.h"

typedef enum {
	TD_SPARQL_END, TD_SPARQL_WORD, TD_SPARQL_NAME, TD_SPARQL_IRI, TD_SPARQL_VAR, TD_SPARQL_STRING, TD_SPARQL_NUMBER, TD_SPARQL_SIGN
} td_sparql_kind;

typedef struct {
	td_sparql_kind kind;
	td_str text; /* in the query; of a variable with its ? or $, of a language tag with its @ */
} td_sparql_token;

td_sparql_token td_sparql_next(td_str sparql, size_t *at); /* moves *at behind it */
bool td_sparql_is_word(td_sparql_token token, const char *word); /* in either case */
bool td_sparql_is_sign(td_sparql_token token, const char *sign);

/* ---- the pattern as a tree, whose nodes lie in the arena ----------------------------------------------------------- */

enum { TD_SPARQL_VARS = 256 };

typedef struct {
	uint64_t bits[TD_SPARQL_VARS / 64];
} td_sparql_vars; /* a set of variables, by their index in the tree */

typedef enum { TD_SPARQL_TRIPLES, TD_SPARQL_VALUES, TD_SPARQL_BIND, TD_SPARQL_FILTER, TD_SPARQL_OPTIONAL, TD_SPARQL_BRANCHES } td_sparql_what;

typedef struct td_sparql_group td_sparql_group;
typedef struct td_sparql_part td_sparql_part;

struct td_sparql_part {
	td_sparql_what what;
	td_range toks;          /* but for OPTIONAL and { … } UNION { … } */
	td_sparql_group *group; /* of these two: the first group */
	td_sparql_vars all, sure; /* that it gives: may be bound, always are */
	td_sparql_vars uses;    /* in the conditions and expressions in it */
	td_sparql_part *next;
};

struct td_sparql_group {
	td_sparql_part *parts;
	td_sparql_vars all, sure, uses;
	td_sparql_group *next; /* branch of the same UNION */
};

typedef struct {
	td_arena *arena;
	TD_ARRAY(td_sparql_token) toks;
	TD_ARRAY(td_str) names;  /* of variables, without ? */
	TD_ARRAY(uint16_t) var;  /* of each token: its index, or TD_SPARQL_VARS */
	uint32_t star, distinct; /* the tokens of SELECT * and SELECT DISTINCT, or TD_NONE */
	td_range pattern;        /* from { to behind } */
	td_sparql_group *whole;  /* NULL: no pattern */
} td_sparql_tree;

td_status td_sparql_parse(td_str sparql, td_arena *arena, td_sparql_tree *tree, td_error *err);

/* The query that makes rasqal answer this one rightly, into *out; TD_ERR_UNSUPPORTED, with a way around, where there is none. The query has
 * passed td_sparql_check. *distinct: rows that came before are to be left out of its answer. */
td_status td_sparql_repair(td_str sparql, td_buf *out, bool *distinct, td_error *err);

#endif
