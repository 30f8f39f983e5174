#include "kg/events.h"
#include "nlp/nlp.h"

enum { MAX_UP = 4 };

static bool is_negated(const td_doc *doc, uint32_t tok)
{
	for (uint32_t i = doc->first_child[tok]; i < doc->first_child[tok + 1]; i++)
		if (td_str_eq(doc->toks.at[doc->child[i]].lemma, TD_STR("not"))) return true;
	return false;
}

/* "closed until Friday" tells when something ends, not when it was; "will not meet until Friday" does. */
static bool only_ends(const td_doc *doc, const td_time *time)
{
	td_str prep = td_case_of(doc, time->head), before = time->toks.from ? doc->toks.at[time->toks.from - 1].lemma : prep;
	uint32_t verb = doc->toks.at[time->head].head;
	bool until = td_str_eq(prep, TD_STR("until")) || td_str_eq(prep, TD_STR("till")) || td_str_eq(before, TD_STR("until"));
	return until && (verb >= doc->toks.n || !is_negated(doc, verb));
}

static bool is_word(const td_doc *doc, uint32_t tok, const char *const *words)
{
	for (; tok < doc->toks.n && *words; words++)
		if (td_str_eq(doc->toks.at[tok].form, td_str_of(*words))) return true;
	return false;
}

/* "25% higher than last year", "compared with 2018": another time, with which this one is compared; not "more than a year ago". */
static bool is_compared(const td_doc *doc, const td_time *time)
{
	static const char *const compared[] = { "compared", "versus", "unlike", NULL }, *const than[] = { "than", NULL };
	static const char *const about[] = { "more", "less", "later", "earlier", "fewer", "other", NULL };
	uint32_t from = time->toks.from;
	for (uint32_t back = 1; back <= 3 && back <= from; back++)
		if (is_word(doc, from - back, compared)) return true;
	return from >= 2 && is_word(doc, from - 1, than) && !is_word(doc, from - 2, about);
}

/* "on October 14, two weeks before the deadline": the second only says more of the first. */
static bool says_more(const td_doc *doc, uint32_t k)
{
	const td_time *time = &doc->times.at[k];
	uint32_t comma = time->toks.from - 1;
	return k > 0 && time->toks.from > 0 && doc->times.at[k - 1].toks.to == comma && td_str_eq(doc->toks.at[comma].form, TD_STR(","));
}

static void set_then(td_doc *doc, uint32_t event, const td_time *time)
{
	td_event *e = &doc->events.at[event];
	if (e->begin.year || time->kind == TD_TIME_SET || (time->kind == TD_TIME_DURATION && !time->begin.year)) return;
	e->begin = time->begin;
	e->end = time->end;
	e->span = td_date_cmp(time->begin, time->end) != 0;
	e->time_text = td_doc_toks_text(doc, time->toks);
}

static void set_time(td_doc *doc, uint32_t event, const td_time *time)
{
	if (!only_ends(doc, time) && !is_compared(doc, time)) set_then(doc, event, time);
}

/* "signed a decree on Friday": an adverbial that the tree hung on a noun belongs to the noun's verb. */
static bool climbs_from_noun(const td_doc *doc, uint32_t time_head, uint32_t noun)
{
	static const char *const adverbial[] = { "on", "in", "at", "during", "by", "since", "until", "after", "before" };
	uint8_t rel = doc->toks.at[noun].deprel;
	if (rel != TD_OBJ && rel != TD_NSUBJ && rel != TD_NSUBJ_PASS && rel != TD_OBL && rel != TD_OBL_AGENT) return false;
	if (doc->toks.at[time_head].deprel == TD_NMOD_UNMARKED) return time_head > noun; /* "the 2019 election": only which one */
	td_str prep = td_case_of(doc, time_head);
	for (size_t i = 0; i < sizeof adverbial / sizeof *adverbial; i++)
		if (td_str_eq(prep, td_str_of(adverbial[i]))) return true;
	return false;
}

/* "the election will be held on Sunday", "a bombing that happened in June": a verb that is no event tells when its subject, or the
 * noun that its clause describes, took place. */
