package template

import (
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// What a document says against itself is refused at its field and line.
// covers G2, G11, Q31
func TestRuleRefusals(t *testing.T) {
	t.Parallel()
	refuse(t, small, []refusal{
		{"no day and no window", "  day: 30\n", "", fault.TemplateMissingKey, "calendar.day", "calendar:"},
		{"day and window", "  day: 30", "  day: 30\n  window: {from: 01-07, to: 01-17}", fault.TemplateConflict, "calendar.window", "window"},
		{"a window a month", "  day: 30", "  window: {from: 01-07, to: 01-17}", fault.TemplateConflict, "calendar.every", "every: month"},
		{"window backwards", "  day: 30", "  window: {from: 01-17, to: 01-07}", fault.TemplateConflict, "calendar.window", "window"},
		{"channel weights 101", "weight: 40", "weight: 41", fault.TemplateWeights, "channels", "channels:"},
		{"single of two", "combine: mean", "combine: single", fault.TemplateConflict, "channels.onsite.judges.combine", "combine: single"},
		{"trimmed of two", "combine: mean", "combine: trimmed, drop: 1", fault.TemplateConflict, "channels.onsite.judges.drop", "trimmed"},
		{"trimmed of nothing", "{min: 2, combine: mean}", "{min: 5, combine: trimmed}", fault.TemplateConflict, "channels.onsite.judges.drop", "trimmed"},
		{"drop without trimming", "combine: mean", "combine: mean, drop: 1", fault.TemplateConflict, "channels.onsite.judges.drop", "drop: 1"},
		{"reception on site", "    judges: {min: 2", "    reception: true\n    judges: {min: 2", fault.TemplateConflict, "channels.onsite.reception", "reception: true\n    judges"},
		{"range backwards", "    judges: {min: 2", "    range: [100, 0]\n    judges: {min: 2", fault.TemplateWrongType, "channels.onsite.range", "range"},
		{"range of three", "    judges: {min: 2", "    range: [0, 50, 100]\n    judges: {min: 2", fault.TemplateWrongType, "channels.onsite.range", "range"},
		{"items of 99", "points: 60", "points: 59", fault.ItemsNot100, "items", "items:"},
		{"items over the scale by a hair", "points: 60", "points: 60.01", fault.ItemsNot100, "items", "items:"},
		{"item twice", "key: habitat", "key: party", fault.TemplateTwice, "items[1].key", "key: party\n    name: 人居环境"},
		{"split of 99", "ledger: 30", "ledger: 29", fault.TemplateWeights, "items[1].split", "split"},
		{"split of a channel nobody knows", "ledger: 30", "photos: 30", fault.TemplateUnknownRef, "items[1].split.photos", "photos"},
		{"tie broken by nothing known", "tieBreak: [ledger]", "tieBreak: [age]", fault.TemplateUnknownRef, "ranking.tieBreak[0]", "tieBreak"},
		{"scope of tracks", "tieBreak: [ledger]", "scope: track", fault.TemplateConflict, "ranking.scope", "scope"},
		{"streak in no band", "band: bottom", "band: last", fault.TemplateUnknownRef, "streaks.twice.band", "band: last"},
		{"outcome of nothing", "when: twice", "when: thrice", fault.TemplateUnknownRef, "outcomes[1].when", "thrice"},
		{"two values for three ranks", "[5, 4, 3]", "[5, 4]", fault.TemplateValuesLength, "outcomes[0].values", "values"},
		{"three values for two roles", "by: rank", "by: role", fault.TemplateValuesLength, "outcomes[0].values", "values"},
		{"points without values", "    values: [5, 4, 3]\n", "", fault.TemplateMissingKey, "outcomes[0].values", "- when: top"},
		{"points to nobody", "    to: [linked-leader, village]\n", "", fault.TemplateMissingKey, "outcomes[0].to", "- when: top"},
		{"talk by nobody", ", byRole: principal-leaders", "", fault.TemplateMissingKey, "outcomes[1].byRole", "do: talk"},
		{"talk with values", "byRole: principal-leaders", "byRole: mayor, values: [1]", fault.TemplateKindKey, "outcomes[1].values", "values: [1]"},
		{"recipient twice", "[linked-leader, village]", "[village, village]", fault.TemplateTwice, "outcomes[0].to[1]", "to: [village"},
		{"roll-up of nothing", "    minAttended: 4", "    minAttended: 4\n    of: quarter", fault.TemplateUnknownRef, "rollups.half-year.of", "of: quarter"},
		{"roll-up nobody knows", "  half-year:", "  fortnight:", fault.TemplateUnknownValue, "rollups.fortnight", "fortnight"},
		{"roll-up's outcome on a round's band", "when: best", "when: top", fault.TemplateUnknownRef, "rollups.half-year.outcomes[0].when", "do: money"},
		{"money without a basis", "    number: 乡委发〔2024〕1号\n", "", fault.TemplateBasisMissing, "rollups.half-year.outcomes[0].basis", "do: money"},
		{"money on a basis nobody knows", "do: money", "do: money, basis: 某发〔2024〕9号", fault.TemplateBasisMissing, "rollups.half-year.outcomes[0].basis", "do: money"},
		{"confirmed twice", "[outcomes]", "[outcomes, outcomes]", fault.TemplateTwice, "confirmAtActivation[1]", "confirmAtActivation"},
		{"lock of nothing", "subject: village", "locks: [weights]\nsubject: village", fault.TemplateUnknownRef, "locks[0]", "locks"},
		{"lock of the key", "subject: village", "locks: [key]\nsubject: village", fault.TemplateUnknownRef, "locks[0]", "locks"},
		{"own parent", "subject: village", "derivedFrom: {key: small, version: 1}\nsubject: village", fault.TemplateConflict, "derivedFrom.key", "derivedFrom"},
		{"postings of villages", "subject: village", "postings: {}\nsubject: village", fault.TemplateConflict, "postings", "postings"},
	})
}

func TestBandRefusals(t *testing.T) {
	t.Parallel()
	band := func(name, instead, at, line string) refusal {
		return refusal{name, "  top: {best: 3}", instead, fault.TemplateConflict, at, line}
	}
	refuse(t, small, []refusal{
		band("two sizes", "  top: {best: 3, worst: 3}", "bands.top", "top: {"),
		band("no size", "  spare: {ties: inclusive}\n  top: {best: 3}", "bands.spare", "spare"),
		band("next to nothing", "  second: {next: 3}\n  top: {best: 3}", "bands.second.next", "second"),
		band("gain of a size too", "  top: {best: 3, gain: 2}", "bands.top", "top: {"),
		band("best against a round", "  top: {best: 3, against: previous-held}", "bands.top.against", "top: {"),
		band("gain halved", "  up: {gain: 2, small: half}\n  top: {best: 3}", "bands.up.small", "up: {"),
		band("capped without a cap", "  top: {best: 3, ties: capped}", "bands.top.cap", "top: {"),
		band("cap below the size", "  top: {best: 3, ties: capped, cap: 2}", "bands.top.cap", "top: {"),
		band("cap without capped", "  top: {best: 3, cap: 4}", "bands.top.cap", "top: {"),
	})
	noOrder := swapped(t, small, "ranking:\n  tieBreak: [ledger]\n", "")
	refuse(t, noOrder, []refusal{band("tie-break without an order", "  top: {best: 3, ties: tie-break}", "bands.top.ties", "top: {")})
}

// Consecutive bands after the best are read as segments.
func TestConsecutiveBands(t *testing.T) {
	t.Parallel()
	d := parsed(t, []byte(swapped(t, small, "  top: {best: 3}", "  top: {best: 3}\n  second: {next: 5}\n  third: {next: 2}")))
	if b, ok := d.Band("third"); !ok || b.Next != 2 || b.Ties != "inclusive" {
		t.Errorf("got %+v", b)
	}
}

// Items of each kind carry what the kind needs and nothing of another kind.
func TestItemKindRefusals(t *testing.T) {
	t.Parallel()
	item := func(name, instead string, code fault.Code, field, line string) refusal {
		return refusal{name, "    points: 60", instead, code, field, line}
	}
	refuse(t, small, []refusal{
		item("points with a table", "    points: 60\n    table: {late: 1}", fault.TemplateKindKey, "items[0].table", "table"),
		item("deductions without a table", "    points: 60\n    kind: deductions", fault.TemplateMissingKey, "items[0].table", "key: party"),
		item("checklist of too little", "    points: 60\n    kind: checklist\n    checks: [{key: a, name: 甲, points: 50}]", fault.TemplateItemPoints, "items[0].checks", "checks"),
		item("check twice", "    points: 60\n    kind: checklist\n    checks: [{key: a, name: 甲, points: 30}, {key: a, name: 乙, points: 30}]", fault.TemplateTwice, "items[0].checks[1].key", "checks"),
		item("level above the item", "    points: 60\n    kind: levels\n    levels: {good: 61, poor: 0}", fault.TemplateItemPoints, "items[0].levels", "levels: {"),
		item("rank above the item", "    points: 60\n    kind: rank-points\n    values: [61, 50]", fault.TemplateItemPoints, "items[0].values", "values: [61"),
		item("metric without a formula", "    points: 60\n    kind: metric", fault.TemplateMissingKey, "items[0].formula", "key: party"),
		item("metric by a wrong formula", "    points: 60\n    kind: metric\n    formula: now()", fault.TemplateFormula, "items[0].formula", "formula"),
		item("ballot nobody knows", "    points: 60\n    kind: ballot\n    ballot: meeting", fault.TemplateUnknownRef, "items[0].ballot", "ballot: meeting"),
		item("not applicable to nobody", "    points: 60\n    na: full", fault.TemplateKindKey, "items[0].na", "na: full"),
		item("kind nobody knows", "    points: 60\n    kind: dance", fault.TemplateUnknownValue, "items[0].kind", "dance"),
		item("public likes", "    points: 60\n    kind: likes", fault.TemplatePublicVote, "items[0].kind", "likes"),
		item("online votes", "    points: 60\n    kind: online-vote", fault.TemplatePublicVote, "items[0].kind", "online-vote"),
	})
	refuse(t, small, []refusal{
		{"veto with points", "items:", "items:\n  - {key: serious, name: 一票否决, kind: veto, points: 5}", fault.TemplateItemPoints, "items[0].points", "serious"},
		{"veto on a basis nobody knows", "items:", "items:\n  - {key: serious, name: 一票否决, kind: veto, basis: 无}", fault.TemplateBasisMissing, "items[0].basis", "serious"},
		{"bonus with points", "items:", "items:\n  - {key: extra, name: 加分, kind: bonus, points: 5, table: {award: 1}, cap: 3}", fault.TemplateItemPoints, "items[0].points", "extra"},
		{"bonus without a cap", "items:", "items:\n  - {key: extra, name: 加分, kind: bonus, table: {award: 1}}", fault.TemplateMissingKey, "items[0].cap", "extra"},
		{"item worth nothing", "items:", "items:\n  - {key: nothing, name: 无分}", fault.TemplateItemPoints, "items[0].points", "nothing"},
	})
}

// A veto that cites no document stands on the one there is, and falls without.
// covers G11
func TestVetoNeedsABasis(t *testing.T) {
	t.Parallel()
	text := swapped(t, small, "items:", "items:\n  - {key: serious, name: 一票否决, kind: veto}")
	d := parsed(t, []byte(text))
	if i, ok := d.Item("serious"); !ok || i.Rule.Basis != "乡委发〔2024〕1号" {
		t.Errorf("the veto rests on %q", i.Rule.Basis)
	}
	_, err := Parse([]byte(swapped(t, text, "    number: 乡委发〔2024〕1号\n", "")))
	if l := fault.All(err); len(l) != 2 || !has(l, fault.TemplateBasisMissing, "items[0].basis") {
		t.Errorf("without a number: %v", err)
	}
	several := swapped(t, text, "subject: village", "  - {title: 另一通知, number: 乡委发〔2024〕2号}\nsubject: village")
	_, err = Parse([]byte(several))
	if l := fault.All(err); len(l) != 2 || !has(l, fault.TemplateBasisMissing, "items[0].basis") {
		t.Errorf("with two documents to choose from: %v", err)
	}
}

// Under a mean every item is out of the scale, and the sum is free.
// covers Q31
func TestItemsUnderAMean(t *testing.T) {
	t.Parallel()
	mean := swapped(t, small, "{points: 100, decimals: 2}", "{points: 100, items: mean}")
	d := parsed(t, []byte(swapped(t, mean, "points: 60", "points: 100")))
	if d.Scale.Items != "mean" {
		t.Errorf("items are read as %s", d.Scale.Items)
	}
	refuse(t, mean, []refusal{{"over the scale", "points: 60", "points: 101", fault.TemplateItemPoints, "items[0].points", "points: 101"}})
}

// What the public clicks and how a system is used never score, by whatever
// name they come; a roster-bound ballot and plain work do.
// covers G1, G2
func TestIndicatorsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key, name string
		code      fault.Code
	}{
		{"likes", "群众喜爱度", fault.TemplatePublicVote},
		{"onlineVotes", "得票", fault.TemplatePublicVote},
		{"public-vote", "得票", fault.TemplatePublicVote},
		{"popular", "微信点赞数", fault.TemplatePublicVote},
		{"popular", "网络投票得票数", fault.TemplatePublicVote},
		{"spread", "公众号阅读量", fault.TemplatePublicVote},
		{"appLogins", "使用情况", fault.TemplateUseScored},
		{"presence", "驻村打卡", fault.TemplateUseScored},
		{"presence", "干部活跃度", fault.TemplateUseScored},
		{"activity", "主题党日活动", ""},
		{"democracy", "民主议事", ""},
		{"tracks", "产业赛道", ""},
	} {
		text := swapped(t, small, "key: party\n    name: 党建", "key: "+c.key+"\n    name: "+c.name)
		_, err := Parse([]byte(text))
		if c.code == "" {
			if err != nil {
				t.Errorf("%s %s: %v", c.key, c.name, err)
			}
			continue
		}
		wantOnly(t, fault.All(err), c.code, "items[0]")
	}
	refuse(t, small, []refusal{
		{"channel of votes", "  ledger:\n    name: 资料台账", "  ledger:\n    name: 网上投票", fault.TemplatePublicVote, "channels.ledger", "  ledger:"},
		{"formula of votes", "    points: 60", "    points: 60\n    kind: metric\n    formula: min(60, votes / 10)", fault.TemplatePublicVote, "items[0].formula", "formula"},
	})
}

