/* Query results as text: an aligned table, CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/), JSON
 * (https://www.w3.org/TR/sparql11-results-json/) and XML (https://www.w3.org/TR/rdf-sparql-XMLres/). */
#include "rdf/room.h"

enum { MAX_TABLE_CELLS = 4000000 }; /* a table is kept until its widths are known */

typedef struct {
	const char *name;
	void (*head)(td_result *result);
	void (*row)(td_result *result, const td_term *cells);
	void (*answer)(td_result *result, bool yes);
	void (*end)(td_result *result);
} result_format;

struct td_result {
	const result_format *format;
	td_out out;
	td_arena arena;
	td_prefixes_in_use prefixes;
	TD_ARRAY(td_str) names;
	TD_ARRAY(td_str) cells; /* table only: row by row */
	td_buf piece;
	uint64_t rows;
	bool distinct;
	td_map seen; /* rows as text, if distinct */
	bool answered, full, no_memory;
};

/* ---- CSV ----------------------------------------------------------------------------------------------------- */

static void csv_field(td_result *r, td_str s)
{
	bool quote = false;
	for (size_t i = 0; i < s.n && !quote; i++) quote = s.at[i] == '"' || s.at[i] == ',' || s.at[i] == '\n' || s.at[i] == '\r';
	if (quote) td_out_str(&r->out, "\"");
	for (size_t i = 0; i < s.n; i++) td_out_write(&r->out, s.at[i] == '"' ? "\"\"" : &s.at[i], s.at[i] == '"' ? 2 : 1);
	if (quote) td_out_str(&r->out, "\"");
}

static void csv_head(td_result *r)
{
	for (uint32_t i = 0; i < r->names.n; i++) {
		if (i) td_out_str(&r->out, ",");
		csv_field(r, r->names.at[i]);
	}
	td_out_str(&r->out, "\r\n");
}

static void csv_row(td_result *r, const td_term *cells)
{
	for (uint32_t i = 0; i < r->names.n; i++) {
		if (i) td_out_str(&r->out, ",");
		if (cells[i].kind == TD_BLANK) td_out_str(&r->out, "_:");
		csv_field(r, cells[i].value);
	}
	td_out_str(&r->out, "\r\n");
}

static void plain_answer(td_result *r, bool yes)
{
	td_out_str(&r->out, yes ? "true\n" : "false\n");
}

static void no_end(td_result *r)
{
	(void)r;
}

/* ---- JSON ---------------------------------------------------------------------------------------------------- */

static void json_string(td_result *r, td_str s)
{
	td_out_str(&r->out, "\"");
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (c == '"' || c == '\\') td_out_write(&r->out, "\\", 1);
		if (c < 0x20 || c == 0x7F) td_buf_printf(&r->out.buf, "\\u%04x", c);
		else td_out_write(&r->out, &s.at[i], 1);
	}
	td_out_str(&r->out, "\"");
}

static void json_head(td_result *r)
{
	td_out_str(&r->out, "{\"head\": {\"vars\": [");
	for (uint32_t i = 0; i < r->names.n; i++) {
		if (i) td_out_str(&r->out, ", ");
		json_string(r, r->names.at[i]);
	}
	td_out_str(&r->out, "]},\n \"results\": {\"bindings\": [");
}

static const char *const kind_names[] = { [TD_IRI] = "uri", [TD_LITERAL] = "literal", [TD_BLANK] = "bnode" };

static void json_cell(td_result *r, td_str name, const td_term *cell)
{
	json_string(r, name);
	td_out_str(&r->out, ": {\"type\": \"");
	td_out_str(&r->out, kind_names[cell->kind]);
	td_out_str(&r->out, "\", \"value\": ");
	json_string(r, cell->value);
	if (cell->lang.n) td_out_str(&r->out, ", \"xml:lang\": "), json_string(r, cell->lang);
	if (cell->datatype.n) td_out_str(&r->out, ", \"datatype\": "), json_string(r, cell->datatype);
	td_out_str(&r->out, "}");
}

static void json_row(td_result *r, const td_term *cells)
{
	td_out_str(&r->out, r->rows ? ",\n  {" : "\n  {");
	bool first = true;
	for (uint32_t i = 0; i < r->names.n; i++) {
		if (cells[i].kind == TD_UNBOUND) continue;
		if (!first) td_out_str(&r->out, ", ");
		json_cell(r, r->names.at[i], &cells[i]);
		first = false;
	}
	td_out_str(&r->out, "}");
}

static void json_answer(td_result *r, bool yes)
{
	td_out_str(&r->out, yes ? "{\"head\": {}, \"boolean\": true}\n" : "{\"head\": {}, \"boolean\": false}\n");
}

