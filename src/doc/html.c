/* HTML pages: what they say about themselves. libxml2 behind it; it mends what is broken, and never loads anything else. */
#include <libxml/HTMLparser.h>

#include "doc/html_impl.h"

#include <strings.h>

enum { SNIFF = 1024 }; /* bytes at the beginning that tell a page from a text */

bool td_html_is(const xmlNode *node, const char *tag)
{
	return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, tag) == 0;
}

td_str td_html_attr(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL; a; a = a->next)
		if (strcasecmp((const char *)a->name, name) == 0 && a->children && a->children->content)
			return td_str_of((const char *)a->children->content);
	return (td_str){ 0 };
}

xmlNode *td_html_next(const xmlNode *root, const xmlNode *node, bool skip)
{
	/* Entity references have the entity's declaration as a child, which leads out of the tree. */
	if (!skip && node->type == XML_ELEMENT_NODE && node->children) return node->children;
	while (node != root && !node->next) node = node->parent;
	return node == root ? NULL : node->next;
}

bool td_looks_like_html(td_str text)
{
	static const char *const marks[] = { "<!doctype html", "<html", "<head", "<body", "<article", "<meta " };
	if (text.n == 0) return false;
	size_t at = td_str_starts(text, TD_STR("\xEF\xBB\xBF")) ? 3 : 0;
	while (at < text.n && strchr(" \t\r\n", text.at[at]) && text.at[at]) at++;
	td_str rest = { text.at + at, text.n - at };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (rest.n > strlen(marks[i]) && strncasecmp(rest.at, marks[i], strlen(marks[i])) == 0) return true;
	/* <?xml …?> and comments may stand before it. */
	if (!td_str_starts(rest, TD_STR("<?xml")) && !td_str_starts(rest, TD_STR("<!--"))) return false;
	for (size_t i = 0; i + 5 < rest.n && i < SNIFF; i++)
		if (strncasecmp(rest.at + i, "<html", 5) == 0) return true;
	return false;
}

/* ---- what the page says about itself ----------------------------------------------------------------------------------- */

typedef enum { META_TITLE, META_URL, META_SOURCE, META_DATE, META_LANGUAGE } meta_kind;

static const struct {
	const char *name; /* of the attribute property, name or itemprop */
	meta_kind kind;
} metas[] = {
	{ "og:title", META_TITLE }, { "twitter:title", META_TITLE }, { "headline", META_TITLE }, { "dc.title", META_TITLE },
	{ "og:url", META_URL }, { "og:site_name", META_SOURCE }, { "application-name", META_SOURCE }, { "dc.publisher", META_SOURCE },
	{ "article:published_time", META_DATE }, { "datePublished", META_DATE }, { "article.published", META_DATE },
	{ "date", META_DATE }, { "dc.date", META_DATE }, { "dc.date.issued", META_DATE }, { "dcterms.created", META_DATE },
	{ "dcterms.issued", META_DATE }, { "pubdate", META_DATE }, { "publishdate", META_DATE }, { "publish-date", META_DATE },
	{ "parsely-pub-date", META_DATE }, { "sailthru.date", META_DATE }, { "og:pubdate", META_DATE }, { "cXenseParse:recs:publishtime", META_DATE },
	{ "og:locale", META_LANGUAGE }, { "content-language", META_LANGUAGE },
};

static td_status set_meta(td_input *in, meta_kind kind, td_str value, td_error *err)
{
	value = td_str_trim(value);
	switch (kind) {
	case META_TITLE: return td_input_set(in, &in->title, value, err);
	case META_URL: return td_str_starts(value, TD_STR("http")) ? td_input_set(in, &in->url, value, err) : TD_OK;
	case META_SOURCE: return td_input_set(in, &in->source, value, err);
	case META_LANGUAGE: return td_input_set(in, &in->language, value, err);
	case META_DATE:
		if (!in->date.year) in->date = td_date_parse(value);
		if (!in->date.year) in->date = td_date_line(value);
		return TD_OK;
	}
	return TD_OK;
}

static td_status read_meta(const xmlNode *node, td_input *in, td_error *err)
{
	static const char *const name_attrs[] = { "property", "name", "itemprop", "http-equiv" };
	td_str content = td_html_attr(node, "content");
	for (size_t a = 0; a < sizeof name_attrs / sizeof name_attrs[0] && content.n; a++) {
		td_str name = td_html_attr(node, name_attrs[a]);
		for (size_t i = 0; name.n && i < sizeof metas / sizeof metas[0]; i++)
			if (strcasecmp(name.at, metas[i].name) == 0) TRY(set_meta(in, metas[i].kind, content, err));
	}
	return TD_OK;
}

static td_status read_link(const xmlNode *node, td_input *in, td_error *err)
{
	td_str rel = td_html_attr(node, "rel");
	return rel.n && strcasecmp(rel.at, "canonical") == 0 ? set_meta(in, META_URL, td_html_attr(node, "href"), err) : TD_OK;
}

static td_status read_script(const xmlNode *node, td_input *in, td_error *err)
{
	td_str type = td_html_attr(node, "type");
	if (!type.n || strcasecmp(type.at, "application/ld+json") != 0 || !node->children || !node->children->content) return TD_OK;
	return td_json_ld_read(td_str_of((const char *)node->children->content), in, err);
}

