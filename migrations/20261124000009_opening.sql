-- Opening a request is one statement of one function that reads what it needs by
-- primary keys. What it has to know of a tenant changes a few times a year (what
-- the tenant is, whether it is worked in, whom it reads by adoption) and is kept
-- in one row for each, tenant_reach, worked out in the transaction of the change.

CREATE TABLE tenant_reach (
  id uuid PRIMARY KEY,               -- the tenant's
  tenant_id uuid NOT NULL UNIQUE,    -- no reference: it goes with the tenant's row
  region text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('prefecture','county','township','platform')), -- this and the next three are those of the tenant's row
  unit_id uuid NOT NULL,
  time_zone text NOT NULL,
  demo boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('active','read-only','closed')), -- leitai_tenant_state …
  turns_at timestamptz NOT NULL,     -- … until the clock alone may make it another one; from then on it is asked anew
  below uuid[] NOT NULL,             -- tenants whose published rows it reads
  drafts uuid[] NOT NULL,            -- those of them that let their unpublished ones be read
  above uuid[] NOT NULL,             -- tenants whose published templates it reads downwards
  UNIQUE (tenant_id, id),
  CHECK (id = tenant_id)
);
CALL leitai_tenant_table('tenant_reach', 'app.draft_tenants', '');
CREATE TRIGGER fixed_home BEFORE UPDATE ON tenant_reach FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT, INSERT, DELETE, UPDATE (kind, unit_id, time_zone, demo, state, turns_at, below, drafts, above) ON tenant_reach TO leitai_lookup;

-- When the clock alone may change the state of a tenant next: the plan in force
-- ends, or one that begins later takes its place. It reckons from the beginning
-- of the transaction, never later than the state that is kept beside it.
CREATE FUNCTION leitai_tenant_turns(wanted uuid) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE up(unit, height) AS (
    SELECT t.unit_id, 0 FROM tenant t WHERE t.id = wanted
    UNION ALL SELECT u.parent_id, up.height + 1 FROM up JOIN unit u ON u.id = up.unit WHERE u.parent_id IS NOT NULL AND up.height < 16),
  planned AS (SELECT up.height, p.since, p.until FROM up JOIN tenant t ON t.unit_id = up.unit JOIN tenant_plan p ON p.tenant_id = t.id),
  in_force AS (SELECT p.height, p.until FROM planned p WHERE p.since <= now() ORDER BY p.height, p.since DESC LIMIT 1)
SELECT least((SELECT f.until FROM in_force f WHERE f.until >= now()),
             (SELECT min(p.since) FROM planned p WHERE p.since > now() AND p.height <= coalesce((SELECT f.height FROM in_force f), 16)), 'infinity') $$;

-- The tenants above one, by adoptions that both sides stand by.
CREATE FUNCTION leitai_tenants_above(wanted uuid) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE up(id) AS (
    SELECT wanted
    UNION SELECT l.other_id FROM up JOIN adoption l ON l.tenant_id = up.id AND l.side = 'lower' AND l.ended_at IS NULL
      JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL)
SELECT coalesce(array_agg(up.id ORDER BY up.id) FILTER (WHERE up.id <> wanted), '{}') FROM up $$;

