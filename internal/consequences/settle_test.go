package consequences

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

func reward(unit uuid.UUID, rank int, points string) *Outcome {
	return &Outcome{ID: newID(), Rule: "outcomes[0]", Reason: "top", Action: outcome.DoPoints, Unit: unit, Subject: unit, Rank: rank, State: Proposed, LockRevision: 1,
		Entries: []ProposedEntry{{Kind: outcome.OfSubject, Holder: "V", Role: "village", Points: exact.Must(points)}}}
}

// A correction keeps what stayed the same with all that people did about it,
// takes back what fell away and proposes what is new. covers Q30
func TestDifferenceOfTwoRevisions(t *testing.T) {
	t.Parallel()
	a, b, c := uuid.New(), uuid.New(), uuid.New()
	kept, gone := reward(a, 1, "5"), reward(b, 2, "4")
	kept.State = Confirmed
	long := reward(c, 3, "3")
	long.State = Reversed
	doc := &template.Document{Bands: []template.Band{{Key: "top", Best: 3}, {Key: "bottom", Worst: 3}}, Streaks: []template.Streak{{Key: "twice", Band: "bottom"}}}
	added, taken := difference(doc, []*Outcome{kept, gone, long}, []*Outcome{reward(a, 1, "5"), reward(c, 2, "4")})
	if len(added) != 1 || added[0].Unit != c || len(taken) != 1 || taken[0] != gone {
		t.Fatalf("added %v, taken back %v", added, taken)
	}
	added, taken = difference(doc, []*Outcome{kept}, []*Outcome{reward(a, 1, "4")})
	if len(added) != 1 || len(taken) != 1 {
		t.Errorf("other points are another outcome: added %d, taken back %d", len(added), len(taken))
	}
	added, taken = difference(doc, []*Outcome{long}, []*Outcome{reward(c, 3, "3")})
	if len(added) != 1 || len(taken) != 0 {
		t.Errorf("what was taken back once is proposed anew: added %d, taken back %d", len(added), len(taken))
	}
	for _, c := range []struct {
		reason           string
		rank, fromBottom int // of the next revision; third of ten before
		stays            bool
	}{
		{"top", 3, 9, true}, {"top", 2, 8, false},
		{"bottom", 4, 8, true}, {"bottom", 3, 7, false},
		{"twice", 4, 8, true}, {"twice", 3, 7, false},
	} {
		old, fresh := reward(a, 3, "3"), reward(a, c.rank, "3")
		old.Reason, old.FromBottom, fresh.Reason, fresh.FromBottom = c.reason, 8, c.reason, c.fromBottom
		if added, taken = difference(doc, []*Outcome{old}, []*Outcome{fresh}); (len(added)+len(taken) == 0) != c.stays {
			t.Errorf("%+v: added %d, taken back %d", c, len(added), len(taken))
		}
	}
}

// Counter-entries turn the sign and name what they take back; the entries
// themselves are not touched. covers Q30
func TestCounterEntries(t *testing.T) {
	t.Parallel()
	unit, by, at := uuid.New(), uuid.New(), time.Unix(1, 0)
	posted := []Entry{{ID: newID(), Unit: &unit, Points: exact.Int(5), Rule: "outcomes[0]", Role: "village", Revision: 1}}
	countered := counter(posted, by, at, 2)
	e := countered[0]
	if e.ID == posted[0].ID || *e.Reverses != posted[0].ID || !e.Points.Equal(exact.Int(-5)) || e.Revision != 2 || e.PostedBy != by || !e.PostedAt.Equal(at) {
		t.Errorf("counter-entry %+v", e)
	}
	if posted[0].Reverses != nil || !posted[0].Points.Equal(exact.Int(5)) {
		t.Errorf("the posted entry was changed: %+v", posted[0])
	}
	if got := gather(append(posted, countered...), nil); len(got) != 1 || got[0].Balance.Sign() != 0 {
		t.Errorf("together they should sum to 0: %+v", got)
	}
}

// Deductions of issues stand beside the balance of points. covers Q36
func TestAccountsKeepDeductionsApart(t *testing.T) {
	t.Parallel()
	village, person, issue := uuid.New(), uuid.New(), uuid.New()
	names := map[uuid.UUID]string{village: "晨穗村", person: "L1"}
	accounts := gather([]Entry{
		{ID: newID(), Person: &person, Points: exact.Int(5)},
		{ID: newID(), Unit: &village, Points: exact.Int(5)},
		{ID: newID(), Unit: &village, Points: exact.Must("-1.5"), Issue: &issue},
		{ID: newID(), Unit: &village, Points: exact.Int(-3)},
	}, names)
	if len(accounts) != 2 || accounts[0].Holder != "晨穗村" || accounts[1].Holder != "L1" {
		t.Fatalf("accounts %+v", accounts)
	}
	if v := accounts[0]; !v.Balance.Equal(exact.Int(2)) || !v.Deductions.Equal(exact.Must("-1.5")) || len(v.Entries) != 3 {
		t.Errorf("village: balance %s, deductions %s", v.Balance, v.Deductions)
	}
}

