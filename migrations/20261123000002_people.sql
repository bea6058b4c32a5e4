-- Who a user belongs to, how somebody is invited, accounts for systems, tokens
-- of some units only; and what is asked before a tenant is known, made narrow.
--
-- The one exception to "old and new programs run side by side": a program from
-- before this migration can sign nobody in and change no password any more,
-- because it asks for the whole hash; what it has signed in goes on.

-- ---- users -----------------------------------------------------------------

-- The tenant whose people answer for a user: they alone reset the password,
-- disable and enable. A service account signs in by tokens only.
ALTER TABLE app_user
  ADD COLUMN home_tenant uuid,
  ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person','service')),
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD CHECK (kind = 'person' OR password_hash IS NULL);
CREATE INDEX app_user_home ON app_user (home_tenant);

-- Of users of before: the tenant whose audit says that it made them, else that
-- of the earliest grant. The owner sees rows only while row-level security is
-- not forced on it, and that is over at the end of this transaction.
ALTER TABLE app_user NO FORCE ROW LEVEL SECURITY;
ALTER TABLE role_grant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
UPDATE app_user u SET home_tenant = e.tenant_id
  FROM audit_entry e WHERE e.action = 'user:create' AND e.object_kind = 'user' AND e.object_id = u.id;
UPDATE app_user u SET home_tenant = g.tenant_id
  FROM (SELECT DISTINCT ON (user_id) user_id, tenant_id FROM role_grant ORDER BY user_id, valid_from, id) g
  WHERE g.user_id = u.id AND u.home_tenant IS NULL;
ALTER TABLE app_user FORCE ROW LEVEL SECURITY;
ALTER TABLE role_grant FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;

GRANT UPDATE (home_tenant) ON app_user TO leitai_lookup;
GRANT UPDATE (revoked_at) ON api_token TO leitai_lookup;
GRANT SELECT (tenant_id, person_id, name) ON person_name TO leitai_lookup;

-- A user who belongs to nobody yet belongs to the tenant of the first grant.
CREATE FUNCTION leitai_user_home() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE app_user u SET home_tenant = n.tenant_id FROM added n WHERE n.user_id = u.id AND u.home_tenant IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER user_home AFTER INSERT ON role_grant REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION leitai_user_home();

-- ---- signing in ------------------------------------------------------------

-- No function hands out the derived key of a password. The program asks for
-- algorithm, costs and salt, derives the key from what the person entered, and
-- asks whether it is the right one: whoever can run SQL as the application can
-- guess online only, and take no hash away to guess elsewhere.
DROP FUNCTION login_lookup(text);
DROP FUNCTION user_account(uuid);

