-- How a person proves who they are: second factors, identities of other
-- issuers, the steps of a sign-in, and what a tenant asks for. None of it but
-- the tenant's policy is readable by the application role; what it needs goes
-- through functions. No row signs anybody in: secrets of one-time codes are
-- encrypted with a key that is not in the database, everything else is a hash.

ALTER TABLE app_user ADD COLUMN password_set_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE session
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(), -- what its user knows it by
  ADD COLUMN method text NOT NULL DEFAULT 'password',    -- how it was proved: password, password+code, password+recovery, oidc:KEY …
  ADD COLUMN strong boolean NOT NULL DEFAULT false,      -- with a second factor
  ADD COLUMN agent text NOT NULL DEFAULT '' CHECK (length(agent) <= 200),
  ADD COLUMN proved_at timestamptz NOT NULL DEFAULT now();
CREATE UNIQUE INDEX session_by_id ON session (id);

-- Passwords a user had before, so that they are not taken again.
CREATE TABLE password_past (
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  set_at timestamptz NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (user_id, set_at)
);

CREATE TABLE totp_factor (
  user_id uuid PRIMARY KEY REFERENCES app_user (id) ON DELETE CASCADE,
  sealed bytea NOT NULL,      -- the secret, encrypted
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz,   -- null: not in force yet
  last_step bigint NOT NULL DEFAULT 0 -- of the last code taken; a code is never taken twice
);

-- One use each: a used one is deleted.
CREATE TABLE recovery_code (
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (user_id, hash)
);

CREATE TABLE external_login (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  issuer text NOT NULL,
  subject text NOT NULL,
  issuer_key text NOT NULL, -- of the operator's file when it was linked
  created_at timestamptz NOT NULL,
  used_at timestamptz,
  UNIQUE (issuer, subject),
  UNIQUE (user_id, issuer)
);

-- Where a sign-in stands between the password and the session.
CREATE TABLE sign_in_step (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('code','enrol','renew')),
  method text NOT NULL,
  strong boolean NOT NULL,
  tenant_wanted uuid,
  agent text NOT NULL,
  tries int NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_step_by_user ON sign_in_step (user_id);
CREATE INDEX sign_in_step_expiry ON sign_in_step (expires_at);

-- Sign-ins with another issuer that have come back once.
CREATE TABLE used_state (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  expires_at timestamptz NOT NULL
);
CREATE INDEX used_state_expiry ON used_state (expires_at);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['password_past','totp_factor','recovery_code','external_login','sign_in_step','used_state'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO leitai_maint', t);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO leitai_lookup', t);
  END LOOP;
END $$;
GRANT UPDATE (sealed, confirmed_at, last_step, created_at) ON totp_factor TO leitai_lookup;
GRANT UPDATE (used_at) ON external_login TO leitai_lookup;
GRANT UPDATE (tries) ON sign_in_step TO leitai_lookup;
GRANT UPDATE (expires_at) ON used_state TO leitai_lookup; -- to lock the rows it sweeps
GRANT UPDATE (password_set_at) ON app_user TO leitai_lookup;

