package template

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"leitai/internal/fault"
)

// Parse reads one template document from YAML or JSON, fills every default, and
// checks it whole. On a refusal the error is a fault.List with every fault: its
// code, its field (items[2].points), and the line and column of its node.
func Parse(data []byte) (Document, error) {
	root, bad := source(data)
	if len(bad) > 0 {
		return Document{}, bad
	}
	return decode(root)
}

// fewPlaces is how many places a short document has, so that its map grows
// seldom.
const fewPlaces = 128

// decode reads a clean node tree.
func decode(root *yaml.Node) (Document, error) {
	r := &reader{places: make(map[string]fault.Place, fewPlaces)}
	d, _ := shape.read(r, root, "")
	if f := otherVersion(d, r.faults); f != nil {
		f.Place = r.placeNear(f.Field)
		return Document{}, fault.List{f}
	}
	fill(&d)
	found := slices.Clone(r.faults)
	for _, f := range Validate(d) {
		if follows(f.Field, r.faults) {
			continue // a mistake above is the cause
		}
		f.Place = r.placeNear(f.Field)
		found = append(found, f)
	}
	if len(found) > 0 {
		slices.SortStableFunc(found, byPlace)
		return Document{}, found
	}
	return d, nil
}

// otherVersion refuses a document of another schemaVersion with that one fault,
// because the keys of another version would all seem wrong.
func otherVersion(d Document, read fault.List) *fault.Fault {
	if d.SchemaVersion == SchemaVersion || follows("schemaVersion", read) {
		return nil
	}
	return fault.New(fault.TemplateSchemaVersion, "value", strconv.Itoa(d.SchemaVersion), "want", strconv.Itoa(SchemaVersion)).At("schemaVersion")
}

// follows reports whether a rule's fault is about a field, or about something
// inside or around a field, that could not even be read.
func follows(field string, read fault.List) bool {
	for _, f := range read {
		if inside(field, f.Field) || inside(f.Field, field) {
			return true
		}
	}
	return false
}

// inside reports whether a path is another or a part of what it names.
func inside(path, of string) bool {
	rest, ok := strings.CutPrefix(path, of)
	return ok && (rest == "" || of == "" || rest[0] == '.' || rest[0] == '[')
}

// placeNear is where a field stands, or the nearest thing around it that was
// written (a default has no place of its own).
func (r *reader) placeNear(field string) fault.Place {
	for {
		if p, ok := r.places[field]; ok {
			return p
		}
		cut := strings.LastIndexAny(field, ".[")
		if cut < 0 {
			return r.places[""]
		}
		field = field[:cut]
	}
}

func byPlace(a, b *fault.Fault) int {
	if a.Place.Row != b.Place.Row {
		return a.Place.Row - b.Place.Row
	}
	left, _ := strconv.Atoi(a.Place.Column) // columns of a reader are digits
	right, _ := strconv.Atoi(b.Place.Column)
	return left - right
}
