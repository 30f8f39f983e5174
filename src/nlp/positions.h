/* Between the files of the position stage. */
#ifndef TD_POSITIONS_H
#define TD_POSITIONS_H

#include "nlp/mentions.h"
#include "nlp/names.h"
#include "nlp/nlp.h"

typedef struct {
	td_doc *doc;
	const td_lexicon *lexicon;
	td_error *err;
	uint32_t *headed;  /* [n_tokens] mention headed there, else the name or titled name it is part of, TD_NONE */
	uint32_t *of;      /* [n_entities] last position of that holder, TD_NONE; chained by `before` */
	uint32_t *before;  /* [positions so far, as far as before_cap] */
	uint32_t before_cap;
	uint32_t country;  /* entity of the country that the document is about, TD_NONE when there is no one such */
} td_position_run;

td_status td_position_title(td_position_run *run, uint32_t mention);   /* a name with a title before it */
td_status td_position_nominal(td_position_run *run, uint32_t mention); /* a nominal that stands for a named person */
td_status td_position_as(td_position_run *run, uint32_t tok);          /* "resigned as chief executive", "was elected president" */
td_status td_position_relations(td_position_run *run);

/* The named place or organization that a title noun at `head` (a phrase from `from`) belongs to, as an entity; TD_NONE. */
uint32_t td_position_body(const td_position_run *run, uint32_t head, uint32_t from);
/* Entity of the mention headed at `tok`, when it has a name and (unless TD_CLASS_NONE) that class; TD_NONE. */
uint32_t td_named_entity(const td_position_run *run, uint32_t tok, td_class cls);

#endif
