// Package ballot owns the arithmetic of a democratic evaluation (民主测评): who
// may vote in which rater group (Q27), whether a sheet is filled in as it should
// be (Q26), how counts by group become one exact blended score, and above all
// what of the counts may be published at all (Q34).
//
// It does not own codes, the storage of ballots or the close (voting and the
// database do), and it never sees a single ballot: its input are counts. It has
// no clock, no database and no floating point.
package ballot
