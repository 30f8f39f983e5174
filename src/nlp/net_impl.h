/* Inside the network: shared by net_*.c only. */
#ifndef TD_NET_IMPL_H
#define TD_NET_IMPL_H

#include "nlp/gemm.h"
#include "nlp/net.h"
#include "nlp/net_file.h"

enum {
	NET_SLOTS = 6,        /* hashed affixes and shape */
	NET_GAZ = 8,          /* gazetteer bits */
	NET_CASES = 4,        /* how a sentence is capitalised */
	NET_MAX_LABELS = 1024,
	NET_MAX_NAMES = 64,   /* BIOES tags */
	NET_MAX_HIDDEN = 512,
	NET_MAX_WIDTH = 2048,
	NET_BATCH_TOKENS = 640,
	NET_TYPES = 2048,     /* word forms whose features are kept between batches */
	NET_KEY_BYTES = 48,   /* longer forms are not kept */
};
_Static_assert(NET_BATCH_TOKENS >= (int)TD_MAX_SENT_TOKENS && NET_TYPES >= 2 * NET_BATCH_TOKENS, "a batch fits");

/* Rows of small integers, each with a scale: value = at[row][i] * scale[row]. */
typedef struct {
	const int8_t *at; /* [rows][dim] */
	const float *scale; /* [rows] */
	uint32_t rows, dim;
} net_table;

/* How a lemma is made: case the form, take `strip` characters off, append `add`. */
typedef struct {
	char mode; /* L lower, K keep, T first letter kept and the rest lower */
	uint32_t strip;
	td_str add;
} net_script;

typedef struct {
	char mark; /* B I O E S */
	uint8_t cls;
} net_name_tag;

struct td_net {
	td_mapped map;
	td_arena arena;
	/* the words known by name: sorted hashes with a row in each table (0: none) and gazetteer bits */
	const uint32_t *lex_hash; /* [lex_n] */
	const uint16_t *lex_word, *lex_vec;
	const uint8_t *lex_gaz;
	uint32_t lex_n;
	net_table vec_word, vec_bag, word, slot[NET_SLOTS], gram;
	/* exceptions to the lemma scripts, by hash of form and tag */
	const uint32_t *fix_hash; /* [fix_n] sorted */
	const td_str *fix_lemma;
	uint32_t fix_n;
	/* sizes */
	uint32_t hidden, width, tags, arc, label;
	uint32_t n_upos, n_xpos, n_lemma, n_name, n_deprel;
	/* weights; first layer and skip connection are one matrix over a word's features */
	td_matrix type;         /* [width][8h + tags] */
	td_qmatrix rec[2][2];   /* layer, direction: [h][4h] */
	td_qmatrix in2;         /* [2h][8h] */
	td_qmatrix out;         /* [2h][tags + 2 arc + 2 label] */
	td_matrix arcs;         /* [arc][arc] */
	td_matrix rel;          /* [label][n_deprel] */
	const float *case_bias; /* [NET_CASES][8h] */
	const float *bias2, *out_bias, *arc_bias, *root_arc, *root_label, *rel_bias;
	/* labels */
	uint8_t upos[NET_MAX_LABELS], xpos[NET_MAX_LABELS], deprel[NET_MAX_LABELS];
	uint32_t root_label_id;
	net_script script[NET_MAX_LABELS];
	net_name_tag name[NET_MAX_NAMES];
};

/* Up to TD_MAX_SENT_TOKENS tokens of one sentence. */
typedef struct {
	uint32_t from, n;
	uint32_t sent;
} net_piece;

typedef struct {
	uint16_t row; /* of the type cache + 1; 0: free */
} net_slot;

struct td_net_work {
	/* word forms seen: features times first layer */
	net_slot slot[2 * NET_TYPES];
	uint8_t key_len[NET_TYPES];
	char key[NET_TYPES][NET_KEY_BYTES];
	uint32_t n_types, fresh; /* rows from `fresh` on are not computed yet */
	float *type;    /* [NET_TYPES][8h + tags] */
	float *feature; /* [NET_BATCH_TOKENS][width] */
	/* one batch; tokens lie by position, then by piece, longest piece first */
	net_piece *pieces; /* [n_pieces] of the batch */
	uint32_t n_pieces, n_tokens, steps;
	uint32_t alive[TD_MAX_SENT_TOKENS]; /* pieces that have a token at a position */
	uint32_t base[TD_MAX_SENT_TOKENS];  /* first row of a position */
	uint16_t type_of[NET_BATCH_TOKENS];
	float *gates;  /* [NET_BATCH_TOKENS][8h] */
	uint8_t *h1, *h2; /* [NET_BATCH_TOKENS][2h] as bytes */
	float *cell;   /* [NET_BATCH_TOKENS][h] */
	float *y;      /* [NET_BATCH_TOKENS][tags + 2 arc + 2 label] */
	float *mix;    /* [NET_BATCH_TOKENS][max(arc, label)] */
	float *rel;    /* [NET_BATCH_TOKENS][n_deprel] */
	float *query;  /* [TD_MAX_SENT_TOKENS][arc] */
	td_matrix keys; /* [arc][TD_MAX_SENT_TOKENS + 1] */
	float *arc;    /* [TD_MAX_SENT_TOKENS][TD_MAX_SENT_TOKENS + 1] */
	uint16_t head[NET_BATCH_TOKENS]; /* by row of the batch: 0 root, else position + 1 */
	struct net_tree *tree;
	/* one document */
	net_piece *order; /* all pieces, longest first */
	uint8_t *tag;     /* [tokens] BIOES tag */
	float *sure;      /* [tokens] its probability */
	uint32_t order_cap, tag_cap;
};

/* Features of a word, [width]. */
void net_features(const td_net *net, td_str form, float *out);
/* 0 usual, 1 no capitals, 2 Title Case, 3 ALL CAPS. */
uint32_t net_case_class(const td_token *toks, uint32_t n);
uint32_t net_lower_char(uint32_t cp);
uint32_t net_hash(const char *at, size_t n, uint32_t seed);

/* Best tree with one root over score [n][stride]: column 0 is the root, column j the head at position j - 1. */
typedef struct net_tree net_tree;
td_status net_tree_new(net_tree **out, td_error *err);
void net_tree_free(net_tree *tree);
void net_tree_best(net_tree *tree, const float *score, size_t stride, uint32_t n, uint16_t *head);

td_status net_lemma(const td_net *net, td_arena *arena, td_str form, uint32_t script, td_upos upos, td_str *out, td_error *err);
/* Best allowed BIOES sequence: score [n] rows of n_name, row i at score[i]. */
void net_viterbi(const td_net *net, const float *const *score, uint32_t n, uint8_t *tags);
td_status net_push_names(const td_net *net, const td_net_work *work, td_doc *doc, td_error *err);

#endif
