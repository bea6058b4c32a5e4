package division_test

import (
	"slices"
	"testing"

	"leitai/internal/division"
)

func TestLevelsAncestorsAndRegion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code, region string
		level        division.Level
		ancestors    []string
	}{
		{"43", "", division.Province, nil},
		{"71", "", division.Province, nil},
		{"4312", "4312", division.Prefecture, []string{"43"}},
		{"431226", "431226", division.County, []string{"43", "4312"}},
		{"431226216", "431226", division.Township, []string{"43", "4312", "431226"}},
		{"431226216001", "431226", division.Village, []string{"43", "4312", "431226", "431226216"}},
		{"441900003", "441900", division.Township, []string{"44", "4419", "441900"}},
		{"429004", "429004", division.County, []string{"42", "4290"}},
		{"010203", "010203", division.County, []string{"01", "0102"}},
	} {
		level, ok := division.LevelOf(c.code)
		region, has := division.Region(c.code)
		if !ok || level != c.level || region != c.region || has != (c.region != "") || !slices.Equal(division.Ancestors(c.code), c.ancestors) {
			t.Errorf("%s: %s, region %q, ancestors %v", c.code, level, region, division.Ancestors(c.code))
		}
	}
	if want := []division.Level{division.Province, division.Prefecture, division.County, division.Township, division.Village}; !slices.Equal(division.Levels(), want) {
		t.Errorf("levels %v", division.Levels())
	}
}

func TestWhatIsNoCode(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "4", "431", "43122", "4312261", "4312262160011", "4312262160", "43122x", "４３", "43 ", "-3", "+4312", "431226216OO1"} {
		level, ok := division.LevelOf(code)
		region, has := division.Region(code)
		if ok || level != "" || has || region != "" || division.Ancestors(code) != nil {
			t.Errorf("%q: %s, %q, %v", code, level, region, division.Ancestors(code))
		}
	}
}

func TestShownName(t *testing.T) {
	t.Parallel()
	for legal, want := range map[string]string{
		"沈庄村村民委员会":        "沈庄村",
		"沈庄村民委员会":         "沈庄村",
		"沈庄村委会":           "沈庄村",
		"加依村村委会":          "加依村",
		"苗家庄新村村民委员会":      "苗家庄新村",
		"时村村民委员会":         "时村",
		"时村委会":            "时村",
		"阿瓦提艾日克村委员会":      "阿瓦提艾日克村",
		"沟口子村村民委会":        "沟口子村",
		"四分场村民委员会":        "四分场村",
		"文昌社区居民委员会":       "文昌社区",
		"多福巷社区居委会":        "多福巷社区",
		"东沟社区村民委员会":       "东沟社区",
		"刘南社区村委会":         "刘南社区",
		"侯寨社区居民管理委员会":     "侯寨社区",
		"万达社区委员会":         "万达社区",
		"诺干诺尔嘎查委员会":       "诺干诺尔嘎查",
		"诺干诺尔嘎查村民委员会":     "诺干诺尔嘎查",
		"北村居委会":           "北村",
		"四道口居民委员会":        "四道口居委会",
		"八一居委会":           "八一居委会",
		"庙港村委会（新）":        "庙港村（新）",
		"新月村委会（工业小区）（省级）": "新月村（工业小区）（省级）",
		"朱坊村委会(朱家坊)":      "朱坊村(朱家坊)",
		"汉东楼居委会（社区）":      "汉东楼居委会（社区）",
		"小（氵甸）村委会":        "小（氵甸）村",
		"保康街道办事处":         "保康街道",
		"黄桥镇人民政府":         "黄桥镇",
		"清溪乡人民政府":         "清溪乡",
		"西铁营村":            "西铁营村",
		"滨江社区":            "滨江社区",
		"金秀林场生活区":         "金秀林场生活区",
		"爱国家委会":           "爱国家委会",
		"苏正办事处":           "苏正办事处",
		"开发区管理委员会":        "开发区管理委员会",
		"市辖区":             "市辖区",
		"青海省":             "青海省",
		"村民委员会":           "村民委员会",
		"村村民委员会":          "村村民委员会",
		"（村委会）":           "（村委会）",
		"":                "",
	} {
		if got := division.ShownName(legal); got != want {
			t.Errorf("%s: %s, want %s", legal, got, want)
		}
	}
}

func FuzzShownName(f *testing.F) {
	for _, s := range []string{"沈庄村村民委员会", "八一居委会", "（村委会）", "村委会（", "\xff村委会"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, legal string) {
		shown := division.ShownName(legal)
		if (shown == "") != (legal == "") || len(shown) > len(legal) {
			t.Errorf("%q is shown as %q", legal, shown)
		}
		if again := division.ShownName(shown); legal == shown && again != shown {
			t.Errorf("%q is shown as %q, then as %q", legal, shown, again)
		}
	})
}
