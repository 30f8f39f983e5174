/* A knowledge base of the user out of RDF: what is taken, in what memory, and that nothing half made is left. */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "kg/kb.h"
#include "lib/kb_import.h"
#include "rdf/rdf.h"

#define LABEL "<http://www.w3.org/2000/01/rdf-schema#label>"
#define ALT "<http://www.w3.org/2004/02/skos/core#altLabel>"
#define TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define SAME "<http://www.w3.org/2002/07/owl#sameAs>"
#define P31 "<http://www.wikidata.org/prop/direct/P31>"
#define WD "http://www.wikidata.org/entity/"

static char folder[64];

static const char *path_of(const char *name)
{
	static char paths[4][128];
	static unsigned next;
	char *path = paths[next++ % 4];
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	gzFile file = gzopen(path_of(name), strstr(name, ".gz") ? "wb" : "wbT");
	assert_non_null(file);
	assert_int_equal(gzwrite(file, text, (unsigned)strlen(text)), (int)strlen(text));
	assert_int_equal(gzclose(file), Z_OK);
}

static td_status import(const char *name, const td_kb_import_options *options, td_kb_import_stats *stats, td_error *err)
{
	static const td_kb_import_options plain;
	char in[128], out[128], *files[] = { in };
	snprintf(in, sizeof in, "%s", path_of(name));
	snprintf(out, sizeof out, "%s", path_of("out.tdk"));
	return td_kb_import(files, 1, out, options ? options : &plain, stats, err);
}

static td_kb *open_out(void)
{
	td_kb *kb = NULL;
	td_error err = { 0 };
	if (td_kb_open(path_of("out.tdk"), &kb, &err) != TD_OK) fail_msg("%s", err.text);
	return kb;
}

static td_kb *made_of(const char *name, const char *text, const td_kb_import_options *options)
{
	td_kb_import_stats stats;
	td_error err = { 0 };
	put(name, text);
	if (import(name, options, &stats, &err) != TD_OK) fail_msg("%s", err.text);
	return open_out();
}

static uint32_t find(const td_kb *kb, const char *name, td_kb_candidate *out)
{
	td_arena arena;
	td_arena_init(&arena);
	uint32_t n = td_kb_find(kb, td_fold(&arena, td_str_of(name)), out, 8);
	td_arena_free(&arena);
	return n;
}

/* The first candidate of a name; the test fails when there is none. */
static td_kb_entry first_of(const td_kb *kb, const char *name)
{
	td_kb_candidate found[8];
	if (find(kb, name, found) == 0) fail_msg("%s: not found", name);
	return td_kb_get(kb, found[0].entry);
}

static void assert_str(td_str got, const char *wanted)
{
	if (!td_str_eq(got, td_str_of(wanted))) fail_msg("\"" TD_STR_FMT "\" instead of \"%s\"", TD_STR_ARG(got), wanted);
}

/* ---- what is taken ---- */

static const char names[] =
	"<http://x/1> " LABEL " \"Grosse Firma\"@de .\n"
	"<http://x/1> " LABEL " \"Big Company\"@en .\n"
	"<http://x/1> " LABEL " \"Large Company\"@en-GB .\n"
	"<http://x/1> " ALT " \"BigCo\" .\n"
	"<http://x/1> " ALT " \"BigCo\" .\n"
	"<http://x/1> " ALT " \"Grossfirma\"@de .\n"
	"<http://x/1> " TYPE " <http://schema.org/Organization> .\n"
	"<http://x/2> " LABEL " \"Ohne Namen\"@de .\n"
	"<http://x/3> " LABEL " \"Some Word\" .\n"
	"<http://x/3> " TYPE " <http://www.w3.org/2004/02/skos/core#ConceptScheme> .\n"
	"_:b " LABEL " \"Nobody\" .\n"
	"<http://x/4> " LABEL " <http://x/5> .\n"
	"<http://x/6> " LABEL " \"Jane Roe\"@en .\n"
	"<http://x/6> <http://schema.org/birthDate> \"1970\" .\n"
	"<http://x/6> <http://schema.org/gender> \"female\" .\n";

