package main

import (
	"encoding/json"
	"fmt"
	"reflect"

	"leitai/bench/bare"
)

// readBoard reads an answer in the shape of the contract.
func readBoard(body []byte) (any, error) {
	var b bare.Board
	if err := json.Unmarshal(body, &b); err != nil {
		return nil, err
	}
	if len(b.Data.Board.Rows) == 0 {
		return nil, fmt.Errorf("no board: %.300s", body)
	}
	for i := range b.Data.Board.Rows {
		row := &b.Data.Board.Rows[i]
		row.Bands = append([]string{}, row.Bands...)
	}
	return b.Data.Board, nil
}

// readCounty reads an answer in the shape of the contract.
func readCounty(body []byte) (any, error) {
	var c bare.County
	if err := json.Unmarshal(body, &c); err != nil {
		return nil, err
	}
	lines := c.Data.CountyComparison.Lines
	if len(lines) == 0 || len(lines[0].Rounds) == 0 || lines[0].Rounds[0].Index == nil {
		return nil, fmt.Errorf("nothing is compared: %.600s", body)
	}
	return lines, nil
}

// same compares two answers.
func same(a, b any) error {
	if reflect.DeepEqual(a, b) {
		return nil
	}
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	if errX != nil || errY != nil {
		return errDiffer
	}
	return fmt.Errorf("%w:\n%.2000s\n%.2000s", errDiffer, x, y)
}
