package fault_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"leitai/internal/fault"
)

// filled makes a fault of a code with a value for every argument that either
// of its sentences names.
func filled(code fault.Code, value func(name string) string) *fault.Fault {
	messages := fault.Codes()[code]
	names := map[string]bool{}
	for _, sentence := range messages {
		for _, m := range placeholder.FindAllStringSubmatch(sentence, -1) {
			names[m[1]] = true
		}
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		pairs = append(pairs, name, value(name))
	}
	return fault.New(code, pairs...)
}

// Every sentence there is comes out whole in both languages: each argument
// stands in it, no brace is left, and nothing else is changed.
func TestEverySentenceComesOutWhole(t *testing.T) {
	t.Parallel()
	for code, messages := range fault.Codes() {
		f := filled(code, func(name string) string { return "‹" + name + "›" })
		for i, lang := range []fault.Language{fault.Chinese, fault.English} {
			got := f.Message(lang)
			want := placeholder.ReplaceAllString(messages[i], "‹$1›")
			if got != want || strings.ContainsAny(got, "{}") {
				t.Errorf("%s: got %s, want %s", code, got, want)
			}
		}
	}
}

// Values come from the person who is refused: they stand in the sentence as
// they are, whatever they hold, and a sentence without values stays the same.
func TestValuesStandAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", " ", "a\nb", "%s %d %!v(MISSING)", "$1", `\n`, "{{value}}", "}{", "<b>", "甲、乙", strings.Repeat("很", 5000), "\xff", "{have}"} {
		f := fault.New(fault.AlreadyExists, "value", value)
		if got, want := f.Message(fault.Chinese), "“"+value+"”已存在"; got != want {
			t.Errorf("%q became %q", value, got)
		}
		if got, want := f.Message(fault.English), "“"+value+"” exists already"; got != want {
			t.Errorf("%q became %q", value, got)
		}
	}
	more := fault.New(fault.NotFound, "extra", "x") // an argument that no sentence names
	if more.Message(fault.English) != fault.New(fault.NotFound).Message(fault.English) {
		t.Error("an argument without a place changed the sentence")
	}
}

// A fault of a code that nobody registered cannot be made; one made by hand
// says nothing rather than something wrong.
func TestAnUnknownCodeSaysNothing(t *testing.T) {
	t.Parallel()
	f := &fault.Fault{Code: "NO_SUCH_CODE"}
	if f.Message(fault.Chinese) != "" || f.Message(fault.English) != "" || f.Error() != "NO_SUCH_CODE: " {
		t.Errorf("it says %q, %q", f.Message(fault.Chinese), f.Error())
	}
}

var (
	asciiMark = regexp.MustCompile(`\p{Han}[,:;!?()]|[,:;!?()]\p{Han}|[”}][,;]`)
	spaced    = regexp.MustCompile(`\p{Han} \p{Han}|  |\p{Han} [，。：；、（）]`)
	url       = regexp.MustCompile(`[a-z]+://\S*`)
)

// Chinese sentences are punctuated as official Chinese is, in full width, with
// no blank between characters; English ones hold no full-width mark but quotes.
func TestPunctuationOfEachLanguage(t *testing.T) {
	t.Parallel()
	for code, messages := range fault.Codes() {
		zh := url.ReplaceAllString(messages[0], "url")
		if found := asciiMark.FindString(zh); found != "" {
			t.Errorf("%s: %q stands in %s", code, found, messages[0])
		}
		if found := spaced.FindString(zh); found != "" {
			t.Errorf("%s: the blank of %q in %s", code, found, messages[0])
		}
		if strings.ContainsAny(messages[1], "，。：；！？（）、‘’") {
			t.Errorf("%s: a Chinese mark stands in %s", code, messages[1])
		}
		for _, sentence := range messages {
			if opened, closed := strings.Count(sentence, "“"), strings.Count(sentence, "”"); opened != closed {
				t.Errorf("%s: quotes do not pair in %s", code, sentence)
			}
			if strings.Count(sentence, "（")+strings.Count(sentence, "(") != strings.Count(sentence, "）")+strings.Count(sentence, ")") {
				t.Errorf("%s: brackets do not pair in %s", code, sentence)
			}
		}
	}
}

// A sentence is read on a telephone: it is one or two lines, without shouting,
// without blame, and without words that only a programmer knows.
func TestSentencesAreForPeople(t *testing.T) {
	t.Parallel()
	jargon := regexp.MustCompile(`(?i)\b(null|nil|sql|panic|exception|stack|goroutine|regexp|http 5\d\d|deadlock)\b`)
	for code, messages := range fault.Codes() {
		for i, longest := range []int{110, 260} {
			if n := utf8.RuneCountInString(messages[i]); n > longest || n < 4 {
				t.Errorf("%s has %d characters: %s", code, n, messages[i])
			}
			if found := jargon.FindString(messages[i]); found != "" {
				t.Errorf("%s says %q", code, found)
			}
			if strings.Contains(messages[i], "!") || strings.Contains(messages[i], "！") {
				t.Errorf("%s shouts: %s", code, messages[i])
			}
		}
		if first, _ := utf8.DecodeRuneInString(messages[1]); first >= 'A' && first <= 'Z' && !isName(messages[1]) {
			t.Errorf("%s begins with a capital: %s", code, messages[1])
		}
	}
}

// isName reports whether an English sentence begins with a name or a sign that
// is written in capitals anywhere.
func isName(sentence string) bool {
	word, _, _ := strings.Cut(sentence, " ")
	return word == strings.ToUpper(word) || strings.HasPrefix(word, "Postgre") || strings.HasPrefix(word, "Chinese")
}

// Two refusals that a person should act on differently never read alike; the
// same refusal in two rooms (ISSUE_PERSON_MISSING, MONEY_PERSON_MISSING) may.
func TestNoTwoCodesReadAlike(t *testing.T) {
	t.Parallel()
	for i, lang := range []string{"Chinese", "English"} {
		said := map[string]fault.Code{}
		for code, messages := range fault.Codes() {
			_, what, _ := strings.Cut(string(code), "_")
			if other, twice := said[messages[i]]; twice && !strings.HasSuffix(string(other), "_"+what) {
				t.Errorf("in %s %s and %s both say: %s", lang, code, other, messages[i])
			}
			said[messages[i]] = code
		}
	}
}

// What a program reads stays a key; what a person reads is a name in their
// language, put in once like any other value.
func TestCallNamesAnArgumentPerLanguage(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.WrongState, "state", "open", "want", "closed").Call("state", "评分中{want}", "open").Call("nothing", "无", "none")
	if got := f.Message(fault.Chinese); got != "当前状态为“评分中{want}”，此操作要求：closed" {
		t.Error(got)
	}
	if got := f.Message(fault.English); got != "the state is open; this needs closed" {
		t.Error(got)
	}
	if f.Args["state"] != "open" || len(f.Args) != 2 {
		t.Errorf("arguments: %v", f.Args)
	}
	if again := f.Call("state", "已截止", "closed"); again != f || !strings.Contains(f.Message("fr"), "已截止") {
		t.Error("the last name holds, in Chinese for any other language")
	}
}
