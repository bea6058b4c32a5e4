-- Objections (异议) to an announced result: filed by a village inside the
-- period, decided by somebody without an interest, and applied as one set.
CREATE TABLE objection (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  number integer NOT NULL,
  item_key text NOT NULL,
  channel text NOT NULL DEFAULT '',       -- empty: the whole item
  reason text NOT NULL CHECK (reason <> ''),
  evidence uuid[] NOT NULL DEFAULT '{}',  -- pieces of evidence the village gave
  state text NOT NULL DEFAULT 'filed' CHECK (state IN ('filed','withdrawn','accepted','rejected','applied')),
  filed_by uuid NOT NULL,
  filed_at timestamptz NOT NULL,
  decided_by uuid,
  members uuid[] NOT NULL DEFAULT '{}',   -- who decided together with that person
  decided_at timestamptz,
  decision text NOT NULL DEFAULT '',      -- the reason that is told to the village
  corrections jsonb NOT NULL DEFAULT '[]', -- of an accepted one: [{mark, id, value, detail}]
  applied_by uuid,
  applied_at timestamptz,
  revision integer NOT NULL DEFAULT 1,
  CHECK ((state IN ('accepted','rejected','applied')) = (decided_by IS NOT NULL)),
  CHECK (decided_by IS NULL OR decision <> ''),
  CHECK ((state = 'applied') = (applied_by IS NOT NULL)),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, number),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id, subject_id) REFERENCES entry (tenant_id, round_id, subject_id),
  FOREIGN KEY (tenant_id, filed_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, decided_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, applied_by) REFERENCES person (tenant_id, id)
);
-- One objection at a time to the same thing.
CREATE UNIQUE INDEX objection_open ON objection (tenant_id, round_id, subject_id, item_key, channel) WHERE state = 'filed';
CALL leitai_tenant_table('objection', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON objection FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
