package event

// Watching is how many of those who wait have read once and said what they watch:
// whatever happens from now on is news to them. Who has only joined has not
// settled yet what is old.
func (h *Hub) Watching() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.waiters {
		if len(w.tenants) > 0 {
			n++
		}
	}
	return n
}
