package supply

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/CycloneDX/cyclonedx-go"
)

// Table writes the components as a page of the documentation.
func Table(w io.Writer, all []Component) error {
	var b strings.Builder
	b.WriteString("# Licences\n\nEverything of others in the release: Go modules linked into the program, npm packages bundled into its pages. Written by `make licences`, checked by `make check-licences`; the same as CycloneDX: `make sbom`.\n\n| | version | licence |\n|---|---|---|\n")
	for _, c := range all {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", c.Name, c.Version, strings.Join(c.Licences, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Bill writes the components as a CycloneDX bill of materials of the program in
// a version. The same components give the same bytes: it has neither a serial
// number nor a time.
func Bill(w io.Writer, version string, all []Component) error {
	bom := cyclonedx.NewBOM()
	bom.Metadata = &cyclonedx.Metadata{Component: &cyclonedx.Component{
		BOMRef: "leitai", Type: cyclonedx.ComponentTypeApplication, Name: "leitai", Version: version}}
	components := []cyclonedx.Component{}
	for _, c := range all {
		purl := purlOf(c)
		entry := cyclonedx.Component{BOMRef: purl, Type: cyclonedx.ComponentTypeLibrary, Name: c.Name, Version: c.Version, PackageURL: purl}
		licences := cyclonedx.Licenses{}
		for _, id := range c.Licences {
			licences = append(licences, cyclonedx.LicenseChoice{License: &cyclonedx.License{ID: id}})
		}
		entry.Licenses = &licences
		if hash, ok := hashOf(c); ok {
			entry.Hashes = &[]cyclonedx.Hash{hash}
		}
		components = append(components, entry)
	}
	bom.Components = &components
	return cyclonedx.NewBOMEncoder(w, cyclonedx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cyclonedx.SpecVersion1_6)
}

func purlOf(c Component) string {
	return "pkg:" + c.Kind + "/" + strings.Replace(c.Name, "@", "%40", 1) + "@" + c.Version
}

// hashOf gives npm's integrity as CycloneDX names it. Go's sum is that of a
// tree, which CycloneDX has no name for.
func hashOf(c Component) (cyclonedx.Hash, bool) {
	encoded, ok := strings.CutPrefix(c.Hash, "sha512-")
	if !ok {
		return cyclonedx.Hash{}, false
	}
	sum, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return cyclonedx.Hash{}, false
	}
	return cyclonedx.Hash{Algorithm: cyclonedx.HashAlgoSHA512, Value: hex.EncodeToString(sum)}, true
}
