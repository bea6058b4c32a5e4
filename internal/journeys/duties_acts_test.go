package journeys

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/consequences"
	"leitai/internal/evidence"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/issues"
	"leitai/internal/paging"
	"leitai/internal/round"
	"leitai/internal/sample"
	"leitai/internal/tenancy"
)

// act is one mutation or sensitive read of a round's life. A read answers with
// what it shows: all, own, none; anything else is an error or is undone.
type act struct {
	key, zh string
	do      func(ctx context.Context) (shows string, err error)
}

// actor is somebody in a relation to the rounds of the township.
type actor struct {
	who, role, zh, relation, relationZh string
}

// actors stand for every row of the table of roles, in every relation that
// matters; the last part is the place they stand at.
var actors = []actor{
	{"PO1", "platform-operator", "平台运维", "platform", "平台"},
	{"PA1", "prefecture-admin", "市级管理员", "ancestor of the ancestor", "上级的上级"},
	{"CA1", "county-admin", "县级管理员", "ancestor", "上级"},
	{"CN1", "county-analyst", "县级分析员", "ancestor", "上级"},
	{"CD1", "department-analyst", "县级部门（政法委）", "ancestor, other dimensions", "上级，只管其他领域"},
	{"UL1", "unit-liaison", "派出单位联络员", "ancestor", "上级"},
	{"A1", "township-approver", "审定人", "own unit", "本单位"},
	{"C1", "township-clerk", "经办人", "own unit, typed a mark", "本单位，代录过一个分"},
	{"EX1", "township-clerk", "经办人", "own unit, role taken away", "本单位，已收回授权"},
	{"L4", "item-owner", "单项分管领导（兼复核组）", "owner of the item, reviewing", "该单项的分管领导，兼复核"},
	{"L5", "item-owner", "单项分管领导", "owner of another item", "其他单项的分管领导"},
	{"TO1", "item-owner", "单项分管领导", "came after the rounds", "评比之后到任"},
	{"J1", "judge", "评比小组成员", "group one, author of the mark", "一组，打过该分"},
	{"J2", "judge", "评比小组成员（兼复核组）", "group one, reviewing what was marked", "一组，兼复核"},
	{"J5", "judge", "评比小组成员", "group of the other channel", "另一渠道的小组"},
	{"K1", "judge", "抽调驻村干部", "seconded, linked to V1", "被抽调，驻V1"},
	{"TJ1", "judge", "评比小组成员", "came after the rounds", "评比之后到任"},
	{"R1", "confirmer", "复核人", "second person", "第二人"},
	{"G1", "review-group", "复核组", "no interest", "无利害关系"},
	{"G2", "review-group", "复核组", "linked to V1", "联系V1"},
	{"S1", "village-secretary", "村党组织书记", "of V1, filed the objection, answered the issue", "V1，提出过异议、反馈过整改"},
	{"S2", "village-secretary", "村党组织书记", "of V2", "V2"},
	{"VC1", "village-clerk", "村级经办人", "of V1", "V1"},
	{"TS1", "village-secretary", "村党组织书记", "came to V1 after the rounds", "评比之后调到V1"},
	{"L1", "linked-leader", "联村领导", "linked to its villages", "联系的村"},
	{"K2", "resident-cadre", "驻村干部（被抽调）", "seconded, linked to another village", "被抽调，驻其他村"},
	{"FS1", "first-secretary", "第一书记", "of V1", "V1"},
	{"RT1", "rater", "测评人员", "of V1", "V1"},
	{"DA1", "department-analyst", "乡镇部门", "own unit, other dimensions", "本单位，只管其他领域"},
	{"dashboard", "dashboard", "数据看板", "own unit", "本单位"},
	{"XA1", "township-approver", "审定人", "sibling", "邻乡"},
	{"XC1", "township-clerk", "经办人", "sibling", "邻乡"},
	{"XS1", "village-secretary", "村党组织书记", "sibling", "邻乡的村"},
}

func step(m *month) round.Step {
	return round.Step{Round: m.round.ID, Revision: m.round.Revision, Reason: "核实后更正"}
}

func errOf[T any](_ T, err error) (string, error) { return "", err }

// acts are all of them, in the order of a month.
func (d *duties) acts(t *testing.T) []act {
	t.Helper()
	return append(append(d.preparing(), d.marking(t)...), append(d.judging(t), d.following(t)...)...)
}

