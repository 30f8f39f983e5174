#include <string.h>
#include <tidings.h>
int main(void)
{
	const char *text = "Barack Obama met Angela Merkel in Berlin on Wednesday.";
	tidings_meta meta = { .size = sizeof meta, .date = "2013-06-20" };
	tidings *t;
	tidings_error err;
	if (tidings_open(NULL, &t, &err) || tidings_build(t, text, strlen(text), &meta, TIDINGS_TURTLE, tidings_put_file, stdout, &err))
		return fprintf(stderr, "%s\n", err.text), 1;
	return tidings_close(t), 0;
}
