package paperwork

import (
	"bytes"
	_ "embed" // slip.gohtml
	"html/template"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// Slips is a pile of ballot slips to be printed and cut: one code each, in the
// order given, which is the one they were shuffled into.
type Slips struct {
	Host  string // who holds the evaluation
	Title string
	Site  string // where the phone page is reached: scheme, host and port
	Demo  bool
	Slips []Slip
}

// Slip is one slip: whoever holds it casts one ballot.
type Slip struct {
	Group string // the rater group, as people call it
	Code  string // in groups of four
}

var (
	//go:embed slip.gohtml
	slipSource string

	slipPage = template.Must(template.New("slip").Parse(slipSource))
)

type slipView struct {
	Host, Title, Site string
	Demo              bool
	Slips             []slipOnPage
}

type slipOnPage struct {
	Group, Code string
	Size        int
	Path        string // of the dark modules
}

// HTML prints the slips, eight on a sheet of A4. The QR code opens the phone page
// with the code behind #, which a browser does not send along: no log on the way
// holds a code. The same code stands below in letters, for whoever types it.
func (s Slips) HTML() ([]byte, error) {
	v := slipView{Host: s.Host, Title: s.Title, Site: strings.TrimSuffix(s.Site, "/") + "/ballot", Demo: s.Demo}
	for _, slip := range s.Slips {
		size, path, err := qrPath(v.Site + "#" + strings.ReplaceAll(slip.Code, "-", ""))
		if err != nil {
			return nil, err
		}
		v.Slips = append(v.Slips, slipOnPage{Group: slip.Group, Code: slip.Code, Size: size, Path: path})
	}
	var out bytes.Buffer
	err := slipPage.Execute(&out, v)
	return out.Bytes(), err
}

// qrPath gives the side of a QR code in modules, with the quiet zone of four that
// readers need, and its dark modules as an SVG path of horizontal runs.
func qrPath(text string) (size int, path string, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return 0, "", err
	}
	const quiet = 4
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			begin := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > begin {
				b.WriteString("M" + strconv.Itoa(begin+quiet) + " " + strconv.Itoa(y+quiet) + "h" + strconv.Itoa(x-begin) + "v1h-" + strconv.Itoa(x-begin) + "z")
			}
		}
	}
	return code.Size + 2*quiet, b.String(), nil
}
