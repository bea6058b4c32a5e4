package blob

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"leitai/internal/evidence"
	"leitai/internal/fault"
)

func open(t *testing.T, limits Limits) *Store {
	t.Helper()
	s, err := Open(t.Context(), "mem://", limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// inspect is what becomes of a file, or the code of its refusal.
func inspect(t *testing.T, s *Store, data []byte) (*evidence.Content, fault.Code) {
	t.Helper()
	c, err := s.Inspect(context.Background(), bytes.NewReader(data))
	if err != nil && fault.CodeOf(err) == "" {
		t.Fatalf("no refusal but an error: %v", err)
	}
	for _, f := range fault.All(err) {
		if f.Field != "file" {
			t.Errorf("the refusal %s names field %q", f.Code, f.Field)
		}
	}
	return c, fault.CodeOf(err)
}

// corner is a picture whose upper left corner is red and the rest blue.
func corner(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{B: 200, A: 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{R: 200, A: 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func jpegOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is an APP1 segment with an orientation and a place written beside it.
func exif(order binary.ByteOrder, turn int, place string) []byte {
	var tiff bytes.Buffer
	mark := "II"
	if order == binary.BigEndian {
		mark = "MM"
	}
	tiff.WriteString(mark)
	w16 := func(v int) { _ = binary.Write(&tiff, order, uint16(v)) }
	w32 := func(v int) { _ = binary.Write(&tiff, order, uint32(v)) }
	w16(42)
	w32(8)
	w16(1)
	w16(0x0112)
	w16(3)
	w32(1)
	w16(turn)
	w16(0)
	w32(0)
	tiff.WriteString(place)
	body := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

// packed is a ZIP of named files.
func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// box is one box of an MP4.
func box(name string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	head := binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))
	return append(append(head, name...), body...)
}
