package tenancy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

func roster() []tenancy.RosterRow {
	from := day("2023-01-01")
	return []tenancy.RosterRow{
		{Name: "甲某", Pseudonym: "L1", Post: "linked-leader", UnitCode: village1, From: from},
		{Name: "甲某", Pseudonym: "L1", Post: "leader-in-charge", UnitCode: township, From: from},
		{Name: "乙某", Post: "resident-cadre", UnitCode: village1, From: from, To: day("2023-06-01")},
		{Name: "丙某", Pseudonym: "S1", Post: "village-secretary", UnitCode: village1, From: from},
		{Name: "乙某", Post: "resident-cadre", UnitCode: village2, From: day("2023-06-01")},
	}
}

// covers A08, G12
func TestRoster(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	if people[0].ID != people[1].ID || people[2].ID != people[4].ID || people[0].Pseudonym != "L1" || people[2].Pseudonym == "" {
		t.Fatalf("rows of one person: %v", people)
	}
	again, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	if again[2].ID != people[2].ID || w.count(`SELECT count(*) FROM post`) != 5 || w.count(`SELECT count(*) FROM audit_entry WHERE action = 'roster:import'`) != 1 {
		t.Error("importing the same roster again changed something")
	}
	posts, err := w.use.PostsOf(w.as("approver"), []uuid.UUID{people[2].ID})
	must(t, err)
	if len(posts) != 2 || posts[0].To != day("2023-06-01") || posts[1].Unit != w.unit(village2) {
		t.Errorf("posts: %+v", posts)
	}
}

// Who is linked on a date follows the posts of that date (A08): a transfer
// neither opens what was nor leaves what is.
// covers A08
func TestLinksFollowTheDate(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	cadre := people[2].Pseudonym
	for _, c := range []struct {
		date, village string
		want          string
	}{
		{"2022-12-31", village1, ""},
		{"2023-01-01", village1, "linked-leader L1, resident-cadre " + cadre + ", village-secretary S1"},
		{"2023-05-31", village1, "linked-leader L1, resident-cadre " + cadre + ", village-secretary S1"},
		{"2023-06-01", village1, "linked-leader L1, village-secretary S1"},
		{"2023-05-31", village2, ""},
		{"2023-06-01", village2, "resident-cadre " + cadre},
	} {
		links, err := w.use.Links(w.as("approver"), []uuid.UUID{w.unit(c.village)}, day(c.date))
		must(t, err)
		var got []string
		for _, l := range links {
			got = append(got, l.Role+" "+l.Pseudonym)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s at %s: %v, want %s", c.date, c.village, got, c.want)
		}
	}
	all, err := w.use.Links(w.as("approver"), nil, day("2023-06-01"))
	must(t, err)
	if len(all) != 3 {
		t.Errorf("all links: %v", all)
	}
}

// Every bad row is listed with row and column, and nothing is stored.
func TestABadRosterIsRefusedWhole(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	people, posts := w.count(`SELECT count(*) FROM person`), w.count(`SELECT count(*) FROM post`)
	from := day("2023-02-01")
	_, err = w.use.ImportRoster(w.as("approver"), []tenancy.RosterRow{
		{Name: "丁某", Post: "linked-leader", UnitCode: village2, From: from}, // right
		{Name: " ", Post: "linked-leader", UnitCode: village1, From: from},
		{Name: "戊某", Pseudonym: "P_1", Post: "emperor", UnitCode: elsewhere, From: from},
		{Name: "别名", Pseudonym: "L1", Post: "mentor", UnitCode: township, From: from},
		{Name: "己某", Post: "linked-leader", UnitCode: township, From: from},
		{Name: "庚某", Post: "mayor", UnitCode: village1, From: from},
		{Name: "甲某", Pseudonym: "L1", Post: "linked-leader", UnitCode: village1, From: from},
		{Name: "辛某", Post: "mayor", UnitCode: township, From: from, To: from},
		{Name: "壬某", Post: "department-head", Organisation: "没有的办公室", From: from},
		{Name: "癸某", Post: "mayor", UnitCode: township},
		{Name: "子\n某", Post: "mayor", UnitCode: "x", From: from, Title: "\x00"},
	})
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, fmt.Sprintf("%d %s %s", f.Place.Row, f.Place.Column, f.Code))
	}
	want := []string{
		"2 name PERSON_NAME_INVALID", "3 pseudonym PSEUDONYM_INVALID", "3 post POST_KIND_UNKNOWN", "3 unitCode UNIT_UNKNOWN",
		"4 pseudonym PERSON_NAME_DIFFERS", "5 unitCode POST_UNIT_LEVEL", "6 unitCode POST_UNIT_LEVEL", "7 from POST_OVERLAP",
		"8 to POST_PERIOD_INVALID", "9 organisation ORGANISATION_UNKNOWN", "10 from REQUIRED",
		"11 name PERSON_NAME_INVALID", "11 unitCode UNIT_UNKNOWN", "11 title NAME_INVALID",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if w.count(`SELECT count(*) FROM person`) != people || w.count(`SELECT count(*) FROM post`) != posts {
		t.Error("something was stored")
	}
	_, err = w.use.ImportRoster(w.as("approver"), nil)
	refused(t, err, fault.RosterSize, "rows")
	_, err = w.use.ImportRoster(w.as("approver"), make([]tenancy.RosterRow, 2001))
	refused(t, err, fault.RosterSize, "rows")
	w.user("judge", authz.Judge, township)
	_, err = w.use.ImportRoster(w.as("judge"), roster())
	refused(t, err, fault.Forbidden, "")
}

