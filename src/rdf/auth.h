/* Who we are to a store. Nothing of it may show up in a message. */
#ifndef TD_RDF_AUTH_H
#define TD_RDF_AUTH_H

#include "base/base.h"

enum { TD_MAX_SECRET = 4096 }; /* bytes of user, password or token, with the NUL */

/* One of user with password, token, neither (netrc). */
typedef struct {
	char user[TD_MAX_SECRET], password[TD_MAX_SECRET], token[TD_MAX_SECRET];
} td_secrets;

/* From the first line of `auth_file`, "user:password" or "Bearer token"; when it is NULL from $TIDINGS_USER and $TIDINGS_PASSWORD, or
 * $TIDINGS_TOKEN; else all are empty. */
td_status td_secrets_find(const char *auth_file, td_secrets *out, td_error *err);
void td_secrets_wipe(td_secrets *secrets);

#endif
