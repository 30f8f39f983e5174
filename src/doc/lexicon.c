#include "doc/lexicon.h"

enum { MAX_SENSES = 1 << 20, MAX_CLASSES = 4096, MAX_DEPTH = 32 };

/* ---- lines ------------------------------------------------------------------------------------------------------ */

typedef struct {
	td_lexicon *lexicon;
	uint64_t line;
	td_error *err;
} reader;

static td_status bad(reader *in, const char *what, td_str value)
{
	return td_fail_at(in->err, TD_ERR_DATA, TD_NOWHERE, in->line, "lexicon table: %s \"" TD_STR_FMT "\"", what, TD_STR_ARG(value));
}

static td_str first_word(td_str lemma)
{
	return td_str_cut(&lemma, ' ');
}

static td_status read_class(reader *in, td_str rest)
{
	td_lexicon *lexicon = in->lexicon;
	td_str name = td_str_cut(&rest, '\t');
	td_str parent = td_str_cut(&rest, '\t');
	td_event_class cls = { .name = name, .label = td_str_cut(&rest, '\t') };
	uint32_t index = lexicon->classes.n, up = index;
	if (!name.n || td_map_get(&lexicon->by_class, name) != TD_NONE) return bad(in, "class without a name, or named twice:", name);
	if (index >= MAX_CLASSES) return bad(in, "too many classes at", name);
	if (index > 0 && (up = td_map_get(&lexicon->by_class, parent)) == TD_NONE) return bad(in, "a class stands before its parent", parent);
	cls.parent = (uint16_t)up;
	cls.top = (uint16_t)(up == 0 ? index : lexicon->classes.at[up].top); /* up is 0 for Event itself and for what is directly below it */
	if (!TD_PUSH(&lexicon->arena, &lexicon->classes, cls) || !td_map_put(&lexicon->by_class, name, index)) return td_no_memory(in->err);
	return TD_OK;
}

/* What the reference means depends on the kind: an event class, an entity class or just a word. */
static td_status resolve(reader *in, td_sense *sense)
{
	if (sense->kind == TD_SENSE_EVENT) {
		sense->cls = td_lexicon_class(in->lexicon, sense->reference);
		if (sense->cls == UINT16_MAX) return bad(in, "no such event class:", sense->reference);
	} else if (sense->kind == TD_SENSE_ENTITY) {
		unsigned cls = td_class_parse(sense->reference, TD_CLASS_COUNT);
		if (cls == TD_CLASS_COUNT) return bad(in, "no such entity class:", sense->reference);
		sense->cls = (uint16_t)cls;
	}
	return TD_OK;
}

static td_status read_sense(reader *in, td_str rest)
{
	td_lexicon *lexicon = in->lexicon;
	td_sense sense = { .lemma = td_str_cut(&rest, '\t'), .next = TD_NONE };
	td_str upos = td_str_cut(&rest, '\t'), kind = td_str_cut(&rest, '\t');
	unsigned pos = td_upos_parse(upos, TD_UPOS_COUNT), k = td_sense_kind_parse(kind, TD_SENSE_COUNT);
	sense.reference = td_str_cut(&rest, '\t');
	sense.frame = td_str_cut(&rest, '\t');
	sense.when = td_str_cut(&rest, '\t');
	sense.note = td_str_cut(&rest, '\t');
	if (!sense.lemma.n || sense.lemma.at[0] == ' ') return bad(in, "sense without a lemma:", sense.lemma);
	if (pos == TD_UPOS_COUNT) return bad(in, "unknown part of speech", upos);
	if (k == TD_SENSE_COUNT) return bad(in, "unknown kind of sense", kind);
	if (lexicon->senses.n >= MAX_SENSES) return bad(in, "too many senses at", sense.lemma);
	sense.upos = (uint8_t)pos;
	sense.kind = (uint8_t)k;
	TRY(resolve(in, &sense));
	return TD_PUSH(&lexicon->arena, &lexicon->senses, sense) ? TD_OK : td_no_memory(in->err);
}

