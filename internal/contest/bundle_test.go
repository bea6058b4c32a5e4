package contest_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

// key derives a signing key from a word, so that tests need no randomness.
func key(word string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(word))
	return ed25519.NewKeyFromSeed(seed[:])
}

func seal(t *testing.T, in contest.Input, form contest.Form, word string) *contest.Bundle {
	t.Helper()
	b, err := contest.Seal(in, compute(t, in), contest.NewSigner("2023", key(word)), form)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// public is the public half of a word's key.
func public(word string) ed25519.PublicKey {
	half, _ := key(word).Public().(ed25519.PublicKey)
	return half
}

func pinned(word string) contest.Trust {
	return contest.Trust{Fingerprints: []string{contest.Fingerprint(public(word))}}
}

// sealable is a round with history, an absent village and a decision.
func sealable() contest.Input {
	in := withHistory(seven("2023-06"))
	in.Roster[3].Absent = true
	in.Decisions = []contest.Decision{{Subject: "V4", Do: contest.DecideUnranked, Reason: "因灾未参评", By: "P9"}}
	return in
}

func TestBundlesVerify(t *testing.T) {
	t.Parallel()
	for _, form := range []contest.Form{contest.Sealed, contest.Public} {
		in := sealable()
		b := seal(t, in, form, "township")
		report, err := contest.Verify(b.Bytes, pinned("township"))
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if report.Form != form || report.Hash != b.Hash || report.KeyID != "2023" || !report.Pinned || report.Rules != contest.RulesVersion || report.Input.Round.Period != "2023-06" {
			t.Errorf("%s: %+v", form, report)
		}
		if got, want := board(&report.Result), board(compute(t, in)); got != want {
			t.Errorf("%s: the bundle says %s, the round %s", form, got, want)
		}
		if report, err = contest.Verify(append(b.Bytes, '\n'), contest.Trust{}); err != nil || report.Pinned {
			t.Errorf("%s: without pinned keys, and with the newline an editor adds: %v", form, err)
		}
		if again := seal(t, in, form, "township"); !bytes.Equal(again.Bytes, b.Bytes) {
			t.Errorf("%s: sealing twice gives other bytes", form)
		}
	}
}

func TestPublicFormGivesNobodyAway(t *testing.T) {
	t.Parallel()
	in := judgedBy(sealable(), "J7", "95")
	sealed, public := seal(t, in, contest.Sealed, "k"), seal(t, in, contest.Public, "k")
	for _, secret := range []string{`"J0"`, `"J7"`, `"judge"`, `"marks"`, "2023-06-V1-0", `"LV1"`, `"KV7"`, `"P9"`, "因灾未参评", `"range":{"best"`, `"person":"LV`} {
		if !bytes.Contains(sealed.Bytes, []byte(secret)) {
			t.Errorf("the sealed form lacks %s", secret)
		}
		if bytes.Contains(public.Bytes, []byte(secret)) {
			t.Errorf("the public form shows %s", secret)
		}
	}
	report, err := contest.Verify(public.Bytes, contest.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range report.Result.Traces {
		if trace.Lines[0].Kind != contest.LineChannel {
			t.Errorf("the public trace of %s starts with %+v", trace.Subject, trace.Lines[0])
		}
		checkTrace(t, &report.Result, trace.Subject, 2)
	}
}

// replace changes one part of a bundle that must be there.
func replace(t *testing.T, b []byte, old, updated string) []byte {
	t.Helper()
	if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("the bundle has no %s", old)
	}
	return bytes.Replace(b, []byte(old), []byte(updated), 1)
}

// rehash puts the right hash onto a changed bundle, as a forger would.
func rehash(t *testing.T, b []byte) []byte {
	t.Helper()
	payload := cut(t, b)
	sum := sha256.Sum256(payload)
	at := bytes.Index(b, []byte(`"hash":"`)) + len(`"hash":"`)
	return append(append(append([]byte(nil), b[:at]...), hex.EncodeToString(sum[:])...), b[at+64:]...)
}

// resign signs a changed bundle with another key, as a forger would.
func resign(t *testing.T, b []byte, word string) []byte {
	t.Helper()
	payload := cut(t, b)
	sum := sha256.Sum256(payload)
	signer := key(word)
	return []byte(`{"form":"` + form(b) + `","hash":"` + hex.EncodeToString(sum[:]) + `","keyId":"2023","payload":` + string(payload) +
		`,"publicKey":"` + hex.EncodeToString(public(word)) + `","signature":"` + hex.EncodeToString(ed25519.Sign(signer, payload)) + `"}`)
}

func cut(t *testing.T, b []byte) []byte {
	t.Helper()
	first, last := bytes.Index(b, []byte(`"payload":`))+len(`"payload":`), bytes.LastIndex(b, []byte(`,"publicKey":`))
	if last < first {
		t.Fatalf("no payload in %s", b)
	}
	return b[first:last]
}

func form(b []byte) string {
	if bytes.HasPrefix(b, []byte(`{"form":"sealed"`)) {
		return "sealed"
	}
	return "public"
}

func TestChangedBundlesAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		form         contest.Form
		what         string
		old, updated string
	}{
		{contest.Sealed, "a mark", `"value":"95"}`, `"value":"96"}`},
		{contest.Sealed, "a weight", `"weight":"40"`, `"weight":"41"`},
		{contest.Sealed, "a total", `"shown":"95.00"`, `"shown":"96.00"`},
		{contest.Sealed, "who marked", `"judge":"J0"`, `"judge":"J8"`},
		{contest.Public, "a mean", `"value":"95"}`, `"value":"96"}`},
		{contest.Public, "a weight", `"weight":"40"`, `"weight":"41"`},
		{contest.Public, "a total", `"shown":"95.00"`, `"shown":"96.00"`},
		{contest.Public, "an earlier total", `"total":"70"`, `"total":"71"`},
	} {
		whole := seal(t, sealable(), c.form, "township").Bytes
		changed := replace(t, whole, c.old, c.updated)
		if _, err := contest.Verify(changed, pinned("township")); fault.CodeOf(err) != fault.BundleHash {
			t.Errorf("%s, %s changed: %v", c.form, c.what, err)
		}
		if _, err := contest.Verify(rehash(t, changed), pinned("township")); fault.CodeOf(err) != fault.BundleSignature {
			t.Errorf("%s, %s changed and hashed again: %v", c.form, c.what, err)
		}
		if _, err := contest.Verify(resign(t, changed, "forger"), pinned("township")); fault.CodeOf(err) != fault.BundleKeyUntrusted {
			t.Errorf("%s, %s changed and signed by somebody else: %v", c.form, c.what, err)
		}
	}
}

