package graphtest

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"
)

// uploadHeader is what every upload carries.
const uploadHeader = "X-Leitai-Upload"

// Upload sends a file with a token as a client does; header false leaves out
// what keeps other sites from doing so.
func (k *Kit) Upload(t testing.TB, token, name string, file []byte, header bool) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/evidence", &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	if header {
		request.Header.Set(uploadHeader, "1")
	}
	return k.send(request, token)
}

// Taken is Upload for somebody of the county whose file has to be taken; it
// gives the file's id.
func (k *Kit) Taken(t testing.TB, pseudonym, name string, file []byte) string {
	t.Helper()
	answer := k.Upload(t, k.Token(pseudonym), name, file, true)
	var stored struct{ ID string }
	if err := json.Unmarshal(answer.Body.Bytes(), &stored); answer.Code != http.StatusCreated || err != nil || stored.ID == "" {
		t.Fatalf("upload by %s: %d, %v\n%s", pseudonym, answer.Code, err, answer.Body)
	}
	return stored.ID
}

// Get reads an address of the service with a token; an empty one sends none.
func (k *Kit) Get(t testing.TB, token, address string) *httptest.ResponseRecorder {
	t.Helper()
	return k.send(httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil), token)
}

// News is Get for who has the answer of a tag already.
func (k *Kit) News(t testing.TB, token, address, tag string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	request.Header.Set("If-None-Match", tag)
	return k.send(request, token)
}

func (k *Kit) send(request *http.Request, token string) *httptest.ResponseRecorder {
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	recorder := httptest.NewRecorder()
	k.handler.ServeHTTP(recorder, request)
	return recorder
}

// Put changes rows past every rule, for what cannot come about otherwise, such
// as the passing of years.
func (k *Kit) Put(t testing.TB, statement string, args ...any) {
	t.Helper()
	if _, err := k.all.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}