static void labels_aliases_and_classes_are_taken(void **state)
{
	td_kb_candidate found[8];
	(void)state;
	td_kb *kb = made_of("a.nt", names, NULL);
	assert_int_equal(td_kb_count(kb), 2);
	td_kb_entry e = first_of(kb, "BigCo");
	assert_str(e.key, "http://x/1");
	assert_str(e.iri, "http://x/1");
	assert_str(e.label, "Big Company");
	assert_str(e.wikidata, "");
	assert_int_equal(e.cls, TD_ORGANIZATION);
	assert_str(first_of(kb, "the large company").key, "http://x/1");
	assert_int_equal(find(kb, "Big Company", found), 1);
	assert_true(found[0].primary && found[0].prior > 0.99f);
	assert_int_equal(find(kb, "Grossfirma", found), 0);
	assert_int_equal(find(kb, "Some Word", found), 0);
	assert_int_equal(find(kb, "Nobody", found), 0);
	e = first_of(kb, "Jane Roe");
	assert_int_equal(e.cls, TD_PERSON);
	assert_int_equal(e.gender, TD_FEMALE);
	td_kb_close(kb);
}

static void languages_are_the_users_choice(void **state)
{
	td_kb_import_options options = { .dump = { .languages = "de,en" } };
	td_kb_import_stats stats;
	td_error err = { 0 };
	(void)state;
	td_kb *kb = made_of("a.nt", names, &options);
	assert_int_equal(td_kb_count(kb), 3);
	assert_str(first_of(kb, "Big Company").label, "Grosse Firma");
	assert_str(first_of(kb, "Grossfirma").key, "http://x/1");
	td_kb_close(kb);
	options.dump.languages = "*";
	kb = made_of("a.nt", "<http://x/1> " LABEL " \"Grande\"@fr .\n", &options);
	assert_int_equal(td_kb_count(kb), 1);
	td_kb_close(kb);
	options.dump.languages = "not a tag";
	assert_int_equal(import("a.nt", &options, &stats, &err), TD_ERR_USAGE);
}

static void wikidata_and_dbpedia_have_their_own_keys(void **state)
{
	static const char text[] =
		"<" WD "Q42> " LABEL " \"Douglas Adams\"@en .\n"
		"<" WD "Q42> " P31 " <" WD "Q5> .\n"
		"<https://en.wikipedia.org/wiki/Douglas_Adams> <http://schema.org/about> <" WD "Q42> .\n"
		"<" WD "P31> " LABEL " \"instance of\"@en .\n"
		"<" WD "Q1> " LABEL " \"Mercury\"@en .\n"
		"<" WD "Q1> " P31 " <" WD "Q4167410> .\n"
		"<http://dbpedia.org/resource/Towel> " LABEL " \"Towel\"@en .\n"
		"<http://x/adams> " ALT " \"Our Douglas\" .\n"
		"<http://x/adams> " SAME " <" WD "Q42> .\n"
		"<http://x/towel> " SAME " <http://dbpedia.org/resource/Towel> .\n"
		"<http://x/towel> " ALT " \"Wiping Cloth\" .\n"
		"<http://dbpedia.org/resource/Fish> " LABEL " \"Babel fish\"@en .\n"
		"<http://dbpedia.org/resource/Fish> " SAME " <" WD "Q99> .\n";
	td_kb_candidate found[8];
	(void)state;
	td_kb *kb = made_of("a.nt", text, NULL);
	assert_int_equal(td_kb_count(kb), 3);
	td_kb_entry e = first_of(kb, "Our Douglas");
	assert_str(e.wikidata, "Q42");
	assert_str(e.dbpedia, "Douglas_Adams");
	assert_str(e.iri, "http://x/adams");
	assert_str(e.label, "Douglas Adams");
	assert_int_equal(e.cls, TD_PERSON);
	e = first_of(kb, "wiping cloth");
	assert_str(e.key, "dbr:Towel");
	assert_str(e.dbpedia, "Towel");
	assert_str(e.iri, "http://x/towel");
	e = first_of(kb, "babel fish");
	assert_str(e.key, "Q99");
	assert_str(e.dbpedia, "Fish");
	assert_int_equal(find(kb, "instance of", found), 0);
	assert_int_equal(find(kb, "Mercury", found), 0);
	td_kb_close(kb);
}

