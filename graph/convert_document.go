package graph

import (
	"leitai/graph/model"
	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
)

func officeForm(f *bulletin.Form) *model.OfficeForm {
	return &model.OfficeForm{ID: globalID(officeFormKind, f.ID), Kind: f.Kind, Name: f.Name, Placeholders: texts(f.Placeholders), Sha256: f.Hash,
		Bytes: f.Bytes, UploadedAt: f.UploadedAt}
}

func formPlaceholders(all []paperwork.Placeholder, language fault.Language) []*model.FormPlaceholder {
	return converted(all, func(p paperwork.Placeholder) *model.FormPlaceholder {
		return &model.FormPlaceholder{Name: p.Name, Meaning: inLanguage(p.Zh, p.En, language)}
	})
}

func formKind(language fault.Language) func(paperwork.FormKind) *model.FormKind {
	return func(k paperwork.FormKind) *model.FormKind {
		out := &model.FormKind{Key: k.Key, Name: inLanguage(k.Zh, k.En, language), Placeholders: formPlaceholders(k.Values, language)}
		out.Lists = converted(k.Lists, func(l paperwork.FormList) *model.FormList {
			return &model.FormList{Name: l.Name, Meaning: inLanguage(l.Zh, l.En, language), Placeholders: formPlaceholders(l.Values, language)}
		})
		return out
	}
}

func inLanguage(zh, en string, language fault.Language) string {
	if language == fault.English {
		return en
	}
	return zh
}
