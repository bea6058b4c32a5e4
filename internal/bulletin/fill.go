package bulletin

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
)

// piece is one of the papers that a kind is made of, with what a form of the
// office's own is filled with in its place.
type piece struct {
	name     string // tells it from its neighbours
	document func() (paperwork.Document, error)
	data     paperwork.FormData
}

// one is a paper that stands alone.
func one[D interface {
	Document() (paperwork.Document, error)
	Data() paperwork.FormData
}](d D, err error) ([]piece, error) {
	if err != nil {
		return nil, err
	}
	return []piece{{document: d.Document, data: d.Data()}}, nil
}

// piled lays pieces out one after the other, each on a page of its own.
func piled(all []piece) (paperwork.Document, error) {
	pile := make([]paperwork.Document, len(all))
	for i, p := range all {
		d, err := p.document()
		if err != nil {
			return paperwork.Document{}, err
		}
		pile[i] = d
	}
	return paperwork.Pile(pile...), nil
}

// gatherer gives what makes the pieces of a kind; nil for a kind without forms.
func (s *Service) gatherer(kind string) func(context.Context, Store, uuid.UUID) ([]piece, error) {
	return map[string]func(context.Context, Store, uuid.UUID) ([]piece, error){
		KindBulletin: func(ctx context.Context, st Store, id uuid.UUID) ([]piece, error) {
			return one(s.bulletinOf(ctx, st, id))
		},
		KindNotice: func(ctx context.Context, st Store, id uuid.UUID) ([]piece, error) { return one(noticeOf(ctx, st, id)) },
		KindSummary: func(ctx context.Context, st Store, id uuid.UUID) ([]piece, error) {
			return one(s.summaryFor(ctx, st, id))
		},
		KindGrades: s.gradeTables, KindRegistration: s.registrations, KindEvaluation: s.evaluations,
	}[kind]
}

// Filled fills an office's own form with the data of a paper: of the same
// object, for the same people, and with the same figures as our own layout. What
// is one paper a subject is a zip with a filled form for each, so that a form
// keeps its own headers, footers and page numbers; a single one is the file.
func (s *Service) Filled(ctx context.Context, kind string, id, form uuid.UUID) (Paper, error) {
	if err := s.gate.Require(ctx, authz.DocumentRead, uuid.Nil); err != nil {
		return Paper{}, err
	}
	if err := s.fits(ctx, kind); err != nil {
		return Paper{}, err
	}
	gather := s.gatherer(kind)
	if gather == nil {
		return Paper{}, fault.New(fault.NotFound)
	}
	var out Paper
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		stored, err := st.OfficeForm(ctx, form)
		if err != nil {
			return err
		}
		if stored.Kind != kind {
			return fault.New(fault.NotFound).At("form")
		}
		pieces, err := gather(ctx, st, id)
		if err != nil {
			return err
		}
		out, err = fill(stored, pieces)
		return err
	})
	return out, err
}

// fill puts the data of each piece into the form.
func fill(stored *Form, pieces []piece) (Paper, error) {
	read, err := paperwork.ReadForm(stored.Body)
	if err != nil {
		return Paper{}, err
	}
	var filed []paperwork.ArchivePaper
	title := ""
	for _, p := range pieces {
		paper, err := p.document() // what our own paper cannot be made of, a form cannot either
		if err != nil {
			return Paper{}, err
		}
		body, err := read.Fill(p.data)
		if err != nil {
			return Paper{}, err
		}
		title = paper.Title()
		filed = append(filed, paperwork.ArchivePaper{Title: p.name, Ending: ".docx", Body: body})
	}
	if len(filed) == 1 {
		return Paper{Name: title + "（" + stored.Name + "）.docx", Type: typeDOCX, Body: filed[0].Body}, nil
	}
	body, err := paperwork.Filed(filed)
	return Paper{Name: title + "（" + stored.Name + "）.zip", Type: typeZIP, Body: body}, err
}
