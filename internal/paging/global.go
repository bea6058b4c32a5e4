package paging

import "encoding/base64"

// GlobalID makes the opaque id by which the outside names an object, of the name
// of its type and its UUID: the id of one type is never taken for that of
// another.
func GlobalID(typeName string, id [16]byte) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte(typeName+":"), id[:]...))
}
