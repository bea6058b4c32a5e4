-- Classes of units by date, and what becomes of units: provisional ones, merges,
-- splits and moves, proposed by one person and decided by another.

-- One more classification of units (示范/创优/强基; 脱贫/任务重/软弱涣散/其他). Tracks
-- and what is sent to a village come from here.
CREATE TABLE group_set (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9-]{0,63}$'),
  name_zh text NOT NULL,
  name_en text NOT NULL DEFAULT '',
  classes jsonb NOT NULL,         -- [{key, zh, en}] in their order
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, key)
);
CALL leitai_tenant_table('group_set', 'app.tenants', 'insert,update');

-- The class of a unit between two dates; valid_until is the first day it is no
-- longer of the class. A unit is of one class of a set on a day.
CREATE TABLE group_member (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  group_set text NOT NULL,
  class text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  valid_from date NOT NULL,
  valid_until date,
  CHECK (valid_until IS NULL OR valid_until > valid_from),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, group_set, unit_id, valid_from),
  FOREIGN KEY (tenant_id, group_set) REFERENCES group_set (tenant_id, key)
);
CREATE UNIQUE INDEX group_member_open ON group_member (tenant_id, group_set, unit_id) WHERE valid_until IS NULL;
CALL leitai_tenant_table('group_member', 'app.tenants');

-- A change of the tree of units that a tenant asks for.
CREATE TABLE unit_proposal (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('provisional','merge','split','move')),
  units uuid[] NOT NULL DEFAULT '{}',  -- those that merge, split or move
  target uuid REFERENCES unit (id),    -- into which is merged; under which a new unit stands
  made jsonb NOT NULL DEFAULT '[]',    -- [{id, code, level, legalName, shownName}] of the units to be made
  keep boolean NOT NULL DEFAULT false, -- split: the unit itself goes on beside the new ones
  since date NOT NULL,
  basis text NOT NULL CHECK (basis <> ''),
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed','accepted','refused')),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_tenant uuid,                 -- that decided: the proposer's own, or the one above it
  decided_by uuid,
  decided_at timestamptz,
  note text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, proposed_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('unit_proposal', 'app.tenants', 'insert');

DO $$ DECLARE t regclass; BEGIN
  FOREACH t IN ARRAY ARRAY['group_set','group_member','unit_proposal']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;

-- Whose history a unit carries on: predecessors over any number of changes, each
-- for what happened before `until`.
CREATE INDEX unit_successor_to ON unit_successor (successor_id);
CREATE FUNCTION unit_lineage(wanted uuid[]) RETURNS TABLE (unit_id uuid, predecessor_id uuid, until date)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH RECURSIVE line (unit_id, predecessor_id, until, height) AS (
  SELECT s.successor_id, s.unit_id, s.since, 1 FROM unit_successor s WHERE s.successor_id = ANY (wanted)
  UNION
  SELECT l.unit_id, s.unit_id, least(l.until, s.since), l.height + 1 FROM line l JOIN unit_successor s ON s.successor_id = l.predecessor_id
  WHERE l.height < 16)
SELECT l.unit_id, l.predecessor_id, max(l.until) FROM line l WHERE l.predecessor_id <> l.unit_id GROUP BY l.unit_id, l.predecessor_id $$;

