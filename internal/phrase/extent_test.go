package phrase_test

import (
	"fmt"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/phrase"
)

func share(role string, points string) phrase.Share {
	return phrase.Share{Role: role, Points: exact.Must(points)}
}

// Points are told with who receives how many: the same for all at once, others
// role by role, and two holders of one role are named once.
// covers A28, A29
func TestPointsSayHowManyAndForWhom(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		by     string
		shares []phrase.Share
		zh, en string
	}{
		{"", nil, "考核加减分", "assessment points"},
		{"", []phrase.Share{share("linked-leader", "5"), share("resident-cadre", "5"), share("village", "5")},
			"联村领导、驻村干部和村（社区）各加 5 分", "+5 points each for the linked leader, resident cadre and village"},
		{"", []phrase.Share{share("linked-leader", "5"), share("village", "-3")},
			"联村领导加 5 分，村（社区）扣 3 分", "+5 points for the linked leader, -3 points for the village"},
		{"", []phrase.Share{share("resident-cadre", "-0.5"), share("resident-cadre", "-0.5")}, "驻村干部各扣 0.5 分", "-0.5 points each for the resident cadre"},
		{"office", []phrase.Share{share("village", "2")}, "由领导小组办公室给村（社区）加 2 分", "+2 points for the village by the office of the leading group"},
	} {
		p := outcome.Proposal{When: "top", Do: "points", Rank: 1, ByRole: c.by}
		what := phrase.Extent{Points: c.shares}
		if got, want := phrase.Proposal(document(), p, what, "例村", zh), "例村：位列前3名（第 1 名），"+c.zh+"。"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got, want := phrase.Proposal(document(), p, what, "Li", en), "Li: the top 3 (rank 1), "+c.en+"."; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Money says which way it goes; its amount is the meeting's until it has
// decided, and is told without a sign afterwards.
// covers A32, A33
func TestMoneySaysWhichWayAndHowMuch(t *testing.T) {
	t.Parallel()
	yuan := func(text string) *exact.Number { n := exact.Must(text); return &n }
	for _, c := range []struct {
		when   string
		amount *exact.Number
		zh, en string
	}{
		{"top", nil, "奖励资金（金额由集体决定）", "money reward (the amount is decided by the meeting)"},
		{"bottom", nil, "扣减资金（金额由集体决定）", "money penalty (the amount is decided by the meeting)"},
		{"twice", nil, "扣减资金（金额由集体决定）", "money penalty (the amount is decided by the meeting)"},
		{"top", yuan("5000"), "奖励资金 5000 元", "money reward 5000 yuan"},
		{"bottom", yuan("-2000"), "扣减资金 2000 元", "money penalty 2000 yuan"},
		{"unknown", yuan("-2000"), "扣减资金 2000 元", "money penalty 2000 yuan"},
	} {
		p := outcome.Proposal{When: c.when, Do: "money", Rank: 1, RankFromBottom: 1, Streak: 2}
		if got := phrase.Proposal(document(), p, phrase.Extent{Amount: c.amount}, "例村", zh); !strings.HasSuffix(got, "，"+c.zh+"。") {
			t.Errorf("%s, want %s", got, c.zh)
		}
		if got := phrase.Proposal(document(), p, phrase.Extent{Amount: c.amount}, "Li", en); !strings.HasSuffix(got, ", "+c.en+".") {
			t.Errorf("%s, want %s", got, c.en)
		}
	}
}

// Of all entries of a result only those of the same rule, band and subject are
// a proposal's own.
func TestSharesAreTheProposalsOwn(t *testing.T) {
	t.Parallel()
	own := outcome.Entry{Role: "village", Subject: "V1", Rule: 2, When: "top", Points: exact.Int(5)}
	others := []outcome.Entry{own, own, own, own}
	others[1].Subject, others[2].Rule, others[3].When = "V2", 1, "bottom"
	got := phrase.Shares(outcome.Proposal{Rule: 2, When: "top", Subject: "V1"}, others)
	if fmt.Sprint(got) != fmt.Sprint([]phrase.Share{share("village", "5")}) {
		t.Errorf("%v", got)
	}
}