static td_status read_line(reader *in, td_str line)
{
	if (td_str_ends(line, TD_STR("\r"))) line.n--;
	if (!line.n || line.at[0] == '#') return TD_OK;
	td_str what = td_str_cut(&line, '\t');
	if (td_str_eq(what, TD_STR("class"))) return read_class(in, line);
	if (td_str_eq(what, TD_STR("sense"))) return read_sense(in, line);
	return bad(in, "a line is neither class nor sense:", what);
}

/* Chains are built from the last sense to the first, so that they run in table order. */
static td_status chain(td_lexicon *lexicon, td_error *err)
{
	for (uint32_t i = lexicon->senses.n; i-- > 0;) {
		td_sense *sense = &lexicon->senses.at[i];
		td_str word = first_word(sense->lemma);
		sense->next = td_map_get(&lexicon->by_word, word);
		if (!td_map_put(&lexicon->by_word, word, i)) return td_no_memory(err);
	}
	return TD_OK;
}

static td_status fill(td_str table, td_lexicon *out, td_error *err)
{
	td_str text = td_arena_str(&out->arena, table);
	if (!text.at) return td_no_memory(err);
	size_t valid = td_utf8_check(text);
	if (valid < text.n) return td_fail_at(err, TD_ERR_UTF8, valid, TD_NOWHERE, "lexicon table: not UTF-8");
	reader in = { out, 0, err };
	while (text.n) {
		td_str line = td_str_cut(&text, '\n');
		in.line++;
		TRY(read_line(&in, line));
	}
	if (!out->classes.n) return td_fail(err, TD_ERR_DATA, "lexicon table: it names no class");
	return chain(out, err);
}

td_status td_lexicon_read(td_str table, td_lexicon *out, td_error *err)
{
	memset(out, 0, sizeof *out);
	td_arena_init(&out->arena);
	td_map_init(&out->by_word, &out->arena);
	td_map_init(&out->by_class, &out->arena);
	td_status status = fill(table, out, err);
	if (status != TD_OK) td_lexicon_free(out);
	return status;
}

td_status td_lexicon_open(const char *path, td_lexicon *out, td_error *err)
{
	td_mapped file;
	TRY(td_map_file(path, &file, err));
	td_status status = td_lexicon_read(file.bytes, out, err);
	td_unmap_file(&file);
	return status;
}

void td_lexicon_free(td_lexicon *lexicon)
{
	if (!lexicon) return;
	td_arena_free(&lexicon->arena);
	memset(lexicon, 0, sizeof *lexicon);
}

/* ---- questions -------------------------------------------------------------------------------------------------- */

uint32_t td_lexicon_find(const td_lexicon *lexicon, td_str lemma)
{
	return td_map_get(&lexicon->by_word, lemma);
}

uint32_t td_lexicon_sense(const td_lexicon *lexicon, td_str lemma, td_upos upos, td_sense_kind kind)
{
	uint32_t i = td_lexicon_find(lexicon, first_word(lemma));
	for (; i != TD_NONE; i = lexicon->senses.at[i].next) {
		const td_sense *sense = &lexicon->senses.at[i];
		bool fits = sense->upos == TD_POS_X || upos == TD_POS_X || sense->upos == upos;
		if (sense->kind == kind && fits && td_str_eq(sense->lemma, lemma)) return i;
	}
	return TD_NONE;
}

uint16_t td_lexicon_class(const td_lexicon *lexicon, td_str name)
{
	uint32_t i = td_map_get(&lexicon->by_class, name);
	return i == TD_NONE ? UINT16_MAX : (uint16_t)i;
}

bool td_lexicon_is_a(const td_lexicon *lexicon, uint16_t cls, uint16_t ancestor)
{
	for (int depth = 0; cls < lexicon->classes.n && depth < MAX_DEPTH; depth++) {
		if (cls == ancestor) return true;
		if (lexicon->classes.at[cls].parent == cls) return false;
		cls = lexicon->classes.at[cls].parent;
	}
	return false;
}

bool td_lexicon_is_among(const td_lexicon *lexicon, uint16_t cls, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (td_lexicon_is_a(lexicon, cls, td_lexicon_class(lexicon, td_str_of(names[i])))) return true;
	return false;
}
