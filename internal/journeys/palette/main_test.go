package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// A picture of many colours keeps its size, its frequent colours exactly and a
// seldom one that stands apart; written twice it is the same file.
func TestShrinkKeepsWhatCounts(t *testing.T) {
	t.Parallel()
	page := image.NewRGBA(image.Rect(0, 0, 200, 100))
	ground, light := color.RGBA{R: 0xf6, G: 0xf5, B: 0xf3, A: 0xff}, color.RGBA{R: 0xb3, G: 0x26, B: 0x1e, A: 0xff}
	for y := range 100 {
		for x := range 200 {
			page.SetRGBA(x, y, ground)
			if y < 20 { // 2,560 shades, as where letters are smoothed
				page.SetRGBA(x, y, color.RGBA{R: uint8(x), G: uint8(13 * y), B: uint8(x / 2), A: 0xff})
			}
		}
	}
	page.SetRGBA(150, 50, light)
	name := filepath.Join(t.TempDir(), "page.png")
	write(t, name, page)
	if err := shrink(name); err != nil {
		t.Fatal(err)
	}
	once, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	small := read(t, name)
	if p, ok := small.(*image.Paletted); !ok || len(p.Palette) > 256 || small.Bounds() != page.Bounds() {
		t.Fatalf("the picture is %T of %v", small, small.Bounds())
	}
	for at, want := range map[image.Point]color.RGBA{{X: 150, Y: 50}: light, {X: 10, Y: 90}: ground} {
		if got := color.RGBAModel.Convert(small.At(at.X, at.Y)); got != want {
			t.Errorf("at %v there is %v, want %v", at, got, want)
		}
	}
	write(t, name, page)
	if err := shrink(name); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(name); err != nil || string(again) != string(once) {
		t.Error("the same picture became another file")
	}
}

// What is no picture is refused, and left as it was.
func TestShrinkRefusesWhatIsNoPicture(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "words.png")
	if err := os.WriteFile(name, []byte("words"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := shrink(name); err == nil {
		t.Error("words were taken for a picture")
	}
	if left, err := os.ReadFile(name); err != nil || string(left) != "words" {
		t.Errorf("the file holds %q, %v", left, err)
	}
	if err := shrink(filepath.Join(t.TempDir(), "none.png")); err == nil {
		t.Error("no file was taken for a picture")
	}
}

func write(t *testing.T, name string, picture image.Image) {
	t.Helper()
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(out, picture); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) image.Image {
	t.Helper()
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	picture, err := png.Decode(in)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}
