// Package told owns the journeys of what is told without being asked for: a
// system of somebody else that is told what happens in a township, over HTTP and
// verified as its library does, and the people who find it in their inbox.
//
// It owns no program code: only its tests.
package told
