/* Large dumps in little memory, damage in large files, killed builds; several files as one. */
#include "kb_dump.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(little_memory_gives_the_same_bytes),
		cmocka_unit_test(damage_in_a_large_file_is_seen_where_it_is),
		cmocka_unit_test(whoever_is_killed_leaves_nothing),
		cmocka_unit_test(several_files_are_one),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
