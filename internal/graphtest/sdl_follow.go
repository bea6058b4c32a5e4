package graphtest

import (
	"slices"
	"strings"
)

// Fields about units and about what follows from results, whose ids name other
// kinds than the same words do elsewhere.
var following = []string{
	"unitPropose", "unitDecide", "taskClose", "findingPropose", "findingDecide", "handOver", "openWork", "pairsConfirm", "pairEnd", "exchangeLog",
	"submissionHandIn", "submissionPublish", "rollupPartsEnter", "accountTakeOver",
}

var followKinds = map[string]string{
	"units": "Unit", "target": "Unit", "unit": "Unit", "proposal": "UnitProposal", "task": "Task", "finding": "Finding", "from": "Person", "to": "Person",
	"lead": "Unit", "follow": "Unit", "pair": "Pair", "void": "Exchange", "submission": "Submission", "subject": "Unit", "evidence": "StoredFile",
}

func followKind(path, name string) string {
	root, _, _ := strings.Cut(path, ".")
	if !slices.Contains(following, root) {
		return ""
	}
	return followKinds[name]
}
