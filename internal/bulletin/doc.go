// Package bulletin owns turning what was decided and published into papers: the
// round notice (A19, A20), the sheets and the grid to mark on, the written
// bulletin (A26), summaries drafted from the data (A15, A16), lists, forms and
// tables, the list of the leading group (A43), the archive of a village (B07)
// and the report to the county (B02). It also keeps an office's own forms and
// fills them with the same data.
//
// It does not own how a paper looks (paperwork), nor any number in it: a
// bulletin is drawn from the published bundle, so that it cannot say anything
// else than what anyone can recompute.
package bulletin

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	// Anywhere returns nil when the viewer holds p at any unit of the tenant.
	Anywhere(ctx context.Context, p authz.Permission) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Sight(ctx context.Context, p authz.Permission) authz.Sight
}

// Work runs one transaction on the store.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
}

// Service is the papers of a tenant.
type Service struct {
	write, read Work
	gate        Gate
	now         func() time.Time
}

// New makes the use cases.
func New(c Config) *Service { return &Service{write: c.Write, read: c.Read, gate: c.Gate, now: c.Now} }

// Kinds of paper, as an address names them.
const (
	KindBulletin     = "bulletin"      // of a publication
	KindNotice       = "notice"        // of a round
	KindSummary      = "summary"       // of a roll-up
	KindLeadingGroup = "leading-group" // of a competition
	KindScoreSheets  = "score-sheets"  // of a round
	KindTypingGrid   = "typing-grid"   // of a round, as XLSX or CSV
	KindItems        = "items"         // of a round
	KindContacts     = "contacts"      // of a round
	KindGrades       = "grades"        // of a publication
	KindRegistration = "registration"  // of a publication
	KindCountyReport = "county-report" // of a publication
	KindProblems     = "problems"      // of a competition
	KindBallotReport = "ballot-report" // of a poll
	KindThreeColour  = "three-colour"  // of a poll
	KindDutyReport   = "duty-report"   // of a submission
	KindReportRules  = "report-rules"  // of a competition
	KindEvaluation   = "evaluation"    // of a publication
)

// Formats of a paper.
const (
	HTML = "html"
	DOCX = "docx"
	XLSX = "xlsx" // of a paper with a table
	CSV  = "csv"  // of the typing grid
	ZIP  = "zip"  // of an archive
)

// Media types of the formats.
const (
	typeHTML = "text/html; charset=utf-8"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeCSV  = "text/csv; charset=utf-8"
	typeZIP  = "application/zip"
)

// Paper is a drawn document.
type Paper struct {
	Name string // file name with its extension
	Type string // media type
	Body []byte
}

// Document draws the paper of a kind for the object with this id, for those who
// may read it: NOT_FOUND for an unknown kind or id.
func (s *Service) Document(ctx context.Context, kind string, id uuid.UUID, format string) (Paper, error) {
	if err := s.gate.Require(ctx, authz.DocumentRead, uuid.Nil); err != nil {
		return Paper{}, err
	}
	if err := s.fits(ctx, kind); err != nil {
		return Paper{}, err
	}
	if kind == KindTypingGrid {
		if format != XLSX && format != CSV {
			return Paper{}, fault.New(fault.Invalid, "value", format, "want", "xlsx, csv").At("format")
		}
		return s.typingGrid(ctx, id, format)
	}
	draw, known := map[string]func(context.Context, Store, uuid.UUID) (paperwork.Document, error){
		KindBulletin: s.drawBulletin, KindNotice: drawNotice, KindSummary: s.drawSummary, KindLeadingGroup: drawLeadingGroup,
		KindScoreSheets: s.drawScoreSheets, KindItems: s.drawItems, KindContacts: s.drawContacts, KindGrades: s.drawGrades, KindRegistration: s.drawRegistrations, KindCountyReport: s.drawCountyReport,
		KindProblems: s.drawRectification, KindBallotReport: s.drawBallotReports, KindThreeColour: s.drawThreeColour,
		KindDutyReport: s.drawDutyReport, KindReportRules: s.drawReportRules, KindEvaluation: s.drawEvaluations,
	}[kind]
	if !known {
		return Paper{}, fault.New(fault.NotFound)
	}
	if format != HTML && format != DOCX && format != XLSX {
		return Paper{}, fault.New(fault.Invalid, "value", format, "want", "html, docx, xlsx").At("format")
	}
	var document paperwork.Document
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		document, err = draw(ctx, st, id)
		return err
	})
	if err != nil {
		return Paper{}, err
	}
	return render(document, format)
}

// StyleSource is the one source of style that a content security policy has to
// allow for papers shown as pages.
func StyleSource() string { return paperwork.StyleHash() }

// at says whether a tenant is the one the viewer works for.
func at(ctx context.Context, tenant uuid.UUID) bool {
	who, err := viewer.From(ctx)
	return err == nil && who.Tenant == tenant
}

func render(d paperwork.Document, format string) (Paper, error) {
	write, kind := d.HTML, typeHTML
	switch format {
	case DOCX:
		write, kind = d.DOCX, typeDOCX
	case XLSX:
		write, kind = d.XLSX, typeXLSX
	}
	body, err := write()
	return Paper{Name: d.Title() + "." + format, Type: kind, Body: body}, err
}

// Home is the tenant whose paper it is.
type Home struct {
	Tenant   uuid.UUID
	Name     string // of the unit, for example 晴岚乡
	TimeZone string
	Demo     bool
}

// Frame is what every paper of a competition needs.
type Frame struct {
	Home         Home
	Competition  string
	Trial        bool
	Filing       string
	Notice       Notice
	LeadingGroup LeadingGroup
}

// Notice is the numbered notice the competition rests on, as it is stored.
type Notice struct {
	Number       string        `json:"number"`
	Issuer       string        `json:"issuer"`
	Date         calendar.Date `json:"date"`
	Title        string        `json:"title"`
	Distribution []string      `json:"distribution"`
}

// LeadingGroup is the group that owns the competition, as it is stored.
type LeadingGroup struct {
	Members []struct {
		Seat  string `json:"seat"`
		Title string `json:"title"`
	} `json:"members"`
	Offices    []string `json:"offices"`
	OfficeHead string   `json:"officeHead"`
}

// paper is the frame of a document of the competition.
func (f Frame) paper(number string, date calendar.Date) paperwork.Paper {
	p := paperwork.Paper{Demo: f.Home.Demo, Trial: f.Trial, Issuer: f.Home.Name + "擂台比武领导小组", Number: number, Date: date, To: f.Notice.Distribution}
	if number != "" {
		p.Mark = f.Home.Name + "擂台比武领导小组文件"
	}
	if f.LeadingGroup.OfficeHead != "" {
		p.Office = f.Home.Name + "擂台比武领导小组办公室"
	}
	return p
}

// basis cites the notice a competition rests on.
func (f Frame) basis() string {
	if f.Notice.Title == "" {
		return ""
	}
	return "《" + f.Notice.Title + "》（" + f.Notice.Number + "）"
}

// dateIn is the day of a moment in the tenant's time zone.
func (h Home) dateIn(moment time.Time) (calendar.Date, error) {
	zone, err := time.LoadLocation(h.TimeZone)
	if err != nil {
		return calendar.Date{}, err
	}
	return calendar.FromTime(moment, zone), nil
}
