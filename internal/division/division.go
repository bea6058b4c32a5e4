// Package division owns the table of administrative divisions: what a code
// says about its level and ancestors, reading a `code,name,parent` file
// all-or-nothing with every bad row listed, and the shown name beside the legal
// one.
//
// It does not own where divisions are kept or how they change over the years
// (the unit tree of the database), nor units without a statistical code.
//
// What a file may hold: provinces (2 digits, no parent), prefectures (4),
// counties (6), townships (9) and villages (12), each below the level above,
// and two shortcuts that exist in reality: a county directly under its province
// (省直辖), and a township directly under a prefecture that has no counties
// (Dongguan 4419, Zhongshan 4420, Danzhou 4604, Jiayuguan 6202). The statistics
// bureau writes both with a stand-in between (4290 省直辖县级行政区划, 441900
// 东莞市, 620201 嘉峪关市), which passes as well. A parent's code begins its child's code. Taiwan
// (71), Hong Kong (81) and Macao (82) are provinces without further rows, or
// with them.
package division

// Level is one of the five levels of the statistical codes.
type Level string

// The levels, from the top.
const (
	Province   Level = "province"
	Prefecture Level = "prefecture"
	County     Level = "county"
	Township   Level = "township"
	Village    Level = "village"
)

// lengths are the digits of a code of each level, from the top.
var lengths = [...]int{2, 4, 6, 9, 12}

var levels = [...]Level{Province, Prefecture, County, Township, Village}

// Levels lists the five levels from the top.
func Levels() []Level { return levels[:] }

// LevelOf gives the level of a code by its length; false when it is no code of
// 2, 4, 6, 9 or 12 ASCII digits.
func LevelOf(code string) (Level, bool) {
	depth, ok := depthOf(code)
	if !ok {
		return "", false
	}
	return levels[depth], true
}

// depthOf gives the level as a number from 0, the province.
func depthOf(code string) (int, bool) {
	for i := range len(code) {
		if code[i] < '0' || code[i] > '9' {
			return 0, false
		}
	}
	for depth, length := range lengths {
		if len(code) == length {
			return depth, true
		}
	}
	return 0, false
}

// Ancestors gives the codes above a code, province first, as its digits say;
// nil for a province and for what is no code. Where a table leaves out a
// stand-in (441900), the chain names it nevertheless.
func Ancestors(code string) []string {
	depth, ok := depthOf(code)
	if !ok {
		return nil
	}
	var chain []string
	for _, length := range lengths[:depth] {
		chain = append(chain, code[:length])
	}
	return chain
}

// Region gives the region code that business rows of a unit carry: the county's
// six digits for a county and everything below it, the prefecture's four for a
// prefecture; false for a province and for what is no code.
func Region(code string) (string, bool) {
	depth, ok := depthOf(code)
	switch {
	case !ok || depth == 0:
		return "", false
	case depth == 1:
		return code, true
	}
	return code[:lengths[2]], true
}

// parentLengths are the lengths a parent of each depth may have, the usual one
// first.
var parentLengths = [...][]int{{}, {2}, {4, 2}, {6, 4}, {9}}
