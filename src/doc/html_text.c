/* The text of a page without what stands around it. Blocks of text are judged by length, links and company, after jusText
 * (Pomikálek, Removing Boilerplate and Duplicate Content from Web Corpora, 2011). */
#include "doc/html_impl.h"

#include <strings.h>

enum {
	LONG_BLOCK = 140,    /* bytes: surely a paragraph */
	MEDIUM_BLOCK = 60,   /* a paragraph when it ends like a sentence */
	MAX_LINKS = 45,      /* per cent of a paragraph within links */
	REACH = 3,           /* a short block is kept when good ones stand within so many blocks on both sides */
	MAX_BLOCKS = 200000,
	LOOK_INTO = 1000,    /* nodes */
};

typedef enum { BLOCK_BAD, BLOCK_SHORT, BLOCK_GOOD } block_kind;

typedef struct {
	size_t from, to;     /* in the text */
	size_t linked;       /* bytes of it within links */
	const xmlNode *in;   /* innermost article or main element, NULL: none */
	uint8_t kind;        /* block_kind */
	bool heading;
} block;

typedef struct {
	td_buf text;
	td_arena arena;
	TD_ARRAY(block) blocks;
	block now;
	const xmlNode *link; /* the <a> whose content is being read */
	unsigned breaks;     /* <br> in a row */
	bool space;          /* white space is due before the next word */
	bool loose;          /* classes and ids are not asked: a page that names its whole text "sidebar" */
	bool failed;
} collector;

/* ---- tables ---------------------------------------------------------------------------------------------------------------- */

static const char *const dropped_tags[] = { "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select",
	"textarea", "iframe", "object", "svg", "canvas", "audio", "video", "figure", "figcaption", "head", "menu", "dialog", "label", NULL };

static const char *const block_tags[] = { "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
	"table", "tr", "td", "th", "section", "article", "main", "header", "body", "html", "center", "hr", "address", "details", "summary", NULL };

static const char *const heading_tags[] = { "h1", "h2", "h3", "h4", NULL };

/* Pieces of class or id that tell of something else than the article. A dash or underscore parts such pieces. */
static const char *const dropped_classes[] = { "comment", "comments", "share", "sharing", "social", "related", "promo", "advert",
	"advertisement", "ad", "ads", "sidebar", "footer", "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "newsletter",
	"cookie", "cookies", "consent", "subscribe", "subscription", "recommended", "recommendations", "popular", "trending", "outbrain",
	"taboola", "banner", "sponsor", "sponsored", "toolbar", "widget", "pagination", "tags", "byline", "author", "caption", "credit",
	"disclaimer", "copyright", "modal", "popup", "paywall", "teaser", "skip", "hidden", "masthead", NULL };

static bool in_list(const char *word, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == n && strncasecmp(word, *list, n) == 0) return true;
	return false;
}

static bool tag_in(const xmlNode *node, const char *const *list)
{
	return node->type == XML_ELEMENT_NODE && in_list((const char *)node->name, strlen((const char *)node->name), list);
}

static bool has_dropped_piece(td_str names)
{
	size_t from = 0;
	for (size_t i = 0; i <= names.n; i++) {
		if (i < names.n && !strchr(" -_\t\n", names.at[i])) continue;
		if (i > from && in_list(names.at + from, i - from, dropped_classes)) return true;
		from = i + 1;
	}
	return false;
}

/* Does it hold what an article is made of? Then its class ("page has-sidebar") speaks of something else. */
static bool holds_article(const xmlNode *node)
{
	int budget = LOOK_INTO;
	for (const xmlNode *in = node; in && budget-- > 0; in = td_html_next(node, in, false))
		if (td_html_is(in, "article") || td_html_is(in, "main") || td_html_is(in, "h1")) return true;
	return false;
}

