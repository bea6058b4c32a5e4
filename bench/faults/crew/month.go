package crew

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
	"leitai/internal/paging"
)

// vars are the variables of an operation.
type vars = map[string]any

const (
	submitMarks  = `mutation($round: ID!, $marks: [MarkInput!]!) { marksSubmit(input: {round: $round, marks: $marks}) { marks { id } userErrors { code message } } }`
	confirmMarks = `mutation($round: ID!, $marks: [ID!]!) { marksConfirm(input: {round: $round, marks: $marks}) { marks { id } userErrors { code message } } }`
	correctMark  = `mutation($mark: ID!, $id: ID!, $value: Decimal!) { markCorrect(input: {mark: $mark, id: $id, value: $value, reason: "台账分数抄录有误"}) { marks { id } userErrors { code message } } }`
	publishRound = `mutation($round: ID!, $revision: Int!, $reason: String) { roundPublish(input: {round: $round, revision: $revision, comment: "同意通报。", reason: $reason}) { round { revision state publications { id revision hash } } userErrors { code message } } }`
	lookAtRound  = `query($round: ID!) { round(id: $round) { revision state publications { id revision hash } } }`
	requestFile  = `mutation($input: ExportRequestInput!) { exportRequest(input: $input) { job { id } userErrors { code message } } }`
)

// stepRound writes the mutation of a step.
func stepRound(field string) string {
	return `mutation($round: ID!, $revision: Int!, $reason: String) { ` + field + `(input: {round: $round, revision: $revision, reason: $reason}) { round { revision state } userErrors { code message } } }`
}

// month is a round with its marks.
type month struct {
	*clients
	world.Round
	revision int
	marks    []history.Mark // those that count
}

// work plays all months of the township, and then corrects one after the other.
func (t *clients) work(until, ctx context.Context) error {
	var months []*month
	for _, r := range t.town.Rounds {
		m := &month{clients: t, Round: r, revision: r.Revision}
		if whole, err := m.play(until, ctx); err != nil || !whole {
			return err
		}
		months = append(months, m)
		if err := t.export(ctx, r); err != nil {
			return err
		}
	}
	for i := len(months) - 1; ; i = (i + len(months) - 1) % len(months) {
		if whole, err := months[i].correct(until, ctx); err != nil || !whole {
			return err
		}
		if err := t.export(ctx, months[i].Round); err != nil {
			return err
		}
	}
}

// play marks, confirms and publishes the month; false: the time was over before.
func (m *month) play(until, ctx context.Context) (bool, error) {
	for from := 0; from < len(m.town.Cells); from += m.crew.Batch {
		if !m.more(until) {
			return false, nil
		}
		if err := m.submit(ctx, m.town.Cells[from:min(from+m.crew.Batch, len(m.town.Cells))]); err != nil {
			return false, err
		}
	}
	return m.finish(until, ctx, nil)
}

// submit sends a batch as the clerk, every second time without a key, because
// marks carry ids of their own, and confirms it as the approver.
func (m *month) submit(ctx context.Context, cells []world.Cell) error {
	act := history.Act{Kind: history.Submit, Round: m.ID.String()}
	var send []vars
	for _, c := range cells {
		id, value := uuid.Must(uuid.NewV7()).String(), m.value()
		act.Marks = append(act.Marks, history.Mark{ID: id, Round: act.Round, Cell: Cell(c), Value: value})
		send = append(send, vars{"id": id, "unitCode": c.Unit, "item": c.Item, "channel": world.Channel, "value": value, "judge": c.Judge})
	}
	r, err := compose(m.town.Clerk, m.key(), submitMarks, vars{"round": m.Global, "marks": send})
	if err != nil {
		return err
	}
	if _, err := m.do(ctx, act, r, m.anew(r)); err != nil {
		return err
	}
	m.marks = append(m.marks, act.Marks...)
	return m.confirm(ctx, act.Marks)
}

