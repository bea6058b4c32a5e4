-- First secretaries and work teams: what a village is sent, who is nominated and
-- why not, the steps from a proposal to a filed posting and back, and what is
-- recorded while people are posted. What belongs to a competition goes with it
-- when a trial is wiped; rows that are only ever added carry no right to change
-- them.

-- What a village is sent: the village first, the person second (D01, D02, D09).
CREATE TABLE posting_demand (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  classes text[] NOT NULL DEFAULT '{}',     -- of the village on the day of planning
  first_secretary boolean NOT NULL,
  team boolean NOT NULL,
  min_members integer NOT NULL DEFAULT 0 CHECK (min_members >= 0),
  existing_team boolean NOT NULL DEFAULT false, -- a team is there already and is included whole (D02)
  bound_id uuid,                            -- the unit bound to the village (D39)
  cluster text NOT NULL DEFAULT '',         -- villages developed together (D40)
  funds text NOT NULL DEFAULT '',           -- how funds are adjusted by population and need (D37)
  planned_on date NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  CHECK (team OR min_members = 0),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, unit_id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, bound_id) REFERENCES organisation (tenant_id, id)
);
CALL leitai_tenant_table('posting_demand', 'app.draft_tenants');

-- The facts a selection check needs, and no more (G12). They go when the
-- person's name goes.
CREATE TABLE posting_fact (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  person_id uuid NOT NULL,
  born date NOT NULL,
  full_member_since date,
  work_since date,
  rank text NOT NULL DEFAULT '' CHECK (rank IN ('','section-chief','section-deputy')),
  grassroots_months integer CHECK (grassroots_months >= 0),
  preferred_unit boolean NOT NULL DEFAULT false,
  rural_expertise boolean NOT NULL DEFAULT false,
  political boolean,                        -- declaration, yes or no only (D06)
  health boolean,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('posting_fact', 'app.draft_tenants');
CREATE FUNCTION leitai_forget_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM posting_fact f WHERE f.tenant_id = OLD.tenant_id AND f.person_id = OLD.person_id;
  RETURN OLD;
END $$;
CREATE TRIGGER forget_facts AFTER DELETE ON person_name FOR EACH ROW EXECUTE FUNCTION leitai_forget_facts();

-- Whether a unit lies in the area of the tenant that asks, itself included.
CREATE FUNCTION leitai_in_area(unit uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up (id, parent_id) AS (
    SELECT u.id, u.parent_id FROM unit u WHERE u.id = leitai_in_area.unit
    UNION SELECT u.id, u.parent_id FROM unit u JOIN up ON u.id = up.parent_id)
  SELECT EXISTS (SELECT FROM up JOIN tenant t ON t.unit_id = up.id WHERE t.id = app_tenant())
$$;

-- A nomination, and the posting it becomes. Tenants below see those that serve,
-- or served, in villages of their own area, because they state the days (D25).
CREATE TABLE posting (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  demand_id uuid NOT NULL,
  trial boolean NOT NULL DEFAULT false,
  unit_id uuid NOT NULL REFERENCES unit (id),
  person_id uuid NOT NULL,
  pseudonym text NOT NULL,                  -- of the person, for tenants that do not keep the register
  role text NOT NULL CHECK (role IN ('first-secretary','team-member')),
  stage text NOT NULL CHECK (stage IN ('PROPOSED','CONSULTED','DECIDED','FILED','POSTED','COMPLETED','RECALLED','WITHDRAWN')),
  sender_id uuid NOT NULL,                  -- sending unit
  liaison_id uuid,                          -- of the sending unit (D30)
  mentor_id uuid,                           -- one to one (D28)
  replaces_id uuid,                         -- selected again after a recall (D29)
  selected_on date NOT NULL,                -- day of the selection check
  min_days integer NOT NULL,                -- days a month, as the template said (D24)
  valid_from date,
  last_day date,                            -- of the term, or the day it ended early (D10)
  detached boolean NOT NULL DEFAULT false,          -- fully detached from the sending unit (D11)
  party_moved_on date,                              -- Party relation moved (D12)
  outside_headcount boolean NOT NULL DEFAULT false, -- outside the village's headcount (D12)
  recorded_on date,                                 -- in the personal file (D13)
  revision integer NOT NULL DEFAULT 1,
  CHECK ((stage IN ('POSTED','COMPLETED','RECALLED')) = (valid_from IS NOT NULL)),
  CHECK ((valid_from IS NULL) = (last_day IS NULL)),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, demand_id) REFERENCES posting_demand (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, sender_id) REFERENCES organisation (tenant_id, id),
  FOREIGN KEY (tenant_id, liaison_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, mentor_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, replaces_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX posting_one_secretary ON posting (tenant_id, competition_id, unit_id) WHERE role = 'first-secretary' AND stage = 'POSTED';
CREATE UNIQUE INDEX posting_one_each ON posting (tenant_id, competition_id, person_id) WHERE stage NOT IN ('COMPLETED','RECALLED','WITHDRAWN');
CREATE UNIQUE INDEX posting_one_mentored ON posting (tenant_id, competition_id, mentor_id) WHERE role = 'first-secretary' AND stage = 'POSTED';
CALL leitai_tenant_table('posting', 'app.draft_tenants');
CREATE POLICY r_area ON posting FOR SELECT USING (NOT trial AND valid_from IS NOT NULL
  AND tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]) AND leitai_in_area(unit_id));

-- A selection check at a date with what barred and what recommended the person;
-- the facts themselves are not copied.
CREATE TABLE posting_check (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  posting_id uuid NOT NULL,
  checked_on date NOT NULL,
  reasons text[] NOT NULL,
  flags text[] NOT NULL,
  checked_by uuid NOT NULL,
  checked_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, posting_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, checked_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX posting_check_posting ON posting_check (tenant_id, posting_id);
CALL leitai_tenant_table('posting_check', 'app.draft_tenants', 'insert');

-- The steps taken (D08, D29).
CREATE TABLE posting_step (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  posting_id uuid NOT NULL,
  stage text NOT NULL,
  body text NOT NULL CHECK (body <> ''),    -- the office or body that took it
  taken_on date NOT NULL,
  record text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  responsibility text NOT NULL DEFAULT '',  -- recall: what was traced back to the unit
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, posting_id, stage),
  FOREIGN KEY (tenant_id, posting_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('posting_step', 'app.draft_tenants', 'insert');

-- Days in the village, stated by the month, and approved leave. The rows belong
-- to the tenant that states them, most often the township, and cite a posting of
-- a tenant above by its id; that tenant reads them. A correction supersedes.
CREATE TABLE posting_statement (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,             -- of the tenant that runs it
  posting_id uuid NOT NULL,                 -- likewise
  unit_id uuid NOT NULL REFERENCES unit (id),
  month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  days integer NOT NULL CHECK (days BETWEEN 0 AND 31),
  excused integer NOT NULL CHECK (excused BETWEEN 0 AND 31),
  reason text NOT NULL DEFAULT '',          -- of a correction
  stated_by uuid NOT NULL,
  stated_at timestamptz NOT NULL,
  supersedes uuid,
  CHECK ((supersedes IS NULL) = (reason = '')),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, supersedes),
  FOREIGN KEY (tenant_id, stated_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, supersedes) REFERENCES posting_statement (tenant_id, id)
);
CREATE UNIQUE INDEX posting_statement_first ON posting_statement (tenant_id, posting_id, month) WHERE supersedes IS NULL;
CALL leitai_tenant_table('posting_statement', 'app.tenants', 'insert');
CALL leitai_seal('posting_statement');

CREATE TABLE posting_leave (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  posting_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  first_day date NOT NULL,
  last_day date NOT NULL CHECK (last_day >= first_day),
  approved_by uuid NOT NULL,
  approved_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, posting_id, first_day),
  FOREIGN KEY (tenant_id, approved_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('posting_leave', 'app.tenants', 'insert');
CALL leitai_seal('posting_leave');

-- The figures of one milestone and period; the last entry counts (D14–D22).
CREATE TABLE posting_figure (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  posting_id uuid NOT NULL,
  milestone text NOT NULL,
  label text NOT NULL,                      -- of the period: 2022-Q1, 2022-H1, 2022, term, months
  figures jsonb NOT NULL,                   -- {metric: "number"}
  source text NOT NULL CHECK (source <> ''),
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, posting_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX posting_figure_posting ON posting_figure (tenant_id, posting_id);
CALL leitai_tenant_table('posting_figure', 'app.draft_tenants', 'insert');

-- Symposia, observations, trainings for all (posting_id null), visits and reports
-- of the sending unit for one, which count once its liaison confirmed (D26, D27, D30).
CREATE TABLE posting_event (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  posting_id uuid,
  kind text NOT NULL CHECK (kind IN ('symposium','observation','training','unit-visit','unit-report')),
  held_on date NOT NULL,
  note text NOT NULL DEFAULT '',
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  confirmed_by uuid,
  confirmed_at timestamptz,
  CHECK ((kind IN ('unit-visit','unit-report')) = (posting_id IS NOT NULL)),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, posting_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, confirmed_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX posting_event_competition ON posting_event (tenant_id, competition_id, held_on);
CALL leitai_tenant_table('posting_event', 'app.draft_tenants', 'insert,update');

-- The half-yearly special inspection: four questions, yes or no, and whether it
-- keeps the person from the best grade; the file itself stays where it is (D31, G12).
CREATE TABLE posting_inspection (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  posting_id uuid NOT NULL,
  label text NOT NULL,                      -- of the half-year, 2022-H1
  held_on date NOT NULL,
  conduct boolean NOT NULL,
  service boolean NOT NULL,
  discipline boolean NOT NULL,
  results boolean NOT NULL,
  bars boolean NOT NULL,
  record text NOT NULL CHECK (record <> ''),
  reason text NOT NULL DEFAULT '',          -- of a correction
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  supersedes uuid,
  CHECK ((supersedes IS NULL) = (reason = '')),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, supersedes),
  FOREIGN KEY (tenant_id, posting_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, supersedes) REFERENCES posting_inspection (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX posting_inspection_first ON posting_inspection (tenant_id, posting_id, label) WHERE supersedes IS NULL;
CALL leitai_tenant_table('posting_inspection', 'app.draft_tenants', 'insert');

-- Whether the allowance was paid and the insurance taken out, by period; the last
-- entry counts (D38).
CREATE TABLE posting_support (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  posting_id uuid NOT NULL,
  period text NOT NULL,
  allowance boolean NOT NULL,
  insurance boolean NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, posting_id) REFERENCES posting (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX posting_support_posting ON posting_support (tenant_id, posting_id);
CALL leitai_tenant_table('posting_support', 'app.draft_tenants', 'insert');

-- The statements in force of the postings of a competition: the last of each
-- chain. Only the tenant that runs the competition and those in whose area the
-- village lies are heard; where both stated a month, the nearer one counts.
CREATE FUNCTION posting_months(competition uuid) RETURNS TABLE (id uuid, posting_id uuid, month text, days integer, excused integer, stated_at timestamptz, corrected boolean)
LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (s.posting_id, s.month) s.id, s.posting_id, s.month, s.days, s.excused, s.stated_at, s.supersedes IS NOT NULL
  FROM posting p JOIN posting_statement s ON s.posting_id = p.id AND s.competition_id = p.competition_id JOIN tenant t ON t.id = s.tenant_id
  WHERE p.competition_id = posting_months.competition
  AND NOT EXISTS (SELECT FROM posting_statement n WHERE n.tenant_id = s.tenant_id AND n.supersedes = s.id)
  AND (s.tenant_id = p.tenant_id OR EXISTS (
    WITH RECURSIVE up (id, parent_id) AS (SELECT u.id, u.parent_id FROM unit u WHERE u.id = p.unit_id
      UNION SELECT u.id, u.parent_id FROM unit u JOIN up ON u.id = up.parent_id)
    SELECT FROM up WHERE up.id = t.unit_id))
  ORDER BY s.posting_id, s.month, s.tenant_id = p.tenant_id, CASE t.kind WHEN 'township' THEN 0 WHEN 'county' THEN 1 ELSE 2 END, s.stated_at DESC
$$;

-- What the annual assessment of people who are posted reads: the days present
-- from one month to another, both included, and whether an inspection of that
-- time bars a person from the best grade.
CREATE FUNCTION posting_facts(competition uuid, first_month text, last_month text) RETURNS TABLE (person_id uuid, days_total bigint, barred boolean)
LANGUAGE sql STABLE AS $$
  SELECT p.person_id, coalesce(sum(m.days), 0)::bigint,
    bool_or(EXISTS (SELECT FROM posting_inspection i WHERE i.tenant_id = p.tenant_id AND i.posting_id = p.id AND i.bars
      AND to_char(i.held_on, 'YYYY-MM') BETWEEN posting_facts.first_month AND posting_facts.last_month
      AND NOT EXISTS (SELECT FROM posting_inspection n WHERE n.tenant_id = i.tenant_id AND n.supersedes = i.id)))
  FROM posting p LEFT JOIN posting_months(posting_facts.competition) m ON m.posting_id = p.id
    AND m.month BETWEEN posting_facts.first_month AND posting_facts.last_month
  WHERE p.competition_id = posting_facts.competition AND p.valid_from IS NOT NULL
  GROUP BY p.person_id
$$;
REVOKE ALL ON FUNCTION leitai_in_area(uuid), posting_months(uuid), posting_facts(uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leitai_in_area(uuid), posting_months(uuid), posting_facts(uuid, text, text) TO leitai_app, leitai_job, leitai_maint;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['posting_demand','posting_fact','posting','posting_check','posting_step','posting_statement','posting_leave','posting_figure',
      'posting_event','posting_inspection','posting_support'] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;
