package graphtest

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/uuid"

	"leitai/graph"
)

// tableOf is the table in which objects of a kind are kept: the kind's name in
// lower case, or the one here.
var tableOf = map[string]string{
	"ApiToken": "api_token", "Evidence": "evidence_item", "StoredFile": "evidence_file", "Grant": "role_grant", "SharedHighlight": "highlight",
	"User": "app_user", "ComparisonRound": "round", "App": "app_registration",
}

// platform are kinds of objects that belong to no tenant, with the reason why
// none of the neighbour's can be told by them.
var platform = map[string]string{"Signup": "there is no tenant yet; the platform's operators decide"}

// Table is the table in which objects of a kind are kept.
func Table(kind string) string {
	if name := tableOf[kind]; name != "" {
		return name
	}
	return snake(kind)
}

// snake spells a name of the contract as the database does.
func snake(name string) string {
	var out strings.Builder
	for i, letter := range name {
		if unicode.IsUpper(letter) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(letter))
	}
	return out.String()
}

// Owned lists, for each kind, the ids of a tenant's objects, oldest first; rounds
// come one for each state, the others at most three.
func (k *Kit) Owned(t testing.TB, tenant uuid.UUID) map[string][]uuid.UUID {
	t.Helper()
	all := map[string][]uuid.UUID{}
	for _, kind := range Kinds() {
		query := `SELECT id FROM ` + Table(kind) + ` WHERE tenant_id = $1 ORDER BY id LIMIT 3`
		switch kind {
		case "Unit":
			query = `SELECT id FROM unit WHERE code LIKE (SELECT u.code || '___' FROM unit u JOIN tenant t ON t.unit_id = u.id WHERE t.id = $1) ORDER BY code LIMIT 3`
		case "User":
			query = `SELECT user_id FROM person WHERE tenant_id = $1 AND user_id IS NOT NULL ORDER BY pseudonym LIMIT 3`
		case "Round":
			query = `SELECT (array_agg(id ORDER BY id))[1] FROM round WHERE tenant_id = $1 GROUP BY state ORDER BY 1`
		}
		if platform[kind] != "" || Spared[Table(kind)] != "" {
			all[kind] = []uuid.UUID{uuid.Must(uuid.NewV7())}
			continue
		}
		for _, text := range k.Strings(t, query, tenant) {
			all[kind] = append(all[kind], uuid.MustParse(text))
		}
		if len(all[kind]) == 0 {
			t.Errorf("nothing of the kind %s is in %s: say where it is", kind, Table(kind))
		}
	}
	return all
}

// GlobalIDs are the ids of a text that the service made, as they are spelt.
func GlobalIDs(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return r != '-' && r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
	return slices.DeleteFunc(words, func(w string) bool { _, _, ok := graph.OpenID(w); return !ok })
}

// Shows lists what of the neighbour a text shows: canaries, and ids in any
// spelling.
func Shows(text string) []string {
	var all []string
	for _, mark := range []string{idPrefix, idPrefixPlain, idPrefix64} {
		if at := strings.Index(text, mark); at >= 0 {
			all = append(all, "an id: "+text[max(0, at-60):min(len(text), at+40)])
		}
	}
	for rest := text; ; {
		at := strings.Index(rest, canary)
		if at < 0 {
			slices.Sort(all)
			return slices.Compact(all)
		}
		rest = rest[at+len(canary):]
		all = append(all, canary+rest[:max(0, strings.IndexFunc(rest, func(r rune) bool { return r != '.' && r != '_' && !unicode.IsLower(r) && !unicode.IsDigit(r) }))])
	}
}
