/* The annotated document: one arena, flat arrays that refer to each other by index, one layer a stage.
 *
 * Units: byte offsets into doc->text unless a name says otherwise; token ranges are [from, to) over doc->toks, which
 * holds all sentences behind one another. TD_NONE means "no index". Everything in here is owned by the document. */
#ifndef TD_DOC_H
#define TD_DOC_H

#include "base/base.h"
#include "doc/labels.h"

enum {
	TD_MAX_TEXT = 256 << 20,      /* bytes of one document */
	TD_MAX_SENT_TOKENS = 256,     /* the splitter cuts longer sentences */
	TD_MAX_DOC_MENTIONS = 200000, /* beyond it mentions are dropped, and doc->dropped counts them */
};

typedef struct {
	uint32_t from, to;
} td_range;

typedef struct {
	int16_t year;       /* 0: unknown */
	uint8_t month, day; /* 0: unknown, or not that precise */
} td_date;

typedef struct {
	td_range bytes;
	uint8_t why; /* td_skip_why */
} td_skip;

typedef struct {
	td_range toks;
	uint32_t root;     /* token; TD_NONE before parsing */
	bool starts_para;  /* first sentence of a paragraph */
	td_str comments;   /* CoNLL-U input only: the comment lines, kept for output */
} td_sent;

typedef struct {
	td_range bytes; /* where in the text; words of a multi-word token split it ("do" "n't"), or share it when they can't */
	td_str form;    /* usually the text itself */
	td_str lemma;   /* empty before tagging */
	uint32_t head;  /* token index in the document; TD_NONE for a root */
	uint32_t sent;
	uint8_t upos, xpos, deprel; /* td_upos, td_xpos, td_deprel */
	uint8_t name;               /* td_name_class of the span it is in */
	uint8_t quoted;             /* 1: inside a direct quotation (set by the quotation stage) */
	uint8_t space_after;        /* 1: white space follows in the text */
	uint16_t mwt;               /* words of the multi-word token that starts here, else 0 */
} td_token;

/* A name span of the network. */
typedef struct {
	td_range toks;
	uint8_t cls; /* td_name_class */
	float score; /* 0…1 */
} td_name;

/* An argument of a predicate: the head of its span. Several lie behind one another, by predicate. */
typedef struct {
	uint32_t pred, tok;
	uint8_t role; /* td_srl_role */
	float score;  /* 0…1 */
} td_srl;

/* A time expression, TIMEX3-like: resolved against the document's date. */
typedef struct {
	td_range toks;
	uint32_t head;      /* token by which it hangs in the tree */
	td_date begin, end; /* equal for a point; begin.year 0 when it cannot be resolved. end.year 0: open span */
	uint8_t kind;       /* td_time_kind */
} td_time;

typedef enum { TD_TIME_DATE, TD_TIME_SPAN, TD_TIME_DURATION, TD_TIME_SET } td_time_kind;

typedef struct {
	td_range toks;      /* the span as it is written: bare name, nominal without article, pronoun */
	uint32_t head;      /* token */
	uint32_t entity;    /* after coreference, else TD_NONE */
	uint8_t cls;        /* td_class */
	uint8_t kind;       /* td_mention_kind */
	uint8_t gender, number;
	uint8_t demonym;    /* 1: an adjective of a country or city ("Russian leader") standing for the place */
	uint8_t definite;   /* 1: "the …", "this …", possessed */
	td_range title;     /* tokens of a title before or after the name ("Secretary of State"); from == to: none */
} td_mention;

typedef struct {
	td_str label;       /* its best name */
	uint32_t kb;        /* entry of the knowledge base, TD_NONE when not linked */
	td_str article;     /* where kb is TD_NONE: the title of its English Wikipedia article, as it follows from its name, alone or with its state; or empty */
	float confidence;   /* of the link, 0…1: how often such links are right */
	uint8_t cls, gender, number;
	uint8_t named;      /* 1: a name is among its mentions */
	uint32_t n_mentions;
	td_str iri;         /* set by the IRI stage */
} td_entity;

/* A position that somebody holds, held or will hold. */
typedef struct {
	uint32_t holder;       /* entity */
	td_str title;          /* "Secretary of State" */
	uint32_t organization; /* entity or TD_NONE */
	uint8_t of_state;      /* 1: an office of a state, and nobody says of which; organization is then a guess or TD_NONE */
	uint8_t status;        /* td_position_status */
	td_range toks;         /* what it was read from */
	td_str iri;
} td_position;

