package data

import (
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"leitai/internal/division"
)

// The shape of the province at scale 1.
const (
	provinceCode   = "98"
	wholeCounties  = 90
	wholeTownships = 1360
	wholeVillages  = 25547
	countiesBelow  = 9 // a prefecture
)

// province is the tree of units.
type province struct {
	units     []unit // parents before children
	counties  []*county
	townships []*township
	villages  int
}

type unit struct {
	id                 uuid.UUID
	code, level, legal string
	parent             uuid.NullUUID
	region             string
}

func (u unit) shown() string { return division.ShownName(u.legal) }

type county struct {
	unit
	tenant, admin uuid.UUID
	small         bool // of the outskirts
}

type township struct {
	unit
	county        *county
	tenant, admin uuid.UUID // admin is the first administrator as a user
	approver      uuid.UUID // and as a person
	villages      []unit
	number        int // from 0 in the province
	seed          uint64
	small         bool // of the outskirts
}

// spread gives the i-th of n parts of a whole: even parts, of which neighbours
// then give and take up to `most`, so that parts differ but their sum does not.
func spread(whole, n, i, most int) int {
	share := whole*(i+1)/n - whole*i/n
	if partner := i ^ 1; partner >= n {
		return share
	}
	give := (i / 2) % (most + 1)
	if i%2 == 0 {
		return share + give
	}
	return share - give
}

// settle makes the tree at a scale: a hundredth of the townships at 0.01, but at
// least one county with one township.
func settle(scale float64, seed uint64) *province {
	townships := max(1, int(math.Round(wholeTownships*scale)))
	counties := min(townships, max(1, int(math.Round(wholeCounties*scale))))
	villages := max(townships, wholeVillages*townships/wholeTownships)
	if townships == wholeTownships {
		villages = wholeVillages
	}
	p := &province{villages: villages}
	ids := newSource(seed, "units")
	root := p.add(ids, unit{code: provinceCode, level: "province", legal: "基准省"})
	var prefecture unit
	for c := range counties {
		if c%countiesBelow == 0 {
			n := c/countiesBelow + 1
			prefecture = p.add(ids, unit{code: fmt.Sprintf("98%02d", n), level: "prefecture", legal: fmt.Sprintf("基准%02d市", n), parent: below(root)})
		}
		n := c%countiesBelow + 1
		code := fmt.Sprintf("%s%02d", prefecture.code, n)
		at := &county{unit: p.add(ids, unit{code: code, level: "county", legal: "基准" + code[2:] + "县", parent: below(prefecture), region: code})}
		p.counties = append(p.counties, at)
		p.settleCounty(ids, at, spread(townships, counties, c, 4), townships, seed)
	}
	return p
}

// settleCounty makes a county's townships with their villages.
func (p *province) settleCounty(ids *source, c *county, townships, all int, seed uint64) {
	for k := range townships {
		p.settleTownship(ids, c, k, spread(p.villages, all, len(p.townships), 6), seed)
	}
}

// settleTownship makes the k-th township of a county with its villages.
func (p *province) settleTownship(ids *source, c *county, k, villages int, seed uint64) *township {
	code := fmt.Sprintf("%s%03d", c.code, 100+k)
	t := &township{county: c, number: len(p.townships), seed: seed,
		unit: p.add(ids, unit{code: code, level: "township", legal: "基准" + code[2:] + "镇人民政府", parent: below(c.unit), region: c.code})}
	for v := range villages {
		code := fmt.Sprintf("%s%03d", t.code, 200+v)
		t.villages = append(t.villages, p.add(ids, unit{code: code, level: "village", legal: "基准" + code[4:] + "村民委员会", parent: below(t.unit), region: c.code}))
	}
	p.townships = append(p.townships, t)
	return t
}

// The outskirts are counties beyond the province's own: prefectures from this
// number on, each of so many counties of one township.
const firstOutskirt, outskirtCounties, outskirtVillages = 11, 90, 3

// outskirts adds counties of one small township each: tenants that are there
// and do little.
func (p *province) outskirts(counties int, seed uint64) {
	ids := newSource(seed, "outskirts")
	root := p.units[0]
	var prefecture unit
	for c := range counties {
		if c%outskirtCounties == 0 {
			n := c/outskirtCounties + firstOutskirt
			prefecture = p.add(ids, unit{code: fmt.Sprintf("98%02d", n), level: "prefecture", legal: fmt.Sprintf("基准%02d市", n), parent: below(root)})
		}
		code := fmt.Sprintf("%s%02d", prefecture.code, c%outskirtCounties+1)
		at := &county{small: true, unit: p.add(ids, unit{code: code, level: "county", legal: "基准" + code[2:] + "县", parent: below(prefecture), region: code})}
		p.counties = append(p.counties, at)
		p.settleTownship(ids, at, 0, outskirtVillages, seed).small = true
		p.villages += outskirtVillages
	}
}

func (p *province) add(ids *source, u unit) unit {
	u.id = ids.at(founded)
	p.units = append(p.units, u)
	return u
}

func below(u unit) uuid.NullUUID { return uuid.NullUUID{UUID: u.id, Valid: true} }

// founded is when everything before the first round happened.
var founded = time.Date(2000, 1, 4, 1, 0, 0, 0, time.UTC)
