package identity

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
)

// TenantPolicy is what a tenant asks of its people beyond the operator's policy.
// Zeros are the operator's values.
type TenantPolicy struct {
	SecondFactor       bool
	IdleMinutes        int // a session unused for longer ends, 5 to 1440
	AbsoluteMinutes    int // a session's longest life, 15 to 10080
	PasswordLeast      int // characters, 8 to 64
	PasswordDays       int // after so many a new one is asked for, 30 to 3650
	PasswordRemembered int // so many are not taken again, to 24
}

// Effective is the policy that holds for people of a tenant: the stricter of the
// operator's and the tenant's in each respect.
type Effective struct {
	TenantPolicy
	PasswordClasses int
}

// Policy gives what the viewer's tenant asks for, and what holds with the
// operator's policy. Everybody signed in may know it.
func (s *Service) Policy(ctx context.Context) (own TenantPolicy, holds Effective, err error) {
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		own, err = st.TenantSignInPolicy(ctx)
		return err
	})
	return own, s.effective(own), err
}

func (s *Service) effective(own TenantPolicy) Effective {
	p := s.passwords.stricter(PasswordPolicy{Least: own.PasswordLeast, Days: own.PasswordDays, Remembered: own.PasswordRemembered})
	idle := shorter(s.idle, time.Duration(own.IdleMinutes)*time.Minute)
	absolute := shorter(s.absolute, time.Duration(own.AbsoluteMinutes)*time.Minute)
	return Effective{PasswordClasses: p.Classes, TenantPolicy: TenantPolicy{SecondFactor: own.SecondFactor,
		IdleMinutes: int(idle / time.Minute), AbsoluteMinutes: int(absolute / time.Minute),
		PasswordLeast: p.Least, PasswordDays: p.Days, PasswordRemembered: p.Remembered}}
}

// ChangePolicy sets what the viewer's tenant asks for. It takes the right to
// grant. A value laxer than the operator's is refused. Asking everybody for a
// second factor takes a session with one, and ends every session without.
func (s *Service) ChangePolicy(ctx context.Context, p TenantPolicy) error {
	v, err := withSession(ctx)
	if err != nil {
		return err
	}
	if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
		return err
	}
	if err := s.checkPolicy(p); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
			return err
		}
		before, err := st.TenantSignInPolicy(ctx)
		if err != nil {
			return err
		}
		if err := st.SaveTenantSignInPolicy(ctx, v.User, p); err != nil {
			return err
		}
		if p.SecondFactor && !before.SecondFactor {
			if err := s.beginAsking(ctx, st, v.Credential.Hash); err != nil {
				return err
			}
		}
		return audit.Record(ctx, "sign-in-policy:change", "tenant", v.Tenant, map[string]any{"before": before, "after": p})
	})
}

// beginAsking ends every session without a second factor, which must not be the
// one that asks.
func (s *Service) beginAsking(ctx context.Context, st Store, session [32]byte) error {
	facts, err := st.SessionFactsOf(ctx, session)
	if err != nil {
		return err
	}
	if facts == nil || !facts.Strong {
		return fault.New(fault.PolicyFactorFirst).At("secondFactor")
	}
	return st.CloseWeakSessions(ctx)
}

func (s *Service) checkPolicy(p TenantPolicy) error {
	operator := s.effective(TenantPolicy{})
	longestPasswordLife := 3650
	if operator.PasswordDays > 0 {
		longestPasswordLife = operator.PasswordDays
	}
	var bad fault.List
	for _, c := range []struct {
		field              string
		value, least, most int
	}{
		{"idleMinutes", p.IdleMinutes, 5, min(operator.IdleMinutes, 1440)},
		{"absoluteMinutes", p.AbsoluteMinutes, 15, min(operator.AbsoluteMinutes, 10080)},
		{"passwordLeast", p.PasswordLeast, max(operator.PasswordLeast, 8), 64},
		{"passwordDays", p.PasswordDays, 30, longestPasswordLife},
		{"passwordRemembered", p.PasswordRemembered, operator.PasswordRemembered, 24},
	} {
		if c.value != 0 && (c.value < c.least || c.value > c.most) {
			bad = append(bad, fault.New(fault.PolicyOutOfRange, "value", strconv.Itoa(c.value), "least", strconv.Itoa(c.least), "most", strconv.Itoa(c.most)).At("%s", c.field))
		}
	}
	return bad.Err()
}
