package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
	"leitai/internal/postgres"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Follow the audit of every tenant and tell the first entry that was changed, removed or moved, and the marks that are not what was entered."`
}

type auditVerifyCmd struct {
	MaintDSN string `name:"maint-dsn" env:"LEITAI_MAINT_DSN" required:"" help:"DSN of leitai_maint, which reads every tenant."`
	Heads    string `type:"existingfile" help:"File of heads noted earlier: the chains must pass through them."`
	Note     string `type:"path" help:"Write the heads to this file when all is well, to be kept away from the database."`
}

// Run prints a line for each tenant, and one for each entry whose marks are not
// what was entered; a chain that does not hold, or such marks, make the exit code
// 1.
func (c *auditVerifyCmd) Run(ctx context.Context) error {
	noted := map[uuid.UUID][]audit.Head{}
	if c.Heads != "" {
		file, err := os.Open(c.Heads)
		if err != nil {
			return err
		}
		noted, err = readHeads(file)
		_ = file.Close() // read to its end
		if err != nil {
			return err
		}
	}
	var heads strings.Builder
	broken := 0
	err := postgres.VerifyAudit(ctx, c.MaintDSN, noted, func(t postgres.AuditChecked) error {
		if tellAudit(os.Stdout, t) {
			fmt.Fprintf(&heads, "%s %d %x\n", t.Tenant, t.Head.Seq, t.Head.Hash)
		} else {
			broken++
		}
		return nil
	})
	if err != nil {
		return err
	}
	if broken > 0 {
		return fault.New(fault.AuditBroken, "count", strconv.Itoa(broken))
	}
	if c.Note == "" {
		return nil
	}
	return os.WriteFile(c.Note, []byte(heads.String()), 0o600)
}

// tellAudit prints what became of a tenant's audit, and says whether all is well.
func tellAudit(to io.Writer, t postgres.AuditChecked) bool {
	name := fmt.Sprintf("%s %s %s", t.Tenant, t.Code, t.Name)
	switch {
	case t.Broken != nil:
		_, _ = fmt.Fprintf(to, "BROKEN %s: entry %d: %s\n", name, t.Broken.Seq, t.Broken.Why)
	case t.Proved.Count > 0:
		_, _ = fmt.Fprintf(to, "ALTERED %s: the marks of %d of %d entries\n", name, t.Proved.Count, t.Proved.Batches)
	default:
		_, _ = fmt.Fprintf(to, "ok %s: %d entries, the marks of %d proved\n", name, t.Head.Seq, t.Proved.Batches)
		return true
	}
	for _, a := range t.Proved.Altered {
		f := a.Fault()
		_, _ = fmt.Fprintf(to, "  %s\n", strings.TrimSpace(f.Message(spoken())+" "+strings.Join(f.Subjects, " ")))
	}
	return false
}

// readHeads reads what --note wrote: tenant, number and hash on each line.
func readHeads(from io.Reader) (map[uuid.UUID][]audit.Head, error) {
	noted := map[uuid.UUID][]audit.Head{}
	lines := bufio.NewScanner(from)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 {
			continue
		}
		refused := fault.New(fault.AuditHeadInvalid, "line", strconv.Itoa(n)).At("heads").In(n, "")
		if len(fields) != 3 {
			return nil, refused
		}
		tenant, err := uuid.Parse(fields[0])
		if err != nil {
			return nil, refused
		}
		seq, err := strconv.ParseInt(fields[1], 10, 64)
		if err != nil || seq < 0 {
			return nil, refused
		}
		hash, err := hex.DecodeString(fields[2])
		if err != nil || len(hash) != 32 {
			return nil, refused
		}
		noted[tenant] = append(noted[tenant], audit.Head{Seq: seq, Hash: hash})
	}
	return noted, lines.Err()
}
