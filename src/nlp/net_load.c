/* Opens a model: every section is checked against every other before anything is used. */
#include "nlp/net_impl.h"

static td_status unfit(const char *name, td_error *err)
{
	return td_fail(err, TD_ERR_DATA, "model file: section %s does not fit the others", name);
}

/* A section with that many rows and columns; 0 accepts any. */
static td_status array(const td_model_file *f, const char *name, td_section_type type, uint32_t rows, uint32_t cols, const void **out,
	const td_section **section, td_error *err)
{
	TRY(td_model_section(f, name, type, cols == 1 ? 1 : 2, section, err));
	const uint32_t *shape = (*section)->shape;
	if ((rows && shape[0] != rows) || (cols && shape[1] != cols) || !shape[0] || !shape[1]) return unfit(name, err);
	*out = td_section_data(f, *section);
	return TD_OK;
}

static td_status floats(const td_model_file *f, const char *name, uint32_t n, const float **out, td_error *err)
{
	const td_section *s = NULL;
	const void *at = NULL;
	TRY(array(f, name, TD_F32, n, 1, &at, &s, err));
	*out = at;
	return TD_OK;
}

static td_status table(const td_model_file *f, const char *name, net_table *out, td_error *err)
{
	const td_section *s = NULL;
	const void *at = NULL;
	char scale[32];
	TRY(array(f, name, TD_I8, 0, 0, &at, &s, err));
	*out = (net_table){ .at = at, .rows = s->shape[0], .dim = s->shape[1] };
	if (out->dim % 4) return unfit(name, err);
	(void)snprintf(scale, sizeof scale, "%s.scale", name);
	return floats(f, scale, out->rows, &out->scale, err);
}

static float from_bf16(uint16_t bits)
{
	uint32_t wide = (uint32_t)bits << 16;
	float x;
	memcpy(&x, &wide, sizeof x);
	return x;
}

static td_status matrix(const td_model_file *f, const char *name, uint32_t rows, uint32_t cols, td_matrix *out, td_error *err)
{
	const td_section *s;
	const void *data;
	TRY(array(f, name, TD_BF16, rows, cols, &data, &s, err));
	TRY(td_matrix_init(out, s->shape[0], s->shape[1], err));
	const uint16_t *at = data;
	for (uint32_t i = 0; i < out->k; i++)
		for (uint32_t j = 0; j < out->n; j++) *td_matrix_cell(out, i, j) = from_bf16(*at++);
	return TD_OK;
}

static td_status bytes_matrix(const td_model_file *f, const char *name, uint32_t rows, uint32_t cols, td_qmatrix *out, td_error *err)
{
	const td_section *s;
	const void *data;
	float column[2 * NET_MAX_HIDDEN];
	TRY(array(f, name, TD_BF16, rows, cols, &data, &s, err));
	TRY(td_qmatrix_init(out, rows, cols, err));
	for (uint32_t j = 0; j < cols; j++) {
		for (uint32_t i = 0; i < rows; i++) column[i] = from_bf16(((const uint16_t *)data)[(size_t)i * cols + j]);
		td_qmatrix_pack(out, j, column);
	}
	return TD_OK;
}

static td_status lexicon(const td_model_file *f, td_net *net, td_error *err)
{
	const td_section *s;
	const void *hash, *word, *vec, *gaz;
	TRY(array(f, "lex.hash", TD_U32, 0, 1, &hash, &s, err));
	net->lex_n = s->shape[0];
	TRY(array(f, "lex.word", TD_U16, net->lex_n, 1, &word, &s, err));
	TRY(array(f, "lex.vec", TD_U16, net->lex_n, 1, &vec, &s, err));
	TRY(array(f, "lex.gaz", TD_U8, net->lex_n, 1, &gaz, &s, err));
	net->lex_hash = hash, net->lex_word = word, net->lex_vec = vec, net->lex_gaz = gaz;
	for (uint32_t i = 0; i < net->lex_n; i++)
		if (net->lex_word[i] >= net->word.rows || net->lex_vec[i] >= net->vec_word.rows) return unfit("lex.hash", err);
	return TD_OK;
}

/* Lines of a text section; *count of them go to visit(). */
typedef td_status visit_fn(td_net *net, td_str line, uint32_t i, td_error *err);

