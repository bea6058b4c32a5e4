package sources

import (
	"context"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/export"
	"leitai/internal/facts"
	"leitai/internal/sheet"
)

// Flat plans and reads an export of facts.
type Flat interface {
	Plan(ctx context.Context, f facts.Filter, form string) (*facts.Export, error)
	Next(ctx context.Context, x *facts.Export) (all []facts.Fact, more bool, err error)
}

// Facts is everything published that the viewer may read, laid flat. What the
// first page found published is what the file holds.
func Facts(from Flat) export.Source {
	return export.Source{Kind: export.Facts, Permission: authz.PublicationRead,
		Takes: []export.Condition{export.ByCompetition, export.ByRound, export.ByUnit, export.From, export.To, export.Since},
		Columns: []export.Column{{Key: "publisher", Zh: "发布单位", En: "publisher"}, {Key: "publisherCode", Zh: "发布单位代码", En: "publisher code"},
			{Key: "competition", Zh: "擂台", En: "competition"}, {Key: "round", Zh: "轮次编号", En: "round id"}, {Key: "period", Zh: "期次", En: "period"},
			{Key: "held", Zh: "举办日期", En: "held on"}, {Key: "template", Zh: "方案", En: "template"}, {Key: "templateVersion", Zh: "方案版本", En: "template version"},
			{Key: "unitCode", Zh: "区划代码", En: "unit code"}, {Key: "unit", Zh: "单位", En: "unit"}, {Key: "subjectKind", Zh: "参评对象类别", En: "kind of subject"},
			{Key: "subjectCode", Zh: "参评对象代码", En: "subject code"}, {Key: "subject", Zh: "参评对象", En: "subject"}, {Key: "track", Zh: "赛道", En: "track"},
			{Key: "measure", Zh: "指标", En: "measure"}, {Key: "key", Zh: "指标键", En: "key"}, {Key: "keyName", Zh: "指标键名称", En: "key name"},
			{Key: "dimension", Zh: "领域", En: "dimension"}, {Key: "value", Zh: "数值", En: "value"}, {Key: "valueText", Zh: "显示值", En: "value as text"},
			{Key: "unitOfMeasure", Zh: "计量单位", En: "unit of measure"}, {Key: "publication", Zh: "发布编号", En: "publication id"},
			{Key: "revision", Zh: "发布版本", En: "revision"}, {Key: "publishedAt", Zh: "发布时间", En: "published at"}, {Key: "demo", Zh: "演示数据", En: "demo data"}},
		Rows: func(r export.Request) export.Reader {
			read := flat{from: from, request: r}
			return read.page
		}}
}

type flat struct {
	from    Flat
	request export.Request
	plan    *facts.Export
}

func (f *flat) page(ctx context.Context) (export.Page, error) {
	when, err := clockOf(ctx)
	if err != nil {
		return export.Page{}, err
	}
	if f.plan == nil {
		filter, err := filterOf(f.request)
		if err != nil {
			return export.Page{}, err
		}
		if f.plan, err = f.from.Plan(ctx, filter, string(f.request.Format)); err != nil {
			return export.Page{}, err
		}
	}
	all, more, err := f.from.Next(ctx, f.plan)
	if err != nil || !more {
		return export.Page{}, err
	}
	rows := make([][]sheet.Value, len(all))
	for i := range all {
		rows[i] = factRow(&all[i], when)
	}
	return export.Page{Rows: rows, Next: "there may be more"}, nil
}

func filterOf(r export.Request) (facts.Filter, error) {
	f := facts.Filter{UnitCode: r.UnitCode, Competition: r.Competition, Round: r.Round, Since: r.Since}
	for _, p := range []struct {
		text string
		into *calendar.Period
	}{{r.From, &f.From}, {r.To, &f.To}} {
		if p.text == "" {
			continue
		}
		period, err := calendar.ParsePeriod(p.text)
		if err != nil {
			return f, err
		}
		*p.into = period
	}
	return f, nil
}

func factRow(f *facts.Fact, when clock) []sheet.Value {
	return []sheet.Value{sheet.Text(f.Publisher), sheet.Text(f.PublisherCode), sheet.Text(f.CompetitionName), sheet.Text(f.Round.String()), sheet.Text(f.Period),
		sheet.Text(f.Held.String()), sheet.Text(f.Template), count(f.TemplateVersion), sheet.Text(f.UnitCode), sheet.Text(f.Unit), sheet.Text(string(f.Kind)),
		sheet.Text(f.SubjectCode), sheet.Text(f.Subject), sheet.Text(f.Track), sheet.Text(string(f.Measure)), sheet.Text(f.Key), sheet.Text(f.KeyName),
		sheet.Text(f.Dimension), sheet.Number(f.Value), sheet.Text(f.Text), sheet.Text(f.MeasuredIn), sheet.Text(f.Publication.String()),
		count(f.Revision), when.at(f.PublishedAt), yes(f.Demo)}
}
