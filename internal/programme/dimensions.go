package programme

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Dimension is one entry of the dictionary by which items are compared.
type Dimension struct {
	ID     uuid.UUID // uuid.Nil for one of the standard set
	Tenant uuid.UUID // that added it; uuid.Nil for one of the standard set
	Key    string
	Name   template.Text
}

// DimensionStore keeps what tenants add to the dictionary.
type DimensionStore interface {
	// DimensionsAdded lists what the viewer's tenant and those above it added,
	// by key.
	DimensionsAdded(ctx context.Context) ([]Dimension, error)
	// SaveDimension adds an entry of the viewer's own tenant, or renames the one
	// of that key.
	SaveDimension(ctx context.Context, d Dimension) error
}

// Dimensions lists the dictionary: the standard set in its order, then what the
// tenants above and the viewer's own added.
func (s *Service) Dimensions(ctx context.Context) (all []Dimension, err error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = dictionary(ctx, st)
		return err
	})
	return all, err
}

func dictionary(ctx context.Context, st Store) ([]Dimension, error) {
	var all []Dimension
	for _, d := range template.Dimensions() {
		all = append(all, Dimension{Key: d.Key, Name: d.Name})
	}
	added, err := st.DimensionsAdded(ctx)
	return append(all, added...), err
}

var dimensionKey = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// AddDimension adds a dimension to the dictionary of the viewer's tenant and
// everything below it, or renames one it added. A key of the standard set, or
// of a tenant above, is taken.
func (s *Service) AddDimension(ctx context.Context, key string, name template.Text) (*Dimension, error) {
	d := &Dimension{ID: newID(), Key: strings.TrimSpace(key), Name: template.Text{ZH: strings.TrimSpace(name.ZH), EN: strings.TrimSpace(name.EN)}}
	err := s.writing(ctx, authz.TemplateActivate, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		if len(d.Key) > 64 || !dimensionKey.MatchString(d.Key) {
			return fault.New(fault.DimensionInvalid, "value", d.Key).At("key")
		}
		if d.Name.ZH == "" {
			return fault.New(fault.Required, "want", "名称 / a name").At("name")
		}
		d.Tenant = who.Tenant
		have, err := dictionary(ctx, st)
		if err != nil {
			return err
		}
		for _, h := range have {
			if h.Key == d.Key && h.Tenant != who.Tenant {
				return fault.New(fault.AlreadyExists, "value", d.Key).At("key")
			}
			if h.Key == d.Key {
				d.ID = h.ID
			}
		}
		if err := st.SaveDimension(ctx, *d); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.TemplateActivate), "dimension", d.ID, map[string]any{"key": d.Key, "name": d.Name.ZH})
	})
	return d, err
}

// unknownDimensions refuses items of a document whose dimension is not in the
// dictionary, each at its place: nothing could be compared by them.
func unknownDimensions(ctx context.Context, st Store, doc *template.Document) (fault.List, error) {
	all, err := dictionary(ctx, st)
	if err != nil {
		return nil, err
	}
	keys := make([]string, len(all))
	for i, d := range all {
		keys[i] = d.Key
	}
	unknown := template.UnknownDimensions(*doc, keys)
	var bad fault.List
	for _, field := range slices.Sorted(maps.Keys(unknown)) {
		bad = append(bad, fault.New(fault.DimensionUnknown, "value", unknown[field], "want", strings.Join(keys, ", ")).At("%s", field))
	}
	return bad, nil
}
