/* From triples to facts. */
#include "kg/kb_dump_impl.h"
#include "kg/kb_write.h"

#include <ctype.h>
#include <stdlib.h>

enum { MAX_LANGUAGES = 13, RANK_UNTAGGED = 14 };

struct td_kb_dump {
	td_kb_dump_options options;
	const char *out;
	size_t memory;
	dump_rules rules;
	td_str languages[MAX_LANGUAGES];
	uint8_t n_languages;
	td_sort *facts;
	td_buf subject; /* the IRI of the statements at hand */
	td_buf key;     /* how it is called here; empty: it is left out */
	bool article;   /* the subject is a page about a thing */
	fact_seen seen;
	bool rekey;
	td_kb_dump_stats stats;
};

/* ---- open and close ------------------------------------------------------------------------------------------ */

static td_status take_languages(td_kb_dump *dump, td_error *err)
{
	td_str rest = td_str_of(dump->options.languages ? dump->options.languages : "en");
	while (rest.n) {
		td_str tag = td_str_trim(td_str_cut(&rest, ','));
		if (!td_str_eq(tag, TD_STR("*")) && !td_lang_ok(tag))
			return td_fail(err, TD_ERR_USAGE, "'" TD_STR_FMT "' is no tag of a language; write them like en,de", TD_STR_ARG(tag));
		if (dump->n_languages == MAX_LANGUAGES) return td_fail(err, TD_ERR_LIMIT, "more than %d languages", MAX_LANGUAGES);
		dump->languages[dump->n_languages++] = tag;
	}
	return TD_OK;
}

td_status td_kb_dump_open(const td_kb_dump_options *options, const char *out, td_kb_dump **made, td_error *err)
{
	td_kb_dump *dump = td_alloc(sizeof *dump);
	*made = NULL;
	if (!dump) return td_no_memory(err);
	*dump = (td_kb_dump){ .options = *options, .out = out, .memory = options->memory ? options->memory : TD_KB_DUMP_MEMORY,
		.seen = { 0, CLASS_UNKNOWN, CLASS_UNKNOWN, TD_GENDER_UNKNOWN } };
	if (dump->memory < TD_KB_DUMP_MIN_MEMORY) dump->memory = TD_KB_DUMP_MIN_MEMORY;
	td_status status = td_kb_writer_check(out, err);
	if (status == TD_OK) status = take_languages(dump, err);
	if (status == TD_OK) status = td_kb_rules_read(options->rules, &dump->rules, err);
	if (status == TD_OK) status = td_sort_open(out, td_kb_temporary, dump->memory / 2, &dump->facts, err);
	if (status == TD_OK) *made = dump;
	else td_kb_dump_close(dump);
	return status;
}

void td_kb_dump_close(td_kb_dump *dump)
{
	if (!dump) return;
	td_sort_close(dump->facts);
	td_kb_rules_free(&dump->rules);
	td_buf_free(&dump->subject);
	td_buf_free(&dump->key);
	td_free(dump);
}

const td_kb_dump_stats *td_kb_dump_statistics(const td_kb_dump *dump)
{
	return &dump->stats;
}

/* ---- keys ---------------------------------------------------------------------------------------------------- */

/* What cannot stand in a title as this program writes titles. */
static bool title_ok(td_str title)
{
	for (size_t i = 0; i < title.n; i++)
		if (strchr("?#%\\<>\"{}|^`", title.at[i]) || (unsigned char)title.at[i] <= ' ') return false;
	return title.n > 0 && title.n < 512;
}

/* The key of what an IRI names; false when it is left out. */
static bool key_of(const td_kb_dump *dump, td_str iri, td_buf *key)
{
	td_str rest;
	const dump_rule *rule = td_kb_prefix_rule(&dump->rules, iri, &rest);
	key->n = 0;
	if (iri.n >= TD_KB_MAX_KEY || (rule && (rule->kind == RULE_SKIP || rule->kind == RULE_ARTICLE))) return false;
	if (rule && rule->kind == RULE_WIKIDATA) {
		td_buf_str(key, rest);
	} else if (rule && rule->kind == RULE_DBPEDIA && title_ok(rest)) {
		td_buf_str(key, TD_STR("dbr:"));
		td_buf_str(key, rest);
	} else {
		td_buf_str(key, iri);
	}
	return true;
}

