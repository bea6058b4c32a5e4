package imports

import (
	"context"
	"strings"

	"leitai/internal/ballot"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/sheet"
	"leitai/internal/tenancy"
)

// past reads ranks of before the program.
func (s *Service) past(ctx context.Context, in *Request, book *sheet.Book) (rows, entries int, err error) {
	if err := missing(in.Of, "competition"); err != nil {
		return 0, 0, err
	}
	table := book.Table([]sheet.Column{{Key: "period", Names: []string{"期次", "月份", "时间"}, Required: true}, {Key: "subject", Names: []string{"代码", "单位代码", "村代码", "编码"}, Required: true},
		{Key: "name", Names: []string{"单位", "村（社区）", "村名", "村"}}, {Key: "rank", Names: []string{"名次", "排名"}, Required: true}, {Key: "total", Names: []string{"总分", "得分"}}}, false)
	var past []consequences.PastRow
	var cells []cell
	for _, row := range table.Rows {
		p := consequences.PastRow{Period: month(row.Required("period", "期次")), Subject: row.Required("subject", "代码")}
		row.Required("rank", "名次")
		p.Rank, _ = row.Whole("rank")
		if total, ok := row.Number("total"); ok {
			p.Total = &total
		}
		past = append(past, p)
		cells = append(cells, cell{row: row, column: "period", fields: map[string]string{"period": "period", "subject": "subject", "rank": "rank", "total": "total"}})
	}
	if err := table.Faults.Err(); err != nil {
		return len(table.Rows), len(past), err
	}
	entries, err = s.Past.ImportPast(ctx, in.Of, in.Source, past)
	return s.told(table, entries, err, cells)
}

// month writes 2023年4月 the way periods are written: 2023-04.
func month(text string) string {
	year, rest, chinese := strings.Cut(text, "年")
	if rest = strings.TrimSuffix(rest, "月"); chinese && len(rest) == 1 {
		rest = "0" + rest
	}
	if chinese && rest != "" {
		return year + "-" + rest
	}
	return strings.TrimSpace(year)
}

// told gives the answer of a use case that took all rows at once.
func (s *Service) told(table *sheet.Table, entries int, err error, cells []cell) (int, int, error) {
	if err == nil {
		return len(table.Rows), entries, nil
	}
	placed, other := back(err, cells, 0)
	if other != nil {
		return len(table.Rows), 0, other
	}
	return len(table.Rows), 0, placed
}

// people reads persons with their posts.
func (s *Service) people(ctx context.Context, _ *Request, book *sheet.Book) (rows, entries int, err error) {
	table := book.Table([]sheet.Column{{Key: "name", Names: []string{"姓名"}, Required: true}, {Key: "pseudonym", Names: []string{"代号", "化名"}}, {Key: "post", Names: []string{"岗位", "职务类别"}, Required: true},
		{Key: "unitCode", Names: []string{"单位代码", "村代码", "代码"}}, {Key: "organisation", Names: []string{"单位", "部门", "组织"}}, {Key: "title", Names: []string{"职务", "职务名称"}},
		{Key: "from", Names: []string{"任职时间", "起", "开始日期"}, Required: true}, {Key: "to", Names: []string{"免职时间", "止", "结束日期"}}}, false)
	var people []tenancy.RosterRow
	var cells []cell
	for _, row := range table.Rows {
		p := tenancy.RosterRow{Name: row.Required("name", "姓名"), Pseudonym: row.Text("pseudonym"), Post: postKey(row.Required("post", "岗位")), UnitCode: row.Text("unitCode"),
			Organisation: row.Text("organisation"), Title: row.Text("title")}
		row.Required("from", "任职时间")
		p.From, _ = row.Date("from")
		p.To, _ = row.Date("to")
		people = append(people, p)
		fields := map[string]string{}
		for _, field := range []string{"name", "pseudonym", "post", "unitCode", "organisation", "title", "from", "to"} {
			fields[field] = field
		}
		cells = append(cells, cell{row: row, column: "name", fields: fields})
	}
	if err := table.Faults.Err(); err != nil {
		return len(table.Rows), len(people), err
	}
	made, err := s.People.ImportRoster(ctx, people)
	return s.told(table, len(made), err, cells)
}

// postKey is the key of a kind of post by its Chinese name; anything else is
// left for the use case to judge.
func postKey(text string) string {
	for _, kind := range tenancy.PostKinds() {
		if text == kind.Zh {
			return kind.Key
		}
	}
	return text
}

// raters reads the roster of a democratic evaluation: who may vote, in which
// group. It holds numbers or pseudonyms and never names.
func (s *Service) raters(ctx context.Context, in *Request, book *sheet.Book) (rows, entries int, err error) {
	if s.Voters == nil {
		return 0, 0, fault.New(fault.NotFound)
	}
	if err := missing(in.Of, "ballot"); err != nil {
		return 0, 0, err
	}
	table := book.Table([]sheet.Column{{Key: "person", Names: []string{"编号", "代号", "名册号"}, Required: true}, {Key: "group", Names: []string{"评议组", "组别", "类别"}, Required: true},
		{Key: "unit", Names: []string{"单位代码", "村代码", "所在村代码"}}}, false)
	var named []ballot.Named
	var cells []cell
	for i, row := range table.Rows {
		named = append(named, ballot.Named{Row: i + 1, Person: row.Required("person", "编号"), Group: row.Required("group", "评议组"), Unit: row.Text("unit")})
		cells = append(cells, cell{row: row, column: "person", fields: map[string]string{"person": "person", "group": "group", "unit": "unit"}})
	}
	if err := table.Faults.Err(); err != nil {
		return len(table.Rows), len(named), err
	}
	voters, err := s.Voters.Roster(ctx, in.Of, named)
	return s.told(table, len(voters), err, cells)
}
