package graph

import (
	"context"
	"encoding/hex"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/persisted"
)

func trustedDocument(d *persisted.Document) *model.TrustedDocument {
	return &model.TrustedDocument{ID: globalID(trustedKind, d.ID), Hash: hex.EncodeToString(d.Hash[:]), Name: d.Name, Text: d.Text,
		AddedBy: globalID(userKind, d.AddedBy), AddedAt: d.AddedAt, RetiredAt: d.RetiredAt}
}

func trustedPage(p paging.Page[*persisted.Document]) *model.TrustedDocumentConnection {
	c := &model.TrustedDocumentConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, trustedDocument, func(cursor string, n *model.TrustedDocument) *model.TrustedDocumentEdge {
		return &model.TrustedDocumentEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func trustedMode(m *persisted.Mode) *model.TrustedMode {
	made := &model.TrustedMode{SetAt: m.SetAt}
	if m.Token != uuid.Nil {
		made.TokenID = filled(globalID(tokenKind, m.Token))
	}
	return made
}

// trustedPayload runs a mutation of registered operations.
func trustedPayload(ctx context.Context, clientID *string, bad error, do func() ([]*persisted.Document, error)) (*model.TrustedDocumentsPayload, error) {
	payload := &model.TrustedDocumentsPayload{ClientMutationID: clientID, Documents: []*model.TrustedDocument{}}
	err := bad
	if err == nil {
		var list []*persisted.Document
		if list, err = do(); err == nil {
			payload.Documents = converted(list, trustedDocument)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// wanted reads operations to be registered and checks each against the contract.
func wanted(in []*model.TrustedDocumentInput) ([]persisted.Wanted, error) {
	var bad fault.List
	all := make([]persisted.Wanted, len(in))
	for i, d := range in {
		all[i] = persisted.Wanted{Name: d.Name, Text: d.Text}
		if err := checkDocument(d.Text); err != nil {
			bad = append(bad, fault.New(fault.DocumentInvalid, "detail", err.Error()).At("documents[%d].text", i))
		}
	}
	return all, bad.Err()
}

// targetOf reads whose programs are meant: uuid.Nil is every token.
func targetOf(of *model.TrustedTargetInput) (uuid.UUID, error) {
	if of.Token != nil {
		return idAt(tokenKind, *of.Token, "of.token")
	}
	if of.EveryToken == nil || !*of.EveryToken {
		return uuid.Nil, fault.New(fault.Required, "want", "true").At("of.everyToken")
	}
	return uuid.Nil, nil
}
