// Package golden holds the worked cases with their answers and the test that
// runs every one of them through the product's own code.
//
// It owns the translation of a case into templates, rounds, marks and back; it
// computes no answer itself. testdata/ holds the cases this project ships, as
// they were handed over with the requirements: they were worked out
// independently with exact fractions. LEITAI_GOLDEN_DIR names another folder.
package golden
