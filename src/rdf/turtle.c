/* The layout of Turtle and TriG:
 *
 *     subject a Class ;
 *         predicate object, object ;
 *         predicate object .
 */
#include "rdf/room.h"

enum { WRAP_AT = 110 }; /* columns; a list of objects that grows beyond goes on in the next line */

static const td_str rdf_type = { "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", 47 };

/* ---- prefixes ------------------------------------------------------------------------------------------------ */

static bool is_prefix_name(const char *prefix)
{
	size_t n = strlen(prefix);
	if (n == 0 || n > 32) return false;
	for (size_t i = 0; i < n; i++)
		if (!((prefix[i] >= 'a' && prefix[i] <= 'z') || (i > 0 && prefix[i] >= '0' && prefix[i] <= '9'))) return false;
	return true;
}

static bool is_taken(const td_turtle *turtle, const char *prefix)
{
	for (uint32_t i = 0; i < turtle->prefixes.all.n; i++)
		if (!strcmp(turtle->prefixes.all.at[i].prefix, prefix)) return true;
	return false;
}

td_status td_turtle_prefix(td_turtle *turtle, const char *prefix, const char *iri, td_error *err)
{
	td_prefixes_in_use *use = &turtle->prefixes;
	if (!is_prefix_name(prefix)) return td_fail(err, TD_ERR_USAGE, "\"%s\" cannot be a prefix: a-z and 0-9 can", prefix);
	if (is_taken(turtle, prefix)) return td_fail(err, TD_ERR_USAGE, "the prefix \"%s\" is in use already", prefix);
	if (!td_iri_ok(td_str_of(iri))) return td_fail(err, TD_ERR_USAGE, "the prefix \"%s\" stands for no valid IRI", prefix);
	if (turtle->started) return td_fail(err, TD_ERR_INTERNAL, "the prefix \"%s\" came after the first graph", prefix);
	td_str name = td_arena_str(&use->arena, td_str_of(prefix)), space = td_arena_str(&use->arena, td_str_of(iri));
	if (!name.at || !space.at || !TD_PUSH(&use->arena, &use->all, (td_prefix){ name.at, space.at })) return td_no_memory(err);
	return TD_OK;
}

td_status td_turtle_init(td_turtle *turtle, bool trig, td_error *err)
{
	*turtle = (td_turtle){ .trig = trig };
	td_arena_init(&turtle->prefixes.arena);
	td_arena_init(&turtle->scratch);
	for (const td_prefix *p = td_prefixes; p->prefix; p++)
		if (!TD_PUSH(&turtle->prefixes.arena, &turtle->prefixes.all, *p)) return td_no_memory(err);
	return TD_OK;
}

void td_turtle_free(td_turtle *turtle)
{
	td_arena_free(&turtle->prefixes.arena);
	td_arena_free(&turtle->scratch);
	td_buf_free(&turtle->piece);
}

static void write_prefix(const char *prefix, td_str iri, td_out *out)
{
	td_buf_printf(&out->buf, "@prefix %s: <", prefix);
	td_buf_str(&out->buf, iri);
	td_out_str(out, "> .\n");
}

void td_turtle_header(td_turtle *turtle, td_out *out)
{
	if (turtle->started) return;
	turtle->started = true;
	for (uint32_t i = 0; i < turtle->prefixes.all.n; i++)
		write_prefix(turtle->prefixes.all.at[i].prefix, td_str_of(turtle->prefixes.all.at[i].iri), out);
}

/* ---- one subject --------------------------------------------------------------------------------------------- */

/* Brings objects of one predicate together: order[] gets the indexes of t[0…n), rdf:type first, the other predicates as they
 * came. By counting, as a subject may have a million triples. */
static bool group(td_turtle *turtle, const td_triple *t, uint32_t n, uint32_t *order)
{
	td_map ranks;
	td_map_init(&ranks, &turtle->scratch);
	uint32_t *rank = td_arena_zero(&turtle->scratch, n, sizeof *rank), used = 1;
	uint32_t *from = td_arena_zero(&turtle->scratch, (size_t)n + 2, sizeof *from);
	if (!rank || !from || !td_map_put(&ranks, rdf_type, 0)) return false;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t r = td_map_get(&ranks, t[i].p.value);
		if (r == TD_NONE && !td_map_put(&ranks, t[i].p.value, r = used++)) return false;
		rank[i] = r;
		from[r + 1]++;
	}
	for (uint32_t r = 0; r < used; r++) from[r + 1] += from[r];
	for (uint32_t i = 0; i < n; i++) order[from[rank[i]]++] = i;
	return true;
}

