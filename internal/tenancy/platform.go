package tenancy

import (
	"cmp"
	"context"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// PlatformRegion is the region of the platform's rows, which are of no county.
const PlatformRegion = "000000"

// FoundPlatform opens the operator's own tenant with its first operator: what
// the operator's command does, once. It runs as the program, in the tenant to
// be. PLATFORM_EXISTS when there is one.
func (s *Service) FoundPlatform(ctx context.Context, name string, admin FirstAdmin) (*Tenant, error) {
	var made *Tenant
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if v.Credential.Kind == viewer.Session || v.Credential.Kind == viewer.Token {
			return fault.New(fault.ProgramOnly)
		}
		var bad fault.List
		shown, ok := clean(cmp.Or(name, "平台"), 100)
		if !ok {
			bad = append(bad, fault.New(fault.NameInvalid, "value", name, "most", "100").At("name"))
		}
		person, ok := clean(admin.Name, longestName)
		if !ok {
			bad = append(bad, fault.New(fault.PersonNameInvalid, "value", admin.Name).At("adminName"))
		}
		if err := bad.Err(); err != nil {
			return err
		}
		o := Opening{Tenant: Tenant{ID: v.Tenant, Kind: Platform, Name: shown, Region: PlatformRegion, TimeZone: "Asia/Shanghai"}, At: s.moment(),
			GrantedBy: admin.User, Login: admin.Login, Hash: admin.Hash, Role: string(authz.PlatformOperator),
			Admin: Person{ID: newID(), Pseudonym: newPseudonym(), Name: person, User: admin.User}}
		if err := s.unused(ctx, st, o); err != nil {
			return err
		}
		if err := st.FoundPlatform(ctx, o); err != nil {
			return err
		}
		made = &o.Tenant
		return audit.Record(ctx, "platform:found", "tenant", o.Tenant.ID, map[string]any{"admin": admin.User})
	})
	return made, err
}