/* <title>Headline | The Paper</title>: what stands behind the last bar or spaced dash is the paper's name. */
static td_status read_title(const xmlNode *node, td_input *in, td_error *err)
{
	static const char *const bars[] = { " | ", " - ", " – ", " — " };
	if (!node->children || !node->children->content) return TD_OK;
	td_str title = td_str_trim(td_str_of((const char *)node->children->content));
	for (size_t i = title.n; i-- > 10;)
		for (size_t b = 0; b < sizeof bars / sizeof bars[0]; b++)
			if (td_str_starts((td_str){ title.at + i, title.n - i }, td_str_of(bars[b])) && title.n - i < title.n / 2)
				return td_input_set(in, &in->title, (td_str){ title.at, i }, err);
	return td_input_set(in, &in->title, title, err);
}

typedef td_status reader(const xmlNode *node, td_input *in, td_error *err);

static td_status read_time(const xmlNode *node, td_input *in, td_error *err)
{
	return set_meta(in, META_DATE, td_html_attr(node, "datetime"), err);
}

static td_status read_html(const xmlNode *node, td_input *in, td_error *err)
{
	return set_meta(in, META_LANGUAGE, td_html_attr(node, "lang"), err);
}

static td_status read_all(const xmlNode *root, const char *tag, reader *read, td_input *in, td_error *err)
{
	for (const xmlNode *node = root; node; node = td_html_next(root, node, false))
		if (td_html_is(node, tag)) TRY(read(node, in, err));
	return TD_OK;
}

/* What is surest comes first: later readers only fill what is still empty. */
static td_status read_description(const xmlNode *root, td_input *in, td_error *err)
{
	static const struct {
		const char *tag;
		reader *read;
	} readers[] = { { "script", read_script }, { "link", read_link }, { "meta", read_meta }, { "title", read_title },
		{ "time", read_time }, { "html", read_html } };
	for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) TRY(read_all(root, readers[i].tag, readers[i].read, in, err));
	return TD_OK;
}

/* ---- the page ------------------------------------------------------------------------------------------------------------- */

/* The headline is news, too: it is the text's first line, as in other sources, unless the page has it there. */
static td_status read_text(const xmlNode *root, td_input *in, td_error *err)
{
	td_buf text = { 0 }, whole = { 0 };
	td_status status = td_html_text(root, &text, err);
	if (status == TD_OK && text.n == 0)
		status = td_fail(err, TD_ERR_EMPTY, "no article found in the HTML page; give its text as a .txt file");
	if (status == TD_OK && in->title.n && !td_str_starts(td_buf_view(&text), in->title)) {
		td_buf_str(&whole, in->title);
		td_buf_str(&whole, TD_STR("\n\n"));
	}
	if (status == TD_OK) {
		td_buf_str(&whole, td_buf_view(&text));
		in->text = whole.failed ? (td_str){ 0 } : td_arena_str(&in->arena, td_buf_view(&whole));
		if (!in->text.at) status = td_no_memory(err);
	}
	td_buf_free(&text);
	td_buf_free(&whole);
	return status;
}

typedef struct {
	htmlParserCtxtPtr parser;
	bool no_memory;
} listener;

/* Without memory libxml2 says so on standard error, goes on with half a page or, in some places, for ever. */
static void on_error(void *context, xmlErrorPtr error)
{
	listener *l = context;
	if (!error || error->code != XML_ERR_NO_MEMORY) return;
	l->no_memory = true;
	if (!l->parser || !l->parser->input) return;
	/* At its end it stops by itself. (xmlStopParser would free what its caller still uses.) */
	l->parser->disableSAX = 1;
	l->parser->input->cur = l->parser->input->end;
}

/* A page that is UTF-8 is read as such whatever it declares, and nothing is converted; of others the declaration counts. */
static htmlDocPtr parse(listener *l, td_str html)
{
	int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
	if (td_utf8_check(html) == html.n) {
		options |= HTML_PARSE_IGNORE_ENC;
		l->parser->charset = XML_CHAR_ENCODING_UTF8;
	}
	htmlCtxtUseOptions(l->parser, options);
	htmlParseDocument(l->parser);
	htmlDocPtr page = l->parser->myDoc;
	l->parser->myDoc = NULL;
	return page;
}

static td_status read_page(listener *l, td_str html, td_input *in, td_error *err)
{
	htmlDocPtr page = parse(l, html);
	const xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
	td_status status = TD_OK;
	if (l->no_memory) status = td_no_memory(err);
	else if (!root) status = td_fail(err, TD_ERR_SYNTAX, "the HTML page cannot be parsed");
	if (status == TD_OK) status = read_description(root, in, err);
	if (status == TD_OK) status = read_text(root, in, err);
	xmlFreeDoc(page);
	return status;
}

td_status td_html_read(td_str html, td_input *in, td_error *err)
{
	if (html.n == 0) return td_fail(err, TD_ERR_EMPTY, "no text: the page is empty");
	const char *nul = memchr(html.at, 0, html.n);
	if (nul) return td_fail_at(err, TD_ERR_UTF8, (uint64_t)(nul - html.at), TD_NOWHERE, "a NUL byte: this is no HTML page");
	if (html.n > TD_MAX_TEXT) return td_fail(err, TD_ERR_LIMIT, "more than %d bytes", TD_MAX_TEXT);
	/* What to do with errors is libxml2's setting for the thread. */
	xmlStructuredErrorFunc was = xmlStructuredError;
	void *its = xmlStructuredErrorContext;
	listener l = { NULL, false };
	xmlSetStructuredErrorFunc(&l, on_error);
	l.parser = htmlCreateMemoryParserCtxt(html.at, (int)html.n);
	td_status status = l.parser ? read_page(&l, html, in, err) : td_no_memory(err);
	htmlFreeParserCtxt(l.parser);
	xmlSetStructuredErrorFunc(its, was);
	return status;
}
