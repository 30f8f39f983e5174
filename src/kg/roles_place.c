/* Where something happened, beyond what the frame of its trigger lists: places within places, the semantic roles of the trigger, and the
 * clause around it. Who does it and who suffers it are left to the frames, which know better. */
#include "kg/events.h"
#include "kg/frame_impl.h"

enum {
	MAX_INSIDE = 4, /* levels of places in places */
	MAX_UP = 3,     /* from a trigger to the verb of its clause */
	MAX_BELOW = 2,  /* from a trigger down to a place */
};

static bool is_where(td_class cls)
{
	return cls == TD_PLACE || cls == TD_FACILITY;
}

static bool has_prep(const td_doc *doc, uint32_t tok, const char *const *preps)
{
	td_str prep = td_case_of(doc, tok);
	for (; *preps; preps++)
		if (td_str_eq(prep, td_str_of(*preps))) return true;
	return false;
}

/* Args of one event lie behind one another, and it is the last one that has any. */
static bool takes_part(const td_doc *doc, uint32_t event, uint32_t entity)
{
	for (uint32_t i = doc->args.n; i-- > 0 && doc->args.at[i].event == event;)
		if (doc->args.at[i].target == entity && !doc->args.at[i].is_event) return true;
	return false;
}

static bool has_place(const td_doc *doc, uint32_t event)
{
	for (uint32_t i = doc->args.n; i-- > 0 && doc->args.at[i].event == event;)
		if (doc->args.at[i].role == TD_AT) return true;
	return false;
}

static td_status put(td_doc *doc, uint32_t event, td_role role, uint32_t tok, td_error *err)
{
	uint32_t m = td_filler_mention(doc, tok), entity = m != TD_NONE ? doc->mentions.at[m].entity : TD_NONE;
	if (entity >= doc->entities.n || takes_part(doc, event, entity)) return TD_OK;
	td_arg place = { event, entity, (uint8_t)role, 0, m };
	return TD_PUSH(&doc->arena, &doc->args, place) ? TD_OK : td_no_memory(err);
}

/* "a base in Maidan Shahr, Afghanistan", "in Mecca and Medina" */
static bool is_further(const td_doc *doc, uint32_t c)
{
	static const char *const inside[] = { "", "in", "at", "near", "of", "on", "off", "outside", "within", "around", NULL };
	td_deprel rel = td_rel(doc, c);
	if (!is_where(td_class_at(doc, c))) return false;
	return rel == TD_APPOS || rel == TD_NMOD_UNMARKED || rel == TD_CONJ || (rel == TD_NMOD && has_prep(doc, c, inside));
}

static td_status put_inside(td_doc *doc, uint32_t event, td_role role, uint32_t tok, int levels, td_error *err)
{
	for (uint32_t i = doc->first_child[tok]; levels > 0 && i < doc->first_child[tok + 1]; i++) {
		uint32_t c = doc->child[i];
		if (c < tok || !is_further(doc, c)) continue;
		TRY(put(doc, event, role, c, err));
		TRY(put_inside(doc, event, role, c, levels - 1, err));
	}
	return TD_OK;
}

/* ", Florida" or " in the United States" behind the mention `m`, wherever the tree hung it: the mention; TD_NONE. */
static uint32_t place_behind(const td_doc *doc, uint32_t m)
{
	uint32_t at = doc->mentions.at[m].toks.to;
	if (at + 1 >= doc->toks.n) return TD_NONE;
	bool comma = td_str_eq(doc->toks.at[at].form, TD_STR(",")), in = td_str_eq(doc->toks.at[at].form, TD_STR("in"));
	at++;
	if (in && td_str_eq(doc->toks.at[at].form, TD_STR("the"))) at++;
	uint32_t next = (comma || in) && at < doc->toks.n ? td_mention_at(doc, at) : TD_NONE;
	if (next == TD_NONE || doc->mentions.at[next].kind != TD_NAMED || doc->mentions.at[next].demonym) return TD_NONE;
	uint32_t head = doc->mentions.at[next].head;
	bool acts = td_deprel_base(td_rel(doc, head)) == TD_NSUBJ, adorns = td_rel(doc, head) == TD_COMPOUND || td_rel(doc, head) == TD_NMOD_POSS;
	return td_class_at(doc, head) == TD_PLACE && doc->toks.at[head].sent == doc->toks.at[at].sent && !acts && !adorns ? next : TD_NONE;
}