static uint32_t event_of_verb(const td_doc *doc, const td_finds *finds, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	uint32_t subj = td_child(doc, verb, TD_NSUBJ), noun = t->deprel == TD_ACL || t->deprel == TD_ACL_RELCL ? t->head : subj;
	if (subj != TD_NONE && finds->event_at[subj] != TD_NONE) return finds->event_at[subj];
	bool relative = subj == TD_NONE || doc->toks.at[subj].upos == TD_PRON;
	/* "candidate for the election to be held in May": the clause describes what it stands behind, wherever the tree hung it. */
	uint32_t from = td_subtree(doc, verb).from, behind = noun < verb && from > noun ? from - 1 : TD_NONE;
	if (relative && noun != subj && behind != TD_NONE && finds->event_at[behind] != TD_NONE && doc->toks.at[behind].upos == TD_NOUN) return finds->event_at[behind];
	return relative && noun < doc->toks.n && doc->toks.at[noun].upos == TD_NOUN ? finds->event_at[noun] : TD_NONE;
}

/* "received it in 1972 upon her marriage": of a verb that is no event, what it happened at. */
static uint32_t event_around(const td_doc *doc, const td_finds *finds, uint32_t verb)
{
	static const char *const preps[] = { "upon", "at", "during" };
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1]; i++) {
		uint32_t noun = doc->child[i];
		if (doc->toks.at[noun].deprel != TD_OBL || finds->event_at[noun] == TD_NONE) continue;
		for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
			if (td_str_eq(td_case_of(doc, noun), td_str_of(preps[k]))) return finds->event_at[noun];
	}
	return TD_NONE;
}

static bool has_comma(const td_doc *doc, uint32_t from, uint32_t to)
{
	for (uint32_t t = from; t < to; t++)
		if (td_str_eq(doc->toks.at[t].form, TD_STR(","))) return true;
	return false;
}

/* "After his conviction last summer, he agreed": a bare time behind a noun that is fronted with "after" is the noun's. */
static uint32_t fronted_event(const td_doc *doc, const td_finds *finds, uint32_t time_head)
{
	static const char *const preps[] = { "after", "before", "since", "following" };
	const td_token *t = &doc->toks.at[time_head];
	if (t->head <= time_head || t->head >= doc->toks.n || td_case_of(doc, time_head).n > 0) return TD_NONE;
	for (uint32_t i = doc->first_child[t->head]; i < doc->first_child[t->head + 1] && doc->child[i] < time_head; i++) {
		uint32_t noun = doc->child[i];
		if (doc->toks.at[noun].deprel != TD_OBL || finds->event_at[noun] == TD_NONE || has_comma(doc, noun, time_head)) continue;
		for (size_t k = 0; k < sizeof preps / sizeof *preps; k++)
			if (td_str_eq(td_case_of(doc, noun), td_str_of(preps[k]))) return finds->event_at[noun];
	}
	return TD_NONE;
}

static bool says_when(const td_doc *doc, uint32_t verb)
{
	for (uint32_t i = doc->first_child[verb]; i < doc->first_child[verb + 1]; i++)
		if (doc->toks.at[doc->child[i]].deprel != TD_PUNCTUATION) return td_str_eq(doc->toks.at[doc->child[i]].lemma, TD_STR("when"));
	return false;
}

/* The event that a verb speaks of: its object, subject of the passive, or clause; TD_NONE. */
static uint32_t content_of(const td_doc *doc, const td_finds *finds, uint32_t verb)
{
	static const td_deprel content[] = { TD_OBJ, TD_NSUBJ_PASS, TD_CCOMP, TD_XCOMP };
	for (size_t i = 0; i < sizeof content / sizeof *content; i++) {
		uint32_t child = td_child(doc, verb, content[i]);
		if (child != TD_NONE && finds->event_at[child] != TD_NONE) return finds->event_at[child];
	}
	return TD_NONE;
}

/* "Monday saw protests": a day in the place of the subject. */
static bool is_its_subject(const td_doc *doc, uint32_t time_head, uint32_t verb)
{
	const td_token *t = &doc->toks.at[verb];
	uint32_t subject = td_child(doc, verb, TD_NSUBJ);
	bool finite = t->xpos == TD_XP_VBD || t->xpos == TD_XP_VBZ;
	return subject == time_head || (subject == TD_NONE && finite && time_head < verb && doc->toks.at[time_head].head == verb && td_case_of(doc, time_head).n == 0);
}

