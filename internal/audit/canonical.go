package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
)

func canonicalDetail(detail any) (json.RawMessage, error) {
	if detail == nil {
		return json.RawMessage("{}"), nil
	}
	raw, err := json.Marshal(detail)
	if err != nil {
		return nil, err
	}
	return canonical(raw)
}

// canonical writes a JSON value in one form, whatever wrote it: keys sorted, no
// spaces, numbers as shortest decimals. The database's jsonb keeps the value
// but not its form. Text with a NUL, which jsonb cannot hold, is refused.
func canonical(raw []byte) (json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more than one JSON value")
	}
	v, err := plain(v)
	if err != nil {
		return nil, err
	}
	return json.Marshal(v) // sorts the keys of maps
}

// plain replaces numbers by their shortest decimal, all the way down.
func plain(v any) (any, error) {
	var err error
	switch v := v.(type) {
	case json.Number:
		return shortest(v)
	case string:
		if strings.ContainsRune(v, 0) {
			return nil, errors.New("text holds a NUL")
		}
	case []any:
		for i := range v {
			if v[i], err = plain(v[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for name := range v {
			if strings.ContainsRune(name, 0) {
				return nil, errors.New("a name holds a NUL")
			}
			if v[name], err = plain(v[name]); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}

// longest bounds a number, so that an exponent cannot cost memory.
const longest = 400

func shortest(n json.Number) (json.Number, error) {
	text := n.String()
	if mantissa, exponent, found := strings.Cut(strings.ToLower(text), "e"); len(mantissa) > longest || found && len(exponent) > 4 {
		return "", fmt.Errorf("the number %.40s is too long", text)
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return "", fmt.Errorf("%.40q is no number", text)
	}
	places, _ := r.FloatPrec()
	return json.Number(r.FloatString(places)), nil
}
