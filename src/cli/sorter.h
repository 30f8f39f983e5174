/* Lines sorted by their bytes, each once, in bounded memory: an external merge sort. What does not fit is sorted in parts, which lie in files
 * that have no name, so that they are gone with the process, however it ends.
 *
 *     add, add, … ─▶ [ lines in memory ] ─sort─▶ part ─┐
 *                    [ lines in memory ] ─sort─▶ part ─┼─merge─▶ each
 *                    [ lines in memory ] ─sort─────────┘ */
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
uint64_t td_sorter_doubles(const td_sorter *sorter); /* left out so far */
void td_sorter_close(td_sorter *sorter); /* NULL is allowed */

#endif