typedef struct {
	uint32_t subject, object; /* entities */
	uint8_t kind;             /* td_relation_kind */
	td_range toks;            /* what it was read from */
	td_str iri;               /* of the statement that tells so */
} td_relation;

typedef struct {
	uint16_t cls;        /* class of the ontology table (kg/onto.h) */
	uint8_t factuality;  /* td_factuality */
	uint8_t negated;     /* cue bits of the factuality stage */
	uint32_t trigger;    /* its first trigger */
	td_str label;
	td_date begin, end;  /* as in td_time; begin.year 0: unknown */
	uint8_t span;        /* 1: write begin and end, not one time stamp */
	td_str time_text;    /* "Wednesday" */
	int64_t quantity;    /* of those concerned: dead, hurt, arrested; -1: none. Of a range the lower end */
	uint8_t bound;       /* td_bound of that quantity */
	float confidence;    /* 0…1: how often such triggers tell of an event of that class; 0: not known */
	td_str iri;
} td_event;

typedef struct {
	uint32_t event;
	td_range toks; /* the trigger word or fixed phrase */
	uint32_t head;
} td_trigger;

typedef struct {
	uint32_t event, target; /* target: entity, or event when is_event */
	uint8_t role;           /* td_role */
	uint8_t is_event;
	uint32_t mention;       /* the mention that fills it, TD_NONE when inherited or an event */
} td_arg;

typedef struct {
	uint32_t event, source; /* source: entity */
	uint32_t statement;     /* the speech event, TD_NONE when it has none ("according to") */
	uint8_t stance;         /* td_stance */
	td_range toks;          /* the cue */
	uint32_t told;          /* the head of the trigger that it was read at */
	uint32_t signs;         /* what speaks for and against it (kg/attribution.h) */
	float confidence;       /* 0…1: how often such claims are made; 0: not known */
	td_str iri;
} td_attribution;

/* A quantity that the text gives for an event. All that it tells is kept: two numbers of dead are two of these. */
typedef struct {
	uint32_t event;
	uint8_t kind, bound; /* td_amount_kind, td_bound */
	int64_t low, high;   /* thousandths; the same but for a range, and for votes and scores: for and against */
	td_str currency;     /* ISO 4217, of money */
	td_str unit;         /* what is counted: "people" */
	td_range toks;
	td_str iri;
} td_amount;

/* What tells an event from all others, as other documents may have it too. */
typedef struct {
	uint32_t event;
	float confidence; /* how often two documents that share it mean one event */
	td_str label;     /* "Attack, Kabul, 2019-01-24" */
	td_str iri;
} td_identity;

enum { TD_AMOUNT_ONE = 1000 }; /* one, as td_amount counts */

/* Two events of which it is nearly as likely as not that they are one. */
typedef struct {
	uint32_t a, b;
} td_doubt;

typedef struct {
	td_range bytes;      /* what stands inside the quotation marks */
	td_range toks;       /* the tokens inside */
	uint32_t speaker;    /* entity or TD_NONE */
	uint32_t statement;  /* event or TD_NONE */
	uint32_t cue;        /* token of the speech verb, TD_NONE */
	td_str iri;
} td_quote;

/* The stages in their order; the text is what --until takes. */
#define TD_STAGE_MAP(X) \
	X(TD_STAGE_SOURCE, "source") X(TD_STAGE_SPLIT, "split") X(TD_STAGE_TAG, "tag") X(TD_STAGE_TIME, "time") \
	X(TD_STAGE_MENTIONS, "mentions") X(TD_STAGE_COREF, "coref") X(TD_STAGE_LINK, "link") X(TD_STAGE_EVENTS, "events") \
	X(TD_STAGE_ATTRIBUTION, "attribution") X(TD_STAGE_FACTUALITY, "factuality") X(TD_STAGE_FACTS, "facts")
TD_LABEL_SET(td_stage, TD_STAGE, TD_STAGE_MAP)

