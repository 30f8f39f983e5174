/* What somebody does by saying something: "said the plan was a disgrace" criticises, "wrote that he was a hero" praises (Austin, How to do
 * things with words, 1962; Searle 1976). A plain word of saying is a Statement to the lexicon; what is said shows whether it is a narrower class.
 *
 * A logistic regression (weights: src/model/speech.tdm) is asked of each such class, by the tone of the words (ontology/tone.ttl), who is
 * spoken of, modal verbs and the like; the likeliest one is taken if it is likely enough. */
#ifndef TD_SPEECH_H
#define TD_SPEECH_H

#include "doc/doc.h"
#include "doc/lexicon.h"
#include "kg/kg.h"

/* The classes of the ontology that are asked for, in its words. */
#define TD_ACT_MAP(X) \
	X(TD_ACT_ACCUSATION, "Accusation") X(TD_ACT_APOLOGY, "Apology") X(TD_ACT_CRITICISM, "Criticism") X(TD_ACT_DEMAND, "Demand") \
	X(TD_ACT_DENIAL, "Denial") X(TD_ACT_PRAISE, "Praise") X(TD_ACT_PROMISE, "Promise") X(TD_ACT_REJECTION, "Rejection") X(TD_ACT_THREAT, "Threat")
TD_LABEL_SET(td_act, TD_ACT, TD_ACT_MAP)

/* The tones of tid:tone. */
#define TD_TONE_MAP(X) \
	X(TD_TONE_BLAME, "Blame") X(TD_TONE_ILL, "Ill") X(TD_TONE_WRONG, "Wrong") X(TD_TONE_HONOUR, "Honour") X(TD_TONE_GOOD, "Good") \
	X(TD_TONE_GRIEF, "Grief") X(TD_TONE_THANKS, "Thanks") \
	X(TD_TONE_ASK, "Ask") X(TD_TONE_VOW, "Vow") X(TD_TONE_MENACE, "Menace") X(TD_TONE_REGRET, "Regret") X(TD_TONE_REFUSAL, "Refusal") \
	X(TD_TONE_UNTRUE, "Untrue")
TD_LABEL_SET(td_tone, TD_TONE, TD_TONE_MAP)

enum {
	TD_SPEECH_WEIGHTS = 1 << 15,  /* a feature's weight stands at its hash: those that meet there share it */
	TD_SPEECH_FEATURES = 160,     /* upper bound of a saying's features */
	TD_MAX_CONTENT = 120,         /* words of what is said that are looked at */
};

/* What all sayings of a document share. Each event has one trigger as yet. */
typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint16_t statement, death; /* classes */
	uint16_t act[TD_ACT_COUNT];
	uint32_t deaths;
	uint32_t *event_at; /* [n_tokens] by the head of its trigger; TD_NONE */
	uint8_t *dead;      /* [n_entities] 1: whose death the document tells of */
} td_speech_view;

/* What a saying brings. */
typedef struct {
	uint32_t event, trigger;    /* trigger: its head */
	uint32_t speaker;           /* token, TD_NONE */
	uint32_t root;              /* the head of what is said; TD_NONE: nothing is, and the content is what hangs on the word */
	bool quoted;
	uint32_t n, tok[TD_MAX_CONTENT]; /* in text order */
} td_saying_content;

/* Those features of a saying that all classes share. */
typedef struct {
	uint32_t n;
	uint64_t at[TD_SPEECH_FEATURES];
} td_speech_look;

td_status td_speech_view_make(td_doc *doc, const td_lexicon *lexicon, td_speech_view *out, td_error *err);
/* Is the event a plain Statement to the lexicon? Then what it brings. */
bool td_speech_content(const td_speech_view *view, uint32_t event, td_saying_content *out);
void td_speech_features(const td_speech_view *view, const td_saying_content *content, td_speech_look *out);
/* Their places in the table of weights when the class `act` is asked for. */
void td_speech_places(const td_speech_look *look, td_act act, uint32_t out[TD_SPEECH_FEATURES]);

#endif
