/* Values: numbers, comparison, arithmetic, casts. https://www.w3.org/TR/sparql11-query/#operandDataTypes */
#include "rdf/sparql.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/* ---- making and reading ---------------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	td_q_number_kind kind;
} number_types[] = {
	{ "integer", TD_Q_INTEGER }, { "decimal", TD_Q_DECIMAL }, { "double", TD_Q_DOUBLE }, { "float", TD_Q_FLOAT }, { "nonNegativeInteger", TD_Q_INTEGER },
	{ "positiveInteger", TD_Q_INTEGER }, { "nonPositiveInteger", TD_Q_INTEGER }, { "negativeInteger", TD_Q_INTEGER }, { "long", TD_Q_INTEGER },
	{ "int", TD_Q_INTEGER }, { "short", TD_Q_INTEGER }, { "byte", TD_Q_INTEGER }, { "unsignedLong", TD_Q_INTEGER }, { "unsignedInt", TD_Q_INTEGER },
	{ "unsignedShort", TD_Q_INTEGER }, { "unsignedByte", TD_Q_INTEGER },
};

static td_q_number_kind kind_of(td_str datatype)
{
	static const td_str xsd = { XSD, sizeof XSD - 1 };
	if (!td_str_starts(datatype, xsd)) return TD_Q_NO_NUMBER;
	td_str name = { datatype.at + xsd.n, datatype.n - xsd.n };
	for (size_t i = 0; i < sizeof number_types / sizeof *number_types; i++)
		if (td_str_eq(name, td_str_of(number_types[i].name))) return number_types[i].kind;
	return TD_Q_NO_NUMBER;
}

td_q_value td_q_no_value(void)
{
	return (td_q_value){ .ok = false };
}

/* strtod takes more than XML Schema does: hexadecimal, "nan", "infinity", leading space. */
static bool is_plain_number(td_str s, td_q_number_kind kind)
{
	if (kind >= TD_Q_FLOAT && (td_str_eq(s, TD_STR("INF")) || td_str_eq(s, TD_STR("-INF")) || td_str_eq(s, TD_STR("NaN")))) return true;
	const char *allowed = kind == TD_Q_INTEGER ? "+-0123456789" : kind == TD_Q_DECIMAL ? "+-0123456789." : "+-0123456789.eE";
	for (size_t i = 0; i < s.n; i++)
		if (!s.at[i] || !strchr(allowed, s.at[i])) return false;
	return s.n > 0;
}

static void read_number(td_q_value *v)
{
	char text[64], *end;
	v->kind = kind_of(v->term.datatype);
	if (v->kind == TD_Q_NO_NUMBER) return;
	if (v->term.value.n >= sizeof text || !is_plain_number(v->term.value, v->kind)) {
		v->kind = TD_Q_NO_NUMBER;
		return;
	}
	memcpy(text, v->term.value.at, v->term.value.n);
	text[v->term.value.n] = 0;
	v->number = strtod(text, &end);
	if (*end) v->kind = TD_Q_NO_NUMBER;
	if (v->kind != TD_Q_INTEGER) return;
	errno = 0;
	v->integer = strtoll(text, NULL, 10);
	if (errno) v->kind = TD_Q_DECIMAL; /* beyond 64 bits: as a real number */
}

td_q_value td_q_value_of(const td_term *term)
{
	td_q_value v = { .ok = true, .term = *term };
	if (term->kind == TD_LITERAL && term->datatype.n) read_number(&v);
	return v;
}

td_q_value td_q_string(td_str s)
{
	return (td_q_value){ .ok = s.at != NULL, .term = { .kind = TD_LITERAL, .value = s } };
}

td_q_value td_q_boolean(bool yes)
{
	return (td_q_value){ .ok = true,
		.term = { .kind = TD_LITERAL, .value = yes ? TD_STR("true") : TD_STR("false"), .datatype = TD_STR(XSD "boolean") } };
}

td_q_value td_q_integer(td_q_engine *e, int64_t n)
{
	td_str text = td_arena_printf(&e->scratch, "%lld", (long long)n);
	return (td_q_value){ .ok = text.at != NULL, .kind = TD_Q_INTEGER, .integer = n, .number = (double)n,
		.term = { .kind = TD_LITERAL, .value = text, .datatype = TD_STR(XSD "integer") } };
}

/* As XML Schema writes it: decimals with a point and without an exponent, the others canonical enough. */
static td_str number_text(td_q_engine *e, td_q_number_kind kind, double n)
{
	char text[512];
	if (isnan(n)) return TD_STR("NaN");
	if (isinf(n)) return n < 0 ? TD_STR("-INF") : TD_STR("INF");
	if (kind != TD_Q_DECIMAL) return td_arena_printf(&e->scratch, "%.*g", kind == TD_Q_FLOAT ? 7 : 15, n);
	int length = snprintf(text, sizeof text, "%.12f", n);
	if (length < 0 || (size_t)length >= sizeof text) return (td_str){ 0 };
	while (length > 0 && text[length - 1] == '0' && text[length - 2] != '.') length--;
	return td_arena_str(&e->scratch, (td_str){ text, (size_t)length });
}

