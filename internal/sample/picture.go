package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
)

// picture draws a small landscape with a house and a notice board; no two pairs
// of numbers draw the same. It is no photograph of any place or person.
func picture(village, n int) []byte {
	canvas := image.NewRGBA(image.Rect(0, 0, 240, 160))
	fill := func(x0, y0, x1, y1 int, c color.RGBA) {
		draw.Draw(canvas, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	shade := func(base, step int) uint8 { return uint8((base + step) % 256) }
	fill(0, 0, 240, 100, color.RGBA{R: shade(150, 3*village), G: shade(190, 2*n), B: 235, A: 255})
	fill(0, 100, 240, 160, color.RGBA{R: 110, G: shade(140, 4*village), B: shade(80, 5*n), A: 255})
	left := 20 + 5*village
	fill(left, 60, left+60, 120, color.RGBA{R: 235, G: 230, B: 215, A: 255})
	fill(left-5, 50, left+65, 62, color.RGBA{R: shade(120, 20*n), G: 60, B: 50, A: 255})
	fill(left+20, 85, left+36, 120, color.RGBA{R: 90, G: 60, B: 40, A: 255})
	for row := range n + 1 {
		fill(180, 40+20*row, 225, 52+20*row, color.RGBA{R: 200, G: 30, B: 30, A: 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, canvas, &jpeg.Options{Quality: 70}); err != nil {
		panic("sample: draw a picture: " + err.Error()) // a buffer takes everything
	}
	return out.Bytes()
}
