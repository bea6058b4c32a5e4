package round

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/viewer"
)

// LedgerReceive checks a ledger in.
type LedgerReceive struct {
	Round       uuid.UUID
	Subject     uuid.UUID // the contestant; or UnitCode, its code
	UnitCode    string
	DeliveredBy uuid.UUID
	Note        string
}

func (in LedgerReceive) subject() SubjectRef { return SubjectRef{in.Subject, in.UnitCode} }

// villageSecretary is the link of who brings the ledgers in person (A21).
const villageSecretary = "village-secretary"

// ReceiveLedger checks a village's ledger in at the venue, with who brought it,
// who took it and when (A21). It is brought by the village secretary; when
// somebody else did, the note says why.
func (s *Service) ReceiveLedger(ctx context.Context, in LedgerReceive) (*Answer, error) {
	answer := &Answer{}
	err := s.change(ctx, authz.ReceptionWrite, in.Round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if err := opened(r); err != nil {
			return err
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		e, err := d.entry(in.subject())
		if err != nil {
			return err
		}
		if err := d.mayBring(ctx, st, e, in); err != nil {
			return err
		}
		reception := &Reception{
			ID: newID(), Round: r.ID, Subject: e.Subject, Unit: e.Unit, DeliveredBy: in.DeliveredBy, ReceivedBy: who.Person, ReceivedAt: s.now(), Note: in.Note,
		}
		if err := st.InsertReception(ctx, reception); err != nil {
			return err
		}
		answer.Round = r
		return audit.Record(ctx, string(authz.ReceptionWrite), "reception", reception.ID, map[string]any{"round": r.ID, "subject": e.Code})
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

func (d *desk) mayBring(ctx context.Context, st Store, e *Entry, in LedgerReceive) error {
	switch {
	case e.Absent:
		return fault.New(fault.SubjectAbsent, "name", e.Name).At("%s", in.subject().field()).About(e.Name)
	case d.received[e.Subject]:
		return fault.New(fault.AlreadyExists, "value", e.Name).At("%s", in.subject().field())
	}
	aliases, err := st.Pseudonyms(ctx, []uuid.UUID{in.DeliveredBy})
	if err != nil {
		return err
	}
	alias := aliases[in.DeliveredBy]
	if alias == "" {
		return fault.New(fault.NotFound).At("deliveredBy")
	}
	secretary := slices.Contains(e.Links, outcome.Link{Role: villageSecretary, Person: alias})
	if !secretary && strings.TrimSpace(in.Note) == "" {
		return fault.New(fault.LedgerNoSecretary).At("note").About(e.Name)
	}
	return nil
}
