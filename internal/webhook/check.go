package webhook

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"leitai/internal/fault"
)

// check puts a draft into order and lists what is wrong with it. The address is
// looked up here, and again whenever it is called.
func (s *Service) check(ctx context.Context, in *Draft) error {
	bad := in.check()
	if err := s.checkAddress(ctx, in.Address); err != nil {
		var f *fault.Fault
		if !errors.As(err, &f) {
			return err
		}
		bad = append(bad, f.At("address"))
	}
	if in.Format == DingTalk && in.Secret == "" {
		bad = append(bad, fault.New(fault.Required, "want", "SEC…").At("secret"))
	}
	return bad.Err()
}

// checkChange is check where the address may stay as it is.
func (s *Service) checkChange(ctx context.Context, now *Endpoint, in *Draft) error {
	if in.Address != "" {
		if in.Format == DingTalk && in.Secret == "" {
			in.Secret = "" // the robot's secret stays
		}
		bad := in.check()
		if err := s.checkAddress(ctx, in.Address); err != nil {
			var f *fault.Fault
			if !errors.As(err, &f) {
				return err
			}
			bad = append(bad, f.At("address"))
		}
		return bad.Err()
	}
	return in.check().Err()
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

func hoursText(n int) string { return strconv.Itoa(n) }