func (d *duties) preparing() []act {
	r := d.rounds
	write := func(m *month) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			return errOf(r.WriteRubric(ctx, round.RubricWrite{Round: m.round.ID, Revision: m.round.Revision, Items: []round.RubricItemInput{item("party")}}))
		}
	}
	read := func(m *month) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			items, err := r.Rubric(ctx, m.round.ID)
			return amount(len(items), 1), err
		}
	}
	return []act{
		{"rubric.read.draft", "查看未公布的细则", read(d.draft)},
		{"rubric.read.published", "查看已公布的细则", read(d.ready)},
		{"rubric.write", "改写L4的单项", write(d.draft)},
		{"rubric.write.opened", "开始评分后改写单项", write(d.open)},
		{"rubric.withdraw", "撤回已公布的细则", func(ctx context.Context) (string, error) { return errOf(r.WithdrawRubric(ctx, step(d.ready))) }},
		{"panels.set", "组建评比小组", func(ctx context.Context) (string, error) { return errOf(r.SetPanels(ctx, d.groups())) }},
		{"panels.read", "查看尚未通知的小组", func(ctx context.Context) (string, error) {
			all, err := r.Panels(ctx, d.draft.round.ID)
			return amount(len(all), 3), err
		}},
		{"notice.issue", "下发评比通知", func(ctx context.Context) (string, error) {
			return errOf(r.IssueNotice(ctx, round.Notify{Round: d.ready.round.ID, Revision: d.ready.round.Revision, Number: "晴擂办〔2023〕99号", Venue: "乡政府"}))
		}},
		{"round.open", "开始评分", func(ctx context.Context) (string, error) { return errOf(r.Open(ctx, step(d.ready))) }},
		{"round.cancel", "取消轮次", func(ctx context.Context) (string, error) { return errOf(r.Cancel(ctx, step(d.draft))) }},
		{"round.read", "查看轮次安排", func(ctx context.Context) (string, error) { return errOf(r.Round(ctx, d.draft.round.ID)) }},
	}
}

// groups are those of the draft round.
func (d *duties) groups() round.PanelsSet {
	set := round.PanelsSet{Round: d.draft.round.ID, Revision: d.draft.round.Revision}
	for _, pair := range [][2]string{{"J1", "J2"}, {"J3", "J4"}, {"J5", "J6"}} {
		set.Panels = append(set.Panels, round.PanelInput{Name: pair[0] + "组", Members: []uuid.UUID{d.World.Person(pair[0]).ID, d.World.Person(pair[1]).ID}})
	}
	for n, cadre := range []string{"K1", "K2", "K3", "K4"} {
		set.Seconded.Assigned = append(set.Seconded.Assigned, round.SecondedSeat{Person: d.World.Person(cadre).ID, Panel: n%3 + 1})
	}
	return set
}

func (d *duties) marking(t *testing.T) []act {
	t.Helper()
	r, open := d.rounds, d.open.round.ID
	give := func(village int, as string) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			in := onsite(village)
			if as != "" {
				judge := d.World.Person(as).ID
				in.Judge = &judge
			}
			return errOf(r.SubmitMarks(ctx, open, []round.MarkInput{in}))
		}
	}
	marks := func(m *month) func(context.Context) (string, error) {
		want := d.count(t, `SELECT count(*) FROM mark WHERE round_id = $1`, m.round.ID)
		return func(ctx context.Context) (string, error) {
			first := 100
			page, err := r.Marks(ctx, m.round.ID, paging.Args{First: &first})
			return amount(len(page.Items), want), err
		}
	}
	confirm := func(id uuid.UUID) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) { return errOf(r.ConfirmMarks(ctx, open, []uuid.UUID{id})) }
	}
	return []act{
		{"mark.give.V1", "给V1打分", give(1, "")},
		{"mark.give.V2", "给V2打分", give(2, "")},
		{"mark.give.for-another", "代J3录分", give(5, "J3")},
		{"mark.correct", "更正J1打的分", func(ctx context.Context) (string, error) {
			return errOf(r.CorrectMark(ctx, round.MarkCorrection{Mark: d.mark, ID: uuid.Must(uuid.NewV7()), Value: exact.Must("81"), Reason: "抄录有误"}))
		}},
		{"mark.confirm", "复核J1打的分", confirm(d.mark)},
		{"mark.confirm.typed", "复核经办人代录的分", confirm(d.typed)},
		{"mark.reject", "退回J1打的分", func(ctx context.Context) (string, error) {
			return errOf(r.RejectMarks(ctx, open, []uuid.UUID{d.mark}, "与现场不符"))
		}},
		{"mark.read.open", "截止前查看评分", marks(d.open)},
		{"mark.read.closed", "截止后、发布前查看评分", marks(d.announced)},
		{"mark.read.one", "查看J1打的一个分", func(ctx context.Context) (string, error) { return errOf(r.Mark(ctx, d.mark)) }},
		{"ledger.receive", "登记台账签收", func(ctx context.Context) (string, error) {
			return errOf(r.ReceiveLedger(ctx, round.LedgerReceive{Round: open, UnitCode: graphtest.VillageCode(6), DeliveredBy: d.World.Person("S6").ID}))
		}},
		{"absence.record", "登记未参评", func(ctx context.Context) (string, error) {
			return errOf(r.RecordAbsence(ctx, round.EntryAbsent{Round: open, UnitCode: graphtest.VillageCode(7), Absent: true, Reason: "防汛"}))
		}},
		{"decisions.read", "查看缺评处理", func(ctx context.Context) (string, error) { return errOf(r.Decisions(ctx, open)) }},
	}
}

