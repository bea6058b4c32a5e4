// Package phrase owns the sentences and words in which results are told: why a
// village stands where it stands, how ties are treated, what an outcome is, in
// simplified Chinese and in English.
//
// It does not own the facts (contest and the rules give them), the messages of
// refusals (fault), or the layout of documents.
package phrase

import (
	"strings"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// word is one word in both languages.
type word struct{ zh, en string }

func (w word) in(lang fault.Language) string {
	if lang == fault.English {
		return w.en
	}
	return w.zh
}

// look finds a word, or shows the key itself where there is none: a template
// may name roles and keys of its own.
func look(words map[string]word, key string, lang fault.Language) string {
	if w, ok := words[key]; ok {
		return w.in(lang)
	}
	return key
}

// Text shows a text of the template, or its key when it is empty in both
// languages; the other language stands in for a missing one.
func Text(t template.Text, key string, lang fault.Language) string {
	first, second := t.ZH, t.EN
	if lang == fault.English {
		first, second = t.EN, t.ZH
	}
	switch {
	case first != "":
		return first
	case second != "":
		return second
	}
	return key
}

// list joins words as the language does.
func list(words []string, lang fault.Language) string {
	if lang == fault.English {
		if len(words) < 2 {
			return strings.Join(words, "")
		}
		return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
	}
	return strings.Join(words, "、")
}

// Outcome is what an outcome is called: criticism is 批评提醒.
func Outcome(do string, lang fault.Language) string { return look(outcomes, do, lang) }

// Role is what a role is called: linked-leader is 联村领导.
func Role(role string, lang fault.Language) string { return look(roles, role, lang) }

// State is what a state of an outcome, a money decision, an issue or the work on
// it is called, whatever its case.
func State(state string, lang fault.Language) string {
	return look(states, strings.ToUpper(strings.ReplaceAll(state, "-", "_")), lang)
}

// Light is what the light beside an issue says; empty for none.
func Light(light string, lang fault.Language) string {
	return look(lights, strings.ToUpper(light), lang)
}

// Unranked says why a subject is not ranked: absent is 未参评.
func Unranked(reason string, lang fault.Language) string { return look(reasons, reason, lang) }

// Line is what a line of a trace is called.
func Line(kind string, lang fault.Language) string { return look(lines, kind, lang) }

// Combine says how a channel's value came about: mean is 平均.
func Combine(rule string, lang fault.Language) string { return look(combines, rule, lang) }
