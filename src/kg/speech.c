/* Sayings get the class of what is done by them. */
#include "kg/speech.h"

TD_LABEL_CODE(td_act, TD_ACT, TD_ACT_MAP)
TD_LABEL_CODE(td_tone, TD_TONE, TD_TONE_MAP)

td_status td_speech_model_open(const char *path, td_logistic **out, td_error *err)
{
	return td_logistic_open(path, "speech model", TD_SPEECH_WEIGHTS, out, err);
}

/* The likeliest class; TD_ACT_COUNT when none is likely enough. */
static td_act choose(const td_speech_view *view, const td_logistic *model, const td_saying_content *content)
{
	td_speech_look look;
	uint32_t place[TD_SPEECH_FEATURES];
	td_act best = TD_ACT_COUNT;
	float most = td_logistic_least(model);
	td_speech_features(view, content, &look);
	for (unsigned act = 0; act < TD_ACT_COUNT; act++) {
		td_speech_places(&look, (td_act)act, place);
		float p = td_logistic_probability(model, place, look.n);
		if (p >= most) most = p, best = (td_act)act;
	}
	return best;
}

/* ---- one act in two words ---------------------------------------------------------------------------------------------- */

static bool is_act(const td_speech_view *v, uint32_t event)
{
	for (unsigned a = 0; event != TD_NONE && a < TD_ACT_COUNT; a++)
		if (v->doc->events.at[event].cls == v->act[a]) return true;
	return false;
}

/* "praised her, saying", "said in a statement", "the letter said": does `low` tell of what the word does that it hangs on? */
static bool tells_the_same(const td_doc *doc, uint32_t low)
{
	static const char *const inside[] = { "in", "at", "during", "on", "via", "through" };
	const td_token *t = &doc->toks.at[low];
	td_str prep = td_case_of(doc, low);
	for (size_t i = 0; t->upos == TD_NOUN && t->deprel == TD_OBL && i < sizeof inside / sizeof *inside; i++)
		if (td_str_eq(prep, td_str_of(inside[i]))) return true;
	if (t->upos == TD_NOUN) return t->deprel == TD_NSUBJ;
	bool participle = t->xpos == TD_XP_VBG && (t->deprel == TD_ADVCL || t->deprel == TD_ACL);
	return participle && td_child(doc, low, TD_MARK) == TD_NONE && td_child(doc, low, TD_NSUBJ) == TD_NONE;
}

/* The event of the narrower class that the plain one is a part of; TD_NONE. */
static uint32_t narrower_beside(const td_speech_view *v, uint32_t event)
{
	const td_doc *doc = v->doc;
	uint32_t tok = doc->triggers.at[doc->events.at[event].trigger].head, up = doc->toks.at[tok].head;
	if (up < doc->toks.n && is_act(v, v->event_at[up]) && tells_the_same(doc, tok)) return v->event_at[up];
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (is_act(v, v->event_at[doc->child[i]]) && tells_the_same(doc, doc->child[i])) return v->event_at[doc->child[i]];
	return TD_NONE;
}

static void spread(const td_speech_view *v)
{
	for (uint32_t i = 0; i < v->doc->events.n; i++) {
		td_event *e = &v->doc->events.at[i];
		uint32_t other = e->cls == v->statement ? narrower_beside(v, i) : TD_NONE;
		if (other != TD_NONE) e->cls = v->doc->events.at[other].cls;
	}
}

td_status td_speech_acts(td_doc *doc, const td_lexicon *lexicon, const td_logistic *model, td_error *err)
{
	td_speech_view view;
	td_saying_content content;
	if (!model) return TD_OK;
	TRY(td_speech_view_make(doc, lexicon, &view, err));
	if (view.statement == UINT16_MAX) return TD_OK;
	for (uint32_t i = 0; i < doc->events.n; i++) {
		if (!td_speech_content(&view, i, &content)) continue;
		td_act act = choose(&view, model, &content);
		if (act == TD_ACT_COUNT || view.act[act] == UINT16_MAX) continue;
		doc->events.at[i].cls = view.act[act];
	}
	spread(&view);
	return TD_OK;
}
