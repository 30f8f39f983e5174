/* The command line as one table: getopt_long, the checks of the arguments, --help, the manual page and the completion of
 * bash are all made from it, so that they cannot disagree. */
#ifndef TD_OPTIONS_H
#define TD_OPTIONS_H

#include "base/base.h"

/* id, name, operands, one line */
#define TD_COMMAND_MAP(X) \
	X(TD_CMD_BUILD, "build", "INPUT...", "turn news into a graph (the command may be left out)") \
	X(TD_CMD_ANNOTATE, "annotate", "INPUT...", "show what every stage has read, as CoNLL-U or JSON") \
	X(TD_CMD_QUERY, "query", "[QUERY] FILE...", "ask graphs in files with SPARQL") \
	X(TD_CMD_UPLOAD, "upload", "FILE...", "send graphs in files to a SPARQL 1.1 store") \
	X(TD_CMD_MERGE, "merge", "FILE...", "put N-Quads of several runs together: sorted, each once") \
	X(TD_CMD_ONTOLOGY, "ontology", "", "print the ontology, or compile one of your own") \
	X(TD_CMD_KB, "kb", "build DIR|RDF...", "make a knowledge base of your own, from tables or RDF")

typedef enum {
#define TD_COMMAND_ENUM(id, name, operands, line) id,
	TD_COMMAND_MAP(TD_COMMAND_ENUM)
#undef TD_COMMAND_ENUM
	TD_CMD_COUNT
} td_command;

/* What an option's argument is: how it is checked and how it is completed. */
typedef enum { TD_ARG_NONE, TD_ARG_TEXT, TD_ARG_FILE, TD_ARG_DIR, TD_ARG_WORD, TD_ARG_NUMBER, TD_ARG_DATE, TD_ARG_IRI, TD_ARG_URL } td_arg_kind;

/* Sets of commands. */
enum {
	TD_IN_B = 1 << TD_CMD_BUILD,
	TD_IN_A = 1 << TD_CMD_ANNOTATE,
	TD_IN_Q = 1 << TD_CMD_QUERY,
	TD_IN_U = 1 << TD_CMD_UPLOAD,
	TD_IN_M = 1 << TD_CMD_MERGE,
	TD_IN_O = 1 << TD_CMD_ONTOLOGY,
	TD_IN_K = 1 << TD_CMD_KB,
	TD_IN_ALL = (1 << TD_CMD_COUNT) - 1,
	TD_IN_BA = TD_IN_B | TD_IN_A,
	TD_IN_BU = TD_IN_B | TD_IN_U,
	TD_IN_BAU = TD_IN_BA | TD_IN_U,
};

/* id, long name, letter (0: none), argument's name, kind, spec, commands, help ("" hides the option)
 * spec: for a word the words (behind ';' those that are taken but not shown), for a number its range "1..64". */