static bool is_dropped(const collector *c, const xmlNode *node)
{
	static const char *const kept[] = { "html", "body", "article", "main", "h1", NULL };
	if (node->type != XML_ELEMENT_NODE) return node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE;
	if (tag_in(node, dropped_tags)) return true;
	if (tag_in(node, kept)) return false;
	td_str role = td_html_attr(node, "role"), hidden = td_html_attr(node, "aria-hidden");
	if (td_str_eq(role, TD_STR("navigation")) || td_str_eq(role, TD_STR("complementary")) || td_str_eq(hidden, TD_STR("true"))) return true;
	if (c->loose) return false;
	return (has_dropped_piece(td_html_attr(node, "class")) || has_dropped_piece(td_html_attr(node, "id"))) && !holds_article(node);
}

/* ---- blocks -------------------------------------------------------------------------------------------------------------------- */

static void flush(collector *c)
{
	c->now.to = c->text.n;
	if (c->now.to > c->now.from && c->blocks.n < MAX_BLOCKS && !TD_PUSH(&c->arena, &c->blocks, c->now)) c->failed = true;
	c->now.from = c->text.n;
	c->now.linked = 0;
	c->now.heading = false;
	c->space = false;
	c->breaks = 0;
}

static void add_text(collector *c, td_str s)
{
	for (size_t i = 0; i < s.n;) {
		const char *p = s.at + i;
		uint32_t cp = td_utf8_next(&p, s.at + s.n);
		size_t next = (size_t)(p - s.at);
		if (cp == 0xAD) { /* soft hyphen */
		} else if (td_is_space(cp)) {
			c->space = true;
		} else {
			if (c->space && c->text.n > c->now.from) td_buf_char(&c->text, ' ');
			td_buf_add(&c->text, s.at + i, next - i);
			if (c->link) c->now.linked += next - i;
			c->space = false;
			c->breaks = 0;
		}
		i = next;
	}
}

static void enter(collector *c, const xmlNode *node)
{
	if (td_html_is(node, "br")) {
		c->space = true;
		if (++c->breaks >= 2) flush(c);
	} else if (tag_in(node, block_tags)) {
		flush(c);
		c->now.heading = tag_in(node, heading_tags);
	}
	if (td_html_is(node, "article") || td_html_is(node, "main")) c->now.in = node;
	if (td_html_is(node, "a") && !c->link) c->link = node;
}

static const xmlNode *scope_of(const xmlNode *node)
{
	while (node && !td_html_is(node, "article") && !td_html_is(node, "main")) node = node->parent;
	return node;
}

static void leave(collector *c, const xmlNode *node)
{
	if (tag_in(node, block_tags)) flush(c);
	if (c->now.in == node) c->now.in = scope_of(node->parent);
	if (c->link == node) c->link = NULL;
}

