package graph

import (
	"encoding/base64"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
)

// kind is the type an id names; it is part of every global id, so that the id
// of one type is never taken for that of another.
type kind string

// The types that have global ids.
const (
	unitKind          kind = "Unit"
	tenantKind        kind = "Tenant"
	personKind        kind = "Person"
	postKind          kind = "Post"
	userKind          kind = "User"
	organisationKind  kind = "Organisation"
	grantKind         kind = "Grant"
	tokenKind         kind = "ApiToken"
	templateKind      kind = "TemplateVersion"
	competitionKind   kind = "Competition"
	roundKind         kind = "Round"
	publicationKind   kind = "Publication"
	markKind          kind = "Mark"
	outcomeKind       kind = "Outcome"
	entryKind         kind = "AccountEntry"
	rollupKind        kind = "Rollup"
	issueKind         kind = "Issue"
	proposalKind      kind = "UnitProposal"
	taskKind          kind = "Task"
	findingKind       kind = "Finding"
	handoverKind      kind = "Handover"
	pairKind          kind = "Pair"
	exchangeKind      kind = "Exchange"
	submissionKind    kind = "Submission"
	teamKind          kind = "Team"
	figureKind        kind = "Figure"
	gradeDecisionKind kind = "GradeDecision"

	fileKind            kind = "StoredFile"
	evidenceKind        kind = "Evidence"
	evidenceRequestKind kind = "EvidenceRequest"
	highlightKind       kind = "Highlight"
	visitKind           kind = "Visit"
	supervisionKind     kind = "Supervision"
	pollKind            kind = "Poll"
	comparisonKind      kind = "ComparisonPublication"
	objectionKind       kind = "Objection"
	signupKind          kind = "Signup"
	holdKind            kind = "TenantHold"
	glassKind           kind = "BreakGlass"
	invitationKind      kind = "Invitation"
	serviceKind         kind = "ServiceAccount"
	officeFormKind      kind = "OfficeForm"
	jobKind             kind = "Job"
	appKind             kind = "App"
	appConsentKind      kind = "AppConsent"
	webhookKind         kind = "WebhookEndpoint"
	deliveryKind        kind = "WebhookDelivery"
	inboxKind           kind = "InboxItem"
	trustedKind         kind = "TrustedDocument"
)

// FormID is the global id of an office's own form, for the answer to its upload.
func FormID(id uuid.UUID) string { return globalID(officeFormKind, id) }

// idEncoding refuses trailing bits that are not zero, so that an id has one
// spelling.
var idEncoding = base64.RawURLEncoding.Strict()

// globalID makes the opaque id of an object.
func globalID(k kind, id uuid.UUID) string {
	return paging.GlobalID(string(k), id)
}

// GlobalID makes the opaque id of an object of a type, for whoever names one
// outside the contract: addresses of documents, tests.
func GlobalID(typeName string, id uuid.UUID) string { return globalID(kind(typeName), id) }

// OpenID takes a global id apart into the type's name and the key; false for
// anything that is none.
func OpenID(text string) (typeName string, key uuid.UUID, ok bool) {
	k, key, ok := openID(text)
	return string(k), key, ok
}

// openID takes a global id apart; false for anything globalID did not make.
func openID(text string) (kind, uuid.UUID, bool) {
	if strings.ContainsAny(text, "\r\n") { // the decoder would skip line breaks
		return "", uuid.Nil, false
	}
	data, err := idEncoding.DecodeString(text)
	if err != nil || len(data) < 18 {
		return "", uuid.Nil, false
	}
	name, raw := data[:len(data)-16], data[len(data)-16:]
	if name[len(name)-1] != ':' {
		return "", uuid.Nil, false
	}
	return kind(name[:len(name)-1]), uuid.UUID(raw), true
}

// idOf reads an id of a kind. One that is malformed or of another kind is
// NOT_FOUND, like one that names nothing: an answer tells nothing about ids.
func idOf(k kind, text string) (uuid.UUID, error) {
	have, id, ok := openID(text)
	if !ok || have != k {
		return uuid.Nil, fault.New(fault.NotFound)
	}
	return id, nil
}

// idAt is idOf with the field in which the id was sent.
func idAt(k kind, text, field string) (uuid.UUID, error) {
	var r reader
	id := r.id(k, text, "%s", field)
	return id, r.err()
}

// reader reads the ids of an input and lists every one that names nothing with
// its field.
type reader struct{ bad fault.List }

func (r *reader) id(k kind, text, format string, args ...any) uuid.UUID {
	id, err := idOf(k, text)
	if err != nil {
		r.bad = append(r.bad, fault.New(fault.NotFound).At(format, args...))
	}
	return id
}

// optional gives nil for an id that was not sent.
func (r *reader) optional(k kind, text *string, format string, args ...any) *uuid.UUID {
	if text == nil {
		return nil
	}
	id := r.id(k, *text, format, args...)
	return &id
}

func (r *reader) all(k kind, texts []string, field string) []uuid.UUID {
	ids := make([]uuid.UUID, len(texts))
	for i, text := range texts {
		ids[i] = r.id(k, text, "%s[%d]", field, i)
	}
	return ids
}

// made reads a UUID that the client made.
func (r *reader) made(text, format string, args ...any) uuid.UUID {
	id, err := uuid.Parse(text)
	if err != nil || len(text) != 36 || id == uuid.Nil {
		r.bad = append(r.bad, fault.New(fault.Invalid, "value", text, "want", "UUID").At(format, args...))
	}
	return id
}

func (r *reader) err() error { return r.bad.Err() }