static void json_end(td_result *r)
{
	if (!r->answered) td_out_str(&r->out, "\n ]}}\n");
}

/* ---- XML ----------------------------------------------------------------------------------------------------- */

static void xml_text(td_result *r, td_str s)
{
	for (const char *at = s.at, *end = s.at + s.n; at < end;) {
		const char *from = at;
		uint32_t cp = td_utf8_next(&at, end);
		if (cp == '<') td_out_str(&r->out, "&lt;");
		else if (cp == '>') td_out_str(&r->out, "&gt;");
		else if (cp == '&') td_out_str(&r->out, "&amp;");
		else if (cp == '"') td_out_str(&r->out, "&quot;");
		else if (cp == '\r') td_out_str(&r->out, "&#xD;");
		else if ((cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0xFFFE || cp == 0xFFFF)
			td_out_str(&r->out, "\xEF\xBF\xBD"); /* XML has no way to write it */
		else td_out_write(&r->out, from, (size_t)(at - from));
	}
}

#define XML_START "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n"

static void xml_head(td_result *r)
{
	td_out_str(&r->out, XML_START "  <head>\n");
	for (uint32_t i = 0; i < r->names.n; i++) {
		td_out_str(&r->out, "    <variable name=\"");
		xml_text(r, r->names.at[i]);
		td_out_str(&r->out, "\"/>\n");
	}
	td_out_str(&r->out, "  </head>\n  <results>\n");
}

static void xml_attribute(td_result *r, const char *name, td_str value)
{
	if (value.n == 0) return;
	td_out_str(&r->out, " ");
	td_out_str(&r->out, name);
	td_out_str(&r->out, "=\"");
	xml_text(r, value);
	td_out_str(&r->out, "\"");
}

static void xml_cell(td_result *r, td_str name, const td_term *cell)
{
	const char *kind = kind_names[cell->kind];
	td_out_str(&r->out, "      <binding");
	xml_attribute(r, "name", name);
	td_out_str(&r->out, "><");
	td_out_str(&r->out, kind);
	xml_attribute(r, "xml:lang", cell->lang);
	xml_attribute(r, "datatype", cell->datatype);
	td_out_str(&r->out, ">");
	xml_text(r, cell->value);
	td_out_str(&r->out, "</");
	td_out_str(&r->out, kind);
	td_out_str(&r->out, "></binding>\n");
}

static void xml_row(td_result *r, const td_term *cells)
{
	td_out_str(&r->out, "    <result>\n");
	for (uint32_t i = 0; i < r->names.n; i++)
		if (cells[i].kind != TD_UNBOUND) xml_cell(r, r->names.at[i], &cells[i]);
	td_out_str(&r->out, "    </result>\n");
}

static void xml_answer(td_result *r, bool yes)
{
	td_out_str(&r->out, XML_START "  <head/>\n  <boolean>");
	td_out_str(&r->out, yes ? "true" : "false");
	td_out_str(&r->out, "</boolean>\n</sparql>\n");
}

static void xml_end(td_result *r)
{
	if (!r->answered) td_out_str(&r->out, "  </results>\n</sparql>\n");
}

/* ---- table --------------------------------------------------------------------------------------------------- */

static void table_head(td_result *r)
{
	for (const td_prefix *p = td_prefixes; p->prefix; p++)
		r->no_memory |= !TD_PUSH(&r->arena, &r->prefixes.all, *p);
}

/* A plain literal stands without its quotes: a table is for eyes. */
static void table_row(td_result *r, const td_term *cells)
{
	r->full |= r->cells.n > MAX_TABLE_CELLS;
	for (uint32_t i = 0; i < r->names.n && !r->full; i++) {
		r->piece.n = 0;
		if (cells[i].kind != TD_UNBOUND) td_term_write(&r->prefixes, &cells[i], &r->piece);
		td_str text = td_buf_view(&r->piece);
		bool plain = cells[i].kind == TD_LITERAL && (cells[i].lang.n || cells[i].datatype.n == 0);
		if (plain && text.n && !memchr(text.at, '\\', text.n) && !memchr(text.at, '\n', text.n)) text = cells[i].value;
		text = text.n ? td_arena_str(&r->arena, text) : TD_STR("");
		r->no_memory |= !text.at || !TD_PUSH(&r->arena, &r->cells, text);
	}
}

static void table_line(td_result *r, const td_str *cells, const size_t *widths)
{
	static const char spaces[] = "                                ";
	for (uint32_t i = 0; i < r->names.n; i++) {
		td_out_write(&r->out, cells[i].at, cells[i].n);
		if (i + 1 == r->names.n) break;
		for (size_t pad = widths[i] - td_utf8_count(cells[i]) + 2, n; pad > 0; pad -= n) {
			n = pad < sizeof spaces - 1 ? pad : sizeof spaces - 1;
			td_out_write(&r->out, spaces, n);
		}
	}
	td_out_str(&r->out, "\n");
	td_out_relax(&r->out);
}

static void table_rule(td_result *r, const size_t *widths)
{
	for (uint32_t i = 0; i < r->names.n; i++) {
		for (size_t k = 0; k < widths[i]; k++) td_out_write(&r->out, "-", 1);
		td_out_str(&r->out, i + 1 < r->names.n ? "  " : "\n");
	}
}

static void table_end(td_result *r)
{
	uint32_t n = r->names.n;
	size_t *widths = td_arena_zero(&r->arena, n ? n : 1, sizeof *widths);
	r->no_memory |= !widths;
	if (r->answered || r->no_memory || r->full || n == 0) return;
	for (uint32_t i = 0; i < n; i++) widths[i] = td_utf8_count(r->names.at[i]);
	for (uint32_t i = 0; i < r->cells.n; i++) {
		size_t width = td_utf8_count(r->cells.at[i]);
		if (width > widths[i % n]) widths[i % n] = width;
	}
	table_line(r, r->names.at, widths);
	table_rule(r, widths);
	for (uint32_t i = 0; i + n <= r->cells.n; i += n) table_line(r, r->cells.at + i, widths);
}

/* ---- all of them --------------------------------------------------------------------------------------------- */

static const result_format formats[] = {
	{ "table", table_head, table_row, plain_answer, table_end },
	{ "csv", csv_head, csv_row, plain_answer, no_end },
	{ "json", json_head, json_row, json_answer, json_end },
	{ "xml", xml_head, xml_row, xml_answer, xml_end },
};

static td_status state(const td_result *r, td_error *err)
{
	if (r->no_memory || r->piece.failed) return td_no_memory(err);
	if (r->full) return td_fail(err, TD_ERR_LIMIT, "too many rows for a table; use csv, json or xml");
	return TD_OK;
}

td_status td_result_open(const char *format, td_put *put, void *to, td_result **made, td_error *err)
{
	*made = NULL;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (strcmp(formats[i].name, format)) continue;
		td_result *r = td_alloc(sizeof *r);
		if (!r) return td_no_memory(err);
		*r = (td_result){ .format = &formats[i], .out = { .put = put, .to = to } };
		td_arena_init(&r->arena);
		*made = r;
		return TD_OK;
	}
	return td_fail(err, TD_ERR_USAGE, "no result format \"%s\": table, csv, json and xml are", format);
}

