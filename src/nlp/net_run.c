/* Runs the network over a document, some hundred tokens of similarly long sentences at a time. */
#include "nlp/net_impl.h"

#include <math.h>

static size_t type_stride(const td_net *net)
{
	return 8 * (size_t)net->hidden + net->tags;
}

static uint32_t out_width(const td_net *net)
{
	return net->tags + 2 * net->arc + 2 * net->label;
}

/* ---- scratch memory ---- */

static td_status floats(float **out, size_t rows, size_t cols, td_error *err)
{
	*out = td_alloc(rows * cols * sizeof **out); /* both are bounded by the NET_ limits */
	return *out ? TD_OK : td_no_memory(err);
}

static td_status allocate(const td_net *net, td_net_work *w, td_error *err)
{
	size_t h = net->hidden, b = NET_BATCH_TOKENS, s = TD_MAX_SENT_TOKENS;
	TRY(floats(&w->type, NET_TYPES, type_stride(net), err));
	TRY(floats(&w->feature, b, net->width, err));
	TRY(floats(&w->gates, b, 8 * h, err));
	w->h1 = td_alloc(b * 2 * h);
	w->h2 = td_alloc(b * 2 * h);
	if (!w->h1 || !w->h2) return td_no_memory(err);
	TRY(floats(&w->cell, b, h, err));
	TRY(floats(&w->y, b, out_width(net), err));
	TRY(floats(&w->mix, b, net->arc > net->label ? net->arc : net->label, err));
	TRY(floats(&w->rel, b, net->n_deprel, err));
	TRY(floats(&w->query, s, net->arc, err));
	TRY(floats(&w->arc, s, s + 1, err));
	TRY(td_matrix_init(&w->keys, net->arc, (uint32_t)s + 1, err));
	return net_tree_new(&w->tree, err);
}

td_status td_net_work_new(const td_net *net, td_net_work **out, td_error *err)
{
	td_net_work *w = td_alloc(sizeof *w);
	*out = NULL;
	if (!w) return td_no_memory(err);
	memset(w, 0, sizeof *w);
	td_status status = allocate(net, w, err);
	if (status == TD_OK) *out = w;
	else td_net_work_free(w);
	return status;
}

void td_net_work_free(td_net_work *w)
{
	if (!w) return;
	void *all[] = { w->type, w->feature, w->gates, w->h1, w->h2, w->cell, w->y, w->mix, w->rel, w->query, w->arc, w->order, w->tag, w->sure };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) td_free(all[i]);
	td_matrix_free(&w->keys);
	net_tree_free(w->tree);
	td_free(w);
}

static td_status reserve(td_net_work *w, uint32_t pieces, uint32_t tokens, td_error *err)
{
	if (pieces > w->order_cap) {
		net_piece *order = td_realloc(w->order, (size_t)pieces * 2 * sizeof *order);
		if (!order) return td_no_memory(err);
		w->order = order, w->order_cap = pieces * 2;
	}
	if (tokens > w->tag_cap) {
		uint8_t *tag = td_realloc(w->tag, (size_t)tokens * 2);
		if (!tag) return td_no_memory(err);
		w->tag = tag;
		float *sure = td_realloc(w->sure, (size_t)tokens * 2 * sizeof *sure);
		if (!sure) return td_no_memory(err);
		w->sure = sure, w->tag_cap = tokens * 2;
	}
	return TD_OK;
}

/* ---- word forms: features times first layer, kept between batches ---- */

static void forget_types(td_net_work *w)
{
	memset(w->slot, 0, sizeof w->slot);
	w->n_types = w->fresh = 0;
}

static uint16_t find_type(td_net_work *w, td_str form, bool *is_new)
{
	const uint32_t mask = 2 * NET_TYPES - 1;
	bool keep = form.n <= NET_KEY_BYTES;
	uint32_t at = (uint32_t)td_hash(form) & mask;
	*is_new = false;
	for (; keep && w->slot[at].row; at = (at + 1) & mask) {
		uint32_t row = w->slot[at].row - 1u;
		if (w->key_len[row] == form.n && memcmp(w->key[row], form.at, form.n) == 0) return (uint16_t)row;
	}
	uint32_t row = w->n_types++;
	*is_new = true;
	if (keep) {
		memcpy(w->key[row], form.at, form.n);
		w->key_len[row] = (uint8_t)form.n;
		w->slot[at].row = (uint16_t)(row + 1);
	}
	return (uint16_t)row;
}

