/* The container of a model: named sections of known type and shape behind a checksum. Little-endian.
 *
 *     0  "TDMODEL1"   8  CRC-32 of all from byte 12   12  version   16  size of the file   24  sections   28  zero
 *    32  section table, 64 bytes each (td_section), then the data, every section aligned to 64 bytes */
#ifndef TD_NET_FILE_H
#define TD_NET_FILE_H

#include "base/base.h"

typedef enum { TD_TEXT, TD_U8, TD_I8, TD_U16, TD_BF16, TD_U32, TD_F32, TD_TYPE_COUNT } td_section_type;

typedef struct {
	char name[24]; /* NUL-terminated */
	uint32_t type, dims;
	uint32_t shape[4]; /* unused ones are 1 */
	uint64_t offset, size;
} td_section;

typedef struct {
	td_str bytes;
	const td_section *sections;
	uint32_t n;
} td_model_file;

/* Checks header, checksum and every section's place; the file then refers into `bytes`. */
td_status td_model_check(td_str bytes, td_model_file *out, td_error *err);
/* The section of that name, which must have that type and number of dimensions. */
td_status td_model_section(const td_model_file *file, const char *name, td_section_type type, uint32_t dims, const td_section **out,
	td_error *err);
static inline const void *td_section_data(const td_model_file *file, const td_section *section)
{
	return file->bytes.at + section->offset;
}

#endif
