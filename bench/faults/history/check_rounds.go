package history

// publications looks whether every publication that was acknowledged is there,
// whether each is whole, and whether nobody published twice.
func (j *judge) publications(acts []Act) {
	there, revisions, published := map[string]Publication{}, map[string]int{}, map[string]int{}
	for _, p := range j.stored.Publications {
		there[p.ID] = p
		revisions[p.Round] = max(revisions[p.Round], p.Revision)
		published[p.Round]++
		j.whole(p)
	}
	asked := map[string]int{}
	for i := range acts {
		a := &acts[i]
		if a.Kind != Publish {
			continue
		}
		asked[a.Round]++
		if !j.acked(a) {
			continue
		}
		switch p, found := there[a.Publication]; {
		case !found:
			j.find(Lost, "publication %s of %s", a.Publication, a.Town)
		case p.Hash != a.Hash || p.Round != a.Round:
			j.find(Altered, "publication %s: hash %s, told %s", p.ID, p.Hash, a.Hash)
		}
	}
	for round, n := range published {
		if n > asked[round] {
			j.find(Unasked, "round %s has %d publications of %d asked for", round, n, asked[round])
		}
		if revisions[round] != n {
			j.find(Duplicate, "round %s has %d publications up to revision %d", round, n, revisions[round])
		}
	}
}

// whole looks whether all that belongs to a publication is there, once.
func (j *judge) whole(p Publication) {
	have := [...]int{p.Sealed, p.Boards, p.Standings, p.Totals, p.Events, p.Audits}
	want := [...]int{1, 1, j.stored.Rounds[p.Round].Entries, 1, 1, 1}
	if have != want {
		j.find(HalfRound, "publication %s: sealed bundle, board, standings, total, event, audit are %v, should be %v", p.ID, have, want)
	}
}

// rounds looks whether every step was taken once: a round's revision grows by
// one with each, and every answer told the next.
func (j *judge) rounds(acts []Act) {
	last, open := map[string]int{}, map[string]int{}
	for i := range acts {
		a := &acts[i]
		if a.Kind != Step && a.Kind != Publish {
			continue
		}
		if a.Acked == 0 || a.Acked >= j.stored.Read {
			open[a.Round]++ // may have been taken, or not yet
		}
		if a.Acked == 0 {
			continue
		}
		before, known := last[a.Round]
		if !known {
			before = j.stored.Rounds[a.Round].First
		}
		if a.Revision != before+1 {
			j.find(Unsteady, "a step of round %s led from revision %d to %d", a.Round, before, a.Revision)
		}
		last[a.Round] = a.Revision
	}
	for id, r := range j.stored.Rounds {
		told, known := last[id]
		if !known {
			told = r.First
		}
		if open[id] == 0 && r.Revision != told {
			j.find(Unsteady, "round %s has revision %d, the last answer told %d", id, r.Revision, told)
		}
	}
}

// jobs looks whether every export that was acknowledged is there, whether there
// are no others, and, when all is over, whether each was done.
func (j *judge) jobs(acts []Act) {
	there, stored, asked := map[string]bool{}, map[string]int{}, map[string]int{}
	for _, job := range j.stored.Jobs {
		there[job.ID] = true
		stored[job.Town]++
		if j.stored.Whole && (job.State != "done" || job.File == "") {
			j.find(Unending, "export %s is %s", job.ID, job.State)
		}
	}
	told := map[string]int{}
	for i := range acts {
		a := &acts[i]
		if a.Kind != Export {
			continue
		}
		asked[a.Town]++
		if j.acked(a) && !there[a.Job] {
			j.find(Lost, "export %s of %s", a.Job, a.Town)
		}
		if a.Job != "" {
			told[a.Job]++
		}
	}
	for id, n := range told {
		if n > 1 {
			j.find(Duplicate, "export %s was the answer to %d requests", id, n)
		}
	}
	for town, n := range stored {
		if n > asked[town] {
			j.find(Duplicate, "%s has %d exports of %d asked for", town, n, asked[town])
		}
	}
}
