package httpserver

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func get(params url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/graphql?"+params.Encode(), nil)
	r.AddCookie(&http.Cookie{Name: "__Host-leitai", Value: strings.Repeat("A", 43)})
	return r
}

func with(r *http.Request, headers ...string) *http.Request {
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

const response = "application/graphql-response+json"

// What the audits of graphql-http leave open, and what the stock transports get
// wrong: the status, the code, the media type, and that nothing sent is told back.
//
// covers T2
func TestTransport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		request  *http.Request
		status   int
		contains string
		media    string
		resolved int64
	}{
		"post":            {post(query("{ name }")), 200, `"data"`, jsonType, 1},
		"charset":         {with(post(query("{ name }")), "Content-Type", "application/json; charset=UTF-8"), 200, `"data"`, jsonType, 1},
		"another charset": {with(post(query("{ name }")), "Content-Type", "application/json; charset=gb18030"), 415, "MEDIA_TYPE", jsonType, 0},
		"packed":          {with(post(query("{ name }")), "Content-Encoding", "gzip"), 415, "MEDIA_TYPE", jsonType, 0},
		"form":            {with(post("query=%7Bname%7D"), "Content-Type", "application/x-www-form-urlencoded"), 415, "MEDIA_TYPE", jsonType, 0},
		"multipart":       {with(post(query("{ name }")), "Content-Type", "multipart/form-data; boundary=x"), 415, "MEDIA_TYPE", jsonType, 0},
		"plain text":      {with(post(query("{ name }")), "Content-Type", "text/plain"), 415, "MEDIA_TYPE", jsonType, 0},
		"graphql":         {with(post("{ name }"), "Content-Type", "application/graphql"), 415, "MEDIA_TYPE", jsonType, 0},
		"no type":         {with(post(query("{ name }")), "Content-Type", ""), 415, "MEDIA_TYPE", jsonType, 0},
		"cross-site":      {with(post(query("mutation { touch }")), "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"), 403, "CROSS_SITE", jsonType, 0},
		"nobody":          {httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader("{}")), 401, "UNAUTHENTICATED", jsonType, 0},
		"put":             {httptest.NewRequest(http.MethodPut, "/graphql", nil), 405, "METHOD_NOT_ALLOWED", jsonType, 0},

		"an array":              {post("[]"), 400, "BATCH_REFUSED", jsonType, 0},
		"two bodies":            {post(query("{ name }") + query("{ name }")), 400, "BODY_MALFORMED", jsonType, 0},
		"half a body":           {post(`{"query":"{ na`), 400, "BODY_MALFORMED", jsonType, 0},
		"no body":               {post(""), 400, "BODY_MALFORMED", jsonType, 0},
		"blanks":                {post(" \n"), 400, "BODY_MALFORMED", jsonType, 0},
		"no UTF-8":              {post("{\"query\":\"{ name } #\xff\"}"), 400, "BODY_MALFORMED", jsonType, 0},
		"a text":                {post(`"{ name }"`), 400, "PARAMETER_TYPE", jsonType, 0},
		"null":                  {post(`null`), 400, "PARAMETER_TYPE", jsonType, 0},
		"no query":              {post(`{}`), 400, "REQUIRED", jsonType, 0},
		"an empty query":        {post(`{"query":""}`), 400, "REQUIRED", jsonType, 0},
		"query twice":           {post(`{"query":"{ name }","query":"mutation { touch }"}`), 400, "PARAMETER_TWICE", jsonType, 0},
		"a misspelt parameter":  {post(`{"query":"{ name }","variable":{}}`), 400, "PARAMETER_UNKNOWN", jsonType, 0},
		"a number for a name":   {post(`{"query":"{ name }","operationName":1}`), 400, "PARAMETER_TYPE", jsonType, 0},
		"a list of variables":   {post(`{"query":"{ name }","variables":[]}`), 400, "PARAMETER_TYPE", jsonType, 0},
		"a text for extensions": {post(`{"query":"{ name }","extensions":"x"}`), 400, "PARAMETER_TYPE", jsonType, 0},
		"nulls":                 {post(`{"query":"{ name }","variables":null,"extensions":null,"operationName":null,"id":null}`), 200, `"data"`, jsonType, 1},
		"unknown operation":     {post(`{"query":"query a { name }","operationName":"b"}`), 200, "QUERY_INVALID", jsonType, 0},
		"one of two operations": {post(`{"query":"query a { name } mutation b { touch }","operationName":"a"}`), 200, `"data"`, jsonType, 1},

		"get":                   {get(url.Values{"query": {"{name}"}}), 200, `"data"`, jsonType, 1},
		"get with a variable":   {get(url.Values{"query": {"query($x: String){named(like:$x)}"}, "variables": {`{"x":"沈"}`}}), 200, `"data"`, jsonType, 1},
		"get nothing":           {get(url.Values{}), 400, "REQUIRED", jsonType, 0},
		"get with empty values": {get(url.Values{"query": {"{name}"}, "variables": {""}, "operationName": {""}}), 200, `"data"`, jsonType, 1},
		"get mutation":          {get(url.Values{"query": {"mutation{touch}"}}), 405, "MUTATION_BY_GET", jsonType, 0},
		"get the other one":     {get(url.Values{"query": {"query a{name} mutation b{touch}"}, "operationName": {"b"}}), 405, "MUTATION_BY_GET", jsonType, 0},
		"get subscription":      {get(url.Values{"query": {"subscription{tick}"}}), 405, "MUTATION_BY_GET", jsonType, 0},
		"get half a JSON":       {get(url.Values{"query": {"{name}"}, "variables": {"{"}}), 400, "BODY_MALFORMED", jsonType, 0},
		"get deep JSON":         {get(url.Values{"query": {"{name}"}, "variables": {`{"x":` + strings.Repeat("[", 99) + strings.Repeat("]", 99) + "}"}}), 400, "BODY_TOO_DEEP", jsonType, 0},
		"get a list":            {get(url.Values{"query": {"{name}"}, "variables": {"[]"}}), 400, "PARAMETER_TYPE", jsonType, 0},
		"get twice":             {get(url.Values{"query": {"{name}", "{name}"}}), 400, "PARAMETER_TWICE", jsonType, 0},
		"get something else":    {get(url.Values{"query": {"{name}"}, "token": {"x"}}), 400, "PARAMETER_UNKNOWN", jsonType, 0},
		"a subscription":        {post(query("subscription { tick }")), 400, "STREAM_WANTED", jsonType, 0},

		"accept":                   {with(post(query("{ name }")), "Accept", response), 200, `"data"`, response, 1},
		"invalid, plain":           {with(post(query("{ nome }")), "Accept", jsonType), 200, "QUERY_INVALID", jsonType, 0},
		"invalid, modern":          {with(post(query("{ nome }")), "Accept", response), 400, "QUERY_INVALID", response, 0},
		"half a body, modern":      {with(post(`{"query`), "Accept", response), 400, "BODY_MALFORMED", response, 0},
		"wrong variable, plain":    {post(withVariables("mutation($v: Int) { set(value: $v) }", `{"v": "x"}`)), 200, "QUERY_INVALID", jsonType, 0},
		"wrong variable, modern":   {with(post(withVariables("query($f: Filter) { find(filter: $f) }", `{"f": 1}`)), "Accept", response), 400, "QUERY_INVALID", response, 0},
		"neither":                  {with(post(query("{ name }")), "Accept", "text/html"), 406, "NOT_ACCEPTABLE", jsonType, 0},
		"neither, before the rest": {with(post("{"), "Accept", "application/json;q=0"), 406, "NOT_ACCEPTABLE", jsonType, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema := newTiny()
			status, body, header := ask(t, server(schema, door{}), c.request)
			if status != c.status || !strings.Contains(body, c.contains) || schema.resolved.Load() != c.resolved {
				t.Errorf("status %d, resolved %d, body %.400s", status, schema.resolved.Load(), body)
			}
			if media := header.Get("Content-Type"); media != c.media+"; charset=utf-8" {
				t.Errorf("answered as %s", media)
			}
			if header.Get("X-Request-Id") == "" || header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers %v", header)
			}
			if allow := header.Get("Allow"); (status == 405) != (allow != "") {
				t.Errorf("allow %q", allow)
			}
			if c.resolved == 0 && strings.Contains(body, `"data"`) {
				t.Errorf("there is data: %s", body)
			}
			if !json.Valid([]byte(body)) {
				t.Errorf("no JSON: %s", body)
			}
		})
	}
}

