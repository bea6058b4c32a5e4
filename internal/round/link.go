package round

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"

	"github.com/google/uuid"
)

// PublicPrefix is where the pages for everybody who has a link stand.
const PublicPrefix = "/public/"

// publicResult is what a link to a result says: nothing but which one. It opens what
// was published to everybody, has no end of its own, and is worth nothing where
// the result is public no longer.
type publicResult struct{ round, version uuid.UUID } // version is the template's, which never changes for a round

// linkSigner signs links; the first key signs, all verify, so that a link
// printed on paper outlives a rotation for as long as its key is kept.
type linkSigner struct{ keys func() [][]byte }

var linkText = base64.RawURLEncoding.Strict()

// linkBytes is how long a link is before it is written as text.
const linkBytes = 2*len(uuid.UUID{}) + sha256.Size

func (s linkSigner) sign(l publicResult) string {
	body := append(l.round[:], l.version[:]...)
	return linkText.EncodeToString(append(linkSum(s.keys()[0], body), body...))
}

func (s linkSigner) read(text string) (l publicResult, ok bool) {
	data, err := linkText.DecodeString(text)
	if err != nil || len(data) != linkBytes {
		return l, false
	}
	sum, body := data[:sha256.Size], data[sha256.Size:]
	for _, key := range s.keys() {
		if hmac.Equal(sum, linkSum(key, body)) {
			copy(l.round[:], body)
			copy(l.version[:], body[len(l.round):])
			return l, true
		}
	}
	return l, false
}

// linkSum is bound to its purpose, because the key serves others, too.
func linkSum(key, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("leitai public result\n"))
	h.Write(body)
	return h.Sum(nil)
}
