/* The word under which a token is looked up in the lexicon. Mostly its lemma; where the lexicon does not know that one, the
 * form's endings are taken off by rule, and the first result that the lexicon knows is used ("banning" → "ban"). */
#include "kg/events.h"

enum { MAX_WORD = 48 };

typedef struct {
	const char *ending, *instead; /* "ies" → "y" */
	uint8_t upos;
	bool undouble; /* "banning" → "ban" */
} ending_rule;

static const ending_rule endings[] = {
	{ "ied", "y", TD_VERB, false }, { "ied", "ie", TD_VERB, false }, { "ed", "", TD_VERB, false }, { "ed", "e", TD_VERB, false },
	{ "ed", "", TD_VERB, true }, { "ing", "", TD_VERB, false }, { "ing", "e", TD_VERB, false }, { "ing", "", TD_VERB, true },
	{ "ying", "ie", TD_VERB, false }, { "ies", "y", TD_VERB, false }, { "ches", "ch", TD_VERB, false }, { "shes", "sh", TD_VERB, false },
	{ "ses", "s", TD_VERB, false }, { "xes", "x", TD_VERB, false }, { "oes", "o", TD_VERB, false }, { "s", "", TD_VERB, false },
	{ "ies", "y", TD_NOUN, false }, { "ches", "ch", TD_NOUN, false }, { "shes", "sh", TD_NOUN, false }, { "ses", "s", TD_NOUN, false },
	{ "xes", "x", TD_NOUN, false }, { "oes", "o", TD_NOUN, false }, { "s", "", TD_NOUN, false },
};

/* Past forms that no rule gives, and that a statistical lemmatizer gets wrong most. */
static const struct {
	const char *form, *lemma;
} irregular[] = {
	{ "fled", "flee" }, { "pled", "plead" }, { "slew", "slay" }, { "slain", "slay" }, { "overthrew", "overthrow" }, { "overthrown", "overthrow" },
	{ "overshot", "overshoot" }, { "shot", "shoot" }, { "slid", "slide" }, { "struck", "strike" }, { "stricken", "strike" }, { "sank", "sink" },
	{ "sunk", "sink" }, { "fought", "fight" }, { "sought", "seek" }, { "bought", "buy" }, { "fell", "fall" }, { "flew", "fly" }, { "flown", "fly" },
	{ "spoke", "speak" }, { "spoken", "speak" }, { "swore", "swear" }, { "sworn", "swear" }, { "withdrew", "withdraw" }, { "withdrawn", "withdraw" },
	{ "threw", "throw" }, { "thrown", "throw" }, { "hid", "hide" }, { "stole", "steal" }, { "stolen", "steal" }, { "arose", "arise" },
	{ "foretold", "foretell" }, { "retook", "retake" }, { "forbade", "forbid" }, { "forbidden", "forbid" }, { "wed", "wed" }, { "upheld", "uphold" },
	{ "misled", "mislead" }, { "bled", "bleed" }, { "froze", "freeze" }, { "rode", "ride" }, { "ridden", "ride" }, { "shook", "shake" },
	{ "undertook", "undertake" }, { "underwrote", "underwrite" }, { "underwritten", "underwrite" }, { "lent", "lend" }, { "burnt", "burn" },
	{ "forswore", "forswear" }, { "forsworn", "forswear" }, { "waylaid", "waylay" }, { "risen", "rise" }, { "crept", "creep" }, { "swung", "swing" },
	{ "besought", "beseech" }, { "overran", "overrun" }, { "stung", "sting" }, { "bitten", "bite" }, { "bit", "bite" }, { "torn", "tear" },
	{ "tore", "tear" }, { "beaten", "beat" }, { "underwent", "undergo" }, { "undergone", "undergo" }, { "overcame", "overcome" },
	{ "withheld", "withhold" }, { "withstood", "withstand" }, { "forgave", "forgive" }, { "forgiven", "forgive" }, { "rebuilt", "rebuild" },
	{ "rewrote", "rewrite" }, { "resold", "resell" }, { "caught", "catch" }, { "taught", "teach" }, { "sped", "speed" }, { "strode", "stride" },
	{ "swam", "swim" }, { "trod", "tread" }, { "bound", "bind" }, { "hung", "hang" }, { "lain", "lie" }, { "dug", "dig" }, { "wept", "weep" },
	{ "spun", "spin" }, { "clung", "cling" }, { "leapt", "leap" }, { "spat", "spit" }, { "swept", "sweep" }, { "blew", "blow" }, { "blown", "blow" },
	{ "overtook", "overtake" }, { "overtaken", "overtake" }, { "knelt", "kneel" }, { "drove", "drive" }, { "driven", "drive" }, { "lit", "light" },
	{ "retaken", "retake" }, { "stuck", "stick" }, { "slept", "sleep" }, { "sprang", "spring" }, { "sprung", "spring" }, { "woke", "wake" },
	{ "wrung", "wring" }, { "outran", "outrun" }, { "forewent", "forego" }, { "begun", "begin" }, { "shown", "show" }, { "broken", "break" },
};