td_status td_put_places(td_doc *doc, uint32_t event, td_role role, uint32_t tok, td_error *err)
{
	if (tok >= doc->toks.n) return TD_OK;
	TRY(put_inside(doc, event, role, tok, MAX_INSIDE, err));
	uint32_t m = td_filler_mention(doc, tok);
	for (int level = 0; level < MAX_INSIDE && m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED; level++)
		if ((m = place_behind(doc, m)) != TD_NONE) TRY(put(doc, event, role, doc->mentions.at[m].head, err));
	return TD_OK;
}

static td_status put_all(td_doc *doc, uint32_t event, uint32_t tok, td_error *err)
{
	uint32_t outer = doc->toks.at[tok].head;
	if (outer < tok && is_further(doc, tok) && is_where(td_class_at(doc, outer))) TRY(put(doc, event, TD_AT, outer, err)); /* "the arena in Leeds, where" */
	TRY(put(doc, event, TD_AT, tok, err));
	return td_put_places(doc, event, TD_AT, tok, err);
}

/* "appeared in court": the semantic roles know a place whatever the frame lists. */
static td_status from_srl(td_doc *doc, uint32_t event, uint32_t pred, td_error *err)
{
	for (uint32_t i = td_srl_first(doc, pred); i < doc->srl.n && doc->srl.at[i].pred == pred; i++) {
		const td_srl *a = &doc->srl.at[i];
		td_class cls = td_class_at(doc, a->tok);
		if (a->role == TD_SRL_LOC && (is_where(cls) || cls == TD_ORGANIZATION)) return put_all(doc, event, a->tok, err); /* courts and parliaments */
	}
	return TD_OK;
}

static const char *const locative[] = { "in", "at", "near", "outside", "inside", "across", "throughout", "within", "off", "on", "around", "over", "aboard", "between", "along", "close", "beneath", "atop", NULL };

/* A place that has a name: "at one hospital" is not where it happened. */
static bool is_scene(const td_doc *doc, uint32_t tok)
{
	if (!is_where(td_class_at(doc, tok)) || !has_prep(doc, tok, locative)) return false;
	uint32_t m = td_filler_mention(doc, tok), entity = m != TD_NONE ? doc->mentions.at[m].entity : TD_NONE;
	return entity < doc->entities.n && doc->entities.at[entity].named;
}

/* "at Heriot-Watt University", "outside Parliament": where an organization sits. */
static bool is_seat(const td_doc *doc, uint32_t tok)
{
	static const char *const preps[] = { "at", "outside", "inside", "near", NULL };
	uint32_t m = td_class_at(doc, tok) == TD_ORGANIZATION && has_prep(doc, tok, preps) ? td_filler_mention(doc, tok) : TD_NONE;
	return m != TD_NONE && doc->mentions.at[m].kind == TD_NAMED;
}

/* "on Sunday in the National Congress": where the tree hung the place on the time. */
static td_status from_time(td_doc *doc, uint32_t event, uint32_t obl, td_error *err)
{
	uint32_t k = td_times_from(doc, doc->first_child[obl] < doc->first_child[obl + 1] && doc->child[doc->first_child[obl]] < obl ? doc->child[doc->first_child[obl]] : obl);
	if (k >= doc->times.n || doc->times.at[k].head != obl) return TD_OK;
	for (uint32_t i = doc->first_child[obl]; i < doc->first_child[obl + 1]; i++) {
		uint32_t c = doc->child[i];
		bool court = td_class_at(doc, c) == TD_ORGANIZATION && has_prep(doc, c, locative);
		if (td_deprel_base(td_rel(doc, c)) == TD_NMOD && (court || is_scene(doc, c))) return put_all(doc, event, c, err);
	}
	return TD_OK;
}

