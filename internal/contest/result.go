package contest

import (
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/scoring"
)

// Result is what a round's input computes to. Standings are ordered by rank,
// then by id in natural order (V9 before V10), the unranked last; outcomes by
// the order of the template's rules, then by rank from the band's own end.
type Result struct {
	Rules     int                `json:"rules"`
	Standings []Standing         `json:"standings"`
	Gaps      []Gap              `json:"gaps,omitempty"` // undecided: publishing is blocked while there are any (Q13)
	Outcomes  []outcome.Proposal `json:"outcomes,omitempty"`
	Entries   []outcome.Entry    `json:"entries,omitempty"` // postings the outcomes call for
	Traces    []Trace            `json:"traces,omitempty"`  // one per ranked subject, in the order of the standings
	Grades    []GradeResult      `json:"grades,omitempty"`  // one per grade scale, in the template's order
	Pairs     []Pair             `json:"pairs,omitempty"`   // suggested by the template's pairing (C14)
}

// Why a subject is not ranked.
const (
	ReasonAbsent   = "absent"   // 未参评
	ReasonUnmarked = "unmarked" // 未评分
	ReasonVetoed   = "vetoed"   // 一票否决
)

// Standing is one subject's line of the result.
type Standing struct {
	Subject        string        `json:"subject"`
	Track          string        `json:"track,omitempty"`
	Exact          exact.Number  `json:"exact"`                    // before rounding; 0 when not ranked
	Total          exact.Number  `json:"total"`                    // published: rounded as the template's scale says
	Shown          string        `json:"shown,omitempty"`          // Total with its fixed decimals, for example "92.60"; empty when not ranked
	Rank           int           `json:"rank,omitempty"`           // inside the scope of the template; 0: not ranked
	RankIfExact    int           `json:"rankIfExact,omitempty"`    // Q11's other reading
	RankFromBottom int           `json:"rankFromBottom,omitempty"` // 1 is the last
	Of             int           `json:"of,omitempty"`             // how many are ranked in the scope
	Overall        int           `json:"overall,omitempty"`        // rank in the whole list when the scope is the track
	Previous       int           `json:"previous,omitempty"`       // rank in the last held round; 0: none
	Change         int           `json:"change,omitempty"`         // Previous − Rank when both are there: positive is better
	Bands          []string      `json:"bands,omitempty"`          // keys, in the template's order
	Streaks        []StreakCount `json:"streaks,omitempty"`        // one per streak rule of the template
	Range          *Range        `json:"range,omitempty"`          // rank stability; only from three judges up, never in the public form
	Reason         string        `json:"reason,omitempty"`         // ReasonAbsent, ReasonUnmarked or ReasonVetoed when not ranked

	// What version 2 of the rules adds.
	Parts      []PartValue   `json:"parts,omitempty"`      // when the total has parts, in the template's order
	Light      string        `json:"light,omitempty"`      // key of the legend's step, by the published total (B22)
	TrackRank  int           `json:"trackRank,omitempty"`  // rank inside the track, where the template has tracks (C04)
	TrackOf    int           `json:"trackOf,omitempty"`    // how many are ranked in the track
	Percentile *exact.Number `json:"percentile,omitempty"` // 100 (n − trackRank) / (n − 1), one decimal half-up; nil in a track of one
	Vetoes     []string      `json:"vetoes,omitempty"`     // keys of the veto items that were applied (G11)
}

// StreakCount says how many rounds running the subject has been in the band.
type StreakCount struct {
	Key       string `json:"key"`
	Count     int    `json:"count"`
	Triggered bool   `json:"triggered,omitempty"`
}

// Range is the best and worst rank when any one judge is left out.
type Range struct {
	Best  int `json:"best"`
	Worst int `json:"worst"`
}

