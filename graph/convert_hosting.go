package graph

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/hosting"
	"leitai/internal/paging"
)

const megabyte = 1 << 20

func megabytes(n int64) int { return int((n + megabyte - 1) / megabyte) }

func bytesOf(n *int) *int64 {
	if n == nil {
		return nil
	}
	all := int64(*n) * megabyte
	return &all
}

func long(n *int) *int64 {
	if n == nil {
		return nil
	}
	all := int64(*n)
	return &all
}

// short is a count as the contract tells it, which has 32 bits.
func short(n *int64) *int {
	if n == nil {
		return nil
	}
	all := int(min(*n, math.MaxInt32))
	return &all
}

func planOf(p *hosting.Plan) *model.Plan {
	out := &model.Plan{Key: p.Key, Name: p.Zh, NameEn: p.En, Villages: p.Villages, Requests: short(p.Requests), Days: p.Days}
	if p.Bytes != nil {
		n := megabytes(*p.Bytes)
		out.StorageMegabytes = &n
	}
	return out
}

func planIfAny(p *hosting.Plan) *model.Plan {
	if p == nil {
		return nil
	}
	return planOf(p)
}

func accessOf(s hosting.State) model.TenantState {
	return model.TenantState(strings.ToUpper(strings.ReplaceAll(string(s), "-", "_")))
}

// stepLabels are what a step is about.
var stepLabels = map[hosting.StepKey][2]string{
	hosting.StepVillages:    {"确认参评的村（社区）", "say which villages take part"},
	hosting.StepAdoption:    {"与上级单位建立归口关系", "agree to the adoption with the tenant above"},
	hosting.StepTemplate:    {"从方案库选择方案", "choose a scheme of the library"},
	hosting.StepActivate:    {"审定启用方案", "activate the template"},
	hosting.StepCompetition: {"设立擂台", "create the competition"},
	hosting.StepCalendar:    {"排定轮次", "date its rounds"},
	hosting.StepPeople:      {"邀请经办人和评委", "invite a clerk and judges"},
	hosting.StepNotice:      {"下发第一轮评比通知", "issue the notice of the first round"},
}

func setupOf(s *hosting.Setup, language fault.Language) *model.Setup {
	return &model.Setup{Access: accessOf(s.State), Plan: planIfAny(s.Plan), PlanUntil: s.Until, Warnings: warnings(s.Warnings, language),
		Steps: converted(s.Steps, func(step hosting.Step) *model.SetupStep {
			label := stepLabels[step.Key]
			return &model.SetupStep{Key: model.SetupStepKey(strings.ToUpper(string(step.Key))), Label: inWords(label[0], label[1], language), Done: step.Done, Next: step.Next, Have: step.Have}
		}),
		Villages: converted(s.Villages, func(v *hosting.Village) *model.SetupVillage {
			return &model.SetupVillage{UnitKey: v.Unit, TakesPart: v.TakesPart, Confirmed: v.Confirmed}
		})}
}

func usageOf(u *hosting.Usage, language fault.Language) *model.Usage {
	return &model.Usage{Plan: planIfAny(u.Plan), PlanUntil: u.Until, Access: accessOf(u.State), Villages: int(u.Villages), StorageMegabytes: megabytes(u.Bytes),
		TokenRequests: *short(&u.Tokens), SessionRequests: *short(&u.Sessions), Warnings: warnings(u.Warnings, language),
		Days: converted(u.Days, func(d hosting.Day) *model.UsageDay {
			return &model.UsageDay{Day: calendar.FromTime(d.Day, time.UTC), SessionRequests: *short(&d.Sessions), TokenRequests: *short(&d.Tokens)}
		})}
}

func scopeOf(scope *model.StatementScope) hosting.Scope {
	if scope == nil {
		return hosting.Own
	}
	return hosting.Scope(strings.ToLower(string(*scope)))
}

func statementLine(l hosting.Line) *model.StatementLine {
	return &model.StatementLine{Subject: globalID(tenantKind, l.Tenant), Name: l.Name, UnitCode: l.UnitCode, Plan: filled(l.Plan), SessionRequests: *short(&l.Sessions),
		TokenRequests: *short(&l.Tokens), StorageMegabytes: megabytes(l.Bytes), Villages: int(l.Villages), RoundsPublished: int(l.Rounds)}
}

func signup(s *hosting.Signup) *model.Signup {
	return &model.Signup{ID: globalID(signupKind, s.ID), UnitKey: s.Unit, Applicant: s.Applicant, Office: s.Office, Phone: s.Phone, Login: s.Login,
		Preset: filled(s.Preset), Note: s.Note, State: model.SignupState(strings.ToUpper(string(s.State))), SubmittedOn: s.SubmittedAt, DecidedOn: s.DecidedAt,
		Reason: s.Reason, UnitTaken: s.Taken}
}

func hold(h *hosting.Hold) *model.TenantHold {
	return &model.TenantHold{ID: globalID(holdKind, h.ID), Access: accessOf(h.Access), Reason: h.Reason, PlacedOn: h.PlacedAt, LiftedOn: h.LiftedAt}
}

func hosted(h *hosting.Hosted) *model.HostedTenant {
	return &model.HostedTenant{Subject: globalID(tenantKind, h.Tenant), Name: h.Name, Kind: model.TenantKind(strings.ToUpper(h.Kind)), UnitCode: h.UnitCode,
		OpenedOn: h.CreatedAt, Access: accessOf(h.State), Plan: filled(h.Plan), PlanUntil: h.Until}
}

func hostedPage(p paging.Page[*hosting.Hosted]) *model.HostedTenantConnection {
	c := &model.HostedTenantConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, hosted, func(cursor string, n *model.HostedTenant) *model.HostedTenantEdge {
		return &model.HostedTenantEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// glass tells a record as it is at a moment.
func glass(moment time.Time) func(*hosting.Glass) *model.BreakGlass {
	return func(g *hosting.Glass) *model.BreakGlass {
		return &model.BreakGlass{ID: globalID(glassKind, g.ID), TenantName: g.Place.Name, OperatorLogin: g.Login, Reason: g.Reason, Hours: g.Hours,
			State: model.BreakGlassState(strings.ToUpper(string(g.StateAt(moment)))), AskedOn: g.AskedAt, OpenedOn: g.OpenedAt, Until: g.Until, EndedOn: g.EndedAt}
	}
}

// hostedPayload runs a mutation upon a tenant.
func hostedPayload(ctx context.Context, clientID *string, do func() (*hosting.Hosted, error)) (*model.HostedTenantPayload, error) {
	payload := &model.HostedTenantPayload{ClientMutationID: clientID}
	after, err := do()
	if err == nil {
		payload.Hosted = hosted(after)
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// glassPayload runs a mutation of a reading by break glass.
func (r *Resolver) glassPayload(ctx context.Context, clientID *string, do func() (*hosting.Glass, error)) (*model.BreakGlassPayload, error) {
	payload := &model.BreakGlassPayload{ClientMutationID: clientID}
	g, err := do()
	if err == nil {
		payload.Record = glass(r.Hosting.Moment())(g)
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func (r *Resolver) onGlass(ctx context.Context, in model.BreakGlassRecordInput, do func(context.Context, uuid.UUID) (*hosting.Glass, error)) (*model.BreakGlassPayload, error) {
	return r.glassPayload(ctx, in.ClientMutationID, func() (*hosting.Glass, error) {
		id, err := idAt(glassKind, in.Record, "record")
		if err != nil {
			return nil, err
		}
		return do(ctx, id)
	})
}
