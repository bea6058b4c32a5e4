package fault

import "strings"

// Language of a message. Chinese (zh-Hans) is the first language, English the
// second.
type Language string

// The two languages of every message.
const (
	Chinese Language = "zh-Hans"
	English Language = "en"
)

type text struct{ zh, en string }

var catalogue = map[Code]text{}

// register adds a code with its two messages. {name} stands for an argument.
// The message says what is wrong and what would be right.
func register(code Code, zh, en string) Code {
	if _, twice := catalogue[code]; twice {
		panic("fault: code registered twice: " + string(code))
	}
	catalogue[code] = text{zh: zh, en: en}
	return code
}

// Message gives the sentence in the language asked for; Chinese for any other.
// Arguments are put in once: a value that looks like a placeholder stays as it
// is, because it may come from the person who is refused.
func (f *Fault) Message(lang Language) string {
	t := catalogue[f.Code]
	sentence := t.zh
	if lang == English {
		sentence = t.en
	}
	pairs := make([]string, 0, 2*len(f.Args))
	for name, value := range f.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// Codes lists every registered code with its messages, for the reference
// documentation and for tests; the order is not defined.
func Codes() map[Code][2]string {
	all := make(map[Code][2]string, len(catalogue))
	for code, t := range catalogue {
		all[code] = [2]string{t.zh, t.en}
	}
	return all
}
