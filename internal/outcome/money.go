package outcome

import (
	"leitai/internal/exact"
	"leitai/internal/fault"
)

// MoneyState is how far a money outcome has come (A33, A34).
type MoneyState string

// The chain: nothing is skipped and nothing goes back.
const (
	MoneyProposed MoneyState = "proposed"
	MoneyDecided  MoneyState = "decided"
	MoneyApproved MoneyState = "approved"
	MoneyExecuted MoneyState = "executed"
)

// Money is one money outcome on its way. No figure comes from a template: the
// amount is entered with the decision. The zero value is a proposed reward.
type Money struct {
	State      MoneyState
	Penalty    bool         // of a band of the worst (A32)
	Amount     exact.Number // yuan, above 0 for rewards and penalties alike; see Signed
	Minutes    string       // number of the minutes of the meeting that decided
	Basis      string       // the document that allows it (G11)
	DecidedBy  string
	ApprovedBy string
	ExecutedBy string
	Record     string // voucher or record of the payment
}

// NewMoney starts the chain for a proposal of a reward or of a penalty.
func NewMoney(penalty bool) Money { return Money{State: MoneyProposed, Penalty: penalty} }

// Signed is the amount as it moves the subject's money: negative for a penalty.
func (m Money) Signed() exact.Number {
	if m.Penalty {
		return m.Amount.Neg()
	}
	return m.Amount
}

// mostMoney bounds an amount, in yuan: more is a slip of the pen.
var mostMoney = exact.Int(100_000_000)

// MoneyDecision is what a collective decision records (A33).
type MoneyDecision struct {
	Amount  exact.Number // yuan, above 0, at most 100,000,000 and two decimals
	Minutes string
	Basis   string
	By      string
}

// Decide enters the collective decision; it lists everything that is missing.
func (m Money) Decide(d MoneyDecision) (Money, error) {
	if err := m.must(MoneyProposed); err != nil {
		return m, err
	}
	var faults fault.List
	if d.Amount.Sign() <= 0 || d.Amount.Cmp(mostMoney) > 0 || !d.Amount.Round(2, exact.Down).Equal(d.Amount) {
		faults = append(faults, fault.New(fault.MoneyAmountMissing, "value", d.Amount.String()).At("amount"))
	}
	if d.Minutes == "" {
		faults = append(faults, fault.New(fault.MoneyMinutesMissing).At("minutes"))
	}
	if d.Basis == "" {
		faults = append(faults, fault.New(fault.MoneyBasisMissing).At("basis"))
	}
	if d.By == "" {
		faults = append(faults, fault.New(fault.MoneyPersonMissing).At("by"))
	}
	if err := faults.Err(); err != nil {
		return m, err
	}
	m.State, m.Amount, m.Minutes, m.Basis, m.DecidedBy = MoneyDecided, d.Amount, d.Minutes, d.Basis, d.By
	return m, nil
}

// Approve is the finance approval, by another person than the one who entered
// the decision (A34).
func (m Money) Approve(by string) (Money, error) {
	if err := m.must(MoneyDecided); err != nil {
		return m, err
	}
	if by == "" {
		return m, fault.New(fault.MoneyPersonMissing).At("by")
	}
	if by == m.DecidedBy {
		return m, fault.New(fault.MoneySamePerson).At("by")
	}
	m.State, m.ApprovedBy = MoneyApproved, by
	return m, nil
}

// Execute records that the money moved, with its voucher or record.
func (m Money) Execute(by, record string) (Money, error) {
	if err := m.must(MoneyApproved); err != nil {
		return m, err
	}
	if by == "" {
		return m, fault.New(fault.MoneyPersonMissing).At("by")
	}
	if record == "" {
		return m, fault.New(fault.MoneyRecordMissing).At("record")
	}
	m.State, m.ExecutedBy, m.Record = MoneyExecuted, by, record
	return m, nil
}

func (m Money) must(want MoneyState) error {
	state := m.State
	if state == "" {
		state = MoneyProposed
	}
	if state != want {
		is, needs := moneyNames[state], moneyNames[want]
		return fault.New(fault.WrongState, "state", string(state), "want", string(want)).At("state").Call("state", is[0], is[1]).Call("want", needs[0], needs[1])
	}
	return nil
}

// moneyNames is what refusals call the states.
var moneyNames = map[MoneyState][2]string{
	MoneyProposed: {"拟议", "proposed"},
	MoneyDecided:  {"已集体决定", "decided"},
	MoneyApproved: {"已审批", "approved"},
	MoneyExecuted: {"已执行", "executed"},
}
