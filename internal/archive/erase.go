package archive

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Known is what is known of a person before the erasure.
type Known struct {
	ID        uuid.UUID
	Pseudonym string
	Name      string // "" once erased
	User      uuid.UUID
	Login     string
	Home      bool // the tenant is the account's home
	Elsewhere bool // another tenant relies on the account
}

// Counted is a number of things that go or stay, by a stable key: of the own
// list, or the table in which the pseudonym stays.
type Counted struct {
	Key   string
	Count int
}

// Keys of what goes.
const (
	GoesName        = "name"
	GoesFacts       = "facts"
	GoesGrants      = "grants"
	GoesTokens      = "tokens"
	GoesSessions    = "sessions"
	GoesFactors     = "factors"
	GoesInvitations = "invitations"
	GoesAccount     = "account"
)

// Duty is something the person still has to hand over.
type Duty struct {
	Kind string // post, item, panel, issue, task, posting, visit, administrator
	ID   uuid.UUID
}

// Mention is a row whose free text holds the name or the login: a person looks
// at it and decides, because a text may mean somebody else.
type Mention struct {
	Table, Column string
	ID            uuid.UUID
	Sealed        bool // nobody can change it: published, or the audit
}

// Erasure is what an erasure does, told before it is done.
type Erasure struct {
	Known    Known
	Goes     []Counted
	Stays    []Counted
	Duties   []Duty
	Mentions []Mention
	More     bool // there are mentions beyond those told
}

// KeptErasure is where a person's traces are.
type KeptErasure interface {
	// PersonKnown gives a person of the tenant; NOT_FOUND.
	PersonKnown(ctx context.Context, id uuid.UUID) (Known, error)
	// PersonTraces counts what goes, and where the pseudonym stays.
	PersonTraces(ctx context.Context, k Known) (goes, stays []Counted, err error)
	PersonDuties(ctx context.Context, k Known, adminRoles []string, at time.Time) ([]Duty, error)
	// PersonMentions searches every text of the tenant, most of them at most.
	PersonMentions(ctx context.Context, words []string, most int) ([]Mention, error)
	DropPersonName(ctx context.Context, person uuid.UUID) (bool, error)
	SetPersonUser(ctx context.Context, person uuid.UUID, user *uuid.UUID) error
	EndPersonInvitations(ctx context.Context, person uuid.UUID, at time.Time) error
	RaiseEpoch(ctx context.Context) (int64, error)
	// EraseAccount ends what the user holds here, and tells whether the account
	// itself is gone.
	EraseAccount(ctx context.Context, user uuid.UUID, at time.Time, epoch int64) (bool, error)
}

// mostMentions are told of one person.
const mostMentions = 1000

// Preview tells what the erasure of a person would do, and changes nothing.
func (s *Service) Preview(ctx context.Context, person uuid.UUID) (*Erasure, error) {
	if err := s.c.Gate.Require(ctx, authz.PersonWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var e *Erasure
	err := s.c.Read(ctx, func(ctx context.Context, st Store) (err error) {
		e, err = s.foresee(ctx, st, person)
		return err
	})
	return e, err
}

func (s *Service) foresee(ctx context.Context, st Store, person uuid.UUID) (*Erasure, error) {
	e := &Erasure{}
	var err error
	if e.Known, err = st.PersonKnown(ctx, person); err != nil {
		return nil, err
	}
	if e.Goes, e.Stays, err = st.PersonTraces(ctx, e.Known); err != nil {
		return nil, err
	}
	if e.Duties, err = s.duties(ctx, st, e.Known); err != nil {
		return nil, err
	}
	words := e.Known.words()
	if len(words) == 0 {
		return e, nil
	}
	if e.Mentions, err = st.PersonMentions(ctx, words, mostMentions+1); err != nil {
		return nil, err
	}
	if len(e.Mentions) > mostMentions {
		e.Mentions, e.More = e.Mentions[:mostMentions], true
	}
	return e, nil
}

// words are what a text would call the person by.
func (k Known) words() []string {
	var words []string
	for _, w := range []string{k.Name, k.Login} {
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}

func (s *Service) duties(ctx context.Context, st Store, k Known) ([]Duty, error) {
	var admins []string
	for _, r := range s.c.Gate.RolesWith(authz.GrantWrite) {
		admins = append(admins, string(r))
	}
	return st.PersonDuties(ctx, k, admins, s.moment())
}

// Erase takes name and account of a person away for good (G12): the key from
// pseudonym to name, the link to the account, its roles, tokens and sessions
// here, open invitations, and the account itself where this tenant is its home
// and no other one relies on it. Results, published bundles and the audit keep
// the pseudonym and the id of the user, and verify as before. Whoever holds open
// duties hands them over first; texts that mention the name are told by Preview
// and changed by nobody but people. Doing it again changes nothing. The audit
// keeps the act and its reason, and no name.
func (s *Service) Erase(ctx context.Context, person uuid.UUID, reason string) error {
	why, ok := reasonOf(reason)
	if !ok {
		return fault.New(fault.ReasonMissing).At("reason")
	}
	return s.change(ctx, authz.PersonWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		k, err := st.PersonKnown(ctx, person)
		if err != nil || k.Name == "" && k.User == uuid.Nil {
			return err
		}
		if err := s.mayErase(ctx, v, st, k, why); err != nil {
			return err
		}
		gone, err := s.erase(ctx, st, k)
		if err != nil {
			return err
		}
		return audit.Record(ctx, "person:erase", "person", person, map[string]any{"account": gone}, audit.Because(why))
	})
}

func (s *Service) mayErase(ctx context.Context, v *viewer.Viewer, st Store, k Known, why string) error {
	if k.User != uuid.Nil && k.User == v.User {
		return fault.New(fault.PersonEraseSelf).At("person")
	}
	for _, word := range k.words() {
		if strings.Contains(why, word) {
			return fault.New(fault.PersonReasonNames).At("reason")
		}
	}
	duties, err := s.duties(ctx, st, k)
	if err == nil && len(duties) > 0 {
		err = fault.New(fault.PersonDuties, "value", strconv.Itoa(len(duties))).At("person")
	}
	return err
}

func (s *Service) erase(ctx context.Context, st Store, k Known) (accountGone bool, err error) {
	if _, err := st.DropPersonName(ctx, k.ID); err != nil {
		return false, err
	}
	if err := st.EndPersonInvitations(ctx, k.ID, s.moment()); err != nil {
		return false, err
	}
	if k.User == uuid.Nil {
		return false, nil
	}
	if err := st.SetPersonUser(ctx, k.ID, nil); err != nil {
		return false, err
	}
	epoch, err := st.RaiseEpoch(ctx)
	if err != nil {
		return false, err
	}
	return st.EraseAccount(ctx, k.User, s.moment(), epoch)
}
