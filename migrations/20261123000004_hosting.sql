-- A tenant's life as a service: the platform, sign-up, plans, usage, holds,
-- reading by break glass, and the villages a tenant works with.

-- The platform is the operator's own tenant. Its unit stands beside the
-- administrative tree: nothing lies above or below it, so that no right held
-- there reaches a unit of any tenant.
ALTER TABLE unit DROP CONSTRAINT unit_level_check,
  ADD CONSTRAINT unit_level_check CHECK (level IN ('province','prefecture','county','township','village','group','platform'));
ALTER TABLE tenant DROP CONSTRAINT tenant_kind_check,
  ADD CONSTRAINT tenant_kind_check CHECK (kind IN ('prefecture','county','township','platform'));

-- Who asks for a tenant. A row is reached through functions only; the hash of
-- the password is gone with the decision, the row itself some months later.
CREATE TABLE signup (
  id uuid PRIMARY KEY,
  receipt bytea NOT NULL UNIQUE CHECK (octet_length(receipt) = 32), -- hash of the code the applicant asks with
  unit_id uuid NOT NULL REFERENCES unit (id),
  applicant text NOT NULL,
  office text NOT NULL,
  phone text NOT NULL,
  login text NOT NULL,
  password_hash text,
  preset text NOT NULL DEFAULT '',   -- the scheme wished for
  note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','approved','refused')),
  submitted_at timestamptz NOT NULL,
  decided_tenant uuid,
  decided_by uuid,
  decided_at timestamptz,
  reason text NOT NULL DEFAULT '',
  opened_tenant uuid,
  CHECK ((state = 'waiting') = (password_hash IS NOT NULL)),
  CHECK ((state = 'waiting') = (decided_at IS NULL))
);
CREATE INDEX signup_unit ON signup (unit_id) WHERE state = 'waiting';
CREATE INDEX signup_decided ON signup (decided_tenant, decided_at);
ALTER TABLE signup ENABLE ROW LEVEL SECURITY;
ALTER TABLE signup FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON signup TO leitai_maint;

-- What the operator offers; null is no limit. Everybody may read what there is.
CREATE TABLE plan (
  key text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9-]{0,31}$'),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL DEFAULT '',
  villages integer CHECK (villages > 0),
  storage_bytes bigint CHECK (storage_bytes > 0),
  requests bigint CHECK (requests > 0),  -- of API tokens in a calendar month
  days integer CHECK (days > 0)          -- it ends after so many; null: it does not
);
INSERT INTO plan VALUES
  ('trial', '试用', 'trial', 60, 1073741824, 20000, 90),
  ('township', '乡镇标准', 'township', 200, 21474836480, 500000, NULL),
  ('county', '县域', 'county', NULL, 536870912000, 10000000, NULL);
GRANT SELECT ON plan TO leitai_app, leitai_job;
GRANT SELECT, INSERT, UPDATE, DELETE ON plan TO leitai_maint;

-- The plan of a tenant from a moment on: the newest row holds.
CREATE TABLE tenant_plan (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  plan text NOT NULL,              -- a key of plan; one that is not offered here, in a tenant that was imported, sets no limits
  since timestamptz NOT NULL,
  until timestamptz,               -- after it the tenant is read and exported only
  set_by uuid NOT NULL,            -- the user
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, since),
  CHECK (until > since)
);
CALL leitai_tenant_table('tenant_plan', 'app.draft_tenants', '');

-- Suspensions: what is left of a tenant's access, since when and why.
CREATE TABLE tenant_hold (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  access text NOT NULL CHECK (access IN ('read-only','closed')), -- what is left
  reason text NOT NULL CHECK (reason <> ''),
  placed_by uuid NOT NULL,         -- the user
  placed_at timestamptz NOT NULL,
  lifted_by uuid,
  lifted_at timestamptz,
  lifted_reason text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
CREATE UNIQUE INDEX tenant_hold_live ON tenant_hold (tenant_id) WHERE lifted_at IS NULL;
CALL leitai_tenant_table('tenant_hold', 'app.draft_tenants', '');

-- Requests by day and kind of credential.
CREATE TABLE usage_day (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('session','token')),
  requests bigint NOT NULL CHECK (requests >= 0),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, day, kind)
);
CALL leitai_tenant_table('usage_day', 'app.draft_tenants', '');

