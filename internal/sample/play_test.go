package sample_test

import "testing"

func TestPlay(t *testing.T) {
	t.Parallel()
	playAll(t)
}
