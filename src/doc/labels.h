/* The closed label sets of the annotated document, each one list that gives enum and text. */
#ifndef TD_LABELS_H
#define TD_LABELS_H

#include "base/base.h"

/* UD universal parts of speech, https://universaldependencies.org/u/pos/ */
#define TD_UPOS_MAP(X) \
	X(TD_POS_X, "X") X(TD_ADJ, "ADJ") X(TD_ADP, "ADP") X(TD_ADV, "ADV") X(TD_AUX, "AUX") X(TD_CCONJ, "CCONJ") \
	X(TD_DET, "DET") X(TD_INTJ, "INTJ") X(TD_NOUN, "NOUN") X(TD_NUM, "NUM") X(TD_PART, "PART") X(TD_PRON, "PRON") \
	X(TD_PROPN, "PROPN") X(TD_PUNCT, "PUNCT") X(TD_SCONJ, "SCONJ") X(TD_SYM, "SYM") X(TD_VERB, "VERB")

/* Penn Treebank tags as the English UD treebanks use them. */
#define TD_XPOS_MAP(X) \
	X(TD_XP_NONE, "_") X(TD_XP_CC, "CC") X(TD_XP_CD, "CD") X(TD_XP_DT, "DT") X(TD_XP_EX, "EX") X(TD_XP_FW, "FW") \
	X(TD_XP_IN, "IN") X(TD_XP_JJ, "JJ") X(TD_XP_JJR, "JJR") X(TD_XP_JJS, "JJS") X(TD_XP_LS, "LS") X(TD_XP_MD, "MD") \
	X(TD_XP_NN, "NN") X(TD_XP_NNS, "NNS") X(TD_XP_NNP, "NNP") X(TD_XP_NNPS, "NNPS") X(TD_XP_PDT, "PDT") \
	X(TD_XP_POS, "POS") X(TD_XP_PRP, "PRP") X(TD_XP_PRPS, "PRP$") X(TD_XP_RB, "RB") X(TD_XP_RBR, "RBR") \
	X(TD_XP_RBS, "RBS") X(TD_XP_RP, "RP") X(TD_XP_SYM, "SYM") X(TD_XP_TO, "TO") X(TD_XP_UH, "UH") X(TD_XP_VB, "VB") \
	X(TD_XP_VBD, "VBD") X(TD_XP_VBG, "VBG") X(TD_XP_VBN, "VBN") X(TD_XP_VBP, "VBP") X(TD_XP_VBZ, "VBZ") \
	X(TD_XP_WDT, "WDT") X(TD_XP_WP, "WP") X(TD_XP_WPS, "WP$") X(TD_XP_WRB, "WRB") X(TD_XP_ADD, "ADD") \
	X(TD_XP_AFX, "AFX") X(TD_XP_GW, "GW") X(TD_XP_HYPH, "HYPH") X(TD_XP_NFP, "NFP") X(TD_XP_XX, "XX") \
	X(TD_XP_LRB, "-LRB-") X(TD_XP_RRB, "-RRB-") X(TD_XP_COMMA, ",") X(TD_XP_STOP, ".") X(TD_XP_COLON, ":") \
	X(TD_XP_OPEN, "``") X(TD_XP_CLOSE, "''") X(TD_XP_DOLLAR, "$")

/* UD 2 relations with the subtypes of the English treebanks, https://universaldependencies.org/en/dep/ */
#define TD_DEPREL_MAP(X) \
	X(TD_DEP, "dep") X(TD_ROOT, "root") X(TD_ACL, "acl") X(TD_ACL_RELCL, "acl:relcl") X(TD_ADVCL, "advcl") \
	X(TD_ADVCL_RELCL, "advcl:relcl") X(TD_ADVMOD, "advmod") X(TD_AMOD, "amod") X(TD_APPOS, "appos") \
	X(TD_AUXIL, "aux") X(TD_AUX_PASS, "aux:pass") X(TD_CASE, "case") X(TD_CC, "cc") X(TD_CC_PRECONJ, "cc:preconj") \
	X(TD_CCOMP, "ccomp") X(TD_COMPOUND, "compound") X(TD_COMPOUND_PRT, "compound:prt") X(TD_CONJ, "conj") \
	X(TD_COP, "cop") X(TD_CSUBJ, "csubj") X(TD_CSUBJ_PASS, "csubj:pass") X(TD_CSUBJ_OUTER, "csubj:outer") \
	X(TD_DETERM, "det") X(TD_DET_PREDET, "det:predet") X(TD_DISCOURSE, "discourse") X(TD_DISLOCATED, "dislocated") \
	X(TD_EXPL, "expl") X(TD_FIXED, "fixed") X(TD_FLAT, "flat") X(TD_GOESWITH, "goeswith") X(TD_IOBJ, "iobj") \
	X(TD_LIST, "list") X(TD_MARK, "mark") X(TD_NMOD, "nmod") X(TD_NMOD_POSS, "nmod:poss") \
	X(TD_NMOD_UNMARKED, "nmod:unmarked") X(TD_NMOD_DESC, "nmod:desc") X(TD_NSUBJ, "nsubj") \
	X(TD_NSUBJ_PASS, "nsubj:pass") X(TD_NSUBJ_OUTER, "nsubj:outer") X(TD_NUMMOD, "nummod") X(TD_OBJ, "obj") \
	X(TD_OBL, "obl") X(TD_OBL_AGENT, "obl:agent") X(TD_OBL_UNMARKED, "obl:unmarked") X(TD_ORPHAN, "orphan") \
	X(TD_PARATAXIS, "parataxis") X(TD_PUNCTUATION, "punct") X(TD_REPARANDUM, "reparandum") X(TD_VOCATIVE, "vocative") \
	X(TD_XCOMP, "xcomp")

