package paperwork

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var pictures = flag.String("pictures", "", "a folder: every paper is written there as HTML, DOCX and, drawn by Chromium, as PNG, to be looked at")

// Every paper is made in every format it has, and nothing of it is empty. With
// -pictures=folder each is also drawn by Chromium, which has to be installed.
func TestPicturesOfEveryPaper(t *testing.T) {
	t.Parallel()
	browser := ""
	if *pictures != "" {
		for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
			if found, err := exec.LookPath(name); err == nil {
				browser = found
			}
		}
		if browser == "" {
			t.Fatal("pictures need Chromium")
		}
	}
	for name, data := range all() {
		d, err := data.Document()
		if err != nil {
			t.Fatal(err)
		}
		page, err := d.HTML()
		if err != nil || len(page) < 1000 {
			t.Fatalf("%s: a page of %d bytes, %v", name, len(page), err)
		}
		file, err := d.DOCX()
		if err != nil || len(file) < 1000 {
			t.Fatalf("%s: a file of %d bytes, %v", name, len(file), err)
		}
		if browser != "" {
			draw(t, browser, filepath.Join(*pictures, name), page, file)
		}
	}
}

func draw(t *testing.T, browser, path string, page, file []byte) {
	t.Helper()
	for ending, content := range map[string][]byte{".html": page, ".docx": file} {
		if err := os.WriteFile(path+ending, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--window-size=1150,1500", "--screenshot="+path+".png", "file://"+path+".html")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if info, err := os.Stat(path + ".png"); err != nil || info.Size() < 10_000 {
		t.Errorf("%s.png: %v", path, err)
	}
}
