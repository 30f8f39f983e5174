#include "base/base.h"

const char *td_status_text(td_status status)
{
	static const char *const text[] = {
#define TD_STATUS_STRING(name, string) string,
		TD_STATUS_MAP(TD_STATUS_STRING)
#undef TD_STATUS_STRING
	};
	return (unsigned)status < TD_STATUS_COUNT ? text[status] : "unknown status";
}

static td_status fail(td_error *err, td_status status, uint64_t byte, uint64_t line, const char *fmt, va_list args)
{
	if (!err) return status;
	/* Formatted aside: an argument may be the text that is replaced. */
	char text[sizeof err->text];
	(void)vsnprintf(text, sizeof text, fmt, args);
	*err = (td_error){ .status = status, .byte = byte, .line = line };
	memcpy(err->text, text, sizeof text);
	/* A cut must not leave half a code point behind. */
	size_t n = strlen(err->text);
	size_t ok = td_utf8_check((td_str){ err->text, n });
	if (n == sizeof text - 1) err->text[ok] = '\0';
	return status;
}

td_status td_fail(td_error *err, td_status status, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	fail(err, status, TD_NOWHERE, TD_NOWHERE, fmt, args);
	va_end(args);
	return status;
}

td_status td_fail_at(td_error *err, td_status status, uint64_t byte, uint64_t line, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	fail(err, status, byte, line, fmt, args);
	va_end(args);
	return status;
}

td_status td_no_memory(td_error *err)
{
	return td_fail(err, TD_ERR_MEMORY, "out of memory");
}
