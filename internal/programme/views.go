package programme

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// TemplateState is where a template version stands.
type TemplateState string

// A draft may be changed; an active version never.
const (
	TemplateDraft  TemplateState = "draft"
	TemplateActive TemplateState = "active"
)

// TemplateVersion is one version of a template document.
type TemplateVersion struct {
	ID          uuid.UUID
	Tenant      uuid.UUID
	Key         string
	Version     int // from 1, counted per key
	NameZh      string
	NameEn      string
	State       TemplateState
	Source      string   // the document as its author wrote it
	Canonical   string   // canonical JSON, once active
	Confirmed   []string // keys a person confirmed at activation (Q4, Q9)
	Revision    int      // grows with every change of a draft
	CreatedBy   uuid.UUID
	CreatedAt   time.Time
	ActivatedBy *uuid.UUID
	ActivatedAt *time.Time
}

// CompetitionState is where a competition stands.
type CompetitionState string

// A closed competition takes no more rounds; its results stay readable.
const (
	CompetitionActive CompetitionState = "active"
	CompetitionClosed CompetitionState = "closed"
)

// Competition is a programme of rounds under one notice (A01–A04).
type Competition struct {
	ID           uuid.UUID
	Tenant       uuid.UUID
	Name         string
	Trial        bool   // a trial run (试评): never counts, wiped as a whole
	FilingNumber string // 备案文号; empty warns (G6)
	Notice       Notice
	LeadingGroup LeadingGroup
	State        CompetitionState
	Versions     []RuleVersion // in the order of their periods
	Revision     int
	CreatedBy    uuid.UUID
	CreatedAt    time.Time
}

// RuleVersion says which template version rules from a period on (B18).
type RuleVersion struct {
	TemplateVersion uuid.UUID
	Key             string
	Version         int
	FromPeriod      string // for example 2023-04
}

// Notice is the numbered notice a competition rests on (A01, A02).
type Notice struct {
	Number       string          `json:"number"` // for example 示委发〔2023〕6号
	Issuer       string          `json:"issuer"`
	Date         calendar.Date   `json:"date"`
	Title        string          `json:"title"`
	Text         string          `json:"text"`
	Basis        []BasisDocument `json:"basis"`        // upper-level documents (文件依据)
	Distribution []string        `json:"distribution"` // addressed to (主送)
}

// BasisDocument is one upper-level document a notice refers to.
type BasisDocument struct {
	Title  string        `json:"title"`
	Number string        `json:"number"`
	Issuer string        `json:"issuer"`
	Date   calendar.Date `json:"date"`
}

// LeadingGroup owns the competition (A04); its list is an output document (A43).
type LeadingGroup struct {
	Members    []LeadingGroupMember `json:"members"`
	Offices    []string             `json:"offices"`    // who do the daily work, for example 党建办, 乡村振兴站
	OfficeHead string               `json:"officeHead"` // post of the head of the group's office (办公室主任)
}

// Seats of a leading group.
const (
	SeatHead        = "head"         // 组长
	SeatFirstDeputy = "first-deputy" // 第一副组长
	SeatDeputy      = "deputy"       // 副组长
	SeatMember      = "member"       // 成员
)

// LeadingGroupMember is one place in the leading group: a person of the tenant,
// or a post still to be filled.
type LeadingGroupMember struct {
	Seat   string     `json:"seat"`
	Person *uuid.UUID `json:"person"`
	Title  string     `json:"title"` // for example 乡党委书记
}

// CalendarEntry is one round on the calendar of a tenant, with the reasons of
// its date.
type CalendarEntry struct {
	Round           uuid.UUID
	Competition     uuid.UUID
	CompetitionName string
	Trial           bool
	Period          string        // stays nominal when the day rolls over (Q3)
	Nominal         calendar.Date // the day the rule names
	Held            calendar.Date // the working day it is held on
	Until           calendar.Date // the last day of the window it is held in (E01); zero where the rule names a day, and in lists of stored rounds
	State           string        // of the round
	Venue           string
	Skipped         bool // no such day in the month and the rule skips it (Q1); there is no round then
	Clamped         bool
	RolledDays      int // Held − Nominal in days
	CrossesMonth    bool
	Kept            bool              // planning left the dates alone, because the round is past planning
	Why             []calendar.Passed // days passed over
	Warnings        fault.List        // CALENDAR_YEAR_UNKNOWN
}

// RoundPlan is what planning did.
type RoundPlan struct {
	Competition uuid.UUID
	Entries     []CalendarEntry
	Warnings    fault.List // years without holiday data, overlapping inspections, a missing filing number
}
