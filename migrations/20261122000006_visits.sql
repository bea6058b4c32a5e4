-- Observation: the route through the villages, who came, the steps of a round,
-- the comment on each village, the review meeting, supervision, and what an
-- issue carries beyond the ledger's own columns. All of it goes with its round
-- or competition when a trial is wiped.

-- One stop of the route, or an unannounced visit (四不两直). The county sees the
-- plan and whether it was kept (G9); what was found stays with the township.
CREATE TABLE visit (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,                            -- null: an unannounced visit between rounds
  trial boolean NOT NULL DEFAULT false,
  unit_id uuid NOT NULL REFERENCES unit (id),
  position integer NOT NULL DEFAULT 0 CHECK (position >= 0), -- on the route, from 1; 0 for unannounced visits
  planned_on date NOT NULL,
  visited_on date,                          -- null: not yet
  unannounced boolean NOT NULL DEFAULT false,
  lead_id uuid,                             -- who led it
  note text NOT NULL DEFAULT '',            -- of the plan, not of what was found
  revision integer NOT NULL DEFAULT 1,
  CHECK (unannounced OR round_id IS NOT NULL AND position > 0),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, lead_id) REFERENCES person (tenant_id, id)
);
CREATE UNIQUE INDEX visit_route ON visit (tenant_id, round_id, unit_id) WHERE NOT unannounced;
CREATE INDEX visit_planned ON visit (tenant_id, planned_on);
CREATE INDEX visit_unit ON visit (tenant_id, unit_id);
CALL leitai_tenant_table('visit', 'app.draft_tenants');
CREATE POLICY r_plan ON visit FOR SELECT USING (NOT trial AND NOT (unannounced AND visited_on IS NULL)
  AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));

-- Who had to come to a visit, or to a step of a round (visit_id null), and did (B05).
CREATE TABLE attendance (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid,
  visit_id uuid,
  stage text NOT NULL DEFAULT '',           -- of the round, for example review-meeting
  person_id uuid NOT NULL,
  role text NOT NULL DEFAULT '',            -- the post in which the person had to come
  status text NOT NULL CHECK (status IN ('present','excused','absent')),
  note text NOT NULL DEFAULT '',
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK (num_nonnulls(round_id, visit_id) > 0),
  CHECK (status <> 'excused' OR note <> ''),
  UNIQUE (tenant_id, id),
  UNIQUE NULLS NOT DISTINCT (tenant_id, round_id, visit_id, stage, person_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, visit_id) REFERENCES visit (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('attendance', 'app.draft_tenants');

-- A step of a round that was taken, for one contestant or for all (unit_id null),
-- or that was left out for a reason (C07).
CREATE TABLE stage_record (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid REFERENCES unit (id),
  subject_id uuid,                          -- the contestant; set with unit_id
  stage text NOT NULL CHECK (stage <> ''),  -- key of the template's stages
  done_on date NOT NULL,
  skipped boolean NOT NULL DEFAULT false,
  note text NOT NULL DEFAULT '',
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  CHECK ((unit_id IS NULL) = (subject_id IS NULL)),
  CHECK (NOT skipped OR note <> ''),
  UNIQUE (tenant_id, id),
  UNIQUE NULLS NOT DISTINCT (tenant_id, round_id, subject_id, stage),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('stage_record', 'app.draft_tenants');

-- The comment on one contestant (逐一点评, 一述一评): one by each commentator.
CREATE TABLE visit_comment (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,
  by_id uuid NOT NULL,
  role text NOT NULL DEFAULT '',            -- the post of the commentator on that day
  body text NOT NULL CHECK (body <> ''),
  commented_on date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, subject_id, by_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, by_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('visit_comment', 'app.draft_tenants');

-- The review meeting of a round (点评会, B08).
CREATE TABLE review_meeting (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  held_on date NOT NULL,
  place text NOT NULL DEFAULT '',
  chair_id uuid NOT NULL,
  minutes text NOT NULL DEFAULT '',
  minutes_number text NOT NULL DEFAULT '',
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, chair_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('review_meeting', 'app.draft_tenants');

-- What more an issue carries: one row an issue.
CREATE TABLE issue_detail (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  issue_id uuid NOT NULL,
  problem text NOT NULL DEFAULT '',         -- type of problem, by which it is known again in later years (E26)
  visit_id uuid,                            -- found on this visit
  organisation_id uuid,                     -- responsible beside the person
  plan text NOT NULL DEFAULT '',            -- the measure agreed on (一问题一对策, B12)
  planned_on date,
  listed_on date,                           -- 挂牌督办
  listed_reason text NOT NULL DEFAULT '',
  lifted_on date,
  return_due date,                          -- 回头看
  returned_on date,
  return_holds boolean,                     -- whether what was put right still is
  return_note text NOT NULL DEFAULT '',
  CHECK ((listed_on IS NULL) = (listed_reason = '')),
  CHECK (lifted_on IS NULL OR listed_on IS NOT NULL),
  CHECK ((returned_on IS NULL) = (return_holds IS NULL)),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, issue_id),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issue (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, visit_id) REFERENCES visit (tenant_id, id) ON DELETE SET NULL (visit_id),
  FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisation (tenant_id, id)
);
CREATE INDEX issue_detail_problem ON issue_detail (tenant_id, problem);
CALL leitai_tenant_table('issue_detail', 'app.draft_tenants');

-- The photographs before and after.
CREATE TABLE issue_evidence (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  issue_id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  phase text NOT NULL CHECK (phase IN ('before','after','return')),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, issue_id, evidence_id, phase),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issue (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, evidence_id) REFERENCES evidence_item (tenant_id, id) ON DELETE CASCADE
);
CALL leitai_tenant_table('issue_evidence', 'app.draft_tenants', 'insert');

-- Supervision (B19): what was done about a village, on which basis, with the
-- points it costs in the score it feeds (B20). A wrong entry is withdrawn.
CREATE TABLE supervision (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,
  unit_id uuid NOT NULL REFERENCES unit (id),
  kind text NOT NULL CHECK (kind IN ('unannounced-visit','listed','talk','inquiry-letter','bulletin')),
  basis text NOT NULL CHECK (basis <> ''),
  happened_on date NOT NULL,
  number text NOT NULL DEFAULT '',          -- of the letter or bulletin
  record text NOT NULL DEFAULT '',
  points numeric NOT NULL DEFAULT 0,        -- 0 or below
  visit_id uuid,
  issue_id uuid,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text NOT NULL DEFAULT '',
  CHECK (points <= 0),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason = '') AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, visit_id) REFERENCES visit (tenant_id, id) ON DELETE SET NULL (visit_id),
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issue (tenant_id, id) ON DELETE SET NULL (issue_id),
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, withdrawn_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX supervision_unit ON supervision (tenant_id, unit_id, happened_on);
CALL leitai_tenant_table('supervision', 'app.draft_tenants', 'insert,update');

CREATE TRIGGER fixed_home BEFORE UPDATE ON visit FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON attendance FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON stage_record FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON visit_comment FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON review_meeting FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON issue_detail FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON issue_evidence FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON supervision FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