static td_status lines(const td_model_file *f, const char *name, td_net *net, uint32_t max, visit_fn *visit, uint32_t *count, td_error *err)
{
	const td_section *s;
	TRY(td_model_section(f, name, TD_TEXT, 1, &s, err));
	td_str rest = { td_section_data(f, s), (size_t)s->size };
	for (*count = 0; rest.n; ++*count) {
		if (*count == max) return td_fail(err, TD_ERR_DATA, "model file: section %s has too many lines", name);
		TRY(visit(net, td_str_cut(&rest, '\n'), *count, err));
	}
	return *count ? TD_OK : unfit(name, err);
}

static td_status see_upos(td_net *net, td_str line, uint32_t i, td_error *err)
{
	(void)err;
	net->upos[i] = (uint8_t)td_upos_parse(line, TD_POS_X);
	return TD_OK;
}

static td_status see_xpos(td_net *net, td_str line, uint32_t i, td_error *err)
{
	(void)err;
	net->xpos[i] = (uint8_t)td_xpos_parse(line, TD_XP_NONE);
	return TD_OK;
}

static td_status see_deprel(td_net *net, td_str line, uint32_t i, td_error *err)
{
	(void)err;
	net->deprel[i] = (uint8_t)td_deprel_parse(line, TD_DEP);
	if (td_str_eq(line, TD_STR("root"))) net->root_label_id = i;
	return TD_OK;
}

static td_status see_name(td_net *net, td_str line, uint32_t i, td_error *err)
{
	td_str cls = line, mark = td_str_cut(&cls, '-');
	if (mark.n != 1 || !memchr("BIOES", mark.at[0], 5)) return unfit("name", err);
	net->name[i] = (net_name_tag){ mark.at[0], (uint8_t)td_name_class_parse(cls, TD_NAME_NONE) };
	if ((i == 0) != (mark.at[0] == 'O')) return unfit("name", err); /* "outside" comes first: the decoder starts from it */
	return TD_OK;
}

static td_status see_script(td_net *net, td_str line, uint32_t i, td_error *err)
{
	net_script s = { .mode = 'L' };
	size_t at = 1;
	if (line.n < 3 || !memchr("LKT", line.at[0], 3)) return unfit("lemma", err);
	s.mode = line.at[0];
	for (; at < line.n && line.at[at] >= '0' && line.at[at] <= '9' && s.strip < 1000; at++)
		s.strip = s.strip * 10 + (uint32_t)(line.at[at] - '0');
	if (at == line.n || line.at[at] != '+') return unfit("lemma", err);
	s.add = (td_str){ line.at + at + 1, line.n - at - 1 };
	if (td_utf8_check(s.add) != s.add.n) return unfit("lemma", err);
	net->script[i] = s;
	return TD_OK;
}

static td_status see_exception(td_net *net, td_str line, uint32_t i, td_error *err)
{
	if (td_utf8_check(line) != line.n) return unfit("fix.lemma", err);
	((td_str *)(uintptr_t)net->fix_lemma)[i] = line;
	return TD_OK;
}

static td_status exceptions(const td_model_file *f, td_net *net, td_error *err)
{
	const td_section *s;
	const void *hash;
	uint32_t n;
	TRY(array(f, "fix.hash", TD_U32, 0, 1, &hash, &s, err));
	net->fix_hash = hash;
	net->fix_n = s->shape[0];
	net->fix_lemma = td_arena_zero(&net->arena, net->fix_n, sizeof *net->fix_lemma);
	if (!net->fix_lemma) return td_no_memory(err);
	TRY(lines(f, "fix.lemma", net, net->fix_n, see_exception, &n, err));
	return n == net->fix_n ? TD_OK : unfit("fix.lemma", err);
}

static td_status label_sets(const td_model_file *f, td_net *net, td_error *err)
{
	TRY(lines(f, "upos", net, NET_MAX_LABELS, see_upos, &net->n_upos, err));
	TRY(lines(f, "xpos", net, NET_MAX_LABELS, see_xpos, &net->n_xpos, err));
	TRY(lines(f, "lemma", net, NET_MAX_LABELS, see_script, &net->n_lemma, err));
	TRY(lines(f, "name", net, NET_MAX_NAMES, see_name, &net->n_name, err));
	TRY(lines(f, "deprel", net, NET_MAX_LABELS, see_deprel, &net->n_deprel, err));
	net->tags = net->n_upos + net->n_xpos + net->n_lemma + net->n_name;
	return TD_OK;
}

