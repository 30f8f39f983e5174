#include "nlp/net_file.h"

enum { VERSION = 1, HEADER = 32, CHECKED_FROM = 12, MAX_SECTIONS = 1000, ALIGN = 64 };

static const uint8_t type_size[TD_TYPE_COUNT] = { [TD_TEXT] = 1, [TD_U8] = 1, [TD_I8] = 1, [TD_U16] = 2, [TD_BF16] = 2, [TD_U32] = 4,
	[TD_F32] = 4 };

typedef struct {
	char magic[8];
	uint32_t crc, version;
	uint64_t size;
	uint32_t sections, zero;
} header;
_Static_assert(sizeof(header) == HEADER && sizeof(td_section) == 64, "the file's layout");

static td_status check_header(td_str bytes, header *h, td_error *err)
{
	if (bytes.n < HEADER) return td_fail(err, TD_ERR_DATA, "model file is too short (%zu bytes)", bytes.n);
	memcpy(h, bytes.at, sizeof *h);
	if (memcmp(h->magic, "TDMODEL1", 8) != 0) return td_fail(err, TD_ERR_DATA, "not a model file (wrong magic number)");
	if (h->version != VERSION) return td_fail(err, TD_ERR_DATA, "model file has version %u, need %d", h->version, VERSION);
	if (h->size != bytes.n) return td_fail(err, TD_ERR_DATA, "model file is damaged: it has %zu bytes instead of %llu", bytes.n,
		(unsigned long long)h->size);
	uint32_t crc = td_crc32((td_str){ bytes.at + CHECKED_FROM, bytes.n - CHECKED_FROM });
	if (crc != h->crc) return td_fail(err, TD_ERR_DATA, "model file is damaged: checksum %08x instead of %08x", crc, h->crc);
	if (h->sections > MAX_SECTIONS || h->zero) return td_fail(err, TD_ERR_DATA, "model file has an unknown layout");
	return TD_OK;
}

static td_status check_section(td_str bytes, const td_section *s, td_error *err)
{
	size_t n = 1;
	if (!memchr(s->name, 0, sizeof s->name)) return td_fail(err, TD_ERR_DATA, "model file: a section's name has no end");
	if (s->type >= TD_TYPE_COUNT || s->dims < 1 || s->dims > 4)
		return td_fail(err, TD_ERR_DATA, "model file: section %s has an unknown type", s->name);
	for (int i = 0; i < 4; i++)
		if (!td_mul_size(n, s->shape[i], &n)) return td_fail(err, TD_ERR_DATA, "model file: section %s is too large", s->name);
	if (!td_mul_size(n, type_size[s->type], &n) || n != s->size || !td_at(bytes, s->offset, n, 1, ALIGN))
		return td_fail(err, TD_ERR_DATA, "model file: section %s does not fit its shape or the file", s->name);
	return TD_OK;
}

td_status td_model_check(td_str bytes, td_model_file *out, td_error *err)
{
	header h;
	TRY(check_header(bytes, &h, err));
	const td_section *table = td_at(bytes, HEADER, h.sections, sizeof *table, 8);
	if (!table) return td_fail(err, TD_ERR_DATA, "model file: the section table does not fit");
	for (uint32_t i = 0; i < h.sections; i++) TRY(check_section(bytes, &table[i], err));
	*out = (td_model_file){ bytes, table, h.sections };
	return TD_OK;
}

td_status td_model_section(const td_model_file *file, const char *name, td_section_type type, uint32_t dims, const td_section **out,
	td_error *err)
{
	for (uint32_t i = 0; i < file->n; i++) {
		const td_section *s = &file->sections[i];
		if (strcmp(s->name, name) != 0) continue;
		if (s->type != (uint32_t)type || s->dims != dims)
			return td_fail(err, TD_ERR_DATA, "model file: section %s has another type than expected", name);
		*out = s;
		return TD_OK;
	}
	return td_fail(err, TD_ERR_DATA, "model file: section %s is missing", name);
}
