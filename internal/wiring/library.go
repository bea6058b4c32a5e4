package wiring

import (
	"fmt"
	"sync"

	"leitai/examples/templates"
	"leitai/internal/programme"
	"leitai/internal/template"
)

// library gives the presets that come with the program. Few requests ask for
// them, and reading them takes longer than anything else that a program does
// before it serves, so they are read when they are first asked for.
var library = sync.OnceValues(readLibrary)

// readLibrary reads them, with the names their documents give them.
func readLibrary() ([]programme.Preset, error) {
	var all []programme.Preset
	for _, p := range templates.All() {
		doc, err := template.Parse([]byte(p.Document))
		if err != nil {
			return nil, fmt.Errorf("preset %s: %w", p.Key, err)
		}
		all = append(all, programme.Preset{
			Key: p.Key, Name: doc.Name, Purpose: template.Text{ZH: p.Zh, EN: p.En}, Scheme: p.Scheme,
			Requirements: p.Requirements(), Source: p.Document,
		})
	}
	return all, nil
}
