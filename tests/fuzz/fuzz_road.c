/* Any bytes as a news text: the whole road, the graph, and the Turtle of it. */
#include "fuzz.h"
#include "rdf/rdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static td_graph graph;
	static bool ready;
	if (!ready) td_graph_init(&graph);
	ready = true;
	td_error err = { 0 };
	td_input in;
	td_input_init(&in);
	in.name = TD_STR("fuzz");
	in.text = (td_str){ (const char *)data, n };
	in.date = (td_date){ 2017, 4, 12 };
	const td_doc *doc;
	if (td_worker_run(fuzz_worker(), &in, TD_STAGE_FACTS, &doc, &err) == TD_OK) {
		td_buf out = { 0 };
		if (td_worker_graph(fuzz_worker(), &graph, &err) != TD_OK) abort();
		if (td_rdf_serialize(&graph, TD_TURTLE, &out, &err) != TD_OK) abort(); /* whatever the text, the graph is sound */
		td_buf_free(&out);
	}
	td_input_free(&in);
	return 0;
}
