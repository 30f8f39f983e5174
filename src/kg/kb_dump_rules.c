/* The table that tells what properties and classes of others mean. */
#include "kg/kb_dump_impl.h"

enum { MAX_RULES = 100000 };

TD_LABEL_CODE(td_rule, TD_RULE, TD_RULE_MAP)

static bool about_prefix(uint8_t kind)
{
	return kind == RULE_WIKIDATA || kind == RULE_DBPEDIA || kind == RULE_ARTICLE || kind == RULE_SKIP;
}

static td_status bad_row(const char *path, uint64_t line, const char *what, td_error *err)
{
	return td_fail_at(err, TD_ERR_DATA, TD_NOWHERE, line, "%s:%llu: %s", path, (unsigned long long)line, what);
}

static bool parse_class(td_str text, uint8_t *out)
{
	unsigned cls = td_str_eq(text, TD_STR("-")) ? CLASS_DROP : td_class_parse(text, TD_CLASS_COUNT);
	*out = (uint8_t)(cls == TD_CLASS_NONE ? CLASS_PLAIN : cls);
	return cls != TD_CLASS_COUNT;
}

static td_status add_rule(dump_rules *rules, td_str row, const char *path, uint64_t line, td_error *err)
{
	td_str kind = td_str_trim(td_str_cut(&row, '\t')), iri = td_str_trim(td_str_cut(&row, '\t')), value = td_str_trim(row);
	dump_rule rule = { .kind = (uint8_t)td_rule_parse(kind, RULE_NONE), .iri = iri };
	bool classed = rule.kind == RULE_CLASS || rule.kind == RULE_IMPLIES;

	if (rule.kind == RULE_NONE) return bad_row(path, line, "unknown kind of rule", err);
	if (!td_iri_ok(iri)) return bad_row(path, line, "the second column is no absolute IRI", err);
	if (classed && !parse_class(value, &rule.value)) return bad_row(path, line, "unknown class", err);
	if (rules->rules.n == MAX_RULES) return bad_row(path, line, "too many rules", err);
	for (uint32_t i = 0; rule.kind == RULE_LABEL && i < rules->rules.n; i++)
		if (rules->rules.at[i].kind == RULE_LABEL && rule.value < 15) rule.value++;
	uint32_t at = rules->rules.n;
	bool ok = TD_PUSH(&rules->arena, &rules->rules, rule);
	if (ok) ok = about_prefix(rule.kind) ? TD_PUSH(&rules->arena, &rules->prefixes, at) : td_map_put(&rules->by_iri, iri, at);
	return ok ? TD_OK : td_no_memory(err);
}

td_status td_kb_rules_read(const char *path, dump_rules *out, td_error *err)
{
	td_mapped file;
	*out = (dump_rules){ .rules = { 0 } };
	td_arena_init(&out->arena);
	td_map_init(&out->by_iri, &out->arena);
	TRY(td_map_file(path, &file, err));
	td_str text = td_arena_str(&out->arena, file.bytes);
	td_unmap_file(&file);
	if (!text.at) return td_no_memory(err);
	for (uint64_t line = 1; text.n; line++) {
		td_str row = td_str_cut(&text, '\n');
		if (td_str_trim(row).n && row.at[0] != '#') TRY(add_rule(out, row, path, line, err));
	}
	return TD_OK;
}

void td_kb_rules_free(dump_rules *rules)
{
	td_arena_free(&rules->arena);
	*rules = (dump_rules){ .rules = { 0 } };
}

const dump_rule *td_kb_rule(const dump_rules *rules, td_str iri)
{
	uint32_t at = td_map_get(&rules->by_iri, iri);
	return at == TD_NONE ? NULL : &rules->rules.at[at];
}

const dump_rule *td_kb_prefix_rule(const dump_rules *rules, td_str iri, td_str *rest)
{
	for (uint32_t i = 0; i < rules->prefixes.n; i++) {
		const dump_rule *rule = &rules->rules.at[rules->prefixes.at[i]];
		if (!td_str_starts(iri, rule->iri)) continue;
		*rest = (td_str){ iri.at + rule->iri.n, iri.n - rule->iri.n };
		if (rule->kind != RULE_WIKIDATA || key_is_wikidata(*rest)) return rule;
	}
	return NULL;
}