func (m *month) confirm(ctx context.Context, marks []history.Mark) error {
	act := history.Act{Kind: history.Confirm, Round: m.ID.String()}
	var ids []string
	for _, mark := range marks {
		act.Confirms = append(act.Confirms, mark.ID)
		ids = append(ids, globalMark(mark.ID))
	}
	r, err := compose(m.town.Approver, uuid.NewString(), confirmMarks, vars{"round": m.Global, "marks": ids})
	if err != nil {
		return err
	}
	_, err = m.do(ctx, act, r, m.anew(r))
	return err
}

// correct opens a published month again, corrects some marks and publishes the
// next revision.
func (m *month) correct(until, ctx context.Context) (bool, error) {
	if !m.more(until) {
		return false, nil
	}
	reason := "台账分数抄录有误,重新核算"
	if err := m.step(ctx, "roundReopen", &reason); err != nil {
		return false, err
	}
	for range correctedAtOnce {
		if !m.more(until) {
			return false, nil
		}
		if err := m.correctOne(ctx, m.source.IntN(len(m.marks))); err != nil {
			return false, err
		}
	}
	return m.finish(until, ctx, &reason)
}

// correctedAtOnce are the marks a correction changes.
const correctedAtOnce = 8

func (m *month) correctOne(ctx context.Context, i int) error {
	old := m.marks[i]
	fresh := history.Mark{ID: uuid.Must(uuid.NewV7()).String(), Round: old.Round, Cell: old.Cell, Value: m.value(), Corrects: old.ID}
	act := history.Act{Kind: history.Correct, Round: m.ID.String(), Marks: []history.Mark{fresh}}
	r, err := compose(m.town.Clerk, uuid.NewString(), correctMark, vars{"mark": globalMark(old.ID), "id": fresh.ID, "value": fresh.Value})
	if err != nil {
		return err
	}
	if _, err := m.do(ctx, act, r, m.anew(r)); err != nil {
		return err
	}
	m.marks[i] = fresh
	return m.confirm(ctx, act.Marks)
}

// finish takes the round from its marks to its publication.
func (m *month) finish(until, ctx context.Context, reason *string) (bool, error) {
	for _, field := range []string{"roundClose", "roundCompute", "roundAnnounce", "roundPublish"} {
		if !m.more(until) {
			return false, nil
		}
		if err := m.step(ctx, field, reason); err != nil {
			return false, err
		}
	}
	return true, nil
}

// step takes one step under a key. Whether it was taken when the answer was lost
// is seen from the round.
func (m *month) step(ctx context.Context, field string, reason *string) error {
	act, query := history.Act{Kind: history.Step, Round: m.ID.String()}, stepRound(field)
	if field == "roundPublish" {
		act.Kind, query = history.Publish, publishRound
	}
	r, err := compose(m.town.Approver, uuid.NewString(), query, vars{"round": m.Global, "revision": m.revision, "reason": reason})
	if err != nil {
		return err
	}
	a, err := m.do(ctx, act, r, func(ctx context.Context) (*answer, error) {
		look, err := compose(m.town.Approver, "", lookAtRound, vars{"round": m.Global})
		if err != nil {
			return nil, err
		}
		return m.read(ctx, look)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", field, err)
	}
	if a.payload.Round == nil {
		return fmt.Errorf("%s is answered without the round: %.300s", field, a.body)
	}
	m.revision = a.payload.Round.Revision
	return nil
}

// anew sends what carries ids of its own once more without its key, which
// changes nothing where it was carried out.
func (t *clients) anew(r request) func(ctx context.Context) (*answer, error) {
	r.key = ""
	return func(ctx context.Context) (*answer, error) { return t.insist(ctx, r, func(error) {}) }
}

// key is one for every second request.
func (t *clients) key() string {
	if t.source.IntN(2) == 0 {
		return ""
	}
	return uuid.NewString()
}

// value draws a mark in half points.
func (t *clients) value() string {
	half := 120 + t.source.IntN(81)
	return strings.TrimSuffix(fmt.Sprintf("%d.%d", half/2, half%2*5), ".0")
}

// Cell names a cell in the history.
func Cell(c world.Cell) string { return c.Unit + " " + c.Item + " " + c.Judge }

func globalMark(id string) string { return paging.GlobalID("Mark", uuid.MustParse(id)) }
