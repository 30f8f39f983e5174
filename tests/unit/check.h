/* What every unit test includes; cmocka wants these four before itself. */
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static inline void check_str(td_str got, const char *want)
{
	if (!td_str_eq(got, td_str_of(want))) fail_msg("got '%.*s', want '%s'", TD_STR_ARG(got), want);
}

#endif
