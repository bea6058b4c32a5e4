package template

// Dimension is one of the fields of work by which items of different templates
// are compared: templates are their tenants' own, dimensions are the county's.
type Dimension struct {
	Key  string
	Name Text
}

// Dimensions is the standard dictionary, in its order. A county or township may
// add dimensions of its own; an item names one by its key.
func Dimensions() []Dimension {
	return []Dimension{
		{"party-building", Text{"党建", "Party building"}},
		{"rural-revitalisation", Text{"乡村振兴", "Rural revitalisation"}},
		{"habitat", Text{"人居环境", "Living environment"}},
		{"industry", Text{"产业发展", "Industry"}},
		{"safety", Text{"安全生产", "Work safety"}},
		{"stability", Text{"综治维稳", "Public order and stability"}},
		{"livelihood", Text{"民生改善", "Livelihood"}},
		{"governance", Text{"村庄治理", "Village governance"}},
		{"ideology", Text{"意识形态", "Ideology"}},
		{"culture", Text{"文明乡风", "Culture and civility"}},
		{"finance", Text{"集体经济与财务", "Collective economy and finance"}},
		{"discipline", Text{"作风纪律", "Conduct and discipline"}},
	}
}

// UnknownDimensions lists the fields of items whose dimension is none of the
// keys given: items[2].dimension, with the key that stands there.
func UnknownDimensions(d Document, known []string) map[string]string {
	unknown := map[string]string{}
	have := map[string]bool{}
	for _, k := range known {
		have[k] = true
	}
	for i := range d.Items {
		if key := d.Items[i].Dimension; key != "" && !have[key] {
			unknown[index("items", i)+".dimension"] = key
		}
	}
	return unknown
}
