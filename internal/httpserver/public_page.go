package httpserver

import (
	"cmp"
	"crypto/sha256"
	_ "embed" // public.gohtml
	"encoding/base64"
	"html/template"
	"strconv"
	"strings"
	"time"

	"leitai/internal/round"
	rules "leitai/internal/template"
)

//go:embed public.gohtml
var publicSource string

var publicTemplate = template.Must(template.New("public").Parse(publicSource))

const publicStyle = `body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:52rem;margin:1rem auto;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.5rem;margin:.2rem 0}small{color:#595959}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border-bottom:1px solid #ddd;padding:.35em .6em;text-align:left;overflow-wrap:anywhere}thead th{white-space:nowrap}thead th small{display:block;font-weight:normal}tbody th{font-weight:normal}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.notice{border-left:4px solid #b22;padding:.3em .8em;background:#fbf3f2}.demo{background:#ffe9a8;padding:.3em .8em;margin:0}code{overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#141414}small{color:#a6a6a6}th,td{border-color:#3a3a3a}.notice{background:#2a1818}.demo{background:#594a14}}
@media print{body{max-width:none;margin:0}}`

// publicPolicy allows the page its own style and nothing else.
var publicPolicy = func() string {
	sum := sha256.Sum256([]byte(publicStyle))
	return "default-src 'none'; img-src data:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}()

// publicView is what the page shows.
type publicView struct {
	Found, Withdrawn, Demo    bool
	Host, Competition, Period string
	Held, PublishedAt, Hash   string
	Revision                  int
	Columns                   publicColumns
	Rows                      []publicRow
	Style                     template.CSS
}

// publicColumns are those in which some row has something.
type publicColumns struct{ Rank, Track, Total, Band, Light, Grade bool }

type publicRow struct{ Rank, Name, Unranked, Track, Total, Bands, Light, Grades string }

// publicView lays a result out; nil for none.
func (s *Server) publicView(b *round.PublicBoard) publicView {
	v := publicView{Style: publicStyle, Demo: s.options.Demo}
	if b == nil {
		return v
	}
	zone, err := time.LoadLocation(b.Host.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	v.Found, v.Withdrawn, v.Demo = true, b.Withdrawn, v.Demo || b.Host.Demo
	v.Host, v.Competition, v.Period, v.Held = b.Host.Name, b.Competition, b.Period, b.Held.String()
	v.PublishedAt, v.Hash, v.Revision = b.PublishedAt.In(zone).Format("2006-01-02 15:04 MST"), b.Hash, b.Revision
	names := namesOf(b.Template)
	for i := range b.Rows {
		row := publicRowOf(names, &b.Rows[i])
		v.Rows = append(v.Rows, row)
		c := &v.Columns
		c.Rank, c.Track, c.Total = c.Rank || row.Rank != "", c.Track || row.Track != "", c.Total || row.Total != ""
		c.Band, c.Light, c.Grade = c.Band || row.Bands != "", c.Light || row.Light != "", c.Grade || row.Grades != ""
	}
	return v
}

// notRanked says why somebody has no rank.
var notRanked = map[string]string{"absent": "未参评 did not take part", "unmarked": "未评分 not marked", "vetoed": "一票否决 vetoed"}

func publicRowOf(names shownNames, b *round.BoardRow) publicRow {
	row := publicRow{Name: b.Name, Unranked: notRanked[b.Unranked], Track: b.Track, Total: b.Shown}
	if b.Rank != nil {
		row.Rank = strconv.Itoa(*b.Rank)
	}
	var bands, grades []string
	for _, key := range b.Bands {
		bands = append(bands, cmp.Or(names.bands[key], key))
	}
	for _, g := range b.Grades {
		if g.Grade != "" {
			grades = append(grades, cmp.Or(names.grades[g.Scale+"/"+g.Grade], g.Grade))
		}
	}
	if b.Light != "" {
		row.Light = cmp.Or(names.lights[b.Light], b.Light)
	}
	row.Bands, row.Grades = strings.Join(bands, "、"), strings.Join(grades, "、")
	return row
}

// shownNames are the names by which a template calls what stands on a board.
type shownNames struct{ bands, lights, grades map[string]string }

func namesOf(doc *rules.Document) shownNames {
	n := shownNames{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, b := range doc.Bands {
		n.bands[b.Key] = inBoth(b.Name)
	}
	for _, l := range doc.Legend {
		n.lights[l.Key] = inBoth(l.Name)
	}
	for _, scale := range doc.Grades {
		for _, step := range scale.Steps {
			n.grades[scale.Key+"/"+step.Key] = inBoth(step.Name)
		}
	}
	return n
}

// inBoth is a name in Chinese, with the English one where there is one.
func inBoth(t rules.Text) string {
	switch {
	case t.ZH == "" || t.EN == "" || t.ZH == t.EN:
		return cmp.Or(t.ZH, t.EN)
	}
	return t.ZH + " " + t.EN
}
