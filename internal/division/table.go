package division

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
)

// Row is one division of a table.
type Row struct {
	Line   int // row of the file; the header is row 1
	Code   string
	Name   string // legal name
	Parent string // "" for a province
	Level  Level
}

// Table is a checked table, packed so that the national one takes about 60 MB:
// codes as numbers, names in one stretch of bytes. It is never changed after it
// is read and may be shared.
type Table struct {
	keys    []key    // of each row, in file order
	parents []key    // 0: none
	lines   []uint32 // row in the file
	ends    []uint32 // where the name of a row ends in names
	names   []byte
	order   []uint32 // rows by level and code
}

// key is a code as a number: its length above its digits, so that keys sort by
// level, then by code.
type key uint64

// digitBits hold any twelve digits.
const digitBits = 40

func keyOf(code string) key {
	digits, _ := strconv.ParseUint(code, 10, 64) // LevelOf has looked at it
	return key(uint64(len(code))<<digitBits | digits)
}

func (k key) length() int { return int(k >> digitBits) }

// code prints the digits again, leading zeros included.
func (k key) code() string {
	if k == 0 {
		return ""
	}
	digits := strconv.FormatUint(uint64(k)&(1<<digitBits-1), 10)
	return "000000000000"[:max(0, k.length()-len(digits))] + digits
}

func (t *Table) name(i int) string {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return string(t.names[start:t.ends[i]])
}

func (t *Table) row(i int) Row {
	code := t.keys[i].code()
	level, _ := LevelOf(code)
	return Row{int(t.lines[i]), code, t.name(i), t.parents[i].code(), level}
}

// add appends a row whose code and name are checked.
func (t *Table) add(line int, code, name string, parent key) {
	t.keys = append(t.keys, keyOf(code))
	t.parents = append(t.parents, parent)
	t.lines = append(t.lines, uint32(line))
	t.names = append(t.names, name...)
	t.ends = append(t.ends, uint32(len(t.names)))
}

// sort orders the rows by level and code; of equal codes the first line comes
// first.
func (t *Table) sort() {
	t.order = make([]uint32, len(t.keys))
	for i := range t.order {
		t.order[i] = uint32(i)
	}
	slices.SortFunc(t.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(t.keys[a], t.keys[b]), cmp.Compare(a, b))
	})
}

// find gives the first row of a code.
func (t *Table) find(k key) (int, bool) {
	at, ok := slices.BinarySearchFunc(t.order, k, func(i uint32, k key) int { return cmp.Compare(t.keys[i], k) })
	if !ok {
		return 0, false
	}
	return int(t.order[at]), true
}

// Len is the number of divisions.
func (t *Table) Len() int { return len(t.keys) }

// Count is the number of divisions of each level.
func (t *Table) Count() map[Level]int {
	counts := make(map[Level]int, len(levels))
	for _, k := range t.keys {
		depth := slices.Index(lengths[:], k.length())
		counts[levels[depth]]++
	}
	return counts
}

// Find gives the division of a code.
func (t *Table) Find(code string) (Row, bool) {
	if _, ok := LevelOf(code); !ok {
		return Row{}, false
	}
	i, ok := t.find(keyOf(code))
	if !ok {
		return Row{}, false
	}
	return t.row(i), true
}

// All gives every division, parents before children: by level, then by code,
// whatever the order of the file. Rows are made one at a time.
func (t *Table) All() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, i := range t.order {
			if !yield(t.row(int(i))) {
				return
			}
		}
	}
}
