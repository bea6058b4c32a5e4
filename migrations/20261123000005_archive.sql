-- What becomes of a tenant and of a person as a whole: archives in and out, the
-- end of a tenant after a period of grace, and the erasure of a person.

-- What the operator did with whole tenants. It names tenants that may not exist
-- here any more, belongs to none, and no login role but maintenance sees it.
CREATE TABLE archive_event (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('export','import','delete')),
  subject uuid NOT NULL,               -- the tenant
  at timestamptz NOT NULL,
  by text NOT NULL,                    -- who worked at the console, as they said
  manifest_sha256 text NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}'
);
GRANT SELECT, INSERT ON archive_event TO leitai_maint;

-- What remains of a tenant: its id, so that nobody is ever given it again, the
-- name of its unit, dates, who decided, and the end of its audit. No name of a
-- person and no row of its work.
CREATE TABLE tombstone (
  id uuid PRIMARY KEY,                 -- the tenant's
  kind text NOT NULL,
  region text NOT NULL,
  unit_code text NOT NULL,
  unit_name text NOT NULL,
  opened_at timestamptz NOT NULL,
  requested_at timestamptz NOT NULL,
  requested_by uuid NOT NULL,          -- users; all zeros: the operator
  confirmed_by uuid NOT NULL,
  deleted_at timestamptz NOT NULL,
  audit_seq bigint NOT NULL,
  audit_hash bytea NOT NULL,
  files_gone_at timestamptz            -- null: its stored files are still to be removed
);
GRANT SELECT, INSERT, UPDATE ON tombstone TO leitai_maint;
GRANT SELECT (id) ON tombstone TO leitai_lookup;

CREATE FUNCTION leitai_tenant_unused() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM tombstone t WHERE t.id = NEW.id) THEN
    RAISE EXCEPTION 'the id of a tenant that ended' USING ERRCODE = 'LT501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER unused BEFORE INSERT ON tenant FOR EACH ROW EXECUTE FUNCTION leitai_tenant_unused();

-- The wish to end a tenant: asked for by one person, confirmed by another, in
-- force after the period of grace unless it is called off. Every row stays; the
-- tenant is read-only from the confirmation on.
CREATE TABLE tenant_leaving (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  grace_days integer NOT NULL CHECK (grace_days BETWEEN 1 AND 3650),
  requested_by uuid NOT NULL,          -- users; all zeros: the operator
  requested_at timestamptz NOT NULL,
  confirmed_by uuid,
  confirmed_at timestamptz,
  due_at timestamptz,
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancel_reason text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  CHECK (num_nonnulls(confirmed_by, confirmed_at, due_at) IN (0, 3)),
  CHECK (confirmed_by <> requested_by OR requested_by = '00000000-0000-0000-0000-000000000000'),
  CHECK (due_at >= confirmed_at + make_interval(days => grace_days)),
  CHECK ((cancelled_by IS NULL) = (cancelled_at IS NULL) AND (cancelled_at IS NULL) = (cancel_reason = ''))
);
CREATE UNIQUE INDEX tenant_leaving_one ON tenant_leaving (tenant_id) WHERE cancelled_at IS NULL;
CALL leitai_tenant_table('tenant_leaving', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON tenant_leaving FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT ON tenant_leaving TO leitai_lookup;

-- It is confirmed once and called off once; nothing else of it changes, and no
-- row of the application's begins confirmed.
CREATE FUNCTION leitai_leaving_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.confirmed_at IS NOT NULL OR NEW.cancelled_at IS NOT NULL OR NEW.requested_by = '00000000-0000-0000-0000-000000000000' THEN
      RAISE EXCEPTION 'a wish begins unconfirmed' USING ERRCODE = 'LT001';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.reason, NEW.grace_days, NEW.requested_by, NEW.requested_at) IS DISTINCT FROM (OLD.reason, OLD.grace_days, OLD.requested_by, OLD.requested_at)
     OR OLD.cancelled_at IS NOT NULL
     OR OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by, NEW.confirmed_at, NEW.due_at) IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at, OLD.due_at) THEN
    RAISE EXCEPTION 'a wish is confirmed once and called off once' USING ERRCODE = 'LT001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER steps BEFORE INSERT OR UPDATE ON tenant_leaving FOR EACH ROW EXECUTE FUNCTION leitai_leaving_steps();

