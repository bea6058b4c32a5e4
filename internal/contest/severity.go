package contest

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/ranking"
	"leitai/internal/scoring"
)

// ChannelSeverity says how severe the judges of one channel were, in percent of
// the highest mark: all marks of the channel count, of whatever item.
type ChannelSeverity struct {
	Channel  string
	Judges   []scoring.Effect   // by id; empty when refused
	Subjects []scoring.Adjusted // by adjusted rank, then in natural order; empty when refused
	Parts    [][]string         // the judges, in the parts that share no subject; more than one: refused
}

// Severity estimates the severity of judges channel by channel, in the template's
// order, from the marks of a sealed input; channels without marks are left out.
// Where judges share no subjects the estimate of that channel is refused, and the
// parts they fall into are named. Marks that say that an item does not apply, and
// items beside the scale, are left aside. It changes no result.
func Severity(in Input) ([]ChannelSeverity, error) {
	b, err := arrange(&in)
	if err != nil {
		return nil, err
	}
	seen := map[string][]scoring.Observation{}
	for i := range b.rows {
		for _, f := range b.rows[i].marks {
			item := b.plan.ItemOf(f.cell)
			if scoring.Beside(item.Kind) || f.mark.Detail != nil && scoring.NotApplicable(item, *f.mark.Detail) {
				continue
			}
			percent := f.mark.Value.Mul(exact.Int(100)).Quo(b.plan.High(f.cell))
			seen[f.mark.Channel] = append(seen[f.mark.Channel], scoring.Observation{Judge: f.mark.Judge, Subject: f.mark.Subject, Mark: percent})
		}
	}
	var out []ChannelSeverity
	for _, channel := range in.Template.Channels {
		if marks := seen[channel.Key]; len(marks) > 0 {
			out = append(out, severityOf(channel.Key, marks))
		}
	}
	return out, nil
}

func severityOf(channel string, marks []scoring.Observation) ChannelSeverity {
	seats := make([]scoring.Seat, len(marks))
	for i, m := range marks {
		seats[i] = scoring.Seat{Judge: m.Judge, Subject: m.Subject}
	}
	out := ChannelSeverity{Channel: channel, Parts: scoring.Connected(seats)}
	s, err := scoring.Severity(marks)
	if err != nil {
		return out // refused: Parts says why
	}
	slices.SortStableFunc(s.Subjects, func(a, b scoring.Adjusted) int {
		if a.RankAdjusted != b.RankAdjusted {
			return a.RankAdjusted - b.RankAdjusted
		}
		return ranking.Compare(a.Subject, b.Subject)
	})
	out.Judges, out.Subjects = s.Judges, s.Subjects
	return out
}
