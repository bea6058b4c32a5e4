package postgres

import (
	"context"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/voting"
)

// ReplaceRoster implements voting.Store.
func (tx *Tx) ReplaceRoster(ctx context.Context, poll uuid.UUID, voters []voting.Voter, groups []voting.Group) error {
	for _, table := range []string{"poll_voter", "poll_group"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE tenant_id = $1 AND poll_id = $2`, tx.Tenant(), poll); err != nil {
			return votingFault(err)
		}
	}
	n := len(groups)
	ids, keys, due, least, most := make([]uuid.UUID, n), make([]string, n), make([]int64, n), make([]int64, n), make([]int64, n)
	for i, g := range groups {
		ids[i], keys[i], due[i], least[i], most[i] = mixin.NewID(), g.Key, int64(g.Due), int64(g.Recusal.Least), int64(g.Recusal.Most)
	}
	if _, err := tx.exec(ctx, `INSERT INTO poll_group (id, tenant_id, region, poll_id, group_key, due, recusal_least, recusal_most)
		SELECT w.id, $1, $2, $3, w.key, w.due, w.least, w.most FROM unnest($4::uuid[], $5::text[], $6::int[], $7::int[], $8::int[]) w(id, key, due, least, most)`,
		tx.Tenant(), tx.region(), poll, array(ids), array(keys), array(due), array(least), array(most)); err != nil {
		return votingFault(err)
	}
	return tx.insertVoters(ctx, poll, voters)
}

// insertVoters writes the persons; also is the groups beside, joined by spaces,
// which no key contains.
func (tx *Tx) insertVoters(ctx context.Context, poll uuid.UUID, voters []voting.Voter) error {
	n := len(voters)
	ids, persons, groups, units, also := make([]uuid.UUID, n), make([]string, n), make([]string, n), make([]*string, n), make([]string, n)
	for i, v := range voters {
		ids[i], persons[i], groups[i], units[i] = mixin.NewID(), v.Person, v.Group, textOf(v.Unit)
		for j, key := range v.Also {
			if j > 0 {
				also[i] += " "
			}
			also[i] += key
		}
	}
	_, err := tx.exec(ctx, `INSERT INTO poll_voter (id, tenant_id, region, poll_id, person, group_key, unit_id, also)
		SELECT w.id, $1, $2, $3, w.person, w.key, w.unit::uuid, string_to_array(w.also, ' ')
		FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[]) w(id, person, key, unit, also)`,
		tx.Tenant(), tx.region(), poll, array(ids), array(persons), array(groups), array(units), array(also))
	return votingFault(err)
}

// PollVoters implements voting.Store, by group and number.
func (tx *Tx) PollVoters(ctx context.Context, poll uuid.UUID) ([]voting.Voter, error) {
	return queryAll(ctx, tx, func(s scan) (voting.Voter, error) {
		var v voting.Voter
		var unit uuid.NullUUID
		err := s(&v.Person, &v.Group, &unit, array(&v.Also))
		v.Unit = refOf(unit)
		return v, err
	}, `SELECT person, group_key, unit_id, also FROM poll_voter WHERE tenant_id = $1 AND poll_id = $2 ORDER BY group_key, person`, tx.Tenant(), poll)
}

// IssueCodes implements voting.Store.
func (tx *Tx) IssueCodes(ctx context.Context, poll uuid.UUID, anew bool, groups []string, hashes [][]byte) error {
	_, err := tx.exec(ctx, `SELECT ballot_codes_issue($1, $2, $3, $4)`, poll, anew, array(groups), array(hashes))
	return votingFault(err)
}

// SetAttendance implements voting.Store.
func (tx *Tx) SetAttendance(ctx context.Context, poll uuid.UUID, group string, present, papers int) error {
	_, err := tx.exec(ctx, `SELECT poll_attendance($1, $2, $3, $4)`, poll, group, present, papers)
	return votingFault(err)
}

// Turnout implements voting.Store.
func (tx *Tx) Turnout(ctx context.Context, poll uuid.UUID) (int, error) {
	n, err := queryOne(ctx, tx, value[*int], `SELECT ballot_turnout($1)`, poll)
	if err != nil {
		return 0, votingFault(err)
	}
	if n == nil { // no such evaluation
		return 0, noSuchPoll()
	}
	return *n, nil
}
