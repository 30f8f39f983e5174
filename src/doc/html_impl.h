/* Inside the HTML reader: the page's description (html.c) and its text (html_text.c). */
#ifndef TD_HTML_IMPL_H
#define TD_HTML_IMPL_H

#include <libxml/tree.h>

#include "doc/source_impl.h"

/* The article's paragraphs into *out, parted by blank lines; empty when there is none. */
td_status td_html_text(const xmlNode *root, td_buf *out, td_error *err);

bool td_html_is(const xmlNode *node, const char *tag);
/* Value of an attribute, empty when it is not there; valid as long as the tree. */
td_str td_html_attr(const xmlNode *node, const char *name);
/* The node behind `node` in document order within `root`, without going into it when `skip`; NULL at the end. */
xmlNode *td_html_next(const xmlNode *root, const xmlNode *node, bool skip);

#endif
