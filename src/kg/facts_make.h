/* Inside of the facts room: what facts.c (document, entities, positions) and facts_events.c (events, attributions, quotations,
 * mentions) share. */
#ifndef TD_FACTS_MAKE_H
#define TD_FACTS_MAKE_H

#include "kg/facts.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define OWL "http://www.w3.org/2002/07/owl#"
#define XSD "http://www.w3.org/2001/XMLSchema#"
#define TID "https://w3id.org/tidings/ns#"
#define SEM "http://semanticweb.cs.vu.nl/2009/11/sem/"
#define SCHEMA "http://schema.org/"
#define NIF "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
#define ITSRDF "http://www.w3.org/2005/11/its/rdf#"
#define PROV "http://www.w3.org/ns/prov#"
#define DCTERMS "http://purl.org/dc/terms/"
#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define WD "http://www.wikidata.org/entity/"
#define DBR "http://dbpedia.org/resource/"


/* A place in the text and what stands there. */
typedef struct {
	td_range chars, bytes;
	td_str target;
	float confidence; /* of the link of a name; 0: not linked, or no name */
	uint32_t order; /* ties keep the order in which they were found */
} td_span;

/* One run. A failed allocation is remembered, so that one check at the end is enough. */
typedef struct {
	const td_doc *doc;
	const td_lexicon *lexicon;
	const td_kb *kb;
	td_facts_options options;
	td_graph *g;
	uint32_t subject_from; /* first triple of the subject that is being written */
	uint8_t *needed;       /* [entities] to be written */
	uint32_t *same_iri;    /* [entities] next entity of the same IRI, TD_NONE */
	uint8_t *follows;      /* [entities] written together with an earlier one of the same IRI */
	bool failed;
	TD_ARRAY(td_span) spans; /* by place */
} td_maker;

#define IRI(literal) td_term_iri(TD_STR(literal))
#define A IRI(RDF "type")

static inline td_term td_term_iri(td_str value)
{
	return (td_term){ .kind = TD_IRI, .value = value };
}
static inline td_term td_term_text(td_str value)
{
	return (td_term){ .kind = TD_LITERAL, .value = value };
}
static inline td_term td_term_english(td_str value)
{
	return (td_term){ .kind = TD_LITERAL, .value = value, .lang = TD_STR("en") };
}

/* Copies into the graph's arena. */
td_str td_keep(td_maker *m, td_str s);
td_term td_term_integer(td_maker *m, int64_t v);
td_term td_term_offset(td_maker *m, uint32_t v);
td_term td_term_score(td_maker *m, float v); /* 0…1 as a decimal of two places */
td_term td_term_date(td_maker *m, td_date d);
td_term td_term_local(td_maker *m, td_str name); /* tid:name */

void td_begin_subject(td_maker *m);
void td_put_triple(td_maker *m, td_str s, td_term p, td_term o); /* nothing when the subject has that triple already */
void td_put_entity(td_maker *m, td_str s, td_term p, uint32_t entity);
void td_put_derived(td_maker *m, td_str s);
void td_put_derived_span(td_maker *m, td_str s, td_range toks);
td_str td_char_iri(td_maker *m, uint32_t begin, uint32_t end);
td_str td_context_iri(td_maker *m);
void td_put_reference(td_maker *m, td_str s, const td_span *span); /* what the text there means, and how sure that is */

/* Lists of the items of each group, in order: first[group], next[item]; items are added from the last to the first. */
typedef struct {
	uint32_t *first, *next;
} td_lists;
td_lists td_lists_new(td_maker *m, uint32_t groups, uint32_t items); /* .first NULL when out of memory */
void td_lists_add(td_lists lists, uint32_t groups, uint32_t group, uint32_t item);

/* facts_quantity.c */
void td_put_quantity(td_maker *m, td_str s, uint32_t event, td_lists amounts); /* an event's own triples about its quantities */
void td_put_amounts(td_maker *m);                                              /* the quantities themselves */

/* facts_events.c */
void td_collect_spans(td_maker *m);
void td_put_events(td_maker *m);
void td_put_quotes(td_maker *m);
void td_put_mentions(td_maker *m);

#endif