func (d *duties) judging(t *testing.T) []act {
	t.Helper()
	r := d.rounds
	explain := func(m *month, village int) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) {
			x, err := r.Explain(ctx, m.round.ID, graphtest.VillageCode(village), 0)
			if err != nil {
				return "", err
			}
			return traced(x), nil
		}
	}
	run := func(do func(context.Context, round.Step) (*round.Answer, error), m *month) func(context.Context) (string, error) {
		return func(ctx context.Context) (string, error) { return errOf(do(ctx, step(m))) }
	}
	return []act{
		{"round.close", "截止评分", run(r.Close, d.open)},
		{"round.compute", "计算成绩", run(r.Compute, d.closed)},
		{"round.preview", "试算成绩", func(ctx context.Context) (string, error) { return errOf(r.Preview(ctx, d.closed.round.ID)) }},
		{"round.severity", "查看评分宽严", func(ctx context.Context) (string, error) { return errOf(r.Severity(ctx, d.closed.round.ID)) }},
		{"round.announce", "公示成绩", run(r.Announce, d.computed)},
		{"result.explain.announced.V1", "公示期查看V1的明细", explain(d.announced, 1)},
		{"result.explain.announced.V2", "公示期查看V2的明细", explain(d.announced, 2)},
		{"objection.file.V1", "为V1提出异议", func(ctx context.Context) (string, error) {
			return errOf(r.FileObjection(ctx, d.objecting(t, 1, "ledger")))
		}},
		{"objection.file.V2", "为V2提出异议", func(ctx context.Context) (string, error) { return errOf(r.FileObjection(ctx, d.objecting(t, 2, ""))) }},
		{"objection.withdraw", "撤回V1的异议", func(ctx context.Context) (string, error) { return errOf(r.WithdrawObjection(ctx, d.objection, 1)) }},
		{"objection.read", "查看异议", func(ctx context.Context) (string, error) {
			all, err := r.Objections(ctx, d.announced.round.ID)
			return amount(len(all), 1), err
		}},
		{"objection.decide", "复核V1的异议", func(ctx context.Context) (string, error) {
			return errOf(r.DecideObjection(ctx, round.ObjectionDecision{Objection: d.objection, Revision: 1, Reason: "经核查台账齐全"}))
		}},
		{"round.publish", "审定发布成绩", func(ctx context.Context) (string, error) {
			return errOf(r.Publish(ctx, round.Publish{Round: d.due.round.ID, Revision: d.due.round.Revision}))
		}},
		{"round.reopen", "重新开放已发布的轮次", run(r.Reopen, d.published)},
		{"board.read", "查看已发布的成绩", func(ctx context.Context) (string, error) { return errOf(r.Board(ctx, d.published.round.ID, 0)) }},
		{"board.read.unpublished", "查看未发布的成绩", func(ctx context.Context) (string, error) { return errOf(r.Board(ctx, d.due.round.ID, 0)) }},
		{"result.explain.published.V1", "查看已发布的V1明细", explain(d.published, 1)},
		{"bundle.read", "查看公开档案", func(ctx context.Context) (string, error) { return errOf(r.Bundle(ctx, d.published.round.ID, 0)) }},
		{"bundle.read.sealed", "查看封存档案", func(ctx context.Context) (string, error) {
			return errOf(r.Sealed(ctx, d.Key(t, `SELECT id FROM publication WHERE round_id = $1`, d.published.round.ID)))
		}},
	}
}