// Whoever signs anew without trust being pinned still has to make the result
// follow from the input.
func TestResultsThatDoNotFollowAreRefused(t *testing.T) {
	t.Parallel()
	whole := seal(t, sealable(), contest.Sealed, "township").Bytes
	if _, err := contest.Verify(resign(t, whole, "other"), contest.Trust{}); err != nil {
		t.Fatalf("an honest bundle under another key: %v", err)
	}
	for what, c := range map[string][2]string{
		"a mark":        {`"value":"95"}`, `"value":"96"}`},
		"two weights":   {`"weight":"40"`, `"weight":"39"`},
		"a total":       {`"shown":"95.00"`, `"shown":"96.00"`},
		"an impossible": {`"value":"95"}`, `"value":"955"}`},
		"a rank":        {`"rank":"2","rankFromBottom"`, `"rank":"1","rankFromBottom"`},
		"a streak":      {`"count":"3"`, `"count":"4"`},
		"another year":  {`"period":"2023-06"`, `"period":"2022-06"`},
	} {
		changed := replace(t, whole, c[0], c[1])
		if what == "two weights" { // that still sum to 100
			changed = replace(t, changed, `"weight":"60"`, `"weight":"61"`)
		}
		if _, err := contest.Verify(resign(t, changed, "other"), contest.Trust{}); fault.CodeOf(err) != fault.BundleNotReproduced {
			t.Errorf("%s changed: %v", what, err)
		}
	}
	if _, err := contest.Verify(resign(t, replace(t, whole, `"rules":"2","template"`, `"rules":"9","template"`), "other"), contest.Trust{}); fault.CodeOf(err) != fault.BundleRulesUnknown && fault.CodeOf(err) != fault.BundleNotReproduced {
		t.Errorf("unknown rules: %v", err)
	}
}

