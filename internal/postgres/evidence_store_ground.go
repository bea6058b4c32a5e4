package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/evidence"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// EvidenceGround implements evidence.Store. The rules are those of the round's
// pinned template and its own rubric; between rounds, of the template that rules
// the newest period.
func (tx *Tx) EvidenceGround(ctx context.Context, competition uuid.UUID, round *uuid.UUID) (*evidence.Ground, error) {
	g := &evidence.Ground{}
	canonical, err := queryOne(ctx, tx, func(s scan) (text string, err error) {
		err = s(&g.Trial, &text)
		return text, err
	}, `SELECT c.trial, coalesce(v.canonical, '') FROM competition c LEFT JOIN round r ON r.tenant_id = c.tenant_id AND r.competition_id = c.id AND r.id = $3
		LEFT JOIN template_version v ON v.id = coalesce(r.template_version_id, (SELECT x.template_version_id FROM competition_version x
			WHERE x.tenant_id = c.tenant_id AND x.competition_id = c.id ORDER BY x.from_period DESC LIMIT 1))
		WHERE c.tenant_id = $1 AND c.id = $2 AND ($3::uuid IS NULL OR r.id IS NOT NULL)`, tx.Tenant(), competition, round)
	if fault.CodeOf(faultOf(err)) == fault.NotFound {
		if round != nil && tx.knownCompetition(ctx, competition) {
			return nil, fault.New(fault.NotFound).At("round")
		}
		return nil, fault.New(fault.NotFound).At("competition")
	}
	if err != nil {
		return nil, err
	}
	doc, err := template.Read([]byte(canonical))
	if err != nil {
		return nil, err
	}
	g.Rules = wanted(&doc)
	if round != nil {
		if err := tx.roundRubric(ctx, *round, &g.Rules); err != nil {
			return nil, err
		}
	}
	g.Subjects, err = tx.evidenceSubjects(ctx, round)
	return g, err
}

func (tx *Tx) knownCompetition(ctx context.Context, id uuid.UUID) bool {
	known, err := queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM competition WHERE tenant_id = $1 AND id = $2)`, tx.Tenant(), id)
	return err == nil && known
}

// wanted is what a template document asks to be shown.
func wanted(doc *template.Document) evidence.Rules {
	var r evidence.Rules
	if doc.Evidence != nil {
		r.MinPhotos, r.Kinds = doc.Evidence.MinPhotos, doc.Evidence.Kinds
	}
	for _, item := range doc.Items {
		w := evidence.WantedItem{Key: item.Key, For: item.For, Kinds: item.Evidence}
		for _, check := range item.Rule.Checks {
			w.Checks = append(w.Checks, evidence.WantedCheck{Key: check.Key, Kinds: check.Evidence})
		}
		r.Items = append(r.Items, w)
	}
	return r
}

// roundRubric replaces the items by those of the round, where it has its own;
// what an item of the round does not say is the template's.
func (tx *Tx) roundRubric(ctx context.Context, round uuid.UUID, r *evidence.Rules) error {
	known := map[string]evidence.WantedItem{}
	for _, item := range r.Items {
		known[item.Key] = item
	}
	own, err := queryAll(ctx, tx, func(s scan) (evidence.WantedItem, error) {
		var w evidence.WantedItem
		var document []byte
		if err := s(&w.Key, &document); err != nil {
			return w, err
		}
		var rule struct {
			For      []string
			Evidence []string
			Checks   []struct {
				Key      string
				Evidence []string
			}
		}
		if err := json.Unmarshal(document, &rule); err != nil {
			return w, err
		}
		w.For, w.Kinds = rule.For, rule.Evidence
		for _, check := range rule.Checks {
			w.Checks = append(w.Checks, evidence.WantedCheck{Key: check.Key, Kinds: check.Evidence})
		}
		if of, ok := known[w.Key]; ok && len(w.Kinds) == 0 && len(w.Checks) == 0 {
			w = of
		}
		return w, nil
	}, `SELECT key, rule FROM rubric_item WHERE tenant_id = $1 AND round_id = $2 ORDER BY position`, tx.Tenant(), round)
	if err == nil && len(own) > 0 {
		r.Items = own
	}
	return err
}

// evidenceSubjects are those on the roster who take part, or, before a round
// opens, the villages of the tenant.
func (tx *Tx) evidenceSubjects(ctx context.Context, round *uuid.UUID) ([]evidence.Subject, error) {
	read := func(s scan) (evidence.Subject, error) {
		var one evidence.Subject
		err := s(&one.Unit, pq.Array(&one.Classes))
		return one, err
	}
	if round != nil {
		roster, err := queryAll(ctx, tx, read, `SELECT unit_id, classes FROM entry WHERE tenant_id = $1 AND round_id = $2 AND NOT absent ORDER BY position`,
			tx.Tenant(), round)
		if err != nil || len(roster) > 0 {
			return roster, err
		}
	}
	return queryAll(ctx, tx, read, `SELECT id, '{}'::text[] FROM unit WHERE parent_id = $1 AND level = 'village' AND valid_to IS NULL ORDER BY code`,
		tx.scope.viewer.TenantUnit)
}
