package phrase

import (
	"bytes"
	"encoding/json"
	"strconv"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// notices are the sentences in which people are told what happened.
var notices = map[string]word{
	"round.notified":        {"评比通知已下发，请查看安排和细则", "the notice of a round was issued; see its plan and rubric"},
	"round.opened":          {"评分已经开始，请在截止前提交评分", "marking has begun; submit your marks before it ends"},
	"round.closed":          {"评分已经截止，可以计算成绩", "marking has ended; the results can be computed"},
	"round.reopened":        {"评分重新开放，请检查并提交评分", "marking is open again; check and submit your marks"},
	"round.computed":        {"成绩已经算出，可以公示", "the results are computed and can be announced"},
	"round.announced":       {"成绩正在公示，如有异议请在期限内提出", "the results are announced; object in time if you do not agree"},
	"round.cancelled":       {"本轮评比已取消", "the round was cancelled"},
	"publication.published": {"成绩已经发布", "the results are published"},
	"publication.revised":   {"已发布的成绩作了更正，请以新版为准", "published results were corrected; the new revision holds"},
	"objection.filed":       {"收到一份异议，请安排复核", "an objection was filed; have it reviewed"},
	"objection.decided":     {"异议已有复核结论", "an objection was decided"},
	"marks.submitted":       {"评分有更新", "marks were entered or changed"},
	"issue.opened":          {"交办了一个问题，请在期限内整改反馈", "an issue was assigned; put it right and answer in time"},
	"issue.answered":        {"问题已反馈整改情况，请核查", "an issue was answered; verify it"},
	"issue.closed":          {"问题已经销号", "an issue was closed"},
	"issue.overdue":         {"问题已逾期，请尽快整改反馈", "an issue is overdue; put it right and answer soon"},
	"task.opened":           {"有新的事项请您办理", "there is something new for you to carry out"},
	"job.finished":          {"您要的后台任务已经完成", "the work you asked for is finished"},
	"webhook.disabled":      {"推送地址长期失败，已被停用，请检查", "a webhook failed for long and was switched off; look into it"},
	"webhook.ping":          {"这是一条测试消息", "this is a test message"},
}

// Notice is what somebody is told: a kind of event and what is known of it.
type Notice struct {
	Kind   string // dotted; one without a sentence is shown itself
	Unit   string // name of the unit; empty: not told
	Period string // of the round, for example 2023-04; empty: none
	Number int    // in a list, from 1; 0: none
}

// NoticeOf reads what is known of an event from its data; what is not there, or
// is something else, is not told.
func NoticeOf(kind string, data json.RawMessage) Notice {
	var known struct {
		Period any `json:"period"`
		Number any `json:"number"`
	}
	n := Notice{Kind: kind}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if decoder.Decode(&known) != nil {
		return n
	}
	if text, is := known.Period.(string); is {
		if _, err := calendar.ParsePeriod(text); err == nil {
			n.Period = text
		}
	}
	if number, is := known.Number.(json.Number); is {
		if whole, err := strconv.Atoi(number.String()); err == nil && whole > 0 {
			n.Number = whole
		}
	}
	return n
}

// Say is the sentence of a notice: 例村 2023-04（第 3 号）：问题已经销号。
func (n Notice) Say(lang fault.Language) string {
	text := look(notices, n.Kind, lang)
	number, colon, stop := "（第 "+strconv.Itoa(n.Number)+" 号）", "：", "。"
	if lang == fault.English {
		number, colon, stop = " (no. "+strconv.Itoa(n.Number)+")", ": ", "."
	}
	head := n.Unit
	if n.Period != "" {
		if head != "" {
			head += " "
		}
		head += n.Period
	}
	if n.Number > 0 {
		head += number
	}
	if head != "" {
		text = head + colon + text
	}
	return text + stop
}
