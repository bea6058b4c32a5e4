package voting

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/ballot"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/viewer"
)

// Kinds of paper of an evaluation, as an address names them.
const (
	KindForm    = "ballot-form"    // 附件3: the form that is filled in by hand
	KindSummary = "ballot-summary" // 附件4: what was counted
)

// Attachments of the year-end notice (E29).
const (
	formAttachment    = 3
	summaryAttachment = 4
)

// Document lays out a paper of an evaluation: NOT_FOUND for an unknown kind or
// id, BALLOT_NOT_CLOSED for a summary before the close.
func (s *Service) Document(ctx context.Context, kind string, id uuid.UUID) (paperwork.Document, error) {
	if err := s.gate.Require(ctx, authz.BallotRead, uuid.Nil); err != nil {
		return paperwork.Document{}, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return paperwork.Document{}, err
	}
	p, err := s.Poll(ctx, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	paper := paperwork.Paper{Demo: who.Demo}
	switch kind {
	case KindForm:
		return formOf(p, paper).Document()
	case KindSummary:
		results, err := s.Results(ctx, id)
		if err != nil {
			return paperwork.Document{}, err
		}
		zone, err := time.LoadLocation(who.TimeZone)
		if err != nil {
			return paperwork.Document{}, err
		}
		summary := summaryOf(p, results, paper)
		summary.Held = calendar.FromTime(*p.ClosedAt, zone)
		return summary.Document()
	}
	return paperwork.Document{}, fault.New(fault.NotFound)
}

// options are what a form offers beside abstaining, which is leaving a row empty.
func options(p *Poll) []string {
	names := make([]string, len(p.Rule.Options))
	for i, o := range p.Rule.Options {
		names[i] = o.Name.ZH
		if names[i] == "" {
			names[i] = o.Key
		}
	}
	return names
}

func formOf(p *Poll, paper paperwork.Paper) paperwork.BallotForm {
	f := paperwork.BallotForm{Paper: paper, Attachment: formAttachment, Title: p.Title, Options: options(p)}
	for _, g := range p.Groups {
		if g.Recusal.Most > 0 {
			f.Options = append(options(p), "回避")
			f.Remark = "本村的测评对象请选“回避”，不测评本村。"
		}
	}
	for _, s := range p.Subjects {
		f.Subjects = append(f.Subjects, paperwork.BallotSubject{Name: s.Name})
	}
	return f
}

// summaryOf prints scores to two decimals, and what groups said only where the
// results themselves have it (Q34). The turnout is that of the sheets; how many
// were valid is told for each subject, because a recusal is for one only.
func summaryOf(p *Poll, results []ballot.Result, paper paperwork.Paper) paperwork.BallotSummary {
	sum := paperwork.BallotSummary{Paper: paper, Attachment: summaryAttachment, Title: p.Title + "汇总表", Options: options(p), Threshold: p.Rule.Threshold}
	for i, r := range results {
		if i == 0 {
			sum.Turnout = paperwork.Turnout{Due: r.Due, Present: r.Present, Issued: r.Issued, Returned: r.Returned}
		}
		sum.Turnout.Valid = max(sum.Turnout.Valid, r.Valid)
		sum.Hidden = sum.Hidden || !r.Breakdown
		line := paperwork.BallotLine{Subject: p.Subjects[i].Name, Valid: strconv.Itoa(r.Valid), Score: "票数不足"}
		if r.Scored {
			line.Score = r.Score.Fixed(2)
		}
		sum.Lines = append(sum.Lines, line)
		for _, g := range r.Groups {
			sum.Lines = append(sum.Lines, groupLine(p, p.Subjects[i].Name, g))
		}
	}
	if sum.Hidden {
		sum.Options = nil
	}
	return sum
}

func groupLine(p *Poll, subject string, f ballot.Figure) paperwork.BallotLine {
	line := paperwork.BallotLine{Subject: subject, Valid: strconv.Itoa(f.Valid), Score: f.Mean.Fixed(2)}
	for i, key := range f.Groups {
		if i > 0 {
			line.Group += "、"
		}
		line.Group += p.GroupName(key)
	}
	for _, o := range p.Rule.Options {
		line.Counts = append(line.Counts, strconv.Itoa(f.Options[o.Key]))
	}
	return line
}