-- A tenant about to end can be read and not written: the state of before, which
-- may say more, and on top of it whether an end is in force.
ALTER FUNCTION leitai_tenant_state(uuid) RENAME TO leitai_tenant_state_of_plan;
CREATE FUNCTION leitai_tenant_state(wanted uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT CASE WHEN s.state = 'active' AND EXISTS (SELECT FROM tenant_leaving l WHERE l.tenant_id = wanted AND l.cancelled_at IS NULL AND l.confirmed_at IS NOT NULL)
        THEN 'read-only' ELSE s.state END FROM leitai_tenant_state_of_plan(wanted) s(state) $$;

-- What is imported was marked and voted on when its round and its evaluation
-- were open: the rules of that moment do not hold rows of an archive up, which
-- only maintenance brings in.
CREATE OR REPLACE FUNCTION leitai_mark_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN
    RETURN NEW;
  END IF;
  PERFORM FROM round r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.round_id AND r.state = 'open' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the round is not open' USING ERRCODE = 'LT004';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION leitai_poll_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'leitai_maint' AND (NEW.state <> 'open' OR NEW.first_closer IS NOT NULL) THEN
    RAISE EXCEPTION 'an evaluation begins open' USING ERRCODE = 'LT201';
  END IF;
  RETURN NEW;
END $$;

-- A grant that was revoked may name a role that has been retired since.
CREATE OR REPLACE FUNCTION leitai_own_role_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.role LIKE 'own-%' AND NEW.revoked_at IS NULL
     AND NOT EXISTS (SELECT FROM tenant_role r WHERE r.tenant_id = NEW.tenant_id AND r.key = NEW.role AND r.retired_at IS NULL) THEN
    RAISE EXCEPTION 'there is no role % in this tenant', NEW.role USING ERRCODE = '23503';
  END IF;
  RETURN NEW;
END $$;

-- person_account_erase takes the account of a person of the tenant being written
-- away: sessions, factors, links to other logins and tokens end, roles given here
-- end, and where the tenant is the account's home and no other tenant relies on
-- it, its login goes, too. It tells whether the account itself is gone.
CREATE FUNCTION person_account_erase(who uuid, moment timestamptz, reached bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  t text;
BEGIN
  IF app_tenant() IS NULL OR NOT EXISTS (SELECT FROM app_user u WHERE u.id = who AND leitai_knows(u.id, u.home_tenant)) THEN
    RETURN false;
  END IF;
  UPDATE role_grant g SET revoked_at = moment, epoch = reached
    WHERE g.user_id = who AND g.tenant_id = app_tenant() AND g.revoked_at IS NULL;
  UPDATE api_token k SET revoked_at = moment WHERE k.user_id = who AND k.tenant_id = app_tenant() AND k.revoked_at IS NULL;
  DELETE FROM session s WHERE s.user_id = who AND s.tenant_id = app_tenant();
  IF NOT EXISTS (SELECT FROM app_user u WHERE u.id = who AND u.home_tenant = app_tenant()) OR EXISTS (SELECT FROM role_grant g WHERE g.user_id = who
     AND g.tenant_id <> app_tenant() AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > moment)) THEN
    RETURN false;
  END IF;
  UPDATE api_token k SET revoked_at = moment WHERE k.user_id = who AND k.revoked_at IS NULL;
  FOR t IN SELECT c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
           WHERE k.contype = 'f' AND k.confrelid = 'app_user'::regclass AND NOT EXISTS (
             SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND c.relname <> 'session') LOOP
    EXECUTE format('DELETE FROM %I WHERE user_id = $1', t) USING who;
  END LOOP;
  UPDATE app_user u SET login = 'erased-' || u.id, password_hash = NULL, status = 'disabled' WHERE u.id = who;
  RETURN true;
END $$;
GRANT UPDATE (login) ON app_user TO leitai_lookup;
GRANT UPDATE (revoked_at, epoch) ON role_grant TO leitai_lookup;
DO $$ DECLARE t regclass; BEGIN
  FOR t IN SELECT DISTINCT k.conrelid::regclass FROM pg_constraint k WHERE k.contype = 'f' AND k.confrelid = 'app_user'::regclass LOOP
    EXECUTE format('GRANT SELECT, DELETE ON %s TO leitai_lookup', t);
  END LOOP;
END $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['leitai_tenant_unused()','leitai_tenant_state(uuid)','person_account_erase(uuid, timestamptz, bigint)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION audit_head() TO leitai_maint;
GRANT EXECUTE ON FUNCTION person_account_erase(uuid, timestamptz, bigint) TO leitai_app, leitai_job;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
