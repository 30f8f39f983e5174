/* usage: kbgen N    N-Triples of N things with a label each, in the order in which dumps have them; every third has another name, all
 * have a class, and their IRIs, names and numbers of statements are those of a fixed random sequence. Some hundred
 * thousand of the names, from all over the file, go to standard error, for look-ups. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252u;

static uint64_t draw(void) /* xorshift64, Marsaglia 2003 */
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static const char *const syllables[] = { "ba", "ber", "cor", "dan", "del", "e", "fin", "gar", "ha", "i", "jo", "kal", "lin", "mar", "mon", "na", "o",
	"per", "qui", "ran", "sa", "ster", "tar", "to", "u", "van", "wes", "xi", "yor", "za", "ne", "vic" };

/* A word of two to four syllables that begins with a capital. */
static size_t word(char *out)
{
	size_t n = 0;
	for (uint64_t i = 0, k = 2 + draw() % 3; i < k; i++)
		for (const char *s = syllables[draw() % 32]; *s; s++) out[n++] = *s;
	out[0] = (char)(out[0] - 'a' + 'A');
	out[n] = '\0';
	return n;
}

int main(int argc, char **argv)
{
	static const char *const classes[] = { "http://schema.org/Person", "http://schema.org/Organization", "http://schema.org/Place" };
	unsigned long n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000, step = n / 100000 + 1;
	for (unsigned long i = 0; i < n; i++) {
		char first[32], last[32];
		unsigned long id = (unsigned long)(draw() % 100000000);
		word(first);
		word(last);
		printf("<http://data.example.org/id/%lu-%lu> <http://www.w3.org/2000/01/rdf-schema#label> \"%s %s\"@en .\n", id, i, first, last);
		printf("<http://data.example.org/id/%lu-%lu> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <%s> .\n", id, i, classes[draw() % 3]);
		if (i % 3 == 0)
			printf("<http://data.example.org/id/%lu-%lu> <http://www.w3.org/2004/02/skos/core#altLabel> \"%s of %s\"@en .\n", id, i, last, first);
		if (i % step == 0) fprintf(stderr, "%s %s\n", first, last);
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