-- leitai_reach works the rows of some tenants out anew. An adoption is in force
-- while both sides stand; the upper tenant reads what the lower one publishes,
-- and its unpublished work only where the lower side said so.
--
-- One does so at a time, so that of two changes none is reckoned without the
-- other; the row that orders changes of rights orders these as well, so that no
-- second lock is waited for crosswise.
CREATE FUNCTION leitai_reach(affected uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM authz_epoch e WHERE e.id = 1 FOR NO KEY UPDATE;
  INSERT INTO tenant_reach AS r (id, tenant_id, region, kind, unit_id, time_zone, demo, state, turns_at, below, drafts, above)
    SELECT t.id, t.id, t.region, t.kind, t.unit_id, t.time_zone, t.demo, leitai_tenant_state(t.id), leitai_tenant_turns(t.id), b.below, b.drafts, leitai_tenants_above(t.id)
    FROM tenant t CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(l.tenant_id ORDER BY l.tenant_id), '{}') below, coalesce(array_agg(l.tenant_id ORDER BY l.tenant_id) FILTER (WHERE l.drafts), '{}') drafts
      FROM adoption u JOIN adoption l ON l.tenant_id = u.other_id AND l.other_id = u.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL
      WHERE u.tenant_id = t.id AND u.side = 'upper' AND u.ended_at IS NULL) b
    WHERE t.id = ANY (affected)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, unit_id = excluded.unit_id, time_zone = excluded.time_zone, demo = excluded.demo,
      state = excluded.state, turns_at = excluded.turns_at, below = excluded.below, drafts = excluded.drafts, above = excluded.above;
END $$;

-- What changes a row: the tenant, its plan, holds and end, an adoption, and the
-- tree, along which plans hold downwards.
CREATE FUNCTION leitai_reach_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  affected uuid[] := '{}';
  units uuid[] := '{}'; -- below which plans may hold otherwise now
BEGIN
  IF TG_TABLE_NAME = 'unit' THEN
    SELECT coalesce(array_agg(c.id), '{}') INTO units FROM changed c JOIN was w ON w.id = c.id WHERE c.parent_id IS DISTINCT FROM w.parent_id;
  ELSE
    SELECT coalesce(array_agg(DISTINCT c.tenant_id), '{}') INTO affected FROM changed c;
  END IF;
  IF affected = '{}' AND units = '{}' THEN RETURN NULL; END IF;
  PERFORM FROM authz_epoch e WHERE e.id = 1 FOR NO KEY UPDATE; -- before anything is looked up

  IF TG_TABLE_NAME = 'tenant' AND TG_OP = 'DELETE' THEN
    DELETE FROM tenant_reach r WHERE r.tenant_id = ANY (affected);
    RETURN NULL;
  ELSIF TG_TABLE_NAME = 'tenant' AND TG_OP = 'UPDATE' THEN
    SELECT coalesce(array_agg(m.id), '{}') INTO units
      FROM changed c JOIN was w ON w.id = c.id AND w.unit_id <> c.unit_id CROSS JOIN LATERAL unnest(ARRAY[c.unit_id, w.unit_id]) m(id);
  ELSIF TG_TABLE_NAME = 'tenant_plan' THEN
    SELECT coalesce(array_agg(t.unit_id), '{}') INTO units FROM tenant t WHERE t.id = ANY (affected);
  ELSIF TG_TABLE_NAME = 'adoption' THEN
    WITH RECURSIVE down(id) AS (
        SELECT c.tenant_id FROM changed c UNION SELECT c.other_id FROM changed c
        UNION SELECT u.other_id FROM down JOIN adoption u ON u.tenant_id = down.id AND u.side = 'upper' AND u.ended_at IS NULL
          JOIN adoption l ON l.tenant_id = u.other_id AND l.other_id = u.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL)
    SELECT array_agg(down.id) INTO affected FROM down;
  END IF;
  IF units <> '{}' THEN
    WITH RECURSIVE down(id) AS (SELECT unnest(units) UNION SELECT u.id FROM down JOIN unit u ON u.parent_id = down.id)
    SELECT affected || coalesce(array_agg(t.id), '{}') INTO affected FROM down JOIN tenant t ON t.unit_id = down.id;
  END IF;
  PERFORM leitai_reach(affected);
  RETURN NULL;
END $$;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['tenant', 'tenant_plan', 'tenant_hold', 'tenant_leaving', 'adoption'] LOOP
    EXECUTE format('CREATE TRIGGER reach_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_reach_changed()', t);
    EXECUTE format('CREATE TRIGGER reach_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_reach_changed()', t);
    EXECUTE format('CREATE TRIGGER reach_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_reach_changed()', t);
  END LOOP;
