/* SPARQL 1.1 Query over data in memory, https://www.w3.org/TR/sparql11-query/: what its files share.
 *
 *     text → sparql_lex → sparql_parse, sparql_pattern, sparql_expr → tree → sparql_eval (patterns), sparql_path, sparql_value,
 *     sparql_call (expressions), sparql_group (aggregates, order) → sparql_run (forms and output)
 *
 * Terms are numbers into one table, triples stand in three sorted orders, solutions are rows of term numbers. */
#ifndef TD_RDF_SPARQL_H
#define TD_RDF_SPARQL_H

#include "rdf/room.h"

enum {
	TD_Q_MAX_DEPTH = 100,       /* nested groups, brackets, paths */
	TD_Q_MAX_OPERATORS = 10000, /* in the expressions of one query */
	TD_Q_MAX_TEXT = 1 << 20,
	TD_Q_MAX_VARS = 256,        /* variables, blank nodes included */
	TD_Q_MAX_CELLS = 1 << 27,   /* numbers in all rows of one step: 512 MiB */
	TD_Q_MAX_TRIPLES = 50000000,
	TD_Q_MAX_WORK = 2000000000, /* rows and triples looked at by one query */
};

/* ---- data ---------------------------------------------------------------------------------------------------- */

/* A term's number, from 1; 0 is no term: unbound. */
typedef uint32_t td_q_id;

typedef struct {
	td_q_id s, p, o, g; /* g 0: the default graph */
} td_q_quad;

typedef struct {
	td_arena arena;
	TD_ARRAY(td_term) terms; /* [0] unused */
	uint32_t *slots, n_slots;
	TD_ARRAY(td_q_quad) quads;
	td_q_quad *orders[3]; /* s p o g, p o s g, o s p g */
} td_q_data;

void td_q_data_init(td_q_data *data);
void td_q_data_free(td_q_data *data);
td_q_id td_q_intern(td_q_data *data, const td_term *term); /* 0: out of memory */
td_q_id td_q_find(const td_q_data *data, const td_term *term); /* 0: there is none */
td_status td_q_data_add(td_q_data *data, td_str graph, const td_triple *triple, td_error *err);
td_status td_q_data_index(td_q_data *data, td_error *err);
static inline const td_term *td_q_term(const td_q_data *data, td_q_id id)
{
	return &data->terms.at[id];
}

/* Which graphs a pattern looks into. */
enum { TD_Q_ALL_GRAPHS = 0 };
/* Iterates over the quads that fit (0: anything); of a triple that stands in several graphs only the first unless `each_graph`. */
typedef struct {
	const td_q_quad *at, *end;
	td_q_quad want;
	bool each_graph;
} td_q_match;
td_q_match td_q_match_start(const td_q_data *data, td_q_id s, td_q_id p, td_q_id o, td_q_id g, bool each_graph);
const td_q_quad *td_q_match_next(td_q_match *match);
size_t td_q_match_estimate(const td_q_data *data, td_q_id s, td_q_id p, td_q_id o);

/* ---- the tree ------------------------------------------------------------------------------------------------ */

/* A place in a pattern: 0 nothing, a term, or a variable. */
typedef uint32_t td_q_node;
enum { TD_Q_VAR_BIT = 1u << 31 };
static inline td_q_node td_q_var(uint32_t index)
{
	return index | (uint32_t)TD_Q_VAR_BIT;
}
static inline bool td_q_is_var(td_q_node node)
{
	return (node & (uint32_t)TD_Q_VAR_BIT) != 0;
}
static inline uint32_t td_q_index(td_q_node node)
{
	return node & ~(uint32_t)TD_Q_VAR_BIT;
}

typedef enum { TD_Q_LINK, TD_Q_INVERSE, TD_Q_SEQUENCE, TD_Q_ALTERNATIVE, TD_Q_STAR, TD_Q_PLUS, TD_Q_MAYBE, TD_Q_NEGATED } td_q_path_kind;
typedef struct td_q_path {
	td_q_path_kind kind;
	td_q_id link;
	const struct td_q_path *a, *b;
	/* negated: neither one of these … nor, against the arrow, one of those; `forward` and `backward` tell which of them count */
	td_q_id *links, *inverses;
	uint32_t n_links, n_inverses;
	bool forward, backward;
} td_q_path;