/* Classes of the network's name spans. */
#define TD_NAME_MAP(X) \
	X(TD_NAME_NONE, "O") X(TD_NAME_PER, "PER") X(TD_NAME_ORG, "ORG") X(TD_NAME_LOC, "LOC") X(TD_NAME_MISC, "MISC") \
	X(TD_NAME_FAC, "FAC") X(TD_NAME_PRODUCT, "PRODUCT") X(TD_NAME_WORK, "WORK") X(TD_NAME_EVENT, "EVENT")

/* Entity classes below tid:Entity; the text is the local name in the tid: namespace. */
#define TD_CLASS_MAP(X) \
	X(TD_CLASS_NONE, "Entity") X(TD_PERSON, "Person") X(TD_ORGANIZATION, "Organization") X(TD_PLACE, "Place") \
	X(TD_FACILITY, "Facility") X(TD_GROUP, "Group") X(TD_PRODUCT, "Product") X(TD_WORK, "Work") \
	X(TD_AWARD, "Award") X(TD_ROLE, "Role")

/* Roles of events; the text is the local name in the tid: namespace. */
#define TD_ROLE_MAP(X) \
	X(TD_AGENT, "agent") X(TD_PATIENT, "patient") X(TD_RECIPIENT, "recipient") X(TD_INSTRUMENT, "instrument") \
	X(TD_TOPIC, "topic") X(TD_AT, "place") X(TD_ORIGIN, "origin") X(TD_DESTINATION, "destination") X(TD_CAUSE, "cause")

/* PropBank's arguments of a predicate, https://propbank.github.io; none comes first. */
#define TD_SRL_MAP(X) \
	X(TD_SRL_NONE, "_") X(TD_SRL_ARG0, "ARG0") X(TD_SRL_ARG1, "ARG1") X(TD_SRL_ARG2, "ARG2") X(TD_SRL_ARG3, "ARG3") \
	X(TD_SRL_ARG4, "ARG4") X(TD_SRL_ARG5, "ARG5") X(TD_SRL_ADJ, "ARGM-ADJ") X(TD_SRL_ADV, "ARGM-ADV") \
	X(TD_SRL_CAU, "ARGM-CAU") X(TD_SRL_COM, "ARGM-COM") X(TD_SRL_CXN, "ARGM-CXN") X(TD_SRL_DIR, "ARGM-DIR") \
	X(TD_SRL_DIS, "ARGM-DIS") X(TD_SRL_EXT, "ARGM-EXT") X(TD_SRL_GOL, "ARGM-GOL") X(TD_SRL_LOC, "ARGM-LOC") \
	X(TD_SRL_LVB, "ARGM-LVB") X(TD_SRL_MNR, "ARGM-MNR") X(TD_SRL_MOD, "ARGM-MOD") X(TD_SRL_NEG, "ARGM-NEG") \
	X(TD_SRL_PRD, "ARGM-PRD") X(TD_SRL_PRP, "ARGM-PRP") X(TD_SRL_PRR, "ARGM-PRR") X(TD_SRL_REC, "ARGM-REC") \
	X(TD_SRL_TMP, "ARGM-TMP")

#define TD_FACTUALITY_MAP(X) \
	X(TD_ACTUAL, "Actual") X(TD_REPORTED, "Reported") X(TD_PLANNED, "Planned") X(TD_POSSIBLE, "Possible") \
	X(TD_NEGATED, "Negated")

#define TD_STANCE_MAP(X) X(TD_ASSERTS, "Asserts") X(TD_DENIES, "Denies") X(TD_DOUBTS, "Doubts")

#define TD_POSITION_MAP(X) X(TD_CURRENT, "Current") X(TD_FORMER, "Former") X(TD_DESIGNATE, "Designate")