static void the_better_known_of_two_comes_first(void **state)
{
	static const char text[] =
		"<http://x/small> " LABEL " \"Springfield\" .\n<http://x/small> <http://x/people> \"200\" .\n"
		"<http://x/small> <http://x/p> \"1\" .\n<http://x/small> <http://x/p> \"2\" .\n<http://x/small> <http://x/p> \"3\" .\n"
		"<http://x/large> " LABEL " \"Springfield\" .\n<http://x/large> <http://x/people> \"100000\" .\n";
	td_kb_import_options options = { .dump = { .popularity = "http://x/people" } };
	(void)state;
	td_kb *kb = made_of("a.nt", text, NULL);
	assert_str(first_of(kb, "Springfield").key, "http://x/small");
	td_kb_close(kb);
	kb = made_of("a.nt", text, &options);
	assert_str(first_of(kb, "Springfield").key, "http://x/large");
	td_kb_candidate found[8];
	assert_int_equal(find(kb, "Springfield", found), 2);
	assert_true(found[0].prior > 0.9f && found[1].prior < 0.1f);
	td_kb_close(kb);
}

static void statements_of_one_thing_need_not_stand_together(void **state)
{
	static const char text[] =
		"<http://x/1> " ALT " \"Alpha\" .\n<http://x/2> " LABEL " \"Two\" .\n<http://x/1> " LABEL " \"One\" .\n"
		"<http://x/2> " ALT " \"Alpha\" .\n<http://x/1> " TYPE " <http://schema.org/Place> .\n<http://x/1> <http://x/p> \"1\" .\n";
	(void)state;
	td_kb *kb = made_of("a.nt", text, NULL);
	assert_int_equal(td_kb_count(kb), 2);
	assert_str(first_of(kb, "Alpha").label, "One"); /* four statements to two */
	assert_int_equal(first_of(kb, "One").cls, TD_PLACE);
	td_kb_close(kb);
}

/* ---- syntaxes ---- */

static void every_syntax_gives_the_same(void **state)
{
	static const char turtle[] = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
		"<http://x/1> a <http://schema.org/Place> ; skos:prefLabel \"Tr\xc3\xa4umstadt\"@en ; skos:altLabel \"Dream Town\"@en .\n";
	static const char lines[] = "<http://x/1> " TYPE " <http://schema.org/Place> .\n"
		"<http://x/1> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Tr\\u00E4umstadt\"@en .\n"
		"<http://x/1> " ALT " \"Dream Town\"@en .\n";
	static const char *const files[] = { "a.nt", "a.nt.gz", "a.nq", "a.ttl", "lines.ttl", "lines.ttl.gz" };
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		td_kb *kb = made_of(files[i], strcmp(files[i], "a.ttl") == 0 ? turtle : lines, NULL);
		assert_str(first_of(kb, "dream town").label, "Tr\xc3\xa4umstadt");
		assert_int_equal(first_of(kb, "traumstadt").cls, TD_PLACE);
		td_kb_close(kb);
	}
	td_kb_import_stats stats;
	td_error err = { 0 };
	put("a.ttl.gz", turtle);
	assert_int_equal(import("a.ttl.gz", NULL, &stats, &err), TD_ERR_UNSUPPORTED);
	assert_non_null(strstr(err.text, "unpack it first"));
	td_rdf_end();
}

static char told[512];
static void on_bad(void *context, const char *path, const td_error *why)
{
	(void)context;
	(void)path;
	snprintf(told, sizeof told, "%s", why->text);
}

