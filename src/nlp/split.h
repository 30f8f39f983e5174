/* Inside the splitter: the walk over paragraphs (split.c), the words of a chunk (split_word.c), where sentences end
 * (split_sent.c) and their tables (split_tables.c). */
#ifndef TD_SPLIT_H
#define TD_SPLIT_H

#include "doc/doc.h"

/* What a final full stop means behind a word. */
typedef enum {
	TD_ABBR_NONE,
	TD_ABBR_TITLE,  /* "Mr.": belongs to the word, never ends a sentence */
	TD_ABBR_NUMBER, /* "No.": an abbreviation only before a digit */
	TD_ABBR_OTHER,  /* "Inc.", "U.S.", "a.m.": belongs to the word and may end a sentence, too */
	TD_ABBR_INITIAL /* "F." of "John F. Kennedy" */
} td_abbr;

/* `word` without its final full stop ("U.S", "Mr"). */
td_abbr td_abbr_of(td_str word);
bool td_split_prefix(td_str word);       /* "non", "anti": stays with what follows its hyphen */
size_t td_split_contraction(td_str word); /* length of the first word of "cannot", "gonna"; 0: none */
bool td_split_unit(td_str word);          /* "pm", "km": parted from the number it is written to */
bool td_split_ending(td_str word);        /* "com", "pdf": last part of an address or a file name */
bool td_split_starter(td_str word);       /* "The", "But": a capital that tells of a new sentence */
/* Length of a fixed token ("w/o", "Yahoo!", ":-)") that begins here; 0: none. */
size_t td_split_fixed(td_str rest);
bool td_split_emoticon(td_str word);

/* The text that the word scanner may look at. */
typedef struct {
	td_doc *doc;
	const char *s;      /* doc->text.at */
	uint32_t from, end; /* the chunk: no white space inside */
	uint32_t limit;     /* end of the paragraph: how far it may look ahead */
	bool single_open;   /* a single quotation mark is open in this paragraph */
} td_chunk_view;

/* Appends the tokens of one chunk to doc->toks (sent not yet set); false when out of memory. */
bool td_split_chunk(td_chunk_view *view);

/* Ends sentences within the tokens from `first` on, which are one paragraph. */
td_status td_split_sents(td_doc *doc, uint32_t first, td_error *err);

/* Small character classes of this room. */
bool td_split_word_char(uint32_t cp);
static inline bool td_is_ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline bool td_is_ascii_alpha(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
/* Length of an apostrophe at s (' ` ’), 0: none. */
size_t td_split_apostrophe(const char *s, size_t n);

#endif
