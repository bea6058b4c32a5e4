package tenancy

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// ChangeKind is what becomes of units.
type ChangeKind string

// The kinds of change.
const (
	Provisional ChangeKind = "provisional" // a unit whose code the table does not have
	Merge       ChangeKind = "merge"
	Split       ChangeKind = "split"
	Move        ChangeKind = "move" // below another unit
)

// NewUnit is a unit that a change makes.
type NewUnit struct {
	ID        uuid.UUID `json:"id"`
	Code      string    `json:"code"` // "": not known yet, a provisional unit
	Level     string    `json:"level"`
	LegalName string    `json:"legalName"`
	ShownName string    `json:"shownName"`
}

// Proposal is a change of the tree of units that one person proposes and another
// decides: the tenant above where one adopted the proposer, else a second person
// of the proposer's own.
type Proposal struct {
	ID            uuid.UUID
	Tenant        uuid.UUID
	Kind          ChangeKind
	Units         []uuid.UUID // that merge, split or move
	Target        uuid.UUID   // merge: an existing unit that goes on; provisional and move: under which; uuid.Nil: none
	Made          []NewUnit
	Keep          bool          // split: the unit itself goes on beside the new ones
	Since         calendar.Date // first day of the new order
	Basis         string        // document that ordered it
	State         string        // proposed | accepted | refused
	ProposedBy    uuid.UUID
	ProposedAt    time.Time
	DecidedTenant uuid.UUID
	DecidedAt     *time.Time
	Note          string
}

// ChangeInput is what a change is proposed with; units go by code or, those
// without one, by id.
type ChangeInput struct {
	Kind   ChangeKind
	Units  []uuid.UUID
	Target uuid.UUID
	Made   []NewUnit
	Keep   bool
	Since  calendar.Date
	Basis  string
}