static void look_up_types(const td_net *net, td_net_work *w, const td_doc *doc)
{
	if (w->n_types + w->n_tokens > NET_TYPES) forget_types(w);
	for (uint32_t p = 0; p < w->n_pieces; p++)
		for (uint32_t i = 0; i < w->pieces[p].n; i++) {
			bool is_new;
			td_str form = doc->toks.at[w->pieces[p].from + i].form;
			uint16_t row = find_type(w, form, &is_new);
			w->type_of[w->base[i] + p] = row;
			if (is_new) net_features(net, form, w->feature + (size_t)(row - w->fresh) * net->width);
		}
	uint32_t n = w->n_types - w->fresh;
	float *out = w->type + w->fresh * type_stride(net);
	memset(out, 0, n * type_stride(net) * sizeof *out);
	td_gemm(w->feature, net->width, &net->type, out, type_stride(net), n);
	w->fresh = w->n_types;
}

/* ---- layers ---- */

static void fill_rows(float *to, size_t stride, const float *bias, uint32_t n, uint32_t rows)
{
	for (uint32_t r = 0; r < rows; r++) memcpy(to + r * stride, bias, n * sizeof *to);
}

static void first_gates(const td_net *net, td_net_work *w, const td_doc *doc)
{
	uint32_t n = 8 * net->hidden;
	for (uint32_t p = 0; p < w->n_pieces; p++) {
		const net_piece *piece = &w->pieces[p];
		const float *bias = net->case_bias + (size_t)n * net_case_class(doc->toks.at + piece->from, piece->n);
		for (uint32_t i = 0; i < piece->n; i++) {
			size_t row = w->base[i] + p;
			const float *type = w->type + w->type_of[row] * type_stride(net);
			td_add(w->gates + row * n, type, bias, n);
		}
	}
}

/* gates [tokens][8h] hold the input's part for both directions; out [tokens][2h]. */
static void run_direction(const td_net *net, td_net_work *w, const td_qmatrix *rec, uint8_t *out, bool backward)
{
	uint32_t h = net->hidden;
	float *gates = w->gates + (backward ? 4 * h : 0);
	out += backward ? h : 0;
	memset(w->cell, 0, (size_t)w->n_pieces * h * sizeof *w->cell);
	for (uint32_t s = 0; s < w->steps; s++) {
		uint32_t t = backward ? w->steps - 1 - s : s, rows = w->alive[t];
		float *g = gates + (size_t)w->base[t] * 8 * h;
		uint8_t *o = out + (size_t)w->base[t] * 2 * h;
		if (s > 0) {
			uint32_t before = backward ? t + 1 : t - 1, old = backward ? w->alive[before] : rows;
			td_qgemm(out + (size_t)w->base[before] * 2 * h, 2 * h, rec, g, 8 * h, old);
		}
		for (size_t r = 0; r < rows; r++) td_lstm_cell(g + r * 8 * h, w->cell + r * h, o + r * 2 * h, h);
	}
}

static void run_layers(const td_net *net, td_net_work *w)
{
	uint32_t h = net->hidden, width = out_width(net), n = w->n_tokens;
	run_direction(net, w, &net->rec[0][0], w->h1, false);
	run_direction(net, w, &net->rec[0][1], w->h1, true);
	fill_rows(w->gates, 8 * h, net->bias2, 8 * h, n);
	td_qgemm(w->h1, 2 * h, &net->in2, w->gates, 8 * h, n);
	run_direction(net, w, &net->rec[1][0], w->h2, false);
	run_direction(net, w, &net->rec[1][1], w->h2, true);
	fill_rows(w->y, width, net->out_bias, width, n);
	td_qgemm(w->h2, 2 * h, &net->out, w->y, width, n);
	for (size_t r = 0; r < n; r++) {
		const float *skip = w->type + w->type_of[r] * type_stride(net) + 8 * h;
		float *y = w->y + r * width;
		td_add(y, y, skip, net->tags);
		td_leaky(y + net->tags, 0.1f, 2 * net->arc);
	}
}

/* ---- heads ---- */

