/* Does a clause speak of what was or of what is to come? */
#include "nlp/nlp.h"
#include "nlp/times.h"

enum { MAX_UP = 8 };

static bool in_list(td_str word, const char *const *list)
{
	for (; *list; list++)
		if (td_str_eq(word, td_str_of(*list))) return true;
	return false;
}

/* Words that point ahead whatever their own tense: "was scheduled for Monday", "the vote due on Friday". */
bool td_points_ahead(td_str lemma)
{
	static const char *const ahead[] = { "schedule", "slate", "plan", "expect", "predict", "forecast", "due", "set", "intend", "prepare",
		"aim", "hope", "promise", "vow", "pledge", "upcoming", "forthcoming", "deadline", "await", "postpone", "delay", NULL };
	return in_list(lemma, ahead);
}

/* Verbs whose simple present tells of a date in a plan: "Parliament votes on Friday". */
static bool is_scheduled_verb(td_str lemma)
{
	static const char *const planned[] = { "open", "begin", "start", "meet", "arrive", "leave", "vote", "take", "travel", "face", "go", "end",
		"expire", "return", "run", "kick", "play", "head", "host", "hold", "resume", "close", NULL };
	return in_list(lemma, planned);
}

static bool has_auxiliary(const td_doc *doc, uint32_t tok, const char *const *lemmas)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
		const td_token *c = &doc->toks.at[doc->child[i]];
		if (c->upos == TD_AUX && (in_list(c->lemma, lemmas) || in_list(c->form, lemmas))) return true;
	}
	return false;
}

static bool has_to(const td_doc *doc, uint32_t tok)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (doc->toks.at[doc->child[i]].xpos == TD_XP_TO) return true;
	return false;
}

/* "set the vote for Friday" points ahead, "set himself on fire on Friday" and "promised on Friday" tell of that day. */
static bool is_aim(const td_doc *doc, uint32_t tok)
{
	static const char *const preps[] = { "for", "to", "until", "till", "by", NULL };
	return in_list(td_case_of(doc, tok), preps);
}

/* "tried to warn", "began to fall": what these did, they did then. */
static bool is_done(const td_doc *doc, uint32_t verb)
{
	static const char *const done[] = { "try", "manage", "begin", "start", "continue", "fail", "attempt", "help", "happen", "come", "go", "get",
		"cease", "use", "force", "cause", "lead", "allow", "enable", "move", "act", "gather", "stop", "rush", "struggle", "fight", NULL };
	const td_token *t = &doc->toks.at[verb];
	uint32_t head = t->deprel == TD_XCOMP || t->deprel == TD_ADVCL ? t->head : TD_NONE;
	return head < doc->toks.n && in_list(doc->toks.at[head].lemma, done);
}

/* One token on the way up from `time`: -1 past, 1 future, 0: look further up. */
static int tense_here(const td_doc *doc, uint32_t tok, uint32_t time)
{
	static const char *const modals[] = { "will", "'ll", "’ll", "wo", "shall", "would", "could", "should", "may", "might", "must", NULL };
	static const char *const past[] = { "have", "did", "was", "were", "had", NULL };
	const td_token *t = &doc->toks.at[tok];
	static const char *const have[] = { "have", NULL }, *const will[] = { "will", "'ll", "’ll", "wo", "shall", NULL };
	/* "might have encouraged" is past, "will have left" is not. */
	if (has_auxiliary(doc, tok, modals)) return has_auxiliary(doc, tok, have) && !has_auxiliary(doc, tok, will) ? -1 : 1;
	if (t->xpos != TD_XP_VBD && has_to(doc, tok)) return is_done(doc, tok) ? 0 : 1; /* "is to be sentenced", "set to meet" */
	if (has_auxiliary(doc, tok, past) && !td_points_ahead(t->lemma)) return -1;
	if (td_points_ahead(t->lemma) && (t->xpos != TD_XP_VBD || is_aim(doc, time))) return 1;
	switch (t->xpos) {
	case TD_XP_VBD: case TD_XP_VBN: return -1;
	case TD_XP_VBZ: case TD_XP_VBP: return is_scheduled_verb(t->lemma) ? 1 : 0;
	case TD_XP_VBG: {
		static const char *const be[] = { "is", "are", "am", "'s", "'re", NULL };
		return has_auxiliary(doc, tok, be) ? 1 : 0;
	}
	default: return 0;
	}
}

bool td_before_content(const td_doc *doc, uint32_t time, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	uint32_t mark = td_child(doc, verb, TD_MARK), subj = td_child(doc, verb, TD_NSUBJ);
	if (subj == TD_NONE) subj = td_child(doc, verb, TD_NSUBJ_PASS);
	if (t->deprel != TD_CCOMP || t->head >= time || subj == TD_NONE || subj < time) return false;
	return mark == TD_NONE || mark > time;
}

int td_tense_of(const td_doc *doc, uint32_t tok)
{
	if (!doc->first_child) return 0;
	for (uint32_t up = 0, time = tok; up < MAX_UP && tok < doc->toks.n; up++) {
		int tense = td_before_content(doc, time, tok) ? 0 : tense_here(doc, tok, time);
		if (tense) return tense;
		tok = doc->toks.at[tok].head;
	}
	return 0;
}

bool td_in_perfect(const td_doc *doc, uint32_t tok)
{
	for (int up = 0; up < MAX_UP && tok < doc->toks.n; up++, tok = doc->toks.at[tok].head) {
		for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++) {
			const td_token *c = &doc->toks.at[doc->child[i]];
			bool now = c->xpos == TD_XP_VBZ || c->xpos == TD_XP_VBP;
			if (now && c->upos == TD_AUX && td_str_eq(c->lemma, TD_STR("have"))) return true;
		}
		if (doc->toks.at[tok].upos == TD_VERB) return false;
	}
	return false;
}