td_status td_result_head(td_result *r, const td_str *names, size_t n, td_error *err)
{
	for (size_t i = 0; i < n; i++) {
		td_str name = td_arena_str(&r->arena, names[i]);
		if (!name.at || !TD_PUSH(&r->arena, &r->names, name)) return td_no_memory(err);
	}
	r->format->head(r);
	return state(r, err);
}

void td_result_distinct(td_result *r)
{
	r->distinct = true;
	td_map_init(&r->seen, &r->arena);
}

/* Was the row there before? */
static bool seen_before(td_result *r, const td_term *cells)
{
	r->piece.n = 0;
	for (uint32_t i = 0; i < r->names.n; i++) {
		if (cells[i].kind != TD_UNBOUND) td_term_write(NULL, &cells[i], &r->piece);
		td_buf_char(&r->piece, '\0');
	}
	if (td_map_get(&r->seen, td_buf_view(&r->piece)) != TD_NONE) return true;
	td_str key = td_arena_str(&r->arena, td_buf_view(&r->piece));
	r->no_memory |= !key.at || !td_map_put(&r->seen, key, 0);
	return false;
}

td_status td_result_row(td_result *r, const td_term *cells, td_error *err)
{
	if (r->distinct && seen_before(r, cells)) return TD_OK;
	r->format->row(r, cells);
	r->rows++;
	td_out_relax(&r->out);
	if (r->out.failed) return td_out_flush(&r->out, err);
	return state(r, err);
}

td_status td_result_answer(td_result *r, bool yes, td_error *err)
{
	r->answered = true;
	r->format->answer(r, yes);
	return state(r, err);
}

void td_result_drop(td_result *r)
{
	td_arena_free(&r->arena);
	td_buf_free(&r->piece);
	td_buf_free(&r->out.buf);
	td_free(r);
}

td_status td_result_close(td_result *r, td_error *err)
{
	r->format->end(r);
	td_status status = state(r, err);
	if (status == TD_OK) status = td_out_flush(&r->out, err);
	td_result_drop(r);
	return status;
}