/* Depth first without recursion: pages may be nested as deep as they like. */
static void collect(collector *c, const xmlNode *root)
{
	const xmlNode *node = root;
	while (node) {
		bool dropped = is_dropped(c, node);
		if (!dropped && node->type == XML_ELEMENT_NODE) enter(c, node);
		if (!dropped && node->type != XML_ELEMENT_NODE && node->content) add_text(c, td_str_of((const char *)node->content));
		if (!dropped && node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		if (!dropped && node->type == XML_ELEMENT_NODE) leave(c, node);
		while (node != root && !node->next) {
			node = node->parent;
			leave(c, node);
		}
		node = node == root ? NULL : node->next;
	}
	flush(c);
}

/* ---- judging ------------------------------------------------------------------------------------------------------------------- */

static bool ends_like_sentence(td_str s)
{
	while (s.n && (strchr("\"')]", s.at[s.n - 1]) || (unsigned char)s.at[s.n - 1] == 0x9D)) {
		size_t cut = (unsigned char)s.at[s.n - 1] == 0x9D ? 3 : 1; /* ” */
		s.n -= cut < s.n ? cut : s.n;
	}
	return s.n && strchr(".!?:", s.at[s.n - 1]) != NULL;
}

static td_str block_text(const collector *c, const block *b)
{
	return (td_str){ c->text.at + b->from, b->to - b->from };
}

static block_kind judge(const collector *c, const block *b)
{
	td_str s = block_text(c, b);
	if (b->linked * 100 > s.n * MAX_LINKS) return BLOCK_BAD;
	if (s.n >= LONG_BLOCK || (s.n >= MEDIUM_BLOCK && ends_like_sentence(s))) return b->heading ? BLOCK_SHORT : BLOCK_GOOD;
	return ends_like_sentence(s) || b->heading ? BLOCK_SHORT : BLOCK_BAD;
}

/* The article or main element that holds most of the good text, when that is more than half of all; NULL: the whole page. */
static const xmlNode *best_scope(const collector *c)
{
	size_t all = 0, best = 0;
	const xmlNode *winner = NULL;
	for (uint32_t i = 0, first = 0; i <= c->blocks.n; i++) {
		/* Blocks of one scope stand behind one another but for nested ones, and their parts are weighed apart. */
		bool ends = i == c->blocks.n || c->blocks.at[i].in != c->blocks.at[first].in;
		if (!ends) continue;
		size_t sum = 0;
		for (uint32_t k = first; k < i; k++)
			if (c->blocks.at[k].kind == BLOCK_GOOD) sum += c->blocks.at[k].to - c->blocks.at[k].from;
		all += sum;
		if (sum > best && first < c->blocks.n) best = sum, winner = c->blocks.at[first].in;
		first = i;
	}
	return best * 2 > all ? winner : NULL;
}

static bool within(const xmlNode *node, const xmlNode *scope)
{
	while (node && node != scope) node = node->parent;
	return node != NULL;
}

/* A short block stays when paragraphs stand close before and behind it, or one directly before it ("They left."); a heading needs one
 * behind it. */
static bool kept(const collector *c, uint32_t i)
{
	const block *b = &c->blocks.at[i];
	if (b->kind != BLOCK_SHORT) return b->kind == BLOCK_GOOD;
	bool before = b->heading, behind = false;
	if (!b->heading && i > 0 && c->blocks.at[i - 1].kind == BLOCK_GOOD) return true;
	for (uint32_t d = 1; d <= REACH; d++) {
		before |= i >= d && c->blocks.at[i - d].kind == BLOCK_GOOD;
		behind |= i + d < c->blocks.n && c->blocks.at[i + d].kind == BLOCK_GOOD;
	}
	return before && behind;
}

static void put_blocks(const collector *c, td_buf *out)
{
	const xmlNode *scope = best_scope(c), *last = NULL;
	bool inside = !scope;
	for (uint32_t i = 0; i < c->blocks.n; i++) {
		if (scope && c->blocks.at[i].in != last) inside = within(last = c->blocks.at[i].in, scope);
		if (!inside || !kept(c, i)) continue;
		if (out->n) td_buf_str(out, TD_STR("\n\n"));
		td_buf_str(out, block_text(c, &c->blocks.at[i]));
	}
}

static bool collect_text(const xmlNode *root, bool loose, td_buf *out)
{
	collector c = { .loose = loose };
	td_arena_init(&c.arena);
	collect(&c, root);
	for (uint32_t i = 0; i < c.blocks.n; i++) c.blocks.at[i].kind = (uint8_t)judge(&c, &c.blocks.at[i]);
	put_blocks(&c, out);
	/* A short notice has no long paragraph: then whatever ends like a sentence. */
	for (uint32_t i = 0; out->n == 0 && i < c.blocks.n; i++)
		c.blocks.at[i].kind = c.blocks.at[i].kind == BLOCK_SHORT ? BLOCK_GOOD : BLOCK_BAD;
	if (out->n == 0) put_blocks(&c, out);
	bool ok = !c.failed && !c.text.failed && !out->failed;
	td_buf_free(&c.text);
	td_arena_free(&c.arena);
	return ok;
}

td_status td_html_text(const xmlNode *root, td_buf *out, td_error *err)
{
	bool ok = collect_text(root, false, out);
	if (ok && out->n == 0) ok = collect_text(root, true, out);
	return ok ? TD_OK : td_no_memory(err);
}