-- A platform operator's reading in a tenant: asked for with a reason, approved
-- by a second operator where there is one, for some hours.
CREATE TABLE break_glass (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id), -- that is read
  region text NOT NULL,
  operator uuid NOT NULL,          -- the user who reads
  reason text NOT NULL CHECK (length(reason) >= 10),
  hours integer NOT NULL CHECK (hours BETWEEN 1 AND 8),
  asked_at timestamptz NOT NULL,
  second uuid,                     -- the other operator; null where there is none
  opened_at timestamptz,           -- null: waits for the second one
  until timestamptz,
  ended_by uuid,
  ended_at timestamptz,            -- before its time
  grant_id uuid,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, grant_id) REFERENCES role_grant (tenant_id, id),
  CHECK (second <> operator),
  CHECK (until <= opened_at + interval '8 hours')
);
CALL leitai_tenant_table('break_glass', 'app.draft_tenants', '');

-- The villages that a tenant confirmed, and those it leaves out. One without a
-- row takes part.
CREATE TABLE tenant_village (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  takes_part boolean NOT NULL,
  confirmed_by uuid NOT NULL,      -- the user
  confirmed_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, unit_id)
);
CALL leitai_tenant_table('tenant_village', 'app.draft_tenants', 'insert,update');

DO $$ DECLARE t regclass; BEGIN
  FOREACH t IN ARRAY ARRAY['tenant_plan','tenant_hold','usage_day','break_glass','tenant_village']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;

-- Whether the tenant being written is the platform.
CREATE FUNCTION is_platform() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM tenant t WHERE t.id = app_tenant() AND t.kind = 'platform') $$;

-- Opens the platform, once: its unit, its tenant and its first operator. ids are
-- those of the tenant, the user, the person, the name and the grant.
CREATE FUNCTION platform_found(ids uuid[], new_name text, zone text, moment timestamptz,
  admin_login text, admin_hash text, admin_pseudonym text, admin_name text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  home constant uuid := '00000000-0000-7000-8000-000000000001';
  reached bigint;
BEGIN
  IF EXISTS (SELECT FROM tenant t WHERE t.kind = 'platform') OR ids[1] IS DISTINCT FROM app_tenant() THEN
    RAISE EXCEPTION 'there is a platform' USING ERRCODE = '23505';
  END IF;
  INSERT INTO unit (id, level, legal_name, shown_name) VALUES (home, 'platform', new_name, new_name);
  INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, time_zone, created_at) VALUES (ids[1], ids[1], '000000', 'platform', home, new_name, zone, moment);
  INSERT INTO app_user (id, login, password_hash, locale, status, created_at) VALUES (ids[2], admin_login, admin_hash, 'zh-Hans', 'active', moment);
  INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES (ids[3], ids[1], '000000', admin_pseudonym, ids[2], moment);
  INSERT INTO person_name (id, tenant_id, region, person_id, name) VALUES (ids[4], ids[1], '000000', ids[3], admin_name);
  UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO reached;
  INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
    VALUES (ids[5], ids[1], '000000', ids[2], home, 'platform-operator', ids[2], moment, reached);
  RETURN reached;
END $$;

-- The platform opens a tenant that has nobody above it here: as tenant_provision.
CREATE FUNCTION tenant_open(ids uuid[], new_kind text, new_unit uuid, new_region text, new_name text, zone text, moment timestamptz,
  admin_login text, admin_hash text, admin_role text, admin_pseudonym text, admin_name text, granter uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reached bigint;
BEGIN
  IF NOT is_platform() OR signup_decider(new_unit) IS DISTINCT FROM app_tenant() THEN
    RAISE EXCEPTION 'the unit is for another tenant to open' USING ERRCODE = '23503';
  END IF;
  IF NOT EXISTS (SELECT FROM unit u WHERE u.id = new_unit AND u.level = new_kind AND u.valid_to IS NULL
                 AND (new_kind, admin_role) IN (('prefecture', 'prefecture-admin'), ('county', 'county-admin'), ('township', 'township-approver'))) THEN
    RAISE EXCEPTION 'kind and role do not suit the unit' USING ERRCODE = '23503';
  END IF;
  INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, time_zone, created_at) VALUES (ids[1], ids[1], new_region, new_kind, new_unit, new_name, zone, moment);
  INSERT INTO app_user (id, login, password_hash, locale, status, created_at) VALUES (ids[2], admin_login, admin_hash, 'zh-Hans', 'active', moment);
  INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES (ids[3], ids[1], new_region, admin_pseudonym, ids[2], moment);
  INSERT INTO person_name (id, tenant_id, region, person_id, name) VALUES (ids[4], ids[1], new_region, ids[3], admin_name);
  UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO reached;
  INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
    VALUES (ids[5], ids[1], new_region, ids[2], new_unit, admin_role, granter, moment, reached);
  RETURN reached;
