/* Semantic roles: what is read off trees made by hand, one role a core argument, asked-for predicates, crowded trees, damaged files. */
#include "check.h"
#include "tree_doc.h"

#include <stdlib.h>
#include <unistd.h>

#include "nlp/srl_impl.h"

static const char model_path[] = "src/model/srl.tdm";
static td_srl_model *model;

static void roles_of(td_doc *doc, const char *want)
{
	char got[256] = "";
	td_error err = { 0 };
	if (td_srl_run(model, doc, &err) != TD_OK) fail_msg("%s", err.text);
	for (uint32_t i = 0; i < doc->srl.n; i++) {
		const td_srl *a = &doc->srl.at[i];
		size_t n = strlen(got);
		snprintf(got + n, sizeof got - n, "%s%s %s %.*s", n ? "; " : "", doc->toks.at[a->pred].form.at, td_srl_role_text(a->role),
			TD_STR_ARG(doc->toks.at[a->tok].form));
		assert_true(a->score > 0 && a->score <= 1);
	}
	assert_string_equal(got, want);
}

static void check_tree(const char *rows, const char *want)
{
	td_doc doc;
	tree_doc(&doc, rows);
	roles_of(&doc, want);
	td_doc_free(&doc);
}

static void trees(void **state)
{
	(void)state;
	check_tree("1 Rebels rebel NOUN NNS 2 nsubj\n2 attacked attack VERB VBD 0 root\n3 the the DET DT 4 det\n4 city city NOUN NN 2 obj\n"
		"5 yesterday yesterday NOUN NN 2 obl:unmarked\n", "attacked ARG0 Rebels; attacked ARG1 city; attacked ARGM-TMP yesterday");
	check_tree("1 It it PRON PRP 4 nsubj:pass\n2 was be AUX VBD 4 aux:pass\n3 not not PART RB 4 advmod\n4 attacked attack VERB VBN 0 root\n"
		"5 by by ADP IN 6 case\n6 rebels rebel NOUN NNS 4 obl:agent\n",
		"attacked ARG1 It; attacked ARGM-NEG not; attacked ARG0 rebels");
	/* The subject of "wants" leaves, and who "killed" the son stands outside of its clause. */
	check_tree("1 She she PRON PRP 2 nsubj\n2 wants want VERB VBZ 0 root\n3 to to PART TO 4 mark\n4 leave leave VERB VB 2 xcomp\n",
		"wants ARG0 She; wants ARG1 leave; leave ARG0 She");
	check_tree("1 rebels rebel NOUN NNS 0 root\n2 who who PRON WP 3 nsubj\n3 killed kill VERB VBD 1 acl:relcl\n4 him he PRON PRP 3 obj\n",
		"killed ARG0 rebels; killed ARG1 him");
	check_tree("1 Hello hello INTJ UH 0 root\n", "");
}

static void asked_for(void **state)
{
	(void)state;
	static const char conllu[] = "1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\twants\twant\tVERB\tVBZ\t_\t0\troot\t_\t_\n"
		"3\tto\tto\tPART\tTO\t_\t4\tmark\t_\t_\n4\tleave\tleave\tVERB\tVB\t_\t2\txcomp\t_\tPred=Yes|SpaceAfter=No\n\n";
	td_doc doc;
	td_error err = { 0 };
	td_buf out = { 0 };
	td_doc_init(&doc);
	assert_int_equal(td_conllu_read(&doc, td_str_of(conllu), true, &err), TD_OK);
	assert_int_equal(doc.preds.n, 1);
	roles_of(&doc, "leave ARG0 She");
	assert_int_equal(td_conllu_write(&doc, &out, &err), TD_OK);
	td_buf_char(&out, 0);
	assert_non_null(strstr(out.at, "4\tleave"));
	assert_non_null(strstr(strstr(out.at, "4\tleave"), "|SRL=ARG0:1\n"));
	out.n = 0;
	assert_int_equal(td_json_write(&doc, &out, &err), TD_OK);
	td_buf_char(&out, 0);
	assert_non_null(strstr(out.at, "{\"predicate\":3,\"token\":0,\"role\":\"ARG0\",\"score\":"));
	td_buf_free(&out);
	td_doc_free(&doc);
}

static void one_role_each(void **state)
{
	(void)state;
	static const uint8_t label[] = { TD_SRL_NONE, TD_SRL_ARG0, TD_SRL_ARG1, TD_SRL_TMP };
	uint8_t role[4];
	float score[4][4] = { { 0, .6f, .3f, .1f }, { 0, .8f, .2f, 0 }, { .1f, .3f, .4f, .2f }, { .1f, 0, 0, .9f } };
	srl_assign(&score[0][0], 4, 4, label, role);
	/* The second is the surest ARG0, so the first goes on to ARG1, from where the third drives it. */
	const uint8_t want[] = { 3, 1, 2, 3 };
	assert_memory_equal(role, want, sizeof want);
	float same[3][4] = { { 0, 1, 0, 0 }, { 0, 1, 0, 0 }, { 0, 1, 0, 0 } };
	srl_assign(&same[0][0], 3, 4, label, role);
	assert_int_equal(role[0], 1);
	assert_int_equal((role[1] == 1) + (role[2] == 1), 0);
}

