// Command palette makes pictures of the console small: it writes PNG files
// anew with at most 256 colours, which pages of words need no more than.
//
// It owns the colours alone; what is on a picture is a journey's of
// tools/browser (make pictures).
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"slices"
)

func main() {
	for _, name := range os.Args[1:] {
		if err := shrink(name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1) //nolint:forbidigo // this is a main
		}
	}
}

// shrink writes a picture anew with its most frequent colours.
func shrink(name string) error {
	in, err := os.Open(name) //nolint:gosec // named by whoever runs it
	if err != nil {
		return err
	}
	picture, err := png.Decode(in)
	if err := in.Close(); err != nil {
		return err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	small := reduce(picture)
	out, err := os.Create(name) //nolint:gosec // named by whoever runs it
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(out, small); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return out.Close()
}

// reduce gives every pixel the nearest of the 256 colours that most pixels
// have; frequent colours of nearly the same hue count once, so that a seldom
// one (the red of a light) keeps its place.
func reduce(from image.Image) *image.Paletted {
	bounds := from.Bounds()
	whole := image.NewRGBA(bounds)
	draw.Draw(whole, bounds, from, bounds.Min, draw.Src)
	counts := map[color.RGBA]int{}
	for i := 0; i < len(whole.Pix); i += 4 {
		counts[at(whole.Pix[i:])]++
	}
	chosen := choose(counts)
	nearest := map[color.RGBA]uint8{}
	small := image.NewPaletted(bounds, chosen)
	for i := range small.Pix {
		c := at(whole.Pix[4*i:])
		index, known := nearest[c]
		if !known {
			index = uint8(chosen.Index(c))
			nearest[c] = index
		}
		small.Pix[i] = index
	}
	return small
}

func at(p []uint8) color.RGBA { return color.RGBA{R: p[0], G: p[1], B: p[2], A: p[3]} }

// choose takes the most frequent colours, first those that stand apart.
func choose(counts map[color.RGBA]int) color.Palette {
	all := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return int(a.R)<<16 + int(a.G)<<8 + int(a.B) - (int(b.R)<<16 + int(b.G)<<8 + int(b.B))
	})
	var chosen color.Palette
	taken := map[color.RGBA]bool{}
	for apart := 24; apart >= 0 && len(chosen) < 256; apart -= 8 {
		for _, c := range all {
			if len(chosen) == 256 {
				break
			}
			if !taken[c] && alone(chosen, c, apart) {
				chosen, taken[c] = append(chosen, c), true
			}
		}
	}
	return chosen
}

// alone tells whether no chosen colour is within so much of this one.
func alone(chosen color.Palette, c color.RGBA, apart int) bool {
	for _, other := range chosen {
		o, _ := other.(color.RGBA)
		if max(abs(o.R, c.R), abs(o.G, c.G), abs(o.B, c.B)) < apart {
			return false
		}
	}
	return true
}

func abs(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
