package contest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"leitai/internal/exact"
)

// Canonical prints a value as canonical JSON: keys sorted, no white space, no
// escapes that are not needed, every number a string, so that equal values have
// equal bytes and no reader can lose a digit. It serves the types of a bundle:
// structs, slices, strings, booleans, integers and what prints itself as JSON,
// such as a template document, whose numbers stay as it wrote them. Fields
// marked omitempty, and in types without JSON tags all fields, are left out when
// they are zero.
func Canonical(v any) ([]byte, error) {
	tree, err := toTree(reflect.ValueOf(v))
	if err != nil {
		return nil, err
	}
	return printTree(tree)
}

// printTree writes a tree of maps, lists, strings and booleans; encoding/json
// sorts the keys of maps.
func printTree(tree any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(tree); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

func toTree(v reflect.Value) (any, error) {
	if tree, done, err := ownJSON(v); done {
		return tree, err
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return toTree(v.Elem())
	case reflect.Struct:
		return structTree(v)
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			var err error
			if list[i], err = toTree(v.Index(i)); err != nil {
				return nil, err
			}
		}
		return list, nil
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10), nil
	}
	return nil, fmt.Errorf("contest: no canonical form for %s", v.Type())
}

// ownJSON asks a type that prints itself, such as an exact number or a template
// document, and brings what it printed into canonical form.
func ownJSON(v reflect.Value) (tree any, done bool, err error) {
	if n, ok := v.Interface().(exact.Number); ok {
		return n.String(), true, nil
	}
	m, ok := v.Interface().(json.Marshaler)
	if !ok || v.Kind() == reflect.Pointer {
		return nil, false, nil
	}
	data, err := m.MarshalJSON()
	if err != nil {
		return nil, true, err
	}
	tree, err = readTree(data)
	return tree, true, err
}

func structTree(v reflect.Value) (any, error) {
	object := map[string]any{}
	for i := range v.NumField() {
		name, omit := fieldName(v.Type().Field(i))
		if omit && empty(v.Field(i)) {
			continue
		}
		value, err := toTree(v.Field(i))
		if err != nil {
			return nil, err
		}
		object[name] = value
	}
	return object, nil
}

func empty(v reflect.Value) bool {
	if n, ok := v.Interface().(exact.Number); ok {
		return n.Sign() == 0 // however the 0 came about
	}
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

// fieldName is the JSON name of a field and whether it is left out when empty.
func fieldName(f reflect.StructField) (string, bool) {
	if tag, ok := f.Tag.Lookup("json"); ok {
		name, option, _ := strings.Cut(tag, ",")
		return name, option == "omitempty"
	}
	if f.Name == "ZH" {
		return "zh-Hans", true
	}
	if strings.ToUpper(f.Name) == f.Name {
		return strings.ToLower(f.Name), true
	}
	first := []rune(f.Name)
	first[0] = unicode.ToLower(first[0])
	return string(first), true
}

// readTree parses JSON without ever making a float; anything after the value is
// an error.
func readTree(data []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, err
	}
	if dec.More() {
		return nil, fmt.Errorf("contest: more than one JSON value")
	}
	return tree, nil
}