static void parse_piece(const td_net *net, td_net_work *w, uint32_t p)
{
	uint32_t n = w->pieces[p].n, width = out_width(net), stride = TD_MAX_SENT_TOKENS + 1;
	uint16_t head[TD_MAX_SENT_TOKENS];
	w->keys.n = n + 1;
	td_matrix_pack(&w->keys, 0, net->root_arc, 1, 1, 1);
	for (uint32_t i = 0; i < n; i++) {
		size_t row = w->base[i] + p;
		memcpy(w->query + (size_t)i * net->arc, w->mix + row * net->arc, net->arc * sizeof(float));
		td_matrix_pack(&w->keys, i + 1, w->y + row * width + net->tags + net->arc, 1, 1, 1);
	}
	for (uint32_t i = 0; i < n; i++) memset(w->arc + (size_t)i * stride, 0, (n + 1) * sizeof(float));
	td_gemm(w->query, net->arc, &w->keys, w->arc, stride, n);
	net_tree_best(w->tree, w->arc, stride, n, head);
	for (uint32_t i = 0; i < n; i++) w->head[w->base[i] + p] = head[i];
}

static void label_arcs(const td_net *net, td_net_work *w)
{
	uint32_t width = out_width(net), dep = net->tags + 2 * net->arc, head = dep + net->label;
	for (uint32_t p = 0; p < w->n_pieces; p++)
		for (uint32_t i = 0; i < w->pieces[p].n; i++) {
			size_t row = w->base[i] + p;
			uint32_t at = w->head[row];
			const float *d = w->y + row * width + dep;
			const float *g = at ? w->y + (size_t)(w->base[at - 1] + p) * width + head : net->root_label;
			td_add(w->mix + row * net->label, d, g, net->label);
			td_leaky(w->mix + row * net->label, 0, net->label);
		}
	fill_rows(w->rel, net->n_deprel, net->rel_bias, net->n_deprel, w->n_tokens);
	td_gemm(w->mix, net->label, &net->rel, w->rel, net->n_deprel, w->n_tokens);
}

static void parse(const td_net *net, td_net_work *w)
{
	uint32_t width = out_width(net);
	fill_rows(w->mix, net->arc, net->arc_bias, net->arc, w->n_tokens);
	td_gemm(w->y + net->tags, width, &net->arcs, w->mix, net->arc, w->n_tokens);
	for (uint32_t p = 0; p < w->n_pieces; p++) parse_piece(net, w, p);
	label_arcs(net, w);
}

/* ---- into the document ---- */

static uint32_t arg_max(const float *row, uint32_t n, uint32_t except)
{
	uint32_t best = except == 0 ? 1 : 0;
	for (uint32_t i = best + 1; i < n; i++)
		if (i != except && row[i] > row[best]) best = i;
	return best < n ? best : 0;
}

/* Where the two tags contradict each other the form of a verb is right: ten times in eleven ("Captain pleads guilty": a noun, VBZ). */
static uint8_t agreed_upos(uint8_t upos, uint8_t xpos)
{
	bool finite = xpos == TD_XP_VB || xpos == TD_XP_VBZ || xpos == TD_XP_VBD || xpos == TD_XP_VBP;
	return upos == TD_NOUN && finite ? TD_VERB : upos;
}

static td_status write_token(const td_net *net, const td_net_work *w, td_doc *doc, uint32_t p, uint32_t i, td_error *err)
{
	const net_piece *piece = &w->pieces[p];
	uint32_t row = w->base[i] + p, head = w->head[row];
	td_token *tok = &doc->toks.at[piece->from + i];
	const float *y = w->y + (size_t)row * out_width(net);
	tok->upos = net->upos[arg_max(y, net->n_upos, TD_NONE)];
	tok->xpos = net->xpos[arg_max(y + net->n_upos, net->n_xpos, TD_NONE)];
	tok->upos = agreed_upos(tok->upos, tok->xpos);
	uint32_t script = arg_max(y + net->n_upos + net->n_xpos, net->n_lemma, TD_NONE);
	tok->head = head ? piece->from + head - 1 : TD_NONE;
	tok->deprel = head ? net->deprel[arg_max(w->rel + (size_t)row * net->n_deprel, net->n_deprel, net->root_label_id)] : TD_ROOT;
	return net_lemma(net, &doc->arena, tok->form, script, tok->upos, &tok->lemma, err);
}

/* Probability of one label of a row of scores. */
static float probability(const float *row, uint32_t n, uint32_t label)
{
	float sum = 0;
	for (uint32_t i = 0; i < n; i++) sum += expf(row[i] - row[label]);
	return 1 / sum;
}

