package sample

import (
	"crypto/rand"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

// Person is somebody of the fictional county, with the login by which they act.
type Person struct {
	Pseudonym string     // unique in the whole sample; "" for a login without a person
	Name      string     // a role and a number, never a real name
	Role      authz.Role // "" for somebody who is on the roster and has no login
	Unit      string     // code of the unit the role is held at
	Posts     []Post
	Also      []Duty // further roles
	Narrowed  []string
	// Build fills the rest in.
	Login      string
	Password   string
	Token      string
	ID         uuid.UUID
	User       uuid.UUID
	Credential viewer.Credential // of the token
}

// Post is a post somebody holds since the beginning of the year.
type Post struct {
	Kind, Unit, Title string
}

// Duty is a role held at a unit, over some dimensions or (none) all.
type Duty struct {
	Role       authz.Role
	Unit       string
	Dimensions []string
}

// inOfficeSince is the first day of every post of the sample.
var inOfficeSince = calendar.MustDate("2023-01-01")

// duties are all roles of a person, the one the manifest names first.
func (p *Person) duties() []Duty {
	return append([]Duty{{Role: p.Role, Unit: p.Unit, Dimensions: p.Narrowed}}, p.Also...)
}

// rows are the person's lines in the roster.
func (p *Person) rows() []tenancy.RosterRow {
	rows := make([]tenancy.RosterRow, len(p.Posts))
	for i, post := range p.Posts {
		rows[i] = tenancy.RosterRow{
			Name: p.Name, Pseudonym: p.Pseudonym, Post: post.Kind, UnitCode: post.Unit, Title: post.Title, From: inOfficeSince,
		}
	}
	return rows
}

// login makes a login of the pseudonym and a password of 80 random bits.
func (p *Person) login() {
	name := p.Pseudonym
	if name == "" {
		name = string(p.Role)
	}
	p.Login = strings.ToLower(name) + "@demo"
	p.Password = "Dm-" + strings.ToLower(rand.Text()[:16])
}

// writes reports whether any of the person's roles changes something beside
// the own tokens; the others get tokens that only read.
func (p *Person) writes() bool {
	readers := []authz.Role{authz.CountyAnalyst, authz.DepartmentAnalyst, authz.LinkedLeader, authz.ResidentCadre, authz.Dashboard}
	return slices.ContainsFunc(p.duties(), func(d Duty) bool { return !slices.Contains(readers, d.Role) })
}

// numerals number people of a role.
var numerals = strings.Fields("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三 二十四 二十五 二十六")

// numeral writes 1 to 99 in Chinese: 二十六.
func numeral(n int) string {
	digits := strings.Fields("一 二 三 四 五 六 七 八 九")
	out := ""
	if tens := n / 10; tens > 0 {
		if tens > 1 {
			out = digits[tens-1]
		}
		out += "十"
	}
	if ones := n % 10; ones > 0 {
		out += digits[ones-1]
	}
	return out
}