// Every seventh byte stands for all; FuzzVerify takes any.
func TestEverySingleByteCounts(t *testing.T) {
	t.Parallel()
	whole := seal(t, round("2023-04", [3]string{"90", "91", "92"}, [3]string{"80", "81", "82"}), contest.Public, "township").Bytes
	for i := 0; i < len(whole); i += 7 {
		changed := bytes.Clone(whole)
		changed[i] ^= 1
		if _, err := contest.Verify(changed, pinned("township")); err == nil {
			t.Fatalf("byte %d, %q instead of %q, goes unseen", i, changed[i], whole[i])
		}
	}
}

func TestMalformedBundles(t *testing.T) {
	t.Parallel()
	whole := seal(t, sealable(), contest.Sealed, "township").Bytes
	for what, b := range map[string][]byte{
		"nothing":        nil,
		"no JSON":        []byte("bundle"),
		"a list":         []byte("[]"),
		"half of it":     whole[:len(whole)/2],
		"two of it":      append(bytes.Clone(whole), whole...),
		"white space":    replace(t, whole, `{"form"`, `{ "form"`),
		"another order":  replace(t, replace(t, whole, `{"form":"sealed",`, `{`), `"keyId":`, `"form":"sealed","keyId":`),
		"a key twice":    replace(t, whole, `{"form":"sealed"`, `{"form":"sealed","form":"sealed"`),
		"unknown key":    replace(t, whole, `"signature"`, `"sign":"","signature"`),
		"unknown inside": resign(t, replace(t, whole, `"round":{`, `"round":{"extra":"1",`), "township"),
		"a number":       resign(t, replace(t, whole, `"rank":"2"`, `"rank":2`), "township"),
		"other form":     replace(t, whole, `{"form":"sealed"`, `{"form":"public"`),
		"unknown form":   resign(t, replace(t, bytes.Replace(whole, []byte(`"form":"sealed"`), []byte(`"form":"public"`), 1), `"form":"sealed"`, `"form":"secret"`), "township"),
		"other key name": replace(t, whole, `"keyId":"2023","payload"`, `"keyId":"2024","payload"`),
		"other format":   resign(t, replace(t, whole, `leitai-bundle-1`, `leitai-bundle-2`), "township"),
		"no list":        resign(t, replace(t, whole, `"roster":[`, `"roster":"x","rostes":[`), "township"),
	} {
		if _, err := contest.Verify(b, pinned("township")); fault.CodeOf(err) != fault.BundleMalformed {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, b := range map[string][]byte{
		"no key":          bytes.Replace(whole, []byte(`"publicKey":"`), []byte(`"publicKey":"zz`), 1),
		"no signature":    bytes.Replace(whole, []byte(`"signature":"`), []byte(`"signature":"zz`), 1),
		"half of the key": replace(t, whole, hex.EncodeToString(public("township")), "00ff"),
	} {
		if _, err := contest.Verify(b, pinned("township")); fault.CodeOf(err) != fault.BundleSignature {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// FuzzVerify changes any byte of a bundle to any other: nothing may pass, and
// nothing may break the verifier.
func FuzzVerify(f *testing.F) {
	in := round("2023-04", [3]string{"90", "91", "92"}, [3]string{"80", "81", "82"})
	result, err := contest.Compute(in)
	if err != nil {
		f.Fatal(err)
	}
	b, err := contest.Seal(in, result, contest.NewSigner("2023", key("township")), contest.Sealed)
	if err != nil {
		f.Fatal(err)
	}
	for i := 0; i < len(b.Bytes); i += 97 {
		f.Add(i, byte('9'))
	}
	f.Fuzz(func(t *testing.T, at int, with byte) {
		if at < 0 || at >= len(b.Bytes) || b.Bytes[at] == with {
			return
		}
		changed := bytes.Clone(b.Bytes)
		changed[at] = with
		if _, err := contest.Verify(changed, pinned("township")); fault.CodeOf(err) == "" && !sameHex(b.Bytes[at], with) {
			t.Fatalf("%q instead of %q at %d: %v", with, b.Bytes[at], at, err)
		}
	})
}

// sameHex reports whether two bytes are the same digit of a hexadecimal number:
// the key and the signature may be written in capitals.
func sameHex(a, b byte) bool {
	return strings.ContainsRune("abcdef", rune(a|0x20)) && a|0x20 == b|0x20
}
