package viewer_test

import (
	"testing"
	"time"

	"leitai/internal/viewer"
)

func TestDateOfIsTheTenantsDate(t *testing.T) {
	t.Parallel()
	late := time.Date(2023, 3, 31, 16, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{"Asia/Shanghai": "2023-04-01", "UTC": "2023-03-31"} {
		if got, err := (&viewer.Viewer{TimeZone: zone}).DateOf(late); err != nil || got.String() != want {
			t.Errorf("in %s it is %s, want %s (%v)", zone, got, want, err)
		}
	}
	if got, err := (&viewer.Viewer{TimeZone: "Nowhere/Atall"}).DateOf(late); err == nil {
		t.Errorf("a zone that is none gives %s", got)
	}
}
