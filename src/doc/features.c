#include "doc/features.h"

/* By word (lower case) and part of speech, before the tag is asked. TD_POS_X: any. */
static const struct {
	const char *word;
	td_upos upos;
	const char *feats;
} words[] = {
	{ "the", TD_DET, "Definite=Def|PronType=Art" },
	{ "a", TD_DET, "Definite=Ind|PronType=Art" },
	{ "an", TD_DET, "Definite=Ind|PronType=Art" },
	{ "this", TD_POS_X, "Number=Sing|PronType=Dem" },
	{ "these", TD_POS_X, "Number=Plur|PronType=Dem" },
	{ "that", TD_DET, "Number=Sing|PronType=Dem" },
	{ "those", TD_POS_X, "Number=Plur|PronType=Dem" },
	{ "i", TD_PRON, "Case=Nom|Number=Sing|Person=1|PronType=Prs" },
	{ "me", TD_PRON, "Case=Acc|Number=Sing|Person=1|PronType=Prs" },
	{ "my", TD_PRON, "Case=Gen|Number=Sing|Person=1|Poss=Yes|PronType=Prs" },
	{ "we", TD_PRON, "Case=Nom|Number=Plur|Person=1|PronType=Prs" },
	{ "us", TD_PRON, "Case=Acc|Number=Plur|Person=1|PronType=Prs" },
	{ "our", TD_PRON, "Case=Gen|Number=Plur|Person=1|Poss=Yes|PronType=Prs" },
	{ "you", TD_PRON, "Person=2|PronType=Prs" },
	{ "your", TD_PRON, "Case=Gen|Person=2|Poss=Yes|PronType=Prs" },
	{ "he", TD_PRON, "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs" },
	{ "him", TD_PRON, "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs" },
	{ "his", TD_PRON, "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs" },
	{ "she", TD_PRON, "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs" },
	{ "her", TD_PRON, "Gender=Fem|Number=Sing|Person=3|PronType=Prs" },
	{ "it", TD_PRON, "Gender=Neut|Number=Sing|Person=3|PronType=Prs" },
	{ "its", TD_PRON, "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs" },
	{ "they", TD_PRON, "Case=Nom|Number=Plur|Person=3|PronType=Prs" },
	{ "them", TD_PRON, "Case=Acc|Number=Plur|Person=3|PronType=Prs" },
	{ "their", TD_PRON, "Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs" },
	{ "himself", TD_PRON, "Gender=Masc|Number=Sing|Person=3|PronType=Prs|Reflex=Yes" },
	{ "herself", TD_PRON, "Gender=Fem|Number=Sing|Person=3|PronType=Prs|Reflex=Yes" },
	{ "itself", TD_PRON, "Gender=Neut|Number=Sing|Person=3|PronType=Prs|Reflex=Yes" },
	{ "themselves", TD_PRON, "Number=Plur|Person=3|PronType=Prs|Reflex=Yes" },
	{ "who", TD_PRON, "PronType=Rel" },
	{ "which", TD_PRON, "PronType=Rel" },
	{ "what", TD_PRON, "PronType=Int" },
	{ "when", TD_ADV, "PronType=Int" },
	{ "where", TD_ADV, "PronType=Int" },
	{ "why", TD_ADV, "PronType=Int" },
	{ "how", TD_ADV, "PronType=Int" },
	{ "here", TD_ADV, "PronType=Dem" },
	{ "there", TD_ADV, "PronType=Dem" },
	{ "now", TD_ADV, "PronType=Dem" },
	{ "then", TD_ADV, "PronType=Dem" },
	{ "not", TD_PART, "Polarity=Neg" },
	{ "n't", TD_PART, "Polarity=Neg" },
	{ "no", TD_DET, "PronType=Neg" },
	{ "all", TD_DET, "PronType=Tot" },
	{ "every", TD_DET, "PronType=Tot" },
	{ "each", TD_DET, "PronType=Tot" },
	{ "some", TD_DET, "PronType=Ind" },
	{ "any", TD_DET, "PronType=Ind" },
};

static const struct {
	td_xpos xpos;
	const char *feats;
} tags[] = {
	{ TD_XP_NN, "Number=Sing" },
	{ TD_XP_NNP, "Number=Sing" },
	{ TD_XP_NNS, "Number=Plur" },
	{ TD_XP_NNPS, "Number=Plur" },
	{ TD_XP_VB, "VerbForm=Inf" },
	{ TD_XP_VBD, "Mood=Ind|Tense=Past|VerbForm=Fin" },
	{ TD_XP_VBZ, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin" },
	{ TD_XP_VBP, "Mood=Ind|Tense=Pres|VerbForm=Fin" },
	{ TD_XP_VBG, "VerbForm=Ger" },
	{ TD_XP_VBN, "Tense=Past|VerbForm=Part" },
	{ TD_XP_MD, "VerbForm=Fin" },
	{ TD_XP_JJ, "Degree=Pos" },
	{ TD_XP_JJR, "Degree=Cmp" },
	{ TD_XP_JJS, "Degree=Sup" },
	{ TD_XP_RBR, "Degree=Cmp" },
	{ TD_XP_RBS, "Degree=Sup" },
	{ TD_XP_CD, "NumType=Card" },
};

static bool same_ignoring_case(td_str a, const char *low)
{
	if (strlen(low) != a.n) return false;
	for (size_t i = 0; i < a.n; i++)
		if ((a.at[i] >= 'A' && a.at[i] <= 'Z' ? a.at[i] | 0x20 : a.at[i]) != low[i]) return false;
	return true;
}

const char *td_features(const td_token *tok)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if ((words[i].upos == TD_POS_X || words[i].upos == tok->upos) && same_ignoring_case(tok->form, words[i].word))
			return words[i].feats;
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (tags[i].xpos == tok->xpos) return tags[i].feats;
	return "_";
}
