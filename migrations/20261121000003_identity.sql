-- Users, sessions, tokens, grants and the opening of a transaction. Nothing of
-- a user or session is readable by the application role but through functions.

CREATE TABLE app_user (
  id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  locale text NOT NULL DEFAULT 'zh-Hans',
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active','disabled')),
  created_at timestamptz NOT NULL
);

CREATE TABLE session (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  tenant_id uuid NOT NULL, -- the tenant the person works in at the moment
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  idle_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_expiry ON session (expires_at);
ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user FORCE ROW LEVEL SECURITY;
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON app_user, session TO leitai_maint;

CREATE TABLE api_token (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL,
  handle text NOT NULL, -- the <id> part of leitai_pat_<id>_<secret>
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  scopes text[] NOT NULL DEFAULT '{}', -- empty: everything the owner may do
  read_only boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz,
  UNIQUE (tenant_id, id),
  CHECK (expires_at <= created_at + interval '366 days')
);
CREATE UNIQUE INDEX api_token_secret ON api_token (tenant_id, secret_hash);
CREATE INDEX api_token_lookup ON api_token (secret_hash);
CALL leitai_tenant_table('api_token', 'app.draft_tenants', 'insert,update');

CREATE TABLE role_grant (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  user_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  role text NOT NULL,
  dimensions text[] NOT NULL DEFAULT '{}', -- empty: all dimensions
  granted_by uuid NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  revoked_at timestamptz,
  epoch bigint NOT NULL, -- of the last change, so that replicas read only what is new
  UNIQUE (tenant_id, id)
);
CREATE INDEX role_grant_epoch ON role_grant (epoch);
CREATE INDEX role_grant_user ON role_grant (tenant_id, user_id);
CALL leitai_tenant_table('role_grant', 'app.draft_tenants', 'insert,update');

-- Its row lock makes commit order the epoch order.
CREATE TABLE authz_epoch (
  id smallint PRIMARY KEY CHECK (id = 1),
  epoch bigint NOT NULL,
  units bigint NOT NULL -- of the last change of the tree of units
);
INSERT INTO authz_epoch VALUES (1, 1, 1);
GRANT SELECT, UPDATE ON authz_epoch TO leitai_app, leitai_job, leitai_maint;

-- A right held at a unit holds below it, so a change of the tree is a change of rights.
CREATE FUNCTION leitai_units_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE authz_epoch SET epoch = epoch + 1, units = epoch + 1 WHERE id = 1;
  RETURN NULL;
END $$;
CREATE TRIGGER units_changed AFTER INSERT OR DELETE OR UPDATE OF parent_id ON unit FOR EACH STATEMENT EXECUTE FUNCTION leitai_units_changed();

GRANT SELECT ON tenant, adoption, app_user, session, api_token, role_grant, authz_epoch, unit TO leitai_lookup;
GRANT SELECT (id, tenant_id, user_id) ON person TO leitai_lookup;
GRANT INSERT, UPDATE, DELETE ON session TO leitai_lookup;
GRANT INSERT ON app_user TO leitai_lookup;
GRANT UPDATE (password_hash, status, locale) ON app_user TO leitai_lookup;
GRANT UPDATE (used_at) ON api_token TO leitai_lookup;
GRANT INSERT ON tenant, role_grant, person, person_name TO leitai_lookup; -- tenant_provision
GRANT UPDATE ON authz_epoch TO leitai_lookup;

-- open_request looks a credential up, sets the four settings for this
-- transaction and returns who asks, in one statement. An unknown or dead
-- credential gives no row and sets nothing.
CREATE FUNCTION open_request(credential_kind text, credential_hash bytea, draft_roles text[])
RETURNS TABLE (user_id uuid, locale text, tenant_id uuid, tenant_kind text, tenant_unit uuid, region text, time_zone text, demo boolean,
               person_id uuid, credential_id text, scopes text[], read_only boolean, epoch bigint, readable uuid[], drafts uuid[], ancestors uuid[], unnoted boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  IF credential_kind = 'session' THEN
    SELECT s.user_id, s.tenant_id, '', '{}'::text[], false, s.seen_at < moment - interval '5 minutes'
      INTO user_id, tenant_id, credential_id, scopes, read_only, unnoted
      FROM session s WHERE s.hash = credential_hash AND s.expires_at > moment AND s.idle_until > moment;
    IF NOT FOUND THEN RETURN; END IF;
  ELSE
    SELECT t.user_id, t.tenant_id, t.id::text, t.scopes, t.read_only, t.used_at IS NULL OR t.used_at < moment - interval '5 minutes'
      INTO user_id, tenant_id, credential_id, scopes, read_only, unnoted
      FROM api_token t WHERE t.secret_hash = credential_hash AND t.revoked_at IS NULL AND t.expires_at > moment;
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  SELECT u.locale INTO locale FROM app_user u WHERE u.id = open_request.user_id AND u.status = 'active';
  IF NOT FOUND THEN RETURN; END IF;
  SELECT t.kind, t.unit_id, t.region, t.time_zone, t.demo INTO tenant_kind, tenant_unit, region, time_zone, demo
    FROM tenant t WHERE t.id = open_request.tenant_id AND t.status = 'active';
  IF NOT FOUND THEN RETURN; END IF;
  SELECT p.id INTO person_id FROM person p WHERE p.tenant_id = open_request.tenant_id AND p.user_id = open_request.user_id;
  SELECT e.epoch INTO epoch FROM authz_epoch e;

  -- Adoption is in force while both sides stand; an upper tenant reads what the
  -- lower one publishes, and its unpublished work only where the lower side said so.
  SELECT coalesce(array_agg(l.tenant_id), '{}'), coalesce(array_agg(l.tenant_id) FILTER (WHERE l.drafts), '{}') INTO readable, drafts
    FROM adoption u JOIN adoption l ON l.tenant_id = u.other_id AND l.other_id = u.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL
    WHERE u.tenant_id = open_request.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL;
  IF EXISTS (SELECT FROM role_grant g WHERE g.user_id = open_request.user_id AND g.tenant_id = open_request.tenant_id
             AND g.role = ANY (draft_roles) AND g.revoked_at IS NULL AND g.valid_from <= moment AND (g.valid_until IS NULL OR g.valid_until > moment)) THEN
    drafts := drafts || open_request.tenant_id;
  ELSE
    drafts := '{}';
  END IF;
  readable := readable || open_request.tenant_id;
  WITH RECURSIVE up(id) AS (
    SELECT l.other_id FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
      WHERE l.tenant_id = open_request.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL
    UNION
    SELECT l.other_id FROM up JOIN adoption l ON l.tenant_id = up.id AND l.side = 'lower' AND l.ended_at IS NULL
      JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL)
  SELECT coalesce(array_agg(up.id), '{}') INTO ancestors FROM up;

  PERFORM set_config('app.tenant', open_request.tenant_id::text, true), set_config('app.tenants', readable::text, true),
          set_config('app.draft_tenants', drafts::text, true), set_config('app.ancestors', ancestors::text, true);
  RETURN NEXT;
END $$;

-- note_use notes that a credential is in use: a session's idle time begins anew.
-- It is a transaction of its own after a request, so that no request holds the
-- row that a revoke or a logout wants.
CREATE FUNCTION note_use(credential_kind text, credential_hash bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  UPDATE session s SET seen_at = clock_timestamp(), idle_until = clock_timestamp() + (s.idle_until - s.seen_at)
    WHERE credential_kind = 'session' AND s.hash = credential_hash AND s.seen_at < clock_timestamp() - interval '5 minutes'
    AND s.idle_until > clock_timestamp(); -- what has ended stays ended
  UPDATE api_token t SET used_at = clock_timestamp()
    WHERE credential_kind = 'token' AND t.secret_hash = credential_hash AND (t.used_at IS NULL OR t.used_at < clock_timestamp() - interval '5 minutes');
$$;

CREATE FUNCTION login_lookup(wanted text) RETURNS TABLE (user_id uuid, password_hash text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id, password_hash, status FROM app_user WHERE login = wanted $$;

-- The tenants a user holds any live grant in, to choose from after login.
CREATE FUNCTION login_tenants(who uuid) RETURNS TABLE (tenant_id uuid, kind text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT DISTINCT t.id, t.kind, t.name FROM role_grant g JOIN tenant t ON t.id = g.tenant_id
      WHERE g.user_id = who AND g.revoked_at IS NULL AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now()) AND t.status = 'active'
      ORDER BY t.kind, t.name $$;

-- Only for an active user, and in a tenant in which the user holds a live grant.
CREATE FUNCTION session_open(h bytea, who uuid, home uuid, idle interval, absolute interval) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ INSERT INTO session SELECT h, u.id, home, now(), now(), now() + least(idle, interval '1 day'), now() + least(absolute, interval '7 days')
      FROM app_user u WHERE u.id = who AND u.status = 'active' AND EXISTS (
        SELECT FROM role_grant g WHERE g.user_id = who AND g.tenant_id = home AND g.revoked_at IS NULL
        AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now())) $$;

CREATE FUNCTION session_close(h bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM session WHERE hash = h $$;

-- Every session of a user but the one kept (none when it is null).
CREATE FUNCTION sessions_close_all(who uuid, keep bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM session WHERE user_id = who AND hash IS DISTINCT FROM keep $$;

-- Dead sessions of everybody go when somebody signs in.
CREATE FUNCTION sessions_sweep() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED) $$;

CREATE FUNCTION session_tenant(h bytea, home uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH changed AS (UPDATE session s SET tenant_id = home WHERE s.hash = h AND EXISTS (
        SELECT FROM role_grant g WHERE g.user_id = s.user_id AND g.tenant_id = home AND g.revoked_at IS NULL
        AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now())) RETURNING 1)
      SELECT EXISTS (SELECT FROM changed) $$;

CREATE FUNCTION user_create(new_id uuid, new_login text, hash text, lang text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ INSERT INTO app_user VALUES (new_id, new_login, hash, lang, 'active', now()) $$;

-- Only of users who hold or held a role in the tenant being written.
CREATE FUNCTION user_password(who uuid, hash text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE app_user SET password_hash = hash WHERE id = who
      AND EXISTS (SELECT FROM role_grant g WHERE g.user_id = who AND g.tenant_id = app_tenant()) $$;

-- Logins of users who hold a grant in the tenant being written, for its own lists.
CREATE FUNCTION tenant_logins() RETURNS TABLE (user_id uuid, login text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT u.id, u.login, u.status FROM app_user u
      WHERE EXISTS (SELECT FROM role_grant g WHERE g.user_id = u.id AND g.tenant_id = app_tenant()) $$;

-- Likewise.
CREATE FUNCTION user_account(who uuid) RETURNS TABLE (login text, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT login, password_hash FROM app_user WHERE id = who
      AND EXISTS (SELECT FROM role_grant g WHERE g.user_id = who AND g.tenant_id = app_tenant()) $$;

-- Whether a user holds a live grant of another tenant than the one being written.
CREATE FUNCTION user_elsewhere(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM role_grant g WHERE g.user_id = who AND g.tenant_id IS DISTINCT FROM app_tenant()
        AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > now())) $$;

-- Tenants in the vertical line of the one being written: those above and below it.
CREATE FUNCTION tenants_related() RETURNS TABLE (id uuid, kind text, unit_id uuid, name text, side text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH RECURSIVE home AS (SELECT t.unit_id FROM tenant t WHERE t.id = app_tenant()),
        up(id) AS (SELECT u.parent_id FROM unit u JOIN home h ON u.id = h.unit_id UNION SELECT u.parent_id FROM unit u JOIN up ON u.id = up.id),
        down(id) AS (SELECT u.id FROM unit u JOIN home h ON u.parent_id = h.unit_id UNION SELECT u.id FROM unit u JOIN down ON u.parent_id = down.id)
      SELECT t.id, t.kind, t.unit_id, t.name, 'upper' FROM tenant t JOIN up ON up.id = t.unit_id
      UNION ALL SELECT t.id, t.kind, t.unit_id, t.name, 'lower' FROM tenant t JOIN down ON down.id = t.unit_id $$;

-- Opens a tenant below the one being written, with its first administrator: the
-- one act that writes another tenant's rows. ids are those of the tenant, the
-- user, the person, the name and the grant, in this order. It returns the epoch
-- of the grant. Kind and role follow from the level of the unit.
CREATE FUNCTION tenant_provision(ids uuid[], new_kind text, new_unit uuid, new_region text, new_name text, zone text, moment timestamptz,
  admin_login text, admin_hash text, admin_role text, admin_pseudonym text, admin_name text, granter uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  reached bigint;
BEGIN
  IF NOT EXISTS (WITH RECURSIVE up(id) AS (SELECT u.parent_id FROM unit u WHERE u.id = new_unit UNION SELECT u.parent_id FROM unit u JOIN up ON u.id = up.id)
                 SELECT FROM up JOIN tenant t ON t.unit_id = up.id WHERE t.id = app_tenant()) THEN
    RAISE EXCEPTION 'the unit is not below the tenant' USING ERRCODE = '23503';
  END IF;
  IF NOT EXISTS (SELECT FROM unit u WHERE u.id = new_unit AND u.level = new_kind
                 AND (new_kind, admin_role) IN (('prefecture', 'prefecture-admin'), ('county', 'county-admin'), ('township', 'township-approver'))) THEN
    RAISE EXCEPTION 'kind and role do not suit the unit' USING ERRCODE = '23503';
  END IF;
  INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, time_zone, demo, created_at)
    SELECT ids[1], ids[1], new_region, new_kind, new_unit, new_name, zone, t.demo, moment FROM tenant t WHERE t.id = app_tenant();
  INSERT INTO app_user VALUES (ids[2], admin_login, admin_hash, 'zh-Hans', 'active', moment);
  INSERT INTO person (id, tenant_id, region, pseudonym, user_id, created_at) VALUES (ids[3], ids[1], new_region, admin_pseudonym, ids[2], moment);
  INSERT INTO person_name (id, tenant_id, region, person_id, name) VALUES (ids[4], ids[1], new_region, ids[3], admin_name);
  UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch INTO reached;
  INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
    VALUES (ids[5], ids[1], new_region, ids[2], new_unit, admin_role, granter, moment, reached);
  RETURN reached;
END $$;

-- Grants changed after an epoch, live or not, for the decision store of a replica.
CREATE FUNCTION grants_since(have bigint) RETURNS TABLE (id uuid, user_id uuid, tenant_id uuid, unit_id uuid, role text, dimensions text[],
  valid_from timestamptz, valid_until timestamptz, revoked_at timestamptz, epoch bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id, user_id, tenant_id, unit_id, role, dimensions, valid_from, valid_until, revoked_at, epoch FROM role_grant WHERE epoch > have $$;

-- A new owner needs CREATE on the schema for the moment of the hand-over only.
GRANT CREATE ON SCHEMA public TO leitai_lookup;
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