// Money goes proposed → decided → approved → executed; each step needs what the
// procedure asks for, and a refused step changes nothing. covers A33, A34
func TestMoneyChainOfAnOutcome(t *testing.T) {
	t.Parallel()
	clerk, finance := uuid.New(), uuid.New()
	o := &Outcome{Action: outcome.DoMoney, State: Proposed, Penalty: true}
	decide := func(amount, minutes, basis string) error {
		return o.money(func(m outcome.Money) (outcome.Money, error) {
			return m.Decide(outcome.MoneyDecision{Amount: exact.Must(amount), Minutes: minutes, Basis: basis, By: clerk.String()})
		})
	}
	err := decide("0", "", "")
	for _, code := range []fault.Code{fault.MoneyAmountMissing, fault.MoneyMinutesMissing, fault.MoneyBasisMissing} {
		if !fault.All(err).Is(fault.New(code, args(code)...)) {
			t.Errorf("%s is not among %v", code, err)
		}
	}
	if o.State != Proposed || o.Amount != nil {
		t.Errorf("a refused decision left %+v", o)
	}
	if err := decide("800", "晴党政纪〔2023〕9号", "晴委发〔2023〕6号"); err != nil {
		t.Fatal(err)
	}
	approve := func(by uuid.UUID) error {
		return o.money(func(m outcome.Money) (outcome.Money, error) { return m.Approve(by.String()) })
	}
	if err := approve(clerk); fault.CodeOf(err) != fault.MoneySamePerson {
		t.Errorf("approved by who decided: %v", err)
	}
	if err := approve(finance); err != nil || o.State != Approved || *o.ApprovedBy != finance {
		t.Fatalf("approval: %v %+v", err, o)
	}
	err = o.money(func(m outcome.Money) (outcome.Money, error) { return m.Execute(finance.String(), "凭证 12") })
	if err != nil || o.State != Executed || o.Record != "凭证 12" {
		t.Fatalf("payment: %v %+v", err, o)
	}
	if got := o.Signed(); got == nil || !got.Equal(exact.Int(-800)) {
		t.Errorf("a penalty moves %v", got)
	}
	points := &Outcome{Action: outcome.DoPoints, State: Proposed}
	err = points.money(func(m outcome.Money) (outcome.Money, error) { return m.Approve(finance.String()) })
	if fault.CodeOf(err) != fault.OutcomeNotMoney {
		t.Errorf("points walked the money chain: %v", err)
	}
}

// args gives a fault that is only compared by its code the arguments it needs.
func args(code fault.Code) []string {
	if code == fault.MoneyAmountMissing {
		return []string{"value", "0"}
	}
	return nil
}

func TestPenaltiesComeFromBandsOfTheWorst(t *testing.T) {
	t.Parallel()
	bands := []template.Band{{Key: "top", Best: 3}, {Key: "bottom", Worst: 3}}
	if worst(bands, "top") || !worst(bands, "bottom") || worst(bands, "bottom-twice") {
		t.Error("only a band of the worst is a penalty")
	}
	doc := &template.Document{Bands: bands, Streaks: []template.Streak{{Key: "bottom-twice", Band: "bottom", Length: 2}, {Key: "top-twice", Band: "top", Length: 2}}}
	of := Settlement{Template: doc, Result: &contest.Result{Outcomes: []outcome.Proposal{{When: "bottom-twice"}, {When: "top-twice"}, {When: "bottom"}}}}
	doc.Outcomes = []template.Outcome{{When: "bottom-twice", Do: "talk"}, {When: "top-twice", Do: "praise"}, {When: "bottom", Do: "criticism"}}
	for i, want := range []bool{true, false, true} {
		if got := proposed(of)[i].Penalty; got != want {
			t.Errorf("%s is a penalty: %v", of.Result.Outcomes[i].When, got)
		}
	}
}

// A summary waits for months of its span that were not even dated, until the
// span is over. covers Q16
func TestMonthsWithoutARound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		last, today string
		want        []string
	}{
		{"2023-06", "2023-07-10", []string{"2023-07", "2023-08", "2023-09"}},
		{"2023-08", "2023-09-30", []string{"2023-09"}},
		{"2023-08", "2023-10-01", nil}, // no contest in September, and it is over
		{"2023-09", "2023-05-01", nil}, // all dated; whether they are published is asked elsewhere
		{"2023-12", "2023-05-01", nil},
		{"2023-Q2", "2023-05-01", nil}, // not a contest of months
	} {
		if have, err := undated(c.last, "2023-09", calendar.MustDate(c.today)); err != nil || !slices.Equal(have, c.want) {
			t.Errorf("last %s on %s: %v, %v", c.last, c.today, have, err)
		}
	}
}
