package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// RubricItemInput is one item as its owner writes it.
type RubricItemInput struct {
	Key       string
	NameZh    string
	NameEn    string
	Dimension string
	Kind      template.ItemKind // empty: points
	Points    exact.Number
	Criteria  string
	For       []string
	NA        string
	Evidence  []string
	Rule      template.ItemRule
	Owner     *uuid.UUID // nil: the caller
	Channels  []template.ChannelSplit
}

// RubricWrite adds or replaces items by key, and takes items out.
type RubricWrite struct {
	Round    uuid.UUID
	Revision int
	Items    []RubricItemInput
	Remove   []string
}

// WriteRubric writes items into a round's rubric (A07, A11): each leader the own
// ones, the office any. A published rubric must be withdrawn first; once a
// round has been opened its rubric never changes.
func (s *Service) WriteRubric(ctx context.Context, in RubricWrite) (*Answer, error) {
	return s.step(ctx, authz.RubricWrite, Step{Round: in.Round, Revision: in.Revision},
		func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (fault.List, error) {
			doc, _, err := rubricChanges(ctx, st, r)
			if err != nil {
				return nil, err
			}
			have, err := st.RubricOf(ctx, r.ID)
			if err != nil {
				return nil, err
			}
			w := rubricWriter{doc: doc, have: map[string]*RubricItem{}, who: who, office: s.gate.May(ctx, authz.RubricPublish, uuid.Nil), sight: s.gate.Sight(ctx, authz.RubricWrite)}
			for _, item := range have {
				w.have[item.Key] = item
				w.last = max(w.last, item.Position)
			}
			items := w.items(r.ID, in.Items)
			w.removable(in.Remove)
			if w.bad != nil {
				return nil, w.bad
			}
			return nil, w.save(ctx, st, r.ID, items, in.Remove)
		})
}

// rubricChanges says whether a round's rubric may change at all.
func rubricChanges(ctx context.Context, st Store, r *Round) (*template.Document, int, error) {
	doc, version, err := st.RoundTemplate(ctx, r)
	switch {
	case err != nil:
		return nil, 0, err
	case r.OpenedAt != nil || r.State == Cancelled:
		return nil, 0, fault.New(fault.RubricFrozen)
	case doc.Rubric == template.Fixed:
		return nil, 0, fault.New(fault.RubricFixed)
	case r.RubricPublishedAt != nil:
		return nil, 0, fault.New(fault.RubricPublished)
	}
	return doc, version, nil
}

// rubricWriter checks what one person writes against what stands there.
type rubricWriter struct {
	doc    *template.Document
	have   map[string]*RubricItem
	who    *viewer.Viewer
	office bool
	sight  authz.Sight // dimensions the grant is limited to
	last   int         // highest position
	bad    fault.List
}

// items makes what is to be saved, with every fault listed.
func (w *rubricWriter) items(round uuid.UUID, inputs []RubricItemInput) []*RubricItem {
	out := make([]*RubricItem, len(inputs))
	seen := map[string]bool{}
	for i, in := range inputs {
		owner := w.who.Person
		if in.Owner != nil {
			owner = *in.Owner
		}
		item := &RubricItem{
			ID: newID(), Round: round, Key: in.Key, NameZh: in.NameZh, NameEn: in.NameEn, Dimension: in.Dimension,
			Kind: in.Kind, Points: in.Points, Criteria: in.Criteria, For: in.For, NA: in.NA, Evidence: in.Evidence, Rule: in.Rule,
			Channels: in.Channels, Owner: owner,
		}
		w.bad = append(w.bad, checkItem(w.doc, item, i)...)
		if seen[in.Key] {
			w.bad = append(w.bad, fault.New(fault.RubricItemTwice, "item", in.Key).At("items[%d].key", i))
		}
		seen[in.Key] = true
		old := w.have[in.Key]
		if !w.mine(old) || !w.office && owner != w.who.Person || !w.sight.Sees(uuid.Nil, item.Dimension) {
			w.bad = append(w.bad, fault.New(fault.ItemNotYours, "item", in.Key).At("items[%d].owner", i))
		}
		if old != nil {
			item.ID, item.Position, item.Revision = old.ID, old.Position, old.Revision
		} else {
			w.last++
			item.Position = w.last
		}
		out[i] = item
	}
	return out
}

func (w *rubricWriter) mine(item *RubricItem) bool {
	return item == nil || (w.office || item.Owner == w.who.Person) && w.sight.Sees(uuid.Nil, item.Dimension)
}

func (w *rubricWriter) removable(keys []string) {
	for i, key := range keys {
		item := w.have[key]
		if item == nil {
			w.bad = append(w.bad, fault.New(fault.NotFound).At("remove[%d]", i))
		} else if !w.mine(item) {
			w.bad = append(w.bad, fault.New(fault.ItemNotYours, "item", key).At("remove[%d]", i))
		}
	}
}

func (w *rubricWriter) save(ctx context.Context, st Store, round uuid.UUID, items []*RubricItem, remove []string) error {
	owners := make([]uuid.UUID, len(items))
	for i, item := range items {
		owners[i] = item.Owner
	}
	known, err := st.Pseudonyms(ctx, owners)
	if err != nil {
		return err
	}
	for i, owner := range owners {
		if known[owner] == "" {
			return fault.New(fault.NotFound).At("items[%d].owner", i)
		}
	}
	for _, key := range remove {
		if err := st.RemoveRubricItem(ctx, round, key); err != nil {
			return err
		}
	}
	for _, item := range items {
		if err := st.SaveRubricItem(ctx, item); err != nil {
			return err
		}
		err := audit.Record(ctx, string(authz.RubricWrite), "rubric_item", item.ID, map[string]any{"key": item.Key, "points": item.Points.String(), "owner": item.Owner})
		if err != nil {
			return err
		}
	}
	return nil
}

// PublishRubric publishes the rubric to the villages before the event, so that
// they can prepare item by item (A12). It refuses one that does not sum.
func (s *Service) PublishRubric(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RubricPublish, in, func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
		if err := inState(r, Planned, Notified); err != nil {
			return nil, err
		}
		if r.RubricPublishedAt != nil {
			return nil, fault.New(fault.RubricPublished)
		}
		doc, _, err := st.RoundTemplate(ctx, r)
		if err != nil {
			return nil, err
		}
		rubric, err := st.RubricOf(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		if _, bad := planOf(doc, itemsOf(doc, rubric)); bad != nil {
			return nil, blocked(bad)
		}
		at := s.now()
		r.RubricPublishedAt = &at
		return nil, nil
	})
}

// WithdrawRubric takes a published rubric back before the round opens, with a
// reason; a notice that names its items must then be issued again.
func (s *Service) WithdrawRubric(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RubricPublish, in, func(ctx context.Context, _ Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
		if err := reasoned(in.Reason); err != nil {
			return nil, err
		}
		if r.OpenedAt != nil {
			return nil, fault.New(fault.RubricFrozen)
		}
		if err := inState(r, Planned, Notified); err != nil {
			return nil, err
		}
		if r.RubricPublishedAt == nil {
			return nil, fault.New(fault.RubricUnpublished)
		}
		was := r.RubricPublishedAt
		r.RubricPublishedAt = nil
		return nil, audit.Record(ctx, "rubric:withdraw", "round", r.ID, map[string]any{"publishedAt": was}, audit.Because(in.Reason))
	})
}
