/* The compiled lexicon: what words mean to us. Events and their frames, nouns and titles for entities, cues of
 * factuality and attribution. Its source is OntoLex-Lemon Turtle (ontology/lexicon.ttl, nouns.ttl, cues.ttl) and the class tree of
 * ontology/tidings.ttl; `tidings ontology --compile` flattens them into a table of lines that is read at start:
 *
 *     class <TAB> name <TAB> parent <TAB> label
 *     sense <TAB> lemma <TAB> UPOS <TAB> kind <TAB> reference <TAB> frame <TAB> when <TAB> note
 *
 * lemma: lower case, words of a phrase separated by one space ("step down": the first word is the one looked up, see td_lexicon_find).
 * Const after opening, shared by threads. */
#ifndef TD_LEXICON_H
#define TD_LEXICON_H

#include "base/base.h"
#include "doc/labels.h"

#define TD_SENSE_MAP(X) \
	X(TD_SENSE_EVENT, "event")   /* reference: an event class, "Meeting"; frame: where its roles stand */ \
	X(TD_SENSE_ENTITY, "entity") /* reference: an entity class, "Person", of a common noun ("troops": Group) */ \
	X(TD_SENSE_TITLE, "title")   /* a role that somebody holds: "president", "secretary of state" */ \
	X(TD_SENSE_DEMONYM, "demonym") /* "russian": reference is the place's name, "Russia" */ \
	X(TD_SENSE_GIVEN, "given")   /* a given name; reference "male" or "female" */ \
	X(TD_SENSE_CUE, "cue")       /* reference: a factuality or stance; frame: what of the tree it scopes over */ \
	X(TD_SENSE_LIGHT, "light")   /* a verb that lends its arguments to its object noun ("paid a visit") */ \
	X(TD_SENSE_TONE, "tone")     /* reference: what a speaker who uses it does, "Blame" ("disgrace") */

TD_LABEL_SET(td_sense_kind, TD_SENSE, TD_SENSE_MAP)

typedef struct {
	td_str lemma;     /* the whole phrase */
	uint8_t upos;     /* td_upos; TD_POS_X: any */
	uint8_t kind;     /* td_sense_kind */
	uint16_t cls;     /* events: index into classes; entities: td_class; else 0 */
	td_str reference; /* as written in the table */
	td_str frame;     /* "nsubj:agent obj:patient obl.with:patient": read by the stage that uses it */
	td_str when;      /* conditions on the arguments, "" when none */
	td_str note;
	uint32_t next;    /* next sense of the same first word, TD_NONE */
} td_sense;

typedef struct {
	td_str name, label; /* "Airstrike" */
	uint16_t parent;    /* index; itself for a root */
	uint16_t top;       /* the ancestor directly below Event, itself for that and for Event */
} td_event_class;

typedef struct td_lexicon {
	td_arena arena;
	TD_ARRAY(td_sense) senses;
	TD_ARRAY(td_event_class) classes; /* 0 is Event itself */
	td_map by_word, by_class;
} td_lexicon;

td_status td_lexicon_read(td_str table, td_lexicon *out, td_error *err); /* errors name the line */
td_status td_lexicon_open(const char *path, td_lexicon *out, td_error *err);
void td_lexicon_free(td_lexicon *lexicon);

/* First sense whose (first) word is `lemma`, in table order, or TD_NONE; go on with senses.at[i].next. */
uint32_t td_lexicon_find(const td_lexicon *lexicon, td_str lemma);
/* First sense of exactly that lemma and kind that fits the part of speech; TD_NONE. */
uint32_t td_lexicon_sense(const td_lexicon *lexicon, td_str lemma, td_upos upos, td_sense_kind kind);
uint16_t td_lexicon_class(const td_lexicon *lexicon, td_str name); /* UINT16_MAX when unknown */
bool td_lexicon_is_a(const td_lexicon *lexicon, uint16_t cls, uint16_t ancestor);
/* Is it, or is it below, one of these classes? */
bool td_lexicon_is_among(const td_lexicon *lexicon, uint16_t cls, const char *const *names, size_t n);
#define TD_IS_AMONG(lexicon, cls, table) td_lexicon_is_among(lexicon, cls, table, sizeof(table) / sizeof *(table))

#endif
