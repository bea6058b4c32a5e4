package contest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
)

// fromTree fills a value from a canonical tree. It refuses an unknown key, a
// JSON number and any other type than the value's, so that nothing in a bundle
// goes unread.
func fromTree(tree any, v reflect.Value, path string) error {
	if u, ok := v.Addr().Interface().(json.Unmarshaler); ok {
		data, err := printTree(tree)
		if err == nil {
			err = u.UnmarshalJSON(data)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return fromTree(tree, v.Elem(), path)
	case reflect.Struct:
		return structFrom(tree, v, path)
	case reflect.Slice:
		return listFrom(tree, v, path)
	case reflect.Array:
		list, ok := tree.([]any)
		if !ok || len(list) != v.Len() {
			return fmt.Errorf("%s: want a list of %d", path, v.Len())
		}
		return elements(list, v, path)
	case reflect.Bool:
		b, ok := tree.(bool)
		if !ok {
			return fmt.Errorf("%s: want true or false", path)
		}
		v.SetBool(b)
		return nil
	}
	return scalarFrom(tree, v, path)
}

func scalarFrom(tree any, v reflect.Value, path string) error {
	s, ok := tree.(string)
	switch {
	case ok && v.Kind() == reflect.String:
		v.SetString(s)
		return nil
	case ok && v.Kind() == reflect.Int:
		i, err := strconv.Atoi(s)
		if err != nil || strconv.Itoa(i) != s {
			return fmt.Errorf("%s: want a whole number in a string", path)
		}
		v.SetInt(int64(i))
		return nil
	}
	return fmt.Errorf("%s: want a string", path)
}

func structFrom(tree any, v reflect.Value, path string) error {
	object, ok := tree.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: want an object", path)
	}
	fields := map[string]int{}
	for i := range v.NumField() {
		name, _ := fieldName(v.Type().Field(i))
		fields[name] = i
	}
	for key, value := range object {
		i, known := fields[key]
		if !known {
			return fmt.Errorf("%s: unknown key %q", path, key)
		}
		if err := fromTree(value, v.Field(i), path+"."+key); err != nil {
			return err
		}
	}
	return nil
}

func listFrom(tree any, v reflect.Value, path string) error {
	list, ok := tree.([]any)
	if !ok {
		return fmt.Errorf("%s: want a list", path)
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
	return elements(list, v, path)
}

func elements(list []any, v reflect.Value, path string) error {
	for i := range list {
		if err := fromTree(list[i], v.Index(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}
