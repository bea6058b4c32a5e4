package postgres

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/contest"
	"leitai/internal/exact"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// BoardField is a field's place in a line of a board. The order is that of
// leitai_lay_boards in the migrations.
type BoardField int

// The fields of a line; an empty one is none.
const (
	BoardUnit    BoardField = iota
	BoardSubject            // empty: the unit itself
	BoardKind
	BoardCode // of a subject that is no unit; empty: that of its place
	BoardName
	BoardTotal
	BoardRank
	BoardRankIfExact
	BoardChange
	BoardRankLow
	BoardRankHigh
	BoardBands // a list as PostgreSQL prints it; empty: an empty one
	BoardUnranked
	BoardTrack
	BoardTrackRank
	BoardPercentile
	BoardLight
	BoardStreaks // a list: key, length and whether it counted, of every streak
	BoardParts   // JSON, as the next; empty: an empty list
	BoardGrades
	BoardVetoes // a list
	boardFields
)

// BoardLine is the fields of one line.
type BoardLine [boardFields]string

var errBoardLine = errors.New("postgres: a board has other fields or places than it should")

// Place is what a place is called today.
type Place struct{ Code, Name string }

// BoardLines takes a board apart that BoardSQL has read: every line with its
// place.
func BoardLines(lines, places string, take func(l *BoardLine, at Place) error) error {
	at := make(map[string]Place, strings.Count(places, "\n")+1)
	for line := range strings.SplitSeq(places, "\n") {
		id, rest, _ := strings.Cut(line, "\t")
		code, name, _ := strings.Cut(rest, "\t")
		at[id] = Place{code, name}
	}
	var l BoardLine
	for line := range strings.SplitSeq(lines, "\n") {
		if err := l.read(line); err != nil {
			return err
		}
		place, there := at[l[BoardUnit]]
		if !there {
			return errBoardLine
		}
		if err := take(&l, place); err != nil {
			return err
		}
	}
	return nil
}

func (l *BoardLine) read(line string) error {
	more := true
	for i := range l {
		if !more {
			return errBoardLine
		}
		l[i], line, more = strings.Cut(line, "\t")
		if strings.IndexByte(l[i], '\\') >= 0 {
			l[i] = asWritten.Replace(l[i])
		}
	}
	if more {
		return errBoardLine
	}
	return nil
}

// asWritten undoes what leitai_board_line does inside a field.
var asWritten = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n")

// TextArray reads a list of texts as PostgreSQL prints it; what was printed
// plainly is not copied.
func TextArray(printed string) ([]string, error) {
	if printed == "" || printed == "{}" {
		return []string{}, nil
	}
	plain, begun := strings.CutPrefix(printed, "{")
	plain, ended := strings.CutSuffix(plain, "}")
	if !begun || !ended || strings.ContainsAny(plain, `"\{}`) {
		var list pq.StringArray
		err := list.Scan(printed)
		return list, err
	}
	return strings.Split(plain, ","), nil
}

// boardRows gives the rows of a board.
func boardRows(lines, places string) ([]contestround.BoardRow, error) {
	n := strings.Count(lines, "\n") + 1
	made := rowMaker{rows: make([]contestround.BoardRow, 0, n), whole: make([]int, 0, n*wholeFields), numbers: make([]exact.Number, 0, n*numberFields)}
	err := BoardLines(lines, places, made.add)
	return made.rows, err
}

// rowMaker makes rows whose numbers stand side by side in memory.
type rowMaker struct {
	rows    []contestround.BoardRow
	whole   []int
	numbers []exact.Number
}

// How many of a line's fields are numbers.
const wholeFields, numberFields = 6, 2

func (m *rowMaker) add(l *BoardLine, at Place) error {
	m.rows = append(m.rows, contestround.BoardRow{Kind: template.SubjectKind(l[BoardKind]), UnitCode: l[BoardCode], Place: at.Name, Name: l[BoardName],
		Shown: l[BoardTotal], Unranked: l[BoardUnranked], Track: l[BoardTrack], Light: l[BoardLight]})
	row := &m.rows[len(m.rows)-1]
	if row.UnitCode == "" {
		row.UnitCode = at.Code
	}
	var err error
	if row.Unit, err = uuid.Parse(l[BoardUnit]); err != nil {
		return err
	}
	row.Subject = row.Unit
	if l[BoardSubject] != "" {
		if row.Subject, err = uuid.Parse(l[BoardSubject]); err != nil {
			return err
		}
	}
	if row.Bands, err = TextArray(l[BoardBands]); err != nil {
		return err
	}
	if row.Vetoes, err = TextArray(l[BoardVetoes]); err != nil {
		return err
	}
	if row.Streaks, err = streaksOf(l[BoardStreaks]); err != nil {
		return err
	}
	return errors.Join(m.figures(row, l), listOf(l[BoardParts], &row.Parts), listOf(l[BoardGrades], &row.Grades))
}

// figures reads the numbers of a row.
func (m *rowMaker) figures(row *contestround.BoardRow, l *BoardLine) error {
	for _, f := range [wholeFields]struct {
		into **int
		at   BoardField
	}{{&row.Rank, BoardRank}, {&row.RankIfExact, BoardRankIfExact}, {&row.Change, BoardChange}, {&row.RankLow, BoardRankLow},
		{&row.RankHigh, BoardRankHigh}, {&row.TrackRank, BoardTrackRank}} {
		if l[f.at] == "" {
			continue
		}
		n, err := strconv.Atoi(l[f.at])
		if err != nil {
			return fmt.Errorf("postgres: a board: %w", err)
		}
		m.whole = append(m.whole, n)
		*f.into = &m.whole[len(m.whole)-1]
	}
	for _, f := range [numberFields]struct {
		into **exact.Number
		at   BoardField
	}{{&row.Total, BoardTotal}, {&row.Percentile, BoardPercentile}} {
		if l[f.at] == "" {
			continue
		}
		n, err := numberOf(l[f.at])
		if err != nil {
			return err
		}
		m.numbers = append(m.numbers, n)
		*f.into = &m.numbers[len(m.numbers)-1]
	}
	return nil
}

// streaksOf reads the streaks of a row, three texts each.
func streaksOf(printed string) ([]contest.StreakCount, error) {
	texts, err := TextArray(printed)
	if err != nil {
		return nil, err
	}
	streaks := make([]contest.StreakCount, 0, len(texts)/3)
	for of := range slices.Chunk(texts, 3) {
		if len(of) < 3 {
			return nil, errBoardLine
		}
		n, err := strconv.Atoi(of[1])
		if err != nil {
			return nil, fmt.Errorf("postgres: a board's streak: %w", err)
		}
		streaks = append(streaks, contest.StreakCount{Key: of[0], Count: n, Triggered: of[2] == "true"})
	}
	return streaks, nil
}

// listOf reads a list that is empty for most.
func listOf[T any](printed string, into *[]T) error {
	if printed == "" {
		*into = []T{}
		return nil
	}
	return json.Unmarshal([]byte(printed), into)
}