#define TD_OPTION_MAP(X) \
	X(TD_OPT_FORMAT, "format", 'f', "FORMAT", TD_ARG_WORD, "turtle trig ntriples nquads rdfxml dot;ttl nt nq rdf xml", TD_IN_B, \
	  "format of the graph; by default that of the ending of the -o FILE, else turtle") \
	X(TD_OPT_LAYERS, "format", 'f', "FORMAT", TD_ARG_WORD, "conllu json", TD_IN_A, "format of the document; conllu by default") \
	X(TD_OPT_RESULT, "format", 'f', "FORMAT", TD_ARG_WORD, "table csv json xml", TD_IN_Q, "format of the result; table by default") \
	X(TD_OPT_OUTPUT, "output", 'o', "FILE", TD_ARG_FILE, "", TD_IN_ALL & ~TD_IN_U, \
	  "write to FILE, which is never left half written; by default to standard output") \
	X(TD_OPT_OUT_DIR, "out-dir", 0, "DIR", TD_ARG_DIR, "", TD_IN_B, \
	  "write a file for each document into DIR, named after the document; each is there whole or not at all") \
	X(TD_OPT_FILES_FROM, "files-from", 0, "FILE", TD_ARG_FILE, "", TD_IN_BA, "read also what FILE lists, one path a line; - is standard input") \
	X(TD_OPT_DATE, "date", 0, "YYYY-MM-DD", TD_ARG_DATE, "", TD_IN_BA, "day of publication of documents that do not say theirs") \
	X(TD_OPT_URL, "url", 0, "URL", TD_ARG_IRI, "", TD_IN_BA, "address of the document, if it does not say its own (one document only)") \
	X(TD_OPT_TITLE, "title", 0, "TEXT", TD_ARG_TEXT, "", TD_IN_BA, "title of the document, if it does not say its own (one document only)") \
	X(TD_OPT_BASE, "base", 0, "IRI", TD_ARG_IRI, "", TD_IN_BA, \
	  "where the names that Tidings gives begin; by default https://w3id.org/tidings/id/") \
	X(TD_OPT_PROVENANCE, "provenance", 0, "LEVEL", TD_ARG_WORD, "none document mention full", TD_IN_B, \
	  "how much of the text's places goes into the graph: none, the document, each mention (the default), or full, which adds what " \
	  "each role and attribute was read from") \
	X(TD_OPT_IRI, "iri", 0, "NAMES", TD_ARG_WORD, "local wikidata dbpedia", TD_IN_B, \
	  "what known entities are called: by names that begin with the --base (local, the default), or as Wikidata or DBpedia calls them, " \
	  "where it has them; owl:sameAs tells the others") \
	X(TD_OPT_WITH_TEXT, "with-text", 0, NULL, TD_ARG_NONE, "", TD_IN_B, "put the whole text into the graph (nif:isString)") \
	X(TD_OPT_FROM, "from", 0, "KIND", TD_ARG_WORD, "text conllu", TD_IN_A, "kind of the input; text by default") \
	X(TD_OPT_KEEP, "keep", 0, NULL, TD_ARG_NONE, "", TD_IN_A, "with --from conllu: keep its lemmas, tags and trees") \
	X(TD_OPT_UNTIL, "until", 0, "STAGE", TD_ARG_WORD, "source split tag time mentions coref link events attribution factuality facts", TD_IN_A, \
	  "stop behind this stage; facts, the last one, by default") \
	X(TD_OPT_JOBS, "jobs", 'j', "N", TD_ARG_NUMBER, "1..256", TD_IN_BA, \
	  "threads; by default one a processor. The output is the same, byte for byte, for any number") \
	X(TD_OPT_MAX_BYTES, "max-bytes", 0, "N", TD_ARG_NUMBER, "1..268435456", TD_IN_BA, \
	  "pass over documents of more bytes; 16777216 by default") \
	X(TD_OPT_MAX_SECONDS, "max-seconds", 0, "N", TD_ARG_NUMBER, "1..86400", TD_IN_BA, \
	  "pass over documents that take more processor time, looked at behind each stage; 3600 by default") \
	X(TD_OPT_STRICT, "strict", 0, NULL, TD_ARG_NONE, "", TD_IN_BA, "stop at the first bad document; a -o FILE is not written then") \
	X(TD_OPT_REPORT, "report", 0, "FILE", TD_ARG_FILE, "", TD_IN_B, "write to FILE, as JSON, what was read, passed over and why, built and sent") \
	X(TD_OPT_RESUME, "resume", 0, "FILE", TD_ARG_FILE, "", TD_IN_BU, \
	  "note in FILE each document that is in its place, in the --out-dir or confirmed by the store, and pass over those that it names already") \
	X(TD_OPT_STATE, "state", 0, "DIR", TD_ARG_DIR, "", TD_IN_B, \
	  "keep in DIR what --out-dir or --upload holds of which document, and build only what is new or has changed since") \
	X(TD_OPT_DROP_VANISHED, "drop-vanished", 0, NULL, TD_ARG_NONE, "", TD_IN_B, \
	  "with --state: at the end, take away the files and graphs of documents that are in the input no more") \
	X(TD_OPT_MEMORY, "memory", 0, "MB", TD_ARG_NUMBER, "1..1048576", TD_IN_M, \
	  "memory for sorting; what does not fit goes through temporary files in $TMPDIR; 256 by default") \
	X(TD_OPT_QUERY_FILE, "file", 0, "QUERY.rq", TD_ARG_FILE, "", TD_IN_Q, "read the query from a file") \
	X(TD_OPT_UPLOAD, "upload", 0, "URL", TD_ARG_URL, "", TD_IN_B, \
	  "send each document's graph to this store; nothing goes to standard output then, unless -o asks for it") \
	X(TD_OPT_ENDPOINT, "endpoint", 0, "URL", TD_ARG_URL, "", TD_IN_BU, \
	  "the store's address: its Graph Store service or its SPARQL Update service") \
	X(TD_OPT_GSP, "gsp", 0, "URL", TD_ARG_URL, "", TD_IN_BU, "the store's Graph Store service: one PUT a graph") \
	X(TD_OPT_UPDATE, "update", 0, "URL", TD_ARG_URL, "", TD_IN_BU, "the store's SPARQL Update service") \
	X(TD_OPT_GRAPH, "graph", 0, "IRI", TD_ARG_IRI, "", TD_IN_U, \
	  "put all triples that have no graph name into this graph; by default it is the schema:NewsArticle that the file describes") \
	X(TD_OPT_METHOD, "method", 0, "METHOD", TD_ARG_WORD, "auto gsp update", TD_IN_BU, \
	  "Graph Store Protocol or SPARQL Update; auto, the default, goes by the address: update when it ends in /update, /sparql, /sparql-auth or /statements") \
	X(TD_OPT_AUTH_FILE, "auth-file", 0, "FILE", TD_ARG_FILE, "", TD_IN_BU, \
	  "file whose first line is user:password or Bearer TOKEN; by default TIDINGS_USER and TIDINGS_PASSWORD, TIDINGS_TOKEN, ~/.netrc") \
	X(TD_OPT_CACERT, "cacert", 0, "FILE", TD_ARG_FILE, "", TD_IN_BU, "certificates to trust, in PEM, instead of the system's") \
	X(TD_OPT_BATCH, "batch", 0, "N", TD_ARG_NUMBER, "1..1000000", TD_IN_BU, \
	  "triples in one SPARQL update; 1000 by default. Halved for a store that finds that too large") \
	X(TD_OPT_PARALLEL, "parallel", 0, "N", TD_ARG_NUMBER, "1..64", TD_IN_BU, \
	  "graphs on their way to the store at once; 1 by default. What is reported and noted, and its order, is the same for any number") \
	X(TD_OPT_GZIP, "gzip", 0, NULL, TD_ARG_NONE, "", TD_IN_BU, "pack what is sent; a store that does not take that is sent it plain") \
	X(TD_OPT_TIMEOUT, "timeout", 0, "SECONDS", TD_ARG_NUMBER, "1..86400", TD_IN_BU, "give a request up after so long without a byte; 60 by default") \
	X(TD_OPT_VERIFY, "verify", 0, NULL, TD_ARG_NONE, "", TD_IN_BU, \
	  "let the store count the triples of all graphs that it has confirmed, many in one query. With --resume, `upload' counts those done before, too, " \
	  "and a graph whose count is off is sent once more") \
	X(TD_OPT_QUERY_URL, "query", 0, "URL", TD_ARG_URL, "", TD_IN_BU, \
	  "with --verify: the store's SPARQL query service; by default made from its other address") \
	X(TD_OPT_COMPILE, "compile", 0, "DIR", TD_ARG_DIR, "", TD_IN_O, "compile the ontology and lexicon in DIR into the table that --lexicon takes") \
	X(TD_OPT_MODEL, "model", 0, "FILE", TD_ARG_FILE, "", TD_IN_BA, "weights of the network, instead of the installed english.tdm") \
	X(TD_OPT_LEXICON, "lexicon", 0, "FILE", TD_ARG_FILE, "", TD_IN_BA, "table made by `tidings ontology --compile', instead of the installed one") \
	X(TD_OPT_KB, "kb", 0, "FILE", TD_ARG_FILE, "", TD_IN_BA, \
	  "knowledge base made by `tidings kb build', besides the installed one; may be given several times, later ones win ties") \
	X(TD_OPT_NO_DEFAULT_KB, "no-default-kb", 0, NULL, TD_ARG_NONE, "", TD_IN_BA, "leave the installed knowledge base out") \
	X(TD_OPT_LANGUAGE, "language", 0, "TAGS", TD_ARG_TEXT, "", TD_IN_K, \
	  "languages of the names taken from RDF, best first, as in en,de; * is any. By default en; names without a language count behind them") \
	X(TD_OPT_POPULARITY, "popularity", 0, "IRI", TD_ARG_IRI, "", TD_IN_K, \
	  "property whose number tells how well known a thing is; by default its number of statements") \
	X(TD_OPT_KB_MEMORY, "memory", 0, "MB", TD_ARG_NUMBER, "1..1000000", TD_IN_K, \
	  "memory for sorting RDF, whatever its size; 256 by default. What does not fit goes to temporary files beside the -o FILE") \
	X(TD_OPT_TIMING, "timing", 0, NULL, TD_ARG_NONE, "", TD_IN_BA, "at the end, say on standard error what time each stage took") \
	X(TD_OPT_QUIET, "quiet", 'q', NULL, TD_ARG_NONE, "", TD_IN_BAU | TD_IN_K | TD_IN_M, "no progress and no summary; errors are still reported") \
	X(TD_OPT_VERBOSE, "verbose", 'v', NULL, TD_ARG_NONE, "", TD_IN_BAU, "a line on standard error for each document") \
	X(TD_OPT_HELP, "help", 'h', NULL, TD_ARG_NONE, "", TD_IN_ALL, "print this help") \
	X(TD_OPT_VERSION, "version", 0, NULL, TD_ARG_NONE, "", TD_IN_ALL, "print the version") \
	X(TD_OPT_MAN, "man", 0, NULL, TD_ARG_NONE, "", TD_IN_ALL, "") \
	X(TD_OPT_COMPLETION, "completion", 0, NULL, TD_ARG_NONE, "", TD_IN_ALL, "")

