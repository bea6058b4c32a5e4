package tenancy

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// FirstAdmin is who administers a new tenant; login and hash come checked from
// identity.
type FirstAdmin struct {
	User  uuid.UUID
	Login string
	Hash  string
	Name  string
}

// Opened is a tenant to be opened.
type Opened struct {
	UnitCode string
	Name     string // "": the unit's shown name
	TimeZone string // IANA name; "": Asia/Shanghai
	Demo     bool   // of a founded tenant; one below inherits its upper's
	Admin    FirstAdmin
}

// Platform is the kind of the operator's own tenant: its unit stands beside the
// tree, so that nothing lies below it.
const Platform = "platform"

// adminRole is the role of a first administrator, by kind of tenant.
var adminRole = map[string]authz.Role{
	"prefecture": authz.PrefectureAdmin, "county": authz.CountyAdmin, "township": authz.TownshipApprover,
}

// Provision opens a tenant below the viewer's own with a new user as its first
// administrator: the one case in which somebody is given more than the giver
// holds, which is why it cannot be an existing user. Adoption is a matter of
// its own.
func (s *Service) Provision(ctx context.Context, in Opened) (*Tenant, error) {
	return s.provision(ctx, authz.TenantProvision, in)
}

// Approve is Provision for an application to sign up: below the viewer's own
// unit, or as the platform wherever no tenant stands above.
func (s *Service) Approve(ctx context.Context, in Opened) (*Tenant, error) {
	return s.provision(ctx, authz.SignupDecide, in)
}

func (s *Service) provision(ctx context.Context, p authz.Permission, in Opened) (*Tenant, error) {
	var made *Tenant
	err := s.change(ctx, p, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		o, err := s.opening(ctx, st, in, newID(), v.User)
		if err != nil {
			return err
		}
		if o.Tenant.Unit == v.TenantUnit {
			return fault.New(fault.TenantSelf).At("unitCode")
		}
		if v.TenantKind != Platform {
			if err := s.gate.Require(ctx, p, o.Tenant.Unit); err != nil {
				return fault.New(fault.UnitUnknown, "code", in.UnitCode).At("unitCode")
			}
		}
		o.Tenant.Demo = v.Demo
		if err := s.unused(ctx, st, o); err != nil {
			return err
		}
		if err := st.ProvisionTenant(ctx, o); err != nil {
			return err
		}
		made = &o.Tenant
		return recordOpening(ctx, "tenant:provision", o)
	})
	return made, err
}

// Found opens a tenant with nobody above it: what the operator's command and
// the demonstration do. It runs as the program, in the tenant to be.
func (s *Service) Found(ctx context.Context, in Opened) (*Tenant, error) {
	var made *Tenant
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if v.Credential.Kind == viewer.Session || v.Credential.Kind == viewer.Token {
			return fault.New(fault.ProgramOnly)
		}
		o, err := s.opening(ctx, st, in, v.Tenant, in.Admin.User)
		if err != nil {
			return err
		}
		if o.Tenant.Region != v.Region {
			return fault.New(fault.TenantRegion, "value", v.Region, "want", o.Tenant.Region)
		}
		o.Tenant.Demo = in.Demo
		if err := s.unused(ctx, st, o); err != nil {
			return err
		}
		if err := st.FoundTenant(ctx, o); err != nil {
			return err
		}
		made = &o.Tenant
		return recordOpening(ctx, "tenant:found", o)
	})
	return made, err
}

func recordOpening(ctx context.Context, action string, o Opening) error {
	return audit.Record(ctx, action, "tenant", o.Tenant.ID, map[string]any{
		"kind": o.Tenant.Kind, "unit": o.Tenant.Unit, "region": o.Tenant.Region, "name": o.Tenant.Name, "admin": o.Admin.User,
	})
}

// opening checks what was entered and derives kind, region and role.
func (s *Service) opening(ctx context.Context, st Store, in Opened, id, by uuid.UUID) (Opening, error) {
	unit, err := st.UnitByCode(ctx, in.UnitCode)
	if fault.CodeOf(err) == fault.NotFound {
		err = fault.New(fault.UnitUnknown, "code", in.UnitCode).At("unitCode")
	}
	if err != nil {
		return Opening{}, err
	}
	line, err := st.UnitLine(ctx, unit.ID)
	if err != nil {
		return Opening{}, err
	}
	role, possible := adminRole[unit.Level]
	if !possible {
		return Opening{}, fault.New(fault.TenantLevel, "name", unit.ShownName).At("unitCode")
	}
	region := regionOf(line)
	if region == "" {
		return Opening{}, fault.New(fault.TenantRegionUnknown, "name", unit.ShownName).At("unitCode")
	}
	var bad fault.List
	name, ok := clean(cmp.Or(in.Name, unit.ShownName), 100)
	if !ok {
		bad = append(bad, fault.New(fault.NameInvalid, "value", in.Name, "most", "100").At("name"))
	}
	person, ok := clean(in.Admin.Name, longestName)
	if !ok {
		bad = append(bad, fault.New(fault.PersonNameInvalid, "value", in.Admin.Name).At("adminName"))
	}
	zone := cmp.Or(in.TimeZone, "Asia/Shanghai")
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		bad = append(bad, fault.New(fault.Invalid, "value", zone, "want", "Asia/Shanghai").At("timeZone"))
	}
	return Opening{
		Tenant: Tenant{ID: id, Kind: unit.Level, Name: name, Unit: unit.ID, Region: region, TimeZone: zone},
		At:     s.moment(), GrantedBy: by, Login: in.Admin.Login, Hash: in.Admin.Hash, Role: string(role),
		Admin: Person{ID: newID(), Pseudonym: newPseudonym(), Name: person, User: in.Admin.User},
	}, bad.Err()
}

// unused refuses a login that somebody has.
func (s *Service) unused(ctx context.Context, st Store, o Opening) error {
	taken, err := st.LoginTaken(ctx, o.Login)
	if err == nil && taken {
		err = fault.New(fault.AlreadyExists, "value", o.Login).At("adminLogin")
	}
	return err
}

// regionOf is the code of the county that a unit is or belongs to; of the
// prefecture for its own rows and for townships without a county between.
func regionOf(line []*Unit) string {
	for _, level := range []string{"county", "prefecture"} {
		for _, u := range line {
			if u.Level == level && u.Code != "" {
				return u.Code
			}
		}
	}
	return ""
}

// Tenant is the viewer's own.
func (s *Service) Tenant(ctx context.Context) (*Tenant, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.tenantsByID(ctx, []uuid.UUID{v.Tenant})
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound)
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// Tenants lists those whose published rows the viewer may read, the own one
// among them.
func (s *Service) Tenants(ctx context.Context) ([]*Tenant, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.gate.Require(ctx, authz.TenantRead, uuid.Nil); err != nil {
		return nil, err
	}
	return s.tenantsByID(ctx, v.Readable)
}

func (s *Service) tenantsByID(ctx context.Context, ids []uuid.UUID) ([]*Tenant, error) {
	var list []*Tenant
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		list, err = st.TenantsByID(ctx, ids)
		return err
	})
	return list, err
}
