package paperwork

import (
	"strconv"
	"strings"
)

// What both renderings share: widths are counted in half characters, so that a
// Chinese character counts 2 and a digit or Latin letter 1.

func width(text string) int {
	n := 0
	for _, r := range text {
		if r < 0x2000 {
			n++
			continue
		}
		n += 2
	}
	return n
}

// spread sets names to equal width by spacing their characters, as lists of
// posts are set: 组　　长, 副组长. Widths are those of the longest name.
func (e entries) spread() []string {
	most := 0
	for _, l := range e {
		most = max(most, len([]rune(l.name)))
	}
	names := make([]string, len(e))
	for i, l := range e {
		runes := []rune(l.name)
		switch {
		case len(runes) == 0:
			names[i] = strings.Repeat("　", most+1)
		case len(runes) == 1:
			names[i] = l.name + strings.Repeat("　", most-1) + "："
		default:
			names[i] = spaced(runes, most-len(runes)) + "："
		}
	}
	return names
}

// spaced shares the given number of empty characters among the gaps, in halves;
// the first gaps take what is left over.
func spaced(runes []rune, empty int) string {
	gaps := len(runes) - 1
	halves := empty * 2
	var b strings.Builder
	for i, r := range runes {
		b.WriteRune(r)
		if i == gaps {
			break
		}
		n := halves / gaps
		if i < halves%gaps {
			n++
		}
		b.WriteString(blank(n))
	}
	return b.String()
}

// blank is empty space of the given number of half characters.
func blank(halves int) string {
	return strings.Repeat("　", halves/2) + strings.Repeat("\u2002", halves%2)
}

// signature places issuer and date: the date ends four characters before the
// margin and the issuer is centred above it (GB/T 9704, 7.3.5); a long issuer
// moves both left. Indents from the right are in half characters.
func signature(issuer, date string) (issuerIndent, dateIndent int) {
	dateIndent = 8
	issuerIndent = dateIndent + (width(date)-width(issuer))/2
	if issuerIndent < 0 {
		dateIndent -= issuerIndent
		issuerIndent = 0
	}
	return issuerIndent, dateIndent
}

// markSize is the size in points of the issuer's mark in the red head, so that
// it fills the line without breaking it.
func markSize(mark string) int {
	switch n := width(mark); {
	case n <= 16:
		return 48
	case n <= 22:
		return 38
	case n <= 28:
		return 30
	case n <= 36:
		return 24
	}
	return 18
}

// address is the line of addressees, ended with a full-width colon.
func (p Paper) address() string {
	if len(p.To) == 0 {
		return ""
	}
	return list(p.To) + "："
}

// seams counts where Chinese meets digits or Latin letters: word processors put
// a quarter of a character there.
func seams(text string) int {
	n, last := 0, 0
	for _, r := range text {
		now := width(string(r))
		if last != 0 && now != last {
			n++
		}
		last = now
	}
	return n
}

// heights are the heights of a row of a form, in lines: both renderings know
// these and no others.
var heights = []int{1, 2, 4, 6, 8, 12, 16, 20}

// height is the smallest of them that holds so many lines.
func height(lines int) int {
	for _, h := range heights {
		if h >= lines {
			return h
		}
	}
	return heights[len(heights)-1]
}

// pile is the document with its further sheets, in order.
func (d Document) pile() []Document {
	all := []Document{d}
	for _, next := range d.more {
		next.across = d.across
		all = append(all, next.pile()...)
	}
	return all
}

// titleLines breaks a title that does not fit one line of 二号 (20 characters)
// between two of its parts, where the two lines differ least.
func (d Document) titleLines() []string {
	whole := d.Title()
	room := 80
	if d.across {
		room = 112
	}
	if 2*width(whole)+seams(whole) <= room || len(d.title) < 2 {
		return []string{whole}
	}
	best, at := 0, 0
	for i := 1; i < len(d.title); i++ {
		left, right := width(strings.Join(d.title[:i], "")), width(strings.Join(d.title[i:], ""))
		if off := max(left-right, right-left); at == 0 || off < best {
			best, at = off, i
		}
	}
	return []string{strings.Join(d.title[:at], ""), strings.Join(d.title[at:], "")}
}

// attached are the lines of 附件说明: numbered and aligned from two on.
func (p Paper) attached() []string {
	lines := make([]string, len(p.Attachments))
	for i, name := range p.Attachments {
		if len(lines) > 1 {
			name = strconv.Itoa(i+1) + "．" + name
		}
		lead := blank(6)
		if i == 0 {
			lead = "附件："
		}
		lines[i] = lead + name
	}
	return lines
}

// Pile puts papers of one kind on top of each other, each beginning on a page of
// its own; the first one's page lies for all.
func Pile(all ...Document) Document {
	first := all[0]
	first.more = append(append([]Document{}, first.more...), all[1:]...)
	return first
}
