// Package journeys owns what people do from end to end, as tests on a whole
// service with the fictional county in it. Package overhttp below it does so
// over the network, with nothing but tokens and the documented queries.
//
// It does not own the county (sample) or single answers of the contract
// (graphtest).
package journeys
