-- Contestants of every kind: a row that names one has the place (unit_id) and
-- the contestant itself (subject_id: a unit, a person, an organisation or a
-- team). For units the two are the same, and a writer that knows only units may
-- go on naming the unit alone.

CREATE FUNCTION leitai_subject_is_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.subject_id IS NULL THEN
    NEW.subject_id := NEW.unit_id;
  END IF;
  RETURN NEW;
END $$;

-- Rows of before: the owner reads and changes them only while row-level security
-- is not forced on it, and sealed rows only while they are not sealed. Nobody
-- sees that state: it is over at the end of this transaction.
DO $$ DECLARE t text; sealed boolean; BEGIN
  FOREACH t IN ARRAY ARRAY['entry','mark','missing_decision','reception','standing','outcome'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN subject_id uuid', t);
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t);
    SELECT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t::regclass AND g.tgname = 'append_only') INTO sealed;
    IF sealed THEN
      EXECUTE format('ALTER TABLE %I DISABLE TRIGGER append_only', t);
    END IF;
    EXECUTE format('UPDATE %I SET subject_id = unit_id', t);
    IF sealed THEN
      EXECUTE format('ALTER TABLE %I ENABLE TRIGGER append_only', t);
    END IF;
    EXECUTE format('CREATE TRIGGER subject_is_unit BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION leitai_subject_is_unit()', t);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN subject_id SET NOT NULL', t);
  END LOOP;
END $$;

-- One row a contestant where it was one row a unit: two persons may have the
-- same village.
DO $$ DECLARE k record; BEGIN
  FOR k IN SELECT c.conrelid::regclass t, c.conname,
             (SELECT string_agg(CASE a.attname WHEN 'unit_id' THEN 'subject_id' ELSE quote_ident(a.attname) END, ', ' ORDER BY n.place)
              FROM unnest(c.conkey) WITH ORDINALITY n(number, place) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = n.number) fields
           FROM pg_constraint c
           WHERE c.contype = 'u' AND c.conrelid IN ('entry'::regclass, 'missing_decision'::regclass, 'reception'::regclass, 'standing'::regclass, 'outcome'::regclass)
           AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attname = 'unit_id' AND a.attnum = ANY (c.conkey)) LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD UNIQUE (%s)', k.t, k.conname, k.fields);
  END LOOP;
END $$;
DROP INDEX mark_first;
CREATE UNIQUE INDEX mark_first ON mark (tenant_id, round_id, item_key, channel, subject_id, judge_id) WHERE supersedes IS NULL;
CREATE INDEX standing_subject ON standing (tenant_id, subject_id);

