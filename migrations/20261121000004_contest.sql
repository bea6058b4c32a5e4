-- From template to published result.

CREATE TABLE template_version (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  key text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  name_zh text NOT NULL,
  name_en text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('draft','active')),
  source text NOT NULL,              -- the document as the author wrote it
  canonical text NOT NULL DEFAULT '', -- canonical JSON once active
  confirmed text[] NOT NULL DEFAULT '{}', -- what a person confirmed at activation (Q4, Q9)
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  activated_by uuid,
  activated_at timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, key, version)
);
CALL leitai_tenant_table('template_version', 'app.draft_tenants');
CREATE POLICY r_published ON template_version FOR SELECT USING (state = 'active' AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants') || app_setting_ids('app.ancestors'))::uuid[]));

-- An active template never changes.
CREATE FUNCTION leitai_template_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'active' AND current_user <> 'leitai_maint' THEN
    RAISE EXCEPTION 'an active template is immutable' USING ERRCODE = 'LT003';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON template_version FOR EACH ROW EXECUTE FUNCTION leitai_template_frozen();

CREATE TABLE competition (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  name text NOT NULL,
  trial boolean NOT NULL DEFAULT false,
  filing_number text NOT NULL DEFAULT '',      -- 备案文号
  notice jsonb NOT NULL DEFAULT '{}',          -- number, issuer, date, title, text, basis documents, distribution list (A01, A02)
  leading_group jsonb NOT NULL DEFAULT '{}',   -- head, first deputy, deputies, members, office, offices (A04)
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active','closed')),
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, name)
);
CALL leitai_tenant_table('competition', 'app.draft_tenants');
CREATE POLICY r_published ON competition FOR SELECT USING (NOT trial AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants') || app_setting_ids('app.ancestors'))::uuid[]));

-- Which template version rules from which period on (B18).
CREATE TABLE competition_version (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  competition_id uuid NOT NULL,
  template_version_id uuid NOT NULL,
  from_period text NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, from_period),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, template_version_id) REFERENCES template_version (tenant_id, id)
);
CALL leitai_tenant_table('competition_version', 'app.draft_tenants');

-- A round's plan and state may be read by the county ("what the grass roots are
-- asked for is visible", G9); what is marked in it may not.
CREATE TABLE round (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  template_version_id uuid NOT NULL,
  trial boolean NOT NULL DEFAULT false,
  period text NOT NULL,
  nominal date NOT NULL,
  held date NOT NULL,
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned','notified','open','closed','computed','provisional','published','cancelled')),
  venue text NOT NULL DEFAULT '',
  notice jsonb NOT NULL DEFAULT '{}',       -- the written notice of the round (A19, A20)
  rubric_published_at timestamptz,
  opened_at timestamptz,
  closed_at timestamptz,
  announced_at timestamptz,
  objections_until date,
  published_revision integer NOT NULL DEFAULT 0,
  cancel_reason text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 1,      -- grows with every change; a stale one is refused
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, competition_id, period),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, template_version_id) REFERENCES template_version (tenant_id, id)
);
CREATE INDEX round_held ON round (tenant_id, held);
CALL leitai_tenant_table('round', 'app.draft_tenants');
CREATE POLICY r_plan ON round FOR SELECT USING (NOT trial AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));

-- The roster of a round, fixed when it opens (A03): one row a subject, with the
-- people linked to it on the date of the round.
CREATE TABLE entry (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  position integer NOT NULL,
  name text NOT NULL,               -- the shown name on that date
  links jsonb NOT NULL DEFAULT '[]', -- [{role, person: pseudonym}]
  absent boolean NOT NULL DEFAULT false,
  reason text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, unit_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id)
);
CALL leitai_tenant_table('entry', 'app.draft_tenants');

CREATE TABLE rubric_item (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  position integer NOT NULL,
  key text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL DEFAULT '',
  dimension text NOT NULL,
  points numeric NOT NULL CHECK (points > 0),
  criteria text NOT NULL DEFAULT '',
  split jsonb NOT NULL DEFAULT '[]', -- [{channel, weight}] overriding the template's
  owner_id uuid NOT NULL,            -- the leader in charge (A07)
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, key),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('rubric_item', 'app.draft_tenants');

CREATE TABLE panel (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  items text[] NOT NULL DEFAULT '{}',    -- empty: all items
  units uuid[] NOT NULL DEFAULT '{}',    -- empty: all subjects
  channels text[] NOT NULL DEFAULT '{}', -- empty: all channels
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, number),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id)
);
CALL leitai_tenant_table('panel', 'app.draft_tenants');

