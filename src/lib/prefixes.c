#include "lib/prefixes.h"

/* The folders below BASE into which td_iris sorts its names. */
static const struct {
	const char *prefix, *folder;
} rows[] = { { "ent", "entity/" }, { "ev", "event/" }, { "pos", "position/" }, { "attr", "attribution/" }, { "quo", "quotation/" },
	{ "rel", "relation/" }, { "qty", "quantity/" },
	{ "key", "key/" } };

td_status td_writer_engine_prefixes(td_writer *writer, const td_engine *engine, td_error *err)
{
	td_str base = td_engine_base(engine);
	td_buf iri = { 0 };
	td_status status = TD_OK;
	for (size_t i = 0; i < sizeof rows / sizeof *rows && status == TD_OK; i++) {
		iri.n = 0;
		td_buf_str(&iri, base);
		td_buf_add(&iri, rows[i].folder, strlen(rows[i].folder) + 1);
		status = iri.failed ? td_no_memory(err) : td_writer_prefix(writer, rows[i].prefix, iri.at, err);
	}
	td_buf_free(&iri);
	return status;
}