END $$;
-- Its name puts it behind units_never_in_a_circle_moved: walks upward need a tree.
CREATE TRIGGER units_reach_moved AFTER UPDATE ON unit REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_reach_changed();

-- ---- opening a request -----------------------------------------------------

-- open_request looks a credential up and returns who asks. When it `opens`, it
-- sets the four settings for this transaction; when `stamped`, it tells besides,
-- in one value, everything that decides what published answers the caller gets:
-- who asks, with which rights at this moment, and what is published where it may
-- read. Two equal stamps: two equal answers.
--
-- An unknown or dead credential gives no row and sets nothing: one that ended,
-- one whose user is disabled, one of a tenant that is closed, a session of a
-- service account.
CREATE FUNCTION open_request(credential_kind text, credential_hash bytea, draft_roles text[], opens boolean, stamped boolean)
RETURNS TABLE (user_id uuid, locale text, tenant_id uuid, tenant_kind text, tenant_unit uuid, region text, time_zone text, demo boolean,
               person_id uuid, credential_id text, scopes text[], units uuid[], read_only boolean, epoch bigint, readable uuid[], drafts uuid[],
               ancestors uuid[], unnoted boolean, stamp text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan -- by keys whatever the values: planning anew each time was a fifth of a stamp
AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz := clock_timestamp();
  state text;
  done text;
BEGIN
  IF credential_kind = 'session' THEN
    SELECT s.user_id, s.tenant_id, '', '{}'::text[], '{}'::uuid[], false, s.seen_at < moment - interval '5 minutes'
      INTO user_id, tenant_id, credential_id, scopes, units, read_only, unnoted
      FROM session s WHERE s.hash = credential_hash AND s.expires_at > moment AND s.idle_until > moment;
  ELSE
    SELECT t.user_id, t.tenant_id, t.id::text, t.scopes, t.units, t.read_only, t.used_at IS NULL OR t.used_at < moment - interval '5 minutes'
      INTO user_id, tenant_id, credential_id, scopes, units, read_only, unnoted
      FROM api_token t WHERE t.secret_hash = credential_hash AND t.revoked_at IS NULL AND t.expires_at > moment;
  END IF;
  IF NOT FOUND THEN RETURN; END IF;

  -- Unpublished rows are read by holders of the roles that read them.
  SELECT u.locale, r.kind, r.unit_id, r.region, r.time_zone, r.demo, p.id, e.epoch, r.below || r.id, r.above,
         CASE WHEN EXISTS (SELECT FROM role_grant g WHERE g.tenant_id = r.id AND g.user_id = u.id AND g.role = ANY (draft_roles)
                           AND g.revoked_at IS NULL AND g.valid_from <= moment AND (g.valid_until IS NULL OR g.valid_until > moment))
              THEN r.drafts || r.id ELSE '{}' END,
         CASE WHEN moment < r.turns_at THEN r.state ELSE leitai_tenant_state(r.id) END
    INTO locale, tenant_kind, tenant_unit, region, time_zone, demo, person_id, epoch, readable, ancestors, drafts, state
    FROM tenant_reach r CROSS JOIN app_user u CROSS JOIN authz_epoch e
    LEFT JOIN person p ON p.tenant_id = r.id AND p.user_id = u.id
    WHERE r.id = open_request.tenant_id AND u.id = open_request.user_id AND e.id = 1
    AND u.status = 'active' AND (u.kind = 'person' OR credential_kind <> 'session');
  IF NOT FOUND OR state NOT IN ('active', 'read-only') THEN RETURN; END IF;
  read_only := read_only OR state = 'read-only';

  IF stamped THEN -- without the epoch: rights are summed up for who asks, and somebody else's leave the answer alone
    SELECT md5(concat_ws('/', ROW (user_id, locale, tenant_id, tenant_kind, tenant_unit, region, time_zone, demo, person_id, credential_id, scopes, units,
                                   read_only, readable, drafts, ancestors)::text,
        (SELECT bit_xor(hashtextextended(s.tenant_id::text || s.value, 11)) FROM published_stamp s WHERE s.tenant_id = ANY (readable || ancestors)),
        (SELECT bit_xor(hashtextextended(concat_ws('/', g.id, g.role, g.unit_id, g.dimensions), 13)) FROM role_grant g
          WHERE g.tenant_id = open_request.tenant_id AND g.user_id = open_request.user_id AND g.revoked_at IS NULL AND g.valid_from <= moment AND (g.valid_until IS NULL OR g.valid_until > moment)),
        (SELECT s.value FROM registry_stamp s WHERE s.id = 1))) INTO stamp;
  END IF;
  IF opens THEN
    done := set_config('app.tenant', tenant_id::text, true) || set_config('app.tenants', readable::text, true)
         || set_config('app.draft_tenants', drafts::text, true) || set_config('app.ancestors', ancestors::text, true);
  END IF;
  RETURN NEXT;
END $$;

-- As jobs and the releases before open one.
CREATE OR REPLACE FUNCTION open_request(credential_kind text, credential_hash bytea, draft_roles text[])
RETURNS TABLE (user_id uuid, locale text, tenant_id uuid, tenant_kind text, tenant_unit uuid, region text, time_zone text, demo boolean,
               person_id uuid, credential_id text, scopes text[], units uuid[], read_only boolean, epoch bigint, readable uuid[], drafts uuid[],
               ancestors uuid[], unnoted boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT o.user_id, o.locale, o.tenant_id, o.tenant_kind, o.tenant_unit, o.region, o.time_zone, o.demo, o.person_id, o.credential_id,
      o.scopes, o.units, o.read_only, o.epoch, o.readable, o.drafts, o.ancestors, o.unnoted
    FROM open_request(credential_kind, credential_hash, draft_roles, true, false) o;
END $$;

-- note_use notes that a credential is in use: a session's idle time begins anew.
-- It is a transaction of its own after a request, so that no request holds the
-- row that a revoke or a logout wants. It works the row of a tenant out anew that
-- the clock has made another.
CREATE OR REPLACE FUNCTION note_use(credential_kind text, credential_hash bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  turned uuid[];
BEGIN
  UPDATE session s SET seen_at = clock_timestamp(), idle_until = clock_timestamp() + (s.idle_until - s.seen_at)
    WHERE credential_kind = 'session' AND s.hash = credential_hash AND s.seen_at < clock_timestamp() - interval '5 minutes'
    AND s.idle_until > clock_timestamp(); -- what has ended stays ended
  UPDATE api_token t SET used_at = clock_timestamp()
    WHERE credential_kind = 'token' AND t.secret_hash = credential_hash AND (t.used_at IS NULL OR t.used_at < clock_timestamp() - interval '5 minutes');
  SELECT array_agg(r.id) INTO turned FROM tenant_reach r WHERE r.turns_at <= now() AND r.id IN (
    SELECT s.tenant_id FROM session s WHERE credential_kind = 'session' AND s.hash = credential_hash
    UNION ALL SELECT t.tenant_id FROM api_token t WHERE credential_kind = 'token' AND t.secret_hash = credential_hash);
  IF turned IS NOT NULL THEN
    PERFORM leitai_reach(turned);
  END IF;
END $$;

-- Every tenant there is gets its row; row-level security hides them from the
-- owner of the schema.
CREATE FUNCTION leitai_reach_all() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT leitai_reach(array_agg(t.id)) FROM tenant t $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['leitai_tenant_turns(uuid)', 'leitai_tenants_above(uuid)', 'leitai_reach(uuid[])', 'leitai_reach_changed()', 'leitai_reach_all()',
      'open_request(text, bytea, text[], boolean, boolean)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION open_request(text, bytea, text[], boolean, boolean) TO leitai_app, leitai_job;
SELECT leitai_reach_all();
DROP FUNCTION leitai_reach_all();
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