CREATE TABLE panel_member (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  panel_id uuid NOT NULL,
  person_id uuid NOT NULL,
  seconded boolean NOT NULL DEFAULT false, -- 抽调 (A06)
  observer boolean NOT NULL DEFAULT false, -- beside the group, without marks (Q33)
  chosen text NOT NULL DEFAULT 'assigned' CHECK (chosen IN ('assigned','rotation','draw')),
  seed text NOT NULL DEFAULT '',           -- of the draw (Q32)
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, person_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, panel_id) REFERENCES panel (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('panel_member', 'app.draft_tenants');

-- Ledgers checked in at the venue (A21).
CREATE TABLE reception (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  delivered_by uuid NOT NULL,
  received_by uuid NOT NULL,
  received_at timestamptz NOT NULL,
  note text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, unit_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, delivered_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, received_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('reception', 'app.draft_tenants', 'insert');

-- Marks are append-only; a correction supersedes with a reason. The client makes
-- the id, so that sending twice changes nothing.
CREATE TABLE mark (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  item_key text NOT NULL,
  channel text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  judge_id uuid NOT NULL,
  value numeric NOT NULL,
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  supersedes uuid,
  reason text NOT NULL DEFAULT '',
  CHECK ((supersedes IS NULL) = (reason = '')),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, supersedes),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, judge_id) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, supersedes) REFERENCES mark (tenant_id, id)
);
CREATE UNIQUE INDEX mark_first ON mark (tenant_id, round_id, item_key, channel, unit_id, judge_id) WHERE supersedes IS NULL;
CREATE INDEX mark_round ON mark (tenant_id, round_id);
CALL leitai_tenant_table('mark', 'app.draft_tenants', 'insert');
CALL leitai_seal('mark');

-- No mark enters a round that is not open, whatever the application thinks.
CREATE FUNCTION leitai_mark_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM round r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.round_id AND r.state = 'open' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the round is not open' USING ERRCODE = 'LT004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER open_round BEFORE INSERT ON mark FOR EACH ROW EXECUTE FUNCTION leitai_mark_open();

-- A second person confirms or rejects, never edits.
CREATE TABLE mark_review (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  mark_id uuid NOT NULL,
  decision text NOT NULL CHECK (decision IN ('confirmed','rejected')),
  reason text NOT NULL DEFAULT '',
  reviewed_by uuid NOT NULL,
  reviewed_at timestamptz NOT NULL,
  CHECK (decision = 'confirmed' OR reason <> ''),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, mark_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, mark_id) REFERENCES mark (tenant_id, id),
  FOREIGN KEY (tenant_id, reviewed_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX mark_review_round ON mark_review (tenant_id, round_id);
CALL leitai_tenant_table('mark_review', 'app.draft_tenants', 'insert');
CALL leitai_seal('mark_review');

-- What people decided about a subject that is absent or lacks a mark (Q13).
CREATE TABLE missing_decision (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  decision text NOT NULL CHECK (decision IN ('unranked','zero')),
  item_key text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT '',
  reason text NOT NULL CHECK (reason <> ''),
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, unit_id, item_key, channel),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, decided_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('missing_decision', 'app.draft_tenants');

-- What was last computed and announced for a round: bundle input and result as one document.
CREATE TABLE computation (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  rules integer NOT NULL,
  input text NOT NULL,
  result text NOT NULL,
  computed_by uuid NOT NULL,
  computed_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id)
);
CALL leitai_tenant_table('computation', 'app.draft_tenants');

-- Revision n of a round, frozen. A later revision supersedes it; nothing removes it.
CREATE TABLE publication (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  round_id uuid NOT NULL,
  revision integer NOT NULL CHECK (revision > 0),
  trial boolean NOT NULL DEFAULT false,
  audience text NOT NULL CHECK (audience IN ('person','township','county','public')),
  public_bundle text NOT NULL,
  public_hash text NOT NULL,
  sealed_hash text NOT NULL,
  bulletin_number text NOT NULL DEFAULT '',
  comment text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '', -- of a revision after the first
  approved_by uuid NOT NULL,
  approver_role text NOT NULL,
  published_at timestamptz NOT NULL,
  CHECK (revision = 1 OR reason <> ''),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, revision),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, approved_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('publication', 'app.draft_tenants', 'insert');
CREATE POLICY r_published ON publication FOR SELECT USING (NOT trial AND (
  tenant_id = (SELECT app_tenant()) AND audience <> 'person'
  OR audience IN ('township','county','public') AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[])));
CALL leitai_seal('publication');

-- The sealed form holds every mark: unpublished work, read where drafts are.
CREATE TABLE sealed_bundle (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  publication_id uuid NOT NULL,
  body text NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, publication_id),
  FOREIGN KEY (tenant_id, publication_id) REFERENCES publication (tenant_id, id)
);
CALL leitai_tenant_table('sealed_bundle', 'app.draft_tenants', 'insert');
CALL leitai_seal('sealed_bundle');