func TestNamesakesNeedAPseudonym(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	from := day("2023-01-01")
	_, err := w.use.ImportRoster(w.as("approver"), []tenancy.RosterRow{
		{Name: "同名", Pseudonym: "N1", Post: "mayor", UnitCode: township, From: from},
		{Name: "同名", Pseudonym: "N2", Post: "secretary", UnitCode: township, From: from},
		{Name: "同名", Post: "mentor", UnitCode: township, From: from},
	})
	if all := fault.All(err); len(all) != 1 || all[0].Code != fault.PersonNameAmbiguous || all[0].Place.Row != 3 {
		t.Errorf("got %v", err)
	}
}

func TestEndingAPost(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	posts, err := w.use.PostsOf(w.as("approver"), []uuid.UUID{people[3].ID})
	must(t, err)
	id := posts[0].ID
	_, err = w.use.EndPost(w.as("approver"), id, day("2023-01-01"))
	refused(t, err, fault.PostPeriodInvalid, "on")
	p, err := w.use.EndPost(w.as("approver"), id, day("2023-09-01"))
	if err != nil || p.To != day("2023-09-01") {
		t.Fatalf("%+v %v", p, err)
	}
	_, err = w.use.EndPost(w.as("approver"), id, day("2023-10-01"))
	refused(t, err, fault.PostEnded, "on")
	if p, err := w.use.EndPost(w.as("approver"), id, day("2023-08-01")); err != nil || p.To != day("2023-08-01") {
		t.Errorf("%+v %v", p, err)
	}
	_, err = w.use.EndPost(w.as("approver"), uuid.New(), day("2023-08-01"))
	refused(t, err, fault.NotFound, "post")
}

// Who was erased stays erased: the name is not given back, and the pseudonym is
// never used again.
// covers G12
func TestErasedStaysErased(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	id := people[0].ID
	w.put(`DELETE FROM person_name WHERE person_id = $1`, id) // package archive does it
	if w.count(`SELECT count(*) FROM post WHERE person_id = $1`, id) != 2 {
		t.Error("posts went with the name")
	}
	_, err = w.use.RenamePerson(w.as("approver"), id, "甲某")
	refused(t, err, fault.PersonErased, "person")
	_, err = w.use.ImportRoster(w.as("approver"), roster()[:1])
	if all := fault.All(err); len(all) != 1 || all[0].Code != fault.PersonErased {
		t.Errorf("the pseudonym is used again: %v", err)
	}
}

// Names are told to those who may read them; results and links know pseudonyms.
// covers G10
func TestNamesStayApart(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	_, err = w.who.CreateUser(w.as("approver"), identity.NewUser{Login: "judge", Password: password, Person: &people[3].ID})
	must(t, err)
	_, err = w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: "judge", Role: authz.Judge, UnitCode: township})
	must(t, err)
	ctx := w.as("judge")
	list, err := w.use.PersonsByID(ctx, []uuid.UUID{people[0].ID, people[3].ID})
	must(t, err)
	for _, p := range list {
		if own := p.ID == people[3].ID; (p.Name != "") != own {
			t.Errorf("a judge sees %+v", p)
		}
	}
	_, err = w.use.People(ctx, paging.Args{})
	refused(t, err, fault.Forbidden, "")
	links, err := w.use.Links(ctx, nil, day("2023-04-28"))
	must(t, err)
	body, err := json.Marshal(links)
	must(t, err)
	if len(links) == 0 || strings.Contains(string(body), "某") {
		t.Errorf("links: %s", body)
	}
}

func TestPeopleArePaged(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	two := 2
	page, err := w.use.People(w.as("approver"), paging.Args{First: &two})
	must(t, err)
	var all []string
	for {
		for _, p := range page.Items {
			all = append(all, p.Pseudonym)
		}
		if !page.HasNext {
			break
		}
		after := page.End()
		page, err = w.use.People(w.as("approver"), paging.Args{First: &two, After: &after})
		must(t, err)
	}
	if len(all) != 4 {
		t.Errorf("people %v", all)
	}
	after := page.End()
	_, err = w.use.People(w.as("neighbour"), paging.Args{After: &after})
	refused(t, err, fault.InvalidCursor, "after")
}

func TestLinkingPersonAndUser(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	people, err := w.use.ImportRoster(w.as("approver"), roster())
	must(t, err)
	w.user("clerk", authz.TownshipClerk, township)
	_, err = w.use.LinkPerson(w.as("approver"), people[0].ID, "approver")
	refused(t, err, fault.UserHasPerson, "login")
	_, err = w.use.LinkPerson(w.as("clerk"), people[0].ID, "clerk")
	refused(t, err, fault.LinkSelf, "login")
	p, err := w.use.LinkPerson(w.as("approver"), people[0].ID, "clerk")
	if err != nil || p.User == uuid.Nil {
		t.Fatalf("%+v %v", p, err)
	}
	if v := w.viewer("clerk"); v.Person != people[0].ID {
		t.Error("the user does not act as the person")
	}
	_, err = w.use.LinkPerson(w.as("approver"), people[3].ID, "clerk")
	refused(t, err, fault.UserHasPerson, "login")
	w.user("other", authz.Judge, township)
	_, err = w.use.LinkPerson(w.as("approver"), people[0].ID, "other")
	refused(t, err, fault.PersonHasUser, "person")
	_, err = w.use.LinkPerson(w.as("approver"), people[0].ID, "ghost")
	refused(t, err, fault.LoginUnknown, "login")
	_, err = w.use.LinkPerson(w.as("approver"), people[0].ID, "")
	must(t, err)
	if v := w.viewer("clerk"); v.Person != uuid.Nil {
		t.Error("the link is left")
	}
	p, err = w.use.RenamePerson(w.as("clerk"), people[0].ID, " 甲甲 ")
	if err != nil || p.Name != "甲甲" {
		t.Errorf("%+v %v", p, err)
	}
}
