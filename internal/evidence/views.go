package evidence

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
)

// Kind is how a thing was seen (B04).
type Kind string

// The kinds of evidence.
const (
	Document  Kind = "document"  // a paper or file, uploaded or seen on paper
	Photo     Kind = "photo"     // a picture or video
	Observed  Kind = "observed"  // seen on the spot
	Interview Kind = "interview" // asked and answered (是否熟悉、知晓、了解)
)

// Answer is what came of asking (B23).
type Answer string

// The answers of a knowledge check.
const (
	Known       Answer = "known"
	PartlyKnown Answer = "partly"
	Unknown     Answer = "unknown"
)

// File is one stored file.
type File struct {
	ID            uuid.UUID
	Tenant        uuid.UUID
	Key           string // in the store; never told
	Thumbnail     string // key of the small picture; empty for documents
	SHA256        string // hexadecimal, of what is stored
	MediaType     string
	Bytes         int64
	Width, Height int
	Name          string      // what the sender called it
	UploadedBy    uuid.UUID   // who sent it first
	Senders       []uuid.UUID // everybody who sent this content
	UploadedAt    time.Time   // when it was last sent
}

// Item is one piece of evidence.
type Item struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Round       *uuid.UUID
	Unit        uuid.UUID
	Subject     uuid.UUID // the contestant; the unit itself where units compete
	Item, Check string    // keys of the rubric; empty: of the village as a whole
	Kind        Kind
	TakenOn     calendar.Date
	Note        string
	File        *File
	AskedRole   string // interview: the post of whoever was asked
	Answer      Answer
	Reuses      *uuid.UUID // the earlier piece this one takes over (G4)
	Trial       bool
	EnteredBy   uuid.UUID
	EnteredAt   time.Time

	WithdrawnBy *uuid.UUID
	WithdrawnAt *time.Time
	Reason      string // of the withdrawal
}

// Piece is what is entered as evidence.
type Piece struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	UnitCode    string
	Subject     *uuid.UUID // nil: the unit
	Item, Check string
	Kind        Kind
	TakenOn     calendar.Date
	Note        string
	File        *uuid.UUID
	AskedRole   string
	Answer      Answer
}

// Filter narrows a list of evidence. Units nil means all of the tenant.
type Filter struct {
	UnitCode    string
	Competition *uuid.UUID
	Round       *uuid.UUID
	Item        string
	Kind        Kind
	Withdrawn   bool // withdrawn pieces, too
	Units       []uuid.UUID
	Limited     *authz.Sight // to the items of some dimensions; nil: to none
}

// Request is something a village was asked for.
type Request struct {
	ID          uuid.UUID
	Tenant      uuid.UUID
	Competition uuid.UUID
	Round       *uuid.UUID
	Trial       bool
	Unit        uuid.UUID
	Item, Check string
	Kind        Kind
	Note        string
	Due         calendar.Date
	Given       *uuid.UUID // the piece that answers it
	Already     bool       // the village had given it before it was asked (G4)
	AskedBy     uuid.UUID
	AskedOn     calendar.Date
}

// Asking is one wish for evidence from several villages.
type Asking struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	UnitCodes   []string
	Item, Check string
	Kind        Kind
	Note        string
	Due         calendar.Date
	Within      int // days for which an earlier piece still answers; 0 means 365
}

// Missing is a piece that a template wants of a village and that is not there.
type Missing struct {
	Unit        uuid.UUID
	Item, Check string // empty: pictures of the village as a whole
	Kind        Kind
	Have, Want  int
}

// Highlight is good practice of a village (B06, A42).
type Highlight struct {
	ID          uuid.UUID
	Tenant      uuid.UUID
	Host        string // name of the tenant, in the county's library
	Unit        uuid.UUID
	Competition *uuid.UUID
	Round       *uuid.UUID
	Trial       bool
	Item        string
	Dimension   string // of the county's dictionary
	Title, Body string
	Shared      bool
	Evidence    []uuid.UUID // pieces of the own tenant
	Files       []uuid.UUID // their files, in the county's library
	EnteredBy   uuid.UUID
	EnteredOn   calendar.Date
	Revision    int
}

// LibraryItem is an item by which a published round was judged.
type LibraryItem struct {
	Host           string
	Round          uuid.UUID
	Competition    string
	Period         string
	Held           calendar.Date
	Item           string
	NameZh, NameEn string
	Dimension      string
	Points         string // exact decimal
	Criteria       string
}