/* Relations between entities; the text is the local name in the tid: namespace. */
#define TD_RELATION_MAP(X) \
	X(TD_LOCATED_IN, "locatedIn") X(TD_MEMBER_OF, "memberOf") X(TD_PART_OF, "partOf") X(TD_NATIONALITY, "nationality") \
	X(TD_KIN, "kin") X(TD_ALLIED_WITH, "alliedWith")

/* Kinds of quantities; the text is the local name of their class in the tid: namespace. */
#define TD_AMOUNT_MAP(X) \
	X(TD_COUNTED, "Count") X(TD_MONEY, "Money") X(TD_PERCENT, "Percentage") X(TD_VOTES, "VoteCount") X(TD_POINTS, "Score") \
	X(TD_MAGNITUDE, "Magnitude")

/* How the number that is told stands to the one that is meant. */
#define TD_BOUND_MAP(X) \
	X(TD_EXACTLY, "Exactly") X(TD_AT_LEAST, "AtLeast") X(TD_MORE_THAN, "MoreThan") X(TD_AT_MOST, "AtMost") X(TD_LESS_THAN, "LessThan") \
	X(TD_ABOUT, "About") X(TD_BETWEEN, "Between")

#define TD_MENTION_KIND_MAP(X) X(TD_NAMED, "name") X(TD_NOMINAL, "nominal") X(TD_PRONOUN, "pronoun")

#define TD_GENDER_MAP(X) X(TD_GENDER_UNKNOWN, "unknown") X(TD_MALE, "male") X(TD_FEMALE, "female") X(TD_NEUTER, "neuter")

#define TD_NUMBER_MAP(X) X(TD_NUMBER_UNKNOWN, "unknown") X(TD_SINGULAR, "singular") X(TD_PLURAL, "plural")

/* Why characters of the text are skipped. */
#define TD_SKIP_MAP(X) \
	X(TD_SKIP_AD, "ad") X(TD_SKIP_HEADING, "heading") X(TD_SKIP_DATELINE, "dateline") X(TD_SKIP_LEGEND, "legend") \
	X(TD_SKIP_MARKUP, "markup")

#define TD_LABEL_ENUM_(name, text) name,
#define TD_LABEL_SET(type, prefix, MAP) \
	typedef enum { MAP(TD_LABEL_ENUM_) prefix##_COUNT } type; \
	const char *type##_text(unsigned label);                  /* "?" when out of range */ \
	unsigned type##_parse(td_str text, unsigned otherwise);   /* `otherwise` when unknown */

unsigned td_label_parse(td_str text, const char *const *names, unsigned n, unsigned otherwise);
/* The definitions that belong to TD_LABEL_SET, for one .c file. */
#define TD_LABEL_STRING_(name, text) text,
#define TD_LABEL_CODE(type, prefix, MAP) \
	static const char *const type##_names[] = { MAP(TD_LABEL_STRING_) }; \
	const char *type##_text(unsigned label) \
	{ \
		return label < prefix##_COUNT ? type##_names[label] : "?"; \
	} \
	unsigned type##_parse(td_str text, unsigned otherwise) \
	{ \
		return td_label_parse(text, type##_names, prefix##_COUNT, otherwise); \
	}

TD_LABEL_SET(td_upos, TD_UPOS, TD_UPOS_MAP)
TD_LABEL_SET(td_xpos, TD_XPOS, TD_XPOS_MAP)
TD_LABEL_SET(td_deprel, TD_DEPREL, TD_DEPREL_MAP)
TD_LABEL_SET(td_name_class, TD_NAME, TD_NAME_MAP)
TD_LABEL_SET(td_class, TD_CLASS, TD_CLASS_MAP)
TD_LABEL_SET(td_role, TD_ROLES, TD_ROLE_MAP)
TD_LABEL_SET(td_srl_role, TD_SRL, TD_SRL_MAP)
TD_LABEL_SET(td_factuality, TD_FACTUALITY, TD_FACTUALITY_MAP)
TD_LABEL_SET(td_stance, TD_STANCE, TD_STANCE_MAP)
TD_LABEL_SET(td_position_status, TD_POSITION_STATUS, TD_POSITION_MAP)
TD_LABEL_SET(td_relation_kind, TD_RELATION, TD_RELATION_MAP)
TD_LABEL_SET(td_amount_kind, TD_AMOUNT, TD_AMOUNT_MAP)
TD_LABEL_SET(td_bound, TD_BOUND, TD_BOUND_MAP)
TD_LABEL_SET(td_mention_kind, TD_MENTION_KIND, TD_MENTION_KIND_MAP)
TD_LABEL_SET(td_gender, TD_GENDER, TD_GENDER_MAP)
TD_LABEL_SET(td_number, TD_NUMBER, TD_NUMBER_MAP)
TD_LABEL_SET(td_skip_why, TD_SKIP, TD_SKIP_MAP)

/* nsubj:pass → nsubj and so on: the relation without its subtype. */
td_deprel td_deprel_base(td_deprel deprel);

#endif
