-- What dashboards load: in which order a tenant published, so that a loader can
-- ask for what is new; and systems of third parties, which read a tenant with
-- its consent alone.

-- ---- the order of publications ---------------------------------------------

-- Writers of a tenant follow each other, so a number given inside the
-- publication's own transaction is never lower than one that was read before.
-- A moment or a sequence of the whole service would not do: the first stands
-- still in a demonstration, the second tells of other tenants by its gaps.
-- Trials have none: they are loaded nowhere. Ids follow from the publication, so
-- that the same rows are made of the same seed.
CREATE TABLE publication_order (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  publication_id uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, publication_id),
  UNIQUE (tenant_id, seq),
  FOREIGN KEY (tenant_id, publication_id) REFERENCES publication (tenant_id, id)
);
ALTER TABLE publication NO FORCE ROW LEVEL SECURITY; -- the owner sees rows only while it is not forced on it
INSERT INTO publication_order (id, tenant_id, region, publication_id, seq)
  SELECT md5('order ' || p.id)::uuid, p.tenant_id, p.region, p.id, row_number() OVER (PARTITION BY p.tenant_id ORDER BY p.published_at, p.id) FROM publication p WHERE NOT p.trial;
ALTER TABLE publication FORCE ROW LEVEL SECURITY;
CALL leitai_tenant_table('publication_order', 'app.tenants', 'insert');
CALL leitai_seal('publication_order');
CREATE TRIGGER fixed_home BEFORE UPDATE ON publication_order FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

CREATE FUNCTION leitai_publication_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO publication_order (id, tenant_id, region, publication_id, seq)
    SELECT md5('order ' || NEW.id)::uuid, NEW.tenant_id, NEW.region, NEW.id, coalesce(max(o.seq), 0) + 1 FROM publication_order o WHERE o.tenant_id = NEW.tenant_id;
  RETURN NULL;
END $$;
CREATE TRIGGER publication_order AFTER INSERT ON publication FOR EACH ROW WHEN (NOT NEW.trial) EXECUTE FUNCTION leitai_publication_order();