-- A mark stands for somebody on the roster.
ALTER TABLE mark ADD FOREIGN KEY (tenant_id, round_id, subject_id) REFERENCES entry (tenant_id, round_id, subject_id);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['entry','mark','missing_decision','reception','standing','outcome'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;

ALTER TABLE entry
  ADD COLUMN subject_kind text NOT NULL DEFAULT 'village'
    CHECK (subject_kind IN ('group','village','township','county','organisation','person','team')),
  ADD COLUMN code text NOT NULL DEFAULT '',       -- in bundles, where the subject is no unit: a pseudonym, or the id
  ADD COLUMN track text NOT NULL DEFAULT '',      -- the class that makes its track on that date (C04)
  ADD COLUMN classes text[] NOT NULL DEFAULT '{}'; -- all its classes on that date

-- What a mark of a kind other than points says: checks, events, a level, a veto.
ALTER TABLE mark ADD COLUMN detail jsonb;

ALTER TABLE rubric_item
  ADD COLUMN kind text NOT NULL DEFAULT 'points',
  ADD COLUMN rule jsonb NOT NULL DEFAULT '{}';    -- what only this kind has, as in a template, with its classes and kinds of evidence

ALTER TABLE round
  ADD COLUMN theme text NOT NULL DEFAULT '',      -- one round, one theme (C05)
  ADD COLUMN form text NOT NULL DEFAULT '' CHECK (form IN ('','meeting','onsite','project')); -- of the arena (C06)

ALTER TABLE standing
  ADD COLUMN subject_kind text NOT NULL DEFAULT 'village',
  ADD COLUMN code text NOT NULL DEFAULT '',       -- as on the roster, where the subject is no unit
  ADD COLUMN track text NOT NULL DEFAULT '',
  ADD COLUMN track_rank integer,
  ADD COLUMN percentile numeric,                  -- of the track; null for a track of one
  ADD COLUMN light text NOT NULL DEFAULT '',
  ADD COLUMN parts jsonb NOT NULL DEFAULT '[]',   -- [{key, weight, value}]
  ADD COLUMN grades jsonb NOT NULL DEFAULT '[]',  -- [{scale, grade, decision, rule}]
  ADD COLUMN vetoes text[] NOT NULL DEFAULT '{}';

-- shared_standings is shared_board with what this migration adds: a board that
-- is published to more than its own line of tenants (Q35).
CREATE FUNCTION shared_standings(wanted uuid, wanted_revision integer)
RETURNS TABLE (tenant_id uuid, round_id uuid, competition_id uuid, period text, held date, trial boolean, superseded boolean, publication_id uuid,
               revision integer, audience text, show text, best text[], worst text[], public_hash text, published_at timestamptz, unit_id uuid, code text,
               name text, total text, rank integer, rank_exact integer, rank_change integer, bands text[], streaks jsonb, rank_low integer,
               rank_high integer, unranked text, subject_id uuid, subject_kind text, place text, track text, track_rank integer, percentile text,
               light text, parts jsonb, grades jsonb, vetoes text[],
               host_kind text, host_name text, host_unit uuid, host_region text, host_zone text, host_demo boolean)
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
       s.unit_id, CASE WHEN s.code = '' THEN coalesce(n.code, n.id::text) ELSE s.code END, s.name, s.total::text, s.rank, s.rank_exact, s.rank_change,
       s.bands, s.streaks, s.rank_low, s.rank_high, s.unranked, s.subject_id, s.subject_kind, n.shown_name, s.track, s.track_rank, s.percentile::text,
       s.light, s.parts, s.grades, s.vetoes, h.kind, h.host_name, h.host_unit, h.host_region, h.time_zone, h.demo
FROM head h JOIN standing s ON s.tenant_id = h.tenant_id AND s.publication_id = h.id JOIN unit n ON n.id = s.unit_id
ORDER BY s.position $$;
GRANT SELECT (subject_id, subject_kind, code, track, track_rank, percentile, light, parts, grades, vetoes) ON standing TO leitai_lookup;

-- A trial takes with it whatever hangs on it, also in tables of later
-- migrations: those get the right to be wiped together with their policies.
CREATE OR REPLACE PROCEDURE leitai_tenant_table(t regclass, readable text, operations text DEFAULT 'insert,update,delete')
LANGUAGE plpgsql AS $$
DECLARE
  own text := '(SELECT app_tenant())';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY r ON %s FOR SELECT USING (tenant_id = ANY ((SELECT app_setting_ids(%L))::uuid[]))', t, readable);
  EXECUTE format('GRANT SELECT ON %s TO leitai_app, leitai_job', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO leitai_maint', t);
  EXECUTE format('GRANT SELECT, DELETE ON %s TO leitai_lookup', t); -- wipe_trial
  IF operations LIKE '%insert%' THEN
    EXECUTE format('CREATE POLICY wi ON %s FOR INSERT WITH CHECK (tenant_id = %s)', t, own);
    EXECUTE format('GRANT INSERT ON %s TO leitai_app, leitai_job', t);
  END IF;
  IF operations LIKE '%update%' THEN
    EXECUTE format('CREATE POLICY wu ON %s FOR UPDATE USING (tenant_id = %s) WITH CHECK (tenant_id = %s)', t, own, own);
    EXECUTE format('GRANT UPDATE ON %s TO leitai_app, leitai_job', t);
  END IF;
  IF operations LIKE '%delete%' THEN
    EXECUTE format('CREATE POLICY wd ON %s FOR DELETE USING (tenant_id = %s)', t, own);
    EXECUTE format('GRANT DELETE ON %s TO leitai_app, leitai_job', t);
  END IF;
END $$;
REVOKE ALL ON PROCEDURE leitai_tenant_table(regclass, text, text) FROM PUBLIC;

-- leitai_wipe removes rows by id, after every row that refers to them.
CREATE FUNCTION leitai_wipe(t regclass, gone uuid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  k record;
  below uuid[];
BEGIN
  FOR k IN SELECT c.conrelid::regclass child, string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ') matching
           FROM pg_constraint c, unnest(c.conkey, c.confkey) n(ours, theirs), pg_attribute a, pg_attribute b
           WHERE c.contype = 'f' AND c.confrelid = t AND c.conrelid <> t
           AND a.attrelid = c.conrelid AND a.attnum = n.ours AND b.attrelid = c.confrelid AND b.attnum = n.theirs
           GROUP BY c.oid, c.conrelid LOOP
    EXECUTE format('SELECT array_agg(DISTINCT c.id) FROM %s c JOIN %s p ON %s WHERE p.id = ANY ($1)', k.child, t, k.matching) INTO below USING gone;
    IF below IS NOT NULL THEN
      PERFORM leitai_wipe(k.child, below);
    END IF;
  END LOOP;
  EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', t) USING gone;
END $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION shared_standings(uuid, integer) OWNER TO leitai_lookup;
ALTER FUNCTION leitai_wipe(regclass, uuid[]) OWNER TO leitai_lookup;
REVOKE ALL ON FUNCTION shared_standings(uuid, integer), leitai_wipe(regclass, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_standings(uuid, integer) TO leitai_app, leitai_job;
CREATE OR REPLACE FUNCTION wipe_trial(wanted uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  home uuid := app_tenant();
  is_trial boolean;
  rounds bigint;
BEGIN
  SELECT c.trial INTO is_trial FROM competition c WHERE c.tenant_id = home AND c.id = wanted FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such competition' USING ERRCODE = 'P0002';
  END IF;
  IF NOT is_trial THEN
    RAISE EXCEPTION 'the competition is no trial' USING ERRCODE = 'LT005';
  END IF;
  SELECT count(*) INTO rounds FROM round r WHERE r.tenant_id = home AND r.competition_id = wanted;
  PERFORM leitai_wipe('competition', ARRAY[wanted]);
  RETURN rounds;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
