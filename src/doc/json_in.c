/* JSON in: one article an object, and schema.org's description of an article within a page. jansson behind it. */
#include <jansson.h>
#include <pthread.h>

#include "doc/source_impl.h"

enum { MAX_LD_NODES = 1000, MAX_LD_DEPTH = 8 };

typedef struct {
	const char *key;
	size_t field; /* offset of a td_str in td_input */
} json_field;

#define FIELD(name) offsetof(td_input, name)

/* Names that feeds give to the same thing, the first one that is there wins. */
static const json_field fields[] = {
	{ "id", FIELD(id) }, { "url", FIELD(url) }, { "link", FIELD(url) }, { "title", FIELD(title) }, { "headline", FIELD(title) },
	{ "source", FIELD(source) }, { "publisher", FIELD(source) }, { "language", FIELD(language) }, { "lang", FIELD(language) },
	{ "text", FIELD(text) }, { "content", FIELD(text) }, { "body", FIELD(text) }, { "articleBody", FIELD(text) },
};
static const char *const date_keys[] = { "date", "published", "datePublished", "pubDate", "published_at", "dateCreated" };

static td_str *field_of(td_input *in, size_t offset)
{
	return (td_str *)((char *)in + offset);
}

static td_str string_of(const json_t *value)
{
	return (td_str){ json_string_value(value), json_string_length(value) };
}

static td_date date_of(td_str value)
{
	td_date date = td_date_parse(td_str_trim(value));
	return date.year ? date : td_date_line(value);
}

static td_status read_date(const json_t *object, td_input *in, td_error *err)
{
	for (size_t i = 0; i < sizeof date_keys / sizeof date_keys[0] && !in->date.year; i++) {
		const json_t *value = json_object_get(object, date_keys[i]);
		if (!json_is_string(value) || json_string_length(value) == 0) continue;
		in->date = date_of(string_of(value));
		if (!in->date.year)
			return td_fail(err, TD_ERR_SYNTAX, "\"%s\": \"%.60s\" is no date; write it as YYYY-MM-DD", date_keys[i],
				json_string_value(value));
	}
	return TD_OK;
}

static td_status read_field(const json_t *object, const json_field *f, td_input *in, td_error *err)
{
	const json_t *value = json_object_get(object, f->key);
	char number[32];
	if (json_is_integer(value) && f->field == FIELD(id)) {
		int n = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
		return td_input_set(in, field_of(in, f->field), (td_str){ number, (size_t)n }, err);
	}
	/* "publisher": {"name": …} */
	if (json_is_object(value)) value = json_object_get(value, "name");
	if (!value || json_is_null(value)) return TD_OK;
	if (!json_is_string(value))
		return f->field == FIELD(text) ? td_fail(err, TD_ERR_SYNTAX, "\"%s\" must be a string", f->key) : TD_OK;
	return td_input_set(in, field_of(in, f->field), string_of(value), err);
}

static td_status read_object(const json_t *object, td_input *in, td_error *err)
{
	if (!json_is_object(object))
		return td_fail(err, TD_ERR_SYNTAX, "a line must be one JSON object {\"id\", \"url\", \"date\", \"title\", \"text\"}");
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) TRY(read_field(object, &fields[i], in, err));
	if (in->text.n == 0) return td_fail(err, TD_ERR_SYNTAX, "the JSON object has no \"text\"");
	return read_date(object, in, err);
}

/* Without memory jansson's reader drops characters of a string, and calls it a good one. So its allocator, whosever that is, is watched. */
static json_malloc_t allocate;
static _Thread_local bool lacked;

static void *watch(size_t n)
{
	void *p = allocate(n);
	lacked |= p == NULL;
	return p;
}

static void start_watching(void)
{
	json_free_t release;
	json_get_alloc_funcs(&allocate, &release);
	json_set_alloc_funcs(watch, release);
}

/* NULL when it is no JSON, or *status is TD_ERR_MEMORY. */
static json_t *load(td_str json, size_t flags, json_error_t *why, td_status *status, td_error *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, start_watching);
	lacked = false;
	json_t *root = json_loadb(json.n ? json.at : "", json.n, flags, why);
	*status = lacked ? td_no_memory(err) : TD_OK;
	if (!lacked) return root;
	json_decref(root);
	return NULL;
}

td_status td_json_read(td_str line, td_input *in, td_error *err)
{
	json_error_t why;
	td_status lack;
	json_t *object = load(line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why, &lack, err);
	TRY(lack);
	if (!object)
		return td_fail_at(err, TD_ERR_SYNTAX, why.position >= 0 ? (uint64_t)why.position : TD_NOWHERE, TD_NOWHERE,
			"broken JSON at byte %d: %s", why.position, why.text);
	td_status status = read_object(object, in, err);
	json_decref(object);
	return status;
}

/* ---- JSON-LD ------------------------------------------------------------------------------------------------------------- */

static bool type_is_article(const json_t *type)
{
	size_t i;
	json_t *one;
	if (json_is_string(type)) {
		const char *name = json_string_value(type);
		return strstr(name, "Article") || strstr(name, "BlogPosting") || strcmp(name, "Report") == 0;
	}
	json_array_foreach(type, i, one) if (json_is_string(one) && type_is_article(one)) return true;
	return false;
}

/* The first article in it: the object itself, one of an array, or of its "@graph". */
static const json_t *find_article(const json_t *node, int depth, int *budget)
{
	if (depth > MAX_LD_DEPTH || --*budget < 0) return NULL;
	if (json_is_object(node) && type_is_article(json_object_get(node, "@type"))) return node;
	size_t i;
	json_t *one;
	const json_t *found = NULL;
	json_array_foreach(node, i, one) if ((found = find_article(one, depth + 1, budget)) != NULL) return found;
	if (json_is_object(node)) found = find_article(json_object_get(node, "@graph"), depth + 1, budget);
	return found;
}

static td_status read_article(const json_t *article, td_input *in, td_error *err)
{
	static const char *const page_keys[] = { "mainEntityOfPage", "url" };
	const json_t *publisher = json_object_get(article, "publisher"), *headline = json_object_get(article, "headline");
	if (json_is_object(publisher)) publisher = json_object_get(publisher, "name");
	if (json_is_string(publisher)) TRY(td_input_set(in, &in->source, string_of(publisher), err));
	if (json_is_string(headline)) TRY(td_input_set(in, &in->title, string_of(headline), err));
	const json_t *language = json_object_get(article, "inLanguage");
	if (json_is_string(language)) TRY(td_input_set(in, &in->language, string_of(language), err));
	for (size_t i = 0; i < 2; i++) {
		const json_t *page = json_object_get(article, page_keys[i]);
		if (json_is_object(page)) page = json_object_get(page, "@id");
		if (json_is_string(page) && td_str_starts(string_of(page), TD_STR("http"))) TRY(td_input_set(in, &in->url, string_of(page), err));
	}
	const json_t *date = json_object_get(article, "datePublished");
	if (json_is_string(date) && !in->date.year) in->date = date_of(string_of(date));
	return TD_OK;
}

td_status td_json_ld_read(td_str json, td_input *in, td_error *err)
{
	td_status lack;
	json_t *root = load(json, 0, NULL, &lack, err);
	int budget = MAX_LD_NODES;
	TRY(lack);
	const json_t *article = root ? find_article(root, 0, &budget) : NULL;
	td_status status = article ? read_article(article, in, err) : TD_OK;
	json_decref(root);
	return status;
}