static void bad_lines_are_told_counted_and_left_out(void **state)
{
	td_kb_import_options options = { .bad = on_bad };
	td_kb_import_stats stats;
	td_error err = { 0 };
	(void)state;
	put("a.nt", "<http://x/1> " LABEL " \"One\" .\n<http://x/1> " LABEL " \"Un .\n<http://x/1> " ALT " \"Uno\" .\n");
	assert_int_equal(import("a.nt", &options, &stats, &err), TD_OK);
	assert_int_equal(stats.failed, 1);
	assert_int_equal(stats.dump.triples, 2);
	assert_non_null(strstr(told, "a.nt:2: a literal without its end"));
}

/* ---- what goes wrong ---- */

static unsigned files_in_folder(void)
{
	unsigned n = 0;
	DIR *dir = opendir(folder);
	assert_non_null(dir);
	for (const struct dirent *e; (e = readdir(dir)) != NULL;) n += e->d_name[0] != '.';
	assert_int_equal(closedir(dir), 0);
	return n;
}

static void failures_leave_the_old_file_and_nothing_else(void **state)
{
	static const char *const bad[] = { "", "nonsense\n", "<http://x/1> <http://x/p> \"no name\" .\n" };
	td_kb_import_stats stats;
	td_error err = { 0 };
	(void)state;
	td_kb_close(made_of("a.nt", names, NULL));
	unsigned before = files_in_folder();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		put("a.nt", bad[i]);
		assert_int_not_equal(import("a.nt", NULL, &stats, &err), TD_OK);
		assert_int_equal(files_in_folder(), before);
		td_kb *kb = open_out();
		assert_int_equal(td_kb_count(kb), 2);
		td_kb_close(kb);
	}
	assert_int_equal(import("nothing.nt", NULL, &stats, &err), TD_ERR_IO);
	assert_non_null(strstr(err.text, "nothing.nt"));
}

static void no_allocation_may_fail_unseen(void **state)
{
	td_kb_import_stats stats;
	td_error err = { 0 };
	unsigned refused = 0;
	(void)state;
	put("a.nt", names);
	for (uint64_t nth = 1; nth <= 200; nth++) {
		td_alloc_fail_at(nth);
		td_status status = import("a.nt", NULL, &stats, &err);
		td_alloc_fail_at(0);
		/* a temporary file may be made in another way then */
		assert_true(status == TD_OK || status == TD_ERR_MEMORY || status == TD_ERR_IO);
		refused += status != TD_OK;
		td_kb *kb = open_out();
		assert_int_equal(td_kb_count(kb), 2);
		td_kb_close(kb);
	}
	assert_true(refused > 20);
}

/* ---- memory ---- */

enum { MANY = 70000 };

/* Things in an order of their own, each with its statements at three places of the file. */
static void put_many(const char *name, unsigned n)
{
	FILE *file = fopen(path_of(name), "wb");
	assert_non_null(file);
	for (unsigned part = 0; part < 3; part++)
		for (unsigned i = 0, k = 1; i < n; i++, k = (k * 48271u) % 2147483647u) {
			unsigned id = part == 1 ? n - 1 - i : i;
			if (part == 0) fprintf(file, "<http://data.example.org/a/long/way/to/%u> " LABEL " \"Thing %u of many\"@en .\n", id * 7919 % 1000003, id);
			if (part == 1) fprintf(file, "<http://data.example.org/a/long/way/to/%u> " ALT " \"Nickname %u\" .\n", id * 7919 % 1000003, id / 3);
			if (part == 2 && k % 5 == 0)
				fprintf(file, "<http://data.example.org/a/long/way/to/%u> " SAME " <" WD "Q%u> .\n", id * 7919 % 1000003, id + 1);
		}
	assert_int_equal(fclose(file), 0);
}

static char *all_of(const char *name, size_t *n)
{
	struct stat st;
	assert_int_equal(stat(path_of(name), &st), 0);
	char *bytes = malloc((size_t)st.st_size + 1);
	FILE *file = fopen(path_of(name), "rb");
	assert_non_null(bytes);
	assert_non_null(file);
	*n = fread(bytes, 1, (size_t)st.st_size, file);
	assert_int_equal(*n, st.st_size);
	assert_int_equal(fclose(file), 0);
	return bytes;
}

