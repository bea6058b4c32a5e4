-- What a round is computed from beside marks: figures (metrics, exam results,
-- values of parts) that one person enters and another confirms, and what a
-- committee decided about grades. All append-only; a correction supersedes.

CREATE TABLE figure (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('metric','exam','part')),
  key text NOT NULL,                 -- of the metric, of the exam's item, of the part
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  sitter_id uuid,                    -- exam: who sat, or should have (A13)
  value numeric,                     -- null: the sitter was absent
  source text NOT NULL DEFAULT '',   -- metric: where it was taken from
  reason text NOT NULL DEFAULT '',   -- part: why this value; a correction: why
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  supersedes uuid,
  CHECK ((kind = 'exam') = (sitter_id IS NOT NULL)),
  CHECK (value IS NOT NULL OR kind = 'exam'),
  CHECK (kind <> 'metric' OR source <> ''),
  CHECK (reason <> '' OR supersedes IS NULL AND kind <> 'part'),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, supersedes),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id, subject_id) REFERENCES entry (tenant_id, round_id, subject_id),
  FOREIGN KEY (tenant_id, sitter_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, supersedes) REFERENCES figure (tenant_id, id)
);
CREATE UNIQUE INDEX figure_first ON figure (tenant_id, round_id, kind, key, subject_id, sitter_id) NULLS NOT DISTINCT WHERE supersedes IS NULL;
CALL leitai_tenant_table('figure', 'app.draft_tenants', 'insert');
CALL leitai_seal('figure');

CREATE TABLE figure_review (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  figure_id uuid NOT NULL,
  decision text NOT NULL CHECK (decision IN ('confirmed','rejected')),
  reason text NOT NULL DEFAULT '',
  reviewed_by uuid NOT NULL,
  reviewed_at timestamptz NOT NULL,
  CHECK (decision = 'confirmed' OR reason <> ''),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, figure_id),
  FOREIGN KEY (tenant_id, figure_id) REFERENCES figure (tenant_id, id),
  FOREIGN KEY (tenant_id, reviewed_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('figure_review', 'app.draft_tenants', 'insert');
CALL leitai_seal('figure_review');

-- A committee's decision on a grade: for a tie at the last seat (Q17), or above
-- a soft cap, which needs a second approver (Q18).
CREATE TABLE grade_decision (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  scale text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  grade text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL,
  supersedes uuid,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, supersedes),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id, subject_id) REFERENCES entry (tenant_id, round_id, subject_id),
  FOREIGN KEY (tenant_id, decided_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, supersedes) REFERENCES grade_decision (tenant_id, id)
);
CREATE UNIQUE INDEX grade_decision_first ON grade_decision (tenant_id, round_id, scale, subject_id) WHERE supersedes IS NULL;
CALL leitai_tenant_table('grade_decision', 'app.draft_tenants', 'insert');
CALL leitai_seal('grade_decision');

CREATE TABLE grade_approval (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  decision_id uuid NOT NULL,
  approved_by uuid NOT NULL,
  approved_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, decision_id),
  FOREIGN KEY (tenant_id, decision_id) REFERENCES grade_decision (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('grade_approval', 'app.draft_tenants', 'insert');
CALL leitai_seal('grade_approval');

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['figure','figure_review','grade_decision','grade_approval'] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;