-- Whether a unit is another one or stands below it.
CREATE FUNCTION unit_within(inner_unit uuid, outer_unit uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH RECURSIVE up (id, height) AS (SELECT inner_unit, 0 UNION ALL SELECT u.parent_id, up.height + 1 FROM unit u JOIN up ON u.id = up.id WHERE up.height < 10)
SELECT EXISTS (SELECT FROM up WHERE up.id = outer_unit) $$;

-- Who decides on a tenant's proposals: the tenant that adopted it, or where none
-- did the tenant itself.
CREATE FUNCTION unit_arbiter(proposer uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce((SELECT l.other_id FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
                 WHERE l.tenant_id = proposer AND l.side = 'lower' AND l.ended_at IS NULL ORDER BY l.agreed_at LIMIT 1), proposer) $$;

-- Decides on a proposal, and changes the tree when it is accepted. The one act
-- that writes the tree from inside a tenant: it checks who decides, that no one
-- decides an own proposal, and that every unit lies below the proposer's unit
-- and the target below the decider's.
CREATE FUNCTION unit_decide(proposal uuid, accept boolean, decider uuid, reason text, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p unit_proposal;
  proposer_unit uuid;
  decider_unit uuid;
  parent uuid;
  ended uuid[];
BEGIN
  SELECT * INTO p FROM unit_proposal x WHERE x.id = proposal AND x.state = 'proposed' FOR UPDATE;
  IF NOT FOUND OR unit_arbiter(p.tenant_id) <> app_tenant() OR decider = p.proposed_by
     OR NOT EXISTS (SELECT FROM person d WHERE d.tenant_id = app_tenant() AND d.id = decider) THEN
    RAISE EXCEPTION 'not to be decided here' USING ERRCODE = '23503';
  END IF;
  UPDATE unit_proposal x SET state = CASE WHEN accept THEN 'accepted' ELSE 'refused' END, decided_tenant = app_tenant(), decided_by = decider,
    decided_at = moment, note = reason WHERE x.id = proposal;
  IF NOT accept THEN RETURN; END IF;

  SELECT t.unit_id INTO proposer_unit FROM tenant t WHERE t.id = p.tenant_id;
  SELECT t.unit_id INTO decider_unit FROM tenant t WHERE t.id = app_tenant();
  IF EXISTS (SELECT FROM unnest(p.units) m WHERE m = proposer_unit OR NOT unit_within(m, proposer_unit))
     OR p.target IS NOT NULL AND NOT unit_within(p.target, decider_unit)
     OR p.kind IN ('provisional','merge') AND p.target IS NOT NULL AND NOT unit_within(p.target, proposer_unit)
     OR EXISTS (SELECT FROM unit u WHERE u.id = ANY (p.units || p.target) AND u.valid_to IS NOT NULL)
     OR EXISTS (SELECT FROM tenant t WHERE t.unit_id = ANY (p.units))
     OR EXISTS (SELECT FROM jsonb_array_elements(p.made) m WHERE m->>'level' NOT IN ('village','group')) THEN
    RAISE EXCEPTION 'units outside of the tenant, or that stand no longer' USING ERRCODE = '23503';
  END IF;

  parent := CASE WHEN p.kind IN ('provisional','move') THEN p.target ELSE (SELECT u.parent_id FROM unit u WHERE u.id = p.units[1]) END;
  INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region, valid_from)
    SELECT (m->>'id')::uuid, nullif(m->>'code', ''), m->>'level', m->>'legalName', m->>'shownName', parent,
      (SELECT u.region FROM unit u WHERE u.id = parent), p.since FROM jsonb_array_elements(p.made) m;
  IF p.kind = 'provisional' THEN RETURN; END IF;

  ended := CASE WHEN p.keep THEN '{}' ELSE array_remove(p.units, p.target) END;
  INSERT INTO unit_successor (unit_id, successor_id, kind, since)
    SELECT o.id, s.id, p.kind, p.since FROM unnest(p.units) o(id)
    CROSS JOIN (SELECT (m->>'id')::uuid FROM jsonb_array_elements(p.made) m UNION SELECT p.target WHERE p.kind = 'merge' AND p.target IS NOT NULL) s(id)
    WHERE o.id <> s.id;
  -- What stood below goes with the first successor.
  UPDATE unit u SET parent_id = coalesce((p.made->0->>'id')::uuid, p.target) WHERE u.parent_id = ANY (ended) AND u.valid_to IS NULL;
  UPDATE unit u SET valid_to = p.since WHERE u.id = ANY (ended);
END $$;

-- What the accounts of a unit that moved here had come to in other tenants,
-- a row for each competition: the balance of points, deductions of issues beside.
CREATE FUNCTION moved_balances(wanted uuid) RETURNS TABLE (from_unit uuid, from_competition uuid, from_name text, since date, points numeric, deductions numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT e.unit_id, c.id, t.name || ' · ' || c.name, l.until, coalesce(sum(e.points) FILTER (WHERE e.issue_id IS NULL), 0),
       coalesce(sum(e.points) FILTER (WHERE e.issue_id IS NOT NULL), 0)
FROM unit_lineage(ARRAY[wanted]) l
JOIN account_entry e ON e.unit_id = l.predecessor_id AND e.tenant_id <> app_tenant()
JOIN competition c ON c.tenant_id = e.tenant_id AND c.id = e.competition_id AND NOT c.trial
JOIN tenant t ON t.id = e.tenant_id
WHERE EXISTS (SELECT FROM tenant h WHERE h.id = app_tenant() AND unit_within(wanted, h.unit_id))
  AND EXISTS (SELECT FROM unit u WHERE u.id = wanted AND u.valid_to IS NULL)
GROUP BY e.unit_id, c.id, t.name, c.name, l.until $$;

GRANT SELECT ON unit_successor, unit_proposal TO leitai_lookup;
GRANT INSERT ON unit, unit_successor TO leitai_lookup;
GRANT UPDATE (parent_id, valid_to) ON unit TO leitai_lookup;
GRANT UPDATE (state, decided_tenant, decided_by, decided_at, note) ON unit_proposal TO leitai_lookup;
GRANT SELECT (tenant_id, unit_id, issue_id, competition_id, points) ON account_entry TO leitai_lookup;
GRANT SELECT (id, tenant_id, name, trial) ON competition TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['unit_arbiter(uuid)','unit_decide(uuid, boolean, uuid, text, timestamptz)','moved_balances(uuid)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
