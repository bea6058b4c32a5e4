package graph

import (
	"encoding/hex"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

func auditFilter(in *model.AuditFilter) (tenancy.AuditFilter, error) {
	if in == nil {
		return tenancy.AuditFilter{}, nil
	}
	f := tenancy.AuditFilter{Action: or(in.Action), UnitCode: or(in.UnitCode), Since: or(in.Since), Until: or(in.Until)}
	var r reader
	if in.Object != nil {
		_, key, ok := openID(*in.Object)
		if !ok {
			r.bad = append(r.bad, fault.New(fault.NotFound).At("filter.object"))
		}
		f.Object = key
	}
	f.User = or(r.optional(userKind, in.UserID, "filter.userId"))
	return f, r.err()
}

func auditEntry(language fault.Language) func(*tenancy.Audited) *model.AuditEntry {
	return func(e *tenancy.Audited) *model.AuditEntry {
		return &model.AuditEntry{Seq: int(e.Seq), At: e.At, UserID: globalID(userKind, e.Actor), PersonKey: some(e.Person), TokenID: tokenOf(e.Credential),
			RequestID: e.RequestID, Action: e.Action, Label: actionLabel(e.Action, language), ObjectKind: e.ObjectKind, ObjectKey: e.ObjectID.String(),
			UnitKey: some(e.Unit), Reason: e.Reason, Before: document(e.Before), After: document(e.After), Detail: string(e.Detail), Hash: hex.EncodeToString(e.Hash)}
	}
}

// actionLabel is what the catalogue of permissions calls an action; empty for
// one that is no permission of its own.
func actionLabel(action string, language fault.Language) string {
	info, _ := authz.InfoOf(authz.Permission(action))
	if language == fault.English {
		return info.En
	}
	return info.Zh
}

func auditPage(p paging.Page[*tenancy.Audited], language fault.Language) *model.AuditEntryConnection {
	c := &model.AuditEntryConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, auditEntry(language), func(cursor string, n *model.AuditEntry) *model.AuditEntryEdge {
		return &model.AuditEntryEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// tokenOf is the id of the token an act was done with; nil for a session.
func tokenOf(credential string) *string {
	key, err := uuid.Parse(credential)
	if err != nil {
		return nil
	}
	id := globalID(tokenKind, key)
	return &id
}

// document gives null for none.
func document(raw json.RawMessage) *string {
	return filled(string(raw))
}

func auditCheck(c tenancy.AuditChecked, language fault.Language) *model.AuditCheck {
	out := &model.AuditCheck{Entries: int(c.Head.Seq), Head: hex.EncodeToString(c.Head.Hash), Intact: c.Intact(),
		Batches: c.Proved.Batches, AlteredBatches: c.Proved.Count, Altered: make([]*model.AlteredMarks, len(c.Proved.Altered))}
	for i, a := range c.Proved.Altered {
		f, missing := a.Fault(), make([]string, len(a.Missing))
		for j, id := range a.Missing {
			missing[j] = globalID(markKind, id)
		}
		out.Altered[i] = &model.AlteredMarks{Seq: int(a.Seq), RoundID: globalID(roundKind, a.Round), At: a.At, Entered: a.Entered, Found: a.Found,
			MissingIds: missing, Code: string(f.Code), Message: f.Message(language)}
	}
	if c.Broken != nil {
		at := int(c.Broken.Seq)
		out.BrokenAt = &at
	}
	return out
}