/* ---- facts --------------------------------------------------------------------------------------------------- */

static td_status add_fact(td_kb_dump *dump, td_str key, fact_kind kind, const void *bytes, size_t n, td_error *err)
{
	unsigned char value[2 + MAX_TEXT];
	value[0] = (unsigned char)kind;
	memcpy(value + 1, bytes, n);
	return td_sort_add(dump->facts, key, (td_str){ (const char *)value, n + 1 }, err);
}

static td_status end_subject(td_kb_dump *dump, td_error *err)
{
	unsigned char bytes[FACT_SEEN_BYTES];
	fact_seen seen = dump->seen;
	dump->seen = (fact_seen){ 0, CLASS_UNKNOWN, CLASS_UNKNOWN, TD_GENDER_UNKNOWN };
	if (!dump->key.n || !seen.statements) return TD_OK;
	put_be64(bytes, seen.statements);
	bytes[8] = seen.cls;
	bytes[9] = seen.hint;
	bytes[10] = seen.gender;
	return add_fact(dump, td_buf_view(&dump->key), FACT_SEEN, bytes, sizeof bytes, err);
}

static td_status begin_subject(td_kb_dump *dump, const td_term *s, td_error *err)
{
	td_str rest;
	if (s->kind == TD_IRI && td_str_eq(s->value, td_buf_view(&dump->subject))) return TD_OK;
	TRY(end_subject(dump, err));
	dump->subject.n = dump->key.n = 0;
	dump->article = false;
	if (s->kind != TD_IRI) return TD_OK;
	td_buf_str(&dump->subject, s->value);
	const dump_rule *rule = td_kb_prefix_rule(&dump->rules, s->value, &rest);
	dump->article = rule && rule->kind == RULE_ARTICLE;
	(void)key_of(dump, s->value, &dump->key);
	return dump->subject.failed || dump->key.failed ? td_no_memory(err) : TD_OK;
}

/* "en" has "en" and "en-GB", which comes after it. Returns the rank, or 255 for a language that is not wanted. */
static uint8_t language_rank(const td_kb_dump *dump, td_str tag)
{
	if (tag.n == 0) return RANK_UNTAGGED;
	for (uint8_t i = 0; i < dump->n_languages; i++) {
		td_str wanted = dump->languages[i];
		if (td_str_eq(wanted, TD_STR("*"))) return i;
		if (tag.n < wanted.n || (tag.n > wanted.n && tag.at[wanted.n] != '-')) continue;
		size_t k = 0;
		while (k < wanted.n && tolower((unsigned char)tag.at[k]) == tolower((unsigned char)wanted.at[k])) k++;
		if (k == wanted.n) return i;
	}
	return UINT8_MAX;
}

static td_status add_name(td_kb_dump *dump, const dump_rule *rule, const td_term *o, td_error *err)
{
	char ranked[1 + MAX_TEXT];
	td_str text = td_str_trim(o->value);
	uint8_t language = language_rank(dump, o->lang);
	if (o->kind != TD_LITERAL || !text.n || text.n > MAX_TEXT - 1 || language == UINT8_MAX || memchr(text.at, '\0', text.n)) return TD_OK;
	if (rule->kind == RULE_ALIAS) return add_fact(dump, td_buf_view(&dump->key), FACT_ALIAS, text.at, text.n, err);
	ranked[0] = (char)(language << 4 | (rule->value & 15));
	memcpy(ranked + 1, text.at, text.n);
	return add_fact(dump, td_buf_view(&dump->key), FACT_LABEL, ranked, text.n + 1, err);
}

static void add_class(td_kb_dump *dump, const td_term *o)
{
	const dump_rule *rule = o->kind == TD_IRI ? td_kb_rule(&dump->rules, o->value) : NULL;
	if (rule && rule->kind == RULE_CLASS && rule->value < dump->seen.cls) dump->seen.cls = rule->value;
}

