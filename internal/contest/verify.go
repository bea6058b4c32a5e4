package contest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"reflect"
	"slices"
	"strconv"

	"leitai/internal/fault"
)

// Trust says whose signatures count. Without fingerprints any key is accepted
// and the report tells which one it was: then only a comparison of the printed
// hash proves where the file came from.
type Trust struct {
	Fingerprints []string // of public keys, as Fingerprint gives them
}

// Report is what a verified bundle says.
type Report struct {
	Form        Form
	Hash        string
	KeyID       string
	Fingerprint string // of the key that signed
	Pinned      bool   // the key is one of those trusted
	Rules       int    // version of the rules it was computed with
	Input       Input
	Result      Result
}

// Verify checks a bundle offline, in this order: that the file is canonical JSON
// without unknown keys (BUNDLE_MALFORMED), that content and hash agree
// (BUNDLE_HASH), that the signature holds (BUNDLE_SIGNATURE) and its key is
// trusted (BUNDLE_KEY_UNTRUSTED); only then is the content read, as strictly
// (BUNDLE_MALFORMED); that this release knows the rules version
// (BUNDLE_RULES_UNKNOWN), and that computing anew gives the same bytes
// (BUNDLE_NOT_REPRODUCED).
func Verify(file []byte, trust Trust) (*Report, error) {
	e, inner, content, err := open(file)
	if err != nil {
		return nil, err
	}
	if hashOf(content) != e.Hash {
		return nil, fault.New(fault.BundleHash)
	}
	key, err := checkSignature(e, content)
	if err != nil {
		return nil, err
	}
	report := &Report{Form: e.Form, Hash: e.Hash, KeyID: e.KeyID, Fingerprint: Fingerprint(key)}
	report.Pinned = slices.Contains(trust.Fingerprints, report.Fingerprint)
	if len(trust.Fingerprints) > 0 && !report.Pinned {
		return nil, fault.New(fault.BundleKeyUntrusted, "value", ShortHash(report.Fingerprint))
	}
	p, err := unpack(inner, e)
	if err != nil {
		return nil, err
	}
	report.Rules, report.Input, report.Result = p.Input.Rules, p.Input, p.Result
	if _, known := versions[p.Input.Rules]; !known {
		return nil, fault.New(fault.BundleRulesUnknown, "value", strconv.Itoa(p.Input.Rules))
	}
	if err := reproduces(p.Input, &p.Result); err != nil {
		return nil, fault.New(fault.BundleNotReproduced)
	}
	return report, nil
}

// open parses the envelope strictly and gives the payload, still unread, with
// its canonical bytes.
func open(file []byte) (e envelope, inner any, content []byte, err error) {
	file = bytes.TrimSuffix(file, []byte("\n"))
	tree, err := readTree(file)
	if err != nil {
		return e, nil, nil, malformed("JSON")
	}
	if again, err := printTree(tree); err != nil || !bytes.Equal(again, file) {
		return e, nil, nil, malformed("not canonical")
	}
	outer, _ := tree.(map[string]any)
	inner = outer["payload"]
	delete(outer, "payload")
	if err := fromTree(tree, reflect.ValueOf(&e).Elem(), "bundle"); err != nil {
		return e, nil, nil, malformed(err.Error())
	}
	if content, err = printTree(inner); err != nil {
		return e, nil, nil, malformed("payload")
	}
	return e, inner, content, nil
}

// unpack reads a payload strictly and checks that it is of the form and key that
// the envelope says.
func unpack(inner any, e envelope) (*payload, error) {
	var p payload
	if err := fromTree(inner, reflect.ValueOf(&p).Elem(), "payload"); err != nil {
		return nil, malformed(err.Error())
	}
	known := p.Form == Sealed && !p.Input.Public || p.Form == Public && p.Input.Public
	if p.Format != bundleFormat || p.Form != e.Form || p.KeyID != e.KeyID || !known || p.Input.Template == nil {
		return nil, malformed("form")
	}
	return &p, nil
}

// malformed says what is wrong in a few words; a hostile file may not make a
// long message.
func malformed(what string) error {
	const most = 120
	if runes := []rune(what); len(runes) > most {
		what = string(runes[:most]) + "…"
	}
	return fault.New(fault.BundleMalformed, "value", what)
}

func checkSignature(e envelope, content []byte) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(e.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fault.New(fault.BundleSignature)
	}
	signature, err := hex.DecodeString(e.Signature)
	if err != nil || !ed25519.Verify(key, content, signature) {
		return nil, fault.New(fault.BundleSignature)
	}
	return key, nil
}

// reproduces computes an input anew and compares every byte of the result.
func reproduces(in Input, result *Result) error {
	again, err := Compute(in)
	if err != nil {
		return err
	}
	have, err := Canonical(*result)
	if err != nil {
		return err
	}
	want, err := Canonical(*again)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, want) {
		return fault.New(fault.BundleNotReproduced)
	}
	return nil
}
