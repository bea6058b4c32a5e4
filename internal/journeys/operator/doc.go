// Package operator owns what an operator does with the built program, as tests:
// the demonstration from its one command to its last page, a server that
// refuses to start where it would not be safe, imports that refuse bad tables,
// and bundles that are verified offline. It holds tests only.
//
// It does not own what people do over the network (overhttp) or how a folder is
// prepared (sample).
package operator
