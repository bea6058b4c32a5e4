package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/evidence"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

// fileAddress is where files are read; POST there takes one in.
const fileAddress = "/evidence/"

func storedFile(f *evidence.File) *model.StoredFile {
	if f == nil {
		return nil
	}
	id := globalID(fileKind, f.ID)
	out := &model.StoredFile{ID: id, MediaType: f.MediaType, Bytes: int(f.Bytes), Width: f.Width, Height: f.Height, Name: f.Name, Sha256: f.SHA256,
		URL: fileAddress + id, Stored: f}
	if f.Thumbnail != "" {
		out.ThumbnailURL = filled(fileAddress + id + "/small")
	}
	return out
}

// FileAnswer tells a client what became of an upload, as JSON of the edge.
func FileAnswer(f *evidence.File) any { return storedFile(f) }

func piece(i *evidence.Item) *model.Evidence {
	out := &model.Evidence{ID: globalID(evidenceKind, i.ID), UnitKey: i.Unit, Item: i.Item, Check: i.Check, Kind: model.EvidenceKind(strings.ToUpper(string(i.Kind))),
		TakenOn: i.TakenOn, Note: i.Note, File: storedFile(i.File), AskedRole: i.AskedRole, Withdrawn: i.WithdrawnAt != nil, WithdrawnReason: i.Reason,
		EnteredAt: i.EnteredAt}
	if i.Answer != "" {
		answer := model.KnowledgeAnswer(strings.ToUpper(string(i.Answer)))
		out.Answer = &answer
	}
	if i.Reuses != nil {
		out.Reuses = filled(globalID(evidenceKind, *i.Reuses))
	}
	return out
}

func evidencePage(p paging.Page[*evidence.Item]) *model.EvidenceConnection {
	c := &model.EvidenceConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, piece, func(cursor string, n *model.Evidence) *model.EvidenceEdge {
		return &model.EvidenceEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// pieceAt gives the piece behind a key; null for one the viewer may not see.
func pieceAt(ctx context.Context, key *uuid.UUID) (*model.Evidence, error) {
	if key == nil {
		return nil, nil
	}
	i, err := loadersOf(ctx).pieces.Load(ctx, *key)
	if err != nil {
		return nil, unlessForbidden(unlessUnknown(err))
	}
	return piece(i), nil
}

func evidenceRequest(r *evidence.Request) *model.EvidenceRequest {
	return &model.EvidenceRequest{ID: globalID(evidenceRequestKind, r.ID), UnitKey: r.Unit, Item: r.Item, Check: r.Check,
		Kind: model.EvidenceKind(strings.ToUpper(string(r.Kind))), Note: r.Note, Due: r.Due, AskedOn: r.AskedOn, Answered: r.Given != nil,
		Already: r.Already, GivenKey: r.Given}
}

func missingEvidence(m evidence.Missing) *model.MissingEvidence {
	return &model.MissingEvidence{UnitKey: m.Unit, Item: m.Item, Check: m.Check, Kind: model.EvidenceKind(strings.ToUpper(string(m.Kind))), Have: m.Have, Want: m.Want}
}

func pieceOf(in model.EvidenceAddInput, ids *reader) evidence.Piece {
	p := evidence.Piece{Competition: ids.id(competitionKind, in.Competition, "competition"), Round: ids.optional(roundKind, in.Round, "round"),
		UnitCode: in.UnitCode, Item: or(in.Item), Check: or(in.Check), Kind: kindOf(&in.Kind), TakenOn: in.TakenOn, Note: or(in.Note),
		File: ids.optional(fileKind, in.File, "file"), AskedRole: or(in.AskedRole)}
	if in.Answer != nil {
		p.Answer = evidence.Answer(strings.ToLower(string(*in.Answer)))
	}
	return p
}

func kindOf(k *model.EvidenceKind) evidence.Kind {
	return evidence.Kind(strings.ToLower(string(or(k))))
}

// evidencePayload runs a mutation of one piece.
func evidencePayload(ctx context.Context, clientID *string, ids reader, do func() (*evidence.Item, error)) (*model.EvidencePayload, error) {
	payload := &model.EvidencePayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var i *evidence.Item
		if i, err = do(); err == nil {
			payload.Evidence = piece(i)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func highlight(h *evidence.Highlight) *model.Highlight {
	return &model.Highlight{ID: globalID(highlightKind, h.ID), UnitKey: h.Unit, Dimension: h.Dimension, Item: h.Item, Title: h.Title, Body: h.Body,
		Shared: h.Shared, EnteredOn: h.EnteredOn, EvidenceKeys: h.Evidence, Revision: h.Revision}
}

func highlightPage(p paging.Page[*evidence.Highlight]) *model.HighlightConnection {
	c := &model.HighlightConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, highlight, func(cursor string, n *model.Highlight) *model.HighlightEdge {
		return &model.HighlightEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// highlightPayload runs a mutation of one highlight.
func highlightPayload(ctx context.Context, clientID *string, ids reader, do func() (*evidence.Highlight, error)) (*model.HighlightPayload, error) {
	payload := &model.HighlightPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var h *evidence.Highlight
		if h, err = do(); err == nil {
			payload.Highlight = highlight(h)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func sharedHighlight(h *evidence.Highlight) *model.SharedHighlight {
	return &model.SharedHighlight{ID: globalID(highlightKind, h.ID), Host: h.Host, UnitKey: h.Unit, Dimension: h.Dimension, Item: h.Item, Title: h.Title,
		Body: h.Body, EnteredOn: h.EnteredOn, Files: converted(h.Files, func(id uuid.UUID) string { return fileAddress + globalID(fileKind, id) })}
}

func libraryRubric(language fault.Language) func(evidence.LibraryItem) *model.LibraryRubric {
	return func(i evidence.LibraryItem) *model.LibraryRubric {
		name := i.NameZh
		if language == fault.English && i.NameEn != "" {
			name = i.NameEn
		}
		points, err := exact.Parse(i.Points)
		if err != nil {
			points = exact.Int(0) // the column is numeric: it always parses
		}
		return &model.LibraryRubric{Host: i.Host, Competition: i.Competition, Period: i.Period, Held: i.Held, Item: i.Item, Name: name,
			Dimension: i.Dimension, Points: points, Criteria: i.Criteria}
	}
}

func askingOf(in model.EvidenceAskInput, ids *reader) evidence.Asking {
	return evidence.Asking{Competition: ids.id(competitionKind, in.Competition, "competition"), Round: ids.optional(roundKind, in.Round, "round"),
		UnitCodes: in.UnitCodes, Item: or(in.Item), Check: or(in.Check), Kind: kindOf(&in.Kind), Note: or(in.Note), Due: in.Due, Within: or(in.Within)}
}

func highlightOf(in model.HighlightSaveInput, ids *reader) evidence.HighlightInput {
	return evidence.HighlightInput{ID: ids.optional(highlightKind, in.Highlight, "highlight"), Revision: or(in.Revision), UnitCode: in.UnitCode,
		Competition: ids.optional(competitionKind, in.Competition, "competition"), Round: ids.optional(roundKind, in.Round, "round"), Item: or(in.Item),
		Dimension: in.Dimension, Title: in.Title, Body: or(in.Body), Evidence: ids.all(evidenceKind, in.Evidence, "evidence")}
}

// unlessForbidden gives nothing where the viewer may read no evidence at all.
func unlessForbidden(err error) error {
	if fault.CodeOf(err) == fault.Forbidden {
		return nil
	}
	return err
}
