#include "rdf/auth.h"

#include <stdlib.h>

/* volatile: not optimised away */
static void wipe(void *secret, size_t n)
{
	for (volatile char *at = secret; n > 0; n--) *at++ = 0;
}

void td_secrets_wipe(td_secrets *secrets)
{
	wipe(secrets, sizeof *secrets);
}

/* No control characters: a line break would end the header that the secret stands in. */
static bool keep(char to[TD_MAX_SECRET], td_str s)
{
	if (s.n >= TD_MAX_SECRET) return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] < ' ' || s.at[i] == 127) return false;
	if (s.n) memcpy(to, s.at, s.n);
	to[s.n] = 0;
	return true;
}

static bool parse_secret(td_str line, td_secrets *out)
{
	if (td_str_starts(line, TD_STR("Bearer "))) {
		line.at += 7, line.n -= 7;
		line = td_str_trim(line);
		return line.n > 0 && keep(out->token, line);
	}
	if (!line.n || !memchr(line.at, ':', line.n)) return false;
	td_str user = td_str_cut(&line, ':');
	return user.n > 0 && keep(out->user, user) && keep(out->password, line);
}

static td_status read_auth_file(const char *path, td_secrets *out, td_error *err)
{
	char text[2 * TD_MAX_SECRET];
	FILE *file = fopen(path, "r");
	if (!file) return td_fail(err, TD_ERR_IO, "%s: the file with user and password cannot be opened", path);
	setvbuf(file, NULL, _IONBF, 0); /* no copy of it in a buffer of the C library */
	size_t n = fread(text, 1, sizeof text, file);
	bool failed = ferror(file) || n == sizeof text;
	fclose(file);
	td_str rest = { text, n }, line = td_str_cut(&rest, '\n');
	if (line.n && line.at[line.n - 1] == '\r') line.n--;
	bool ok = !failed && parse_secret(line, out);
	wipe(text, sizeof text);
	return ok ? TD_OK : td_fail(err, TD_ERR_USAGE, "%s: its first line must be \"user:password\" or \"Bearer token\"", path);
}

td_status td_secrets_find(const char *auth_file, td_secrets *out, td_error *err)
{
	const char *token = getenv("TIDINGS_TOKEN"), *user = getenv("TIDINGS_USER"), *password = getenv("TIDINGS_PASSWORD");
	*out = (td_secrets){ .user = "" };
	if (auth_file) return read_auth_file(auth_file, out, err);
	if (user && *user)
		return keep(out->user, td_str_of(user)) && keep(out->password, td_str_of(password))
		               ? TD_OK
		               : td_fail(err, TD_ERR_USAGE, "$TIDINGS_USER or $TIDINGS_PASSWORD is too long, or holds control characters");
	if (token && *token && !keep(out->token, td_str_of(token)))
		return td_fail(err, TD_ERR_USAGE, "$TIDINGS_TOKEN is too long, or holds control characters");
	return TD_OK;
}