static td_status from_verb(td_doc *doc, uint32_t event, uint32_t verb, td_error *err)
{
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1] && !has_place(doc, event); i++) {
		uint32_t c = doc->child[i];
		if (td_deprel_base(td_rel(doc, c)) != TD_OBL) continue;
		if (is_scene(doc, c) || is_seat(doc, c)) TRY(put_all(doc, event, c, err));
		else TRY(from_time(doc, event, c, err));
	}
	return TD_OK;
}

/* "the arena where they were to play" */
static td_status from_relative(td_doc *doc, uint32_t event, uint32_t verb, td_error *err)
{
	uint32_t noun = doc->toks.at[verb].head;
	td_deprel rel = td_rel(doc, verb);
	if ((rel != TD_ACL_RELCL && rel != TD_ADVCL_RELCL && rel != TD_ADVCL) || noun >= doc->toks.n || noun > verb) return TD_OK;
	bool where = false;
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1]; i++) where |= td_lemma_is(doc, doc->child[i], "where");
	if (where && rel == TD_ADVCL) { /* "drove onto the square where": hung on the verb */
		uint32_t from = td_subtree(doc, verb).from, before = from > 0 ? from - 1 : from;
		if (before > noun && td_str_eq(doc->toks.at[before].form, TD_STR(","))) before--;
		uint32_t m = before > noun ? td_mention_at(doc, before) : TD_NONE;
		noun = m != TD_NONE ? doc->mentions.at[m].head : TD_NONE;
	}
	return where && noun != TD_NONE && is_where(td_class_at(doc, noun)) ? put_all(doc, event, noun, err) : TD_OK;
}

/* "destroyed two hundred homes in a slum in Leeds": a place deep in the clause, where no other event stands between. */
static td_status from_below(td_doc *doc, const td_finds *finds, uint32_t event, uint32_t tok, int levels, bool subject, td_error *err)
{
	for (uint32_t i = doc->first_child[tok]; levels > 0 && i < doc->first_child[tok + 1] && !has_place(doc, event); i++) {
		uint32_t c = doc->child[i];
		td_deprel rel = td_deprel_base(td_rel(doc, c));
		bool acts = td_class_at(doc, c) == TD_PERSON || td_class_at(doc, c) == TD_ORGANIZATION || td_class_at(doc, c) == TD_PLACE;
		if (rel != TD_OBJ && rel != TD_OBL && rel != TD_NMOD && rel != TD_XCOMP && (rel != TD_NSUBJ || !subject || acts)) continue;
		if (finds->event_at[c] != TD_NONE && finds->event_at[c] != event) continue;
		if ((rel == TD_OBL || rel == TD_NMOD) && is_scene(doc, c)) TRY(put_all(doc, event, c, err));
		else TRY(from_below(doc, finds, event, c, levels - 1, false, err));
	}
	return TD_OK;
}

/* "cases were recorded in the United States": the verb of the clause, where it tells of no event itself. */
static td_status from_clause(td_doc *doc, const td_finds *finds, uint32_t event, uint32_t trigger, td_error *err)
{
	uint32_t tok = trigger;
	for (int up = 0; up < MAX_UP; up++) {
		td_deprel rel = td_deprel_base(td_rel(doc, tok));
		bool goes = rel == TD_OBJ || rel == TD_NSUBJ || rel == TD_OBL || rel == TD_XCOMP || rel == TD_NMOD || rel == TD_COMPOUND;
		tok = doc->toks.at[tok].head;
		if (!goes || tok >= doc->toks.n || finds->event_at[tok] != TD_NONE) return TD_OK;
		if (doc->toks.at[tok].upos == TD_VERB || doc->toks.at[tok].upos == TD_AUX) TRY(from_verb(doc, event, tok, err));
		if (has_place(doc, event)) return TD_OK;
	}
	return TD_OK;
}

