package round

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// What the other townships and the public see of a contest of persons are
// places: no pseudonym, no post, no grade; bottom ranks are hidden as ever. The
// own people see all of it. Where ranks are not shown, colours and grades may be.
// covers Q35, G8
func TestPersonsAreMaskedFromOutsiders(t *testing.T) {
	t.Parallel()
	total, one, three := exact.Int(90), 1, 3
	board := func(show string) *Board {
		row := func(place, name string, rank int, bands ...string) BoardRow {
			return BoardRow{
				Subject: uuid.New(), Kind: template.Person, UnitCode: name, Place: place, Name: place + "村党组织书记", Total: &total, Shown: "90.00", Rank: &rank,
				Light: "green", Parts: []contest.PartValue{{Key: "own"}}, Grades: []RowGrade{{Scale: "annual", Grade: "excellent"}}, Bands: bands, TrackRank: &one,
			}
		}
		return &Board{Show: show, WorstBands: []string{"bottom"}, Rows: []BoardRow{row("一村", "S1", one), row("三村", "S3", three, "bottom")}}
	}
	out := board("ranks")
	out.hide(true)
	if first := out.Rows[0]; first.Subject != uuid.Nil || first.UnitCode != "" || first.Name != "一村" || first.Grades != nil || first.Rank == nil || !out.masked {
		t.Errorf("first, to outsiders: %+v", first)
	}
	if last := out.Rows[1]; last.Rank != nil || last.Shown != "" || last.Bands != nil || last.Light != "" || last.TrackRank != nil || last.Parts != nil {
		t.Errorf("last, to outsiders: %+v", last)
	}
	own := board("ranks")
	own.hide(false)
	if row := own.Rows[1]; row.UnitCode != "S3" || row.Rank == nil || len(row.Grades) != 1 || own.masked {
		t.Errorf("last, to the own people: %+v", row)
	}
	colours := board("none")
	colours.hide(false)
	if row := colours.Rows[0]; row.Rank != nil || row.Total != nil || row.Parts != nil || row.Bands != nil || row.Light != "green" || len(row.Grades) != 1 {
		t.Errorf("without a ranking: %+v", row)
	}
}
