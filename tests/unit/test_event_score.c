/* The probability of a trigger: what the weights say, what is dropped with what hangs on it, crowded trees, damaged files. */
#include "kg/event_score.h"
#include "nlp/net_file.h"
#include "tree_doc.h"

#include <stdlib.h>
#include <unistd.h>

static const char model_path[] = "src/model/event.tdm";
static const char table[] =
	"class\tEvent\tEvent\tevent\nclass\tConflict\tEvent\tconflict\nclass\tAttack\tConflict\tattack\nclass\tLife\tEvent\tlife\n"
	"class\tDeath\tLife\tdeath\nclass\tPromise\tEvent\tpromise\n"
	"sense\tlaunch\tVERB\tlight\tobj\tobj\t\t\nsense\tattack\tNOUN\tevent\tAttack\tposs:agent nsubj:agent nmod.on:patient\t\t\n"
	"sense\tkill\tVERB\tevent\tDeath\tnsubj:agent obj:patient\t\t\nsense\toffer\tVERB\tevent\tPromise\tnsubj:agent obj:topic\t\t\n";
static const char attack_and_death[] =
	"1 Rebels rebel NOUN NNS 2 nsubj\n2 launched launch VERB VBD 0 root\n3 an a DET DT 4 det\n4 attack attack NOUN NN 2 obj\n"
	"5 on on ADP IN 6 case\n6 Kabul Kabul PROPN NNP 4 nmod\n7 and and CCONJ CC 8 cc\n8 killed kill VERB VBD 2 conj\n9 Karzai Karzai PROPN NNP 8 obj\n";

static td_logistic *model;
static td_lexicon lexicon;

static void found(td_doc *doc, const char *rows, td_finds *finds)
{
	tree_doc(doc, rows);
	assert_int_equal(td_detect(doc, &lexicon, finds, NULL), TD_OK);
}

/* ---- a model of our own: every weight 0, so that all triggers score the same ---- */

static td_section *section(char *bytes, const char *name)
{
	td_section *at = (td_section *)(bytes + 32);
	while (strcmp(at->name, name) != 0) at++;
	return at;
}

static void seal(char *bytes, size_t n)
{
	uint32_t crc = td_crc32((td_str){ bytes + 12, n - 12 });
	memcpy(bytes + 8, &crc, sizeof crc);
}

static td_status open_bytes(const char *bytes, size_t n, td_logistic **out, td_error *err)
{
	char path[] = "/tmp/td-event-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	td_status status = td_event_model_open(path, out, err);
	assert_true((*out != NULL) == (status == TD_OK));
	unlink(path);
	return status;
}

static char *copy_of_model(size_t *n)
{
	td_mapped map;
	assert_int_equal(td_map_file(model_path, &map, NULL), TD_OK);
	char *bytes = malloc(*n = map.bytes.n);
	assert_non_null(bytes);
	memcpy(bytes, map.bytes.at, *n);
	td_unmap_file(&map);
	return bytes;
}

static td_logistic *flat(float bias, float least)
{
	size_t n;
	char *bytes = copy_of_model(&n);
	td_logistic *out;
	td_error err = { 0 };
	memset(bytes + section(bytes, "weight")->offset, 0, TD_EVENT_WEIGHTS);
	memcpy(bytes + section(bytes, "bias")->offset, &bias, sizeof bias);
	memcpy(bytes + section(bytes, "least")->offset, &least, sizeof least);
	seal(bytes, n);
	if (open_bytes(bytes, n, &out, &err) != TD_OK) fail_msg("%s", err.text);
	free(bytes);
	return out;
}

/* ---- scores ---- */

static void probability_is_the_events(void **state)
{
	(void)state;
	td_doc doc;
	td_logistic *even = flat(0, 0.4f);
	tree_doc(&doc, attack_and_death);
	assert_int_equal(td_events(&doc, &lexicon, even, NULL), TD_OK);
	assert_int_equal(doc.events.n, 2);
	for (uint32_t i = 0; i < 2; i++) assert_float_equal(doc.events.at[i].confidence, 0.5, 1e-6);
	assert_int_equal(td_events(&doc, &lexicon, NULL, NULL), TD_OK);
	assert_int_equal(doc.events.n, 2);
	assert_true(doc.events.at[0].confidence == 0); /* nobody was asked */
	td_logistic_close(even);
	td_doc_free(&doc);
}

static void what_is_unlikely_goes_with_its_light_verb(void **state)
{
	(void)state;
	td_doc doc;
	td_finds finds;
	td_logistic *strict = flat(0, 0.6f);
	found(&doc, attack_and_death, &finds);
	assert_int_equal(finds.found.n, 2);
	assert_int_equal(finds.event_at[1], 0); /* "launched" stands for the attack */
	assert_int_equal(td_event_score(&doc, &lexicon, strict, &finds, NULL), TD_OK);
	assert_int_equal(finds.found.n, 0);
	for (uint32_t t = 0; t < doc.toks.n; t++) assert_int_equal(finds.event_at[t], TD_NONE);
	td_logistic_close(strict);
	td_doc_free(&doc);
}

