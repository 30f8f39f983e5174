/* Which attributions stay: what speaks for each is summed up, once events are joined and their factuality is known. */
#include "kg/attribution.h"
#include "kg/kg.h"

enum {
	THRESHOLD = -110, /* one in four: between two and seven in twenty the F1 of articles left out is the same, and a claim lost is not found again */
	MAX_LOOK = 64,   /* agents of an event that are looked at, and sources that it may have */
};

static const int16_t points[TD_SIGN_COUNT] = {
#define SIGN_POINTS(name, points) points,
	TD_SIGN_MAP(SIGN_POINTS)
#undef SIGN_POINTS
};

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	uint16_t communication;
	uint32_t *agent, *next_agent; /* [n_events], [n_args]: the agents of an event as a chain */
	uint32_t *kept, *next_kept;   /* [n_events], [n_attributions]: its attributions that have been kept */
} scales;

static bool has(uint32_t signs, td_sign sign)
{
	return signs & td_sign_if(true, sign);
}

/* Does the source act in the event? */
static bool acts(const scales *s, const td_attribution *a)
{
	int looked = 0;
	for (uint32_t i = s->agent[a->event]; i != TD_NONE && looked < MAX_LOOK; i = s->next_agent[i], looked++)
		if (s->doc->args.at[i].target == a->source) return true;
	return false;
}

static uint32_t signs_of(const scales *s, const td_attribution *a)
{
	const td_event *event = &s->doc->events.at[a->event];
	bool speech = td_lexicon_is_a(s->lexicon, event->cls, s->communication), self = acts(s, a);
	return a->signs | td_sign_if(true, TD_SIGN_ALWAYS) | td_sign_if(event->factuality == TD_ACTUAL, TD_SIGN_FACT) | td_sign_if(self, TD_SIGN_SELF) |
	       td_sign_if(self && speech, TD_SIGN_SELF_SPEECH) | td_sign_if(speech && has(a->signs, TD_SIGN_QUOTED), TD_SIGN_QUOTED_SPEECH) |
	       td_sign_if(s->doc->entities.at[a->source].cls == TD_ORGANIZATION, TD_SIGN_INSTITUTION);
}

static int sum_up(uint32_t signs)
{
	int sum = 0;
	for (unsigned i = 0; i < TD_SIGN_COUNT; i++)
		if (has(signs, (td_sign)i)) sum += points[i];
	return sum;
}

static td_status prepare(scales *s, td_error *err)
{
	td_doc *doc = s->doc;
	s->agent = td_arena_nones(&doc->arena, doc->events.n);
	s->next_agent = td_arena_nones(&doc->arena, doc->args.n);
	s->kept = td_arena_nones(&doc->arena, doc->events.n);
	s->next_kept = td_arena_nones(&doc->arena, doc->attributions.n);
	if (!s->agent || !s->next_agent || !s->kept || !s->next_kept) return td_no_memory(err);
	for (uint32_t i = 0; i < doc->args.n; i++) {
		const td_arg *arg = &doc->args.at[i];
		if (arg->role != TD_AGENT || arg->is_event) continue;
		s->next_agent[i] = s->agent[arg->event];
		s->agent[arg->event] = i;
	}
	return TD_OK;
}

/* Two words of one event may have been told by the same source: one node says so. */
static bool is_told(const scales *s, const td_attribution *a)
{
	int looked = 0;
	for (uint32_t i = s->kept[a->event]; i != TD_NONE; i = s->next_kept[i])
		if (looked++ == MAX_LOOK || (s->doc->attributions.at[i].source == a->source && s->doc->attributions.at[i].stance == a->stance)) return true;
	return false;
}

td_status td_weigh_signs(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	scales s = { .doc = doc, .lexicon = lexicon, .communication = td_lexicon_class(lexicon, TD_STR("Communication")) };
	TRY(prepare(&s, err));
	for (uint32_t i = 0; i < doc->attributions.n; i++) doc->attributions.at[i].signs = signs_of(&s, &doc->attributions.at[i]);
	return TD_OK;
}

td_status td_weigh_attributions(td_doc *doc, const td_lexicon *lexicon, td_error *err)
{
	scales s = { .doc = doc, .lexicon = lexicon, .communication = td_lexicon_class(lexicon, TD_STR("Communication")) };
	TRY(prepare(&s, err));
	uint32_t n = 0;
	for (uint32_t i = 0; i < doc->attributions.n; i++) {
		td_attribution a = doc->attributions.at[i];
		a.signs = signs_of(&s, &a);
		if (sum_up(a.signs) <= THRESHOLD || is_told(&s, &a)) continue;
		s.next_kept[n] = s.kept[a.event];
		s.kept[a.event] = n;
		doc->attributions.at[n++] = a;
	}
	doc->attributions.n = n;
	return TD_OK;
}
