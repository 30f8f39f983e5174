/* usage: kblook FILE.tdk NAMES    Opens a knowledge base and looks names up, one a line in NAMES: milliseconds to open it, milliseconds of
 * the first look-up, look-ups a second the first time round and then. Fails when a name is not found. */
#include "kg/kb.h"

#include <time.h>

enum { ROUNDS = 5 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	td_kb *kb;
	td_error err;
	td_mapped file;
	td_arena arena;
	TD_ARRAY(td_str) names = { 0 };
	td_kb_candidate found[16];
	td_arena_init(&arena);
	if (argc != 3 || td_map_file(argv[2], &file, &err) != TD_OK) return 2;
	for (td_str rest = file.bytes; rest.n;) {
		td_str name = td_fold(&arena, td_str_cut(&rest, '\n'));
		if (!name.at || !TD_PUSH(&arena, &names, name)) return 2;
	}
	double start = now();
	if (td_kb_open(argv[1], &kb, &err) != TD_OK) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	double opened = now();
	uint64_t missing = names.n == 0 || td_kb_find(kb, names.at[0], found, 16) == 0;
	double first = now(), second = first;
	for (int round = 0; round < ROUNDS; round++) {
		if (round == 1) second = now();
		for (uint32_t i = 0; i < names.n; i++) missing += td_kb_find(kb, names.at[i], found, 16) == 0;
	}
	double end = now();
	printf("entries %u, opened in %.2f ms, first look-up %.2f ms, %u look-ups: %.0f a second the first time, then %.0f\n", td_kb_count(kb),
		(opened - start) * 1e3, (first - opened) * 1e3, names.n, names.n / (second - first), names.n * (ROUNDS - 1.0) / (end - second));
	if (missing || td_kb_damaged(kb)) fprintf(stderr, "%llu look-ups found nothing\n", (unsigned long long)missing);
	td_kb_close(kb);
	td_unmap_file(&file);
	td_arena_free(&arena);
	return missing != 0;
}
