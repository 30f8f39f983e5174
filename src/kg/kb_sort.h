/* External sort: records of any number in memory of a given size. Sorted runs lie in one temporary file without a name and are merged
 * when they are read. Records are ordered by key, then value, by their bytes; equal ones all stay. The order, and so all that is made
 * of it, is the same whatever the budget. Private to src/kg/kb*.c. */
#ifndef TD_KB_SORT_H
#define TD_KB_SORT_H

#include "base/base.h"

enum {
	KB_SORT_MIN = 1 << 14,    /* bytes: the least budget */
	KB_SORT_RECORD = 1 << 20, /* bytes of a record at most */
};

typedef struct kb_sorter kb_sorter;

/* Temporary files lie in the folder of `beside`, which must outlive the sorter. */
td_status td_kb_sort_open(const char *beside, size_t budget, kb_sorter **out, td_error *err);
td_status td_kb_sort_add(kb_sorter *s, td_str key, td_str value, td_error *err);
/* The same for records that come in order among themselves: they need no sorting. */
td_status td_kb_sort_add_ordered(kb_sorter *s, td_str key, td_str value, td_error *err);
/* Behind the last record; then td_kb_sort_next gives one after the other until *done. Slices are valid until the next call. */
td_status td_kb_sort_start(kb_sorter *s, td_error *err);
td_status td_kb_sort_next(kb_sorter *s, td_str *key, td_str *value, bool *done, td_error *err);
void td_kb_sort_close(kb_sorter *s); /* NULL is allowed */

#endif