/* The event to which a time expression belongs: what it hangs on, or the clause around that, but no other clause. */
static uint32_t event_over(const td_doc *doc, const td_finds *finds, uint32_t time_head)
{
	uint32_t tok = doc->toks.at[time_head].head;
	if (finds->event_at[time_head] != TD_NONE) return finds->event_at[time_head];
	uint32_t subject = td_child(doc, time_head, TD_COP) != TD_NONE ? td_child(doc, time_head, TD_NSUBJ) : TD_NONE;
	if (subject != TD_NONE) return finds->event_at[subject]; /* "the vote was on Friday" */
	uint32_t fronted = fronted_event(doc, finds, time_head);
	if (fronted != TD_NONE) return fronted;
	bool raised = false; /* "is set to open tomorrow": the subject hangs on the verb above */
	for (int up = 0; up < MAX_UP && tok < doc->toks.n; up++) {
		const td_token *t = &doc->toks.at[tok];
		if (t->quoted != doc->toks.at[time_head].quoted) return TD_NONE;
		if (td_before_content(doc, time_head, tok)) {
			tok = t->head;
			continue;
		}
		if (finds->event_at[tok] != TD_NONE) return finds->event_at[tok];
		bool verb = raised || t->upos == TD_VERB || t->upos == TD_AUX || (t->upos == TD_ADJ && td_child(doc, tok, TD_COP) != TD_NONE);
		if (verb && is_its_subject(doc, time_head, tok) && content_of(doc, finds, tok) != TD_NONE) return content_of(doc, finds, tok);
		if (verb && event_of_verb(doc, finds, tok) != TD_NONE) return event_of_verb(doc, finds, tok);
		if (verb && event_around(doc, finds, tok) != TD_NONE) return event_around(doc, finds, tok);
		bool when = t->deprel == TD_ADVCL && says_when(doc, tok); /* "died when the flight came down last October" */
		if (verb ? t->deprel != TD_XCOMP && !when : !climbs_from_noun(doc, time_head, tok)) return TD_NONE;
		raised = t->deprel == TD_XCOMP;
		tok = t->head;
	}
	return TD_NONE;
}

/* A verb whose tense does not fit the time leaves it to what it speaks of. What was told, or is foretold, is not yet to come: "predict
 * landfall tomorrow". What is said today is not of then: "for 2009, the firm says it made a profit", "reports nine deaths since 2015". */
static uint32_t event_that_fits(const td_doc *doc, const td_finds *finds, uint32_t event, const td_time *time)
{
	uint32_t verb = finds->found.at[event].trigger;
	const td_token *t = &doc->toks.at[verb];
	if (!doc->date.day || !time->begin.year || t->upos != TD_VERB) return event;
	bool present = t->xpos == TD_XP_VBZ || t->xpos == TD_XP_VBP, open = time->end.year == 0;
	bool ahead = td_date_cmp(time->begin, doc->date) > 0;
	bool long_ago = !open && time->begin.day == 0 && td_date_cmp(time->end, doc->date) < 0 && td_child(doc, verb, TD_CCOMP) != TD_NONE;
	bool unfit = (ahead && (t->xpos == TD_XP_VBD || td_points_ahead(t->lemma))) || (present && (open || long_ago));
	return unfit ? content_of(doc, finds, verb) : event;
}

/* "on Monday, the same day Congress met", "in 2014, when he took office": a clause about a time happened then. */
static void times_of_relatives(td_doc *doc, const td_finds *finds)
{
	for (uint32_t k = 0; k < doc->times.n; k++) {
		const td_time *time = &doc->times.at[k];
		uint32_t verb = time->head < doc->toks.n ? td_child(doc, time->head, TD_ACL_RELCL) : TD_NONE;
		if (verb == TD_NONE && time->head < doc->toks.n) verb = td_child(doc, time->head, TD_ADVCL_RELCL);
		uint32_t when = time->toks.to < doc->toks.n && td_str_eq(doc->toks.at[time->toks.to].form, TD_STR(",")) ? time->toks.to + 1 : time->toks.to;
		bool joined = verb == TD_NONE && when < doc->toks.n && td_str_eq(doc->toks.at[when].lemma, TD_STR("when"));
		if (joined && doc->toks.at[when].head < doc->toks.n) verb = doc->toks.at[when].head; /* wherever the tree hung the clause */
		/* "waited until Friday, when the envoy came" */
		if (verb != TD_NONE && finds->event_at[verb] != TD_NONE) set_then(doc, finds->event_at[verb], time);
	}
}

