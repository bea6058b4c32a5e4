package blob

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"leitai/internal/fault"
)

// A type is what the content says: scripts, pages and programs are refused
// whatever they are called, and a picture with something behind it keeps its
// pixels only. covers T19
func TestOnlyTypesOfTheListAreTaken(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{})
	for name, data := range map[string]string{
		"svg with a script":             `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"a page called jpg":             "<!doctype html><script>alert(1)</script>",
		"gif":                           "GIF89a\x01\x00\x01\x00",
		"program":                       "MZ\x90\x00",
		"old word":                      "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
		"text":                          "你好",
		"empty":                         "",
		"any archive":                   string(packed(t, map[string]string{"readme.txt": "x"})),
		"video of a brand nobody plays": string(box("ftyp", []byte("qwer\x00\x00\x00\x00"))),
	} {
		if _, code := inspect(t, s, []byte(data)); code != fault.FileTypeRefused {
			t.Errorf("%s: %q", name, code)
		}
	}
	polyglot := append(jpegOf(t, corner(40, 30)), "<script>alert(1)</script>"...)
	c, code := inspect(t, s, polyglot)
	if code != "" || c.MediaType != "image/jpeg" || bytes.Contains(c.Body, []byte("script")) || bytes.Contains(c.Thumbnail, []byte("script")) {
		t.Errorf("%s: the picture kept what stood behind it", code)
	}
	for name, data := range map[string][]byte{
		"half a jpeg": polyglot[:200], "half a png": pngOf(t, corner(40, 30))[:60], "pdf without an end": []byte("%PDF-1.7\n1 0 obj"),
		"webp without a picture": []byte("RIFF\x10\x00\x00\x00WEBPVP8 \x00\x00\x00\x00"), "half an archive": packed(t, map[string]string{"a": "b"})[:40],
	} {
		if _, code := inspect(t, s, data); code != fault.FileBroken {
			t.Errorf("%s: %q", name, code)
		}
	}
}

// Documents are known by what they hold and kept byte for byte.
func TestDocumentsAreKeptAsTheyAre(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{})
	for want, data := range map[string][]byte{
		"pdf":  []byte("%PDF-1.7\n…\n%%EOF\n"),
		"docx": packed(t, map[string]string{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}),
		"xlsx": packed(t, map[string]string{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}),
		"ofd":  packed(t, map[string]string{"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"}),
	} {
		c, code := inspect(t, s, data)
		if code != "" || c.Extension != want || !bytes.Equal(c.Body, data) || c.Thumbnail != nil || c.Width != 0 {
			t.Errorf("%s: %s %+v", want, code, c)
		}
	}
}

// Pictures and archives that burst, macros, and names that leave the archive
// are refused, without the memory they ask for. covers T20, T21
func TestBombsAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{Bytes: 4 << 20})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	zeros := strings.Repeat("\x00", 64<<20)
	for name, c := range map[string]struct {
		data []byte
		want fault.Code
	}{
		"50,000 × 50,000 pixels": {pngHead(50_000, 50_000), fault.PictureTooLarge},
		"a line without end":     {pngHead(1<<30, 1), fault.PictureTooLarge},
		"a file too large":       {append([]byte("%PDF-"), make([]byte, 5<<20)...), fault.FileTooLarge},
		"an archive of zeros":    {packed(t, map[string]string{"[Content_Types].xml": "", "word/document.xml": zeros}), fault.FileUnsafe},
		"a head that lies":       {lying(packed(t, map[string]string{"[Content_Types].xml": "", "xl/workbook.xml": zeros[:20<<20]})), fault.FileBroken},
		"macros":                 {packed(t, map[string]string{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}), fault.FileUnsafe},
		"a path upwards":         {packed(t, map[string]string{"word/document.xml": "", "../../etc/passwd": ""}), fault.FileUnsafe},
		"an absolute path":       {packed(t, map[string]string{"word/document.xml": "", "/etc/passwd": ""}), fault.FileUnsafe},
		"a path of Windows":      {packed(t, map[string]string{"word/document.xml": "", `..\..\x`: ""}), fault.FileUnsafe},
		"scans without end":      {append([]byte("\xff\xd8\xff"), bytes.Repeat([]byte{0xff, 0xda, 0, 2}, 200)...), fault.FileUnsafe},
	} {
		if _, code := inspect(t, s, c.data); code != c.want {
			t.Errorf("%s: %q, want %s", name, code, c.want)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 400<<20 {
		t.Errorf("the refusals took %d MB", grown>>20)
	}
	if _, code := inspect(t, open(t, Limits{Entries: 2}), packed(t, map[string]string{"a": "", "b": "", "c": ""})); code != fault.FileUnsafe {
		t.Errorf("too many files in an archive: %q", code)
	}
}

// pngHead is a PNG that claims a size and has one line of data.
func pngHead(w, h uint32) []byte {
	chunk := func(name string, body []byte) []byte {
		out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
		named := append([]byte(name), body...)
		return binary.BigEndian.AppendUint32(append(out, named...), crc32.ChecksumIEEE(named))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	var data bytes.Buffer
	z := zlib.NewWriter(&data)
	_, _ = z.Write(make([]byte, 1000))
	_ = z.Close()
	return bytes.Join([][]byte{[]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 6, 0, 0, 0)), chunk("IDAT", data.Bytes()), chunk("IEND", nil)}, nil)
}

// lying writes small sizes into the heads of an archive whose files are large.
func lying(data []byte) []byte {
	for _, mark := range []struct {
		magic string
		at    int
	}{{"PK\x01\x02", 24}, {"PK\x07\x08", 12}} {
		for i := 0; i+mark.at+4 < len(data); i++ {
			if string(data[i:i+4]) == mark.magic && binary.LittleEndian.Uint32(data[i+mark.at:]) > 1<<20 {
				binary.LittleEndian.PutUint32(data[i+mark.at:], 100)
			}
		}
	}
	return data
}

// Place, owner and device are gone from a picture, and it stands as it was seen.
func TestPicturesKeepPixelsOnly(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{})
	plain := jpegOf(t, corner(64, 32))
	// The corner of the file that is red when seen upright, by orientation.
	for turn, seen := range map[int]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			const place = "GPS 31.2304N 121.4737E"
			data := append(append(append([]byte{}, plain[:2]...), exif(order, turn, place)...), plain[2:]...)
			c, code := inspect(t, s, data)
			if code != "" || bytes.Contains(c.Body, []byte("GPS")) || bytes.Contains(c.Body, []byte("Exif")) || bytes.Contains(c.Thumbnail, []byte("Exif")) {
				t.Fatalf("turn %d: %s kept its notes", turn, code)
			}
			p, err := jpeg.Decode(bytes.NewReader(c.Body))
			if err != nil {
				t.Fatal(err)
			}
			w, h := p.Bounds().Dx(), p.Bounds().Dy()
			if wide := w > h; wide != (turn < 5) || w != c.Width || h != c.Height {
				t.Errorf("turn %d: %d × %d", turn, w, h)
			}
			if r, _, b, _ := p.At(w/4+seen.X*w/2, h/4+seen.Y*h/2).RGBA(); r < b {
				t.Errorf("turn %d: the red corner is not at %v", turn, seen)
			}
		}
	}
	c, code := inspect(t, s, pngOf(t, corner(1000, 500)))
	if code != "" || c.MediaType != "image/png" {
		t.Fatal(code)
	}
	if p, err := png.Decode(bytes.NewReader(c.Body)); err != nil || p.Bounds().Dx() != 1000 {
		t.Error(err)
	}
	if p, err := jpeg.Decode(bytes.NewReader(c.Thumbnail)); err != nil || p.Bounds().Dx() != 320 || p.Bounds().Dy() != 160 {
		t.Errorf("small picture: %v", err)
	}
	for _, broken := range [][]byte{exif(binary.LittleEndian, 9, ""), exif(binary.BigEndian, 0, ""), exif(binary.LittleEndian, 6, "")[:20]} {
		if got := orientation(append([]byte{0xff, 0xd8}, broken...)); got != upright {
			t.Errorf("a block that makes no sense turns by %d", got)
		}
	}
}

// A video of a highlight keeps its frames and loses place and device. covers A42
func TestVideosLoseTheirNotes(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{})
	note := []byte("+31.2304+121.4737/")
	data := bytes.Join([][]byte{
		box("ftyp", []byte("mp42\x00\x00\x00\x00isom")),
		box("moov", box("mvhd", make([]byte, 20)), box("udta", box("\xa9xyz", note)), box("trak", box("tkhd", make([]byte, 8)), box("udta", note)), box("meta", note)),
		box("uuid", note),
		box("mdat", []byte("frames")),
	}, nil)
	c, code := inspect(t, s, data)
	if code != "" || c.MediaType != "video/mp4" || len(c.Body) != len(data) || bytes.Contains(c.Body, note) || !bytes.Contains(c.Body, []byte("frames")) {
		t.Errorf("%s: %q", code, c.Body)
	}
	if !bytes.Contains(data, note) {
		t.Error("the file that was sent was changed")
	}
	for name, broken := range map[string][]byte{"cut": data[:len(data)-3], "no frames": data[:len(data)-14], "size 3": append(box("ftyp", []byte("mp42\x00\x00\x00\x00")), 0, 0, 0, 3, 'm', 'o', 'o', 'v')} {
		if _, code := inspect(t, s, broken); code != fault.FileBroken {
			t.Errorf("%s: %q", name, code)
		}
	}
}
