package data

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"
)

// source draws everything that is drawn in one part of the data: the same seed
// and part always draw the same.
type source struct{ *rand.Rand }

func newSource(seed uint64, part string) *source {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(part+"\x00"), seed))
	return &source{rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))} //nolint:gosec // reproducible data, no secrets
}

// at makes an id of the form the service makes, UUIDv7, so that indexes grow as
// in use: the moment first, then drawn bits.
func (s *source) at(moment time.Time) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(moment.UnixMilli())<<16|s.Uint64()&0xffff)
	binary.BigEndian.PutUint64(id[8:], s.Uint64())
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id
}

// pseudonym draws one of the form the service draws.
func (s *source) pseudonym() string {
	b := binary.BigEndian.AppendUint64(nil, s.Uint64())
	return "p-" + strings.ToLower(base32.StdEncoding.EncodeToString(b)[:10])
}