/* Is `tok` in the clause of the sentence's root, not in one below it? */
static bool in_main_clause(const td_doc *doc, uint32_t tok, uint32_t root)
{
	for (int up = 0; up < TD_MAX_SENT_TOKENS && tok < doc->toks.n; up++) {
		const td_token *t = &doc->toks.at[tok];
		td_deprel rel = td_deprel_base((td_deprel)t->deprel);
		if (t->quoted != doc->toks.at[root].quoted) return false;
		if (tok == root) return true;
		if (rel == TD_CCOMP || rel == TD_ADVCL || rel == TD_ACL || rel == TD_PARATAXIS) return false;
		tok = t->head;
	}
	return false;
}

/* "in a study published on Monday, they reported": what comes out at a time is said then. */
static bool in_publication(const td_doc *doc, uint32_t time_head, uint32_t root)
{
	static const char *const verbs[] = { "publish", "release", "present", "post", "issue", "air", "broadcast", "print", "send", "record", "film", "make", "give",
		"deliver", "file", "upload", "write", "date", "sign" };
	uint32_t verb = doc->toks.at[time_head].head, noun = verb < doc->toks.n && doc->toks.at[verb].deprel == TD_ACL ? doc->toks.at[verb].head : TD_NONE;
	if (noun >= doc->toks.n || doc->toks.at[noun].head != root || doc->toks.at[noun].deprel != TD_OBL || !td_str_eq(td_case_of(doc, noun), TD_STR("in"))) return false;
	return TD_LEMMA_AMONG(doc, verb, verbs);
}

/* "the Act of 1867", "her 2019 candidate": which one, not when. */
static bool only_names(const td_doc *doc, uint32_t time_head)
{
	uint32_t noun = doc->toks.at[time_head].head;
	if (noun >= doc->toks.n || (doc->toks.at[noun].upos != TD_NOUN && doc->toks.at[noun].upos != TD_PROPN)) return false;
	td_str prep = td_case_of(doc, time_head);
	td_str outer = td_case_of(doc, noun); /* "since its creation in 1950" */
	return td_str_eq(prep, TD_STR("of")) || (prep.n == 0 && time_head < noun) || td_str_eq(outer, TD_STR("since")) || td_str_eq(outer, TD_STR("after")) ||
		td_str_eq(outer, TD_STR("before"));
}

/* The only time of the main clause belongs to the main event, wherever the tree hung it. */
static void main_event_times(td_doc *doc, const td_finds *finds)
{
	for (uint32_t k = 0; k < doc->times.n; k++) {
		const td_time *time = &doc->times.at[k];
		uint32_t sent = time->head < doc->toks.n ? doc->toks.at[time->head].sent : TD_NONE;
		bool only = (k == 0 || doc->toks.at[doc->times.at[k - 1].head].sent != sent) &&
			(k + 1 == doc->times.n || doc->toks.at[doc->times.at[k + 1].head].sent != sent);
		uint32_t root = sent < doc->sents.n ? doc->sents.at[sent].root : TD_NONE;
		if (only && root < doc->toks.n && finds->event_at[root] != TD_NONE &&
			(in_main_clause(doc, time->head, root) || in_publication(doc, time->head, root)) && !only_names(doc, time->head) && event_that_fits(doc, finds, finds->event_at[root], time) == finds->event_at[root])
			set_time(doc, finds->event_at[root], time);
	}
}

/* Does the event tell of the clause in which the time stands, or of one in which that clause describes something? */
static bool in_one_clause(const td_doc *doc, uint32_t time_head, uint32_t trigger)
{
	uint32_t clause = trigger;
	for (int up = 0; up < TD_MAX_SENT_TOKENS && doc->toks.at[clause].head < doc->toks.n; up++, clause = doc->toks.at[clause].head) {
		td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[clause].deprel);
		if (rel == TD_CCOMP || rel == TD_ADVCL || rel == TD_ACL || rel == TD_PARATAXIS) break;
	}
	for (uint32_t up = 0, tok = time_head; up < TD_MAX_SENT_TOKENS && tok < doc->toks.n; up++, tok = doc->toks.at[tok].head) {
		td_deprel rel = td_deprel_base((td_deprel)doc->toks.at[tok].deprel);
		if (tok == clause) return true;
		if (rel == TD_CCOMP || rel == TD_ADVCL || doc->toks.at[tok].deprel == TD_ACL_RELCL || rel == TD_PARATAXIS) return false;
	}
	return false;
}