static void little_memory_gives_the_same_bytes(void **state)
{
	static const size_t memories[] = { 256u << 20, 4u << 20, TD_KB_DUMP_MIN_MEMORY };
	td_kb_import_stats stats;
	td_error err = { 0 };
	char *first = NULL;
	size_t n_first = 0, n;
	(void)state;
	put_many("many.nt", MANY);
	for (size_t i = 0; i < sizeof memories / sizeof *memories; i++) {
		td_kb_import_options options = { .dump = { .memory = memories[i] } };
		if (import("many.nt", &options, &stats, &err) != TD_OK) fail_msg("%s", err.text);
		assert_int_equal(stats.dump.entities, MANY);
		char *bytes = all_of("out.tdk", &n);
		if (i == 0) first = bytes, n_first = n;
		assert_int_equal(n, n_first);
		assert_memory_equal(bytes, first, n);
		if (i > 0) free(bytes);
	}
	free(first);
	td_kb *kb = open_out();
	for (unsigned i = 0; i < MANY; i += 997) {
		char name[64];
		td_kb_candidate found[8];
		snprintf(name, sizeof name, "thing %u of many", i);
		assert_int_equal(find(kb, name, found), 1);
		snprintf(name, sizeof name, "Nickname %u", i / 3);
		assert_int_equal(find(kb, name, found), i / 3 == (MANY - 1) / 3 ? (MANY - 1) % 3 + 1 : 3);
		assert_int_equal(td_kb_by_key(kb, td_kb_get(kb, i).key), i);
	}
	assert_false(td_kb_damaged(kb));
	td_kb_close(kb);
}

/* A large file is opened without being read; what is damaged in it is not found, and told. */
static void damage_in_a_large_file_is_seen_where_it_is(void **state)
{
	size_t n;
	td_kb_candidate found[8];
	(void)state;
	char *bytes = all_of("out.tdk", &n); /* of the test before */
	assert_true(n > 8u << 20);
	const char *name = "thing 4242 of many";
	char *at = bytes;
	while ((at = memchr(at, name[0], (size_t)(bytes + n - at))) != NULL && memcmp(at, name, strlen(name)) != 0) at++;
	assert_non_null(at);
	FILE *file = fopen(path_of("out.tdk"), "r+b");
	assert_non_null(file);
	assert_int_equal(fseek(file, at - bytes, SEEK_SET), 0);
	assert_int_equal(fputc('T', file), 'T');
	assert_int_equal(fclose(file), 0);
	free(bytes);
	td_kb *kb = open_out();
	assert_false(td_kb_damaged(kb));
	assert_int_equal(find(kb, "thing 4242 of many", found), 0);
	assert_true(td_kb_damaged(kb));
	td_kb_close(kb);
	/* the table of checksums and the header are checked at once */
	assert_int_equal(truncate(path_of("out.tdk"), (off_t)n - 4), 0);
	td_error err = { 0 };
	assert_int_equal(td_kb_open(path_of("out.tdk"), &kb, &err), TD_ERR_DATA);
}

static void die(void *context, const char *phase, uint64_t done)
{
	(void)done;
	if (strcmp(phase, context) == 0) (void)raise(SIGKILL);
}

static void die_reading(void *context, const char *path, uint64_t bytes, uint64_t total)
{
	(void)context;
	(void)path;
	(void)total;
	if (bytes) (void)raise(SIGKILL);
}

static void whoever_is_killed_leaves_nothing(void **state)
{
	static char *const phases[] = { "reading", "sorting", "naming", "writing" };
	(void)state;
	(void)remove(path_of("out.tdk"));
	unsigned before = files_in_folder();
	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			td_kb_import_stats stats;
			td_kb_import_options options = { .dump = { .memory = 1 << 20, .step = die, .context = phases[i] }, .step = i ? NULL : die_reading };
			(void)import("many.nt", &options, &stats, NULL);
			_exit(0);
		}
		int how;
		assert_int_equal(waitpid(child, &how, 0), child);
		assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
		assert_int_equal(files_in_folder(), before);
	}
}

/* ---- several ---- */

