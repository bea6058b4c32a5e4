package round

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"leitai/internal/exact"
)

// fewMarks is up to how many marks the audit names one by one.
const fewMarks = 16

// entered is what the audit keeps of marks that were entered at once: how many,
// when, so that they can be found again by the round and the moment, and their
// fingerprint, by which it is proved that they are still those; of few also
// which, and of a trial, whose marks may be wiped, the competition.
func entered(r *Round, marks []*Mark) map[string]any {
	detail := map[string]any{"marks": len(marks), "at": marks[0].EnteredAt.UTC().Format(time.RFC3339Nano), "fingerprint": Fingerprint(marks)}
	if r.Trial {
		detail["trial"] = r.Competition
	}
	if len(marks) <= fewMarks {
		detail["ids"] = idsOf(marks)
	}
	return detail
}

// StoredDecimals is how finely the points of a mark are stored: exactly, for one
// given in points; what a finding comes to may be a fraction, which is worked out
// anew from the finding wherever it counts.
const StoredDecimals = 6

// Fingerprint is the SHA-256, in hex, of what marks say: in the order of their
// ids a line for each of id, item, channel, subject, judge, value as it is
// stored, finding (JSON) and the mark that it corrects, with tabs between. No
// field can be changed, and no mark added, taken away or put for another, without
// another fingerprint.
func Fingerprint(marks []*Mark) string {
	sorted := slices.SortedFunc(slices.Values(marks), func(a, b *Mark) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	text := make([]byte, 0, 192*len(marks))
	for _, m := range sorted {
		text = appendLine(text, m)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// appendLine appends what a fingerprint is made of for one mark.
func appendLine(text []byte, m *Mark) []byte {
	text = append(hex.AppendEncode(text, m.ID[:]), '\t')
	text = append(append(text, m.Item...), '\t')
	text = append(append(text, m.Channel...), '\t')
	text = append(hex.AppendEncode(text, m.Subject[:]), '\t')
	text = append(hex.AppendEncode(text, m.Judge[:]), '\t')
	text = append(append(text, m.Value.Round(StoredDecimals, exact.HalfUp).String()...), '\t')
	if m.Detail != nil {
		finding, _ := json.Marshal(m.Detail) // texts and numbers: it cannot fail
		text = append(text, finding...)
	}
	if text = append(text, '\t'); m.Supersedes != nil {
		text = hex.AppendEncode(text, m.Supersedes[:])
	}
	return append(text, '\n')
}
