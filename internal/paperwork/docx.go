package paperwork

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"time"
)

// parts are the pieces of a DOCX that are the same in every document.
//
//go:embed docx/*.xml
var parts embed.FS

// epoch is the time of every file in the archive: the same document has the
// same bytes on every day and on every machine.
var epoch = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
)

// DOCX writes the document for word processors: A4 with the margins, faces and
// sizes of GB/T 9704, page numbers outside, the imprint at the foot of the last
// page.
func (d Document) DOCX() ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, part := range []struct {
		name, fixed, made string
	}{
		{name: "[Content_Types].xml", fixed: "content_types"}, // readers expect it first
		{name: "_rels/.rels", fixed: "rels"},
		{name: "word/document.xml", made: d.wordDocument()},
		{name: "word/_rels/document.xml.rels", fixed: "document_rels"},
		{name: "word/styles.xml", fixed: "styles"},
		{name: "word/settings.xml", fixed: "settings"},
		{name: "word/fontTable.xml", fixed: "fonts"},
		{name: "word/header.xml", made: d.wordHeader()},
		{name: "word/footer-odd.xml", fixed: "footer_odd"},
		{name: "word/footer-even.xml", fixed: "footer_even"},
		{name: "docProps/core.xml", made: d.wordProperties()},
	} {
		content := []byte(part.made)
		if part.fixed != "" {
			var err error
			if content, err = parts.ReadFile("docx/" + part.fixed + ".xml"); err != nil {
				return nil, err
			}
		}
		file, err := archive.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(content); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// wordHeader says on every page what the document is stamped with: a line at
// the top and a watermark across the page; an empty header without a stamp.
func (d Document) wordHeader() string {
	open := declaration + `<w:hdr ` + wordSpace + ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">`
	stamps := d.paper.stamps()
	if len(stamps) == 0 {
		return open + `<w:p><w:pPr><w:pStyle w:val="Stamp"/></w:pPr></w:p></w:hdr>` + "\n"
	}
	words := escaped(joined(stamps))
	return open + `<w:p><w:pPr><w:pStyle w:val="Stamp"/></w:pPr><w:r><w:t>` + words + `　不作为任何依据</w:t></w:r>` +
		`<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype>` +
		`<v:shape id="stamp" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:330;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#f0d0d4" stroked="f">` +
		`<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="` + words + `"/></v:shape></w:pict></w:r></w:p></w:hdr>` + "\n"
}

// wordProperties carries title, issuer and date.
func (d Document) wordProperties() string {
	created := ""
	if !d.paper.Date.IsZero() {
		created = fmt.Sprintf(`<dcterms:created xsi:type="dcterms:W3CDTF">%sT00:00:00Z</dcterms:created>`, d.paper.Date)
	}
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.Title()) + `</dc:title><dc:creator>` + escaped(d.paper.Issuer) + `</dc:creator><dc:language>zh-CN</dc:language>` + created + `</cp:coreProperties>` + "\n"
}
