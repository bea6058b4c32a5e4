package blob

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"io"
)

type reader = io.Reader

// upright is the orientation of a picture that is not to be turned; Exif counts
// from 1 to 8.
const upright = 1

// orientation reads how a camera was held from the Exif block of a JPEG; a file
// without one, or with one that makes no sense, is upright.
func orientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(data) {
			return upright // the picture itself begins
		}
		if body := data[at+4 : at+2+size]; marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			return tagged(body[6:])
		}
		at += 2 + size
	}
	return upright
}

// tagged finds tag 0x0112 in the first directory of a TIFF block.
func tagged(tiff []byte) int {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := int64(order.Uint16(tiff[at:]))
	for i := range entries {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return upright
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if turn := int(order.Uint16(tiff[entry+8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			return upright
		}
	}
	return upright
}

// turned gives the picture as it was seen.
func turned(picture image.Image, turn int) image.Image {
	if turn <= upright || turn > 8 {
		return picture
	}
	from := picture.Bounds()
	w, h := from.Dx(), from.Dy()
	plain := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(plain, plain.Bounds(), picture, from.Min, draw.Src)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turn >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Bounds().Dy() {
		for x := range out.Bounds().Dx() {
			sx, sy := source(turn, x, y, w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], plain.Pix[plain.PixOffset(sx, sy):][:4])
		}
	}
	return out
}

// source says which pixel of the file, w wide and h high, is seen at x, y.
func source(turn, x, y, w, h int) (sx, sy int) {
	switch turn {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // upside down and mirrored
		return x, h - 1 - y
	case 5: // on its side and mirrored
		return y, x
	case 6: // to be turned right by 90°
		return y, h - 1 - x
	case 7: // to be turned right by 90° and mirrored
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x // 8: to be turned left by 90°
}
