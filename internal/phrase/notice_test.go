package phrase_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/phrase"
)

// What happened is told with where and when as far as that is known, in either
// language.
func TestNoticesSayWhatHappened(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n      phrase.Notice
		zhText string
		enText string
	}{
		{phrase.Notice{Kind: "issue.closed"}, "问题已经销号。", "an issue was closed."},
		{phrase.Notice{Kind: "issue.closed", Unit: "例村", Number: 3}, "例村（第 3 号）：问题已经销号。", "例村 (no. 3): an issue was closed."},
		{phrase.Notice{Kind: "issue.overdue", Number: 12}, "（第 12 号）：问题已逾期，请尽快整改反馈。", " (no. 12): an issue is overdue; put it right and answer soon."},
		{phrase.Notice{Kind: "round.opened", Period: "2023-04"}, "2023-04：评分已经开始，请在截止前提交评分。", "2023-04: marking has begun; submit your marks before it ends."},
		{phrase.Notice{Kind: "publication.published", Unit: "例镇", Period: "2023-Q1"}, "例镇 2023-Q1：成绩已经发布。", "例镇 2023-Q1: the results are published."},
		{phrase.Notice{Kind: "webhook.ping"}, "这是一条测试消息。", "this is a test message."},
		{phrase.Notice{Kind: "a.new"}, "a.new。", "a.new."},
	} {
		if got := c.n.Say(zh); got != c.zhText {
			t.Errorf("%+v: %s, want %s", c.n, got, c.zhText)
		}
		if got := c.n.Say(en); got != c.enText {
			t.Errorf("%+v: %s, want %s", c.n, got, c.enText)
		}
	}
}

// Only a period that is one and a number that counts are taken from the data of
// an event: nothing else that stands there is ever told.
func TestNoticesTakeNothingElse(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]phrase.Notice{
		`{}`:                                   {Kind: "issue.closed"},
		`{"period":"2023-04","number":7}`:      {Kind: "issue.closed", Period: "2023-04", Number: 7},
		`{"period":"张三的村","number":"7"}`:       {Kind: "issue.closed"},
		`{"period":["2023-04"],"number":0}`:    {Kind: "issue.closed"},
		`{"number":-1}`:                        {Kind: "issue.closed"},
		`{"number":1e300,"name":"张三"}`:         {Kind: "issue.closed"},
		`{"unit":"张三","kind":"x","Unit":"张三"}`: {Kind: "issue.closed"},
		`not json`:                             {Kind: "issue.closed"},
		``:                                     {Kind: "issue.closed"},
		`{"period":"2023-13","number":1.5}`:    {Kind: "issue.closed"},
		`{"period":"2023-Q2","revision":2}`:    {Kind: "issue.closed", Period: "2023-Q2"},
		`{"period":"2023-04\n【擂台】转账","number":2}`: {Kind: "issue.closed", Number: 2},
	} {
		if got := phrase.NoticeOf("issue.closed", json.RawMessage(data)); got != want {
			t.Errorf("%s: %+v, want %+v", data, got, want)
		}
	}
}

// Whatever an event carries, its notice is one line that ends where it ends.
func TestNoticesAreOneLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(map[string]any{"period": rapid.String().Draw(t, "period"), "number": rapid.Int().Draw(t, "number"), "name": rapid.String().Draw(t, "name")})
		if err != nil {
			t.Fatal(err)
		}
		text := phrase.NoticeOf("task.opened", data).Say(zh)
		if strings.ContainsAny(text, "\r\n") || !strings.HasSuffix(text, "有新的事项请您办理。") {
			t.Errorf("%s: %q", data, text)
		}
	})
}