/* Moves the piece to the output; *column is where the line is then. */
static void put_piece(td_turtle *turtle, size_t *column, td_out *out)
{
	td_buf *piece = &turtle->piece;
	size_t line = piece->n;
	while (line > 0 && piece->at[line - 1] != '\n') line--;
	if (line > 0) *column = 0;
	if (!piece->failed) *column += td_utf8_count((td_str){ piece->at + line, piece->n - line });
	out->buf.failed |= piece->failed;
	td_out_write(out, piece->at, piece->n);
	piece->n = 0;
}

static void write_predicate(td_turtle *turtle, const td_term *predicate, td_buf *out)
{
	if (td_str_eq(predicate->value, rdf_type)) td_buf_char(out, 'a');
	else td_term_write(&turtle->prefixes, predicate, out);
}

static void write_object(td_turtle *turtle, const td_term *object, bool first, size_t *column, td_out *out)
{
	td_term_write(&turtle->prefixes, object, &turtle->piece);
	bool wrap = !first && *column + turtle->piece.n > WRAP_AT;
	if (wrap) td_out_str(out, turtle->trig ? ",\n            " : ",\n        ");
	else td_out_str(out, first ? " " : ", ");
	*column = wrap ? 12 : *column + 2;
	put_piece(turtle, column, out);
}

static td_status write_subject(td_turtle *turtle, const td_triple *t, uint32_t n, td_out *out, td_error *err)
{
	td_arena_reset(&turtle->scratch);
	uint32_t *order = td_arena_zero(&turtle->scratch, n, sizeof *order);
	if (!order || !group(turtle, t, n, order)) return td_no_memory(err);
	td_buf *piece = &turtle->piece;
	td_buf_str(piece, turtle->trig ? TD_STR("\n    ") : TD_STR("\n"));
	td_term_write(&turtle->prefixes, &t->s, piece);
	td_buf_char(piece, ' ');
	size_t column = 0;
	for (uint32_t i = 0; i < n; i++) {
		const td_triple *now = &t[order[i]], *before = i ? &t[order[i - 1]] : NULL;
		bool next = !before || !td_str_eq(now->p.value, before->p.value);
		if (next) {
			if (before) td_buf_str(piece, turtle->trig ? TD_STR(" ;\n        ") : TD_STR(" ;\n    "));
			write_predicate(turtle, &now->p, piece);
			put_piece(turtle, &column, out);
		}
		write_object(turtle, &now->o, next, &column, out);
		td_out_relax(out);
	}
	td_out_str(out, " .\n");
	return TD_OK;
}

/* ---- a graph ------------------------------------------------------------------------------------------------- */

/* Readers resolve "" and "#…" against any base alike, as long as there is nothing in it that some of them tidy up. */
static bool is_plain_base(td_str iri)
{
	if (!td_str_starts(iri, TD_STR("http://")) && !td_str_starts(iri, TD_STR("https://"))) return false;
	for (size_t i = 0; i < iri.n; i++)
		if (iri.at[i] == '#' || (iri.at[i] == '/' && i + 1 < iri.n && iri.at[i + 1] == '.')) return false;
	return true;
}

/* Makes the graph's name the base, so that the document is <> and its mentions are <#char=0,5>. */
static void declare_base(td_turtle *turtle, const td_graph *graph, td_out *out)
{
	turtle->prefixes.base = (td_str){ 0 };
	if (!is_plain_base(graph->name)) return;
	td_out_str(out, "\n@base <");
	td_out_write(out, graph->name.at, graph->name.n);
	td_out_str(out, "> .\n");
	turtle->prefixes.base = graph->name;
}

td_status td_turtle_graph(td_turtle *turtle, const td_graph *graph, td_out *out, td_error *err)
{
	td_turtle_header(turtle, out);
	if (graph->triples.n == 0) return TD_OK;
	declare_base(turtle, graph, out);
	if (turtle->trig) {
		td_out_str(out, "\n");
		/* In full: raptor 2.0.15 crashes on <> as the name of a graph. */
		td_term name = { .kind = TD_IRI, .value = graph->name };
		if (graph->name.n) td_term_write(NULL, &name, &out->buf);
		td_out_str(out, graph->name.n ? " {" : "{");
	}
	const td_triple *t = graph->triples.at, *end = t + graph->triples.n;
	while (t < end) {
		uint32_t n = 1;
		while (t + n < end && t[n].s.kind == t->s.kind && td_str_eq(t[n].s.value, t->s.value)) n++;
		TRY(write_subject(turtle, t, n, out, err));
		t += n;
	}
	turtle->prefixes.base = (td_str){ 0 };
	if (turtle->trig) td_out_str(out, "}\n");
	return TD_OK;
}
