// Package ent owns the schema of record as Go code: the entities of schema/,
// what every tenant table shares in mixin/, and the client generated from them
// in gen/, which is committed and never edited.
//
// It does not own the tables themselves (migrations/*.sql are the schema of
// record in SQL, with the foreign keys, checks, triggers and policies that ent
// cannot say; a test of internal/postgres compares the two), nor any rule:
// hooks, interceptors and conversions live in internal/postgres, the only room
// that may name gen.
package ent
