package contest

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"leitai/internal/fault"
)

// Form is how much of a round a bundle shows.
type Form string

// The sealed form holds marks and pseudonyms, for auditors. The public form
// starts at channel means and names no judge, no mark and no person.
const (
	Sealed Form = "sealed"
	Public Form = "public"
)

// bundleFormat names the layout of a payload; it also keeps a signature over a
// bundle from ever being one over anything else.
const bundleFormat = "leitai-bundle-1"

// payload is what is hashed and signed.
type payload struct {
	Format string `json:"format"`
	Form   Form   `json:"form"`
	KeyID  string `json:"keyId"`
	Input  Input  `json:"input"`
	Result Result `json:"result"`
}

// envelope is the file around the payload. Hash is the SHA-256 of the payload's canonical bytes,
// Signature an Ed25519 signature over the same bytes; both in hex, as is the
// public key.
type envelope struct {
	Form      Form   `json:"form"`
	Hash      string `json:"hash"`
	KeyID     string `json:"keyId"`
	PublicKey string `json:"publicKey"`
	Signature string `json:"signature"`
}

// Signer signs bundles; the private key stays with its owner.
type Signer interface {
	KeyID() string // the owner's name for the key, so that keys can rotate
	PublicKey() ed25519.PublicKey
	Sign(message []byte) ([]byte, error)
}

// NewSigner signs with a key held in memory.
func NewSigner(keyID string, key ed25519.PrivateKey) Signer { return memorySigner{keyID, key} }

type memorySigner struct {
	id  string
	key ed25519.PrivateKey
}

func (s memorySigner) KeyID() string { return s.id }

func (s memorySigner) PublicKey() ed25519.PublicKey {
	public, _ := s.key.Public().(ed25519.PublicKey) // it is one by its package's word
	return public
}

func (s memorySigner) Sign(message []byte) ([]byte, error) { return ed25519.Sign(s.key, message), nil }

// Bundle is a finished file with the hash that is printed on the bulletin.
type Bundle struct {
	Bytes []byte
	Hash  string // 64 hex digits
}

// Seal makes the bundle of a published round in one form. The result is the one
// that Compute gave for the input; for the public form it is computed anew from
// the public input. A result with undecided gaps is BUNDLE_UNDECIDED, one that
// the input does not give is BUNDLE_NOT_REPRODUCED.
func Seal(in Input, result *Result, signer Signer, form Form) (*Bundle, error) {
	if len(result.Gaps) > 0 {
		return nil, fault.New(fault.BundleUndecided)
	}
	if err := reproduces(in, result); err != nil {
		return nil, err
	}
	if form == Public {
		var err error
		if in, err = PublicInput(in); err != nil {
			return nil, err
		}
		if result, err = Compute(in); err != nil {
			return nil, err
		}
	}
	return sign(payload{Format: bundleFormat, Form: form, KeyID: signer.KeyID(), Input: in, Result: *result}, signer)
}

func sign(p payload, signer Signer) (*Bundle, error) {
	p.Input = ordered(p.Input)
	content, err := Canonical(p)
	if err != nil {
		return nil, err
	}
	signature, err := signer.Sign(content)
	if err != nil {
		return nil, err
	}
	hash := hashOf(content)
	file, err := wrap(content, envelope{
		Form: p.Form, Hash: hash, KeyID: p.KeyID,
		PublicKey: hex.EncodeToString(signer.PublicKey()), Signature: hex.EncodeToString(signature),
	})
	return &Bundle{Bytes: file, Hash: hash}, err
}

// wrap puts the payload's bytes into the envelope without touching them.
func wrap(content []byte, e envelope) ([]byte, error) {
	tree, err := readTree(content)
	if err != nil {
		return nil, err
	}
	return printTree(map[string]any{
		"form": string(e.Form), "hash": e.Hash, "keyId": e.KeyID,
		"payload": tree, "publicKey": e.PublicKey, "signature": e.Signature,
	})
}

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Fingerprint identifies a public key: the SHA-256 of its bytes, in hex.
func Fingerprint(key ed25519.PublicKey) string { return hashOf(key) }

// ShortHash is the form of a hash or fingerprint that is printed on a bulletin
// and read out over a telephone: its first 32 hex digits in groups of four.
func ShortHash(hash string) string {
	hash = hash[:min(len(hash), 32)]
	var groups []string
	for ; len(hash) > 4; hash = hash[4:] {
		groups = append(groups, hash[:4])
	}
	return strings.Join(append(groups, hash), "-")
}
