package voting

import (
	"context"
	"crypto/rand"
	"math/big"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
)

// GroupNumber is a number for a rater group.
type GroupNumber struct {
	Group  string
	Number int
}

// Issue draws codes for groups and gives their slips in shuffled order. It is
// the only time that the codes are seen: hashes alone are kept, without a link
// to a voter. anew makes the earlier codes of the evaluation worthless first
// (slips that were lost or misprinted), which is refused once one was used.
func (s *Service) Issue(ctx context.Context, poll uuid.UUID, anew bool, wanted []GroupNumber) ([]Slip, error) {
	if err := s.gate.Require(ctx, authz.BallotWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var slips []Slip
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PollByID(ctx, poll)
		if err != nil {
			return err
		}
		if err := checkIssue(p, anew, wanted); err != nil {
			return err
		}
		var hashes [][]byte
		var groups []string
		slips = nil // the transaction may be run again
		counts := map[string]int{}
		for _, w := range wanted {
			for range w.Number {
				printed, hash, err := newCode(s.random)
				if err != nil {
					return err
				}
				slips, groups, hashes = append(slips, Slip{Group: w.Group, Code: printed}), append(groups, w.Group), append(hashes, hash)
				counts[w.Group]++
			}
		}
		if err := st.IssueCodes(ctx, poll, anew, groups, hashes); err != nil {
			return err
		}
		return audit.Record(ctx, "ballot:issue", "poll", poll, map[string]any{"codes": counts, "anew": anew})
	})
	if err != nil {
		return nil, err
	}
	return slips, shuffle(slips)
}

// checkIssue names every group that the rule lacks or that would get more codes
// and paper forms than it has raters. The database has the last word.
func checkIssue(p *Poll, anew bool, wanted []GroupNumber) error {
	if p.State != Open {
		return notOpen(p)
	}
	var faults fault.List
	for i, w := range wanted {
		g, known := groupOf(p, w.Group)
		if !known {
			faults = append(faults, fault.New(fault.NotFound).At("groups[%d].group", i))
			continue
		}
		issued := g.Codes + g.Papers
		if anew {
			issued = g.Papers
		}
		if w.Number < 1 || issued+w.Number > g.Due {
			faults = append(faults, fault.New(fault.BallotCodesMany, "group", p.GroupName(w.Group), "due", strconv.Itoa(g.Due),
				"issued", strconv.Itoa(issued), "left", strconv.Itoa(max(0, g.Due-issued))).At("groups[%d].number", i))
		}
	}
	if len(wanted) == 0 {
		faults = append(faults, fault.New(fault.Invalid, "value", "[]", "want", "≥ 1").At("groups"))
	}
	return faults.Err()
}

func notOpen(p *Poll) error {
	return fault.New(fault.BallotNotOpen, "state", string(p.State)).Call("state", "已经截止", "closed")
}

func groupOf(p *Poll, key string) (Group, bool) {
	for _, g := range p.Groups {
		if g.Key == key {
			return g, true
		}
	}
	return Group{}, false
}

// GroupName is what people call a group.
func (p *Poll) GroupName(key string) string {
	for _, g := range p.Rule.Groups {
		if g.Key == key && g.Name.ZH != "" {
			return g.Name.ZH
		}
	}
	return key
}

// shuffle puts slips into an order that nobody can foresee.
func shuffle(slips []Slip) error {
	for i := len(slips) - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return err
		}
		k := j.Int64()
		slips[i], slips[k] = slips[k], slips[i]
	}
	return nil
}

// Attend records how many of a group are present and how many paper forms were
// handed out; codes and paper forms together are never more than the raters due.
func (s *Service) Attend(ctx context.Context, poll uuid.UUID, group string, present, papers int) (*Poll, error) {
	if err := s.gate.Require(ctx, authz.BallotWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var after *Poll
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PollByID(ctx, poll)
		if err != nil {
			return err
		}
		if err := checkAttendance(p, group, present, papers); err != nil {
			return err
		}
		if err := st.SetAttendance(ctx, poll, group, present, papers); err != nil {
			return err
		}
		if after, err = st.PollByID(ctx, poll); err != nil {
			return err
		}
		return audit.Record(ctx, "ballot:attendance", "poll", poll, map[string]any{"group": group, "present": present, "papers": papers})
	})
	return after, err
}

func checkAttendance(p *Poll, group string, present, papers int) error {
	if p.State != Open {
		return notOpen(p)
	}
	g, known := groupOf(p, group)
	if !known {
		return fault.New(fault.NotFound).At("group")
	}
	var faults fault.List
	if present < 0 || present > g.Due {
		faults = append(faults, fault.New(fault.BallotCountOrder, "group", p.GroupName(group), "more", "present", "less", "due",
			"high", strconv.Itoa(present), "low", strconv.Itoa(g.Due)).Call("more", "实到", "present").Call("less", "应到", "due").At("present"))
	}
	if papers < 0 || g.Codes+papers > g.Due {
		faults = append(faults, fault.New(fault.BallotCodesMany, "group", p.GroupName(group), "due", strconv.Itoa(g.Due),
			"issued", strconv.Itoa(g.Codes), "left", strconv.Itoa(max(0, g.Due-g.Codes))).At("papers"))
	}
	return faults.Err()
}
