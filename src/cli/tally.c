#include "cli/tally.h"

void td_count(const td_doc *doc, td_counts *out)
{
	*out = (td_counts){ .words = doc->toks.n, .mentions = doc->mentions.n, .entities = doc->entities.n, .events = doc->events.n };
	for (uint32_t i = 0; i < doc->mentions.n; i++) out->loose_mentions += doc->mentions.at[i].entity == TD_NONE;
	for (uint32_t i = 0; i < doc->entities.n; i++) out->unlinked_entities += doc->entities.at[i].kb == TD_NONE;
}

void td_tally_add(td_tally *tally, const td_counts *counts)
{
	td_counts *sum = &tally->sum;
	sum->words += counts->words;
	sum->mentions += counts->mentions;
	sum->entities += counts->entities;
	sum->events += counts->events;
	sum->loose_mentions += counts->loose_mentions;
	sum->unlinked_entities += counts->unlinked_entities;
}

static void put(td_buf *out, const char *key, uint64_t value)
{
	td_buf_printf(out, "  \"%s\": %llu,\n", key, (unsigned long long)value);
}

/* The texts of the statuses are our own: there is nothing in them to escape. */
static void put_failures(const td_tally *tally, td_buf *out)
{
	const char *gap = "";
	td_buf_printf(out, "  \"failures\": {");
	for (unsigned i = 0; i < TD_STATUS_COUNT; i++) {
		if (!tally->failed_by[i]) continue;
		td_buf_printf(out, "%s\n    \"%s\": %llu", gap, td_status_text((td_status)i), (unsigned long long)tally->failed_by[i]);
		gap = ",";
	}
	td_buf_printf(out, "%s},\n", *gap ? "\n  " : "");
}

void td_tally_print(const td_tally *tally, double seconds, td_buf *out)
{
	td_buf_printf(out, "{\n  \"program\": \"tidings " TD_VERSION "\",\n");
	put(out, "documents", tally->documents);
	put(out, "failed", tally->failed);
	put_failures(tally, out);
	put(out, "repeated", tally->twice);
	put(out, "done_before", tally->resumed);
	put(out, "vanished", tally->vanished);
	put(out, "dropped", tally->dropped);
	put(out, "records_without_page", tally->no_page);
	put(out, "words", tally->sum.words);
	put(out, "triples", tally->triples);
	put(out, "graphs_sent", tally->sent);
	put(out, "mentions", tally->sum.mentions);
	put(out, "mentions_without_entity", tally->sum.loose_mentions);
	put(out, "entities", tally->sum.entities);
	put(out, "entities_without_link", tally->sum.unlinked_entities);
	put(out, "events", tally->sum.events);
	td_buf_printf(out, "  \"seconds\": %.3f,\n  \"words_per_second\": %.1f\n}\n", seconds, (double)tally->sum.words / seconds);
}