typedef struct {
	td_q_node s, p, o, g; /* g 0: all graphs merged */
	const td_q_path *path; /* instead of p */
} td_q_triple;

typedef TD_ARRAY(td_q_triple) td_q_triples;
typedef struct td_q_expr td_q_expr;
typedef struct td_q_group td_q_group;
typedef struct td_q_query td_q_query;

typedef enum {
	TD_Q_TRIPLES, TD_Q_OPTIONAL, TD_Q_UNION, TD_Q_SUBGROUP, TD_Q_MINUS, TD_Q_FILTER, TD_Q_BIND, TD_Q_VALUES, TD_Q_SUBQUERY
} td_q_part_kind;

typedef struct td_q_part {
	td_q_part_kind kind;
	struct td_q_part *next;
	td_q_triples triples;
	TD_ARRAY(td_q_group *) groups; /* of OPTIONAL, MINUS, a subgroup: one; of UNION: the branches */
	const td_q_expr *expr;         /* FILTER, BIND */
	uint32_t var;               /* BIND */
	TD_ARRAY(uint32_t) columns; /* VALUES: variables, and row by row … */
	TD_ARRAY(td_q_id) cells;       /* … 0 for UNDEF */
	td_q_query *query;
} td_q_part;

struct td_q_group {
	td_q_part *first, *last;
};

typedef enum {
	TD_Q_CONST, TD_Q_VARIABLE, TD_Q_OR, TD_Q_AND, TD_Q_NOT, TD_Q_EQ, TD_Q_NE, TD_Q_LT, TD_Q_GT, TD_Q_LE, TD_Q_GE, TD_Q_IN, TD_Q_NOT_IN, TD_Q_ADD, TD_Q_SUB, TD_Q_MUL, TD_Q_DIV,
	TD_Q_MINUS_SIGN, TD_Q_CALL, TD_Q_CAST, TD_Q_BOUND, TD_Q_IF, TD_Q_COALESCE, TD_Q_EXISTS, TD_Q_NOT_EXISTS, TD_Q_AGGREGATE
} td_q_op;

typedef enum { TD_Q_COUNT, TD_Q_SUM, TD_Q_AVG, TD_Q_MIN, TD_Q_MAX, TD_Q_SAMPLE, TD_Q_GROUP_CONCAT, TD_Q_AGGREGATES } td_q_aggregate;

struct td_q_expr {
	td_q_op op;
	td_q_id id;          /* CONST; CAST: the datatype's IRI */
	uint32_t var;     /* VARIABLE, BOUND; AGGREGATE: which of the query */
	const struct td_q_function *function;
	TD_ARRAY(const td_q_expr *) args;
	td_q_group *group;   /* EXISTS */
	td_q_aggregate aggregate;
	bool distinct;
	td_str separator;
};

typedef struct {
	uint32_t var;
	const td_q_expr *expr; /* NULL: the variable itself */
	bool descending;    /* ORDER BY only */
} td_q_item;

typedef enum { TD_Q_SELECT, TD_Q_ASK, TD_Q_CONSTRUCT, TD_Q_DESCRIBE } td_q_form;

struct td_q_query {
	td_q_form form;
	bool distinct, star, aggregated;
	TD_ARRAY(td_q_item) items;
	TD_ARRAY(td_q_item) group_by, having, order_by;
	TD_ARRAY(td_q_expr *) aggregates;
	td_q_triples construct; /* blank nodes as variables from `first_blank` on */
	TD_ARRAY(td_q_node) describe;
	td_q_group *where;
	td_q_part *values; /* behind the query, NULL */
	uint64_t limit, offset;
	bool limited;
};

/* ---- text to tree -------------------------------------------------------------------------------------------- */

