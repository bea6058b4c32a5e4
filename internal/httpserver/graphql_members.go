package httpserver

import (
	"bytes"
	"encoding/json"

	"leitai/internal/fault"
)

// members takes a JSON object apart that is known to be valid: each name with
// its value as it is written, in their order. Nothing is read twice, as a
// decoder that has to expect mistakes would.
func members(object []byte, each func(name string, raw json.RawMessage) error) error {
	rest := bytes.TrimLeft(object, space)[1:] // the brace
	for {
		rest = bytes.TrimLeft(rest, space+",")
		if rest[0] == '}' {
			return nil
		}
		end := valueEnd(rest)
		name, ok := plainText(rest[:end])
		if !ok && json.Unmarshal(rest[:end], &name) != nil {
			return fault.New(fault.BodyMalformed)
		}
		rest = bytes.TrimLeft(rest[end:], space+":")
		end = valueEnd(rest)
		if err := each(name, json.RawMessage(rest[:end:end])); err != nil {
			return err
		}
		rest = rest[end:]
	}
}

// space is what may stand between the parts of JSON.
const space = " \t\r\n"

// valueEnd is where the value ends with which valid JSON begins.
func valueEnd(text []byte) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i += textEnd(text[i:]) - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		case ',', ' ', '\t', '\r', '\n', ':':
			continue
		default: // a number or a word
			for i+1 < len(text) && !bytes.ContainsRune([]byte(",]} \t\r\n"), rune(text[i+1])) {
				i++
			}
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(text)
}

// textEnd is where the text ends with which valid JSON begins, its quotation
// marks included.
func textEnd(text []byte) int {
	for i := 1; ; i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

// plainText is a text in which nothing is escaped; false for anything else.
func plainText(raw []byte) (string, bool) {
	if raw[0] != '"' || bytes.IndexByte(raw, '\\') >= 0 {
		return "", false
	}
	return string(raw[1 : len(raw)-1]), true
}

// plainTexts is an object of such texts and nothing else, as variables mostly
// are; false for anything else.
func plainTexts(raw []byte) (all map[string]any, plain bool) {
	if raw[0] != '{' {
		return nil, false
	}
	all, plain = map[string]any{}, true
	err := members(raw, func(name string, raw json.RawMessage) error {
		value, ok := plainText(raw)
		plain = plain && ok
		all[name] = value
		return nil
	})
	return all, plain && err == nil
}