// Both media types with weights, wildcards and parameters.
func TestAccept(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"": jsonType, "*/*": jsonType, "application/*": jsonType, "application/json": jsonType, "application/json;charset=utf-8": jsonType,
		response: response, response + "; charset=UTF-8": response, "APPLICATION/JSON": jsonType,
		response + ", application/json;q=0.9":                       response,
		"application/json;q=0.9, " + response:                       response,
		response + ";q=0.5, application/json":                       jsonType,
		"application/json, " + response:                             response, // both as good: the one that says more
		"*/*, application/json;q=0.1":                               response, // what is named goes before what is not
		"*/*;q=0.1, application/json;q=0.2":                         jsonType,
		response + ";q=0, */*":                                      jsonType,
		"application/json;q=0, */*":                                 response,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*": jsonType,
		"text/event-stream, application/json":                       jsonType,
		"multipart/mixed, application/json":                         jsonType,
		"text/html":                                                 "", "application/json;q=0": "", "application/json;charset=gb18030": "", "application/json;q=x": "",
		"application/json;q=2": "", "*/*;q=0": "", ";;;": "", "application/graphql+json": "",
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		if header != "" {
			r.Header.Set("Accept", header)
		}
		got, ok := answerType(r)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q", header, got)
		}
	}
	split := httptest.NewRequest(http.MethodPost, "/graphql", nil)
	split.Header["Accept"] = []string{"text/html", response}
	if got, _ := answerType(split); got != response {
		t.Errorf("two headers: %q", got)
	}
}