static bool is_verb_of(const td_doc *doc, uint32_t verb, const char *const *lemmas)
{
	for (; *lemmas; lemmas++)
		if (td_lemma_is(doc, verb, *lemmas)) return true;
	return false;
}

/* "The attack was in Linwood", "protests were reported in Mosul", "Italy recorded two hundred deaths": where a noun is said to have been. */
static td_status from_predicate(td_doc *doc, uint32_t event, uint32_t noun, td_error *err)
{
	static const char *const seen[] = { "report", "record", "confirm", "register", "see", "observe", "detect", "feel", "hear", NULL };
	static const char *const undergone[] = { "report", "record", "confirm", "register", "see", "witness", "experience", "suffer", "sustain", "have", "face", "endure",
		"undergo", "log", "await", NULL };
	uint32_t head = doc->toks.at[noun].head;
	td_deprel rel = td_deprel_base(td_rel(doc, noun));
	if (doc->toks.at[noun].upos != TD_NOUN || head >= doc->toks.n) return TD_OK;
	if (rel == TD_NSUBJ && td_child(doc, head, TD_COP) != TD_NONE && is_scene(doc, head)) return put_all(doc, event, head, err);
	if (td_rel(doc, noun) == TD_NSUBJ_PASS && is_verb_of(doc, head, seen)) return from_verb(doc, event, head, err);
	uint32_t subject = rel == TD_OBJ && is_verb_of(doc, head, undergone) ? td_subject_of(doc, head) : TD_NONE;
	uint32_t m = subject != TD_NONE && td_class_at(doc, subject) == TD_PLACE ? td_filler_mention(doc, subject) : TD_NONE;
	bool named = m != TD_NONE && doc->mentions.at[m].entity < doc->entities.n && doc->entities.at[doc->mentions.at[m].entity].named;
	return named ? put(doc, event, TD_AT, subject, err) : TD_OK;
}

/* "In Yemen, cholera spread, leading to 900 deaths": what stands before the subject is so of all that the sentence tells. */
static td_status from_front(td_doc *doc, uint32_t event, uint32_t trigger, td_error *err)
{
	uint32_t root = doc->sents.at[doc->toks.at[trigger].sent].root, subject = root < doc->toks.n ? td_subject_of(doc, root) : TD_NONE;
	if (subject == TD_NONE || subject > root || doc->toks.at[trigger].quoted) return TD_OK;
	for (uint32_t i = doc->first_child[root]; i < doc->first_child[root + 1] && doc->child[i] < subject; i++) {
		uint32_t c = doc->child[i];
		if (td_deprel_base(td_rel(doc, c)) == TD_OBL && is_scene(doc, c)) return put_all(doc, event, c, err);
	}
	return TD_OK;
}

/* Classes whose events are told with their places. */
static bool has_scene(const td_lexicon *lexicon, uint16_t cls)
{
	static const char *const classes[] = { "Accident", "Fire", "Death", "NaturalDisaster", "Injury", "Shooting", "Bombing", "Stabbing", "Airstrike" };
	return TD_IS_AMONG(lexicon, cls, classes);
}

/* Does the tree say that something else was there: "born in Leeds", "the minister in Leeds said"? */
static bool is_taken(const td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, uint32_t tok)
{
	for (int up = 0; up <= MAX_UP && (tok = doc->toks.at[tok].head) < doc->toks.n; up++)
		if (finds->event_at[tok] != TD_NONE)
			return !has_scene(lexicon, lexicon->senses.at[finds->found.at[finds->event_at[tok]].sense].cls);
	return false;
}