// ProposeChange proposes that units merge, split or move, or that a unit
// missing from the table be entered. Nothing changes before it is decided.
func (s *Service) ProposeChange(ctx context.Context, in ChangeInput) (*Proposal, error) {
	var made *Proposal
	err := s.change(ctx, authz.UnitPropose, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if v.Person == uuid.Nil {
			return fault.New(fault.Forbidden, "permission", string(authz.UnitPropose))
		}
		units, err := st.UnitsByID(ctx, append(slices.Clone(in.Units), in.Target))
		if err != nil {
			return err
		}
		if err := s.checkChange(ctx, st, &in, units); err != nil {
			return err
		}
		for i := range in.Made {
			in.Made[i].ID = newID()
		}
		made = &Proposal{ID: newID(), Tenant: v.Tenant, Kind: in.Kind, Units: in.Units, Target: in.Target, Made: in.Made, Keep: in.Keep && in.Kind == Split,
			Since: in.Since, Basis: in.Basis, State: "proposed", ProposedBy: v.Person, ProposedAt: s.moment()}
		if err := st.InsertProposal(ctx, made); err != nil {
			return err
		}
		return audit.Record(ctx, "unit:propose", "unit-proposal", made.ID, map[string]any{"kind": in.Kind, "units": in.Units, "target": in.Target, "since": in.Since, "basis": in.Basis})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// DecideChange accepts or refuses a proposal; accepting changes the tree. It is
// never the proposer's own decision.
func (s *Service) DecideChange(ctx context.Context, id uuid.UUID, accept bool, note string) (*Proposal, error) {
	var decided *Proposal
	err := s.change(ctx, authz.UnitDecide, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		p, err := st.ProposalByID(ctx, id)
		if err != nil {
			return err
		}
		arbiter, err := st.UnitArbiter(ctx, p.Tenant)
		if err != nil {
			return err
		}
		switch {
		case p.State != "proposed":
			return fault.New(fault.UnitChangeDecided).At("proposal")
		case arbiter != v.Tenant:
			return fault.New(fault.UnitChangeNotYours).At("proposal")
		case p.ProposedBy == v.Person:
			return fault.New(fault.UnitChangeOwn).At("proposal")
		case !accept && strings.TrimSpace(note) == "":
			return fault.New(fault.Required, "want", "理由 / the reason").At("note")
		}
		if err := st.DecideProposal(ctx, id, accept, v.Person, note, s.moment()); err != nil {
			return err
		}
		if decided, err = st.ProposalByID(ctx, id); err != nil {
			return err
		}
		return audit.Record(ctx, "unit:decide", "unit-proposal", id, map[string]any{"accepted": accept, "kind": p.Kind}, audit.Because(note))
	})
	if err != nil {
		return nil, err
	}
	return decided, nil
}

// Proposals lists the changes proposed by the tenant and by those it adopted,
// newest first.
func (s *Service) Proposals(ctx context.Context) ([]*Proposal, error) {
	var all []*Proposal
	err := s.look(ctx, authz.UnitRead, func(ctx context.Context, st Store) (err error) {
		all, err = st.Proposals(ctx)
		return err
	})
	return all, err
}

// checkChange refuses what could not be decided.
func (s *Service) checkChange(ctx context.Context, st Store, in *ChangeInput, known []*Unit) error {
	var bad fault.List
	at := func(id uuid.UUID) *Unit {
		i := slices.IndexFunc(known, func(u *Unit) bool { return u.ID == id && u.To.IsZero() })
		if i < 0 {
			return nil
		}
		return known[i]
	}
	level := ""
	for i, id := range in.Units {
		u := at(id)
		switch {
		case u == nil || !s.gate.May(ctx, authz.UnitPropose, id):
			bad = append(bad, fault.New(fault.NotFound).At("units[%d]", i))
		case u.Level != "village" && u.Level != "group" || level != "" && u.Level != level || slices.Index(in.Units, id) != i:
			bad = append(bad, fault.New(fault.UnitChangeLevel).At("units[%d]", i).About(u.ShownName))
		default:
			level = u.Level
		}
	}
	target := at(in.Target)
	bad = append(bad, in.shape(target, level)...)
	bad = append(bad, in.checkMade(level)...)
	// A unit may move under one that the proposer has nothing to say about; a unit
	// of others and one that does not exist are refused alike.
	if in.Target != uuid.Nil && (target == nil || in.Kind != Move && !s.gate.May(ctx, authz.UnitPropose, in.Target)) {
		bad = append(bad, fault.New(fault.NotFound).At("target"))
	}
	if in.Since.IsZero() {
		bad = append(bad, fault.New(fault.Required, "want", "2023-04-01").At("since"))
	}
	if in.Basis = strings.TrimSpace(in.Basis); in.Basis == "" {
		bad = append(bad, fault.New(fault.Required, "want", "批准文件 / the document that ordered it").At("basis"))
	}
	if len(bad) == 0 {
		return in.codesFree(ctx, st)
	}
	return bad.Err()
}

// shape refuses a change whose numbers do not make it one.
func (in *ChangeInput) shape(target *Unit, level string) fault.List {
	units, made := len(in.Units), len(in.Made)
	ok, want := false, ""
	switch in.Kind {
	case Provisional:
		ok, want = units == 0 && made == 1 && target != nil, "上级单位一个、新单位一个 / one unit above and one new unit"
	case Merge:
		into := 0
		if in.Target != uuid.Nil {
			into = 1
		}
		ok = units >= 2 && made+into == 1 && (in.Target == uuid.Nil || target != nil && slices.Contains(in.Units, in.Target))
		want = "两个以上单位并为其中一个或一个新单位 / two or more units into one of them or one new unit"
	case Split:
		ok, want = units == 1 && made >= 2 || units == 1 && made >= 1 && in.Keep, "一个单位分为两个以上 / one unit into two or more"
		ok = ok && in.Target == uuid.Nil
	case Move:
		ok, want = units == 1 && made == 1 && target != nil, "一个单位、新的上级单位和新名称 / one unit, the unit above it and its name there"
	}
	if ok && target != nil && in.Kind != Merge && !above(target.Level, in.Made[0].Level) {
		ok, want = false, "村在乡镇下、组在村下 / a village below a township, a group below a village"
	}
	_ = level
	if !ok {
		return fault.List{fault.New(fault.UnitChangeShape, "want", want).At("kind")}
	}
	return nil
}

func above(upper, lower string) bool {
	return upper == "township" && lower == "village" || upper == "village" && lower == "group"
}

func (in *ChangeInput) checkMade(level string) fault.List {
	var bad fault.List
	for i := range in.Made {
		m := &in.Made[i]
		if m.Level == "" {
			m.Level = level
		}
		if m.Level != "village" && m.Level != "group" || level != "" && m.Level != level {
			bad = append(bad, fault.New(fault.UnitChangeLevel).At("made[%d].level", i))
		}
		shown, ok := clean(m.ShownName, longestLabel)
		if m.ShownName = shown; !ok {
			bad = append(bad, fault.New(fault.NameInvalid, "value", shown, "most", strconv.Itoa(longestLabel)).At("made[%d].shownName", i))
		}
		if m.LegalName = cmp.Or(strings.TrimSpace(m.LegalName), shown); len([]rune(m.LegalName)) > longestLabel {
			bad = append(bad, fault.New(fault.NameInvalid, "value", m.LegalName, "most", strconv.Itoa(longestLabel)).At("made[%d].legalName", i))
		}
		if m.Code != "" && (len(m.Code) != 12 || !codeForm.MatchString(m.Code) || m.Level != "village") {
			bad = append(bad, fault.New(fault.Invalid, "value", m.Code, "want", "12 位数字 / 12 digits of a village").At("made[%d].code", i))
		}
	}
	return bad
}

func (in *ChangeInput) codesFree(ctx context.Context, st Store) error {
	var codes []string
	for _, m := range in.Made {
		if m.Code != "" {
			codes = append(codes, m.Code)
		}
	}
	if len(codes) == 0 {
		return nil
	}
	taken, err := st.UnitsByCode(ctx, codes)
	if err != nil || len(taken) == 0 {
		return err
	}
	return fault.New(fault.AlreadyExists, "value", taken[0].Code).At("made")
}
