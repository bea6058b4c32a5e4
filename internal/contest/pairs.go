package contest

import "leitai/internal/ranking"

// pairs suggests who leads whom (C14): inside each scope the best of the lead
// band with the worst of the follow band, the second with the second worst, as
// many as the smaller band has. Nobody is paired with itself or twice.
func (b *board) pairs(members ranking.Membership) []Pair {
	rule := b.in.Template.Pairing
	if rule == nil {
		return nil
	}
	var out []Pair
	tracks, leads := b.byScope(members[rule.Lead])
	_, follows := b.byScope(members[rule.Follow])
	for _, track := range tracks {
		lead, follow := leads[track], follows[track]
		for len(lead) > 0 && len(follow) > 0 {
			if lead[0] == follow[0] {
				follow = follow[1:]
				continue
			}
			out = append(out, Pair{Lead: lead[0], Follow: follow[0]})
			lead, follow = lead[1:], follow[1:]
		}
	}
	return out
}

// byScope splits the members of a band by the scope of the ranking, each in the
// band's order; the scopes come in the order of their first member.
func (b *board) byScope(members []ranking.Member) (scopes []string, in map[string][]string) {
	in = map[string][]string{}
	for _, m := range members {
		scope := ""
		if b.in.Template.Ranking.Scope == ranking.ByTrack {
			scope = b.rows[b.index()[m.ID]].subject.Track
		}
		if in[scope] == nil {
			scopes = append(scopes, scope)
		}
		in[scope] = append(in[scope], m.ID)
	}
	return scopes, in
}
