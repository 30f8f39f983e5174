/* UD features that follow from the Penn tag and the word itself, https://universaldependencies.org/en/feat/. */
#ifndef TD_FEATURES_H
#define TD_FEATURES_H

#include "doc/doc.h"

const char *td_features(const td_token *tok); /* static text, "_" when none */

#endif
