package tenancy

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// PostKind is a kind of post. Village posts are links: they tie a person to a
// village, and carry its rewards and deductions on the date of a round (A08).
type PostKind struct {
	Key     string
	Village bool // held at a village; the others at the tenant's unit, one below it or an organisation
	Zh, En  string
}

// postKinds in the order in which they are offered. The keys of links and
// officers are those of the template document.
var postKinds = []PostKind{
	{"secretary", false, "党（工）委书记", "Party secretary"},
	{"mayor", false, "乡镇长（街道办主任）", "mayor"},
	{"deputy-secretary", false, "党（工）委副书记", "deputy Party secretary"},
	{"organisation-member", false, "组织委员", "organisation member"},
	{"discipline-secretary", false, "纪（工）委书记", "discipline secretary"},
	{"leader-in-charge", false, "分管领导", "leader in charge"},
	{"leading-group-head", false, "领导小组组长", "head of the leading group"},
	{"leading-group-first-deputy", false, "领导小组第一副组长", "first deputy head of the leading group"},
	{"leading-group-deputy", false, "领导小组副组长", "deputy head of the leading group"},
	{"leading-group-member", false, "领导小组成员", "member of the leading group"},
	{"office-head", false, "办公室主任", "head of the office"},
	{"office-staff", false, "办公室工作人员", "member of the office"},
	{"finance-officer", false, "财务人员", "finance officer"},
	{"discipline-inspector", false, "纪检干部", "discipline inspector"},
	{"township-cadre", false, "乡镇（街道）干部", "cadre of the township"},
	{"department-head", false, "部门负责人", "head of a department"},
	{"department-staff", false, "部门工作人员", "member of a department"},
	{"unit-liaison", false, "派出单位联络员", "liaison of a sending unit"},
	{"mentor", false, "结对导师", "mentor"},
	{"linked-leader", true, "联村领导", "linked leader"},
	{"resident-cadre", true, "驻村干部", "resident cadre"},
	{"package-cadre", true, "包村干部", "cadre responsible for the village"},
	{"village-secretary", true, "村党组织书记", "village Party secretary"},
	{"village-committee", true, "村“两委”成员", "member of the village committees"},
	{"village-clerk", true, "村级经办人", "village clerk"},
	{"first-secretary", true, "第一书记", "first secretary"},
	{"team-leader", true, "驻村工作队队长", "leader of the work team"},
	{"work-team", true, "驻村工作队队员", "member of the work team"},
	{"group-head", true, "村民小组长", "head of a villagers' group"},
}

// PostKinds lists the kinds of posts; the caller may keep it.
func PostKinds() []PostKind { return slices.Clone(postKinds) }

// PostKindOf describes one kind; false for one that does not exist.
func PostKindOf(key string) (PostKind, bool) {
	i := slices.IndexFunc(postKinds, func(k PostKind) bool { return k.Key == key })
	if i < 0 {
		return PostKind{}, false
	}
	return postKinds[i], true
}

// LinkKinds lists the kinds that tie a person to a village.
func LinkKinds() []string {
	var keys []string
	for _, k := range postKinds {
		if k.Village {
			keys = append(keys, k.Key)
		}
	}
	return keys
}

func kindUnknown(key string) *fault.Fault {
	keys := make([]string, len(postKinds))
	for i, k := range postKinds {
		keys[i] = k.Key
	}
	return fault.New(fault.PostKindUnknown, "value", key, "want", strings.Join(keys, ", "))
}

// checkPlace refuses a post at a unit where its kind is not held.
func checkPlace(kind PostKind, unit *Unit) *fault.Fault {
	village := unit.Level == "village" || unit.Level == "group"
	switch {
	case kind.Village && !village:
		return fault.New(fault.PostUnitLevel, "kind", kind.Key, "want", "村（社区） village")
	case !kind.Village && village:
		return fault.New(fault.PostUnitLevel, "kind", kind.Key, "want", "村以上单位 a unit above the village")
	}
	return nil
}

// EndPost ends a post on a date, the first on which it is no longer held. A
// post that has ended can only be made to end earlier.
func (s *Service) EndPost(ctx context.Context, id uuid.UUID, on calendar.Date) (*Post, error) {
	var ended *Post
	err := s.change(ctx, authz.PostWrite, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		p, err := st.PostByID(ctx, id)
		if err != nil {
			return err
		}
		if !on.After(p.From) {
			return fault.New(fault.PostPeriodInvalid).At("on")
		}
		if !p.To.IsZero() && on.After(p.To) {
			return fault.New(fault.PostEnded, "to", p.To.String()).At("on")
		}
		before := p.To
		if p.To = on; before == on {
			ended = p
			return nil
		}
		if err := st.SetPostEnd(ctx, id, on); err != nil {
			return err
		}
		ended = p
		return audit.Record(ctx, "post:end", "post", id, map[string]any{"person": p.Person, "kind": p.Kind, "unit": p.Unit, "to": on.String()})
	})
	return ended, err
}

// Links lists who is linked to each of the villages on a date, in which role
// (A08); no village named: to any of the tenant's. A transfer shows from its
// day on, and what was before stays as it was.
func (s *Service) Links(ctx context.Context, villages []uuid.UUID, date calendar.Date) ([]Link, error) {
	var links []Link
	err := s.look(ctx, authz.RoundRead, func(ctx context.Context, st Store) (err error) {
		links, err = st.LinksOn(ctx, villages, LinkKinds(), date)
		return err
	})
	return links, err
}
