package contest_test

import (
	"bytes"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

// Whatever stands in a bundle is read; nothing is passed over. Each change is
// signed with the trusted key, so that only the reading can refuse it.
func TestContentIsReadStrictly(t *testing.T) {
	t.Parallel()
	whole := seal(t, sealable(), contest.Sealed, "township").Bytes
	for what, c := range map[string][2]string{
		"a number where a string belongs": {`"rank":"2","rankFromBottom"`, `"rank":2,"rankFromBottom"`},
		"a rank that is none":             {`"rank":"2","rankFromBottom"`, `"rank":"two","rankFromBottom"`},
		"a rank with a sign":              {`"rank":"2","rankFromBottom"`, `"rank":"+2","rankFromBottom"`},
		"a rank with a leading zero":      {`"rank":"2","rankFromBottom"`, `"rank":"02","rankFromBottom"`},
		"a rank beyond any integer":       {`"rank":"2","rankFromBottom"`, `"rank":"99999999999999999999","rankFromBottom"`},
		"a flag that is a word":           {`"absent":true`, `"absent":"yes"`},
		"a mark that is no number":        {`"value":"95"`, `"value":"ninety"`},
		"a mark with an exponent":         {`"value":"95"`, `"value":"9e1"`},
		"a mark that divides by zero":     {`"value":"95"`, `"value":"95/0"`},
		"a text that is a number":         {`"id":"V1"`, `"id":1`},
		"nothing where a list belongs":    {`"traces":[`, `"traces":null,"tracez":[`},
		"an unknown key in the input":     {`"input":{`, `"input":{"above":"x",`},
		"an unknown key in the result":    {`"result":{`, `"result":{"above":"x",`},
		"an unknown key of a mark":        {`"judge":"J0"`, `"judge":"J0","name":"x"`},
		"an unknown key in the template":  {`"schemaVersion":1`, `"schemaVersion":1,"secret":"x"`},
		"a template of a later shape":     {`"schemaVersion":1`, `"schemaVersion":2`},
		"a template that is a string":     {`"template":{`, `"template":"x","tenplate":{`},
	} {
		_, err := contest.Verify(resign(t, replace(t, whole, c[0], c[1]), "township"), pinned("township"))
		if fault.CodeOf(err) != fault.BundleMalformed {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestEmptyPartsOfTheInputAreAllowed(t *testing.T) {
	t.Parallel()
	in := seven("2023-04")
	in.Roster[0].Links, in.Roster[1].Name = nil, ""
	b := seal(t, in, contest.Sealed, "township")
	if _, err := contest.Verify(b.Bytes, pinned("township")); err != nil {
		t.Error(err)
	}
	for _, absent := range []string{`"decisions"`, `"history"`, `"means"`, `"gaps"`, `"public"`} {
		if bytes.Contains(b.Bytes, []byte(absent)) {
			t.Errorf("%s is written although there is none", absent)
		}
	}
}

func TestAMalformedMessageStaysShort(t *testing.T) {
	t.Parallel()
	whole := seal(t, sealable(), contest.Sealed, "township").Bytes
	long := resign(t, replace(t, whole, `"input":{`, `"input":{"`+strings.Repeat("好", 5000)+`":"x",`), "township")
	_, err := contest.Verify(long, pinned("township"))
	if fault.CodeOf(err) != fault.BundleMalformed || len(err.Error()) > 1000 {
		t.Errorf("%d bytes: %.200v", len(err.Error()), err)
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	t.Parallel()
	deep := []byte(strings.Repeat(`{"payload":`, 20000) + "1" + strings.Repeat("}", 20000))
	if _, err := contest.Verify(deep, contest.Trust{}); fault.CodeOf(err) != fault.BundleMalformed {
		t.Errorf("%.200v", err)
	}
}

// Marks that the judges of a round gave in any order, with numbers written in
// any way, seal to the same bytes.
func TestEqualInputsSealToEqualBytes(t *testing.T) {
	t.Parallel()
	in, other := sealable(), sealable()
	for i, k := 0, len(other.Marks)-1; i < k; i, k = i+1, k-1 {
		other.Marks[i], other.Marks[k] = other.Marks[k], other.Marks[i]
	}
	other.Roster[0], other.Roster[5] = other.Roster[5], other.Roster[0]
	other.History[0], other.History[1] = other.History[1], other.History[0]
	links := other.Roster[1].Links
	links[0], links[1] = links[1], links[0]
	for _, form := range []contest.Form{contest.Sealed, contest.Public} {
		if a, b := seal(t, in, form, "k"), seal(t, other, form, "k"); a.Hash != b.Hash {
			t.Errorf("%s: %s and %s", form, a.Hash, b.Hash)
		}
	}
}
