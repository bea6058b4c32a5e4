package webhook

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"leitai/internal/fault"
)

// strict is a sender that refuses every host but one, and calls nothing.
type strict struct{ Sender }

func (strict) Check(_ context.Context, address string) error {
	if strings.HasPrefix(address, "https://hooks.example") {
		return nil
	}
	return fault.New(fault.WebhookInside)
}

// Whatever is wrong with a draft is listed at once, each with its field.
func TestDraftsSayEverythingThatIsWrong(t *testing.T) {
	t.Parallel()
	s := New(Config{Sender: strict{}, Now: time.Now})
	good := Draft{Name: "数据中心", Address: "https://hooks.example/in?key=k", Format: Standard, Kinds: []string{"round.opened"}}
	for name, c := range map[string]struct {
		change func(*Draft)
		want   []string
	}{
		"right":                          {func(*Draft) {}, nil},
		"no name":                        {func(d *Draft) { d.Name = "  " }, []string{"INVALID name"}},
		"a name of 61":                   {func(d *Draft) { d.Name = strings.Repeat("村", 61) }, []string{"INVALID name"}},
		"a name of 60":                   {func(d *Draft) { d.Name = strings.Repeat("村", 60) }, nil},
		"no kinds":                       {func(d *Draft) { d.Kinds = nil }, []string{"REQUIRED kinds"}},
		"kinds there are not":            {func(d *Draft) { d.Kinds = []string{"round.opened", "x", "job.progress"} }, []string{"WEBHOOK_KIND_UNKNOWN kinds[1]", "WEBHOOK_KIND_UNKNOWN kinds[2]"}},
		"an own secret":                  {func(d *Draft) { d.Secret = "whsec_x" }, []string{"WEBHOOK_SECRET_MADE secret"}},
		"a robot without secret":         {func(d *Draft) { d.Format = DingTalk }, []string{"REQUIRED secret"}},
		"a robot with one":               {func(d *Draft) { d.Format, d.Secret = DingTalk, "SECx" }, nil},
		"another format":                 {func(d *Draft) { d.Format = "feishu" }, []string{"INVALID format"}},
		"inside":                         {func(d *Draft) { d.Address = "https://10.0.0.1/" }, []string{"WEBHOOK_INSIDE address"}},
		"plain":                          {func(d *Draft) { d.Address = "http://hooks.example/" }, []string{"WEBHOOK_ADDRESS address"}},
		"with a password":                {func(d *Draft) { d.Address = "https://a:b@hooks.example/" }, []string{"WEBHOOK_ADDRESS address"}},
		"with a fragment":                {func(d *Draft) { d.Address = "https://hooks.example/#x" }, []string{"WEBHOOK_ADDRESS address"}},
		"too long":                       {func(d *Draft) { d.Address = "https://hooks.example/" + strings.Repeat("x", 1000) }, []string{"WEBHOOK_ADDRESS address"}},
		"no address":                     {func(d *Draft) { d.Address = "" }, []string{"WEBHOOK_ADDRESS address"}},
		"an address that does not parse": {func(d *Draft) { d.Address = "https://hooks.example/%zz" }, []string{"WEBHOOK_ADDRESS address"}},
		"all of it":                      {func(d *Draft) { *d = Draft{} }, []string{"INVALID name", "INVALID format", "REQUIRED kinds", "WEBHOOK_ADDRESS address"}},
	} {
		d := good
		d.Kinds = slices.Clone(good.Kinds)
		c.change(&d)
		var got []string
		for _, f := range fault.All(s.check(t.Context(), &d)) {
			got = append(got, string(f.Code)+" "+f.Field)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	d := good
	d.Address = ""
	if err := s.checkChange(t.Context(), &d); err != nil {
		t.Errorf("an address that stays: %v", err)
	}
	d.Address = "https://10.0.0.1/"
	if err := s.checkChange(t.Context(), &d); !errors.Is(err, fault.New(fault.WebhookInside)) {
		t.Errorf("one that is changed: %v", err)
	}
}

// What may be secret in an address is not shown.
func TestAddressesAreShownWithoutTheirKeys(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://robot.example/send?key=1#x": "https://robot.example/send", "HTTPS://hooks.example:8443/a%2Fb": "https://hooks.example:8443/a%2Fb",
		"https://user:pass@hooks.example/": "https://hooks.example/", "://": "",
	} {
		if got := shown(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
