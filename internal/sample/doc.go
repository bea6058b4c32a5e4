// Package sample owns the fictional county of the demonstration: its units and
// people, the competition its township runs, and the playing of six months
// through the same use cases as the API, each person with an own credential.
// The demonstration, tests and benchmarks use it; it also carries the national
// table of divisions, for browsing and to prove that nothing in the fictional
// county is real.
//
// Nobody in it is real: people are named by their role and a number, and no
// mark, rank or fine stands beside a real village.
//
// It does not own any rule of a contest (the pure rooms), any use case, or how
// services are wired together (wiring).
package sample