typedef struct td_doc {
	td_arena arena;
	/* what the source gave */
	td_str name; /* file name (or file:line) for messages */
	td_str id, url, title, source, language;
	td_date date;
	td_str text; /* valid UTF-8, never changed */
	char hash[65]; /* SHA-256 of the text, hex, NUL-terminated */
	td_str iri;    /* the document's own IRI, set by the IRI stage */
	td_stage stage; /* last one that ran */
	uint32_t dropped;
	/* layers */
	TD_ARRAY(td_skip) skips; /* by position, disjoint */
	TD_ARRAY(td_sent) sents;
	TD_ARRAY(td_token) toks;
	TD_ARRAY(td_name) names; /* by position, disjoint */
	TD_ARRAY(uint32_t) preds; /* CoNLL-U input only: the predicates it asks for (Pred=Yes), which are then the only ones */
	TD_ARRAY(td_srl) srl;     /* by predicate, then by position */
	TD_ARRAY(td_time) times;
	TD_ARRAY(td_mention) mentions; /* by position */
	TD_ARRAY(td_entity) entities;
	TD_ARRAY(td_position) positions;
	TD_ARRAY(td_relation) relations;
	TD_ARRAY(td_event) events;
	TD_ARRAY(td_trigger) triggers;
	TD_ARRAY(td_arg) args;
	TD_ARRAY(td_attribution) attributions;
	TD_ARRAY(td_quote) quotes;
	TD_ARRAY(td_doubt) doubts;
	TD_ARRAY(td_amount) amounts; /* by position */
	TD_ARRAY(td_identity) identities; /* by event; made by the IRI stage */
	/* children of every token, in text order: child[first_child[t] … first_child[t + 1]) are those of t. Built once by
	 * td_doc_index_tree, after tagging. */
	uint32_t *first_child, *child;
	/* code point of every 64th byte, for td_doc_char */
	uint32_t *chars;
} td_doc;

void td_doc_init(td_doc *doc);
void td_doc_reset(td_doc *doc); /* forget all, keep the memory for the next document */
void td_doc_free(td_doc *doc);  /* frees all that the document owns */

/* Takes a copy of `text`; checks UTF-8 (error with byte), size, and that there is a letter or digit at all. A BOM stays in the
 * text (offsets!) and is skipped. Computes hash and the code point index. */
td_status td_doc_set_text(td_doc *doc, td_str text, td_error *err);
/* What the document was made of, text and metadata, in short: differs when any of it differs. NUL-terminated. */
enum { TD_CONTENT_CAP = 96 };
void td_doc_content(const td_doc *doc, char out[TD_CONTENT_CAP]);
/* Code point offset of a byte offset (RFC 5147 counts code points). */
uint32_t td_doc_char(const td_doc *doc, uint32_t byte);
td_str td_doc_slice(const td_doc *doc, td_range bytes);
td_range td_doc_bytes(const td_doc *doc, td_range toks); /* from the first token's start to the last one's end */
static inline td_str td_doc_toks_text(const td_doc *doc, td_range toks)
{
	return td_doc_slice(doc, td_doc_bytes(doc, toks));
}

/* ---- the tree ------------------------------------------------------------------------------------------------ */
td_status td_doc_index_tree(td_doc *doc, td_error *err);
/* First child of `tok` with that relation (subtypes too when `deprel` is a base relation); TD_NONE. */
uint32_t td_child(const td_doc *doc, uint32_t tok, td_deprel deprel);
/* Iterate:  for (uint32_t i = doc->first_child[t]; i < doc->first_child[t + 1]; i++) … doc->child[i] */
/* The tokens that `tok` dominates, as the smallest range that holds them (projective in nearly all cases). */
td_range td_subtree(const td_doc *doc, uint32_t tok);
bool td_dominates(const td_doc *doc, uint32_t ancestor, uint32_t tok);
/* The preposition ("case" child's lemma) of a nominal, "" when none. */
td_str td_case_of(const td_doc *doc, uint32_t tok);
static inline bool td_lemma_is(const td_doc *doc, uint32_t tok, const char *lemma)
{
	return tok != TD_NONE && td_str_eq(doc->toks.at[tok].lemma, td_str_of(lemma));
}
static inline bool td_lemma_among(const td_doc *doc, uint32_t tok, const char *const *lemmas, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (td_lemma_is(doc, tok, lemmas[i])) return true;
	return false;
}
#define TD_LEMMA_AMONG(doc, tok, table) td_lemma_among(doc, tok, table, sizeof(table) / sizeof *(table))
/* The mention whose head is `tok`, or (second) whose span holds it; TD_NONE. Binary search by position. */
uint32_t td_mention_headed(const td_doc *doc, uint32_t tok);
uint32_t td_mention_at(const td_doc *doc, uint32_t tok);

/* ---- dates --------------------------------------------------------------------------------------------------- */
td_date td_date_parse(td_str iso);                /* YYYY, YYYY-MM, YYYY-MM-DD…; .year 0 when it is none */
uint32_t td_date_print(td_date date, char out[16]); /* ISO as precise as it is; returns its length */
int32_t td_date_days(td_date date);               /* days since 1970-01-01 (proleptic Gregorian) */
td_date td_date_from_days(int32_t days);
int td_date_weekday(td_date date);                /* 0 Monday … 6 Sunday */
int td_date_cmp(td_date a, td_date b);

#endif
