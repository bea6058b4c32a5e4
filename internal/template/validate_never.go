package template

import (
	"slices"
	"strings"
	"unicode"

	"leitai/internal/fault"
)

// publicWords and useWords name what can never score: what the public clicks
// (G2), and the use of a system itself (G1). Keys are matched word by word,
// names by phrase.
var (
	publicWords   = []string{"like", "likes", "vote", "votes", "voting", "fans", "followers", "clicks", "views", "reposts", "retweets"}
	publicPhrases = []string{
		"点赞", "网络投票", "网上投票", "微信投票", "公众投票", "线上投票", "网络评选", "转发量", "阅读量", "浏览量", "点击量", "粉丝", "关注量",
		"online vote", "public vote", "open vote", "likes", "page views", "followers",
	}
	useWords   = []string{"checkin", "checkins", "login", "logins", "gps", "geolocation", "geofence"}
	usePhrases = []string{
		"打卡", "登录次数", "登录率", "活跃度", "在线时长", "定位轨迹", "行动轨迹", "使用率",
		"gps", "log-ins", "app usage", "active users",
	}
)

// indicator refuses something scored that counts likes or votes of the public,
// or the use of a system.
func (c *checker) indicator(path, key string, name Text) {
	words := keyWords(key)
	shown := strings.ToLower(name.ZH + "\n" + name.EN)
	has := func(list, phrases []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) }) ||
			slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(shown, p) })
	}
	label := key
	if name.ZH != "" {
		label = name.ZH
	}
	switch {
	case has(publicWords, publicPhrases):
		c.add(fault.New(fault.TemplatePublicVote, "value", label), "%s", path)
	case has(useWords, usePhrases):
		c.add(fault.New(fault.TemplateUseScored, "value", label), "%s", path)
	}
}

// keyWords splits a key such as onlineVotes or public-likes into small words.
func keyWords(key string) []string {
	var b strings.Builder
	for _, r := range key {
		if unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '.' })
}

// examOnly reports whether everything that is scored is an exam (A41, Q29).
// Bonuses and vetoes stand beside the total and do not make up for it.
func (c *checker) examOnly(items []Item) bool {
	for _, p := range c.d.Parts {
		if p.From != "items" && p.Weight.Sign() > 0 {
			return false
		}
	}
	scored := false
	for i := range items {
		switch it := &items[i]; {
		case it.Points.Sign() <= 0 || it.Kind == KindBonus || it.Kind == KindVeto:
		case it.Kind == KindExam || it.marked() && onlyExams(c.d, it.Weights(*c.d)):
			scored = true
		default:
			return false
		}
	}
	if len(items) == 0 {
		return len(c.d.Channels) > 0 && onlyExams(c.d, (&Item{}).Weights(*c.d))
	}
	return scored
}

// marked reports whether the item gets its points from judges' marks, of
// whatever kind; figures, exams and ballots come from elsewhere.
func (i *Item) marked() bool {
	return i.Kind != KindMetric && i.Kind != KindExam && i.Kind != KindBallot
}

// onlyExams reports whether every channel that counts is an exam.
func onlyExams(d *Document, split []ChannelSplit) bool {
	for _, s := range split {
		if ch, ok := d.Channel(s.Channel); ok && ch.Source != "exam" {
			return false
		}
	}
	return len(split) > 0
}