// traced says how much of a trace is shown: with marks, without, or nothing of
// the items at all.
func traced(x *round.Explanation) string {
	if x.Why == nil {
		return "none"
	}
	shows := "none"
	for _, l := range x.Why.Lines {
		switch {
		case l.Kind == "mark":
			return "all"
		case l.Item != "":
			shows = "own"
		}
	}
	return shows
}

// amount says how much of a list is shown.
func amount(have, all int) string {
	switch have {
	case 0:
		return "none"
	case all:
		return "all"
	}
	return "own"
}

func (d *duties) following(t *testing.T) []act {
	t.Helper()
	f, i := d.follows, d.assigning
	on := func(issue *issues.Issue, note string) issues.Step {
		return issues.Step{Issue: issue.ID, Revision: issue.Revision, Note: note}
	}
	accounts := d.count(t, `SELECT count(DISTINCT coalesce(person_id, unit_id)) FROM account_entry WHERE competition_id = $1`, d.World.Competition)
	return []act{
		{"outcome.confirm", "确认结果运用", func(ctx context.Context) (string, error) {
			return errOf(f.Confirm(ctx, []uuid.UUID{d.outcome.ID}, d.far()))
		}},
		{"outcome.read", "查看结果运用", func(ctx context.Context) (string, error) { return errOf(f.Outcome(ctx, d.outcome.ID)) }},
		{"accounts.read", "查看加减分台账", func(ctx context.Context) (string, error) {
			all, err := f.Accounts(ctx, d.World.Competition, "", "")
			return amount(len(all), accounts), err
		}},
		{"findings.propose", "提出认定", func(ctx context.Context) (string, error) {
			return errOf(f.Find(ctx, consequences.FindingInput{Competition: d.World.Competition, Kind: "commendation", Unit: d.outcome.Unit, Reason: "成绩突出"}))
		}},
		{"issue.open", "交办问题", func(ctx context.Context) (string, error) {
			return errOf(i.Open(ctx, issues.Opening{Competition: d.World.Competition, UnitCode: graphtest.VillageCode(1), Item: "party", Title: "记录不全", Base: exact.Int(1), Due: d.far()}))
		}},
		{"issue.read", "查看V1的问题", func(ctx context.Context) (string, error) { return errOf(i.ByID(ctx, d.asked.ID)) }},
		{"issue.answer", "反馈V1的整改", func(ctx context.Context) (string, error) { return errOf(i.Answer(ctx, on(d.asked, "已补齐"))) }},
		{"issue.close", "对S1已反馈的问题核查销号", func(ctx context.Context) (string, error) { return errOf(i.Close(ctx, on(d.answered, ""))) }},
		{"issue.close.own", "对审定人反馈的问题核查销号", func(ctx context.Context) (string, error) { return errOf(i.Close(ctx, on(d.taken, ""))) }},
		{"evidence.add.V1", "提交V1的佐证", func(ctx context.Context) (string, error) {
			return errOf(d.pieces.Add(ctx, evidence.Piece{Competition: d.World.Competition, UnitCode: graphtest.VillageCode(1), Item: "party", Kind: evidence.Document, TakenOn: d.Clock.Today()}))
		}},
		{"person.read", "查看本单位人员姓名", func(ctx context.Context) (string, error) { return errOf(d.town.People(ctx, paging.Args{})) }},
		{"grant.write", "授予复核人角色", func(ctx context.Context) (string, error) {
			return errOf(d.town.GiveRole(ctx, tenancy.GrantInput{Login: d.World.Person("J6").Login, Role: authz.Confirmer, UnitCode: sample.TownshipCode}))
		}},
		{"audit.read", "查看本单位操作日志", func(ctx context.Context) (string, error) {
			return errOf(d.town.Audit(ctx, tenancy.AuditFilter{}, paging.Args{}))
		}},
		{"ballot.read", "查看民主测评的人数和结果", func(ctx context.Context) (string, error) {
			return errOf(d.App.Voting.Polls(ctx, d.World.Competition, nil))
		}},
		{"calendar.read", "查看日历", func(ctx context.Context) (string, error) { return errOf(d.App.Programme.Calendar(ctx, d.far().Year())) }},
	}
}

// toldOf is what the table says of an attempt.
func toldOf(shows string, err error) string {
	faults := fault.All(err)
	switch {
	case len(faults) > 0:
		return string(faults[0].Code)
	case err != nil && err.Error() == errUndone.Error():
		return "allowed"
	case err != nil:
		return "error: " + err.Error()
	case shows == "":
		return "allowed"
	}
	return shows
}