// Gap is one cell without a value that must be marked or decided before a round
// can be published (Q13). An absent subject is no gap: that it is absent was
// said by a person. Channel is empty where the item takes no marks: then the
// metric named, the ballot or the exam's results are missing. Item and Channel
// are empty where a part is missing.
type Gap struct {
	Subject string      `json:"subject"`
	Item    string      `json:"item"`
	Channel string      `json:"channel"`
	Kind    scoring.Gap `json:"kind"`
	Have    int         `json:"have"`
	Need    int         `json:"need"`
	Part    string      `json:"part,omitempty"`
	Metric  string      `json:"metric,omitempty"` // key of a metric without a value
	Ballot  string      `json:"ballot,omitempty"`
}

// Trace answers "why" for one subject. The values of the item, weighted, deduct,
// veto and rounding lines sum to the value of the total line exactly; so do
// their shown values, to the last digit.
type Trace struct {
	Subject string `json:"subject"`
	Lines   []Line `json:"lines"`
}

// Kinds of trace line, in the order in which they appear.
const (
	LineMark     = "mark"     // one judge's mark
	LineChannel  = "channel"  // what the channel's marks combine to
	LineItem     = "item"     // what the item contributes to the total
	LineDeduct   = "deduct"   // what an issue takes off the total, below 0 (Q36's other reading)
	LineSum      = "sum"      // exact total
	LineRounding = "rounding" // published total − exact total
	LineTotal    = "total"    // published total

	LineMetric   = "metric"   // a figure that a formula reads
	LineExam     = "exam"     // the mean of an exam's sitters
	LineBallot   = "ballot"   // the blended score of a ballot
	LineRank     = "rank"     // what the marks of a rank-points item come to, and the rank that gives
	LinePart     = "part"     // value of one part of the total, on the scale of the total
	LineWeighted = "weighted" // what a part that is not made of items contributes to the total
	LineVeto     = "veto"     // what a veto takes away
	LineGrade    = "grade"    // a grade and the rule that gave it
)

// How a channel without marks came to its value (Q13).
const (
	RuleZeroDecided  = "zero-by-decision"
	RuleZeroTemplate = "zero-by-template"
)

// RuleSpread and RuleFull say on an item line that the item does not concern the
// subject: its points are spread over the others, or it counts in full (B03).
// Other item lines name their kind, but for points.
const (
	RuleSpread = "not-applicable-spread"
	RuleFull   = "not-applicable-full"
)

// Line is one number of a trace. Shown has four decimals on every line but the
// total, which has the decimals of the scale.
type Line struct {
	Kind    string       `json:"kind"`
	Item    string       `json:"item,omitempty"`
	Channel string       `json:"channel,omitempty"`
	Mark    string       `json:"mark,omitempty"`   // id of the mark; sealed form only
	Judge   string       `json:"judge,omitempty"`  // pseudonym; sealed form only
	Issue   string       `json:"issue,omitempty"`  // id of the issue of a deduct line
	Rule    string       `json:"rule,omitempty"`   // how: single, mean, median, trimmed, a rounding mode, RuleZeroDecided …
	Judges  int          `json:"judges,omitempty"` // channel line: how many marks it combines
	Factor  string       `json:"factor,omitempty"` // channel line: points of the total that one point of the channel is worth
	Value   exact.Number `json:"value"`
	Shown   string       `json:"shown"`

	// What version 2 of the rules adds.
	Detail *scoring.Detail `json:"detail,omitempty"` // mark line: what was found; sealed form only
	Metric string          `json:"metric,omitempty"` // metric line: key
	Part   string          `json:"part,omitempty"`
	Ballot string          `json:"ballot,omitempty"`
	Valid  int             `json:"valid,omitempty"`  // ballot line: valid ballots
	Sat    int             `json:"sat,omitempty"`    // exam line: who sat
	Absent int             `json:"absent,omitempty"` // exam line: who was absent, and counts for nothing
	Rank   int             `json:"rank,omitempty"`   // rank line
	Scale  string          `json:"scale,omitempty"`  // grade line
	Grade  string          `json:"grade,omitempty"`  // grade line; empty: none
}