/* What stands nearest in the sentence, wherever the tree hung it. */
static td_status from_sentence(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, uint32_t event, td_error *err)
{
	enum { FAR = 24 };
	uint32_t trigger = finds->found.at[event].trigger, best = TD_NONE, nearest = FAR;
	td_range r = doc->sents.at[doc->toks.at[trigger].sent].toks;
	for (uint32_t t = r.from; t < r.to; t++) {
		uint32_t far = t < trigger ? trigger - t : t - trigger;
		if (far >= nearest || doc->toks.at[t].quoted != doc->toks.at[trigger].quoted) continue;
		if (!is_scene(doc, t) || is_taken(doc, lexicon, finds, t)) continue;
		best = t;
		nearest = far;
	}
	return best != TD_NONE ? put_all(doc, event, best, err) : TD_OK;
}

static bool is_talk(const td_doc *doc, const td_lexicon *lexicon, uint32_t event)
{
	return td_lexicon_is_a(lexicon, doc->events.at[event].cls, td_lexicon_class(lexicon, TD_STR("Communication")));
}

td_status td_roles_place(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, uint32_t event, td_error *err)
{
	const td_found *found = &finds->found.at[event];
	bool speech = td_lexicon_is_a(lexicon, lexicon->senses.at[found->sense].cls, td_lexicon_class(lexicon, TD_STR("Communication")));
	uint32_t verb = found->light != TD_NONE ? found->light : found->trigger;
	if (!has_place(doc, event)) TRY(from_srl(doc, event, found->trigger, err));
	if (!has_place(doc, event) && doc->toks.at[verb].upos == TD_VERB) TRY(from_verb(doc, event, verb, err));
	if (!has_place(doc, event) && doc->toks.at[found->trigger].upos == TD_VERB) TRY(from_relative(doc, event, found->trigger, err));
	if (!has_place(doc, event) && !speech) TRY(from_predicate(doc, event, found->trigger, err));
	if (!has_place(doc, event)) TRY(from_clause(doc, finds, event, found->trigger, err));
	bool scene = has_scene(lexicon, lexicon->senses.at[found->sense].cls);
	if (!has_place(doc, event) && !speech) TRY(from_below(doc, finds, event, verb, MAX_BELOW, true, err));
	if (!has_place(doc, event) && !speech) TRY(from_front(doc, event, found->trigger, err));
	if (!has_place(doc, event) && scene) TRY(from_sentence(doc, lexicon, finds, event, err));
	return TD_OK;
}

/* ---- what is told together -------------------------------------------------------------------------------------------- */

typedef struct {
	td_doc *doc;
	uint32_t *first; /* [n_events + 1] where the args of each begin: they lie by event */
	uint32_t n_args;
} sharing;

static td_status see_args(sharing *s, td_error *err)
{
	td_doc *doc = s->doc;
	s->n_args = doc->args.n;
	s->first = td_arena_zero(&doc->arena, (size_t)doc->events.n + 2, sizeof *s->first);
	if (!s->first) return td_no_memory(err);
	for (uint32_t i = 0; i < s->n_args; i++) s->first[doc->args.at[i].event + 1]++;
	for (uint32_t e = 0; e < doc->events.n; e++) s->first[e + 1] += s->first[e];
	return TD_OK;
}

static bool shares_nothing(const sharing *s, uint32_t event, uint32_t entity)
{
	for (uint32_t i = s->first[event]; i < s->first[event + 1]; i++)
		if (!s->doc->args.at[i].is_event && s->doc->args.at[i].target == entity) return false;
	return true;
}

static bool knows_place(const sharing *s, uint32_t event)
{
	for (uint32_t i = s->first[event]; i < s->first[event + 1]; i++)
		if (s->doc->args.at[i].role == TD_AT || s->doc->args.at[i].role == TD_DESTINATION) return true;
	return false;
}

