-- What follows from a result: outcomes, accounts, roll-ups, issues; and the audit.

CREATE TABLE rollup (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  trial boolean NOT NULL DEFAULT false,
  key text NOT NULL,              -- of the template: half-year, year …
  period text NOT NULL,           -- 2023-H1, 2023, or from–to months for a half-year counted from the first round
  revision integer NOT NULL CHECK (revision > 0),
  inputs jsonb NOT NULL,          -- [{round, revision}]
  result jsonb NOT NULL,
  approved_by uuid NOT NULL,
  published_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, key, period, revision),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('rollup', 'app.draft_tenants', 'insert');
CREATE POLICY r_published ON rollup FOR SELECT USING (NOT trial AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));
CALL leitai_seal('rollup');

CREATE TABLE outcome (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,
  rollup_id uuid,
  publication_revision integer NOT NULL,
  rule text NOT NULL,             -- the place in the template, for example outcomes[2]
  reason text NOT NULL,           -- the band or streak that triggered it
  action text NOT NULL,           -- points | criticism | talk | money …
  unit_id uuid NOT NULL REFERENCES unit (id),
  rank integer NOT NULL,
  rank_from_bottom integer NOT NULL,
  streak integer NOT NULL DEFAULT 0,
  by_role text NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}', -- account entries proposed, people spoken with (pseudonyms)
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed','confirmed','decided','approved','executed','reversed')),
  due date,
  confirmed_by uuid,
  amount numeric,                 -- yuan; money only, entered by the deciding meeting (A33)
  minutes_number text NOT NULL DEFAULT '',
  basis text NOT NULL DEFAULT '',
  decided_by uuid,
  approved_by uuid,
  executed_by uuid,
  executed_at timestamptz,
  record text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  CHECK (num_nonnulls(round_id, rollup_id) = 1),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, publication_revision, rule, unit_id),
  UNIQUE (tenant_id, rollup_id, rule, unit_id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, rollup_id) REFERENCES rollup (tenant_id, id),
  FOREIGN KEY (tenant_id, confirmed_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, decided_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, executed_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX outcome_state ON outcome (tenant_id, state);
CALL leitai_tenant_table('outcome', 'app.draft_tenants');

CREATE TABLE issue (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,
  unit_id uuid NOT NULL REFERENCES unit (id),
  number integer NOT NULL,
  item_key text NOT NULL DEFAULT '',
  title text NOT NULL,
  place text NOT NULL DEFAULT '',
  base numeric NOT NULL CHECK (base >= 0),
  responsible_id uuid,
  opened date NOT NULL,
  due date NOT NULL CHECK (due >= opened),
  state text NOT NULL DEFAULT 'assigned' CHECK (state IN ('assigned','answered','returned','closed')),
  measure text NOT NULL DEFAULT '',
  answered_by uuid,
  closed date,
  serious boolean NOT NULL DEFAULT false,   -- a person found a serious effect on the whole township
  accountability text NOT NULL DEFAULT '',  -- '' | opened | declined, decided by people (A41b)
  accountability_reason text NOT NULL DEFAULT '',
  opened_by uuid NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, number),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, responsible_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, answered_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, opened_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX issue_unit ON issue (tenant_id, unit_id);
CALL leitai_tenant_table('issue', 'app.draft_tenants');

CREATE TABLE issue_event (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  issue_id uuid NOT NULL,
  kind text NOT NULL,
  note text NOT NULL DEFAULT '',
  happened_on date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issue (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX issue_event_issue ON issue_event (tenant_id, issue_id);
CALL leitai_tenant_table('issue_event', 'app.draft_tenants', 'insert');
CALL leitai_seal('issue_event');

-- The point account (量化考核加减分台账): append-only; a correction is a counter-entry.
CREATE TABLE account_entry (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  unit_id uuid,                   -- the holder is a unit
  person_id uuid,                 -- or a person
  period text NOT NULL,
  points numeric NOT NULL,
  rule text NOT NULL,
  role text NOT NULL DEFAULT '',  -- in which role the person receives it
  subject_id uuid NOT NULL REFERENCES unit (id), -- the village whose result it follows from
  outcome_id uuid,
  issue_id uuid,
  publication_revision integer NOT NULL DEFAULT 0,
  reverses uuid,
  posted_by uuid NOT NULL,
  posted_at timestamptz NOT NULL,
  CHECK (num_nonnulls(unit_id, person_id) = 1),
  CHECK (num_nonnulls(outcome_id, issue_id) = 1),
  UNIQUE (tenant_id, id),
  UNIQUE NULLS NOT DISTINCT (tenant_id, outcome_id, issue_id, role, unit_id, person_id, rule, reverses),
  UNIQUE (tenant_id, reverses),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, outcome_id) REFERENCES outcome (tenant_id, id),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issue (tenant_id, id),
  FOREIGN KEY (tenant_id, reverses) REFERENCES account_entry (tenant_id, id),
  FOREIGN KEY (tenant_id, posted_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX account_entry_unit ON account_entry (tenant_id, unit_id, period);
CREATE INDEX account_entry_person ON account_entry (tenant_id, person_id, period);
CALL leitai_tenant_table('account_entry', 'app.draft_tenants', 'insert');
CALL leitai_seal('account_entry');

-- Who did what, chained by hash per tenant and written in the same transaction.
CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor uuid NOT NULL,            -- the user
  credential text NOT NULL DEFAULT '', -- the token's id, or '' for a session
  request_id text NOT NULL DEFAULT '',
  action text NOT NULL,           -- object:action
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, seq)
);
CALL leitai_tenant_table('audit_entry', 'app.draft_tenants', 'insert');
CALL leitai_seal('audit_entry');

-- The end of the own chain, for everybody who writes: many may not read the entries.
GRANT SELECT (tenant_id, seq, hash) ON audit_entry TO leitai_lookup;
CREATE FUNCTION audit_head() RETURNS TABLE (seq bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT a.seq, a.hash FROM audit_entry a WHERE a.tenant_id = app_tenant() ORDER BY a.seq DESC LIMIT 1 $$;
GRANT CREATE ON SCHEMA public TO leitai_lookup;
ALTER FUNCTION audit_head() OWNER TO leitai_lookup;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
REVOKE ALL ON FUNCTION audit_head() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_head() TO leitai_app, leitai_job;

DO $$ DECLARE t regclass; BEGIN
  FOR t IN SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relforcerowsecurity
           AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('id','tenant_id','region') AND NOT a.attisdropped) = 3 LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;
