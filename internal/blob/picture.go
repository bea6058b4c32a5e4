package blob

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strconv"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"leitai/internal/evidence"
	"leitai/internal/fault"
)

const (
	quality   = 88  // of pictures drawn anew
	thumbSide = 320 // pixels of the longer side of a small picture
	maxScans  = 100 // of a progressive JPEG; a camera makes about ten
)

// jpeg draws a photograph anew and upright: orientation is the one note of the
// camera that is obeyed, and then it goes like all the others.
func (s *Store) jpeg(ctx context.Context, data []byte) (*evidence.Content, error) {
	if bytes.Count(data, []byte{0xff, 0xda}) > maxScans {
		return nil, fault.New(fault.FileUnsafe, "detail", "JPEG")
	}
	turned := orientation(data)
	return s.redraw(ctx, data, jpeg.DecodeConfig, jpeg.Decode, turned, asJPEG)
}

func (s *Store) png(ctx context.Context, data []byte) (*evidence.Content, error) {
	return s.redraw(ctx, data, png.DecodeConfig, png.Decode, upright, asPNG)
}

// webp is kept as JPEG: there is a reader in Go and no writer.
func (s *Store) webp(ctx context.Context, data []byte) (*evidence.Content, error) {
	return s.redraw(ctx, data, webp.DecodeConfig, webp.Decode, upright, asJPEG)
}

// format is how a picture is written.
type format struct {
	mediaType, extension string
	write                func(*bytes.Buffer, image.Image) error
}

var (
	asJPEG = format{"image/jpeg", "jpg", func(b *bytes.Buffer, p image.Image) error {
		return jpeg.Encode(b, p, &jpeg.Options{Quality: quality})
	}}
	asPNG = format{"image/png", "png", func(b *bytes.Buffer, p image.Image) error { return png.Encode(b, p) }}
)

// redraw measures a picture before a pixel of it is unpacked, draws it anew and
// makes its small twin. What follows the picture in the file, and every note in
// it, is not part of the new one.
func (s *Store) redraw(ctx context.Context, data []byte, measure func(r reader) (image.Config, error),
	read func(r reader) (image.Image, error), turn int, as format) (*evidence.Content, error) {
	config, err := measure(bytes.NewReader(data))
	if err != nil || config.Width <= 0 || config.Height <= 0 {
		return nil, fault.New(fault.FileBroken)
	}
	if err := s.fits(config); err != nil {
		return nil, err
	}
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	picture, err := read(bytes.NewReader(data))
	if err != nil {
		return nil, fault.New(fault.FileBroken)
	}
	picture = turned(picture, turn)
	content := &evidence.Content{MediaType: as.mediaType, Extension: as.extension,
		Width: picture.Bounds().Dx(), Height: picture.Bounds().Dy()}
	if content.Body, err = written(picture, as); err != nil {
		return nil, err
	}
	content.Thumbnail, err = written(small(picture), asJPEG)
	return content, err
}

// fits refuses pictures that would burst when unpacked, by what their head says.
func (s *Store) fits(c image.Config) error {
	pixels := int64(c.Width) * int64(c.Height)
	depth := int64(4)
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		depth = 8
	case color.Gray16Model:
		depth = 2
	}
	if pixels > int64(s.limits.Pixels) || pixels*depth > s.limits.Memory {
		most := min(int64(s.limits.Pixels), s.limits.Memory/depth)
		return fault.New(fault.PictureTooLarge, "have", strconv.FormatInt(pixels/10_000, 10), "want", strconv.FormatInt(most/10_000, 10))
	}
	return nil
}

func written(picture image.Image, as format) ([]byte, error) {
	var b bytes.Buffer
	err := as.write(&b, picture)
	return b.Bytes(), err
}

// small is a picture of at most thumbSide pixels a side, on white.
func small(picture image.Image) image.Image {
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	if longer := max(w, h); longer > thumbSide {
		w, h = max(1, w*thumbSide/longer), max(1, h*thumbSide/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	scale.ApproxBiLinear.Scale(out, out.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return out
}
