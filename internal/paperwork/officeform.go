package paperwork

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"leitai/internal/fault"
)

// OfficeForm is an office's own DOCX form with placeholders such as {{单位}}, and
// {{#行}} … {{/行}} around a row of a table that is repeated. It is untrusted:
// ReadForm refuses whatever is more than text, tables and embedded pictures.
type OfficeForm struct {
	parts []formPart
}

// formPart is one file of the form; text parts are parsed.
type formPart struct {
	name string
	body []byte
	tree *node
}

// What a form may weigh.
const (
	FormBytes    = 2 << 20
	formUnpacked = 24 << 20
	formParts    = 300
)

// FormData is what a form is filled with: values by placeholder, and rows of
// values by the name of a list.
type FormData struct {
	Values map[string]string
	Lists  map[string][]map[string]string
}

var (
	textParts   = regexp.MustCompile(`^word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$`)
	activeParts = regexp.MustCompile(`(?i)(vbaproject|vbadata|activex|oleobject|embeddings/|\.bin$|\.exe$|\.dll$|attachedtoolbars|customui|afchunk|\.html?$|\.rtf$)`)
	external    = regexp.MustCompile(`(?i)TargetMode\s*=\s*["']\s*External`)
	declares    = regexp.MustCompile(`(?i)<!\s*(DOCTYPE|ENTITY)`)
	fetching    = regexp.MustCompile(`(?i)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|RD|MACROBUTTON|HYPERLINK|DATABASE|altChunk|object|control)\b`)
)

// ReadForm reads and checks a form: FORM_FORMAT, FORM_TOO_LARGE, FORM_ACTIVE,
// FORM_EXTERNAL, at field file.
func ReadForm(content []byte) (*OfficeForm, error) {
	if len(content) > FormBytes {
		return nil, formFault(fault.FormTooLarge, "most", "2 MB")
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(archive.File) > formParts {
		return nil, formFault(fault.FormFormat, "value", "zip")
	}
	form, left := &OfficeForm{}, int64(formUnpacked)
	names := map[string]bool{}
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		lower := strings.ToLower(f.Name)
		if path.Clean("/" + f.Name)[1:] != f.Name || strings.Contains(f.Name, `\`) || names[lower] {
			return nil, formFault(fault.FormFormat, "value", path.Base(f.Name))
		}
		names[lower] = true
		body, err := unpacked(f, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(body))
		part, err := checkedPart(f.Name, body)
		if err != nil {
			return nil, err
		}
		form.parts = append(form.parts, part)
	}
	if !names["word/document.xml"] || !names["[content_types].xml"] {
		return nil, formFault(fault.FormFormat, "value", "word/document.xml")
	}
	return form, nil
}

func formFault(code fault.Code, args ...string) error { return fault.New(code, args...).At("file") }

// unpacked reads a part, up to one byte more than is left.
func unpacked(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, formFault(fault.FormFormat, "value", path.Base(f.Name))
	}
	defer r.Close()
	body, err := io.ReadAll(io.LimitReader(r, left+1))
	switch {
	case err != nil:
		return nil, formFault(fault.FormFormat, "value", path.Base(f.Name))
	case int64(len(body)) > left:
		return nil, formFault(fault.FormTooLarge, "most", "24 MB")
	}
	return body, nil
}

// checkedPart refuses what is active or fetches, and parses what is text.
func checkedPart(name string, body []byte) (formPart, error) {
	part := formPart{name: name, body: body}
	isXML := strings.HasSuffix(strings.ToLower(name), ".xml") || strings.HasSuffix(strings.ToLower(name), ".rels")
	switch {
	case activeParts.MatchString(name):
		return part, formFault(fault.FormActive, "value", path.Base(name))
	case !isXML:
		return part, nil
	case declares.Match(body):
		return part, formFault(fault.FormFormat, "value", "DOCTYPE")
	case strings.HasSuffix(strings.ToLower(name), ".rels") && external.Match(body):
		return part, formFault(fault.FormExternal, "value", path.Base(name))
	case strings.EqualFold(name, "[Content_Types].xml") && bytes.Contains(bytes.ToLower(body), []byte("macroenabled")):
		return part, formFault(fault.FormActive, "value", "macroEnabled")
	}
	tree, err := parse(body)
	if err != nil {
		return part, formFault(fault.FormFormat, "value", path.Base(name))
	}
	if code := strings.TrimSpace(tree.instructions()); fetching.MatchString(code) {
		return part, formFault(fault.FormActive, "value", fetching.FindString(code))
	}
	if textParts.MatchString(name) {
		part.tree = tree
	}
	return part, nil
}

// Check names every placeholder that the data of a kind do not have, and marks
// of rows that do not come in pairs inside one row of a table.
func (f *OfficeForm) Check(kind FormKind) error {
	var bad fault.List
	used := 0
	for _, p := range f.parts {
		if p.tree == nil {
			continue
		}
		for _, mark := range p.tree.marks() {
			used++
			if wrong := kind.check(mark); wrong != nil {
				bad = append(bad, wrong.At("file"))
			}
		}
	}
	if used == 0 && len(bad) == 0 {
		bad = append(bad, fault.New(fault.FormBare, "want", "{{"+kind.Values[0].Name+"}}").At("file"))
	}
	return bad.Err()
}

// Placeholders lists what the form uses, each once, in the order of their names.
func (f *OfficeForm) Placeholders() []string {
	var all []string
	for _, p := range f.parts {
		if p.tree == nil {
			continue
		}
		for _, mark := range p.tree.marks() {
			all = append(all, mark.text)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Fill writes the form with the data put in: text is text, whatever it holds. A
// value that there is none of is blank. The same data give the same bytes.
func (f *OfficeForm) Fill(data FormData) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, p := range f.parts {
		body := p.body
		if p.tree != nil {
			filled := p.tree.clone()
			filled.fill(data)
			var b bytes.Buffer
			filled.write(&b)
			body = b.Bytes()
		}
		w, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(body); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
