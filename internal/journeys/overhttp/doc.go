// Package overhttp owns the journeys that are made over the network: a month, a
// half-year and a trial with nothing but the tokens of demo.json and the
// documented queries of docs/queries, and a server that is killed while it
// writes. It holds tests only.
//
// It does not own journeys through the use cases (journeys) or single answers
// of the contract (graphtest).
package overhttp
