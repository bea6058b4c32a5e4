// Package contest owns the composition of the rules: from one round's input
// (template, rubric, roster, marks, decisions, history) to standings, outcomes
// and a trace of every number; the registry of rules versions, each of which
// stays runnable for ever; the canonical signed bundle of a publication in its
// sealed and its public form, with offline verification; explanations and
// what-if runs.
//
// It does not own the single rules (scoring, ranking, outcome), the sentences
// shown to people (phrase), storage, time or keys: a caller hands in what is
// needed, and the same input always gives the same bytes.
//
// The entry points are Compute, Explain, WhatIf, Seal and Verify.
package contest