END $$;

-- Who decides on an application: the nearest tenant above the unit, else the platform.
CREATE FUNCTION signup_decider(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE up(id, height) AS (SELECT u.parent_id, 1 FROM unit u WHERE u.id = wanted
  UNION ALL SELECT u.parent_id, up.height + 1 FROM unit u JOIN up ON u.id = up.id WHERE up.height < 10)
SELECT coalesce((SELECT t.id FROM up JOIN tenant t ON t.unit_id = up.id ORDER BY up.height LIMIT 1),
                (SELECT t.id FROM tenant t WHERE t.kind = 'platform')) $$;

-- Takes an application in: 'kept', 'unit' when the code names no unit that can
-- be a tenant, 'busy' when enough wait already. Old ones go at the same time.
CREATE FUNCTION signup_submit(new_id uuid, code_hash bytea, wanted uuid, who text, seat text, reach text, name text, hash text, scheme text, words text, moment timestamptz)
RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM signup s WHERE s.decided_at < moment - interval '180 days' OR s.state = 'waiting' AND s.submitted_at < moment - interval '90 days';
  IF NOT EXISTS (SELECT FROM unit u WHERE u.id = wanted AND u.level IN ('prefecture','county','township') AND u.valid_to IS NULL) THEN
    RETURN 'unit';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted::text, 11));
  IF (SELECT count(*) FROM signup s WHERE s.unit_id = wanted AND s.state = 'waiting') >= 3
     OR (SELECT count(*) FROM (SELECT FROM signup s WHERE s.state = 'waiting' LIMIT 20000) w) >= 20000 THEN
    RETURN 'busy';
  END IF;
  INSERT INTO signup (id, receipt, unit_id, applicant, office, phone, login, password_hash, preset, note, submitted_at)
    VALUES (new_id, code_hash, wanted, who, seat, reach, name, hash, scheme, words, moment);
  RETURN 'kept';
END $$;