static void add_gender(td_kb_dump *dump, const td_term *o)
{
	const dump_rule *rule = o->kind == TD_IRI ? td_kb_rule(&dump->rules, o->value) : NULL;
	if (rule && rule->kind == RULE_MALE) dump->seen.gender = TD_MALE;
	if (rule && rule->kind == RULE_FEMALE) dump->seen.gender = TD_FEMALE;
	if (o->kind == TD_LITERAL && td_str_eq(o->value, TD_STR("male"))) dump->seen.gender = TD_MALE;
	if (o->kind == TD_LITERAL && td_str_eq(o->value, TD_STR("female"))) dump->seen.gender = TD_FEMALE;
}

/* The subject is what others call Q… or dbr:…; of two of those, the latter learns its title. */
static td_status add_same(td_kb_dump *dump, const td_term *o, td_error *err)
{
	td_str rest, key = td_buf_view(&dump->key);
	const dump_rule *rule = o->kind == TD_IRI ? td_kb_prefix_rule(&dump->rules, o->value, &rest) : NULL;
	if (rule && rule->kind == RULE_WIKIDATA && !key_is_wikidata(key)) {
		dump->rekey = true;
		return add_fact(dump, key, FACT_WIKIDATA, rest.at, rest.n, err);
	}
	if (rule && rule->kind == RULE_DBPEDIA && !key_is_dbpedia(key) && title_ok(rest)) {
		if (!key_is_wikidata(key)) dump->rekey = true;
		return add_fact(dump, key, FACT_DBPEDIA, rest.at, rest.n, err);
	}
	return TD_OK;
}

/* An article of Wikipedia about a thing of Wikidata: its name is DBpedia's title. */
static td_status add_article(td_kb_dump *dump, const td_triple *t, td_error *err)
{
	td_str title, id;
	const dump_rule *rule = t->o.kind == TD_IRI ? td_kb_prefix_rule(&dump->rules, t->o.value, &id) : NULL;
	(void)td_kb_prefix_rule(&dump->rules, t->s.value, &title);
	if (!rule || rule->kind != RULE_WIKIDATA || !title_ok(title)) return TD_OK;
	return add_fact(dump, id, FACT_DBPEDIA, title.at, title.n, err);
}

static td_status add_weight(td_kb_dump *dump, const td_term *o, td_error *err)
{
	char digits[32], *end;
	unsigned char bytes[8];
	if (o->kind != TD_LITERAL || o->value.n == 0 || o->value.n >= sizeof digits) return TD_OK;
	memcpy(digits, o->value.at, o->value.n);
	digits[o->value.n] = '\0';
	double number = strtod(digits, &end);
	if (*end || !(number >= 0)) return TD_OK;
	put_be64(bytes, number >= 1e18 ? (uint64_t)1e18 : (uint64_t)number);
	return add_fact(dump, td_buf_view(&dump->key), FACT_WEIGHT, bytes, sizeof bytes, err);
}

td_status td_kb_dump_add(td_kb_dump *dump, const td_triple *t, td_error *err)
{
	dump->stats.triples++;
	TRY(begin_subject(dump, &t->s, err));
	const dump_rule *rule = td_kb_rule(&dump->rules, t->p.value);
	if (dump->article && rule && rule->kind == RULE_ABOUT) return add_article(dump, t, err);
	if (!dump->key.n) return TD_OK;

	dump->seen.statements++;
	if (dump->options.popularity && td_str_eq(t->p.value, td_str_of(dump->options.popularity))) TRY(add_weight(dump, &t->o, err));
	if (!rule) return TD_OK;
	switch (rule->kind) {
	case RULE_LABEL:
	case RULE_ALIAS: return add_name(dump, rule, &t->o, err);
	case RULE_SAME: return add_same(dump, &t->o, err);
	case RULE_TYPE: add_class(dump, &t->o); break;
	case RULE_GENDER: add_gender(dump, &t->o); break;
	default: break;
	}
	if (rule->kind == RULE_IMPLIES && rule->value < dump->seen.hint) dump->seen.hint = rule->value;
	return TD_OK;
}

td_status td_kb_dump_finish(td_kb_dump *dump, td_error *err)
{
	TRY(end_subject(dump, err));
	td_sort *facts = dump->facts;
	dump->facts = NULL;
	return td_kb_pack(facts, dump->rekey, &dump->options, dump->memory, dump->out, &dump->stats, err);
}
