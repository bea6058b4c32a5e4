package bulletin

import (
	"leitai/internal/fault"
	"leitai/internal/paperwork"
)

// Render draws a document that another use case laid out, in one of the formats
// of papers.
func Render(d paperwork.Document, format string) (Paper, error) {
	if format != HTML && format != DOCX && format != XLSX {
		return Paper{}, fault.New(fault.Invalid, "value", format, "want", "html, docx, xlsx").At("format")
	}
	return render(d, format)
}