-- The board: one row a subject of a publication, for reading only.
CREATE TABLE standing (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  publication_id uuid NOT NULL,
  round_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  trial boolean NOT NULL DEFAULT false,
  audience text NOT NULL,      -- of the publication, so that the policy needs no join
  position integer NOT NULL,
  name text NOT NULL,
  total numeric,               -- null: not ranked
  rank integer,
  rank_exact integer,
  rank_change integer,
  rank_low integer,            -- when any one judge is left out
  rank_high integer,
  bands text[] NOT NULL DEFAULT '{}',
  streaks jsonb NOT NULL DEFAULT '{}',
  unranked text NOT NULL DEFAULT '',
  trace jsonb NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, publication_id, unit_id),
  FOREIGN KEY (tenant_id, publication_id) REFERENCES publication (tenant_id, id)
);
CREATE INDEX standing_unit ON standing (tenant_id, unit_id);
CALL leitai_tenant_table('standing', 'app.draft_tenants', 'insert');
CREATE POLICY r_published ON standing FOR SELECT USING (NOT trial AND (
  tenant_id = (SELECT app_tenant()) AND audience <> 'person'
  OR audience IN ('township','county','public') AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[])));
CALL leitai_seal('standing');

-- shared_board reads a board that is published to more than its own line of
-- tenants (Q35): to the county, for the other tenants its county adopted, or to
-- everybody. A tenant outside that line reads nothing else of the round. It
-- answers nothing for every other round, known or not.
CREATE FUNCTION shared_board(wanted uuid, wanted_revision integer)
RETURNS TABLE (tenant_id uuid, round_id uuid, competition_id uuid, period text, held date, trial boolean, superseded boolean, publication_id uuid,
               revision integer, audience text, show text, best text[], worst text[], public_hash text, published_at timestamptz, unit_id uuid, code text,
               name text, total text, rank integer, rank_exact integer, rank_change integer, bands text[], streaks jsonb, rank_low integer,
               rank_high integer, unranked text, host_kind text, host_name text, host_unit uuid, host_region text, host_zone text, host_demo boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH head AS MATERIALIZED (
  SELECT r.tenant_id, r.id round_id, r.competition_id, r.period, r.held, r.trial, r.published_revision > p.revision superseded, p.id, p.revision, p.audience,
         p.public_hash, p.published_at, v.canonical::jsonb doc, t.kind, t.name host_name, t.unit_id host_unit, t.region host_region, t.time_zone, t.demo
  FROM round r
  JOIN publication p ON p.tenant_id = r.tenant_id AND p.round_id = r.id
  JOIN tenant t ON t.id = r.tenant_id AND t.status = 'active'
  JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id AND v.state = 'active'
  WHERE r.id = wanted AND NOT r.trial AND NOT p.trial AND (wanted_revision = 0 OR p.revision = wanted_revision) AND (SELECT app_tenant()) IS NOT NULL
    AND (p.audience = 'public' OR p.audience = 'county' AND EXISTS (
      SELECT FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
      WHERE l.tenant_id = r.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL AND l.other_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[])))
  ORDER BY p.revision DESC LIMIT 1)
SELECT h.tenant_id, h.round_id, h.competition_id, h.period, h.held, h.trial, h.superseded, h.id, h.revision, h.audience, coalesce(h.doc->'ranking'->>'show', ''),
       ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(h.doc->'bands', '[]')) b WHERE b ? 'best'),
       ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(h.doc->'bands', '[]')) b WHERE b ? 'worst'), h.public_hash, h.published_at,
       s.unit_id, coalesce(n.code, n.id::text), s.name, s.total::text, s.rank, s.rank_exact, s.rank_change, s.bands, s.streaks, s.rank_low, s.rank_high,
       s.unranked, h.kind, h.host_name, h.host_unit, h.host_region, h.time_zone, h.demo
FROM head h JOIN standing s ON s.tenant_id = h.tenant_id AND s.publication_id = h.id JOIN unit n ON n.id = s.unit_id
ORDER BY s.position $$;
GRANT SELECT (id, tenant_id, competition_id, template_version_id, period, held, trial, published_revision) ON round TO leitai_lookup;
GRANT SELECT (id, tenant_id, round_id, revision, trial, audience, public_hash, published_at) ON publication TO leitai_lookup;
GRANT SELECT (id, tenant_id, state, canonical) ON template_version TO leitai_lookup;
GRANT SELECT (tenant_id, publication_id, unit_id, position, name, total, rank, rank_exact, rank_change, rank_low, rank_high, bands, streaks, unranked)
  ON standing TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION shared_board(uuid, integer) OWNER TO leitai_lookup;
REVOKE ALL ON FUNCTION shared_board(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_board(uuid, integer) TO leitai_app, leitai_job;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
