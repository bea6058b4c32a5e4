package fault_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"leitai/internal/fault"
)

var (
	codeShape   = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
	placeholder = regexp.MustCompile(`\{([^{}]*)\}`)
	nameShape   = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
)

// placeholders gives the argument names of a sentence, sorted, each once. The
// arguments zh and en carry one text in two languages and count as the same.
func placeholders(sentence, own string) []string {
	names := map[string]bool{}
	for _, m := range placeholder.FindAllStringSubmatch(sentence, -1) {
		if m[1] == own {
			m[1] = "zh or en"
		}
		names[m[1]] = true
	}
	return slices.Sorted(maps.Keys(names))
}

func TestEveryCodeSpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	codes := fault.Codes()
	if len(codes) < 50 {
		t.Fatalf("only %d codes are registered", len(codes))
	}
	for code, messages := range codes {
		zh, en := messages[0], messages[1]
		if !codeShape.MatchString(string(code)) {
			t.Errorf("%s is not upper snake case", code)
		}
		if !strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s has no Chinese sentence: %q", code, zh)
		}
		if en == "" || strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s has no English sentence: %q", code, en)
		}
		for _, sentence := range messages {
			if sentence != strings.TrimSpace(sentence) || strings.HasSuffix(sentence, ".") || strings.HasSuffix(sentence, "。") || strings.Contains(sentence, "%!") {
				t.Errorf("%s: %q should be one sentence without a full stop", code, sentence)
			}
			if left := placeholder.ReplaceAllString(sentence, ""); strings.ContainsAny(left, "{}") {
				t.Errorf("%s has a stray brace: %q", code, sentence)
			}
		}
		want := placeholders(zh, "zh")
		if got := placeholders(en, "en"); !slices.Equal(got, want) {
			t.Errorf("%s takes %v in Chinese and %v in English", code, want, got)
		}
		for _, name := range want {
			if name != "zh or en" && !nameShape.MatchString(name) {
				t.Errorf("%s has an argument named %q", code, name)
			}
		}
	}
}

func TestCodesIsACopy(t *testing.T) {
	t.Parallel()
	codes := fault.Codes()
	delete(codes, fault.NotFound)
	if _, ok := fault.Codes()[fault.NotFound]; !ok {
		t.Error("a caller removed a code from the catalogue")
	}
}

func TestMessageInBothLanguages(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Invalid, "value", "x", "want", "y")
	for lang, want := range map[fault.Language]string{
		fault.Chinese: "取值“x”", fault.English: "the value “x” is not right; it should be y", "fr": "取值“x”", "": "取值“x”",
	} {
		if got := f.Message(lang); !strings.HasPrefix(got, want) || strings.Contains(got, "{") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

// A refused person's own text must not be able to rewrite the message, nor the
// order of a map to change it.
func TestValuesAreNotReadAsPlaceholders(t *testing.T) {
	t.Parallel()
	for range 50 {
		f := fault.New(fault.Invalid, "value", "{want}{value}", "want", "{value}")
		if got, want := f.Message(fault.English), "the value “{want}{value}” is not right; it should be {value}"; got != want {
			t.Fatalf("got %s", got)
		}
	}
}