typedef enum { TD_T_END, TD_T_WORD, TD_T_NAME, TD_T_IRI, TD_T_VAR, TD_T_BLANK, TD_T_STRING, TD_T_LANG, TD_T_NUMBER, TD_T_SIGN } td_q_token_kind;
typedef struct {
	td_q_token_kind kind;
	td_str text; /* as written, marks included */
} td_q_token;
td_q_token td_q_token_at(td_str text, size_t *at); /* the one from *at on; *at moves behind it */
td_str td_q_unquote(td_arena *arena, td_str string); /* of a TD_T_STRING; .at NULL: a bad escape */

typedef struct {
	td_str prefix, iri;
} td_q_prefix;

typedef struct {
	td_q_data *data;
	td_arena *arena; /* the tree's */
	td_str text;
	size_t at;
	td_q_token now; /* not yet taken */
	td_status status;
	td_error *err;
	uint32_t depth, operators;
	TD_ARRAY(td_str) vars; /* "?name" without the mark; blank nodes as "_:name"; made-up ones "" */
	TD_ARRAY(td_q_prefix) prefixes;
	td_str base;
	td_q_query *query; /* the one being read: its aggregates */
	td_q_node graph;   /* of GRAPH around */
	bool in_aggregate, in_template;
	td_q_triples *triples; /* where the triples being read go */
} td_q_parser;

/* The helpers of the parser's files: they do nothing once something failed (status). */
bool td_q_fail(td_q_parser *p, td_status status, const char *what); /* false */
void td_q_take(td_q_parser *p);
bool td_q_is(const td_q_parser *p, const char *word_or_sign);
bool td_q_accept(td_q_parser *p, const char *word_or_sign);
bool td_q_expect(td_q_parser *p, const char *word_or_sign);
bool td_q_enter(td_q_parser *p); /* counts the depth */
void td_q_leave(td_q_parser *p);
void *td_q_new(td_q_parser *p, size_t size); /* cleared; NULL: failed */
uint32_t td_q_variable(td_q_parser *p, td_str name);
td_q_id td_q_parse_iri(td_q_parser *p);      /* an IRI or prefixed name; 0: failed */
td_q_id td_q_parse_literal(td_q_parser *p);  /* a literal; 0: failed */
td_q_id td_q_iri_of(td_q_parser *p, const char *iri);
bool td_q_starts_term(const td_q_parser *p);
td_q_node td_q_parse_term(td_q_parser *p);   /* variable, IRI, literal, blank node */
void td_q_parse_triples(td_q_parser *p, td_q_part *part); /* as far as they go */
const td_q_path *td_q_parse_path(td_q_parser *p);
const td_q_expr *td_q_parse_expr(td_q_parser *p);
const td_q_expr *td_q_parse_constraint(td_q_parser *p); /* behind FILTER, HAVING, ORDER BY: (…), a call, EXISTS */
td_q_group *td_q_parse_group(td_q_parser *p);
td_q_part *td_q_parse_values(td_q_parser *p);
bool td_q_parse_select(td_q_parser *p, td_q_query *query, bool sub); /* from SELECT on */
td_q_query *td_q_parse(td_q_parser *p);

/* ---- running ------------------------------------------------------------------------------------------------- */

/* Solutions: n rows of the engine's width, each a term number for every variable. */
typedef struct {
	td_q_id *at;
	size_t n, cap;
} td_q_rows;

typedef struct {
	uint64_t bits[TD_Q_MAX_VARS / 64];
} td_q_vars;
static inline void td_q_vars_add(td_q_vars *vars, uint32_t var)
{
	vars->bits[var / 64] |= (uint64_t)1 << var % 64;
}
static inline bool td_q_vars_has(const td_q_vars *vars, uint32_t var)
{
	return vars->bits[var / 64] >> var % 64 & 1;
}
bool td_q_vars_within(const td_q_vars *part, const td_q_vars *whole);
void td_q_triple_vars(const td_q_triple *t, td_q_vars *vars);
void td_q_group_vars(const td_q_group *group, td_q_vars *vars); /* those that its solutions may bind */
bool td_q_expr_vars(const td_q_expr *expr, td_q_vars *vars);    /* false: it asks whether something is bound, or EXISTS */

