package paperwork

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"leitai/internal/fault"
)

// Archive is the electronic archive of one village (电子档案, B07): an index page,
// the papers as they were issued, and the list of its evidence. Photos stay in
// the store; the list says where each is.
type Archive struct {
	Paper
	Village  string
	Over     string // span it covers, for example 2023年第二季度
	Papers   []ArchivePaper
	Evidence []ArchiveEvidence
	Files    []ArchiveFile // evidence put into the archive itself
}

// ArchivePaper is one paper with its bytes.
type ArchivePaper struct {
	Folder string // for example 01 通报
	Title  string
	Ending string // .docx, .html, .xlsx
	Body   []byte
}

// ArchiveEvidence is one line of the list of evidence (B04, B06).
type ArchiveEvidence struct{ Item, Kind, Title, Date, Where string }

// ArchiveFile is a file of the evidence.
type ArchiveFile struct {
	Folder, Name string
	Body         []byte
}

// Zip writes the archive: 目录.html first, then everything else under names that
// no unpacking program can be led astray by. The same data give the same bytes.
func (a Archive) Zip() ([]byte, error) {
	if a.Village == "" || len(a.Papers)+len(a.Evidence) == 0 {
		return nil, fault.New(fault.PaperFieldMissing, "document", "电子档案", "want", "村（社区）名称和至少一份材料").At("village")
	}
	names := archiveNames{}
	listed := make([]string, len(a.Papers))
	for i, p := range a.Papers {
		listed[i] = names.take(p.Folder, p.Title, p.Ending)
	}
	index, err := a.index(listed).HTML()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, body []byte) error {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch})
		if err == nil {
			_, err = f.Write(body)
		}
		return err
	}
	if err := put("目录.html", index); err != nil {
		return nil, err
	}
	for i, p := range a.Papers {
		if err := put(listed[i], p.Body); err != nil {
			return nil, err
		}
	}
	for _, f := range a.Files {
		ending := path.Ext(f.Name)
		if err := put(names.take(f.Folder, strings.TrimSuffix(f.Name, ending), ending), f.Body); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Filed packs papers of a kind that are handed over together, each under a name
// of its own that no unpacking program can be led astray by.
func Filed(all []ArchivePaper) ([]byte, error) {
	var out bytes.Buffer
	w, names := zip.NewWriter(&out), archiveNames{}
	for _, p := range all {
		f, err := w.CreateHeader(&zip.FileHeader{Name: names.take(p.Folder, p.Title, p.Ending), Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(p.Body); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// index is the first page: what there is, and where it lies.
func (a Archive) index(names []string) Document {
	papers := table{columns: []column{{head: "序号", share: 10}, {head: "材料", share: 45, left: true}, {head: "文件", share: 45, left: true}}}
	for i, p := range a.Papers {
		papers.rows = append(papers.rows, []string{fmt.Sprint(i + 1), p.Title, names[i]})
	}
	d := Document{paper: Paper{Demo: a.Demo, Trial: a.Trial, Issuer: a.Issuer, Date: a.Date}, title: []string{a.Village, or(a.Over, ""), "电子档案目录"}}
	d.section("文件材料", []block{papers})
	if len(a.Evidence) > 0 {
		t := table{dense: true, columns: []column{{head: "序号", share: 8}, {head: "单项工作", share: 20}, {head: "类别", share: 12}, {head: "名称", share: 32, left: true}, {head: "日期", share: 14}, {head: "存放", share: 14, left: true}}}
		for i, e := range a.Evidence {
			t.rows = append(t.rows, []string{fmt.Sprint(i + 1), or(e.Item, dash), e.Kind, e.Title, or(e.Date, dash), or(e.Where, dash)})
		}
		d.section("佐证材料", []block{t})
	}
	return d
}

// archiveNames gives every file a name of its own.
type archiveNames map[string]bool

func (n archiveNames) take(folder, title, ending string) string {
	base := safeName(title)
	if folder != "" {
		base = safeName(folder) + "/" + base
	}
	name := base + strings.ToLower(safeEnding(ending))
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s（%d）%s", base, i, strings.ToLower(safeEnding(ending)))
	}
	n[strings.ToLower(name)] = true
	return name
}

// safeName is one step of a path: no separators, no controls, no leading dots,
// no device name of any system, at most 60 characters.
func safeName(text string) string {
	text = strings.Map(func(c rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, c) || unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == utf8.RuneError {
			return '_'
		}
		return c
	}, text)
	text = strings.Trim(text, ". ")
	if runes := []rune(text); len(runes) > 60 {
		text = strings.TrimRight(string(runes[:60]), ". ")
	}
	stem, _, _ := strings.Cut(strings.ToUpper(text), ".")
	switch {
	case text == "":
		return "未命名"
	case len(stem) == 4 && (stem[:3] == "COM" || stem[:3] == "LPT"), stem == "CON", stem == "PRN", stem == "AUX", stem == "NUL":
		return "_" + text
	}
	return text
}

func safeEnding(ending string) string {
	for _, c := range strings.TrimPrefix(ending, ".") {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) || c > unicode.MaxASCII {
			return ".bin"
		}
	}
	if len(ending) < 2 || len(ending) > 6 || ending[0] != '.' {
		return ".bin"
	}
	return ending
}
