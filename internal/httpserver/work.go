package httpserver

import "context"

// Attend listens for operators alone, for a program that works and serves
// nobody else, until stop is called.
func (s *Server) Attend(ctx context.Context) (stop func(), err error) {
	stop, err = s.serveOperations(ctx)
	if err == nil {
		s.ready.set(true)
	}
	return stop, err
}