CREATE FUNCTION leitai_setting(hash text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT regexp_replace(hash, '\$[^$]*$', '') $$;
CREATE FUNCTION leitai_matches(hash text, key bytea) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT hash = leitai_setting(hash) || '$' || rtrim(translate(encode(key, 'base64'), E'\n', ''), '=') $$;

CREATE FUNCTION login_setting(wanted text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT leitai_setting(password_hash) FROM app_user WHERE login = wanted AND kind = 'person' $$;

-- The user of a login and derived key; none when either is wrong or the user is
-- disabled.
CREATE FUNCTION login_check(wanted text, key bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id FROM app_user WHERE login = wanted AND kind = 'person' AND status = 'active' AND leitai_matches(password_hash, key) $$;

-- Whether somebody has a login, for those who make users.
CREATE FUNCTION login_taken(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM app_user WHERE login = wanted) $$;

-- ---- users of the tenant being written -------------------------------------

-- Whether the tenant being written knows a user: it is the home, or the user
-- holds a role there now.
CREATE FUNCTION leitai_knows(who uuid, home uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT app_tenant() IS NOT NULL AND (home = app_tenant() OR EXISTS (SELECT FROM role_grant g
      WHERE g.user_id = who AND g.tenant_id = app_tenant() AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > now()))) $$;

CREATE FUNCTION user_named(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id FROM app_user WHERE login = wanted AND leitai_knows(id, home_tenant) $$;

CREATE FUNCTION user_setting(who uuid) RETURNS TABLE (login text, setting text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT login, coalesce(leitai_setting(password_hash), '') FROM app_user WHERE id = who AND leitai_knows(id, home_tenant) $$;

CREATE FUNCTION user_check(who uuid, key bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce((SELECT leitai_matches(password_hash, key) FROM app_user WHERE id = who AND leitai_knows(id, home_tenant)), false) $$;

CREATE FUNCTION tenant_users() RETURNS TABLE (user_id uuid, login text, status text, kind text, home boolean, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT id, login, status, kind, coalesce(home_tenant = app_tenant(), false), created_at FROM app_user
      WHERE home_tenant = app_tenant() OR id IN (SELECT g.user_id FROM role_grant g WHERE g.tenant_id = app_tenant()) $$;

CREATE OR REPLACE FUNCTION user_create(new_id uuid, new_login text, hash text, lang text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ INSERT INTO app_user (id, login, password_hash, locale, status, created_at, home_tenant)
      VALUES (new_id, new_login, hash, lang, 'active', now(), app_tenant()) $$;

CREATE FUNCTION user_create_service(new_id uuid, new_login text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF app_tenant() IS NULL THEN
    RAISE EXCEPTION 'a service account belongs to a tenant' USING ERRCODE = '23503';
  END IF;
  INSERT INTO app_user (id, login, status, kind, created_at, home_tenant) VALUES (new_id, new_login, 'active', 'service', now(), app_tenant());
END $$;

-- The home sets the password of its own people.
CREATE OR REPLACE FUNCTION user_password(who uuid, hash text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE app_user SET password_hash = hash WHERE id = who AND kind = 'person' AND home_tenant = app_tenant() $$;

-- Anybody sets the own one, wherever they work, who knows the one before.
CREATE FUNCTION user_password_own(who uuid, key bytea, hash text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH changed AS (UPDATE app_user SET password_hash = hash WHERE id = who AND kind = 'person' AND leitai_matches(password_hash, key) RETURNING 1)
      SELECT EXISTS (SELECT FROM changed) $$;

-- Disabling ends sessions and tokens in every tenant, for good: enabling brings
-- none of them back.
CREATE FUNCTION user_status(who uuid, wanted text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE app_user SET status = wanted WHERE id = who AND home_tenant = app_tenant();
  IF NOT FOUND THEN RETURN false; END IF;
  IF wanted <> 'active' THEN
    DELETE FROM session WHERE user_id = who;
    UPDATE api_token SET revoked_at = clock_timestamp() WHERE user_id = who AND revoked_at IS NULL;
  END IF;
  RETURN true;
END $$;

-- Whether some tenant would be left without an administrator who can sign in.
CREATE FUNCTION user_indispensable(who uuid, admin_roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ WITH admin AS (
        SELECT g.tenant_id, g.user_id FROM role_grant g JOIN tenant t ON t.id = g.tenant_id AND t.unit_id = g.unit_id
        JOIN app_user u ON u.id = g.user_id AND u.status = 'active' AND u.kind = 'person'
        WHERE g.tenant_id IN (SELECT o.tenant_id FROM role_grant o WHERE o.user_id = who) AND g.role = ANY (admin_roles) AND g.dimensions = '{}'
          AND g.revoked_at IS NULL AND g.valid_until IS NULL AND g.valid_from <= now())
      SELECT EXISTS (SELECT FROM admin a WHERE a.user_id = who
        AND NOT EXISTS (SELECT FROM admin b WHERE b.tenant_id = a.tenant_id AND b.user_id <> who)) $$;

-- ---- service accounts ------------------------------------------------------

-- Why a system may sign in, and who answers for it. The id is that of the user.
CREATE TABLE service_account (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  name text NOT NULL,
  department text NOT NULL, -- that answers for it
  purpose text NOT NULL,
  review_on date NOT NULL,  -- at most a year ahead; after it no new token is made
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX service_account_name ON service_account (tenant_id, name) WHERE disabled_at IS NULL;
CALL leitai_tenant_table('service_account', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON service_account FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- ---- tokens ----------------------------------------------------------------

ALTER TABLE api_token ADD COLUMN units uuid[] NOT NULL DEFAULT '{}'; -- it counts at and below these; empty: wherever its owner does

-- ---- invitations -----------------------------------------------------------

CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  role text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  dimensions text[] NOT NULL DEFAULT '{}',
  valid_from timestamptz,   -- of the grant; NULL: from the acceptance
  valid_until timestamptz,
  person_id uuid,           -- one of the tenant's, or
  person_name text,         -- the name of a new one, kept until the invitation ends
  invited_by uuid NOT NULL,
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id),
  CHECK (expires_at > created_at AND expires_at <= created_at + interval '14 days'),
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR revoked_at IS NULL),
  CHECK (person_id IS NULL OR person_name IS NULL)
);
CREATE UNIQUE INDEX invitation_secret ON invitation (tenant_id, secret_hash);
CREATE INDEX invitation_lookup ON invitation (secret_hash);
CREATE INDEX invitation_of_person ON invitation (tenant_id, person_id);
CALL leitai_tenant_table('invitation', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON invitation FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT ON invitation TO leitai_lookup;

-- What was promised stays; an invitation ends once, by acceptance or by being
-- revoked.
CREATE FUNCTION leitai_invitation_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN RETURN NEW; END IF;
  IF OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL
     OR (NEW.role, NEW.unit_id, NEW.dimensions, NEW.secret_hash, NEW.invited_by, NEW.created_at, NEW.expires_at)
        IS DISTINCT FROM (OLD.role, OLD.unit_id, OLD.dimensions, OLD.secret_hash, OLD.invited_by, OLD.created_at, OLD.expires_at)
     OR (NEW.valid_from, NEW.valid_until) IS DISTINCT FROM (OLD.valid_from, OLD.valid_until) THEN
    RAISE EXCEPTION 'an invitation only ends' USING ERRCODE = 'LT001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ends BEFORE UPDATE ON invitation FOR EACH ROW EXECUTE FUNCTION leitai_invitation_ends();

-- What the holder of a link is told before accepting; nothing for a secret that
-- opens nothing any more.
CREATE FUNCTION invitation_look(hash bytea) RETURNS TABLE (tenant_id uuid, tenant_kind text, tenant_name text, role text, unit_name text,
  dimensions text[], valid_from timestamptz, valid_until timestamptz, invited_by text, invited text, expires_at timestamptz, demo boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT i.tenant_id, t.kind, t.name, i.role, u.shown_name, i.dimensions, i.valid_from, i.valid_until,
        coalesce((SELECT n.name FROM person p JOIN person_name n ON n.tenant_id = p.tenant_id AND n.person_id = p.id
                  WHERE p.tenant_id = i.tenant_id AND p.user_id = i.invited_by), a.login),
        coalesce(i.person_name, (SELECT n.name FROM person_name n WHERE n.tenant_id = i.tenant_id AND n.person_id = i.person_id), ''), i.expires_at, t.demo
      FROM invitation i JOIN tenant t ON t.id = i.tenant_id AND t.status = 'active' JOIN unit u ON u.id = i.unit_id
      JOIN app_user a ON a.id = i.invited_by AND a.status = 'active'
      WHERE i.secret_hash = hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp() $$;

-- open_invitation opens a transaction in the tenant of an invitation for who
-- accepts it: the settings are those of that one tenant. The user is that of the
-- session shown, if any; the tenant and the inviter are told, so that the
-- program can ask whether the inviter may still give what was promised.
CREATE FUNCTION open_invitation(hash bytea, session_hash bytea)
RETURNS TABLE (invitation_id uuid, invited_by uuid, inviter_person uuid, user_id uuid, tenant_id uuid, tenant_kind text, tenant_unit uuid, region text,
               time_zone text, demo boolean, epoch bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  SELECT i.id, i.invited_by, i.tenant_id, t.kind, t.unit_id, t.region, t.time_zone, t.demo
    INTO invitation_id, invited_by, tenant_id, tenant_kind, tenant_unit, region, time_zone, demo
    FROM invitation i JOIN tenant t ON t.id = i.tenant_id AND t.status = 'active'
    JOIN app_user a ON a.id = i.invited_by AND a.status = 'active'
    WHERE i.secret_hash = hash AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > clock_timestamp();
  IF NOT FOUND THEN RETURN; END IF;
  IF session_hash IS NOT NULL THEN
    SELECT s.user_id INTO user_id FROM session s JOIN app_user u ON u.id = s.user_id AND u.status = 'active' AND u.kind = 'person'
      WHERE s.hash = session_hash AND s.expires_at > clock_timestamp() AND s.idle_until > clock_timestamp();
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  SELECT p.id INTO inviter_person FROM person p WHERE p.tenant_id = open_invitation.tenant_id AND p.user_id = open_invitation.invited_by;
  SELECT e.epoch INTO epoch FROM authz_epoch e;
  PERFORM set_config('app.tenant', open_invitation.tenant_id::text, true), set_config('app.tenants', ARRAY[open_invitation.tenant_id]::text, true),
          set_config('app.draft_tenants', ARRAY[open_invitation.tenant_id]::text, true), set_config('app.ancestors', '{}', true);
  RETURN NEXT;
END $$;

-- ---- opening a request -----------------------------------------------------

-- Whether a tenant is worked in: active, read-only or closed.
CREATE FUNCTION leitai_tenant_state(wanted uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT CASE WHEN t.status = 'active' THEN 'active' ELSE 'closed' END FROM tenant t WHERE t.id = wanted $$;

-- open_request looks a credential up, sets the four settings for this
-- transaction and returns who asks, in one statement. An unknown or dead
-- credential gives no row and sets nothing: one that ended, one whose user is
-- disabled, one of a tenant that is closed, a session of a service account.
DROP FUNCTION open_request(text, bytea, text[]);
CREATE FUNCTION open_request(credential_kind text, credential_hash bytea, draft_roles text[])
RETURNS TABLE (user_id uuid, locale text, tenant_id uuid, tenant_kind text, tenant_unit uuid, region text, time_zone text, demo boolean,
               person_id uuid, credential_id text, scopes text[], units uuid[], read_only boolean, epoch bigint, readable uuid[], drafts uuid[],
               ancestors uuid[], unnoted boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz := clock_timestamp();
  state text;
BEGIN
  IF credential_kind = 'session' THEN
    SELECT s.user_id, s.tenant_id, '', '{}'::text[], '{}'::uuid[], false, s.seen_at < moment - interval '5 minutes'
      INTO user_id, tenant_id, credential_id, scopes, units, read_only, unnoted
      FROM session s WHERE s.hash = credential_hash AND s.expires_at > moment AND s.idle_until > moment;
    IF NOT FOUND THEN RETURN; END IF;
  ELSE
    SELECT t.user_id, t.tenant_id, t.id::text, t.scopes, t.units, t.read_only, t.used_at IS NULL OR t.used_at < moment - interval '5 minutes'
      INTO user_id, tenant_id, credential_id, scopes, units, read_only, unnoted
      FROM api_token t WHERE t.secret_hash = credential_hash AND t.revoked_at IS NULL AND t.expires_at > moment;
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  SELECT u.locale INTO locale FROM app_user u WHERE u.id = open_request.user_id AND u.status = 'active'
    AND (u.kind = 'person' OR credential_kind <> 'session');
  IF NOT FOUND THEN RETURN; END IF;
  SELECT t.kind, t.unit_id, t.region, t.time_zone, t.demo, leitai_tenant_state(t.id) INTO tenant_kind, tenant_unit, region, time_zone, demo, state
    FROM tenant t WHERE t.id = open_request.tenant_id;
  IF NOT FOUND OR state NOT IN ('active', 'read-only') THEN RETURN; END IF;
  read_only := read_only OR state = 'read-only';
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

-- ---- what looks up no longer wipes -----------------------------------------

-- leitai_lookup read and removed rows of nearly every table, because it ran the
-- wiping of a trial. That is a role of its own now, and leitai_lookup keeps what
-- its functions read, named one by one here and in later migrations.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leitai_wipe' AND rolbypassrls AND NOT rolcanlogin) THEN
    RAISE EXCEPTION 'the role leitai_wipe is missing: run "leitai migrate roles" of this release first, then "leitai migrate up" again' USING ERRCODE = '42704';
  END IF;
END $$;
DO $$ DECLARE t regclass; BEGIN
  FOR t IN SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
           WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'session'
           AND has_table_privilege('leitai_lookup', c.oid, 'DELETE') LOOP
    EXECUTE format('GRANT SELECT, DELETE ON %s TO leitai_wipe', t);
    IF t NOT IN ('ballot'::regclass, 'ballot_code'::regclass, 'paper_tally'::regclass) THEN -- the box itself
      EXECUTE format('REVOKE SELECT, DELETE ON %s FROM leitai_lookup', t);
    END IF;
  END LOOP;
END $$;
GRANT UPDATE (state) ON competition TO leitai_wipe; -- FOR UPDATE asks for it
REVOKE UPDATE (state) ON competition FROM leitai_lookup;
-- boards, results and rubrics that others may read
GRANT SELECT (id, tenant_id, competition_id, template_version_id, period, held, trial, published_revision, state) ON round TO leitai_lookup;
GRANT SELECT (id, tenant_id, round_id, revision, trial, audience, public_hash, published_at) ON publication TO leitai_lookup;
GRANT SELECT (tenant_id, publication_id, unit_id, position, name, total, rank, rank_exact, rank_change, rank_low, rank_high, bands, streaks, unranked,
  subject_id, subject_kind, code, track, track_rank, percentile, light, parts, grades, vetoes) ON standing TO leitai_lookup;
GRANT SELECT (id, tenant_id, name, trial) ON competition TO leitai_lookup;
GRANT SELECT (tenant_id, round_id, position, key, name_zh, name_en, dimension, points, criteria) ON rubric_item TO leitai_lookup;
GRANT SELECT ON evidence_file, evidence_item, highlight, highlight_evidence TO leitai_lookup;
-- units that moved, and proposals about them
GRANT SELECT (tenant_id, unit_id, issue_id, competition_id, points) ON account_entry TO leitai_lookup;
GRANT SELECT ON unit_proposal TO leitai_lookup;
-- democratic evaluations
GRANT SELECT ON poll, poll_group, poll_subject TO leitai_lookup;
GRANT SELECT (tenant_id, poll_id) ON ballot_score TO leitai_lookup;
-- signing in
GRANT SELECT ON sign_in_policy, invitation TO leitai_lookup;

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
  EXECUTE format('GRANT SELECT, DELETE ON %s TO leitai_wipe', t);
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

CREATE OR REPLACE FUNCTION leitai_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' AND current_user = 'leitai_wipe' THEN
    RETURN OLD; -- inside wipe_trial
  END IF;
  RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'LT001';
END $$;

CREATE OR REPLACE FUNCTION leitai_poll_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_poll uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.poll_id ELSE NEW.poll_id END;
BEGIN
  IF current_user NOT IN ('leitai_maint', 'leitai_wipe') THEN -- maintenance; a trial that is wiped
    PERFORM FROM poll p WHERE p.id = of_poll AND p.state = 'open';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the evaluation is not open' USING ERRCODE = 'LT201';
    END IF;
    IF EXISTS (SELECT FROM poll_group g WHERE g.poll_id = of_poll AND g.codes + g.papers > 0) THEN
      RAISE EXCEPTION 'codes were issued' USING ERRCODE = 'LT206';
    END IF;
    IF TG_TABLE_NAME = 'poll_group' AND TG_OP = 'INSERT' THEN
      NEW.present := 0; NEW.codes := 0; NEW.papers := 0; NEW.used := NULL; NEW.papers_returned := NULL;
    END IF;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

GRANT CREATE ON SCHEMA public TO leitai_wipe; -- for the moment of the hand-over only
ALTER FUNCTION wipe_trial(uuid) OWNER TO leitai_wipe;
ALTER FUNCTION leitai_wipe(regclass, uuid[]) OWNER TO leitai_wipe;
REVOKE CREATE ON SCHEMA public FROM leitai_wipe;

-- Programs of this release read the rights of one tenant at a time (rights_of).
-- Those of the release before that still run read what changed lately; they are
-- told no more than that, and none can be started anew.
CREATE OR REPLACE FUNCTION grants_since(have bigint) RETURNS TABLE (id uuid, user_id uuid, tenant_id uuid, unit_id uuid, role text, dimensions text[],
  valid_from timestamptz, valid_until timestamptz, revoked_at timestamptz, epoch bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF have <= 0 OR have < (SELECT e.epoch FROM authz_epoch e) - 1000 THEN
    RAISE EXCEPTION 'this program is older than its database: start the one of the present release' USING ERRCODE = '54000';
  END IF;
  RETURN QUERY SELECT g.id, g.user_id, g.tenant_id, g.unit_id, g.role, g.dimensions, g.valid_from, g.valid_until, g.revoked_at, g.epoch
    FROM role_grant g WHERE g.epoch > have;
END $$;

-- A new owner needs CREATE on the schema for the moment of the hand-over only.
GRANT CREATE ON SCHEMA public TO leitai_lookup;
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['leitai_user_home()', 'login_setting(text)', 'login_check(text, bytea)', 'login_taken(text)', 'user_named(text)',
      'user_setting(uuid)', 'user_check(uuid, bytea)', 'tenant_users()', 'user_create(uuid, text, text, text)', 'user_create_service(uuid, text)',
      'user_password(uuid, text)', 'user_password_own(uuid, bytea, text)', 'user_status(uuid, text)', 'user_indispensable(uuid, text[])',
      'invitation_look(bytea)', 'open_invitation(bytea, bytea)', 'open_request(text, bytea, text[])',
      'leitai_setting(text)', 'leitai_matches(text, bytea)', 'leitai_knows(uuid, uuid)', 'leitai_tenant_state(uuid)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    IF (SELECT p.prosecdef AND p.prorettype <> 'trigger'::regtype FROM pg_proc p WHERE p.oid = f) THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
    END IF;
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
