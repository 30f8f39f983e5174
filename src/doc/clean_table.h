/* What is no news in a news text: patterns of lines and of pieces within lines. */
#ifndef TD_CLEAN_TABLE_H
#define TD_CLEAN_TABLE_H

#include "doc/doc.h"

typedef enum {
	TD_LINE_IS,     /* the whole line, case ignored, a final ':' or '.' ignored */
	TD_LINE_STARTS, /* the line's beginning, case as written */
	TD_LINE_TAIL    /* the whole line: a heading whose list goes on to the end of the text */
} td_line_how;

typedef struct {
	const char *text;
	uint8_t how; /* td_line_how */
	uint8_t why; /* td_skip_why */
} td_line_rule;

/* From `open` to the next `close`, at most `most` bytes away; a NULL close: to the end of the line. */
typedef struct {
	const char *open, *close;
	uint16_t most;
	uint8_t why;
} td_piece_rule;

extern const td_line_rule td_line_rules[];
extern const size_t td_line_rule_count;
extern const td_piece_rule td_piece_rules[];
extern const size_t td_piece_rule_count;
extern const char *const td_agencies[]; /* NULL-terminated: names that stand in datelines */

#endif
