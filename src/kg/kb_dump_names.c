/* From the names of entries to the table in which they are found, and the file as a whole. */
#include "kg/kb_dump_pack.h"
#include "kg/kb_write.h"

#include <errno.h>

td_status td_kb_pack_put(const kb_pack *p, FILE *to, const void *bytes, size_t n, td_error *err)
{
	if (n == 0 || fwrite(bytes, 1, n, to) == n) return TD_OK;
	return td_fail(err, TD_ERR_IO, "%s: cannot write the temporary file beside it: %s", p->out, strerror(errno));
}

td_status td_kb_pack_text(kb_pack *p, td_str s, kb_slice *out, td_error *err)
{
	if (s.n > UINT16_MAX || p->n_pool >> 48) return td_fail(err, TD_ERR_LIMIT, "%s: too much text", p->out);
	*out = kb_slice_make(s.n ? p->n_pool : 0, s.n);
	p->n_pool += s.n;
	return td_kb_pack_put(p, p->pool, s.at, s.n, err);
}

enum { STEP = 1 << 16 };

void td_kb_pack_step(kb_pack *p, const char *phase)
{
	if (++p->done % STEP == 0 && p->options->step) p->options->step(p->options->context, phase, p->done);
}

/* ---- names --------------------------------------------------------------------------------------------------- */

/* A record whose order is that of the table: by hash and text, then way of finding, heavier ones first, entry. The bits of
 * positive floats are in the order of the floats. */
enum { WAY = 0, WEIGHT = 1, ENTRY = 5, FLAGS = 9, NAME_BYTES = 10 };

static td_status push_name(kb_pack *p, td_str normal, uint32_t flags, float weight, td_error *err)
{
	char key[4 + TD_KB_MAX_NAME], value[NAME_BYTES];
	uint32_t bits;
	if (!normal.n) return TD_OK;
	put_be32((unsigned char *)key, kb_name_hash(normal));
	memcpy(key + 4, normal.at, normal.n);
	memcpy(&bits, &weight, sizeof bits);
	value[WAY] = (char)(flags & KB_WAY);
	put_be32((unsigned char *)value + WEIGHT, ~bits);
	put_be32((unsigned char *)value + ENTRY, p->n_entries);
	value[FLAGS] = (char)flags;
	return td_sort_add(p->by_name, (td_str){ key, 4 + normal.n }, (td_str){ value, NAME_BYTES }, err);
}

td_status td_kb_pack_name(kb_pack *p, td_str name, uint8_t cls, uint32_t flags, float weight, td_error *err)
{
	char normal[TD_KB_MAX_NAME], skeleton[TD_KB_MAX_NAME];
	td_str folded = td_fold(&p->arena, name);
	if (!folded.at) return td_no_memory(err);
	td_str text = { normal, td_kb_normal(folded, normal) };
	TRY(push_name(p, text, flags, weight, err));
	if (cls != TD_PERSON || !text.n) return TD_OK;
	return push_name(p, (td_str){ skeleton, td_kb_skeleton(text, skeleton) }, KB_VARIANT, weight, err);
}

/* The candidates of the name at hand. */
typedef struct {
	td_buf text; /* hash and name */
	kb_cand at[KB_MAX_CANDIDATES];
	uint32_t n;
} group;

static void group_take(group *g, td_str value)
{
	uint32_t bits = ~get_be32(value.at + WEIGHT);
	kb_cand c = { .entry = get_be32(value.at + ENTRY), .flags = (unsigned char)value.at[FLAGS] };
	memcpy(&c.prior, &bits, sizeof bits);
	if (g->n == KB_MAX_CANDIDATES) return;
	for (uint32_t i = 0; i < g->n; i++)
		if (g->at[i].entry == c.entry && (g->at[i].flags & KB_WAY) == (c.flags & KB_WAY)) return;
	g->at[g->n++] = c;
}