-- What a tenant asks beyond the operator's policy: it may be stricter, never
-- laxer. Null is the operator's value.
CREATE TABLE sign_in_policy (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  second_factor boolean NOT NULL DEFAULT false,
  idle_minutes int CHECK (idle_minutes BETWEEN 5 AND 1440),
  absolute_minutes int CHECK (absolute_minutes BETWEEN 15 AND 10080),
  password_least int CHECK (password_least BETWEEN 8 AND 64),
  password_days int CHECK (password_days BETWEEN 30 AND 3650),
  password_remembered int CHECK (password_remembered BETWEEN 0 AND 24),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id)
);
CALL leitai_tenant_table('sign_in_policy', 'app.tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON sign_in_policy FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT ON sign_in_policy TO leitai_lookup;

-- Whoever changes a password, the one before is remembered and its age begins.
CREATE FUNCTION leitai_password_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO password_past VALUES (OLD.id, clock_timestamp(), OLD.password_hash) ON CONFLICT DO NOTHING;
  DELETE FROM password_past p WHERE p.user_id = OLD.id
    AND p.set_at < (SELECT min(x.set_at) FROM (SELECT y.set_at FROM password_past y WHERE y.user_id = OLD.id ORDER BY y.set_at DESC LIMIT 24) x);
  NEW.password_set_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER password_changed BEFORE UPDATE OF password_hash ON app_user FOR EACH ROW
  WHEN (OLD.password_hash IS DISTINCT FROM NEW.password_hash AND OLD.password_hash <> '') EXECUTE FUNCTION leitai_password_changed();

-- The same password with other costs: neither its age nor the past changes.
CREATE FUNCTION password_rehash(who uuid, before text, fresh text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  since timestamptz;
BEGIN
  SELECT u.password_set_at INTO since FROM app_user u WHERE u.id = who AND u.password_hash = before FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE app_user SET password_hash = fresh WHERE id = who;
  UPDATE app_user SET password_set_at = since WHERE id = who;
  DELETE FROM password_past p WHERE p.user_id = who AND p.hash = before;
END $$;

-- The costs and salts of the passwords a user has and had, without what was
-- derived from them; and whether something derived is one of them. A copy of
-- what the program may read does not let anybody guess at leisure.
CREATE FUNCTION password_salts(who uuid, most int) RETURNS TABLE (salt text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT regexp_replace(x.hash, '\$[^$]*$', '') FROM (
        SELECT u.password_hash AS hash, 'infinity'::timestamptz AS set_at FROM app_user u WHERE u.id = who AND u.password_hash <> ''
        UNION ALL SELECT p.hash, p.set_at FROM password_past p WHERE p.user_id = who) x ORDER BY x.set_at DESC LIMIT least(most, 24) $$;

CREATE FUNCTION password_known(who uuid, derived text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM app_user u WHERE u.id = who AND u.password_hash = ANY (derived))
          OR EXISTS (SELECT FROM password_past p WHERE p.user_id = who AND p.hash = ANY (derived)) $$;

-- What the tenants in which a user holds a live grant ask of their people, the
-- strictest of each; and what the user has. Operators of the platform always
-- need a second factor.
CREATE FUNCTION sign_in_needs(who uuid) RETURNS TABLE (second_factor boolean, idle_minutes int, absolute_minutes int, password_least int,
  password_days int, password_remembered int, factor boolean, password_set_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(bool_or(p.second_factor OR g.role = 'platform-operator'), false), min(p.idle_minutes), min(p.absolute_minutes), max(p.password_least),
        min(p.password_days), max(p.password_remembered),
        EXISTS (SELECT FROM totp_factor f WHERE f.user_id = who AND f.confirmed_at IS NOT NULL),
        (SELECT u.password_set_at FROM app_user u WHERE u.id = who)
      FROM role_grant g LEFT JOIN sign_in_policy p ON p.tenant_id = g.tenant_id
      WHERE g.user_id = who AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > now()) $$;

-- Only for an active user, and in an active tenant in which the user holds a live grant.
CREATE FUNCTION session_begin(h bytea, known_as uuid, who uuid, place uuid, idle interval, absolute interval, how text, is_strong boolean, by_agent text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH opened AS (
        INSERT INTO session (hash, id, user_id, tenant_id, created_at, seen_at, idle_until, expires_at, method, strong, agent, proved_at)
        SELECT h, known_as, u.id, place, now(), now(), now() + least(idle, interval '1 day'), now() + least(absolute, interval '7 days'), how, is_strong, left(by_agent, 200), now()
        FROM app_user u JOIN tenant t ON t.id = place AND t.status = 'active' WHERE u.id = who AND u.status = 'active' AND EXISTS (
          SELECT FROM role_grant g WHERE g.user_id = who AND g.tenant_id = place AND g.revoked_at IS NULL
          AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now())) RETURNING 1)
      SELECT EXISTS (SELECT FROM opened) $$;

-- The servers of the release before know no second factor: they open no session
-- for whom one is asked of.
CREATE OR REPLACE FUNCTION session_open(h bytea, who uuid, home uuid, idle interval, absolute interval) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ INSERT INTO session (hash, user_id, tenant_id, created_at, seen_at, idle_until, expires_at)
      SELECT h, u.id, home, now(), now(), now() + least(idle, interval '1 day'), now() + least(absolute, interval '7 days')
      FROM app_user u WHERE u.id = who AND u.status = 'active' AND EXISTS (
        SELECT FROM role_grant g WHERE g.user_id = who AND g.tenant_id = home AND g.revoked_at IS NULL
        AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now()))
      AND NOT EXISTS (SELECT FROM sign_in_needs(who) n WHERE n.second_factor OR n.factor) $$;

-- A session goes on under another secret, in the same or another tenant; its
-- end never moves away. 'none': no such session or no role there; 'factor': the
-- tenant asks for a second factor, and the session has none.
CREATE FUNCTION session_rotate(h bytea, fresh bytea, place uuid, idle interval, absolute interval) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  s session;
BEGIN
  SELECT x.* INTO s FROM session x JOIN app_user u ON u.id = x.user_id AND u.status = 'active'
    WHERE x.hash = h AND x.expires_at > now() AND x.idle_until > now() FOR UPDATE OF x;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM role_grant g JOIN tenant t ON t.id = g.tenant_id AND t.status = 'active'
      WHERE g.user_id = s.user_id AND g.tenant_id = place AND g.revoked_at IS NULL
      AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now())) THEN
    RETURN 'none';
  END IF;
  IF NOT s.strong AND EXISTS (SELECT FROM sign_in_needs(s.user_id) n WHERE n.second_factor) THEN
    RETURN 'factor';
  END IF;
  UPDATE session SET hash = fresh, tenant_id = place, seen_at = now(), idle_until = now() + least(idle, interval '1 day'),
    expires_at = least(expires_at, created_at + least(absolute, interval '7 days')) WHERE hash = h;
  RETURN 'moved';
