/* Lines sorted by their bytes, each once, in bounded memory (base/sort.h). What does not fit lies in files in $TMPDIR that have no name, so
 * that they are gone with the process, however it ends. */
#ifndef TD_SORTER_H
#define TD_SORTER_H

#include "base/base.h"

typedef struct td_sorter td_sorter;
typedef bool td_each_line(void *context, td_str line); /* false stops */

td_status td_sorter_open(size_t memory, td_sorter **out, td_error *err); /* bytes, 1 MB at least */
size_t td_sorter_longest(const td_sorter *sorter); /* bytes that a line may have */
td_status td_sorter_add(td_sorter *sorter, td_str line, td_error *err); /* without a line end in it */
/* All lines, ended by a newline each. */
td_status td_sorter_each(td_sorter *sorter, td_each_line *each, void *context, td_error *err);
void td_sorter_close(td_sorter *sorter); /* NULL is allowed */

#endif