/* More children than candidates fit, and a chain as long as a sentence may be. */
static void crowds(void **state)
{
	(void)state;
	for (int chain = 0; chain < 2; chain++) {
		td_buf rows = { 0 };
		td_doc doc;
		td_error err = { 0 };
		td_buf_printf(&rows, "1 say say VERB VB 0 root\n");
		for (int i = 2; i <= TD_MAX_SENT_TOKENS; i++) td_buf_printf(&rows, "%d say say VERB VB %d conj\n", i, chain ? i - 1 : 1);
		td_buf_char(&rows, 0);
		tree_doc(&doc, rows.at);
		assert_int_equal(td_srl_run(model, &doc, &err), TD_OK);
		for (uint32_t i = 1; i < doc.srl.n; i++) {
			const td_srl *a = &doc.srl.at[i - 1], *b = a + 1;
			assert_true(a->pred < b->pred || (a->pred == b->pred && a->tok < b->tok));
		}
		srl_predicate pred;
		srl_candidate cand[SRL_CANDIDATES];
		srl_see_predicate(&doc, 0, &pred);
		assert_in_range(srl_candidates(&doc, &pred, NULL, cand), 1, SRL_CANDIDATES);
		td_buf_free(&rows);
		td_doc_free(&doc);
	}
}

/* ---- files ---- */

static td_status open_bytes(const char *bytes, size_t n, td_error *err)
{
	char path[] = "/tmp/td-srl-XXXXXX";
	td_srl_model *other;
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	td_status status = td_srl_open(path, &other, err);
	assert_true((other != NULL) == (status == TD_OK));
	td_srl_close(other);
	unlink(path);
	return status;
}

static void seal(char *bytes, size_t n)
{
	uint32_t crc = td_crc32((td_str){ bytes + 12, n - 12 });
	memcpy(bytes + 8, &crc, sizeof crc);
}

/* Overwrites 4 bytes at the start of a section or of its shape, with a right checksum; the file must be refused. */
static void forged(td_str good, const char *name, bool shape, uint32_t value)
{
	td_error err = { 0 };
	td_model_file file;
	const td_section *s = NULL;
	char *bytes = malloc(good.n);
	assert_non_null(bytes);
	memcpy(bytes, good.at, good.n);
	assert_int_equal(td_model_check(good, &file, &err), TD_OK);
	for (uint32_t i = 0; i < file.n; i++)
		if (strcmp(file.sections[i].name, name) == 0) s = &file.sections[i];
	assert_non_null(s);
	size_t at = shape ? (size_t)((const char *)s - good.at) + offsetof(td_section, shape) : (size_t)s->offset;
	memcpy(bytes + at, &value, sizeof value);
	seal(bytes, good.n);
	assert_int_equal(open_bytes(bytes, good.n, &err), TD_ERR_DATA);
	free(bytes);
}

static void files(void **state)
{
	(void)state;
	td_mapped map;
	td_error err = { 0 };
	assert_int_equal(td_map_file(model_path, &map, &err), TD_OK);
	td_str good = map.bytes;
	assert_int_equal(open_bytes(good.at, good.n, &err), TD_OK);
	assert_int_equal(open_bytes(good.at, good.n - 1, &err), TD_ERR_DATA);
	assert_int_equal(open_bytes(good.at, 20, &err), TD_ERR_DATA);
	char *bad = malloc(good.n);
	assert_non_null(bad);
	memcpy(bad, good.at, good.n);
	bad[good.n / 2] ^= 1;
	assert_int_equal(open_bytes(bad, good.n, &err), TD_ERR_DATA);
	free(bad);
	forged(good, "feature", false, 0x0001ffff); /* a row that is not there */
	forged(good, "role", false, 0x21212121);
	forged(good, "path", true, 3);
	forged(good, "row", true, 1);
	forged(good, "bias", true, SRL_HIDDEN / 2);
	td_unmap_file(&map);
	td_srl_model *none;
	assert_int_equal(td_srl_open("/nowhere/srl.tdm", &none, &err), TD_ERR_IO);
	assert_null(none);
}

static void no_memory(void **state)
{
	(void)state;
	td_srl_model *none;
	td_error err = { 0 };
	td_alloc_fail_at(1);
	assert_int_equal(td_srl_open(model_path, &none, &err), TD_ERR_MEMORY);
	td_alloc_fail_at(0);
	assert_null(none);
}

static int open_model(void **state)
{
	(void)state;
	return td_srl_open(model_path, &model, NULL) != TD_OK;
}

static int close_model(void **state)
{
	(void)state;
	td_srl_close(model);
	return 0;
}

int main(void)
{
	const struct CMUnitTest srl[] = {
		cmocka_unit_test(trees), cmocka_unit_test(asked_for), cmocka_unit_test(one_role_each), cmocka_unit_test(crowds),
		cmocka_unit_test(files), cmocka_unit_test(no_memory),
	};
	return cmocka_run_group_tests(srl, open_model, close_model);
}
