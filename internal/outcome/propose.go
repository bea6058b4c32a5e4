package outcome

import (
	"slices"
	"strconv"

	"leitai/internal/exact"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// What outcomes do, as far as rules here look at it.
const (
	DoPoints  = "points"
	DoTalk    = "talk"
	DoMoney   = "money"
	DoRectify = "rectification"
)

// How the points of an outcome are chosen (Q4, Q5).
const (
	ByRank           = "rank"             // the first value to the band's best
	ByRankFromBottom = "rank-from-bottom" // the first value to the band's worst
	ByRoleOf         = "role"             // one value for each recipient role
)

// Standing is the state of a round that consequences are drawn from.
type Standing struct {
	Places  map[string]ranking.Place // by subject
	Members ranking.Membership
	Streaks map[string]map[string]Run // by streak key and subject
	Links   map[string][]Link         // by subject, on the date of the round
	Units   map[string]string         // code of the place, by subject that is no unit
}

// Draw lists the consequences that the rules ask for and the entries they post.
// Proposals come in the order of the rules, inside a rule in the order of the
// band; the entries follow the proposals, recipients in the rule's order.
//
// A streak calls for its consequence for those whom the last round triggered,
// by their place in the streak's band.
func Draw(subject template.SubjectKind, streaks []template.Streak, rules []template.Outcome, s Standing) ([]Proposal, []Entry) {
	var proposals []Proposal
	var entries []Entry
	for i, rule := range rules {
		streak := slices.IndexFunc(streaks, func(st template.Streak) bool { return st.Key == rule.When })
		band := rule.When
		if streak >= 0 {
			band = streaks[streak].Band
		}
		for _, m := range s.Members[band] {
			links := s.Links[m.ID]
			place := s.Places[m.ID]
			p := Proposal{Rule: i, When: rule.When, Do: rule.Do, Subject: m.ID, Rank: place.Rank, RankFromBottom: place.RankFromBottom, ByRole: rule.ByRole, WithRoles: rule.With}
			if streak >= 0 {
				run := s.Streaks[rule.When][m.ID]
				if !run.Triggered {
					continue
				}
				p.Streak = run.Count
				links = run.Linked(streaks[streak], links)
			}
			p.With = linked(links, rule.With)
			proposals = append(proposals, p)
			entries = append(entries, post(subject, i, rule, m, links, s.Units[m.ID])...)
		}
	}
	return proposals, entries
}

// linked picks the links under one of the roles, in the order of the roles.
func linked(links []Link, roles []string) []Link {
	var out []Link
	for _, role := range roles {
		for _, l := range links {
			if l.Role == role {
				out = append(out, l)
			}
		}
	}
	return out
}

// post lists the entries of one member. A person linked to the subject under
// several of the roles receives once, under the first of them; an entry of
// nothing is not posted. The place of a subject that is no unit receives under
// the role of its kind.
func post(subject template.SubjectKind, index int, rule template.Outcome, m ranking.Member, links []Link, unit string) []Entry {
	if rule.Do != DoPoints {
		return nil
	}
	var out []Entry
	seen := map[string]bool{}
	for k, role := range rule.To {
		points := worth(rule, m, k)
		if points.Sign() == 0 {
			continue
		}
		entry := Entry{Role: role, Subject: m.ID, Rule: index, When: rule.When, Points: points}
		if own, ok := accountOf(role, subject, m.ID, unit); ok {
			entry.Account = own
			if own.Kind == OfPerson {
				seen[own.ID] = true
			}
			out = append(out, entry)
			continue
		}
		for _, l := range linked(links, []string{role}) {
			if !seen[l.Person] {
				seen[l.Person] = true
				entry.Account = Account{OfPerson, l.Person}
				out = append(out, entry)
			}
		}
	}
	return out
}

// accountOf is the account of the subject itself, or of its place, where the role
// names one of them.
func accountOf(role string, subject template.SubjectKind, id, unit string) (Account, bool) {
	switch {
	case IsSubject(role, subject) && subject == template.Person:
		return Account{OfPerson, id}, true
	case IsSubject(role, subject):
		return Account{OfSubject, id}, true
	case role == string(template.Village) && unit != "":
		return Account{OfSubject, unit}, true
	}
	return Account{}, false
}

// IsSubject reports whether a recipient of an outcome is what is judged itself,
// and not a person linked to it.
func IsSubject(recipient string, subject template.SubjectKind) bool {
	return recipient == string(subject) || recipient == "subject"
}

// worth is what the k-th recipient of a rule gets for a member's place. Places
// beyond the last value are worth nothing; where ties share, those tied get the
// average of the values of the places they take up (Q6).
func worth(rule template.Outcome, m ranking.Member, k int) exact.Number {
	place := m.FromBest
	switch rule.By {
	case ByRoleOf:
		return value(rule.Values, k+1)
	case ByRankFromBottom:
		place = m.FromWorst
	}
	if !rule.Average {
		return value(rule.Values, place)
	}
	var sum exact.Number
	for i := range m.Equals {
		sum = sum.Add(value(rule.Values, place+i))
	}
	return sum.Quo(exact.Int(int64(m.Equals)))
}

// value is the n-th of some values, counted from 1; 0 beyond the last.
func value(values []exact.Number, n int) exact.Number {
	if n < 1 || n > len(values) {
		return exact.Number{}
	}
	return values[n-1]
}

// RuleOf gives the template's rule behind a proposal; for one that a grade
// called for, which no outcome of the template does, a rule that only says when
// and what (E23).
func RuleOf(doc *template.Document, p Proposal) template.Outcome {
	if p.Grade != "" || p.Rule < 0 || p.Rule >= len(doc.Outcomes) {
		return template.Outcome{When: p.When, Do: p.Do}
	}
	return doc.Outcomes[p.Rule]
}

// Cite names a proposal's rule by its place in the template: outcomes[2],
// talkIf[0] for the interview by grade, talkIf[0].rectification for what goes
// with it.
func Cite(p Proposal) string {
	at := "[" + strconv.Itoa(p.Rule) + "]"
	switch {
	case p.Grade == "":
		return "outcomes" + at
	case p.Do == DoTalk:
		return "talkIf" + at
	}
	return "talkIf" + at + "." + p.Do
}
