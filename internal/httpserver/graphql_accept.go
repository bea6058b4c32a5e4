package httpserver

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The media types of GraphQL over HTTP. Under the second one a document that is
// not valid is answered 400, under the first one, as the older clients expect,
// 200; everything else has one status in both.
const (
	jsonType     = "application/json"
	responseType = "application/graphql-response+json"
)

// answerType chooses between the two media types by what the client accepts,
// with its weights; false when it accepts neither. Whoever names no preference
// gets application/json.
func answerType(r *http.Request) (string, bool) {
	header := strings.Join(r.Header.Values("Accept"), ",")
	switch strings.TrimSpace(header) { // what programs send is not taken apart
	case "", jsonType, "*/*":
		return jsonType, true
	case responseType:
		return responseType, true
	}
	var plain, modern weight
	for range_ := range strings.SplitSeq(header, ",") {
		kind, params, err := mime.ParseMediaType(range_)
		if err != nil {
			continue
		}
		if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		plain.match(kind, jsonType, quality(params["q"]))
		modern.match(kind, responseType, quality(params["q"]))
	}
	switch {
	case plain.permille <= 0 && modern.permille <= 0:
		return "", false
	case modern.permille > plain.permille || modern.permille == plain.permille && modern.named == namedExact:
		return responseType, true
	}
	return jsonType, true
}

// weight is what a client says of one media type: the most specific range that
// matches decides.
type weight struct {
	named    int // 0: nothing said
	permille int
}

// How specific a range is.
const (
	namedAny    = 1 + iota // */*
	namedFamily            // application/*
	namedExact
)

func (w *weight) match(kind, wanted string, permille int) {
	named := 0
	switch kind {
	case wanted:
		named = namedExact
	case "application/*":
		named = namedFamily
	case "*/*":
		named = namedAny
	}
	if named > w.named {
		w.named, w.permille = named, permille
	}
}

// quality reads a weight; one that cannot be read is none.
func quality(q string) int {
	if q == "" {
		return 1000
	}
	v, err := strconv.ParseFloat(q, 64)
	if err != nil || !(v >= 0 && v <= 1) {
		return 0
	}
	return int(v * 1000)
}
