/* Frames: what hangs on a trigger word, and how the lexicon's strings name it.
 *
 * The tree is read once into a list of fills, in which the voice is undone (nsubj is who does it, obj whom it is done to), and
 * what the grammar leaves out is put back: subjects shared by coordinated, controlled and participial clauses, the antecedent for a
 * relative pronoun, and what a light verb lends to its noun. Frames and conditions of the lexicon are then matched against that list. */
#ifndef TD_FRAME_H
#define TD_FRAME_H

#include "doc/doc.h"

#define TD_SLOT_MAP(X) \
	X(TD_SLOT_NSUBJ, "nsubj") X(TD_SLOT_OBJ, "obj") X(TD_SLOT_IOBJ, "iobj") X(TD_SLOT_OBL, "obl") X(TD_SLOT_NMOD, "nmod") \
	X(TD_SLOT_POSS, "poss") X(TD_SLOT_AMOD, "amod") X(TD_SLOT_COMPOUND, "compound") X(TD_SLOT_PRT, "prt") \
	X(TD_SLOT_ADVMOD, "advmod") X(TD_SLOT_XCOMP, "xcomp") X(TD_SLOT_CCOMP, "ccomp") X(TD_SLOT_ADVCL, "advcl") \
	X(TD_SLOT_ACL, "acl") X(TD_SLOT_APPOS, "appos") X(TD_SLOT_NUMMOD, "nummod") X(TD_SLOT_DET, "det") X(TD_SLOT_AUX, "aux") \
	X(TD_SLOT_ATTR, "attr") X(TD_SLOT_OF, "of") X(TD_SLOT_QUOTE, "quote") \
	X(TD_SLOT_ABOUT, "about") X(TD_SLOT_LAND, "land") X(TD_SLOT_OWNER, "owner") \
	X(TD_SLOT_AROUND, "around") X(TD_SLOT_HIT, "hit") X(TD_SLOT_UNDER, "under") \
	X(TD_SLOT_ANSWER, "answer")
/* answer: who answers what the noun stands for ("rejected the offer", "did so at his request"); under: the subject of a light verb that undergoes its noun ("Iran faces sanctions"); hit: the object of the verb that a noun is the subject of ("the coup removed him"); owner: whose the object is; around: the subject of the clause in which a noun stands ("announced in a debate"); land: the country of who acts or suffers; about: the subject of the clause that is said; attr: the noun that an attributive participle modifies ("the injured man"); of: the noun that a compound trigger stands before. */

TD_LABEL_SET(td_slot, TD_SLOT, TD_SLOT_MAP)

typedef struct {
	uint8_t slot;
	uint8_t shared; /* 1: put back, not a child of the trigger */
	td_str prep;    /* lemma of the preposition, of a clause the conjunction ("because"); "" when none */
	uint32_t tok;
} td_fill;

enum { TD_MAX_FILLS = 64 };

typedef struct {
	uint32_t trigger;
	uint32_t light; /* the light verb over it, TD_NONE */
	bool passive;
	uint32_t n;
	td_fill at[TD_MAX_FILLS];
} td_fills;

/* Reads what hangs on `trigger` (and on its light verb, TD_NONE when it has none). */
void td_fills_read(const td_doc *doc, uint32_t trigger, uint32_t light, td_fills *out);

/* One piece of a frame, "obl.with/to(Person|Group):patient". */
typedef struct {
	uint8_t slot, role;
	td_str preps, classes;
} td_frame_slot;

/* Takes the next piece off *frame; false at the end. Pieces that cannot be read are left out. */
bool td_frame_next(td_str *frame, td_frame_slot *out);
bool td_slot_takes(const td_doc *doc, const td_frame_slot *slot, const td_fill *fill);
/* Do all conditions of a sense hold? ("obj:Person !prt=up") */
bool td_when_holds(const td_doc *doc, const td_fills *fills, td_str when);

/* The class of what stands at a token: of its mention's entity; TD_CLASS_NONE when there is no mention. */
td_class td_class_at(const td_doc *doc, uint32_t tok);
/* The mention that a filler means: headed there, or below a word of quantity ("dozens of people"); TD_NONE. */
uint32_t td_filler_mention(const td_doc *doc, uint32_t tok);
/* The first semantic role of that predicate in doc->srl, or of one behind it. */
uint32_t td_srl_first(const td_doc *doc, uint32_t pred);
bool td_is_passive(const td_doc *doc, uint32_t verb);
/* Does the word stand as an attribute before its noun ("the injured man")? False of a verb that the tree only takes for one ("a car struck people"). */
bool td_is_attribute(const td_doc *doc, uint32_t verb);
/* The word that acts as the surface subject of a verb, also where the clause leaves it out; TD_NONE. */
uint32_t td_subject_of(const td_doc *doc, uint32_t verb);

#endif
