package outcome_test

import (
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
)

var decision = outcome.MoneyDecision{Amount: exact.Int(800), Minutes: "例纪〔2023〕9号", Basis: "例发〔2023〕1号", By: "clerk"}

// covers A31, A32, A33, A34, G11
func TestMoneyWalksItsChain(t *testing.T) {
	t.Parallel()
	m := outcome.NewMoney(true)
	decided, err := m.Decide(decision)
	if err != nil || decided.State != outcome.MoneyDecided {
		t.Fatalf("%+v, %v", decided, err)
	}
	if _, err := decided.Approve("clerk"); fault.CodeOf(err) != fault.MoneySamePerson {
		t.Errorf("the same person approves: %v", err)
	}
	if _, err := decided.Approve(""); fault.CodeOf(err) != fault.MoneyPersonMissing {
		t.Errorf("nobody approves: %v", err)
	}
	approved, err := decided.Approve("finance")
	if err != nil || approved.State != outcome.MoneyApproved {
		t.Fatalf("%+v, %v", approved, err)
	}
	if _, err := approved.Execute("cashier", ""); fault.CodeOf(err) != fault.MoneyRecordMissing {
		t.Errorf("paid without a record: %v", err)
	}
	if _, err := approved.Execute("", "记-12"); fault.CodeOf(err) != fault.MoneyPersonMissing {
		t.Errorf("paid by nobody: %v", err)
	}
	done, err := approved.Execute("cashier", "记-12")
	if err != nil || done.State != outcome.MoneyExecuted || !done.Signed().Equal(exact.Int(-800)) || done.ApprovedBy != "finance" || done.Record != "记-12" {
		t.Fatalf("%+v, %v", done, err)
	}
	if reward, err := outcome.NewMoney(false).Decide(decision); err != nil || !reward.Signed().Equal(exact.Int(800)) {
		t.Errorf("a reward moves %s, %v", reward.Signed(), err)
	}
}

// covers A33, A34
func TestNoStepOfTheMoneyChainIsSkipped(t *testing.T) {
	t.Parallel()
	proposed := outcome.NewMoney(false)
	decided, _ := proposed.Decide(decision)
	approved, _ := decided.Approve("finance")
	for name, step := range map[string]func() (outcome.Money, error){
		"approve what is not decided":  func() (outcome.Money, error) { return proposed.Approve("finance") },
		"execute what is not decided":  func() (outcome.Money, error) { return proposed.Execute("cashier", "记-12") },
		"execute what is not approved": func() (outcome.Money, error) { return decided.Execute("cashier", "记-12") },
		"decide twice":                 func() (outcome.Money, error) { return decided.Decide(decision) },
		"approve twice":                func() (outcome.Money, error) { return approved.Approve("other") },
	} {
		if m, err := step(); fault.CodeOf(err) != fault.WrongState {
			t.Errorf("%s gives %+v, %v", name, m, err)
		}
	}
	_, err := proposed.Approve("finance")
	if got := fault.All(err)[0].Message(fault.Chinese); got != "当前状态为“拟议”，此操作要求：已集体决定" {
		t.Errorf("a refused step says %s", got)
	}
	if _, err := (outcome.Money{}).Decide(decision); err != nil {
		t.Errorf("the zero value is a proposal: %v", err)
	}
}

// covers A33, G11
func TestMoneyDecisionListsEverythingMissing(t *testing.T) {
	t.Parallel()
	m, err := outcome.NewMoney(true).Decide(outcome.MoneyDecision{})
	for _, want := range []fault.Code{fault.MoneyAmountMissing, fault.MoneyMinutesMissing, fault.MoneyBasisMissing, fault.MoneyPersonMissing} {
		if !fault.All(err).Is(fault.New(want)) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
	if m.State != outcome.MoneyProposed || m.Amount.Sign() != 0 {
		t.Errorf("a refused decision changes nothing: %+v", m)
	}
	for _, amount := range []string{"0", "-800", "0.001", "1/3", "100000000.01"} {
		d := decision
		d.Amount = exact.Must(amount)
		if _, err := m.Decide(d); fault.CodeOf(err) != fault.MoneyAmountMissing {
			t.Errorf("%s yuan: %v", amount, err)
		}
	}
}
