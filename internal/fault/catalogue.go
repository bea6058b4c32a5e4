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

func (t text) in(lang Language) string {
	if lang == English {
		return t.en
	}
	return t.zh
}

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
	pairs := make([]string, 0, 2*len(f.Args))
	for name, value := range f.Args {
		if called, ok := f.called[name]; ok {
			value = called.in(lang)
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(catalogue[f.Code].in(lang))
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
