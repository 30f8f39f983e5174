/* What the words around a name say that its bearer is: a company, or a ship. The network knows few companies by name and takes the others for persons
 * or places; newspapers say it when they first name one. */
#include "nlp/mentions.h"

static bool company_noun(const td_doc *doc, uint32_t t)
{
	static const char *const words[] = { "company", "firm", "operator", "carmaker", "automaker", "maker", "bank", "airline", "retailer", "insurer", "manufacturer",
		"newspaper", "startup", "start-up", "group", "conglomerate", "subsidiary", "publisher", "shipyard", "supplier", "chain", "consortium", "brewery",
		"charity", "agency", "utility", "union", "broadcaster", "corporation", "chipmaker", "drugmaker", "planemaker", "shipbuilder", "steelmaker", "giant",
		"lender", "miner", "producer", "developer", "carrier", "watchdog", "regulator", "network", "label", "studio", "brewer", "grocer", "website", "site", NULL };
	return doc->toks.at[t].upos == TD_NOUN && doc->toks.at[t].xpos != TD_XP_NNS && td_tok_in(doc, t, words);
}

/* Behind a name: "Nordwind shares fell", "Nordwind Chief Executive Ann Bell". */
static bool company_thing_behind(const td_doc *doc, uint32_t t, uint32_t end)
{
	static const char *const things[] = { "shares", "stock", "shareholders", "investors", "executives", "employees", "bondholders", NULL };
	static const char *const officers[] = { "ceo", "cfo", "coo", "chairman", "chairwoman", "boss", NULL };
	if (t >= end) return false;
	if (td_tok_is(doc, t, "chief") && t + 1 < end && (td_tok_is(doc, t + 1, "executive") || td_tok_is(doc, t + 1, "financial") || td_tok_is(doc, t + 1, "operating"))) return true;
	td_str form = doc->toks.at[t].form;
	return td_in_list(form, things) || td_in_list(form, officers);
}

/* "Solaria's chairman", "Solaria's revenue" */
static bool company_owned(const td_doc *doc, uint32_t t, uint32_t end)
{
	static const char *const things[] = { "chairman", "chairwoman", "ceo", "board", "shareholders", "revenue", "revenues", "profit", "profits", "headquarters",
		"employees", "workforce", "subsidiary", "brands", "boss", "executives", "management", NULL };
	if (t + 1 >= end || doc->toks.at[t].xpos != TD_XP_POS) return false;
	return td_in_list(doc->toks.at[t + 1].form, things) || (td_tok_is(doc, t + 1, "chief") && t + 2 < end && td_tok_is(doc, t + 2, "executive"));
}

/* "shares in Safaricom", "chief executive of Solaria" */
static bool company_thing_before(const td_doc *doc, uint32_t from, uint32_t first)
{
	static const char *const things[] = { "shares", "stake", "shareholders", "executive", "ceo", "chairman", "chairwoman", "investors", NULL };
	static const char *const preps[] = { "in", "of", "at", NULL };
	return from >= first + 2 && td_tok_in(doc, from - 1, preps) && td_in_list(doc->toks.at[from - 2].form, things);
}

/* The noun stands before the name or is in apposition to it: "the company X", "X, the port's operator". */
static bool called_company(const td_doc *doc, td_range s)
{
	uint32_t head = td_range_head(doc, s), up = doc->toks.at[head].head;
	for (uint32_t t = s.from; t < s.to; t++) { /* the tree may hang it on any word of the name */
		uint32_t apposed = td_child(doc, t, TD_APPOS);
		if (apposed != TD_NONE && apposed >= s.to && company_noun(doc, apposed)) return true;
	}
	if (doc->toks.at[head].deprel == TD_APPOS && up != TD_NONE && up < s.from && company_noun(doc, up)) return true;
	if (s.from == td_sent_of(doc, s.from).from || !company_noun(doc, s.from - 1)) return false;
	const td_token *noun = &doc->toks.at[s.from - 1];
	return up == s.from - 1 || (noun->head >= s.from && noun->head < s.to) || (noun->head == up && noun->deprel == doc->toks.at[head].deprel);
}

enum { SHORTEST_CAMEL = 5 }; /* bytes */

/* "OpenAI", "SpaceX": no person or place is spelt so, but "McDonald", "DiCaprio", "O'Brien" and "al-Assad". */
static bool camel_case(const td_doc *doc, td_range s)
{
	static const char *const particles[] = { "Mc", "Mac", "De", "Di", "Du", "Da", "La", "Le", "Van", "Von", "Fitz", "Del", "San", "Ben", "Mac", "Dell", "Ap", NULL };
	td_str w = doc->toks.at[s.from].form;
	if (s.to - s.from != 1 || w.n < SHORTEST_CAMEL || w.at[0] < 'A' || w.at[0] > 'Z') return false;
	for (size_t i = 1; i < w.n; i++) {
		if (w.at[i] < 'A' || w.at[i] > 'Z') continue;
		if (w.at[i - 1] < 'a' || w.at[i - 1] > 'z') return false;
		for (const char *const *p = particles; *p; p++)
			if (td_str_eq((td_str){ w.at, i }, td_str_of(*p))) return false;
		return true;
	}
	return false;
}

bool td_called_company(const td_doc *doc, const td_lexicon *lexicon, td_range s)
{
	bool given = false;
	uint32_t len;
	td_range sent = td_sent_of(doc, s.from);
	(void)td_given_gender(doc, lexicon, s.from, &given);
	if (given || td_demonym(doc, lexicon, s.from, s.to, true, &len) != TD_NONE) return false;
	return camel_case(doc, s) || called_company(doc, s) || company_thing_behind(doc, s.to, sent.to) || company_owned(doc, s.to, sent.to) || company_thing_before(doc, s.from, sent.from);
}

/* "a yacht, the Silver Gull": things have names, and the noun beside it tells what they are. TD_CLASS_NONE: nothing does. */
td_class td_called_thing(const td_doc *doc, const td_lexicon *lexicon, td_range s)
{
	uint32_t head = td_range_head(doc, s), up = doc->toks.at[head].head;
	uint32_t noun = doc->toks.at[head].deprel == TD_APPOS && up != TD_NONE && up < s.from ? up : td_child(doc, head, TD_APPOS);
	if (noun == TD_NONE || doc->toks.at[noun].upos != TD_NOUN || doc->toks.at[noun].xpos == TD_XP_NNS) return TD_CLASS_NONE;
	td_class cls = td_noun_class(doc, lexicon, noun, NULL);
	return cls == TD_PRODUCT || cls == TD_WORK || cls == TD_FACILITY ? cls : TD_CLASS_NONE;
}
