package telemetry

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
)

// What is counted over all tenants is told as a whole, by words of the program
// alone, and no longer once another process counts.
func TestFiguresAreToldByTheOneThatCounts(t *testing.T) {
	t.Parallel()
	m := NewMetrics("1.2.3")
	f := m.Figures()
	if n := testutil.CollectAndCount(m.Registry, "leitai_rounds", "leitai_authorization_epoch_stored"); n != 0 {
		t.Errorf("%d figures before anything was counted", n)
	}
	f.FiguresCounted("rounds", []Counted{{TenantKind: "township", State: "open", Late: "none", Count: 3}, {TenantKind: "township", State: "open", Late: "over-7", Demo: true, Count: 1}})
	f.FiguresCounted("rounds", []Counted{{TenantKind: "township", State: "open", Late: "1-3", Count: 2}})
	f.FiguresCounted("marks", []Counted{{TenantKind: "county", State: "waiting", Late: "none", Count: 7}})
	f.FiguresCounted("something else", []Counted{{TenantKind: "county"}})
	f.EpochStored(9)
	f.FiguresRead(time.Unix(1700000000, 0), time.Second, true)
	f.PublicationProved("differs", 1)
	want := `
# HELP leitai_rounds Rounds that are not over, by state and days past their day, or past the end of objections.
# TYPE leitai_rounds gauge
leitai_rounds{demo="false",past_due="1-3",state="open",tenant_kind="township"} 2
# HELP leitai_marks_waiting Marks that wait for a second person, in rounds that take marks.
# TYPE leitai_marks_waiting gauge
leitai_marks_waiting{demo="false",tenant_kind="county"} 7
# HELP leitai_publications_differing Publications that this process found not to be reproducible, and not right again since.
# TYPE leitai_publications_differing gauge
leitai_publications_differing 1
`
	if err := testutil.GatherAndCompare(m.Registry, strings.NewReader(want), "leitai_rounds", "leitai_marks_waiting", "leitai_publications_differing"); err != nil {
		t.Error(err)
	}
	f.FiguresOver()
	if n := testutil.CollectAndCount(m.Registry, "leitai_rounds", "leitai_marks_waiting", "leitai_authorization_epoch_stored"); n != 0 {
		t.Errorf("%d figures after another process took over", n)
	}
}

// A program without metrics measures nothing and breaks nowhere.
func TestNothingIsMeasuredWithoutMetrics(t *testing.T) {
	t.Parallel()
	var m *Metrics
	m.Figures().FiguresCounted("rounds", nil)
	m.Figures().FiguresOver()
	m.Figures().FiguresRead(time.Time{}, 0, false)
	m.Figures().EpochStored(1)
	m.Figures().PublicationProved("differs", 1)
	m.Rounds().PublishRefused("X")
	m.Rounds().Burdened(3)
	m.Crossed()("database")
}
