package httpserver

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"leitai/internal/fault"
)

// maxJSONDepth is how deep the JSON of a request may be nested. The deepest
// input has half of it.
const maxJSONDepth = 24

// parameters of a request. There are no others: a misspelt one would be passed
// over in silence.
const parameters = "query, operationName, variables, extensions, id"

// asked is what a request asks, before anything of it is understood.
type asked struct {
	graphql.RawParams

	id   string // of a registered operation, instead of its text
	sent bool   // the text came with the request
	hash [32]byte
	// known says that hash is the SHA-256 of the text.
	known bool
	// values are the variables as they were sent; empty: none.
	values json.RawMessage
}

// set takes one parameter as JSON. Null is as good as none.
func (a *asked) set(name string, raw json.RawMessage) error {
	switch name {
	case "query":
		return text(raw, name, &a.Query)
	case "operationName":
		return text(raw, name, &a.OperationName)
	case "id":
		return text(raw, name, &a.id)
	case "variables":
		a.values = raw
		return object(raw, name, &a.Variables)
	case "extensions":
		return object(raw, name, &a.Extensions)
	}
	return fault.New(fault.ParameterUnknown, "want", parameters)
}

func text(raw json.RawMessage, name string, into *string) error {
	if string(raw) == "null" {
		return nil
	}
	if plain, ok := plainText(raw); ok {
		*into = plain
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fault.New(fault.ParameterType, "want", "String").At("%s", name)
	}
	return nil
}

func object(raw json.RawMessage, name string, into *map[string]any) error {
	if plain, ok := plainTexts(raw); ok {
		*into = plain
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return fault.New(fault.ParameterType, "want", "Object").At("%s", name)
	}
	return nil
}

// readAsked reads what a request asks from the body or, for GET, the address.
// Nothing that could not be read is told back.
func readAsked(r *http.Request) (*asked, error) {
	a := &asked{}
	a.Headers, a.ReadTime.Start = r.Header, graphql.Now()
	defer func() { a.ReadTime.End = graphql.Now() }()
	read := a.readBody
	if r.Method != http.MethodPost {
		read = a.readAddress
	}
	if err := read(r); err != nil {
		return nil, err
	}
	a.sent = a.Query != ""
	if !a.sent && a.id == "" && a.Extensions["persistedQuery"] == nil {
		return nil, fault.New(fault.Required, "want", "query").At("query")
	}
	return a, nil
}

// readAddress reads the parameters of a GET: texts as they are, variables and
// extensions as JSON.
func (a *asked) readAddress(r *http.Request) error {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || !utf8.ValidString(r.URL.RawQuery) {
		return fault.New(fault.URLMalformed)
	}
	for name, list := range values {
		if !strings.Contains(", "+parameters+",", ", "+name+",") {
			return fault.New(fault.ParameterUnknown, "want", parameters)
		}
		if len(list) > 1 {
			return fault.New(fault.ParameterTwice).At("%s", name)
		}
		if list[0] == "" {
			continue
		}
		raw := json.RawMessage(list[0])
		if name == "variables" || name == "extensions" {
			if err := checkJSON(raw, name); err != nil {
				return err
			}
		} else if raw, err = json.Marshal(list[0]); err != nil {
			return fault.New(fault.URLMalformed)
		}
		if err := a.set(name, raw); err != nil {
			return err
		}
	}
	return nil
}

// checkJSON says whether a parameter of an address is JSON that may be read.
func checkJSON(raw []byte, name string) error {
	if deeper(raw, maxJSONDepth) {
		return fault.New(fault.BodyTooDeep, "want", strconv.Itoa(maxJSONDepth)).At("%s", name)
	}
	if !utf8.Valid(raw) || !json.Valid(raw) {
		return fault.New(fault.BodyMalformed).At("%s", name)
	}
	return nil
}

// readBody reads the JSON object of a POST.
func (a *asked) readBody(r *http.Request) error {
	if err := checkContentType(r.Header); err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return bodyFault(err)
	}
	switch trimmed := bytes.TrimLeft(body, " \t\r\n"); {
	case deeper(body, maxJSONDepth):
		return fault.New(fault.BodyTooDeep, "want", strconv.Itoa(maxJSONDepth))
	case !utf8.Valid(body) || !json.Valid(body):
		return fault.New(fault.BodyMalformed)
	case trimmed[0] == '[':
		return fault.New(fault.BatchRefused)
	case trimmed[0] != '{':
		return fault.New(fault.ParameterType, "want", "Object")
	}
	return a.readObject(body)
}

// checkContentType wants JSON in UTF-8, not packed.
func checkContentType(h http.Header) error {
	if sent := h.Get("Content-Type"); sent != jsonType { // which most send; the others are taken apart
		kind, params, err := mime.ParseMediaType(sent)
		charset := params["charset"]
		if err != nil || kind != jsonType || charset != "" && !strings.EqualFold(charset, "utf-8") {
			return fault.New(fault.MediaType, "want", jsonType+"; charset=utf-8")
		}
	}
	if packed := h.Get("Content-Encoding"); packed != "" && !strings.EqualFold(packed, "identity") {
		return fault.New(fault.MediaType, "want", "Content-Encoding: identity")
	}
	return nil
}

// readObject reads the members of an object that is known to be valid JSON, each
// at most once.
func (a *asked) readObject(body []byte) error {
	seen := make([]string, 0, 5) // there are no more names than places
	return members(body, func(name string, raw json.RawMessage) error {
		if slices.Contains(seen, name) {
			return fault.New(fault.ParameterTwice).At("%s", name)
		}
		seen = append(seen, name)
		return a.set(name, raw)
	})
}

// deeper says whether JSON is nested deeper than so many levels. It looks at
// brackets alone, so that nothing has to be read for it.
func deeper(body []byte, most int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