typedef struct {
	td_q_data *data;
	td_arena scratch; /* values of the expression at hand */
	uint32_t width;
	uint64_t work;
	td_status status; /* of what failed inside an expression */
	td_error *err;
	const td_q_id *aggregated; /* values of the group's aggregates */
} td_q_engine;

td_status td_q_work(td_q_engine *e, uint64_t n);
td_q_id *td_q_rows_add(td_q_engine *e, td_q_rows *rows, const td_q_id *copy, td_status *status); /* NULL: *status is set; copy NULL: empty row */
void td_q_rows_free(td_q_rows *rows);
static inline td_q_id *td_q_row(const td_q_engine *e, const td_q_rows *rows, size_t i)
{
	return rows->at + i * e->width;
}
/* Solutions of `group` that extend the one row `seed` (NULL: the empty one), added to `out`. */
td_status td_q_eval_group(td_q_engine *e, const td_q_group *group, const td_q_id *seed, td_q_rows *out);
td_status td_q_eval_select(td_q_engine *e, const td_q_query *query, td_q_rows *out); /* its rows, projected, in order */
td_status td_q_eval_path(td_q_engine *e, const td_q_triple *t, const td_q_id *row, td_q_rows *out);
td_status td_q_eval_triples(td_q_engine *e, const td_q_triples *triples, td_q_rows *rows); /* replaces rows by what extends them */
td_status td_q_join(td_q_engine *e, td_q_rows *left, const td_q_rows *right, td_q_rows *out);
td_status td_q_left_join(td_q_engine *e, td_q_rows *left, const td_q_rows *right, const td_q_group *filters, td_q_rows *out);
td_status td_q_subtract(td_q_engine *e, td_q_rows *left, const td_q_rows *right, td_q_rows *out);
td_status td_q_filter(td_q_engine *e, const td_q_expr *expr, td_q_rows *rows);

/* ---- values -------------------------------------------------------------------------------------------------- */

typedef enum { TD_Q_NO_NUMBER, TD_Q_INTEGER, TD_Q_DECIMAL, TD_Q_FLOAT, TD_Q_DOUBLE } td_q_number_kind;

/* A term as an expression sees it. Not ok: an error, as the specification calls it. */
typedef struct {
	bool ok;
	td_term term;
	td_q_number_kind kind;
	int64_t integer;
	double number; /* of integers too */
} td_q_value;

td_q_value td_q_no_value(void);
td_q_value td_q_value_of(const td_term *term);
td_q_value td_q_boolean(bool yes);
td_q_value td_q_integer(td_q_engine *e, int64_t n);
td_q_value td_q_number(td_q_engine *e, td_q_number_kind kind, double n);
td_q_value td_q_string(td_str s);
bool td_q_truth(const td_q_value *v, bool *yes); /* effective boolean value; false: it has none */
td_q_value td_q_eval(td_q_engine *e, const td_q_expr *expr, const td_q_id *row);
bool td_q_holds(td_q_engine *e, const td_q_expr *expr, const td_q_id *row);
td_q_id td_q_keep(td_q_engine *e, const td_q_value *v); /* its number; 0 for an error */
bool td_q_equal(const td_q_value *a, const td_q_value *b, bool *equal); /* false: cannot be told */
bool td_q_less(const td_q_value *a, const td_q_value *b, int *order);   /* <0, 0, >0; false: they have no order */
int td_q_order(const td_term *a, const td_term *b);               /* a total order, for ORDER BY, MIN and MAX; NULL is lowest */
td_q_value td_q_arithmetic(td_q_engine *e, td_q_op op, const td_q_value *a, const td_q_value *b);
td_q_value td_q_cast(td_q_engine *e, td_str datatype, const td_q_value *v);

typedef struct td_q_function {
	const char *name;
	uint32_t least, most;
	td_q_value (*call)(td_q_engine *e, const td_q_value *args, uint32_t n);
} td_q_function;
const td_q_function *td_q_function_named(td_str name);

#endif
