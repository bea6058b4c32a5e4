// Package posting owns the rules for people who are sent to villages: who may
// be sent on a date and why not, what a class of village is sent, how long a
// term runs, how a month of days in the village stands, when targets and
// duties fall due, and the steps from a proposal to a filed posting and back.
//
// It does not own who enters figures, who decides, the assessment and its
// grades (grading), or any file on a person.
package posting

import (
	"leitai/internal/calendar"
	"leitai/internal/template"
)

// Reason is why a person may not be sent; the words are stable.
type Reason string

// The reasons, in the order they are given (D03, D04).
const (
	TooOld        Reason = "AGE"             // older than the completed years allowed
	NotFullMember Reason = "NOT_FULL_MEMBER" // no full member of the Party on the date
	PartyYears    Reason = "PARTY_YEARS"     // a full member for too short a time
	WorkYears     Reason = "WORK_YEARS"      // at work for too short a time
)

// Flag is a preference of the notice: it recommends and never bars (D05, D07).
type Flag string

// The preferences.
const (
	PreferMember     Flag = "PARTY_MEMBER"      // a team member who is a full member
	PreferYoung      Flag = "YOUNG_FOR_RANK"    // 正科 at most 35, 副科 at most 30
	PreferGrassroots Flag = "LITTLE_GRASSROOTS" // less than two years at the grass roots in all
	PreferUnit       Flag = "UNIT_KIND"         // from a kind of unit the notice names
	PreferExpertise  Flag = "RURAL_EXPERTISE"
)

// Role is what somebody is sent as.
type Role string

// The two roles. A first secretary of a village with a team leads it (D01).
const (
	FirstSecretary Role = "first-secretary"
	TeamMember     Role = "team-member"
)

// Rank is the administrative rank as far as a preference asks for it.
type Rank string

// The ranks the notice names (正科, 副科).
const (
	SectionChief  Rank = "section-chief"
	SectionDeputy Rank = "section-deputy"
)

// Facts is all that the check needs to know of a person, and nothing else. A
// zero date means the fact does not hold or is not known.
type Facts struct {
	Role             Role
	Born             calendar.Date
	FullMemberSince  calendar.Date // zero: no full member, a probationary one for example
	WorkSince        calendar.Date
	Rank             Rank // empty: neither
	GrassrootsMonths int  // months of work at the grass roots in all; −1: not stated
	PreferredUnit    bool // from a kind of unit the notice names
	RuralExpertise   bool
}

// Verdict is the answer on a date, with the years that were counted.
type Verdict struct {
	On         calendar.Date
	Age        int // completed years; 0 when the birth date is not known
	PartyYears int // completed years as a full member
	WorkYears  int // completed years at work
	Reasons    []Reason
	Flags      []Flag
}

// Eligible reports whether nothing bars the person.
func (v Verdict) Eligible() bool { return len(v.Reasons) == 0 }

// What the notice prefers (D07).
const (
	chiefMaxAge      = 35
	deputyMaxAge     = 30
	littleGrassroots = 24 // months
)

// Check tells whether a person may be sent on the selection date. Years are
// completed years, every bound includes its number, and Party standing counts
// from becoming a full member (D03–D05, Q22). A fact that is not known bars
// like one that does not hold, except the standing of a team member, who is
// preferred as a member and not barred otherwise.
func Check(rule template.Selection, f Facts, on calendar.Date) Verdict {
	v := Verdict{On: on, Age: Years(f.Born, on), PartyYears: Years(f.FullMemberSince, on), WorkYears: Years(f.WorkSince, on)}
	full := !f.FullMemberSince.IsZero() && !f.FullMemberSince.After(on)
	if f.Born.IsZero() || v.Age > rule.MaxAge {
		v.Reasons = append(v.Reasons, TooOld)
	}
	if f.Role != TeamMember {
		switch {
		case !full:
			v.Reasons = append(v.Reasons, NotFullMember)
		case v.PartyYears < rule.PartyYears:
			v.Reasons = append(v.Reasons, PartyYears)
		}
		if v.WorkYears < rule.WorkYears {
			v.Reasons = append(v.Reasons, WorkYears)
		}
	}
	v.Flags = flags(f, v, full)
	return v
}

func flags(f Facts, v Verdict, full bool) []Flag {
	var out []Flag
	young := f.Rank == SectionChief && v.Age <= chiefMaxAge || f.Rank == SectionDeputy && v.Age <= deputyMaxAge
	for _, p := range []struct {
		flag Flag
		is   bool
	}{
		{PreferMember, f.Role == TeamMember && full},
		{PreferYoung, young && !f.Born.IsZero()},
		{PreferGrassroots, f.GrassrootsMonths >= 0 && f.GrassrootsMonths < littleGrassroots},
		{PreferUnit, f.PreferredUnit},
		{PreferExpertise, f.RuralExpertise},
	} {
		if p.is {
			out = append(out, p.flag)
		}
	}
	return out
}

// Years counts the completed years from one date to another: a year is complete
// on its anniversary, 29 February's on 1 March of other years. It is 0 when
// from is not known or lies later.
func Years(from, on calendar.Date) int {
	if from.IsZero() || from.After(on) {
		return 0
	}
	years := on.Year() - from.Year()
	if on.Month() < from.Month() || on.Month() == from.Month() && on.Day() < from.Day() {
		years--
	}
	return years
}