static td_status write_piece(const td_net *net, td_net_work *w, td_doc *doc, uint32_t p, td_error *err)
{
	const net_piece *piece = &w->pieces[p];
	const float *score[TD_MAX_SENT_TOKENS];
	uint32_t names = net->n_upos + net->n_xpos + net->n_lemma;
	for (uint32_t i = 0; i < piece->n; i++) score[i] = w->y + (size_t)(w->base[i] + p) * out_width(net) + names;
	net_viterbi(net, score, piece->n, w->tag + piece->from);
	for (uint32_t i = 0; i < piece->n; i++) {
		uint32_t t = piece->from + i;
		w->sure[t] = probability(score[i], net->n_name, w->tag[t]);
		TRY(write_token(net, w, doc, p, i, err));
		if (doc->toks.at[t].head == TD_NONE && doc->sents.at[piece->sent].toks.from == piece->from) doc->sents.at[piece->sent].root = t;
	}
	return TD_OK;
}

/* A sentence beyond the limit was analysed in pieces: the later ones hang below the first one's root. */
static void join_pieces(td_doc *doc)
{
	for (uint32_t s = 0; s < doc->sents.n; s++) {
		td_sent *sent = &doc->sents.at[s];
		for (uint32_t t = sent->toks.from + TD_MAX_SENT_TOKENS; t < sent->toks.to; t++) {
			td_token *tok = &doc->toks.at[t];
			if (tok->head != TD_NONE) continue;
			tok->head = sent->root;
			tok->deprel = TD_PARATAXIS;
		}
	}
}

/* ---- batches ---- */

/* All sentences in pieces, longest first, else in the document's order. */
static td_status order_pieces(td_net_work *w, const td_doc *doc, uint32_t *count, td_error *err)
{
	uint32_t start[TD_MAX_SENT_TOKENS + 2] = { 0 }, pieces = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t s = 0; s < doc->sents.n; s++) {
			td_range r = doc->sents.at[s].toks;
			for (uint32_t from = r.from; from < r.to; from += TD_MAX_SENT_TOKENS) {
				uint32_t n = r.to - from < TD_MAX_SENT_TOKENS ? r.to - from : TD_MAX_SENT_TOKENS;
				uint32_t place = TD_MAX_SENT_TOKENS - n; /* the longest come first */
				if (pass) w->order[start[place]++] = (net_piece){ from, n, s };
				else start[place + 1]++, pieces++;
			}
		}
		if (pass) break;
		for (uint32_t i = 1; i <= TD_MAX_SENT_TOKENS + 1; i++) start[i] += start[i - 1];
		TRY(reserve(w, pieces, doc->toks.n, err));
	}
	*count = pieces;
	return TD_OK;
}

static void lay_out(td_net_work *w, net_piece *pieces, uint32_t n)
{
	w->pieces = pieces;
	w->n_pieces = n;
	w->n_tokens = 0;
	w->steps = pieces[0].n;
	for (uint32_t t = 0; t < w->steps; t++) {
		uint32_t rows = t ? w->alive[t - 1] : n;
		while (pieces[rows - 1].n <= t) rows--;
		w->alive[t] = rows;
		w->base[t] = w->n_tokens;
		w->n_tokens += rows;
	}
}

static td_status run_batch(const td_net *net, td_net_work *w, td_doc *doc, td_error *err)
{
	look_up_types(net, w, doc);
	first_gates(net, w, doc);
	run_layers(net, w);
	parse(net, w);
	for (uint32_t p = 0; p < w->n_pieces; p++) TRY(write_piece(net, w, doc, p, err));
	return TD_OK;
}

td_status td_net_run(const td_net *net, td_net_work *w, td_doc *doc, td_error *err)
{
	uint32_t pieces;
	doc->names.n = 0;
	TRY(order_pieces(w, doc, &pieces, err));
	if (doc->toks.n) memset(w->tag, 0, doc->toks.n); /* tokens outside all sentences have no name */
	for (uint32_t at = 0; at < pieces;) {
		uint32_t n = 0, tokens = 0;
		while (at + n < pieces && tokens + w->order[at + n].n <= NET_BATCH_TOKENS) tokens += w->order[at + n++].n;
		lay_out(w, w->order + at, n);
		TRY(run_batch(net, w, doc, err));
		at += n;
	}
	join_pieces(doc);
	TRY(net_push_names(net, w, doc, err));
	doc->stage = TD_STAGE_TAG;
	return TD_OK;
}