/* Of a sentence with one event and one time that hangs on nothing else, the one is of the other. */
static void lone_event_times(td_doc *doc, const td_finds *finds)
{
	for (uint32_t e = 0, next; e < finds->found.n; e = next) {
		const td_sent *sent = &doc->sents.at[doc->toks.at[finds->found.at[e].trigger].sent];
		for (next = e + 1; next < finds->found.n && finds->found.at[next].trigger < sent->toks.to; next++) {}
		uint32_t k = td_times_from(doc, sent->toks.from);
		bool one = k < doc->times.n && doc->times.at[k].toks.from < sent->toks.to && (k + 1 == doc->times.n || doc->times.at[k + 1].toks.from >= sent->toks.to);
		const td_time *time = one ? &doc->times.at[k] : NULL;
		if (next != e + 1 || !one || time->head >= doc->toks.n || only_names(doc, time->head)) continue;
		bool said = doc->toks.at[time->head].quoted == doc->toks.at[finds->found.at[e].trigger].quoted;
		if (said && in_one_clause(doc, time->head, finds->found.at[e].trigger) && event_that_fits(doc, finds, e, time) == e) set_time(doc, e, time);
	}
}

/* The number of "70th"; 0 when it is none. */
static int16_t ordinal_of(td_str form)
{
	int16_t n = 0;
	size_t i = 0;
	for (; i < form.n && i < 4 && form.at[i] >= '0' && form.at[i] <= '9'; i++) n = (int16_t)(n * 10 + (form.at[i] - '0'));
	return i < form.n ? n : 0;
}

/* The only date of a sentence; .year 0: none, or several. */
static td_date date_of_sentence(const td_doc *doc, uint32_t sent)
{
	td_date out = { 0 };
	td_range r = doc->sents.at[sent].toks;
	for (uint32_t k = td_times_from(doc, r.from); k < doc->times.n && doc->times.at[k].toks.from < r.to; k++) {
		const td_time *time = &doc->times.at[k];
		if (time->kind != TD_TIME_DATE || !time->begin.year) continue;
		if (out.year) return (td_date){ 0 };
		out = time->begin;
	}
	return out;
}

/* "Tuesday was the 70th anniversary of the takeover": so many years before that day, or before this year. */
static void time_of_anniversary(td_doc *doc, const td_finds *finds, uint32_t tok)
{
	uint32_t which = td_child(doc, tok, TD_AMOD), event = td_child(doc, tok, TD_NMOD);
	int16_t n = which != TD_NONE ? ordinal_of(doc->toks.at[which].form) : 0;
	if (n == 0 || event == TD_NONE || finds->event_at[event] == TD_NONE || !doc->date.year) return;
	td_date day = date_of_sentence(doc, doc->toks.at[tok].sent);
	if (!day.year) day.year = doc->date.year;
	if (n >= day.year) return;
	day.year = (int16_t)(day.year - n);
	td_time time = { .toks = { which < tok ? which : tok, tok + 1 }, .head = tok, .begin = day, .end = day };
	set_time(doc, finds->event_at[event], &time);
}

/* "two days after …": dates what stands behind it. */
static bool is_counted(const td_time *time)
{
	return time->head >= time->toks.to;
}

static void attach(td_doc *doc, const td_finds *finds, uint32_t k)
{
	const td_time *time = &doc->times.at[k];
	uint32_t event = time->head < doc->toks.n ? event_over(doc, finds, time->head) : TD_NONE;
	if (event != TD_NONE) event = event_that_fits(doc, finds, event, time);
	if (event != TD_NONE && !says_more(doc, k)) set_time(doc, event, time);
}

void td_event_times(td_doc *doc, const td_finds *finds)
{
	/* "two days after the January 7 quake": a day that is counted from another one comes last. */
	for (int counted = 0; counted <= 1; counted++)
		for (uint32_t k = 0; k < doc->times.n; k++)
			if (is_counted(&doc->times.at[k]) == (counted != 0)) attach(doc, finds, k);
	for (uint32_t t = 0; t < doc->toks.n; t++)
		if (td_str_eq(doc->toks.at[t].lemma, TD_STR("anniversary"))) time_of_anniversary(doc, finds, t);
	main_event_times(doc, finds);
	lone_event_times(doc, finds);
	times_of_relatives(doc, finds);
	td_setting_times(doc, finds->event_at);
	td_spread_times(doc, finds->event_at);
}
