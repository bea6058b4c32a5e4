package bulletin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/viewer"
)

// Form is an office's own form as it is kept.
type Form struct {
	ID           uuid.UUID
	Kind         string // the paper whose data fill it
	Name         string
	Placeholders []string
	Hash         string // SHA-256 of the file, in hexadecimal
	Bytes        int
	Body         []byte // only when one form is read
	UploadedBy   uuid.UUID
	UploadedAt   time.Time
}

// longestForm is how many characters the name of a form may have.
const longestForm = 100

// AddForm keeps a form that was checked: it holds text, tables and embedded
// pictures alone, and only placeholders that the data of its kind have. A form of
// the same kind and name takes the place of the one before, which is retired.
func (s *Service) AddForm(ctx context.Context, kind, name string, file []byte) (*Form, error) {
	if err := s.gate.Require(ctx, authz.TemplateWrite, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	of, known := paperwork.FormKindOf(kind)
	if !known {
		return nil, fault.New(fault.FormKindUnknown, "value", kind, "want", strings.Join(FormKinds(), ", ")).At("kind")
	}
	if name = strings.TrimSpace(name); name == "" || utf8.RuneCountInString(name) > longestForm {
		return nil, fault.New(fault.Invalid, "value", name, "want", "1–100").At("name")
	}
	read, err := paperwork.ReadForm(file)
	if err != nil {
		return nil, err
	}
	if err := read.Check(of); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file)
	form := &Form{ID: uuid.Must(uuid.NewV7()), Kind: kind, Name: name, Placeholders: read.Placeholders(), Hash: hex.EncodeToString(sum[:]), Bytes: len(file),
		Body: file, UploadedBy: who.Person, UploadedAt: s.now()}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.gate.Require(ctx, authz.TemplateWrite, uuid.Nil); err != nil {
			return err
		}
		if err := st.ReplaceForm(ctx, form); err != nil {
			return err
		}
		return audit.Record(ctx, "form:add", "office-form", form.ID, map[string]any{"kind": kind, "name": name, "sha256": form.Hash})
	})
	if err != nil {
		return nil, err
	}
	return form, nil
}

// Forms lists the forms in use, by kind and name.
func (s *Service) Forms(ctx context.Context) (all []*Form, err error) {
	if err := s.gate.Require(ctx, authz.DocumentRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.OfficeForms(ctx)
		return err
	})
	return all, err
}

// RetireForm takes a form out of use.
func (s *Service) RetireForm(ctx context.Context, id uuid.UUID) error {
	if err := s.gate.Require(ctx, authz.TemplateWrite, uuid.Nil); err != nil {
		return err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		if err := st.RetireForm(ctx, id, who.Person, s.now()); err != nil {
			return err
		}
		return audit.Record(ctx, "form:retire", "office-form", id, nil)
	})
}

// FormKinds lists the kinds of form, as papers are called.
func FormKinds() []string {
	var all []string
	for _, k := range paperwork.FormKinds() {
		all = append(all, k.Key)
	}
	return all
}
