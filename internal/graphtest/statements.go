package graphtest

import (
	"database/sql/driver"
	"slices"
	"sync"

	"leitai/internal/dbtest"
)

// sent collects the statements on their way to PostgreSQL, BEGIN and COMMIT
// aside.
type sent struct {
	lock sync.Mutex
	all  []string
}

// watch puts itself before what else looks at statements.
func (s *sent) watch(w *dbtest.Watch) {
	before := w.Before
	w.Before = func(at dbtest.Moment, query string, args []driver.NamedValue) error {
		s.lock.Lock()
		s.all = append(s.all, query)
		s.lock.Unlock()
		if before == nil {
			return nil
		}
		return before(at, query, args)
	}
}

// SentSQL gives the statements that the service sent while something was done. It
// counts all of them: nothing else may be asked of the service meanwhile.
func (k *Kit) SentSQL(do func()) []string {
	k.sent.lock.Lock()
	k.sent.all = nil
	k.sent.lock.Unlock()
	do()
	k.sent.lock.Lock()
	defer k.sent.lock.Unlock()
	return slices.Clone(k.sent.all)
}
