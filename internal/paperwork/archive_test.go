package paperwork

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/fault"
)

func archive() Archive {
	return Archive{Paper: unmarked, Village: "松岭村", Over: "2023年第二季度",
		Papers:   []ArchivePaper{{"01 通报", "关于2023年4月“擂台比武”情况的通报", ".docx", []byte("通报")}, {"01 通报", "关于2023年4月“擂台比武”情况的通报", ".docx", []byte("又一份")}, {"02 问题", "问题整改清单", ".html", []byte("清单")}},
		Evidence: []ArchiveEvidence{{"组织生活", "照片", "支部大会", "2023-04-12", "03 佐证/支部大会.jpg"}, {Kind: "访谈", Title: "口头抽查"}},
		Files:    []ArchiveFile{{"03 佐证", "支部大会.jpg", []byte("jpg")}}}
}

// The archive of a village holds an index, its papers and its evidence, and the
// index names each file as it lies in the archive.
// covers B07
func TestArchiveOfAVillage(t *testing.T) {
	t.Parallel()
	file, err := archive().Zip()
	if err != nil {
		t.Fatal(err)
	}
	again, err := archive().Zip()
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("two archives of the same data differ (%v)", err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	content := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		content[f.Name] = string(body)
	}
	index := content["目录.html"]
	if z.File[0].Name != "目录.html" || len(content) != 5 || !strings.Contains(index, "演示数据") {
		t.Errorf("the archive holds %d files and begins with %s", len(content), z.File[0].Name)
	}
	for name, body := range content {
		if name != "目录.html" && name != "03 佐证/支部大会.jpg" && !strings.Contains(index, name) {
			t.Errorf("the index does not name %s (%s)", name, body)
		}
	}
	wantAll(t, index, "支部大会", "03 佐证/支部大会.jpg", "口头抽查", "2023年第二季度", "电子档案目录")
	if content["01 通报/关于2023年4月“擂台比武”情况的通报（2）.docx"] != "又一份" {
		t.Error("one of two papers of a name is lost")
	}
	if _, err := (Archive{Village: "松岭村"}).Zip(); fault.CodeOf(err) != fault.PaperFieldMissing {
		t.Errorf("an empty archive: %v", err)
	}
}

// No name leads out of the folder into which an archive is unpacked, and no two
// files share one.
// covers B07
func TestNamesInAnArchiveLeadNowhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := archiveNames{}
		seen := map[string]bool{}
		for range rapid.IntRange(1, 6).Draw(t, "files") {
			text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"../../etc/passwd", `..\..\x`, "/abs", "C:\\x", "con", "NUL.txt", "a\x00b", "..", "", " ", "目录", "\u202egpj.exe"}))
			name := names.take(text.Draw(t, "folder"), text.Draw(t, "title"), rapid.SampledFrom([]string{".docx", "", ".e/x", ".PNG", ".html\x00"}).Draw(t, "ending"))
			steps := strings.Split(name, "/")
			if path.IsAbs(name) || strings.ContainsAny(name, "\\:*?\"<>|\x00") || len(steps) > 2 || path.Clean(name) != name || strings.HasPrefix(name, "..") {
				t.Fatalf("%q leads astray", name)
			}
			for _, step := range steps {
				if step == "" || strings.HasPrefix(step, ".") || strings.HasSuffix(step, " ") || strings.HasSuffix(step, ".") {
					t.Fatalf("%q has the step %q", name, step)
				}
			}
			if seen[strings.ToLower(name)] {
				t.Fatalf("%q stands twice", name)
			}
			seen[strings.ToLower(name)] = true
		}
	})
}