td_q_value td_q_number(td_q_engine *e, td_q_number_kind kind, double n)
{
	static const char *const types[] = { [TD_Q_DECIMAL] = XSD "decimal", [TD_Q_FLOAT] = XSD "float", [TD_Q_DOUBLE] = XSD "double" };
	if (kind == TD_Q_DECIMAL && !isfinite(n)) return td_q_no_value();
	td_str text = number_text(e, kind, n);
	return (td_q_value){ .ok = text.at != NULL, .kind = kind, .number = n,
		.term = { .kind = TD_LITERAL, .value = text, .datatype = td_str_of(types[kind]) } };
}

static bool is_text(const td_term *term)
{
	return term->kind == TD_LITERAL && term->datatype.n == 0;
}

static bool is_boolean(const td_term *term)
{
	return term->kind == TD_LITERAL && td_str_eq(term->datatype, TD_STR(XSD "boolean"));
}

static bool boolean_of(const td_term *term)
{
	return td_str_eq(term->value, TD_STR("true")) || td_str_eq(term->value, TD_STR("1"));
}

bool td_q_truth(const td_q_value *v, bool *yes)
{
	if (!v->ok) return false;
	if (is_boolean(&v->term)) *yes = boolean_of(&v->term);
	else if (is_text(&v->term)) *yes = v->term.value.n > 0;
	else if (v->kind != TD_Q_NO_NUMBER) *yes = v->number != 0 && !isnan(v->number);
	else if (kind_of(v->term.datatype) != TD_Q_NO_NUMBER) *yes = false; /* "abc"^^xsd:integer */
	else return false;
	return true;
}

/* ---- dates ----------------------------------------------------------------------------------------------------- */

static bool is_date_type(td_str datatype)
{
	static const char *const types[] = { XSD "dateTime", XSD "date", XSD "gYear", XSD "gYearMonth" };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (td_str_eq(datatype, td_str_of(types[i]))) return true;
	return false;
}

