package hosting

import (
	"context"
	"encoding/json"

	"leitai/internal/audit"
)

// recordBoth notes an act in the audit of the viewer's tenant and in that of
// another one.
func recordBoth(ctx context.Context, st Store, other Place, a act) error {
	kind := a.kind
	if kind == "" {
		kind = "tenant"
	}
	if a.detail == nil {
		a.detail = map[string]any{}
	}
	if err := audit.Record(ctx, a.action, kind, a.object, a.detail, audit.Because(a.reason), audit.At(other.Unit)); err != nil {
		return err
	}
	detail, err := json.Marshal(a.detail)
	if err != nil {
		return err
	}
	return st.RecordBeside(ctx, other, audit.Event{Action: a.action, ObjectKind: kind, ObjectID: a.object, Detail: detail, Reason: a.reason})
}
