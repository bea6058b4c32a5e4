package sample

import (
	"regexp"
	"strings"
	"testing"
)

// roleName is a role and a number, and nothing that could be a person's name.
var roleName = regexp.MustCompile(`^(邻乡)?(审定人|党建办经办人|经办人|评比小组成员|复核人|联村领导|驻村干部|村党组织书记|县级管理员|县级分析员|部门分析员|镇领导班子成员|观摩组成员|包村干部|考核组成员|村干部|工作队员|第一书记|评委|分管领导)(` + strings.Join(numerals, "|") + `)$`)

func TestNobodyIsReal(t *testing.T) {
	t.Parallel()
	months, err := LoadMonths()
	if err != nil {
		t.Fatal(err)
	}
	year, err := LoadYearEnd()
	if err != nil {
		t.Fatal(err)
	}
	term, err := LoadTerm()
	if err != nil {
		t.Fatal(err)
	}
	var sent []*Person
	for _, p := range termCast(term) {
		sent = append(sent, p.person)
	}
	seen := map[string]bool{}
	for _, cast := range [][]*Person{countyCast(), townshipCast(months), siblingCast(), observedCast(), secretariesCast(), yearEndCast(year), sent} {
		for _, p := range cast {
			if p.Pseudonym == "" { // the dashboard is nobody
				continue
			}
			if !roleName.MatchString(p.Name) {
				t.Errorf("%s is called %s", p.Pseudonym, p.Name)
			}
			if seen[p.Pseudonym] {
				t.Errorf("two people are called %s", p.Pseudonym)
			}
			seen[p.Pseudonym] = true
		}
	}
}

// Who leads which village, and whose cadre belongs where, is what the data say.
// covers A08
func TestLinksAreThoseOfTheData(t *testing.T) {
	t.Parallel()
	months, err := LoadMonths()
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, p := range townshipCast(months) {
		for _, post := range p.Posts {
			if key := VillageKey(post.Unit); key != "" {
				have[post.Kind+" of "+key] += p.Pseudonym
			}
		}
	}
	for i, village := range months.Villages {
		for what, want := range map[string]string{
			"linked-leader": months.Leaders[village], "resident-cadre": months.Cadres[village], "village-secretary": "S" + village[1:],
		} {
			if got := have[what+" of "+village]; got != want {
				t.Errorf("%d: the %s of %s is %q, want %q", i, what, village, got, want)
			}
		}
	}
	if have["linked-leader of V1"] != have["linked-leader of V10"] {
		t.Error("V1 and V10 have one linked leader")
	}
}

func TestPasswordsAreRandomAndNeverTheSame(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 50 {
		p := Person{Pseudonym: "A1"}
		p.login()
		if seen[p.Password] || strings.Contains(p.Password, "a1@demo") {
			t.Fatalf("password %q", p.Password)
		}
		seen[p.Password] = true
	}
}