static void told_beats_general(void **state)
{
	(void)state;
	td_doc doc;
	td_finds finds;
	found(&doc, "1 Rebels rebel NOUN NNS 2 nsubj\n2 killed kill VERB VBD 0 root\n3 Karzai Karzai PROPN NNP 2 obj\n\n"
		"1 to to PART TO 2 mark\n2 kill kill VERB VB 3 csubj\n3 is be VERB VBZ 0 root\n4 wrong wrong ADJ JJ 3 xcomp\n", &finds);
	tree_entity(&doc, 2, TD_PERSON, TD_NAMED);
	assert_int_equal(finds.found.n, 2);
	assert_int_equal(td_event_score(&doc, &lexicon, model, &finds, NULL), TD_OK);
	assert_in_range(finds.found.n, 1, 2);
	assert_int_equal(finds.found.at[0].trigger, 1);
	if (finds.found.n == 2) assert_true(finds.found.at[0].score > finds.found.at[1].score);
	td_doc_free(&doc);
}

static void features_stay_in_the_table(void **state)
{
	(void)state;
	td_buf rows = { 0 };
	td_doc doc;
	td_finds finds;
	td_event_view view;
	uint32_t feature[TD_EVENT_FEATURES];
	td_buf_printf(&rows, "1 killed kill VERB VBD 0 root\n");
	for (int i = 2; i <= 200; i++) td_buf_printf(&rows, "%d big big ADJ JJ 1 amod\n", i);
	td_buf_char(&rows, 0);
	found(&doc, rows.at, &finds);
	assert_int_equal(finds.found.n, 1);
	assert_int_equal(td_event_view_make(&doc, &lexicon, &finds, &view, NULL), TD_OK);
	uint32_t n = td_event_features(&view, 0, feature);
	assert_int_equal(n, TD_EVENT_FEATURES);
	for (uint32_t i = 0; i < n; i++) assert_in_range(feature[i], 0, TD_EVENT_WEIGHTS - 1);
	td_buf_free(&rows);
	td_doc_free(&doc);
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	int failures = 0;
	for (uint64_t n = 1; n < 400; n++) {
		td_doc doc;
		tree_doc(&doc, attack_and_death);
		td_alloc_fail_at(n);
		td_status status = td_events(&doc, &lexicon, model, NULL);
		td_alloc_fail_at(0);
		td_doc_free(&doc);
		if (status == TD_OK) break;
		assert_int_equal(status, TD_ERR_MEMORY);
		failures++;
	}
	assert_true(failures > 0);
}

/* ---- files ---- */

static void refused(const char *name, bool shape, const void *value, size_t n_value)
{
	size_t n;
	char *bytes = copy_of_model(&n);
	td_logistic *out;
	td_section *s = section(bytes, name);
	memcpy(shape ? (char *)&s->shape : bytes + s->offset, value, n_value);
	seal(bytes, n);
	assert_int_equal(open_bytes(bytes, n, &out, NULL), TD_ERR_DATA);
	free(bytes);
}

static void damaged_files(void **state)
{
	(void)state;
	size_t n;
	char *bytes = copy_of_model(&n);
	td_logistic *out;
	const uint32_t fewer = TD_EVENT_WEIGHTS / 2, nan = 0x7fc00000;
	bytes[n / 2] ^= 1;
	assert_int_equal(open_bytes(bytes, n, &out, NULL), TD_ERR_DATA);
	assert_int_equal(open_bytes(bytes, n - 1, &out, NULL), TD_ERR_DATA);
	free(bytes);
	refused("weight", true, &fewer, sizeof fewer);
	refused("bias", false, &nan, sizeof nan);
	assert_int_equal(td_event_model_open("/nowhere/event.tdm", &out, NULL), TD_ERR_IO);
	assert_null(out);
	td_alloc_fail_at(1);
	assert_int_equal(td_event_model_open(model_path, &out, NULL), TD_ERR_MEMORY);
	td_alloc_fail_at(0);
}

static int open_all(void **state)
{
	(void)state;
	tree_lexicon(&lexicon, table);
	return td_event_model_open(model_path, &model, NULL) != TD_OK;
}

static int close_all(void **state)
{
	(void)state;
	td_logistic_close(model);
	td_lexicon_free(&lexicon);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probability_is_the_events), cmocka_unit_test(what_is_unlikely_goes_with_its_light_verb),
		cmocka_unit_test(told_beats_general), cmocka_unit_test(features_stay_in_the_table), cmocka_unit_test(any_allocation_may_fail),
		cmocka_unit_test(damaged_files),
	};
	return cmocka_run_group_tests_name("event_score", tests, open_all, close_all);
}