END $$;

CREATE FUNCTION sessions_of(who uuid, mine bytea) RETURNS TABLE (id uuid, own boolean, tenant_id uuid, tenant_name text, created_at timestamptz,
  seen_at timestamptz, expires_at timestamptz, method text, agent text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT s.id, s.hash = mine, s.tenant_id, t.name, s.created_at, s.seen_at, least(s.idle_until, s.expires_at), s.method, s.agent
      FROM session s JOIN tenant t ON t.id = s.tenant_id
      WHERE s.user_id = who AND s.expires_at > now() AND s.idle_until > now() ORDER BY s.created_at DESC, s.id LIMIT 100 $$;

CREATE FUNCTION session_end(who uuid, known_as uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH gone AS (DELETE FROM session s WHERE s.user_id = who AND s.id = known_as RETURNING 1) SELECT EXISTS (SELECT FROM gone) $$;

CREATE FUNCTION session_facts(h bytea) RETURNS TABLE (user_id uuid, tenant_id uuid, strong boolean, method text, proved_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT s.user_id, s.tenant_id, s.strong, s.method, s.proved_at, s.expires_at FROM session s WHERE s.hash = h AND s.expires_at > now() AND s.idle_until > now() $$;

CREATE FUNCTION session_strengthen(h bytea, how text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE session SET strong = true, method = how, proved_at = now() WHERE hash = h $$;

-- The tenant being written has begun to ask for a second factor: sessions
-- without one end, wherever these people work at the moment.
CREATE FUNCTION sessions_close_weak() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM session s WHERE NOT s.strong AND EXISTS (
        SELECT FROM role_grant g WHERE g.user_id = s.user_id AND g.tenant_id = app_tenant() AND g.revoked_at IS NULL) $$;

-- At most ten sign-ins of a user are under way; older ones end, and what has
-- expired goes with them.
CREATE FUNCTION step_open(h bytea, who uuid, what text, how text, is_strong boolean, place uuid, by_agent text, life interval) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM sign_in_step WHERE hash IN (SELECT x.hash FROM sign_in_step x WHERE x.expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED);
      DELETE FROM sign_in_step WHERE hash IN (SELECT x.hash FROM sign_in_step x WHERE x.user_id = who ORDER BY x.expires_at DESC OFFSET 9);
      INSERT INTO sign_in_step VALUES (h, who, what, how, is_strong, place, left(by_agent, 200), 0, now() + least(life, interval '15 minutes')) $$;

-- Counts a try at a step and gives the step, unless it is over or tried too often.
CREATE FUNCTION step_try(h bytea, most int) RETURNS TABLE (user_id uuid, kind text, method text, strong boolean, tenant_wanted uuid, agent text)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE sign_in_step s SET tries = s.tries + 1 FROM app_user u WHERE s.hash = h AND s.expires_at > now() AND s.tries < most
        AND u.id = s.user_id AND u.status = 'active'
      RETURNING s.user_id, s.kind, s.method, s.strong, s.tenant_wanted, s.agent $$;

CREATE FUNCTION step_look(h bytea) RETURNS TABLE (user_id uuid, kind text, method text, strong boolean, tenant_wanted uuid, agent text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT s.user_id, s.kind, s.method, s.strong, s.tenant_wanted, s.agent FROM sign_in_step s JOIN app_user u ON u.id = s.user_id AND u.status = 'active'
      WHERE s.hash = h AND s.expires_at > now() $$;

-- True for the one who takes it.
CREATE FUNCTION step_take(h bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH taken AS (DELETE FROM sign_in_step s WHERE s.hash = h AND s.expires_at > now() RETURNING 1) SELECT EXISTS (SELECT FROM taken) $$;

-- The new password of somebody whose old one is too old: only by the step that asks for it.
CREATE FUNCTION step_password(h bytea, fresh text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH done AS (UPDATE app_user u SET password_hash = fresh FROM sign_in_step s WHERE s.hash = h AND s.kind = 'renew' AND s.expires_at > now()
        AND u.id = s.user_id AND u.status = 'active' RETURNING 1) SELECT EXISTS (SELECT FROM done) $$;

CREATE FUNCTION steps_close_all(who uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM sign_in_step s WHERE s.user_id = who $$;

-- A secret that is not confirmed yet is replaced; one in force is not.
CREATE FUNCTION totp_begin(who uuid, secret bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH begun AS (INSERT INTO totp_factor VALUES (who, secret, now(), NULL, 0)
        ON CONFLICT (user_id) DO UPDATE SET sealed = secret, created_at = now(), last_step = 0 WHERE totp_factor.confirmed_at IS NULL RETURNING 1)
      SELECT EXISTS (SELECT FROM begun) $$;

CREATE FUNCTION user_login(who uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT u.login FROM app_user u WHERE u.id = who $$;

CREATE FUNCTION totp_of(who uuid) RETURNS TABLE (sealed bytea, confirmed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT f.sealed, f.confirmed_at IS NOT NULL FROM totp_factor f WHERE f.user_id = who $$;

CREATE FUNCTION totp_confirm(who uuid, step bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH done AS (UPDATE totp_factor f SET confirmed_at = now(), last_step = step WHERE f.user_id = who AND f.confirmed_at IS NULL RETURNING 1)
      SELECT EXISTS (SELECT FROM done) $$;

-- True once for each step, and only forwards.
CREATE FUNCTION totp_use(who uuid, step bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH done AS (UPDATE totp_factor f SET last_step = step WHERE f.user_id = who AND f.confirmed_at IS NOT NULL AND f.last_step < step RETURNING 1)
      SELECT EXISTS (SELECT FROM done) $$;

CREATE FUNCTION totp_reseal(who uuid, before bytea, fresh bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE totp_factor f SET sealed = fresh WHERE f.user_id = who AND f.sealed = before $$;

CREATE FUNCTION totp_remove(who uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM recovery_code c WHERE c.user_id = who;
      WITH gone AS (DELETE FROM totp_factor f WHERE f.user_id = who RETURNING 1) SELECT EXISTS (SELECT FROM gone) $$;

CREATE FUNCTION recovery_set(who uuid, hashes bytea[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM recovery_code c WHERE c.user_id = who;
      INSERT INTO recovery_code SELECT who, h FROM unnest(hashes) h $$;

CREATE FUNCTION recovery_use(who uuid, h bytea) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH used AS (DELETE FROM recovery_code c WHERE c.user_id = who AND c.hash = h RETURNING 1) SELECT EXISTS (SELECT FROM used) $$;

CREATE FUNCTION recovery_left(who uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT count(*)::int FROM recovery_code c WHERE c.user_id = who $$;

-- The region of the home of a user: app_user.home_tenant, which the next
-- migration adds.
CREATE FUNCTION user_region(who uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT t.region FROM app_user u JOIN tenant t ON t.id = u.home_tenant WHERE u.id = who);
END $$;

-- Whose identity this is.
CREATE FUNCTION external_find(by_issuer text, of_subject text) RETURNS TABLE (user_id uuid, active boolean, region text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT u.id, u.status = 'active', coalesce(user_region(u.id), '')
      FROM external_login e JOIN app_user u ON u.id = e.user_id WHERE e.issuer = by_issuer AND e.subject = of_subject $$;

CREATE FUNCTION external_link(new_id uuid, who uuid, by_issuer text, of_subject text, by_key text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH linked AS (INSERT INTO external_login VALUES (new_id, who, by_issuer, of_subject, by_key, now(), NULL) ON CONFLICT DO NOTHING RETURNING 1)
      SELECT EXISTS (SELECT FROM linked) $$;

CREATE FUNCTION external_used(by_issuer text, of_subject text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE external_login e SET used_at = now() WHERE e.issuer = by_issuer AND e.subject = of_subject $$;

CREATE FUNCTION external_list(who uuid) RETURNS TABLE (id uuid, issuer text, issuer_key text, created_at timestamptz, used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT e.id, e.issuer, e.issuer_key, e.created_at, e.used_at FROM external_login e WHERE e.user_id = who ORDER BY e.created_at, e.id $$;

-- One link, or all of a user when which is null; the number removed.
CREATE FUNCTION external_unlink(who uuid, which uuid) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH gone AS (DELETE FROM external_login e WHERE e.user_id = who AND (which IS NULL OR e.id = which) RETURNING 1) SELECT count(*)::int FROM gone $$;

-- True the first time only.
CREATE FUNCTION state_use(h bytea, life interval) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ DELETE FROM used_state WHERE hash IN (SELECT x.hash FROM used_state x WHERE x.expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED);
      WITH used AS (INSERT INTO used_state VALUES (h, now() + least(life, interval '1 hour')) ON CONFLICT DO NOTHING RETURNING 1) SELECT EXISTS (SELECT FROM used) $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
           AND pg_get_userbyid(p.proowner) <> 'leitai_lookup' LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
