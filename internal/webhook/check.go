package webhook

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"leitai/internal/fault"
)

// check puts a draft of a new endpoint into order and lists what is wrong with it.
func (s *Service) check(ctx context.Context, in *Draft) error {
	bad := in.check()
	if in.Format == DingTalk && in.Secret == "" {
		bad = append(bad, fault.New(fault.Required, "want", "SEC…").At("secret"))
	}
	return s.withAddress(ctx, in.Address, bad)
}

// checkChange is check where address and secret may stay as they are.
func (s *Service) checkChange(ctx context.Context, in *Draft) error {
	bad := in.check()
	if in.Address == "" {
		return bad.Err()
	}
	return s.withAddress(ctx, in.Address, bad)
}

// withAddress adds what is wrong with an address. It is looked up here, and again
// whenever it is called.
func (s *Service) withAddress(ctx context.Context, address string, bad fault.List) error {
	if err := s.checkAddress(ctx, address); err != nil {
		var f *fault.Fault
		if !errors.As(err, &f) {
			return err
		}
		bad = append(bad, f.At("address"))
	}
	return bad.Err()
}

func (in *Draft) check() (bad fault.List) {
	in.Name = strings.TrimSpace(in.Name)
	if n := utf8.RuneCountInString(in.Name); n == 0 || n > mostName {
		bad = append(bad, fault.New(fault.Invalid, "value", in.Name, "want", "1–60").At("name"))
	}
	if in.Format != Standard && in.Format != WeCom && in.Format != DingTalk {
		bad = append(bad, fault.New(fault.Invalid, "value", string(in.Format), "want", "standard, wecom, dingtalk").At("format"))
	}
	if in.Secret != "" && (in.Format != DingTalk || len(in.Secret) > 200) {
		bad = append(bad, fault.New(fault.WebhookSecretMade).At("secret"))
	}
	known := Kinds()
	if len(in.Kinds) == 0 {
		bad = append(bad, fault.New(fault.Required, "want", strings.Join(known, ", ")).At("kinds"))
	}
	for i, kind := range in.Kinds {
		if !slices.Contains(known, kind) {
			bad = append(bad, fault.New(fault.WebhookKindUnknown, "value", kind).At("kinds[%d]", i))
		}
	}
	slices.Sort(in.Kinds)
	in.Kinds = slices.Compact(in.Kinds)
	return bad
}

// checkAddress refuses what is no address to be called.
func (s *Service) checkAddress(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || len(address) > mostAddress || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return fault.New(fault.WebhookAddress)
	}
	return s.c.Sender.Check(ctx, address)
}
