package httpserver

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// anyJSON draws a value as JSON may be written, with spaces between its parts.
func anyJSON(t *rapid.T, depth int) string {
	gap := func() string { return rapid.SampledFrom([]string{"", "", " ", "\n\t", "\r\n"}).Draw(t, "gap") }
	kinds := []string{"text", "word", "number", "object", "list"}
	if depth == 0 {
		kinds = kinds[:3]
	}
	list := func(open, end string, one func() string) string {
		all := open + gap()
		for i := range rapid.IntRange(0, 4).Draw(t, "members") {
			if i > 0 {
				all += "," + gap()
			}
			all += one() + gap()
		}
		return all + end
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "text":
		return anyText(t)
	case "word":
		return rapid.SampledFrom([]string{"null", "true", "false"}).Draw(t, "word")
	case "number":
		return rapid.SampledFrom([]string{"0", "-1", "12.50", "1e9", "-0.3E-7"}).Draw(t, "number")
	case "list":
		return list("[", "]", func() string { return anyJSON(t, depth-1) })
	default:
		return list("{", "}", func() string { return anyText(t) + gap() + ":" + gap() + anyJSON(t, depth-1) })
	}
}

func anyText(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "村", " ", `\"`, `\\`, `\n`, `\u6751`, `\ud83d\ude00`, `\ud800`, "{", "}", "[", "]", ":", ",", "/"}), 0, 5).Draw(t, "text")
	text := `"`
	for _, p := range parts {
		text += p
	}
	return text + `"`
}

// Members are those that a decoder reads, in its order, with their values as they
// were written; an object of texts is the map that it makes.
func TestMembersAreThoseOfADecoder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		object := "{"
		for i := range rapid.IntRange(0, 5).Draw(t, "members") {
			if i > 0 {
				object += " ,"
			}
			object += anyText(t) + rapid.SampledFrom([]string{":", " : ", ":\n"}).Draw(t, "colon") + anyJSON(t, 3)
		}
		object = rapid.SampledFrom([]string{"", " \r\n"}).Draw(t, "before") + object + " }" + rapid.SampledFrom([]string{"", "\n"}).Draw(t, "after")
		if !json.Valid([]byte(object)) {
			t.Fatalf("not JSON: %s", object)
		}
		type member struct {
			name string
			raw  string
		}
		var want, have []member
		decoder := json.NewDecoder(bytes.NewReader([]byte(object)))
		_, _ = decoder.Token()
		for decoder.More() {
			name, _ := decoder.Token()
			var raw json.RawMessage
			if err := decoder.Decode(&raw); err != nil {
				t.Fatal(err)
			}
			text, _ := name.(string)
			want = append(want, member{text, string(raw)})
		}
		err := members([]byte(object), func(name string, raw json.RawMessage) error {
			have = append(have, member{name, string(raw)})
			return nil
		})
		if err != nil || !reflect.DeepEqual(have, want) {
			t.Fatalf("%s: %v\n%q\nnot %q", object, err, have, want)
		}
		whole := bytes.TrimSpace([]byte(object))
		if all, plain := plainTexts(whole); plain {
			var whole map[string]any
			if err := json.Unmarshal([]byte(object), &whole); err != nil || !reflect.DeepEqual(all, whole) {
				t.Fatalf("%s: %v, not %v", object, all, whole)
			}
		} else if !bytes.ContainsAny(whole, `\[0123456789`) && bytes.Count(whole, []byte("{")) == 1 && !bytes.Contains(whole, []byte("e")) && !bytes.Contains(whole, []byte("null")) {
			t.Fatalf("%s holds plain texts alone", object)
		}
	})
}

// What is sent as it stands is read as what it means, however it was written.
func TestOneQuestionHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"query":"{ a }","variables":{"id":"x","n":1},"operationName":null}`,
		`{"variables" : {"\u0069d":"\u0078", "n":1 } , "query":"\u007b a }"}`,
		"\n{\"operationName\":\"\",\"query\":\"{ a }\",\"variables\":{\"id\":\"y\",\"id\":\"x\",\"n\":1}}\n",
	} {
		a := &asked{}
		if err := a.readObject([]byte(body)); err != nil || a.Query != "{ a }" || a.OperationName != "" ||
			!reflect.DeepEqual(a.Variables, map[string]any{"id": "x", "n": json.Number("1")}) {
			t.Errorf("%s: %v, %+v", body, err, a.RawParams)
		}
	}
}