static td_status group_end(kb_pack *p, group *g, td_error *err)
{
	float total[KB_WAY + 1] = { 0 };
	kb_name name = { .hash = get_be32(g->text.at), .first = p->n_cands, .n = g->n };

	for (uint32_t i = 0; i < g->n; i++) total[g->at[i].flags & KB_WAY] += g->at[i].prior;
	for (uint32_t i = 0; i < g->n; i++) {
		float sum = total[g->at[i].flags & KB_WAY];
		g->at[i].prior = sum > 0 ? g->at[i].prior / sum : 0;
	}
	if (p->n_cands > UINT32_MAX - g->n || p->n_names == UINT32_MAX) return td_fail(err, TD_ERR_LIMIT, "%s: more than 2^32 names", p->out);
	TRY(td_kb_pack_text(p, (td_str){ g->text.at + 4, g->text.n - 4 }, &name.text, err));
	TRY(td_kb_pack_put(p, p->names, &name, sizeof name, err));
	TRY(td_kb_pack_put(p, p->cands, g->at, g->n * sizeof *g->at, err));
	p->n_names++;
	p->n_cands += g->n;
	return TD_OK;
}

static td_status gather(kb_pack *p, group *g, td_error *err)
{
	td_str key, value;
	bool done = false;
	TRY(td_sort_start(p->by_name, err));
	for (;;) {
		TRY(td_sort_next(p->by_name, &key, &value, &done, err));
		bool other = done || !g->n || !td_str_eq(key, td_buf_view(&g->text));
		if (g->n && other) TRY(group_end(p, g, err));
		if (done) return TD_OK;
		if (other) {
			g->n = 0;
			g->text.n = 0;
			td_buf_str(&g->text, key);
			if (g->text.failed) return td_no_memory(err);
		}
		group_take(g, value);
		td_kb_pack_step(p, "writing");
	}
}

td_status td_kb_pack_names(kb_pack *p, td_error *err)
{
	group *g = td_alloc(sizeof *g);
	if (!g) return td_no_memory(err);
	memset(g, 0, sizeof *g);
	td_status status = gather(p, g, err);
	td_buf_free(&g->text);
	td_free(g);
	td_sort_close(p->by_name);
	p->by_name = NULL;
	return status;
}

td_status td_kb_pack_titles(kb_pack *p, td_error *err)
{
	td_str key, value;
	bool done = false;
	TRY(td_sort_start(p->by_title, err));
	for (;;) {
		TRY(td_sort_next(p->by_title, &key, &value, &done, err));
		if (done) return TD_OK;
		uint32_t entry = get_be32(value.at);
		TRY(td_kb_pack_put(p, p->titles, &entry, sizeof entry, err));
		p->n_titles++;
	}
}

/* ---- the file ------------------------------------------------------------------------------------------------ */

enum { COPY = 1 << 16 };

static td_status copy(kb_pack *p, FILE *from, char *buf, kb_writer *w, td_error *err)
{
	size_t n;
	if (fseeko(from, 0, SEEK_SET) != 0) return td_fail(err, TD_ERR_IO, "%s: cannot read a temporary file: %s", p->out, strerror(errno));
	while ((n = fread(buf, 1, COPY, from)) > 0) {
		TRY(td_kb_writer_put(w, buf, n, err));
		td_kb_pack_step(p, "writing");
	}
	return ferror(from) ? td_fail(err, TD_ERR_IO, "%s: cannot read a temporary file: %s", p->out, strerror(errno)) : TD_OK;
}

static td_status copy_all(kb_pack *p, kb_writer *w, td_error *err)
{
	FILE *const files[] = { p->entries, p->names, p->cands, p->titles, p->pool };
	char *buf = td_alloc(COPY);
	td_status status = buf ? TD_OK : td_no_memory(err);
	for (size_t i = 0; i < sizeof files / sizeof *files && status == TD_OK; i++) status = copy(p, files[i], buf, w, err);
	td_free(buf);
	return status;
}

td_status td_kb_pack_write(kb_pack *p, td_error *err)
{
	kb_header header = { .n_entries = p->n_entries, .n_names = p->n_names, .n_cands = p->n_cands, .n_titles = p->n_titles };
	kb_writer w;
	TRY(td_kb_writer_open(p->out, &w, err));
	td_status status = copy_all(p, &w, err);
	if (status == TD_OK) return td_kb_writer_close(&w, &header, p->n_pool, err);
	td_kb_writer_drop(&w);
	return status;
}