td_str td_lower_lemma(td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	td_str word = t->lemma.n ? t->lemma : t->form;
	for (size_t i = 0; i < word.n; i++)
		if ((word.at[i] >= 'A' && word.at[i] <= 'Z') || (unsigned char)word.at[i] >= 0x80) return td_lower(&doc->arena, word);
	return word;
}

/* Applies a rule to `form`; an empty string where it does not fit. */
static td_str strip(td_str form, const ending_rule *rule, char out[MAX_WORD])
{
	size_t cut = strlen(rule->ending), add = strlen(rule->instead);
	if (form.n < cut + 2 || form.n + add >= MAX_WORD || !td_str_ends(form, td_str_of(rule->ending))) return (td_str){ 0 };
	size_t n = form.n - cut;
	memcpy(out, form.at, n);
	if (rule->undouble && (n < 3 || out[n - 1] != out[n - 2])) return (td_str){ 0 };
	if (rule->undouble) n--;
	memcpy(out + n, rule->instead, add);
	return (td_str){ out, n + add };
}

static td_str irregular_lemma(td_str form)
{
	for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
		if (td_str_eq(form, td_str_of(irregular[i].form))) return td_str_of(irregular[i].lemma);
	return (td_str){ 0 };
}

/* Does the lexicon know `word` as that part of speech, alone or at the start of a phrase? ("stole" is known, but as a garment.) */
static bool is_known(const td_lexicon *lexicon, td_str word, uint8_t upos)
{
	for (uint32_t i = td_lexicon_find(lexicon, word); i != TD_NONE; i = lexicon->senses.at[i].next) {
		const td_sense *s = &lexicon->senses.at[i];
		if (s->upos == upos || s->upos == TD_POS_X || (s->upos == TD_ADJ && upos == TD_VERB)) return true;
	}
	return false;
}

td_str td_event_word(td_doc *doc, const td_lexicon *lexicon, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	td_str lemma = td_lower_lemma(doc, tok);
	uint8_t upos = t->upos == TD_PROPN ? TD_NOUN : t->upos == TD_ADJ || t->upos == TD_AUX ? TD_VERB : t->upos;
	if ((upos != TD_VERB && upos != TD_NOUN) || is_known(lexicon, lemma, upos)) return lemma;
	td_str form = td_lower(&doc->arena, t->form), known = irregular_lemma(form);
	if (known.n) return known;
	if (upos == TD_NOUN && is_known(lexicon, form, upos)) return form; /* "the founding": a noun that is lemmatized as its verb */
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		char buf[MAX_WORD];
		td_str word = endings[i].upos == upos ? strip(form, &endings[i], buf) : (td_str){ 0 };
		if (word.n && is_known(lexicon, word, upos)) return td_arena_str(&doc->arena, word);
	}
	return lemma;
}