static void several_files_are_one(void **state)
{
	static const char world[] =
		"<" WD "Q64> " LABEL " \"Berlin\"@en .\n<" WD "Q64> <http://x/p> \"1\" .\n<" WD "Q64> " TYPE " <http://schema.org/Place> .\n"
		"<" WD "Q567> " LABEL " \"Angela Merkel\"@en .\n<https://en.wikipedia.org/wiki/Angela_Merkel> <http://schema.org/about> <" WD "Q567> .\n";
	static const char own[] =
		"<http://x/berlin> " LABEL " \"Berlin\"@en .\n<http://x/berlin> " TYPE " <http://schema.org/Organization> .\n"
		"<http://x/berlin> <http://x/p> \"1\" .\n"
		"<http://x/am> " LABEL " \"Our Chancellor\"@en .\n<http://x/am> " SAME " <" WD "Q567> .\n"
		"<http://dbpedia.org/resource/Angela_Merkel> " LABEL " \"Mutti\"@en .\n";
	char first[128], second[128];
	const char *const paths[] = { first, second };
	td_kb_candidate found[8];
	td_error err = { 0 };
	td_kb *kb;
	(void)state;
	snprintf(first, sizeof first, "%s", path_of("first.tdk"));
	snprintf(second, sizeof second, "%s", path_of("second.tdk"));
	td_kb_close(made_of("a.nt", world, NULL));
	assert_int_equal(rename(path_of("out.tdk"), first), 0);
	td_kb_close(made_of("a.nt", own, NULL));
	assert_int_equal(rename(path_of("out.tdk"), second), 0);
	assert_int_equal(td_kb_open_all(paths, 2, &kb, &err), TD_OK);
	assert_int_equal(td_kb_count(kb), 5);

	assert_int_equal(find(kb, "Berlin", found), 2); /* equally known: the later file wins */
	assert_str(td_kb_get(kb, found[0].entry).key, "http://x/berlin");
	assert_str(td_kb_get(kb, found[1].entry).key, "Q64");
	assert_true(found[0].prior < 0.6f && found[1].prior < 0.6f);

	uint32_t merkel = td_kb_by_key(kb, TD_STR("Q567"));
	static const char *const hers[] = { "Angela Merkel", "Our Chancellor", "Mutti" };
	for (size_t i = 0; i < sizeof hers / sizeof *hers; i++) {
		assert_int_equal(find(kb, hers[i], found), 1);
		assert_int_equal(found[0].entry, merkel);
	}
	assert_str(td_kb_iri(kb, merkel), "http://x/am");
	assert_str(td_kb_iri(kb, td_kb_by_key(kb, TD_STR("Q64"))), "");
	assert_str(td_kb_get(kb, 5).key, "");
	td_kb_close(kb);
	assert_int_equal(td_kb_open_all(paths, 0, &kb, &err), TD_ERR_LIMIT);
	(void)remove(first);
	(void)remove(second);
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/tidings-dump-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const files[] = { "a.nt", "a.nt.gz", "a.nq", "a.ttl", "a.ttl.gz", "lines.ttl", "lines.ttl.gz", "many.nt", "out.tdk" };
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) (void)remove(path_of(files[i]));
	return rmdir(folder); /* fails when anything else was left */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_aliases_and_classes_are_taken),
		cmocka_unit_test(languages_are_the_users_choice),
		cmocka_unit_test(wikidata_and_dbpedia_have_their_own_keys),
		cmocka_unit_test(the_better_known_of_two_comes_first),
		cmocka_unit_test(statements_of_one_thing_need_not_stand_together),
		cmocka_unit_test(every_syntax_gives_the_same),
		cmocka_unit_test(bad_lines_are_told_counted_and_left_out),
		cmocka_unit_test(failures_leave_the_old_file_and_nothing_else),
		cmocka_unit_test(no_allocation_may_fail_unseen),
		cmocka_unit_test(little_memory_gives_the_same_bytes),
		cmocka_unit_test(damage_in_a_large_file_is_seen_where_it_is),
		cmocka_unit_test(whoever_is_killed_leaves_nothing),
		cmocka_unit_test(several_files_are_one),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
