package graphtest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
)

// Sent posts bytes as they are, as an attacker does; token and address may be
// empty.
func (k *Kit) Sent(t testing.TB, token, from, path, mediaType string, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, bytes.NewReader(body))
	request.Header.Set("Content-Type", mediaType)
	if from != "" {
		request.RemoteAddr = from
	}
	return k.send(request, token)
}

// Refusals are code and field of everything that an answer of a REST address
// complains of.
func Refusals(t testing.TB, answer *httptest.ResponseRecorder) (all []string) {
	t.Helper()
	var said struct {
		Faults []struct{ Code, Field string }
		Errors []struct {
			Extensions struct{ Code, Field string }
		}
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &said); err != nil {
		t.Fatalf("%d %v\n%s", answer.Code, err, answer.Body)
	}
	for _, f := range said.Faults {
		all = append(all, f.Code+" "+f.Field)
	}
	for _, e := range said.Errors {
		all = append(all, e.Extensions.Code)
	}
	return all
}

// Packed is an archive of files in the order they are given: name, content, …
func Packed(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Grown is how many bytes more the program took from the system while do ran.
func Grown(do func()) int64 {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return int64(after.Sys) - int64(before.Sys)
}
