/* External sort: records of any number in memory of a given size. Sorted runs lie in one temporary file without a name and are merged
 * when they are read. Records are ordered by key, then value, by their bytes; equal ones all stay. The order, and so all that is made
 * of it, is the same whatever the budget. */
#ifndef TD_SORT_H
#define TD_SORT_H

#include "base/base.h"

enum {
	TD_SORT_MIN = 1 << 14,     /* bytes: the least budget */
	TD_SORT_RECORD = 64 << 20, /* bytes of a record at most; nor may it have more than a quarter of the budget */
};

typedef struct td_sort td_sort;

/* Gives a file to be written and read that is gone when it is closed, or when the process ends in any way. */
typedef td_status td_temporary(const char *beside, FILE **out, td_error *err);

/* `beside` is for `temporary`, and for messages; it must outlive the sorter. */
td_status td_sort_open(const char *beside, td_temporary *temporary, size_t budget, td_sort **out, td_error *err);
td_status td_sort_add(td_sort *s, td_str key, td_str value, td_error *err);
/* The same for records that come in order among themselves: they need no sorting. */
td_status td_sort_add_ordered(td_sort *s, td_str key, td_str value, td_error *err);
/* Behind the last record; then td_sort_next gives one after the other until *done. Slices are valid until the next call. */
td_status td_sort_start(td_sort *s, td_error *err);
td_status td_sort_next(td_sort *s, td_str *key, td_str *value, bool *done, td_error *err);
void td_sort_close(td_sort *s); /* NULL is allowed */

#endif