-- First and last day of a period, 2023-04, 2023-Q2, 2023-H1 or 2023; null for
-- anything else.
CREATE FUNCTION period_first(period text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE
  WHEN period ~ '^\d{4}-(0[1-9]|1[0-2])$' THEN make_date(left(period, 4)::int, right(period, 2)::int, 1)
  WHEN period ~ '^\d{4}-Q[1-4]$' THEN make_date(left(period, 4)::int, right(period, 1)::int * 3 - 2, 1)
  WHEN period ~ '^\d{4}-H[12]$' THEN make_date(left(period, 4)::int, right(period, 1)::int * 6 - 5, 1)
  WHEN period ~ '^\d{4}$' THEN make_date(period::int, 1, 1) END $$;
CREATE FUNCTION period_last(period text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT (period_first(period) + CASE WHEN period ~ '-Q' THEN interval '3 months' WHEN period ~ '-H' THEN interval '6 months'
  WHEN period ~ '-' THEN interval '1 month' ELSE interval '1 year' END - interval '1 day')::date $$;

-- ---- apps ------------------------------------------------------------------

-- A system of a third party, registered once, by the platform, a prefecture or
-- a county. It reads nothing by being registered.
CREATE TABLE app_registration (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id), -- that registered it
  region text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  maker text NOT NULL CHECK (maker <> ''),        -- the company or office that runs it
  contact text NOT NULL CHECK (contact <> ''),
  purpose text NOT NULL CHECK (purpose <> ''),
  origins text[] NOT NULL DEFAULT '{}',           -- pages that may ask from a browser, https://host[:port]
  scopes text[] NOT NULL CHECK (scopes <> '{}'),  -- permissions it asks for; they never change
  handle text NOT NULL,                           -- the <id> part of leitai_app_<id>_<secret>
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  secret_at timestamptz NOT NULL,
  registered_by uuid NOT NULL,                    -- the user
  registered_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  UNIQUE (tenant_id, id),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX app_registration_name ON app_registration (tenant_id, name) WHERE ended_at IS NULL;
CREATE INDEX app_registration_secret ON app_registration (secret_hash) WHERE ended_at IS NULL;
CREATE INDEX app_registration_origins ON app_registration USING gin (origins) WHERE ended_at IS NULL;
CALL leitai_tenant_table('app_registration', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON app_registration FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- A tenant's consent that an app reads it, with what was consented to as it was
-- then. Behind it stand a service account with the role of a dashboard and one
-- token of this tenant, whose hash follows from the app's secret and from how
-- the app names the tenant: nobody but the app can ask with it.
CREATE TABLE app_consent (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  app_id uuid NOT NULL,          -- a row of the tenant that registered it
  app_name text NOT NULL,
  app_maker text NOT NULL,
  name_key text NOT NULL,        -- how the app names this tenant: the code of its unit
  scopes text[] NOT NULL,
  account_id uuid NOT NULL,
  token_id uuid NOT NULL,
  consented_by uuid NOT NULL,    -- the user
  consented_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  reason text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES service_account (tenant_id, id),
  FOREIGN KEY (tenant_id, token_id) REFERENCES api_token (tenant_id, id),
  CHECK (until > consented_at AND until <= consented_at + interval '366 days'),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE UNIQUE INDEX app_consent_live ON app_consent (tenant_id, app_id) WHERE withdrawn_at IS NULL;
CREATE INDEX app_consent_app ON app_consent (app_id);
CREATE INDEX app_consent_token ON app_consent (token_id);
CALL leitai_tenant_table('app_consent', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON app_consent FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

GRANT SELECT ON app_registration, app_consent TO leitai_lookup;
GRANT UPDATE (secret_hash) ON app_registration, api_token TO leitai_lookup;
GRANT UPDATE (ended_at, ended_by) ON app_registration TO leitai_lookup;

-- The hash of the token by which an app reads a tenant that it names so.
CREATE FUNCTION leitai_app_hash(secret_hash bytea, name_key text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT sha256(secret_hash || '\x00'::bytea || convert_to(name_key, 'UTF8')) $$;

-- What the tenant being written may consent to: apps of the platform and of the
-- tenants that adopted it, and its own. An app of a fictional county is for
-- fictional tenants, and no other app is.
CREATE FUNCTION apps_offered() RETURNS TABLE (id uuid, tenant_id uuid, registrar text, name text, maker text, contact text, purpose text,
  origins text[], scopes text[], sandbox boolean, registered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE above(id) AS (
  SELECT app_tenant()
  UNION
  SELECT l.other_id FROM above JOIN adoption l ON l.tenant_id = above.id AND l.side = 'lower' AND l.ended_at IS NULL
    JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL)
SELECT a.id, a.tenant_id, r.name, a.name, a.maker, a.contact, a.purpose, a.origins, a.scopes, r.demo, a.registered_at
FROM app_registration a JOIN tenant r ON r.id = a.tenant_id JOIN tenant o ON o.id = app_tenant()
WHERE a.ended_at IS NULL AND r.demo = o.demo AND o.kind <> 'platform'
  AND (r.kind = 'platform' OR a.tenant_id IN (SELECT above.id FROM above)) $$;

-- The hash of the token by which an offered app will read the tenant being written.
CREATE FUNCTION app_token_hash(app uuid, name_key text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT leitai_app_hash(a.secret_hash, name_key) FROM app_registration a WHERE a.id = app AND EXISTS (SELECT FROM apps_offered() o WHERE o.id = a.id) $$;

-- Gives an app of the tenant being written another secret: with the old one it
-- reads no tenant any more.
CREATE FUNCTION app_rotate(app uuid, new_hash bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE app_registration a SET secret_hash = new_hash WHERE a.id = app AND a.tenant_id = app_tenant() AND a.ended_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE api_token t SET secret_hash = leitai_app_hash(new_hash, c.name_key)
    FROM app_consent c WHERE c.app_id = app AND c.withdrawn_at IS NULL AND t.tenant_id = c.tenant_id AND t.id = c.token_id;
  RETURN true;
END $$;

-- Ends an app of the tenant being written: every token by which it reads a
-- tenant ends in the same moment.
CREATE FUNCTION app_end(app uuid, by_user uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE app_registration a SET ended_at = moment, ended_by = by_user WHERE a.id = app AND a.tenant_id = app_tenant() AND a.ended_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE api_token t SET revoked_at = moment
    FROM app_consent c WHERE c.app_id = app AND t.tenant_id = c.tenant_id AND t.id = c.token_id AND t.revoked_at IS NULL;
  RETURN true;
END $$;

-- How many tenants an app of the tenant being written reads at the moment.
CREATE FUNCTION app_readers(app uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT count(*) FROM app_consent c JOIN api_token t ON t.tenant_id = c.tenant_id AND t.id = c.token_id
      WHERE c.app_id = app AND c.withdrawn_at IS NULL AND c.until > clock_timestamp() AND t.revoked_at IS NULL
      AND EXISTS (SELECT FROM app_registration a WHERE a.id = app AND a.tenant_id = app_tenant()) $$;

-- app_narrow is the second step of opening a request of an app: what it reads
-- are the tenants that consented to it, the one it named and, of those below,
-- each that consented, too. What is shared with neighbours is not for it. NULL,
-- and nothing is readable, when the consent is over.
CREATE FUNCTION app_narrow(token uuid) RETURNS uuid[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  app uuid;
  reach uuid[] := '{}';
BEGIN
  SELECT c.app_id INTO app FROM app_consent c JOIN app_registration a ON a.id = c.app_id AND a.ended_at IS NULL
    WHERE c.token_id = token AND c.tenant_id = app_tenant() AND c.withdrawn_at IS NULL AND c.until > clock_timestamp();
  IF FOUND THEN
    SELECT coalesce(array_agg(c.tenant_id), '{}') INTO reach FROM app_consent c JOIN api_token t ON t.tenant_id = c.tenant_id AND t.id = c.token_id
      WHERE c.app_id = app AND c.tenant_id = ANY (app_setting_ids('app.tenants')) AND c.withdrawn_at IS NULL AND c.until > clock_timestamp()
      AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp();
  END IF;
  PERFORM set_config('app.tenants', reach::text, true), set_config('app.draft_tenants', '{}', true), set_config('app.ancestors', '{}', true);
  RETURN CASE WHEN app IS NULL THEN NULL ELSE reach END;
END $$;

-- Whether a page of an origin may ask: of a live app that lists it, the one
-- with the secret where there is one.
CREATE FUNCTION app_origin(origin text, hash bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM app_registration a JOIN tenant r ON r.id = a.tenant_id AND r.status = 'active'
      WHERE a.ended_at IS NULL AND a.origins @> ARRAY[origin] AND (hash IS NULL OR a.secret_hash = hash)) $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
           AND p.proname IN ('apps_offered','app_token_hash','app_rotate','app_end','app_readers','app_narrow','app_origin') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
