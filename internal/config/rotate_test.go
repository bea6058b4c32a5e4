package config

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// clock is one that is moved by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func made(t *testing.T) (string, *clock) {
	t.Helper()
	folder := t.TempDir()
	if err := MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	return folder, &clock{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

func watch(t *testing.T, folder string, c *clock) *Live {
	t.Helper()
	l, err := WatchKeys(folder, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func reload(t *testing.T, l *Live) {
	t.Helper()
	if _, err := l.Reload(); err != nil {
		t.Fatal(err)
	}
}

// Two replicas that read the folder at different moments: at no moment does one
// use a key that the other does not know, and what was made before is good
// until its key is retired.
func TestReplicasRotateInTheirOwnTime(t *testing.T) {
	t.Parallel()
	for _, ring := range []string{cursorPrefix, secretsPrefix} {
		folder, c := made(t)
		a, b := watch(t, folder, c), watch(t, folder, c)
		of := func(l *Live) [][]byte {
			if ring == secretsPrefix {
				return l.Secrets()
			}
			return l.Cursors()
		}
		known := func(by, in *Live) bool {
			return slices.ContainsFunc(of(in), func(k []byte) bool { return bytes.Equal(k, of(by)[0]) })
		}
		both := func(when string) {
			t.Helper()
			if !known(a, b) || !known(b, a) {
				t.Fatalf("%s, %s: one replica uses a key that the other does not know", ring, when)
			}
		}
		old := of(a)[0]
		if _, err := RotateKey(folder, ring, c.at, c.at.Add(10*time.Minute)); err != nil {
			t.Fatal(err)
		}
		both("with the new file")
		reload(t, a)
		both("when one has read it")
		if !bytes.Equal(of(a)[0], old) {
			t.Fatal("the new key is used before its time")
		}
		c.at = c.at.Add(5 * time.Minute)
		reload(t, b)
		both("when both have read it")
		c.at = c.at.Add(5 * time.Minute)
		reload(t, b)
		both("when it has taken over on one")
		if bytes.Equal(of(b)[0], old) {
			t.Fatal("the new key was not taken")
		}
		reload(t, a)
		both("when it has taken over")
		if !slices.ContainsFunc(of(a), func(k []byte) bool { return bytes.Equal(k, old) }) {
			t.Fatal("what was made before the rotation is good no longer")
		}
		if gone, err := RetireKeys(folder, ring, c.at.Add(23*time.Hour), 24*time.Hour); err != nil || len(gone) != 0 {
			t.Fatalf("too early: %v %v", gone, err)
		}
		c.at = c.at.Add(24 * time.Hour)
		if gone, err := RetireKeys(folder, ring, c.at, 24*time.Hour); err != nil || !slices.Equal(gone, []string{ring + "-1.key"}) {
			t.Fatalf("retired %v %v", gone, err)
		}
		reload(t, a)
		if len(of(a)) != 1 || bytes.Equal(of(a)[0], old) {
			t.Errorf("%s: the retired key is still good", ring)
		}
	}
}

func TestASigningKeyRotates(t *testing.T) {
	t.Parallel()
	folder, c := made(t)
	l := watch(t, folder, c)
	first := l.Keys().SigningID
	name, err := RotateKey(folder, signingPrefix, c.at, c.at)
	if err != nil || name != "signing-2.key" {
		t.Fatalf("%s %v", name, err)
	}
	reload(t, l)
	if l.Keys().SigningID == first {
		t.Error("the old key signs")
	}
	states, err := ListKeys(folder, c.at)
	if err != nil || len(states) != 4 || states[0].File != "signing-2.key" || !states[0].Active || states[1].File != "signing.key" || states[1].Active ||
		len(states[0].Fingerprint) != 64 || states[0].Fingerprint == states[1].Fingerprint || states[2].Fingerprint != "" {
		t.Errorf("%+v %v", states, err)
	}
	if gone, err := RetireKeys(folder, signingPrefix, c.at.Add(time.Hour), time.Hour); err != nil || !slices.Equal(gone, []string{"signing.key"}) {
		t.Errorf("%v %v", gone, err)
	}
	if err := MakeKeys(folder); err != nil || exists(filepath.Join(folder, "signing.key")) {
		t.Errorf("making keys brought the retired one back: %v", err)
	}
}

func TestTenKeysAreInOrder(t *testing.T) {
	t.Parallel()
	folder, c := made(t)
	for n := 2; n <= 11; n++ {
		if name, err := RotateKey(folder, cursorPrefix, c.at, c.at); err != nil || name != nameOf(cursorPrefix, n) {
			t.Fatalf("%s %v", name, err)
		}
	}
	states, err := ListKeys(folder, c.at)
	if err != nil || states[1].File != "cursor-11.key" || !states[1].Active || states[11].File != "cursor-1.key" {
		t.Errorf("%+v %v", states, err)
	}
}

func TestRotationIsRefused(t *testing.T) {
	t.Parallel()
	folder, c := made(t)
	if _, err := RotateKey(folder, "nothing", c.at, c.at); err == nil {
		t.Error("a ring that is none")
	}
	if _, err := RotateKey(folder, cursorPrefix, c.at, c.at.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := RotateKey(folder, cursorPrefix, c.at, c.at.Add(time.Minute)); err == nil {
		t.Error("a second key before the first has taken over")
	}
	if gone, err := RetireKeys(folder, cursorPrefix, c.at, 0); err != nil || len(gone) != 0 {
		t.Errorf("the active key was retired: %v %v", gone, err)
	}
}

func TestAHalfWrittenFileChangesNothing(t *testing.T) {
	t.Parallel()
	folder, c := made(t)
	l := watch(t, folder, c)
	before := l.Keys()
	for _, text := range []string{"", "YWJj\n", "not base64"} {
		if err := os.WriteFile(filepath.Join(folder, "cursor-2.key"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if changed, err := l.Reload(); err == nil || changed || !l.Keys().equal(before) {
			t.Errorf("%q: %v %v", text, changed, err)
		}
	}
	key, err := os.ReadFile(filepath.Join(folder, "cursor-1.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "cursor-2.key"), append(key, "since yesterday\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Reload(); err == nil {
		t.Error("a second line of another kind")
	}
}

// A server reads its keys again when it is told to.
func TestKeepReadsAgainWhenAsked(t *testing.T) {
	t.Parallel()
	folder, c := made(t)
	l := watch(t, folder, c)
	ctx, stop := context.WithCancel(t.Context())
	asked, told, done := make(chan os.Signal), make(chan error), make(chan struct{})
	go func() {
		defer close(done)
		l.Keep(ctx, asked, func(changed bool, err error) {
			if !changed && err == nil {
				err = errors.New("told of nothing")
			}
			told <- err
		})
	}()
	asked <- os.Interrupt // nothing changed, so nothing is told
	if _, err := RotateKey(folder, cursorPrefix, c.at, c.at); err != nil {
		t.Fatal(err)
	}
	asked <- os.Interrupt
	if err := <-told; err != nil || len(l.Cursors()) != 2 {
		t.Errorf("%v, %d keys", err, len(l.Cursors()))
	}
	if err := os.Remove(filepath.Join(folder, "signing.key")); err != nil {
		t.Fatal(err)
	}
	asked <- os.Interrupt
	if err := <-told; err == nil {
		t.Error("a missing key is not told")
	}
	stop()
	<-done
	if fixed := Fixed(l.Keys()); fixed.Keys().SigningID != l.Keys().SigningID {
		t.Error("fixed keys changed")
	} else if changed, err := fixed.Reload(); changed || err != nil {
		t.Errorf("%v %v", changed, err)
	}
}
