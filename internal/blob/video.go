package blob

import (
	"context"
	"encoding/binary"
	"slices"

	"leitai/internal/evidence"
	"leitai/internal/fault"
)

// brands are the major brands of MP4 that phones write and browsers play.
var brands = []string{"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "qt  "}

// notes are boxes in which cameras write place, owner and device.
var notes = []string{"udta", "meta", "uuid", "XMP_"}

// video keeps an MP4 whose boxes add up, with every box of notes blanked in
// place: sizes stay, so that nothing else moves (A42). The frames are not
// looked at; it is sent with a policy under which a browser runs nothing.
func (s *Store) video(_ context.Context, data []byte) (*evidence.Content, error) {
	if !slices.Contains(brands, string(data[8:12])) {
		return nil, fault.New(fault.FileTypeRefused, "want", taken)
	}
	kept := slices.Clone(data)
	seen := map[string]bool{}
	if !blank(kept, 0, seen) || !seen["moov"] || !seen["mdat"] {
		return nil, fault.New(fault.FileBroken)
	}
	return &evidence.Content{MediaType: "video/mp4", Extension: "mp4", Body: kept}, nil
}

// blank walks the boxes of a block and empties those of notes; false when they
// do not add up.
func blank(block []byte, depth int, seen map[string]bool) bool {
	for len(block) > 0 {
		size, head, ok := boxSize(block)
		if !ok {
			return false
		}
		name, body := string(block[4:8]), block[head:size]
		switch {
		case slices.Contains(notes, name):
			copy(block[4:8], "free")
			clear(body)
		case depth < 2 && (name == "moov" || name == "trak"):
			if !blank(body, depth+1, seen) {
				return false
			}
		}
		if depth == 0 {
			seen[name] = true
		}
		block = block[size:]
	}
	return true
}

// boxSize reads the size of the box at the beginning of a block, with that of
// its head.
func boxSize(block []byte) (size, head int, ok bool) {
	if len(block) < 8 {
		return 0, 0, false
	}
	wide, head := uint64(binary.BigEndian.Uint32(block)), 8
	switch wide {
	case 0: // to the end
		return len(block), head, true
	case 1:
		if len(block) < 16 {
			return 0, 0, false
		}
		wide, head = binary.BigEndian.Uint64(block[8:]), 16
	}
	if wide < uint64(head) || wide > uint64(len(block)) {
		return 0, 0, false
	}
	return int(wide), head, true
}