static td_status share(sharing *s, uint32_t from, uint32_t to, td_role role, td_error *err)
{
	if (from == to || knows_place(s, to)) return TD_OK;
	for (uint32_t i = s->first[from]; i < s->first[from + 1]; i++) {
		td_arg a = s->doc->args.at[i];
		if (a.role != role || a.is_event || !shares_nothing(s, to, a.target)) continue;
		a.event = to;
		a.role = TD_AT;
		a.mention = TD_NONE;
		if (!TD_PUSH(&s->doc->arena, &s->doc->args, a)) return td_no_memory(err);
	}
	return TD_OK;
}

static bool is_setting(const td_doc *doc, uint32_t tok)
{
	static const char *const during[] = { "in", "at", "during", NULL };
	return td_rel(doc, tok) == TD_OBL && doc->toks.at[tok].upos == TD_NOUN && has_prep(doc, tok, during);
}

/* "struck a bus, killing four", "shot and wounded": one scene. */
static bool is_one_scene(const td_doc *doc, uint32_t tok)
{
	const td_token *t = &doc->toks.at[tok];
	bool participle = t->xpos == TD_XP_VBG || t->xpos == TD_XP_VBN;
	if (t->upos != TD_VERB || t->quoted != doc->toks.at[t->head].quoted) return false;
	return td_rel(doc, tok) == TD_CONJ || (td_rel(doc, tok) == TD_ADVCL && participle && td_child(doc, tok, TD_MARK) == TD_NONE);
}

/* "flew to Rome for talks", "travelled to Cleveland to take part in the debate": the journey for which somebody meets; TD_NONE. */
static uint32_t journey_to(const td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, uint32_t event)
{
	static const char *const met[] = { "Meeting", "Negotiation", "Match", "Protest", "Visit" };
	uint32_t tok = finds->found.at[event].trigger;
	bool meets = TD_IS_AMONG(lexicon, lexicon->senses.at[finds->found.at[event].sense].cls, met);
	for (int up = 0; meets && up < MAX_UP && doc->toks.at[tok].head < doc->toks.n; up++) {
		td_deprel rel = td_deprel_base(td_rel(doc, tok));
		bool aim = td_rel(doc, tok) == TD_ADVCL || rel == TD_XCOMP || (rel == TD_OBL && td_str_eq(td_case_of(doc, tok), TD_STR("for")));
		uint32_t head = doc->toks.at[tok].head, other = finds->event_at[head];
		if (other != TD_NONE) return aim && td_lexicon_is_a(lexicon, lexicon->senses.at[finds->found.at[other].sense].cls, td_lexicon_class(lexicon, TD_STR("Movement"))) ? other : TD_NONE;
		tok = head;
	}
	return TD_NONE;
}

td_status td_share_places(td_doc *doc, const td_lexicon *lexicon, const td_finds *finds, td_error *err)
{
	sharing s = { .doc = doc };
	TRY(see_args(&s, err));
	for (uint32_t e = 0; e < finds->found.n; e++) {
		uint32_t tok = finds->found.at[e].light != TD_NONE ? finds->found.at[e].light : finds->found.at[e].trigger;
		uint32_t head = doc->toks.at[tok].head, other = head < doc->toks.n ? finds->event_at[head] : TD_NONE;
		uint32_t journey = journey_to(doc, lexicon, finds, e);
		if (journey != TD_NONE) TRY(share(&s, journey, e, TD_DESTINATION, err));
		if (other == TD_NONE) continue;
		/* "said at a meeting in Rome", "died in a storm off Crete" */
		if (is_setting(doc, tok)) TRY(share(&s, e, other, TD_AT, err));
		if (is_one_scene(doc, tok) && !is_talk(doc, lexicon, e) && !is_talk(doc, lexicon, other)) TRY(share(&s, other, e, TD_AT, err));
	}
	return TD_OK;
}
