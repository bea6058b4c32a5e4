package hosting

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

func small() *Plan {
	return &Plan{Key: "trial", Zh: "试用", En: "trial", Villages: ptr(10), Bytes: ptr(int64(100 << 20)), Requests: ptr(int64(1000))}
}

// Four fifths warn, the limit refuses, and nothing below either does.
func TestWarningsBeginAtFourFifths(t *testing.T) {
	t.Parallel()
	codes := func(s Standing) (all []string) {
		for _, f := range s.warnings(noon) {
			all = append(all, string(f.Code)+" "+f.Args["what"])
		}
		return all
	}
	if got := codes(Standing{Plan: small(), Villages: 7, Bytes: 80<<20 - 1, Tokens: 799}); len(got) != 0 {
		t.Errorf("below: %v", got)
	}
	if got := codes(Standing{Plan: small(), Villages: 8, Bytes: 80 << 20, Tokens: 800}); len(got) != 3 {
		t.Errorf("at four fifths: %v", got)
	}
	if got := codes(Standing{Villages: 1 << 40}); len(got) != 0 {
		t.Errorf("without a plan: %v", got)
	}
	for until, want := range map[time.Duration]string{15 * 24 * time.Hour: "", 13 * 24 * time.Hour: "PLAN_ENDING ", 0: "PLAN_ENDED ", -time.Hour: "PLAN_ENDED "} {
		if got := strings.Join(codes(Standing{Plan: small(), Until: ptr(noon.Add(until))}), ""); got != want {
			t.Errorf("%s before the end: %q, want %q", until, got, want)
		}
	}
	told := Standing{Plan: small(), Villages: 9}
	if zh := told.warnings(noon)[0].Message(fault.Chinese); !strings.Contains(zh, "村（社区）数已用 9，上限 10") || !strings.Contains(zh, "试用") {
		t.Error(zh)
	}
}

func TestLimitsRefuseOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	k := &kept{standing: Standing{Plan: small(), Villages: 11, Bytes: 100 << 20}}
	s, ctx := service(k, "township")
	for name, got := range map[string]error{"a competition": s.AdmitCompetition(ctx), "a file": s.AdmitFile(ctx, 1)} {
		if fault.CodeOf(got) != fault.PlanLimit {
			t.Errorf("%s over the limit: %v", name, got)
		}
	}
	if err := s.AdmitPiece(ctx, nil); err != nil {
		t.Errorf("a file that fits to the byte: %v", err)
	}
	k.running = true
	if err := s.AdmitFile(ctx, 1); err != nil {
		t.Errorf("a file while a round is under way: %v", err)
	}
	k.standing.Bytes++
	if err := s.AdmitPiece(ctx, &theRound); err != nil {
		t.Errorf("a file of the round under way: %v", err)
	}
	for _, round := range []*uuid.UUID{nil, ptr(uuid.New())} {
		if err := s.AdmitPiece(ctx, round); fault.CodeOf(err) != fault.PlanLimit {
			t.Errorf("a file outside of the round under way: %v", err)
		}
	}
	k.standing = Standing{Plan: &Plan{}, Villages: 1 << 40, Bytes: 1 << 60}
	for name, got := range map[string]error{"a competition": s.AdmitCompetition(ctx), "a file": s.AdmitFile(ctx, 1), "a piece": s.AdmitPiece(ctx, nil)} {
		if got != nil {
			t.Errorf("%s without limits: %v", name, got)
		}
	}
}
