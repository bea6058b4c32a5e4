package sample

import (
	"context"
	"fmt"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/identity"
	"leitai/internal/tenancy"
)

// Who runs the term at the county, by pseudonym; its administrator plans,
// selects and inspects.
const (
	TermApprover = "GA1" // 县委组织部部长
	TermClerk    = "GC1"
	termReviewer = "GR1"
	termLiaison  = "GU1"
	termSender   = "县农业农村局"
	termOffice   = "县委组织部"
)

// termJudges are of the departments that assess together (D32).
var termJudges = []string{"GJ1", "GJ2", "GJ3"}

// spare take the places of those whom the selection refused.
var spare = map[string]string{"P5": "P13", "P6": "P14", "P8": "P15"}

// candidate is the pseudonym of P1 …
func candidate(key string) string { return "GF" + key[1:] }

// termPost is somebody of the county with a post in an organisation.
type termPost struct {
	person             *Person
	post, organisation string
}

// termCast is everybody whom the term adds to the county.
func termCast(y *Term) []termPost {
	at := CountyCode
	all := []termPost{
		{&Person{Pseudonym: TermApprover, Name: "审定人一", Role: authz.TownshipApprover, Unit: at}, "department-head", termOffice},
		{&Person{Pseudonym: TermClerk, Name: "经办人一", Role: authz.TownshipClerk, Unit: at}, "department-staff", termOffice},
		{&Person{Pseudonym: termReviewer, Name: "复核人一", Role: authz.Confirmer, Unit: at}, "department-staff", termOffice},
		{&Person{Pseudonym: termLiaison, Name: "经办人二", Role: authz.UnitLiaison, Unit: at}, "unit-liaison", termSender},
	}
	for i, key := range termJudges {
		all = append(all, termPost{&Person{Pseudonym: key, Name: "考核组成员" + numerals[i], Role: authz.Judge, Unit: at}, "department-staff", termOffice})
	}
	for i := range y.People { // one mentor each (D28)
		all = append(all, termPost{&Person{Pseudonym: fmt.Sprintf("GM%d", i+1), Name: "联村领导" + numerals[i]}, "mentor", termOffice})
	}
	for i := range len(y.People) + len(spare) {
		p := &Person{Pseudonym: fmt.Sprintf("GF%d", i+1), Name: "第一书记" + numerals[i]}
		if i < 2 {
			p.Role, p.Unit = authz.FirstSecretary, at
		}
		all = append(all, termPost{p, "department-staff", termSender})
	}
	n := 0
	for i := range len(y.Teams) {
		for range y.Teams[fmt.Sprintf("V%d", i+1)] {
			n++
			all = append(all, termPost{&Person{Pseudonym: fmt.Sprintf("GW%d", n), Name: "工作队员" + numerals[n-1]}, "department-staff", termSender})
		}
	}
	return all
}

// join enters people into the county's roster; those with a role get a login and
// a token, which its administrator gives and approves.
func (w *World) join(ctx context.Context, day calendar.Date, all []termPost) error {
	var rows []tenancy.RosterRow
	var acting []*Person
	for _, p := range all {
		rows = append(rows, tenancy.RosterRow{Name: p.person.Name, Pseudonym: p.person.Pseudonym, Post: p.post, Organisation: p.organisation, From: inOfficeSince})
		if p.person.Role != "" {
			acting = append(acting, p.person)
		}
	}
	w.Clock.Set(day, "09:00")
	err := w.As(ctx, "CA1", func(ctx context.Context) error {
		for _, o := range []tenancy.OrganisationInput{{Kind: "department", Name: termOffice, From: inOfficeSince}, {Kind: "sending-unit", Name: termSender, From: inOfficeSince}} {
			if _, err := w.app.Tenancy.CreateOrganisation(ctx, o); err != nil {
				return err
			}
		}
		people, err := w.app.Tenancy.ImportRoster(ctx, rows)
		for i, p := range people {
			all[i].person.ID = p.ID
			w.people[all[i].person.Pseudonym] = all[i].person
		}
		return err
	})
	if err != nil {
		return err
	}
	admin := w.Person("CA1")
	session, err := w.app.Identity.Login(ctx, identity.LoginInput{Login: admin.Login, Password: admin.Password, Address: "demo"})
	if err != nil {
		return err
	}
	o := &opener{Person: *admin}
	if o.Credential, err = identity.SessionCredential(session.Secret); err != nil {
		return err
	}
	w.Cast = append(w.Cast, acting...)
	if err := w.equip(ctx, o, acting); err != nil {
		return err
	}
	return w.app.Identity.Logout(ctx, session.Secret)
}