static td_status tables(const td_model_file *f, td_net *net, td_error *err)
{
	static const char *const names[NET_SLOTS] = { "pre2", "pre3", "suf2", "suf3", "suf4", "shape" };
	TRY(table(f, "vec.word", &net->vec_word, err));
	TRY(table(f, "vec.bag", &net->vec_bag, err));
	TRY(table(f, "word", &net->word, err));
	TRY(table(f, "gram", &net->gram, err));
	if (net->vec_word.dim != net->vec_bag.dim) return unfit("vec.bag", err);
	uint64_t width = (uint64_t)net->vec_word.dim + net->word.dim + net->gram.dim + NET_GAZ;
	for (uint32_t k = 0; k < NET_SLOTS; k++) {
		TRY(table(f, names[k], &net->slot[k], err));
		width += net->slot[k].dim;
	}
	if (width > NET_MAX_WIDTH) return unfit("word", err);
	net->width = (uint32_t)width;
	return TD_OK;
}

static td_status sizes(const td_model_file *f, td_net *net, td_error *err)
{
	const td_section *s;
	TRY(td_model_section(f, "rec1f", TD_BF16, 2, &s, err));
	net->hidden = s->shape[0];
	if (net->hidden == 0 || net->hidden > NET_MAX_HIDDEN || net->hidden % 16) return unfit("rec1f", err);
	TRY(td_model_section(f, "arc", TD_BF16, 2, &s, err));
	net->arc = s->shape[0];
	TRY(td_model_section(f, "rel", TD_BF16, 2, &s, err));
	net->label = s->shape[0];
	if (!net->arc || net->arc > NET_MAX_WIDTH || !net->label || net->label > NET_MAX_WIDTH) return unfit("arc", err);
	return TD_OK;
}

static td_status weights(const td_model_file *f, td_net *net, td_error *err)
{
	static const char *const rec[2][2] = { { "rec1f", "rec1b" }, { "rec2f", "rec2b" } };
	uint32_t h = net->hidden, outs = net->tags + 2 * net->arc + 2 * net->label;
	const td_section *s;
	const void *at;
	for (int l = 0; l < 2; l++)
		for (int d = 0; d < 2; d++) TRY(bytes_matrix(f, rec[l][d], h, 4 * h, &net->rec[l][d], err));
	TRY(matrix(f, "type", net->width, 8 * h + net->tags, &net->type, err));
	TRY(bytes_matrix(f, "in2", 2 * h, 8 * h, &net->in2, err));
	TRY(bytes_matrix(f, "out", 2 * h, outs, &net->out, err));
	TRY(matrix(f, "arc", net->arc, net->arc, &net->arcs, err));
	TRY(matrix(f, "rel", net->label, net->n_deprel, &net->rel, err));
	TRY(array(f, "case", TD_F32, NET_CASES, 8 * h, &at, &s, err));
	net->case_bias = at;
	TRY(floats(f, "in2.bias", 8 * h, &net->bias2, err));
	TRY(floats(f, "out.bias", outs, &net->out_bias, err));
	TRY(floats(f, "arc.bias", net->arc, &net->arc_bias, err));
	TRY(floats(f, "root.arc", net->arc, &net->root_arc, err));
	TRY(floats(f, "root.label", net->label, &net->root_label, err));
	return floats(f, "rel.bias", net->n_deprel, &net->rel_bias, err);
}

static td_status load(const char *path, td_net *net, td_error *err)
{
	td_model_file file;
	TRY(td_map_file(path, &net->map, err));
	TRY(td_model_check(net->map.bytes, &file, err));
	TRY(label_sets(&file, net, err));
	TRY(tables(&file, net, err));
	TRY(lexicon(&file, net, err));
	TRY(exceptions(&file, net, err));
	TRY(sizes(&file, net, err));
	return weights(&file, net, err);
}

td_status td_net_open(const char *path, td_net **out, td_error *err)
{
	td_net *net = td_alloc(sizeof *net);
	*out = NULL;
	if (!net) return td_no_memory(err);
	memset(net, 0, sizeof *net);
	td_arena_init(&net->arena);
	td_status status = load(path, net, err);
	if (status == TD_OK) *out = net;
	else td_net_close(net);
	return status;
}

void td_net_close(td_net *net)
{
	if (!net) return;
	td_matrix *all[] = { &net->type, &net->arcs, &net->rel };
	td_qmatrix *bytes[] = { &net->rec[0][0], &net->rec[0][1], &net->rec[1][0], &net->rec[1][1], &net->in2, &net->out };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) td_matrix_free(all[i]);
	for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) td_qmatrix_free(bytes[i]);
	td_arena_free(&net->arena);
	td_unmap_file(&net->map);
	td_free(net);
}
