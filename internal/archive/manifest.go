package archive

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

// format names the layout; it also keeps a signature over a manifest from ever
// being one over anything else.
const format = "leitai-archive-1"

// Names of the two entries that every archive ends with.
const (
	manifestName  = "manifest.json"
	signatureName = "manifest.sig.json"
)

// Manifest says what an archive holds. It is signed, and each part's hash in it
// makes the signature one over everything.
type Manifest struct {
	Format  string     `json:"format"`
	Form    Form       `json:"form"`
	Schema  string     `json:"schema"` // the newest migration
	Tenant  Subject    `json:"tenant"`
	Made    time.Time  `json:"made"`
	Units   int        `json:"units"`   // the excerpt of the table of divisions
	Edition string     `json:"edition"` // SHA-256 of that excerpt: the divisions the tenant worked with
	Parts   []Part     `json:"parts"`
	Left    []Omission `json:"left"`
}

// seal is the signature beside the manifest.
type seal struct {
	KeyID     string `json:"keyId"`
	PublicKey string `json:"publicKey"` // Ed25519, in hex
	Signature string `json:"signature"` // over the bytes of manifest.json, in hex
}

// Rows counts the lines of all parts.
func (m *Manifest) Rows() (n int) {
	for _, p := range m.Parts {
		if p.Kind != KindFile {
			n += p.Count
		}
	}
	return n
}

// Sum is the SHA-256 of the manifest, which names everything in the archive.
func (m *Manifest) Sum() string {
	body, err := m.body()
	if err != nil {
		return ""
	}
	return sumOf(body)
}

func (m *Manifest) body() ([]byte, error) { return json.MarshalIndent(m, "", " ") }

// part finds a table's part.
func (m *Manifest) part(kind, table string) (Part, bool) {
	at := slices.IndexFunc(m.Parts, func(p Part) bool { return p.Kind == kind && p.Table == table })
	if at < 0 {
		return Part{}, false
	}
	return m.Parts[at], true
}

func (m *Manifest) sign(signer contest.Signer) (body, signature []byte, err error) {
	if body, err = m.body(); err != nil {
		return nil, nil, err
	}
	made, err := signer.Sign(body)
	if err != nil {
		return nil, nil, err
	}
	signature, err = json.Marshal(seal{KeyID: signer.KeyID(), PublicKey: hex.EncodeToString(signer.PublicKey()), Signature: hex.EncodeToString(made)})
	return body, signature, err
}

// opened checks the signature by a trusted key and reads the manifest.
func opened(body, signature []byte, trusted []string) (*Manifest, error) {
	var s seal
	if err := strictly(signature, &s); err != nil {
		return nil, broken(signatureName)
	}
	key, err := hex.DecodeString(s.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, broken(signatureName)
	}
	made, err := hex.DecodeString(s.Signature)
	if err != nil || !ed25519.Verify(key, body, made) {
		return nil, broken(signatureName)
	}
	if signer := contest.Fingerprint(key); !slices.Contains(trusted, signer) {
		return nil, fault.New(fault.ArchiveUntrusted, "value", signer)
	}
	var m Manifest
	if err := strictly(body, &m); err != nil {
		return nil, broken(manifestName)
	}
	if m.Format != format {
		return nil, fault.New(fault.ArchiveFormat, "value", m.Format, "want", format)
	}
	return &m, nil
}

func strictly(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func broken(detail string) *fault.Fault { return fault.New(fault.ArchiveBroken, "detail", detail) }

func hexSum(sum []byte) string { return hex.EncodeToString(sum) }

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hexSum(sum[:])
}