static int64_t days_from_civil(int64_t y, int m, int d)
{
	/* http://howardhinnant.github.io/date_algorithms.html */
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/* Seconds since 1970 of the instant at which it begins; without a zone, as in UTC. */
static bool instant(const td_term *term, double *seconds)
{
	char text[64];
	int year, month = 1, day = 1, hour = 0, minute = 0, used = 0, zone_h, zone_m;
	double second = 0;
	if (term->value.n >= sizeof text) return false;
	memcpy(text, term->value.at, term->value.n);
	text[term->value.n] = 0;
	if (sscanf(text, "%d%n", &year, &used) < 1) return false;
	const char *at = text + used;
	if (sscanf(at, "-%2d%n", &month, &used) == 1 && at[3] != ':') {
		at += used;
		if (sscanf(at, "-%2d%n", &day, &used) == 1 && at[3] != ':') at += used;
	}
	if (*at == 'T' && sscanf(at, "T%2d:%2d:%lf%n", &hour, &minute, &second, &used) == 3) at += used;
	*seconds = (double)days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
	if (*at == 'Z') at++;
	else if ((*at == '+' || *at == '-') && sscanf(at + 1, "%2d:%2d%n", &zone_h, &zone_m, &used) == 2) {
		*seconds -= (*at == '-' ? -1 : 1) * (zone_h * 3600 + zone_m * 60);
		at += used + 1;
	}
	return *at == 0;
}

/* ---- comparing ------------------------------------------------------------------------------------------------- */

static int sign_of(double a, double b)
{
	return a < b ? -1 : a > b;
}

bool td_q_less(const td_q_value *a, const td_q_value *b, int *order)
{
	double x, y;
	if (!a->ok || !b->ok) return false;
	if (a->kind != TD_Q_NO_NUMBER && b->kind != TD_Q_NO_NUMBER) {
		if (isnan(a->number) || isnan(b->number)) return false;
		bool whole = a->kind == TD_Q_INTEGER && b->kind == TD_Q_INTEGER;
		*order = whole ? (a->integer < b->integer ? -1 : a->integer > b->integer) : sign_of(a->number, b->number);
		return true;
	}
	const td_term *s = &a->term, *t = &b->term;
	if (s->kind != TD_LITERAL || t->kind != TD_LITERAL) return false;
	if (is_text(s) && is_text(t) && s->lang.n == 0 && t->lang.n == 0) return *order = td_str_cmp(s->value, t->value), true;
	if (is_boolean(s) && is_boolean(t)) return *order = boolean_of(s) - boolean_of(t), true;
	if (!td_str_eq(s->datatype, t->datatype) || !is_date_type(s->datatype) || !instant(s, &x) || !instant(t, &y)) return false;
	*order = sign_of(x, y);
	return true;
}

bool td_q_equal(const td_q_value *a, const td_q_value *b, bool *equal)
{
	int order;
	if (!a->ok || !b->ok) return false;
	if (td_q_less(a, b, &order)) return *equal = order == 0, true;
	*equal = td_term_eq(&a->term, &b->term);
	if (*equal || a->term.kind != TD_LITERAL || b->term.kind != TD_LITERAL) return a->kind == TD_Q_NO_NUMBER || !isnan(a->number) || !*equal;
	/* two different literals of types that are not known could still mean the same */
	return is_text(&a->term) || is_text(&b->term) || a->kind != TD_Q_NO_NUMBER || b->kind != TD_Q_NO_NUMBER ||
	       is_boolean(&a->term) || is_boolean(&b->term) || is_date_type(a->term.datatype);
}

/* Unbound, blank nodes, IRIs, literals: numbers, then the others by their text. */
int td_q_order(const td_term *a, const td_term *b)
{
	static const int ranks[] = { [TD_IRI] = 2, [TD_LITERAL] = 3, [TD_BLANK] = 1 };
	int order, x = a ? ranks[a->kind] : 0, y = b ? ranks[b->kind] : 0;
	if (x != y || x == 0) return x - y;
	td_q_value v = td_q_value_of(a), w = td_q_value_of(b);
	if (td_q_less(&v, &w, &order) && order) return order;
	if ((v.kind != TD_Q_NO_NUMBER) != (w.kind != TD_Q_NO_NUMBER)) return v.kind != TD_Q_NO_NUMBER ? -1 : 1;
	order = td_str_cmp(a->value, b->value);
	if (!order) order = td_str_cmp(a->lang, b->lang);
	return order ? order : td_str_cmp(a->datatype, b->datatype);
}

/* ---- arithmetic and casts -------------------------------------------------------------------------------------- */

static bool whole(td_q_op op, int64_t a, int64_t b, int64_t *out)
{
	if (op == TD_Q_ADD) return !__builtin_add_overflow(a, b, out);
	if (op == TD_Q_SUB) return !__builtin_sub_overflow(a, b, out);
	return op == TD_Q_MUL && !__builtin_mul_overflow(a, b, out);
}

td_q_value td_q_arithmetic(td_q_engine *e, td_q_op op, const td_q_value *a, const td_q_value *b)
{
	int64_t n;
	if (!a->ok || !b->ok || a->kind == TD_Q_NO_NUMBER || b->kind == TD_Q_NO_NUMBER) return td_q_no_value();
	td_q_number_kind kind = a->kind > b->kind ? a->kind : b->kind;
	if (kind == TD_Q_INTEGER && whole(op, a->integer, b->integer, &n)) return td_q_integer(e, n);
	if (kind == TD_Q_INTEGER) kind = TD_Q_DECIMAL;
	if (op == TD_Q_DIV && b->number == 0 && kind == TD_Q_DECIMAL) return td_q_no_value();
	double x = a->number, y = b->number;
	return td_q_number(e, kind, op == TD_Q_ADD ? x + y : op == TD_Q_SUB ? x - y : op == TD_Q_MUL ? x * y : x / y);
}

static td_q_value cast_number(td_q_engine *e, td_q_number_kind kind, const td_q_value *v)
{
	td_q_value n = *v;
	if (is_boolean(&v->term)) n = td_q_integer(e, boolean_of(&v->term));
	if (n.kind == TD_Q_NO_NUMBER) {
		td_term term = { .kind = TD_LITERAL, .value = td_str_trim(v->term.value), .datatype = TD_STR(XSD "double") };
		if (kind == TD_Q_INTEGER) term.datatype = TD_STR(XSD "integer");
		if (kind == TD_Q_DECIMAL) term.datatype = TD_STR(XSD "decimal");
		n = td_q_value_of(&term);
	}
	if (n.kind == TD_Q_NO_NUMBER) return td_q_no_value();
	if (kind != TD_Q_INTEGER) return td_q_number(e, kind, n.number);
	if (n.kind == TD_Q_INTEGER) return td_q_integer(e, n.integer);
	return fabs(n.number) < 9e18 ? td_q_integer(e, (int64_t)n.number) : td_q_no_value();
}

td_q_value td_q_cast(td_q_engine *e, td_str datatype, const td_q_value *v)
{
	double seconds;
	if (!v->ok || v->term.kind == TD_BLANK) return td_q_no_value();
	if (td_str_eq(datatype, TD_STR(XSD "string"))) return td_q_string(v->term.value);
	if (v->term.kind != TD_LITERAL) return td_q_no_value();
	td_q_number_kind kind = kind_of(datatype);
	if (kind != TD_Q_NO_NUMBER) return cast_number(e, kind, v);
	td_term cast = { .kind = TD_LITERAL, .value = v->term.value, .datatype = datatype };
	if (td_str_eq(datatype, TD_STR(XSD "boolean"))) {
		if (v->kind != TD_Q_NO_NUMBER) return td_q_boolean(v->number != 0);
		if (boolean_of(&cast)) return td_q_boolean(true);
		return td_str_eq(cast.value, TD_STR("false")) || td_str_eq(cast.value, TD_STR("0")) ? td_q_boolean(false) : td_q_no_value();
	}
	if (!is_date_type(datatype) || !instant(&cast, &seconds)) return td_q_no_value();
	return td_q_value_of(&cast);
}
