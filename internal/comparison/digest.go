package comparison

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
)

// A county's year is many small rows of many small values. A comparison therefore
// reads each round as one line of cells, of which what its publication left is
// written when it is kept, and cuts the cells out by hand: read column by column
// they would cost several times as much, in the database and here.

const cellBreak, lineBreak = "\t", "\n"

// Digest is everything a comparison reads of what a publication left, but for the
// day on which the round was published first and for anybody's own score: subject,
// template, day of the opening, contestants, judging, issues, and the digest of the
// total.
func (k *Kept) Digest() string {
	cells := []string{k.Subject, k.Template, "", strconv.Itoa(k.Total.Contestants), strconv.Itoa(k.Judging.Ranges), strconv.Itoa(k.Judging.Width), "", "", k.Total.Digest()}
	if !k.Opened.IsZero() {
		cells[2] = k.Opened.String()
	}
	if k.Judging.Effect != nil {
		cells[6] = k.Judging.Effect.String()
	}
	issues := make([]string, len(k.Issues))
	for i, c := range k.Issues {
		issues[i] = fmt.Sprintf("%s/%d/%d/%d", c.Source, c.Opened, c.Closed, c.Overdue)
	}
	cells[7] = strings.Join(issues, ",")
	return strings.Join(cells, cellBreak)
}

// ReadRounds adds the rounds of a tenant, by day and id, out of a line each: id,
// competition, period, nominal day, day held, published revision; where its totals
// may be read, the day of the first publication and the digest; where its scores
// were asked for, sources, weights, denominators and scores as they are packed.
func ReadRounds(all []RoundRow, tenant uuid.UUID, lines string) ([]RoundRow, error) {
	first, many := len(all), 1+strings.Count(lines, lineBreak)
	if all == nil {
		many *= townships // as many are likely to follow from each
	}
	all = slices.Grow(all, many)
	for lines != "" {
		c := cells{apart: cellBreak}
		c.rest, lines, _ = strings.Cut(lines, lineBreak)
		all = append(all, RoundRow{Tenant: tenant})
		row := &all[len(all)-1]
		row.Round, row.Competition, row.Period = c.id(), c.id(), c.text()
		row.Nominal, row.Held, row.Revision = c.date(), c.date(), c.number()
		if row.Readable = !c.over; row.Readable {
			row.Published = c.date()
			row.digest(&c)
			if p := &row.Packed; !c.over {
				p.Sources, p.Weights, p.Denominators, p.Scores = c.text(), c.text(), c.text(), c.text()
			}
		}
		if err := c.done(); err != nil {
			return nil, fmt.Errorf("comparison: round %s: %w", row.Round, err)
		}
	}
	slices.SortFunc(all[first:], func(a, b RoundRow) int {
		return cmp.Or(a.Held.Compare(b.Held), slices.Compare(a.Round[:], b.Round[:]))
	})
	return all, nil
}

// townships are about as many as a county has.
const townships = 16

// digest reads what Kept.Digest wrote.
func (r *RoundRow) digest(c *cells) {
	r.Subject, r.Template, r.Opened = c.text(), c.text(), c.date()
	r.Packed.Contestants, r.Ranges, r.Width = c.number(), c.number(), c.number()
	if severity := c.text(); severity != "" {
		effect, err := exact.Parse(severity)
		c.fail(err)
		r.Effect = &effect
	}
	if issues := c.text(); issues != "" {
		for one := range strings.SplitSeq(issues, ",") {
			r.Issues = append(r.Issues, c.issues(one))
		}
	}
	r.Packed.Digest = c.text()
}

// ReadMembers reads who is below, one after another: tenant, kind, unit, code and
// shown name, apart by the unit separator and the record separator of ASCII, which
// no name has.
func ReadMembers(text string) ([]Member, error) {
	if text == "" {
		return nil, nil
	}
	all := make([]Member, 0, 1+strings.Count(text, "\x1e"))
	for record := range strings.SplitSeq(text, "\x1e") {
		m := Member{}
		c := cells{rest: record, apart: "\x1f"}
		m.Tenant, m.Kind, m.Unit, m.Code, m.Name = c.id(), c.text(), c.id(), c.text(), c.text()
		if err := c.done(); err != nil {
			return nil, fmt.Errorf("comparison: tenant %s: %w", m.Tenant, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// issues reads a source and three counts; the source may have slashes, too.
func (c *cells) issues(text string) SourceIssues {
	var out SourceIssues
	for _, count := range []*int{&out.Overdue, &out.Closed, &out.Opened} {
		at := strings.LastIndexByte(text, '/')
		if at < 0 {
			c.fail(strconv.ErrSyntax)
			return out
		}
		n, err := strconv.Atoi(text[at+1:])
		c.fail(err)
		*count, text = n, text[:at]
	}
	out.Source = text
	return out
}

// cells are those of a line.
type cells struct {
	rest  string
	apart string
	over  bool // the last was read
	err   error
}

func (c *cells) text() string {
	if c.over {
		c.fail(strconv.ErrRange)
		return ""
	}
	cell, rest, more := strings.Cut(c.rest, c.apart)
	c.rest, c.over = rest, !more
	return cell
}

// fail keeps the first thing that went wrong.
func (c *cells) fail(err error) {
	if c.err == nil && err != nil {
		c.err = err
	}
}

// done tells what went wrong, or that something was left.
func (c *cells) done() error {
	if !c.over {
		c.fail(strconv.ErrSyntax)
	}
	return c.err
}

func (c *cells) id() uuid.UUID {
	id, err := uuid.Parse(c.text())
	c.fail(err)
	return id
}

func (c *cells) number() int {
	n, err := strconv.Atoi(c.text())
	c.fail(err)
	return n
}

// date reads a day; an empty cell is none.
func (c *cells) date() calendar.Date {
	text := c.text()
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	c.fail(err)
	return d
}
