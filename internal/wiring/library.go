package wiring

import (
	"fmt"

	"leitai/examples/templates"
	"leitai/internal/programme"
	"leitai/internal/template"
)

// library reads the presets that come with the program, with the names their
// documents give them.
func library() ([]programme.Preset, error) {
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
