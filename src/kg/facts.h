/* From the annotated document to its graph: names for everything (IRIs), then triples. */
#ifndef TD_FACTS_H
#define TD_FACTS_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/kb.h"
#include "kg/triple.h"

/* How much of where it was read is written.
 * document: what was found points to the document (prov:wasDerivedFrom); mention: also every mention with its characters;
 * full: also what each role, position and attribution was read from (as RDF reification, RDF 1.1 Semantics, appendix D.1). */
#define TD_PROVENANCE_MAP(X) \
	X(TD_PROV_NONE, "none") X(TD_PROV_DOCUMENT, "document") X(TD_PROV_MENTION, "mention") X(TD_PROV_FULL, "full")
TD_LABEL_SET(td_provenance, TD_PROVENANCE, TD_PROVENANCE_MAP)

td_str td_document_iri(td_doc *doc, td_str base); /* needs the metadata and the text only; .at NULL when out of memory */

/* Names the document and all entities, positions, events, attributions and quotations in it. The rules, so that the same
 * thing has the same name in every run, on every machine, in whatever order files come:
 *   document     its URL without fragment; else BASE doc/ID for an identifier that the input gave; else BASE doc/HASH of the text
 *   entity       linked: BASE entity/Q… (its Wikidata id), else BASE entity/Title of its DBpedia resource. Named in two or more words and no person: BASE entity/NAME-HASH of
 *                class and name. All others are the document's own: the hash also takes in the document's IRI.
 *   event        of which enough is known (kg/event_key.h): BASE event/CLASS-DATE-HASH of what tells it from others. Else the document's
 *                own: hash of document, class and trigger's place. What else tells it from others: BASE key/CLASS-DATE-HASH.
 *   position, attribution, quotation    BASE position/… of what they consist of.
 * BASE must be an absolute IRI (checked by td_iri_ok). */
td_status td_iris(td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, td_str base, td_error *err);

/* What linked entities are called: by a name of ours, or as Wikidata or DBpedia calls them. What is not there keeps its own name. */
#define TD_SUBJECTS_MAP(X) X(TD_SUBJECTS_LOCAL, "local") X(TD_SUBJECTS_WIKIDATA, "wikidata") X(TD_SUBJECTS_DBPEDIA, "dbpedia")
TD_LABEL_SET(td_subjects, TD_SUBJECTS, TD_SUBJECTS_MAP)
/* After td_iris, so that all that is made of entities has the same name whatever these are called. */
td_status td_iris_linked(td_doc *doc, const td_kb *kb, td_subjects subjects, td_error *err);

typedef struct {
	td_provenance provenance;
	bool with_text;
} td_facts_options;

/* The document's graph, into *graph (reset first; it holds no pointer into the document). td_iris has run.
 * Entities without a name are written only where an event, position, attribution or quotation needs them. */
td_status td_facts(const td_doc *doc, const td_lexicon *lexicon, const td_kb *kb, const td_facts_options *options,
	td_graph *graph, td_error *err);

/* "Łódź city" → "Lodz_city": letters, digits and _ only, at most 60 characters, cut at a word; may be empty. */
td_str td_slug(td_arena *arena, td_str name);

#endif
