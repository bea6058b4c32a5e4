package httpserver

import (
	"crypto/sha256"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"leitai/internal/calendar"
)

// kept are answers made of published data alone, held in memory, bounded in
// bytes, the longest unused first to go.
type kept struct {
	lock sync.Mutex
	lru  *simplelru.LRU[keptKey, *keptAnswer]
	held int64
	most int64
}

type keptKey [sha256.Size]byte

type keptAnswer struct {
	body  []byte
	tag   string        // of the body, an ETag
	stamp string        // of what it was read from
	today calendar.Date // when it was asked
}

// keptBeside is what an answer takes beside its bytes: key, tag, stamp, entries.
const keptBeside = 500

func (a *keptAnswer) size() int64 { return int64(len(a.body)) + keptBeside }

// newKept holds at most so many bytes; nil for none.
func newKept(most int64) *kept {
	if most <= 0 {
		return nil
	}
	k := &kept{most: most}
	// Bytes are the bound; as many entries could never be held.
	k.lru, _ = simplelru.NewLRU(int(most/keptBeside)+1, func(_ keptKey, a *keptAnswer) { k.held -= a.size() })
	return k
}

func (k *kept) get(key keptKey) *keptAnswer {
	k.lock.Lock()
	defer k.lock.Unlock()
	a, _ := k.lru.Get(key)
	return a
}

// put holds an answer, in place of an older one to the same question, unless it
// alone would take an eighth of the memory.
func (k *kept) put(key keptKey, a *keptAnswer) {
	if a.size() > k.most/8 {
		return
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	k.lru.Remove(key)
	k.lru.Add(key, a)
	k.held += a.size()
	for k.held > k.most {
		k.lru.RemoveOldest()
	}
}

// bytes tells how much is held.
func (k *kept) bytes() int64 {
	k.lock.Lock()
	defer k.lock.Unlock()
	return k.held
}