// What was not understood is never told back: it may hold a secret that was sent
// to the wrong place.
func TestWhatIsMalformedIsNotEchoed(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"query":"CANARY`, `{"CANARY":1}`, `{"query":1,"x":"CANARY"}`, `"CANARY"`, `{"query":"{ name }","variables":"CANARY"}`,
		`{"query":"{ name }","extensions":{"persistedQuery":"CANARY"}}`, `{"id":"CANARY"}`, `[{"query":"CANARY"}]`} {
		if status, answer, _ := ask(t, server(newTiny(), door{}), post(body)); status < 400 || strings.Contains(answer, "CANARY") {
			t.Errorf("%s: %d %s", body, status, answer)
		}
	}
}

// A body that breaks off is refused, and not waited for beyond the time.
func TestABodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	r := post("")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"query":"{ name }"`), broken{}))
	if status, body, _ := ask(t, server(newTiny(), door{}), r); status != 400 || !strings.Contains(body, "BODY_MALFORMED") {
		t.Errorf("%d %s", status, body)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Variables of every wrong shape are refused with a code; none makes it panic.
func TestVariablesOfEveryShape(t *testing.T) {
	t.Parallel()
	values := []string{`1`, `"x"`, `true`, `[]`, `[1]`, `[[{}]]`, `{"count":"x"}`, `{"count":1e400}`, `{"count":{}}`, `{"below":1}`, `{"below":[1]}`, `{"below":[null]}`,
		`{"colour":1}`, `{"colour":[]}`, `{"colour":{}}`, `{"name":1}`, `{"name":[]}`, `{"name":{}}`, `{"one":1}`, `{"one":{}}`, `{"x":1}`, `{"":1}`, `{"one":{"id":1,"every":true}}`}
	for _, text := range []string{"query($f: Filter!) { find(filter: $f) }", "query($f: [Filter!]) { find(any: $f) }"} {
		for _, v := range values {
			schema := newTiny()
			status, body, _ := ask(t, server(schema, door{}), with(post(withVariables(text, `{"f": `+v+`}`)), "Accept", response))
			list := strings.Contains(text, "[Filter!]")
			if list && v == "[]" { // an empty list of filters
				continue
			}
			if status != 400 || schema.resolved.Load() != 0 || !strings.Contains(body, `"QUERY_INVALID"`) && !strings.Contains(body, `"ONE_OF"`) {
				t.Errorf("%s with %s: %d %s", text, v, status, body)
			}
		}
	}
}

// What a request cost is told to those who ask.
func TestCostIsToldWhenAskedFor(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	_, silent, _ := ask(t, sh.Server, tokenRequest("{ name }"))
	if strings.Contains(silent, "extensions") {
		t.Errorf("told unasked: %s", silent)
	}
	_, body, _ := ask(t, sh.Server, with(tokenRequest("{ list(first: 300) { name } }"), costHeader, "1"))
	var told struct {
		Extensions struct {
			Cost struct {
				RequestedQueryCost, ActualQueryCost int64
				ThrottleStatus                      struct{ MaximumAvailable, CurrentlyAvailable, RestoreRate int64 }
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &told); err != nil {
		t.Fatal(err)
	}
	if c := told.Extensions.Cost; c.RequestedQueryCost != 4 || c.ActualQueryCost != 1 || c.ThrottleStatus.MaximumAvailable != 10 ||
		c.ThrottleStatus.CurrentlyAvailable != 5 || c.ThrottleStatus.RestoreRate != 1 {
		t.Errorf("%s", body)
	}
	asked := post(`{"query":"{ name }","extensions":{"cost":true}}`)
	if _, body, _ := ask(t, server(newTiny(), door{}), asked); !strings.Contains(body, `"cost":{"requestedQueryCost":1`) {
		t.Errorf("%s", body)
	}
}

// The fields of an answer are counted, whatever its texts hold.
func TestFieldsAreCounted(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]int{`null`: 0, `{}`: 0, `{"a":1}`: 1, `{"a":"x:y\":z","b":[{"c":null},{"c":":"}]}`: 4} {
		if got := fieldsIn([]byte(data)); got != want {
			t.Errorf("%s: %d", data, got)
		}
	}
}

// An answer is written the same whether it is copied or encoded.
func TestAnswersAreWrittenWhole(t *testing.T) {
	t.Parallel()
	_, body, _ := ask(t, server(newTiny(), door{}), post(query("{ name }")))
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(body)); err != nil || compact.String() != `{"data":{"name":"ok"}}` {
		t.Errorf("%s %v", body, err)
	}
}