// An exam alone is no contest, whether the items are exams, the channels are,
// or both; beside anything else it may stand.
// covers A41, Q29
func TestExamAloneIsRefused(t *testing.T) {
	t.Parallel()
	exam := Item{Key: "test", Name: Text{ZH: "闭卷测试"}, Kind: KindExam, Points: exact.Int(100)}
	plain := Item{Key: "work", Name: Text{ZH: "工作"}, Kind: KindPoints, Points: exact.Int(60)}
	bonus := Item{Key: "extra", Name: Text{ZH: "加分"}, Kind: KindBonus, Rule: ItemRule{Table: []TableRow{{Key: "award", Points: exact.Int(1)}}, Cap: new(exact.Number)}}
	d := parsed(t, []byte(small))
	wantOnly(t, CheckItems(d, []Item{exam}), fault.TemplateExamOnly, "items")
	wantOnly(t, CheckItems(d, []Item{exam, bonus}), fault.TemplateExamOnly, "items")
	part := exam
	part.Points = exact.Int(40)
	if l := CheckItems(d, []Item{part, plain}); len(l) > 0 {
		t.Errorf("an exam beside work: %v", l)
	}
	free := exam
	free.Points = exact.Int(0) // recorded, weight 0
	whole := plain
	whole.Points = exact.Int(100)
	if l := CheckItems(d, []Item{free, whole}); len(l) > 0 {
		t.Errorf("an exam of weight 0: %v", l)
	}
	onlyExams := d.WithWeights(nil)
	for i := range onlyExams.Channels {
		onlyExams.Channels[i].Source = "exam"
		onlyExams.Channels[i].Reception = false
	}
	wantOnly(t, CheckItems(onlyExams, []Item{whole}), fault.TemplateExamOnly, "items")
	onlyExams.Items = nil
	onlyExams.Rubric = PerRound
	wantOnly(t, Validate(onlyExams), fault.TemplateExamOnly, "channels")
	refuse(t, small, []refusal{{"in a document", "items:\n  - key: party\n    name: 党建\n    points: 60\n  - key: habitat\n    name: 人居环境\n    points: 40\n    split: {onsite: 70, ledger: 30}\n",
		"items:\n  - {key: test, name: 闭卷测试, kind: exam, points: 100}\n", fault.TemplateExamOnly, "items", "items:"}})
}
