package phrase

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// Ties tells in words how ranks come about and what happens to those who are
// tied, for the ranking and for every band (Q6, Q7, Q11, Q12).
func Ties(doc *template.Document, lang fault.Language) string {
	parts := []string{ranking(doc, lang)}
	for _, b := range doc.Bands {
		if b.Gain > 0 || b.Gainers > 0 {
			continue
		}
		parts = append(parts, band(b, lang))
	}
	if lang == fault.English {
		return strings.Join(parts, " ")
	}
	return strings.Join(parts, "")
}

func ranking(doc *template.Document, lang fault.Language) string {
	on := word{"公布分（保留 {n} 位小数）", "published total ({n} decimals)"}
	if doc.Ranking.On == "exact" {
		on = word{"未经舍入的精确分", "exact total before rounding"}
	}
	basis := strings.ReplaceAll(on.in(lang), "{n}", strconv.Itoa(doc.Scale.Decimals))
	if len(doc.Ranking.TieBreak) == 0 {
		return word{"按" + basis + "排名，同分并列，其后名次顺延。", "Ranks are taken on the " + basis + "; equals share a rank and the ranks after it are left out."}.in(lang)
	}
	keys := make([]string, len(doc.Ranking.TieBreak))
	for i, key := range doc.Ranking.TieBreak {
		keys[i] = tieKey(doc, key, lang)
	}
	return word{"按" + basis + "排名，同分时依次比较" + list(keys, lang) + "，仍相同的并列。", "Ranks are taken on the " + basis + "; ties are broken by " + list(keys, lang) + " in turn, and what is still equal shares a rank."}.in(lang)
}

// tieKey names a channel, an item or the heaviest item.
func tieKey(doc *template.Document, key string, lang fault.Language) string {
	if key == "heaviest-item" {
		return word{"分值最高的单项", "the heaviest item"}.in(lang)
	}
	for _, c := range doc.Channels {
		if c.Key == key {
			return Text(c.Name, key, lang)
		}
	}
	for _, i := range doc.Items {
		if i.Key == key {
			return Text(i.Name, key, lang)
		}
	}
	return key
}

// Band is what a band is called: its name, or 前3名, 后3名; in English without
// an article, for sentences to put one before it.
func Band(b template.Band, lang fault.Language) string {
	if name := Text(b.Name, "", lang); name != "" {
		return name
	}
	var n word
	switch {
	case b.Best > 0:
		n = word{"前" + strconv.Itoa(b.Best) + "名", "top " + strconv.Itoa(b.Best)}
	case b.Worst > 0:
		n = word{"后" + strconv.Itoa(b.Worst) + "名", "bottom " + strconv.Itoa(b.Worst)}
	case b.Next > 0:
		n = word{"其后" + strconv.Itoa(b.Next) + "名", "next " + strconv.Itoa(b.Next)}
	case b.Gain > 0:
		n = word{"名次上升" + strconv.Itoa(b.Gain) + "位以上", "risers by " + strconv.Itoa(b.Gain) + " ranks or more"}
	default:
		n = word{"进步最大的" + strconv.Itoa(b.Gainers) + "个", strconv.Itoa(b.Gainers) + " most improved"}
	}
	return n.in(lang)
}

// Bands are what several bands of a template are called, by their keys; one that
// it does not know goes by its key.
func Bands(doc *template.Document, keys []string, lang fault.Language) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = key
		if at := slices.IndexFunc(doc.Bands, func(b template.Band) bool { return b.Key == key }); at >= 0 {
			names[i] = Band(doc.Bands[at], lang)
		}
	}
	return strings.Join(names, word{"、", ", "}.in(lang))
}

func band(b template.Band, lang fault.Language) string {
	rules := map[string]word{
		"inclusive": {"边线并列的全部列入", "all who are tied on the edge are in"},
		"exclusive": {"边线并列的均不列入", "nobody who is tied on the edge is in"},
		"tie-break": {"边线并列的按上述顺序比较，仍并列的从有利于被评对象处理", "ties on the edge are broken as above, what is still tied is settled in the subjects' favour"},
		"capped":    {"边线并列的列入，但总数不超过" + strconv.Itoa(b.Cap) + "个，超过则均不列入", "those tied on the edge are in, unless that makes more than " + strconv.Itoa(b.Cap)},
	}
	text := Band(b, lang) + word{"：", ": "}.in(lang) + look(rules, b.Ties, lang)
	if b.Small == "half" && b.Next == 0 {
		text += word{"；参评数少时不超过参评数的一半", "; in a small roster never more than half of it"}.in(lang)
	}
	return text + word{"。", "."}.in(lang)
}
