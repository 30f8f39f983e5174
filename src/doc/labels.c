#include "doc/labels.h"

#include "doc/doc.h"
#include "doc/lexicon.h"

unsigned td_label_parse(td_str text, const char *const *names, unsigned n, unsigned otherwise)
{
	for (unsigned i = 0; i < n; i++)
		if (td_str_eq(text, td_str_of(names[i]))) return i;
	return otherwise;
}

TD_LABEL_CODE(td_upos, TD_UPOS, TD_UPOS_MAP)
TD_LABEL_CODE(td_xpos, TD_XPOS, TD_XPOS_MAP)
TD_LABEL_CODE(td_deprel, TD_DEPREL, TD_DEPREL_MAP)
TD_LABEL_CODE(td_name_class, TD_NAME, TD_NAME_MAP)
TD_LABEL_CODE(td_class, TD_CLASS, TD_CLASS_MAP)
TD_LABEL_CODE(td_role, TD_ROLES, TD_ROLE_MAP)
TD_LABEL_CODE(td_srl_role, TD_SRL, TD_SRL_MAP)
TD_LABEL_CODE(td_factuality, TD_FACTUALITY, TD_FACTUALITY_MAP)
TD_LABEL_CODE(td_stance, TD_STANCE, TD_STANCE_MAP)
TD_LABEL_CODE(td_amount_kind, TD_AMOUNT, TD_AMOUNT_MAP)
TD_LABEL_CODE(td_bound, TD_BOUND, TD_BOUND_MAP)
TD_LABEL_CODE(td_position_status, TD_POSITION_STATUS, TD_POSITION_MAP)
TD_LABEL_CODE(td_relation_kind, TD_RELATION, TD_RELATION_MAP)
TD_LABEL_CODE(td_mention_kind, TD_MENTION_KIND, TD_MENTION_KIND_MAP)
TD_LABEL_CODE(td_gender, TD_GENDER, TD_GENDER_MAP)
TD_LABEL_CODE(td_number, TD_NUMBER, TD_NUMBER_MAP)
TD_LABEL_CODE(td_stage, TD_STAGE, TD_STAGE_MAP)
TD_LABEL_CODE(td_skip_why, TD_SKIP, TD_SKIP_MAP)
TD_LABEL_CODE(td_sense_kind, TD_SENSE, TD_SENSE_MAP)

td_deprel td_deprel_base(td_deprel deprel)
{
	/* Relations of more than one word, "nsubj:pass", by what stands before the colon. */
	static const uint8_t base[TD_DEPREL_COUNT] = {
		[TD_ACL_RELCL] = TD_ACL, [TD_ADVCL_RELCL] = TD_ADVCL, [TD_AUX_PASS] = TD_AUXIL, [TD_CC_PRECONJ] = TD_CC,
		[TD_COMPOUND_PRT] = TD_COMPOUND, [TD_CSUBJ_PASS] = TD_CSUBJ, [TD_CSUBJ_OUTER] = TD_CSUBJ,
		[TD_DET_PREDET] = TD_DETERM, [TD_NMOD_POSS] = TD_NMOD, [TD_NMOD_UNMARKED] = TD_NMOD, [TD_NMOD_DESC] = TD_NMOD,
		[TD_NSUBJ_PASS] = TD_NSUBJ, [TD_NSUBJ_OUTER] = TD_NSUBJ, [TD_OBL_AGENT] = TD_OBL, [TD_OBL_UNMARKED] = TD_OBL,
	};
	return (unsigned)deprel < TD_DEPREL_COUNT && base[deprel] ? base[deprel] : deprel;
}
