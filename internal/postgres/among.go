package postgres

import (
	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"
)

// among narrows a query to rows of which a column is one of some ids. It is one
// statement however many they are, so that a connection prepares it once; ent's
// own predicate would write a list of another length each time.
func among(column string, ids []uuid.UUID) func(*entsql.Selector) {
	return func(s *entsql.Selector) {
		s.Where(entsql.P(func(b *entsql.Builder) {
			b.Ident(s.C(column)).WriteString(" = ANY(").Arg(array(ids)).WriteString(")")
		}))
	}
}
