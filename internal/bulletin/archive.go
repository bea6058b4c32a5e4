package bulletin

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
)

// VillageSheet is what the archive of one village is made of.
type VillageSheet struct {
	Unit         uuid.UUID
	Name         string
	Publications []uuid.UUID // the revision in force of each round, oldest first
	Rounds       []uuid.UUID // rounds with a notice, oldest first
	Evidence     []EvidenceLine
	Last         calendar.Date // the latest day of anything in it
}

// EvidenceLine is one piece of evidence of the village (B04).
type EvidenceLine struct {
	Item  string
	Kind  string // document | photo | observed | interview
	Title string
	Date  calendar.Date
	Where string // address under which the file is kept; "" where there is none
}

// Archive makes the electronic archive of one village (B07): an index, the
// notices and bulletins of its rounds, its own list of problems, and the list of
// its evidence. It is for those who keep the competition, or who work for the
// village; code is the village's.
func (s *Service) Archive(ctx context.Context, competition uuid.UUID, code string) (Paper, error) {
	if err := s.gate.Require(ctx, authz.DocumentRead, uuid.Nil); err != nil {
		return Paper{}, err
	}
	if err := s.fits(ctx, kindArchive); err != nil {
		return Paper{}, err
	}
	var archive paperwork.Archive
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		frame, err := st.CompetitionFrame(ctx, competition)
		if err != nil {
			return err
		}
		village, err := st.VillageSheet(ctx, competition, code)
		if err != nil {
			return err
		}
		if !at(ctx, frame.Home.Tenant) || !s.gate.May(ctx, authz.ResultDraftRead, uuid.Nil) && !s.gate.May(ctx, authz.IssueAnswer, village.Unit) {
			return fault.New(fault.NotFound)
		}
		archive, err = s.archiveOf(ctx, st, frame, competition, village)
		return err
	})
	if err != nil {
		return Paper{}, err
	}
	body, err := archive.Zip()
	return Paper{Name: archive.Village + "电子档案.zip", Type: typeZIP, Body: body}, err
}

func (s *Service) archiveOf(ctx context.Context, st Store, frame *Frame, competition uuid.UUID, village *VillageSheet) (paperwork.Archive, error) {
	out := paperwork.Archive{Paper: paperwork.Paper{Demo: frame.Home.Demo, Trial: frame.Trial, Issuer: frame.Home.Name + "擂台比武领导小组", Date: village.Last},
		Village: village.Name, Over: frame.Competition}
	add := func(folder string, draw func() (paperwork.Document, error)) error {
		document, err := draw()
		if fault.CodeOf(err) == fault.NotFound {
			return nil // not for this reader
		}
		if err != nil {
			return err
		}
		body, err := document.DOCX()
		out.Papers = append(out.Papers, paperwork.ArchivePaper{Folder: folder, Title: document.Title(), Ending: ".docx", Body: body})
		return err
	}
	for _, round := range village.Rounds {
		if err := add("01 通知", func() (paperwork.Document, error) { return drawNotice(ctx, st, round) }); err != nil {
			return out, err
		}
	}
	for _, publication := range village.Publications {
		if err := add("02 通报", func() (paperwork.Document, error) { return s.drawBulletin(ctx, st, publication) }); err != nil {
			return out, err
		}
	}
	issues, err := st.IssueLines(ctx, competition)
	if err != nil {
		return out, err
	}
	var own []IssueLine
	for _, i := range issues {
		if i.Unit == village.Unit {
			own = append(own, i)
		}
	}
	if len(own) > 0 {
		if err := add("03 问题整改", func() (paperwork.Document, error) {
			list, err := s.rectification(ctx, st, frame, village.Name, own)
			if err != nil {
				return paperwork.Document{}, err
			}
			return list.Document()
		}); err != nil {
			return out, err
		}
	}
	for _, e := range village.Evidence {
		out.Evidence = append(out.Evidence, paperwork.ArchiveEvidence{Item: e.Item, Kind: evidence([]string{e.Kind}), Title: e.Title, Date: e.Date.String(), Where: e.Where})
	}
	return out, nil
}
