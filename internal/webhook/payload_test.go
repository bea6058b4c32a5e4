package webhook

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/event"
)

func writing() *Service {
	return New(Config{Now: time.Now, GlobalID: func(name string, id uuid.UUID) string { return name + "/" + id.String()[:4] }})
}

func happened(kind event.Kind, data string) *Event {
	return &Event{UnitCode: "431226101", Stored: event.Stored{ID: uuid.MustParse("0197aaaa-0000-7000-8000-000000000001"), Seq: 7, Kind: kind, ObjectKind: "round",
		Object: uuid.MustParse("0198bbbb-0000-7000-8000-000000000002"), Round: uuid.MustParse("0199cccc-0000-7000-8000-000000000003"),
		Data: json.RawMessage(data), At: time.Date(2026, 5, 1, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))}}
}

// A message says what, when, where and of what, and is the same whenever it is
// written.
func TestMessagesAreThinAndStable(t *testing.T) {
	t.Parallel()
	s, tenant := writing(), uuid.MustParse("019addda-0000-7000-8000-000000000004")
	e := happened(event.RoundOpened, `{"period":"2023-04","revision":2,"name":"沈庄村","secret":{"a":1},"from":"notified","note":"x"}`)
	body, err := s.bodyOf(e, tenant)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"round.opened","timestamp":"2026-05-01T00:00:00Z","data":{"event":"0197aaaa-0000-7000-8000-000000000001","from":"notified",` +
		`"object":{"id":"Round/0198","type":"Round"},"period":"2023-04","revision":2,"round":"Round/0199","sequence":7,"tenant":"Tenant/019a","unit":"431226101"}}`
	if string(body) != want {
		t.Errorf("%s\nwant\n%s", body, want)
	}
	if again, err := s.bodyOf(e, tenant); err != nil || string(again) != want {
		t.Errorf("written again: %s %v", again, err)
	}
	if _, err := s.bodyOf(happened(event.RoundOpened, `nothing`), tenant); err == nil {
		t.Error("data that is none was sent")
	}
}

// Whatever an event carries, nothing in which a name could stand leaves.
func TestNothingIsToldThatCouldBeAName(t *testing.T) {
	t.Parallel()
	s := writing()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\p{Han} ,'"<>]{1,20}`)).Draw(t, "text")
		data := map[string]any{"name": text, "title": text}
		for _, field := range told {
			data[field] = rapid.SampledFrom([]any{text, []string{text}, map[string]string{"name": text}, 3, true, nil}).Draw(t, field)
		}
		document, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		body, err := s.bodyOf(happened(event.IssueOpened, string(document)), uuid.Nil)
		if err != nil {
			t.Fatal(err)
		}
		var back struct{ Data map[string]any }
		if err := json.Unmarshal(body, &back); err != nil {
			t.Fatal(err)
		}
		for field, value := range back.Data {
			if said, is := value.(string); is && said == text && !code.MatchString(text) {
				t.Errorf("%s says %q", field, said)
			}
			if field == "name" || field == "title" {
				t.Errorf("%s is told", field)
			}
		}
	})
}

func TestTypesHaveTheNamesOfTheAPI(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"round": "Round", "publication": "Publication", "webhook": "WebhookEndpoint", "issue": "Issue", "account_entry": "AccountEntry", "": ""} {
		if got := TypeOf(kind); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
}

// Kinds for streams are no kinds of webhooks.
func TestKindsOfEndpoints(t *testing.T) {
	t.Parallel()
	all := strings.Join(Kinds(), " ")
	for _, kind := range unsent {
		if strings.Contains(all, string(kind)) {
			t.Errorf("%s can be chosen", kind)
		}
	}
	if !strings.Contains(all, "publication.published") || len(Kinds()) != len(event.Kinds())-len(unsent) {
		t.Errorf("%s", all)
	}
}

// Robots of groups are told a sentence in the form that their documents ask for,
// DingTalk's with the proof in the address.
func TestRobotsAreToldASentence(t *testing.T) {
	t.Parallel()
	begun := time.UnixMilli(1769000000123)
	for _, f := range []Format{WeCom, DingTalk} {
		ready := &shipment{endpoint: &Endpoint{Format: f}, address: "https://robot.example/send?access_token=abc", begun: begun}
		if err := ready.tell(happened(event.IssueOpened, `{"number":3,"title":"垃圾未清运"}`), "SECdemo"); err != nil {
			t.Fatal(err)
		}
		var body struct {
			Type string `json:"msgtype"`
			Text struct{ Content string }
		}
		if err := json.Unmarshal(ready.body, &body); err != nil || body.Type != "text" || body.Text.Content != "【擂台】（第 3 号）：交办了一个问题，请在期限内整改反馈。" {
			t.Errorf("%s: %s %v", f, ready.body, err)
		}
		u, err := url.Parse(ready.address)
		if err != nil || u.Query().Get("access_token") != "abc" {
			t.Fatalf("%s: %s %v", f, ready.address, err)
		}
		if f == WeCom {
			if u.RawQuery != "access_token=abc" {
				t.Errorf("%s", ready.address)
			}
			continue
		}
		// HMAC-SHA256 of "1769000000123\nSECdemo" under SECdemo, made with openssl.
		if u.Query().Get("timestamp") != "1769000000123" || u.Query().Get("sign") != dingTalkProof {
			t.Errorf("%s", ready.address)
		}
		if raw, err := base64.StdEncoding.DecodeString(u.Query().Get("sign")); err != nil || len(raw) != 32 {
			t.Errorf("the proof: %v", err)
		}
	}
}

// A robot says in the body whether it took a message.
func TestRobotsAnswerInTheBody(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{`{"errcode":0,"errmsg":"ok"}`: true, `{"errcode":93000}`: false, `{}`: false, ``: false, `ok`: false, `{"errcode":"0"}`: false} {
		if accepted(WeCom, []byte(body)) != want {
			t.Errorf("%s", body)
		}
	}
	if !accepted(Standard, []byte("anything")) {
		t.Error("a standard receiver has to say more than 2xx")
	}
}

const dingTalkProof = "mJUIo7yprZIr3yCTg0aYcl4IVPEYYZlbSkTk4TBUZuc="