CREATE FUNCTION signup_state(code_hash bytea) RETURNS TABLE (state text, reason text, login text, unit_name text, submitted_at timestamptz, decided_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT s.state, s.reason, s.login, u.shown_name, s.submitted_at, s.decided_at FROM signup s JOIN unit u ON u.id = s.unit_id WHERE s.receipt = code_hash $$;

-- Those the tenant being written decides on, or has decided on.
CREATE FUNCTION signups_here(wanted text) RETURNS TABLE (id uuid, unit_id uuid, applicant text, office text, phone text, login text, preset text, note text,
  state text, submitted_at timestamptz, decided_at timestamptz, reason text, opened_tenant uuid, taken boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT s.id, s.unit_id, s.applicant, s.office, s.phone, s.login, s.preset, s.note, s.state, s.submitted_at, s.decided_at, s.reason, s.opened_tenant,
       EXISTS (SELECT FROM tenant t WHERE t.unit_id = s.unit_id)
FROM signup s
WHERE s.state = wanted AND CASE WHEN s.state = 'waiting' THEN signup_decider(s.unit_id) = app_tenant() ELSE s.decided_tenant = app_tenant() END
ORDER BY CASE WHEN s.state = 'waiting' THEN s.submitted_at END, s.decided_at DESC, s.id LIMIT 200 $$;

-- One of them, held until the end of the transaction, with what opens a tenant.
CREATE FUNCTION signup_take(wanted uuid) RETURNS TABLE (code text, unit_name text, applicant text, login text, password_hash text, taken boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce(u.code, ''), u.shown_name, s.applicant, s.login, s.password_hash, EXISTS (SELECT FROM tenant t WHERE t.unit_id = s.unit_id)
FROM signup s JOIN unit u ON u.id = s.unit_id
WHERE s.id = wanted AND s.state = 'waiting' AND signup_decider(s.unit_id) = app_tenant() FOR UPDATE OF s $$;

CREATE FUNCTION signup_settle(wanted uuid, accept boolean, words text, name text, decider uuid, moment timestamptz, opened uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE signup s SET state = CASE WHEN accept THEN 'approved' ELSE 'refused' END, password_hash = NULL, reason = words, login = name,
    decided_tenant = app_tenant(), decided_by = decider, decided_at = moment, opened_tenant = opened
    WHERE s.id = wanted AND s.state = 'waiting'
    AND (signup_decider(s.unit_id) = app_tenant() OR EXISTS (SELECT FROM tenant t WHERE t.id = opened AND t.unit_id = s.unit_id));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not to be decided here' USING ERRCODE = '23503';
  END IF;
END $$;

-- The plan in force: a tenant's own, or that of the nearest tenant above that has one.
CREATE FUNCTION plan_in_force(target uuid) RETURNS TABLE (plan text, since timestamptz, until timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.plan, p.since, p.until FROM tenant_plan p WHERE p.tenant_id = target AND p.since <= clock_timestamp() ORDER BY p.since DESC LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY WITH RECURSIVE up(id, height) AS (SELECT u.parent_id, 1 FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE t.id = target
      UNION ALL SELECT u.parent_id, up.height + 1 FROM unit u JOIN up ON u.id = up.id WHERE up.height < 10)
    SELECT p.plan, p.since, p.until FROM up JOIN tenant t ON t.unit_id = up.id JOIN tenant_plan p ON p.tenant_id = t.id
    WHERE p.since <= clock_timestamp() ORDER BY up.height, p.since DESC LIMIT 1;
END $$;

-- Counts villages that take part in what a tenant runs itself: a township's own,
-- for an upper tenant those of its rounds within a year.
CREATE FUNCTION tenant_villages(target uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE WHEN t.kind = 'township' THEN (
    SELECT count(*) FROM unit u WHERE u.parent_id = t.unit_id AND u.level = 'village' AND u.valid_to IS NULL
    AND NOT EXISTS (SELECT FROM tenant_village v WHERE v.tenant_id = t.id AND v.unit_id = u.id AND NOT v.takes_part))
  ELSE (SELECT count(DISTINCT e.unit_id) FROM entry e JOIN round r ON r.tenant_id = e.tenant_id AND r.id = e.round_id
    WHERE e.tenant_id = t.id AND NOT r.trial AND r.opened_at > now() - interval '1 year') END
FROM tenant t WHERE t.id = target $$;

-- Whether a round is under way, from its notice to its publication; no trial.
CREATE FUNCTION round_running(target uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT EXISTS (SELECT FROM round r WHERE r.tenant_id = target AND NOT r.trial AND r.state IN ('notified','open','closed','computed','provisional')) $$;

-- How a tenant stands with its plan, for the one being written.
CREATE FUNCTION usage_now(month_from date) RETURNS TABLE (plan text, until timestamptz, state text, villages bigint, bytes bigint, token_requests bigint, session_requests bigint, running boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT (SELECT p.plan FROM plan_in_force(app_tenant()) p), (SELECT p.until FROM plan_in_force(app_tenant()) p), leitai_tenant_state(app_tenant()),
  coalesce(tenant_villages(app_tenant()), 0), (SELECT coalesce(sum(f.bytes), 0)::bigint FROM evidence_file f WHERE f.tenant_id = app_tenant()),
  (SELECT coalesce(sum(d.requests), 0)::bigint FROM usage_day d WHERE d.tenant_id = app_tenant() AND d.kind = 'token' AND d.day >= month_from),
  (SELECT coalesce(sum(d.requests), 0)::bigint FROM usage_day d WHERE d.tenant_id = app_tenant() AND d.kind = 'session' AND d.day >= month_from),
  round_running(app_tenant()) $$;

-- Adds requests that were counted, and tells how those tenants and others asked
-- after stand with the requests of their plans.
CREATE FUNCTION usage_add(tenants uuid[], days date[], kinds text[], counts bigint[], asked uuid[], month_from date)
RETURNS TABLE (tenant_id uuid, requests bigint, most bigint, running boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO usage_day AS d (id, tenant_id, region, day, kind, requests)
    SELECT gen_random_uuid(), t.id, t.region, c.day, c.kind, c.n
    FROM unnest(tenants, days, kinds, counts) c(tenant, day, kind, n) JOIN tenant t ON t.id = c.tenant ORDER BY t.id, c.day, c.kind
    ON CONFLICT (tenant_id, day, kind) DO UPDATE SET requests = d.requests + excluded.requests;
  RETURN QUERY SELECT t.id, (SELECT coalesce(sum(d.requests), 0)::bigint FROM usage_day d WHERE d.tenant_id = t.id AND d.kind = 'token' AND d.day >= month_from),
    (SELECT l.requests FROM plan_in_force(t.id) p JOIN plan l ON l.key = p.plan), round_running(t.id)
    FROM tenant t WHERE t.id = ANY (asked);
END $$;

-- One line for each tenant: 'own', 'below' (those adopted, counts only) or 'all'
-- (for the platform).
CREATE FUNCTION usage_lines(month_from date, month_to date, scope text) RETURNS TABLE (tenant_id uuid, name text, kind text, unit_code text, plan text,
  session_requests bigint, token_requests bigint, bytes bigint, villages bigint, rounds bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT t.id, t.name, t.kind, coalesce(u.code, ''), (SELECT p.plan FROM plan_in_force(t.id) p),
  (SELECT coalesce(sum(d.requests), 0)::bigint FROM usage_day d WHERE d.tenant_id = t.id AND d.kind = 'session' AND d.day >= month_from AND d.day < month_to),
  (SELECT coalesce(sum(d.requests), 0)::bigint FROM usage_day d WHERE d.tenant_id = t.id AND d.kind = 'token' AND d.day >= month_from AND d.day < month_to),
  (SELECT coalesce(sum(f.bytes), 0)::bigint FROM evidence_file f WHERE f.tenant_id = t.id AND f.uploaded_at < month_to::timestamp AT TIME ZONE t.time_zone),
  (SELECT count(DISTINCT e.unit_id) FROM entry e JOIN round r ON r.tenant_id = e.tenant_id AND r.id = e.round_id
    JOIN publication p ON p.tenant_id = r.tenant_id AND p.round_id = r.id AND p.revision = 1
    WHERE e.tenant_id = t.id AND NOT r.trial AND p.published_at >= month_from::timestamp AT TIME ZONE t.time_zone AND p.published_at < month_to::timestamp AT TIME ZONE t.time_zone),
  (SELECT count(*) FROM publication p WHERE p.tenant_id = t.id AND NOT p.trial AND p.revision = 1
    AND p.published_at >= month_from::timestamp AT TIME ZONE t.time_zone AND p.published_at < month_to::timestamp AT TIME ZONE t.time_zone)
FROM tenant t JOIN unit u ON u.id = t.unit_id
WHERE CASE scope WHEN 'own' THEN t.id = app_tenant()
  WHEN 'below' THEN EXISTS (SELECT FROM adoption a JOIN adoption b ON b.tenant_id = a.other_id AND b.other_id = a.tenant_id AND b.side = 'lower' AND b.ended_at IS NULL
    WHERE a.tenant_id = app_tenant() AND a.other_id = t.id AND a.side = 'upper' AND a.ended_at IS NULL)
  WHEN 'all' THEN is_platform() ELSE false END
ORDER BY u.code NULLS FIRST, t.id $$;

-- The platform's list of tenants, by unit code: behind one or before one, from
-- either end.
CREATE FUNCTION hosted_tenants(beginning text, after_code text, before_code text, backward boolean, most integer)
RETURNS TABLE (tenant_id uuid, name text, kind text, unit_code text, created_at timestamptz, state text, plan text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT x.id, x.name, x.kind, x.code, x.created_at, leitai_tenant_state(x.id), p.plan, p.until
FROM (SELECT t.id, t.name, t.kind, coalesce(u.code, '') COLLATE "C" code, t.created_at FROM tenant t JOIN unit u ON u.id = t.unit_id
  WHERE is_platform() AND t.kind <> 'platform'
    AND (beginning = '' OR starts_with(coalesce(u.code, ''), beginning) OR starts_with(u.shown_name, beginning) OR starts_with(t.name, beginning))
    AND (after_code IS NULL OR coalesce(u.code, '') COLLATE "C" > after_code) AND (before_code IS NULL OR coalesce(u.code, '') COLLATE "C" < before_code)
  ORDER BY CASE WHEN backward THEN coalesce(u.code, '') COLLATE "C" END DESC, coalesce(u.code, '') COLLATE "C" LIMIT most) x
LEFT JOIN LATERAL plan_in_force(x.id) p ON true
ORDER BY CASE WHEN backward THEN x.code END DESC, x.code $$;

-- A tenant that the platform acts upon, by the code of its unit.
CREATE FUNCTION hosted_tenant(wanted text) RETURNS TABLE (tenant_id uuid, region text, unit_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT t.id, t.region, t.unit_id, t.name FROM tenant t JOIN unit u ON u.id = t.unit_id
WHERE is_platform() AND u.code = wanted AND u.valid_to IS NULL AND t.kind <> 'platform' $$;

-- Offers a plan, or changes what it offers.
CREATE FUNCTION plan_put(p plan) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT is_platform() THEN
    RAISE EXCEPTION 'for the platform only' USING ERRCODE = '23503';
  END IF;
  INSERT INTO plan SELECT p.* ON CONFLICT (key) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, villages = excluded.villages,
    storage_bytes = excluded.storage_bytes, requests = excluded.requests, days = excluded.days;
END $$;

-- Gives a tenant a plan from a moment on; one with a number of days ends after them.
CREATE FUNCTION plan_assign(new_id uuid, target uuid, wanted text, moment timestamptz, last timestamptz, who uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT is_platform() THEN
    RAISE EXCEPTION 'for the platform only' USING ERRCODE = '23503';
  END IF;
  INSERT INTO tenant_plan (id, tenant_id, region, plan, since, until, set_by)
    SELECT new_id, t.id, t.region, p.key, moment, coalesce(last, moment + make_interval(days => p.days)), who
    FROM tenant t, plan p WHERE t.id = target AND p.key = wanted;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such tenant or plan' USING ERRCODE = '23503';
  END IF;
END $$;

-- Holds a tenant back, or lets it go. A closed one is out at the next request of
-- everybody, whichever replica serves it.
CREATE FUNCTION hold_place(new_id uuid, target uuid, new_access text, words text, who uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT is_platform() OR EXISTS (SELECT FROM tenant t WHERE t.id = target AND t.kind = 'platform') THEN
    RAISE EXCEPTION 'not to be held back from here' USING ERRCODE = '23503';
  END IF;
  INSERT INTO tenant_hold (id, tenant_id, region, access, reason, placed_by, placed_at)
    SELECT new_id, t.id, t.region, new_access, words, who, moment FROM tenant t WHERE t.id = target;
  UPDATE tenant t SET status = 'suspended' WHERE t.id = target AND new_access = 'closed';
END $$;
CREATE FUNCTION hold_lift(target uuid, words text, who uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT is_platform() THEN
    RAISE EXCEPTION 'not to be let go from here' USING ERRCODE = '23503';
  END IF;
  UPDATE tenant_hold h SET lifted_by = who, lifted_at = moment, lifted_reason = words WHERE h.tenant_id = target AND h.lifted_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE tenant t SET status = 'active' WHERE t.id = target AND t.status = 'suspended';
  RETURN true;
END $$;
-- Those of a tenant, newest first: for the tenant itself and the platform.
CREATE FUNCTION holds_of(target uuid) RETURNS TABLE (id uuid, access text, reason text, placed_at timestamptz, lifted_at timestamptz, lifted_reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT h.id, h.access, h.reason, h.placed_at, h.lifted_at, h.lifted_reason FROM tenant_hold h
WHERE h.tenant_id = target AND (target = app_tenant() OR is_platform()) ORDER BY h.placed_at DESC, h.id LIMIT 100 $$;

-- Operators who could approve another one's wish: live grants of the platform,
-- of users who can sign in.
CREATE FUNCTION platform_operators() RETURNS TABLE (user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT DISTINCT g.user_id FROM role_grant g JOIN tenant t ON t.id = g.tenant_id AND t.kind = 'platform' JOIN app_user u ON u.id = g.user_id AND u.status = 'active'
WHERE is_platform() AND g.role = 'platform-operator' AND g.revoked_at IS NULL AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now()) $$;

-- Opens what was asked for: a grant of reading, with an end, in the tenant that is
-- read. Called by the two functions below alone.
CREATE FUNCTION glass_open(wanted uuid, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reached bigint;
  made constant uuid := gen_random_uuid();
BEGIN
  UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO reached;
  INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, valid_until, epoch)
    SELECT made, t.id, t.region, b.operator, t.unit_id, 'break-glass', b.operator, moment, moment + make_interval(hours => b.hours), reached
    FROM break_glass b JOIN tenant t ON t.id = b.tenant_id WHERE b.id = wanted;
  UPDATE break_glass b SET opened_at = moment, until = moment + make_interval(hours => b.hours), grant_id = made WHERE b.id = wanted;
END $$;

-- Asks to read in a tenant. It opens at once where the operator is the only one,
-- else it waits for another one.
CREATE FUNCTION glass_ask(new_id uuid, target uuid, who uuid, words text, wanted integer, moment timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM platform_operators() o WHERE o.user_id = who) OR EXISTS (SELECT FROM tenant t WHERE t.id = target AND t.kind = 'platform') THEN
    RAISE EXCEPTION 'for operators of the platform only' USING ERRCODE = '23503';
  END IF;
  INSERT INTO break_glass (id, tenant_id, region, operator, reason, hours, asked_at) SELECT new_id, t.id, t.region, who, words, wanted, moment FROM tenant t WHERE t.id = target;
  IF (SELECT count(*) FROM platform_operators()) < 2 THEN
    PERFORM glass_open(new_id, moment);
  END IF;
END $$;
CREATE FUNCTION glass_approve(wanted uuid, who uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM platform_operators() o WHERE o.user_id = who) THEN
    RAISE EXCEPTION 'for operators of the platform only' USING ERRCODE = '23503';
  END IF;
  UPDATE break_glass b SET second = who WHERE b.id = wanted AND b.operator <> who AND b.opened_at IS NULL AND b.ended_at IS NULL
    AND b.asked_at > moment - interval '1 day' AND EXISTS (SELECT FROM platform_operators() o WHERE o.user_id = b.operator);
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM glass_open(wanted, moment);
  RETURN true;
END $$;

-- Ends it: the platform, or the tenant that is read.
CREATE FUNCTION glass_end(wanted uuid, who uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reached bigint;
BEGIN
  UPDATE break_glass b SET ended_by = who, ended_at = moment WHERE b.id = wanted AND b.ended_at IS NULL AND (b.until IS NULL OR b.until > moment)
    AND (b.tenant_id = app_tenant() OR is_platform());
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO reached;
  UPDATE role_grant g SET revoked_at = moment, epoch = reached FROM break_glass b
    WHERE b.id = wanted AND g.tenant_id = b.tenant_id AND g.id = b.grant_id AND g.revoked_at IS NULL;
  RETURN true;
END $$;

-- The records that the tenant being written may see, newest first: the platform
-- all of them, a tenant those about itself.
CREATE FUNCTION glasses() RETURNS TABLE (id uuid, tenant_id uuid, region text, tenant_unit uuid, tenant_name text, operator uuid, operator_login text, reason text, hours integer,
  asked_at timestamptz, second uuid, opened_at timestamptz, until timestamptz, ended_by uuid, ended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT b.id, b.tenant_id, t.region, t.unit_id, t.name, b.operator, coalesce(u.login, ''), b.reason, b.hours, b.asked_at, b.second, b.opened_at, b.until, b.ended_by, b.ended_at
FROM break_glass b JOIN tenant t ON t.id = b.tenant_id LEFT JOIN app_user u ON u.id = b.operator
WHERE b.tenant_id = app_tenant() OR is_platform() ORDER BY b.asked_at DESC, b.id LIMIT 200 $$;

-- An act of the platform upon a tenant stands in the audit of both, and so does
-- the end of a reading that the tenant itself decides. Whose chain besides the
-- own one may be continued: any tenant's by the platform, the platform's by a
-- tenant that was read.
CREATE FUNCTION audit_beside(target uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT is_platform() OR EXISTS (SELECT FROM tenant t WHERE t.id = target AND t.kind = 'platform') AND EXISTS (SELECT FROM break_glass b WHERE b.tenant_id = app_tenant()) $$;
CREATE FUNCTION audit_beside_head(target uuid) RETURNS TABLE (seq bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT a.seq, a.hash FROM audit_entry a WHERE a.tenant_id = target AND audit_beside(target) ORDER BY a.seq DESC LIMIT 1 $$;
CREATE FUNCTION audit_beside_add(e audit_entry) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT audit_beside(e.tenant_id) THEN
    RAISE EXCEPTION 'not to be recorded there' USING ERRCODE = '23503';
  END IF;
  INSERT INTO audit_entry SELECT e.*;
END $$;
-- The platform, for a tenant that it read.
CREATE FUNCTION platform_of_glass() RETURNS TABLE (tenant_id uuid, region text, unit_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT t.id, t.region, t.unit_id FROM tenant t WHERE t.kind = 'platform' AND EXISTS (SELECT FROM break_glass b WHERE b.tenant_id = app_tenant()) $$;

GRANT SELECT, INSERT, DELETE ON signup TO leitai_lookup;
GRANT UPDATE (state, password_hash, reason, login, decided_tenant, decided_by, decided_at, opened_tenant) ON signup TO leitai_lookup;
GRANT SELECT, INSERT, UPDATE ON plan TO leitai_lookup;
GRANT SELECT, INSERT ON tenant_plan TO leitai_lookup;
GRANT SELECT, INSERT, UPDATE (lifted_by, lifted_at, lifted_reason) ON tenant_hold TO leitai_lookup;
GRANT SELECT, INSERT, UPDATE (requests) ON usage_day TO leitai_lookup;
GRANT SELECT, INSERT, UPDATE (second, opened_at, until, grant_id, ended_by, ended_at) ON break_glass TO leitai_lookup;
GRANT SELECT (tenant_id, unit_id, takes_part) ON tenant_village TO leitai_lookup;
GRANT SELECT (tenant_id, bytes, uploaded_at) ON evidence_file TO leitai_lookup;
GRANT SELECT (tenant_id, round_id, revision, trial, published_at) ON publication TO leitai_lookup;
GRANT SELECT (tenant_id, round_id, unit_id) ON entry TO leitai_lookup;
GRANT SELECT (tenant_id, id, trial, state, opened_at) ON round TO leitai_lookup;
GRANT UPDATE (status) ON tenant TO leitai_lookup;
GRANT UPDATE (revoked_at, epoch) ON role_grant TO leitai_lookup;
GRANT INSERT ON audit_entry TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only

-- Whether a tenant is worked in: 'active', 'read-only' (suspended so, or its plan
-- has ended) or 'closed'. It runs with every request, inside open_request:
-- PL/pgSQL keeps the plans of its statements, and the tenants above are asked
-- only where the tenant has no plan of its own.
CREATE OR REPLACE FUNCTION leitai_tenant_state(wanted uuid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  standing text;
  at_unit uuid;
  held text;
  ends timestamptz;
  planned boolean;
BEGIN
  SELECT t.status, t.unit_id, (SELECT h.access FROM tenant_hold h WHERE h.tenant_id = t.id AND h.lifted_at IS NULL), p.until, p.id IS NOT NULL
    INTO standing, at_unit, held, ends, planned
    FROM tenant t LEFT JOIN LATERAL (SELECT x.id, x.until FROM tenant_plan x WHERE x.tenant_id = t.id AND x.since <= clock_timestamp() ORDER BY x.since DESC LIMIT 1) p ON true
    WHERE t.id = wanted;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF standing <> 'active' THEN RETURN 'closed'; END IF;
  IF held IS NOT NULL THEN RETURN held; END IF;
  WHILE NOT planned LOOP
    SELECT u.parent_id INTO at_unit FROM unit u WHERE u.id = at_unit;
    EXIT WHEN at_unit IS NULL;
    SELECT x.until INTO ends FROM tenant t JOIN tenant_plan x ON x.tenant_id = t.id WHERE t.unit_id = at_unit AND x.since <= clock_timestamp() ORDER BY x.since DESC LIMIT 1;
    planned := FOUND;
  END LOOP;
  RETURN CASE WHEN ends < clock_timestamp() THEN 'read-only' ELSE 'active' END;
END $$;

DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND pg_get_userbyid(p.proowner) NOT IN ('leitai_lookup', 'leitai_wipe') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
-- Only from inside the functions above, which run as leitai_lookup.
REVOKE ALL ON FUNCTION glass_open(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION glass_open(uuid, timestamptz) TO leitai_lookup;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
