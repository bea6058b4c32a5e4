-- What follows from results, beyond the outcome itself: tasks with executors,
-- findings by people, pairs and their exchanges, what is to be handed in, values
-- fed into other competitions, past results, opening balances and hand-overs.

-- A finding that people enter: timely commendation (A37) or perfunctory work
-- (A38). One proposes with a reason, another confirms.
CREATE TABLE finding (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,
  kind text NOT NULL CHECK (kind IN ('commendation','perfunctory')),
  unit_id uuid NOT NULL REFERENCES unit (id),
  person_id uuid,                 -- whom it concerns, where it is a person
  reason text NOT NULL CHECK (reason <> ''),
  measure text NOT NULL DEFAULT '', -- what the target management rules call for
  basis text NOT NULL DEFAULT '',   -- the rules it rests on
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed','confirmed','rejected')),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by uuid CHECK (decided_by <> proposed_by),
  decided_at timestamptz,
  note text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, proposed_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, decided_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX finding_unit ON finding (tenant_id, unit_id);
CALL leitai_tenant_table('finding', 'app.draft_tenants');

-- What somebody is to carry out: a confirmed outcome or finding, one task each,
-- with the people who held the executing role on the day it was confirmed.
CREATE TABLE task (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  outcome_id uuid,
  finding_id uuid,
  action text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  title text NOT NULL DEFAULT '',          -- the subject's name on that day
  role text NOT NULL DEFAULT '',
  executors uuid[] NOT NULL DEFAULT '{}',  -- persons; empty: nobody held the role
  due date NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open','done','withdrawn')),
  record text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  done_by uuid,
  done_at timestamptz,
  revision integer NOT NULL DEFAULT 1,
  CHECK (num_nonnulls(outcome_id, finding_id) = 1),
  CHECK (state <> 'done' OR record <> ''),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, outcome_id),
  UNIQUE (tenant_id, finding_id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, outcome_id) REFERENCES outcome (tenant_id, id),
  FOREIGN KEY (tenant_id, finding_id) REFERENCES finding (tenant_id, id),
  FOREIGN KEY (tenant_id, done_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX task_open ON task (tenant_id, due) WHERE state = 'open';
CREATE INDEX task_executors ON task USING gin (executors);
CALL leitai_tenant_table('task', 'app.draft_tenants');

-- Lead and follow (结对共建, C14): the rule suggests, people confirm or choose.
CREATE TABLE pair (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,                  -- whose result suggested it; null: chosen by people
  lead_unit uuid NOT NULL REFERENCES unit (id),
  follow_unit uuid NOT NULL REFERENCES unit (id),
  lead_subject uuid NOT NULL,
  follow_subject uuid NOT NULL,
  per_month integer NOT NULL CHECK (per_month >= 0), -- exchanges a month (C15)
  valid_from date NOT NULL,
  valid_until date,               -- first day they are no pair any more
  reason text NOT NULL DEFAULT '',
  confirmed_by uuid NOT NULL,
  confirmed_at timestamptz NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  CHECK (lead_subject <> follow_subject),
  CHECK (valid_until IS NULL OR valid_until > valid_from),
  CHECK (round_id IS NOT NULL OR reason <> ''),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, confirmed_by) REFERENCES person (tenant_id, id)
);
CREATE UNIQUE INDEX pair_open ON pair (tenant_id, competition_id, lead_subject, follow_subject) WHERE valid_until IS NULL;
CALL leitai_tenant_table('pair', 'app.draft_tenants');

-- What a pair did together. A line entered by mistake is taken back by another.
CREATE TABLE exchange (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  pair_id uuid NOT NULL,
  held_on date NOT NULL,
  place text NOT NULL DEFAULT '',
  content text NOT NULL CHECK (content <> ''),
  offline boolean NOT NULL,       -- only those held offline count (C15)
  voids uuid,                     -- the line it takes back
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, voids),
  FOREIGN KEY (tenant_id, pair_id) REFERENCES pair (tenant_id, id),
  FOREIGN KEY (tenant_id, voids) REFERENCES exchange (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX exchange_pair ON exchange (tenant_id, pair_id, held_on);
CALL leitai_tenant_table('exchange', 'app.draft_tenants', 'insert');
CALL leitai_seal('exchange');

-- What was handed in for a deadline (E27, B02): each hand-in is a row, the last
-- one counts, the first says whether it was in time.
CREATE TABLE submission (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  period text NOT NULL,           -- the year it belongs to
  document text NOT NULL,         -- key of the template's deadline
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,       -- the unit, person, organisation or team
  number integer NOT NULL CHECK (number > 0),
  handed_on date NOT NULL,
  due date NOT NULL,              -- as it stood on that day
  handed_by uuid,                 -- the person who brought it, where known
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  evidence_id uuid,               -- a kept file, or
  note text NOT NULL DEFAULT '',  -- where the paper lies
  parts jsonb NOT NULL DEFAULT '[]', -- [{key, text}] of a report kept as text (E04, E17)
  characters integer NOT NULL DEFAULT 0,
  circle text NOT NULL DEFAULT '',   -- to whom it was made known (E19)
  published_by uuid,
  published_at timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, period, document, subject_id, number),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, handed_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, published_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('submission', 'app.draft_tenants');

-- A published result handed to another scheme with a weight (B13–B15, C09, A35).
-- The newest revision of a source counts.
CREATE TABLE feed_value (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  from_competition uuid NOT NULL,
  from_key text NOT NULL,         -- key of the template that feeds
  into_key text NOT NULL,         -- key of the template that is fed
  round_id uuid,
  rollup_id uuid,
  source_key text NOT NULL,       -- 'rounds', or the key of the roll-up
  period text NOT NULL,           -- first and last day's month, 2023-04 or 2023-04/2023-06
  source_revision integer NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  value numeric NOT NULL,
  weight numeric NOT NULL,
  fed_at timestamptz NOT NULL,
  CHECK (num_nonnulls(round_id, rollup_id) = 1),
  UNIQUE (tenant_id, id),
  UNIQUE NULLS NOT DISTINCT (tenant_id, round_id, rollup_id, source_revision, into_key, subject_id),
  FOREIGN KEY (tenant_id, from_competition) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, rollup_id) REFERENCES rollup (tenant_id, id)
);
CREATE INDEX feed_value_into ON feed_value (tenant_id, into_key, period);
CALL leitai_tenant_table('feed_value', 'app.draft_tenants', 'insert');
CALL leitai_seal('feed_value');

-- A part of a roll-up that people enter, such as the score of the duty list.
CREATE TABLE rollup_part (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  key text NOT NULL,              -- of the roll-up
  period text NOT NULL,           -- its span
  part text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  value numeric NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, key, period, part, subject_id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('rollup_part', 'app.draft_tenants');

-- Ranks of before the program, entered from what was published then: history
-- for streaks and rank changes, never a result of the program's own.
CREATE TABLE past_result (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  period text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  rank integer NOT NULL CHECK (rank > 0),
  total numeric,
  bands text[] NOT NULL DEFAULT '{}',
  links jsonb NOT NULL DEFAULT '[]', -- who was linked to it then
  source text NOT NULL CHECK (source <> ''), -- the bulletin it was taken from
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, period, subject_id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('past_result', 'app.draft_tenants', 'insert');

-- The balance a unit brought along from another tenant.
CREATE TABLE account_opening (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  from_unit uuid NOT NULL REFERENCES unit (id),
  from_competition uuid NOT NULL, -- of the other tenant
  from_name text NOT NULL,
  period text NOT NULL,
  since date NOT NULL,            -- day of the move
  points numeric NOT NULL,
  deductions numeric NOT NULL,
  posted_by uuid NOT NULL,
  posted_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, unit_id, from_unit, from_competition),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, posted_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('account_opening', 'app.draft_tenants', 'insert');

-- What a person handed to a successor when a post changed hands.
CREATE TABLE handover (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  from_person uuid NOT NULL,
  to_person uuid NOT NULL,
  post_kind text NOT NULL DEFAULT '',
  unit_id uuid REFERENCES unit (id),
  handed_on date NOT NULL,
  items jsonb NOT NULL,           -- [{kind, id, title, due}]
  note text NOT NULL DEFAULT '',
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (from_person <> to_person),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, from_person) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, to_person) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('handover', 'app.draft_tenants', 'insert');
CALL leitai_seal('handover');

DO $$ DECLARE t regclass; BEGIN
  FOREACH t IN ARRAY ARRAY['finding','task','pair','exchange','submission','feed_value','rollup_part','past_result','account_opening','handover']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;