typedef enum {
#define TD_OPTION_ENUM(id, name, letter, arg, kind, spec, commands, help) id,
	TD_OPTION_MAP(TD_OPTION_ENUM)
#undef TD_OPTION_ENUM
	TD_OPT_COUNT
} td_option_id;

typedef struct {
	const char *name, *arg, *spec, *help;
	char letter;
	uint8_t kind;      /* td_arg_kind */
	uint32_t commands; /* set of TD_IN_… */
} td_option;

typedef struct {
	const char *name, *operands, *line;
} td_command_row;

extern const td_option td_options[TD_OPT_COUNT];
extern const td_command_row td_commands[TD_CMD_COUNT];
extern const char *const td_command_about[TD_CMD_COUNT]; /* what each does, in some sentences */

enum { TD_MAX_KBS = 32 };

/* What the user asked for. Everything points into argv. */
typedef struct {
	td_command command;
	bool named;                      /* the command was written, not taken for granted */
	const char *value[TD_OPT_COUNT]; /* NULL: not given; "": a flag that was */
	const char *kbs[TD_MAX_KBS];     /* each --kb */
	size_t n_kbs;
	char **rest;
	size_t n_rest;
} td_args;

/* Reads a command line (argv as main gets it; it may be reordered) and checks each argument. TD_ERR_USAGE says what is
 * wrong and what comes nearest. Not for several threads at once: getopt_long keeps global state. */
td_status td_args_parse(int argc, char **argv, td_args *out, td_error *err);
/* A number that td_args_parse has checked, or `otherwise` when the option was not given. */
unsigned long td_args_number(const td_args *args, td_option_id option, unsigned long otherwise);

void td_help_print(const td_args *args, td_buf *out); /* of the command, or of the program when none was named */
void td_man_print(td_buf *out);                       /* manual page, roff */
void td_completion_print(td_buf *out);                /* script for bash */

#endif
