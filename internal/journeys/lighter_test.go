package journeys

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/round"
	"leitai/internal/sample"
)

// byTheVillage is what a village may send of its own accord, and who does it
// instead when the village sends nothing.
var byTheVillage = map[string]string{
	"evidenceAdd": "whoever inspects", "evidenceReuse": "whoever inspects", "evidenceWithdraw": "takes the own piece back", "issueAttach": "whoever inspects",
	"highlightSave": "the office", "issueAnswer": "the issue stays open until it is looked at", "issuePlan": "the office",
	"objectionFile": "nobody: it is a right", "objectionWithdraw": "takes the own objection back",
	"exchangeLog": "the other village of the pair, or the office", "submissionHandIn": "the office, of what came on paper",
	"taskClose": "the office", "outcomeExecute": "the office",
	"exportRequest": "nobody: what one reads anyway", "jobCancel": "takes the own export back", "inboxRead": "nobody: one's own", "inboxMute": "nobody: one's own",
	"trustedDocumentsAdd": "nobody: for one's own tokens", "trustedDocumentsRetire": "nobody: for one's own tokens", "trustedModeSet": "nobody: for one's own tokens",
	"tokenCreate": "nobody: one's own", "tokenRevoke": "nobody: one's own",
}

// byTheOffice is what names a permission that villages hold for their own
// affairs, too, and takes it for the whole township only.
var byTheOffice = []string{"evidenceAsk", "pairEnd", "pairsConfirm"}

// A village has to do nothing in the system: the month is published, ledgers and
// all, without anybody of a village having done anything in it. Whatever a
// village may send somebody else can enter instead, and there is nothing to
// check in with or be located by.
// covers G1, G3, G7
func TestVillagesNeverHaveToUpload(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(t, "2023-04", nil) // nobody of a village has asked for anything
	for n := 1; n <= 12; n++ {
		id := s.World.Person(fmt.Sprintf("S%d", n)).User
		if asked := s.count(t, `SELECT count(*) FROM audit_entry WHERE actor = $1 AND action NOT IN ('token:create', 'session:begin', 'session:end')`, id); asked != 0 {
			t.Errorf("the secretary of V%d had to do %d things", n, asked)
		}
	}
	var may []string
	s.must(t, "S1", func(ctx context.Context) error {
		for _, root := range graphtest.Roots() {
			if root.Mutation && root.Permission != "" && s.App.Authz.Anywhere(ctx, authz.Permission(root.Permission)) == nil {
				may = append(may, root.Name)
			}
		}
		return nil
	})
	slices.Sort(may)
	equal(t, "what a village may send", may, slices.Sorted(slices.Values(slices.AppendSeq(slices.Clone(byTheOffice), maps.Keys(byTheVillage)))))
	for _, root := range graphtest.Roots() {
		if slices.Contains(byTheOffice, root.Name) {
			if r := s.As(t, "S1", root.Call(1, graphtest.Unknown), nil); !strings.Contains(r.Body, `"FORBIDDEN"`) {
				t.Errorf("a village may send %s: %s", root.Name, r.Body)
			}
		}
	}
	for name, d := range graphtest.Schema().Types {
		if name == "OfficeForm" {
			continue // the township's own
		}
		for _, f := range d.Fields {
			for _, word := range []string{"upload", "checkin", "latitude", "longitude", "gps", "lastlogin", "activity", "likes"} {
				if strings.Contains(strings.ToLower(name+"."+f.Name), word) {
					t.Errorf("the contract asks for %s.%s", name, f.Name)
				}
			}
		}
	}
}

// On-site marks are given in the villages, before any ledger is brought, by the
// groups that go there; ledgers are examined centrally, by the group that does
// so, once they were received.
// covers A21, A24
func TestOnSiteInTheVillageLedgersInOnePlace(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.find(t, s.World.Rounds["2023-04"])
	m.notify(t)
	m.Clock.Set(m.round.Held, "09:00")
	m.step(t, sample.Clerk, m.App.Rounds.Open)
	give := func(channel string, village int) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.App.Rounds.SubmitMarks(ctx, m.round.ID, []round.MarkInput{
				{ID: uuid.Must(uuid.NewV7()), UnitCode: graphtest.VillageCode(village), Item: "party", Channel: channel, Value: exact.Int(90)},
			})
			return err
		}
	}
	s.must(t, "J1", give("onsite", 1))
	s.refused(t, "J5", give("onsite", 2), "JUDGE_NOT_IN_PANEL at marks[0].judge")
	s.refused(t, "J1", give("ledger", 1), "LEDGER_NOT_RECEIVED at marks[0].unitCode", "JUDGE_NOT_IN_PANEL at marks[0].judge")
	s.refused(t, "J5", give("ledger", 1), "LEDGER_NOT_RECEIVED at marks[0].unitCode")
	receive := func(ctx context.Context) error {
		_, err := s.App.Rounds.ReceiveLedger(ctx, round.LedgerReceive{Round: m.round.ID, UnitCode: graphtest.VillageCode(1), DeliveredBy: s.World.Person("S1").ID})
		return err
	}
	s.refused(t, "J5", receive, "FORBIDDEN")
	s.must(t, sample.Clerk, receive)
	s.must(t, "J5", give("ledger", 1))
	s.refused(t, "J5", give("ledger", 2), "LEDGER_NOT_RECEIVED at marks[0].unitCode")
}

// The county sees what is asked of the villages of an adopted township, months
// ahead and with venue and day once they are fixed, and nothing of what is
// being entered; when the township ends the adoption, it sees that no longer.
// covers G9
func TestTheCountySeesWhatIsAsked(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.find(t, s.World.Rounds["2023-04"])
	m.notify(t)
	const plan = `{ calendar(year: 2023) { period held competitionName } rounds { nodes { period state venue competition { filingNumber } } } }`
	for _, who := range []string{"CA1", "CN1"} {
		r := s.Must(t, who, plan, nil)
		if days := r.List(t, "calendar"); len(days) != 9 {
			t.Errorf("%s sees %d planned rounds of 2023", who, len(days))
		}
		nodes := r.List(t, "rounds", "nodes")
		last := len(nodes) - 1 // the newest stand first
		at := func(field ...any) string { return r.Text(t, append([]any{"rounds", "nodes", last}, field...)...) }
		if len(nodes) != 9 || at("period") != "2023-04" || at("state") != "NOTIFIED" || at("venue") != "乡政府三楼会议室" || at("competition", "filingNumber") == "" {
			t.Errorf("%s reads of the first round: %v", who, nodes[last])
		}
		draft := s.As(t, who, `query($r: ID!) { round(id: $r) { rubric { key } panels { name } roster { name } marks { nodes { id } } } }`,
			graphtest.Vars{"r": s.RoundID("2023-04")})
		for _, secret := range []string{"party", "现场督查一组", graphtest.VillageCode(1)} {
			if strings.Contains(draft.Body, secret) {
				t.Errorf("%s reads %s of what is prepared: %s", who, secret, draft.Body)
			}
		}
	}
	if r := s.Must(t, "XC1", plan, nil); len(r.List(t, "calendar"))+len(r.List(t, "rounds", "nodes")) != 0 {
		t.Errorf("the neighbour sees the plan: %s", r.Body)
	}
	s.must(t, sample.Approver, func(ctx context.Context) error {
		_, err := s.App.Tenancy.EndAdoption(ctx, sample.CountyCode)
		return err
	})
	if r := s.Must(t, "CN1", plan, nil); len(r.List(t, "calendar"))+len(r.List(t, "rounds", "nodes")) != 0 {
		t.Errorf("the county still sees the plan: %s", r.Body)
	}
}
