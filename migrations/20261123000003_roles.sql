-- A tenant's own roles, the reading of rights tenant by tenant, and a tree of
-- units that cannot run in a circle.

-- A role that a tenant defined for itself. It counts in grants of that tenant
-- alone; its key begins with own-, so that it is never taken for a built-in one.
CREATE TABLE tenant_role (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  key text NOT NULL CHECK (key ~ '^own-[a-z0-9][a-z0-9-]{0,59}$'),
  name_zh text NOT NULL CHECK (name_zh <> ''),
  name_en text NOT NULL DEFAULT '',
  permissions text[] NOT NULL CHECK (cardinality(permissions) > 0),
  drafts boolean NOT NULL,        -- one of the permissions is on something unpublished
  defined_by uuid NOT NULL,       -- the user
  defined_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  retired_at timestamptz,         -- given no longer; the key is not used again
  revision integer NOT NULL DEFAULT 1,
  epoch bigint NOT NULL,          -- of the last change
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, key)
);
CREATE INDEX tenant_role_epoch ON tenant_role (epoch);
CALL leitai_tenant_table('tenant_role', 'app.draft_tenants', 'insert,update');
CREATE TRIGGER fixed_home BEFORE UPDATE ON tenant_role FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- Which tenants' grants or own roles changed after an epoch: ids alone, so that a
-- replica knows which of the tenants it remembers it has to read again.
CREATE FUNCTION rights_changed(have bigint, most integer) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT x.tenant_id FROM (SELECT g.tenant_id FROM role_grant g WHERE g.epoch > have UNION SELECT r.tenant_id FROM tenant_role r WHERE r.epoch > have) x
      LIMIT least(greatest(most, 0), 10000) $$;

-- The own roles of the tenant that the transaction works in, for whoever asks
-- there: they decide about readers of published rows, too.
CREATE FUNCTION own_roles() RETURNS TABLE (key text, name_zh text, name_en text, permissions text[], epoch bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT r.key, r.name_zh, r.name_en, r.permissions, r.epoch FROM tenant_role r WHERE r.tenant_id = app_tenant() AND r.retired_at IS NULL $$;

-- The grants that stand of the tenant that the transaction works in: after epoch
-- 0 all of them, else those of every user whose grants changed since, and a row
-- without a unit for one whose grants are all revoked. It takes the place of
-- grants_since, which told the grants of every tenant.
CREATE FUNCTION rights_of(have bigint) RETURNS TABLE (user_id uuid, unit_id uuid, role text, dimensions text[], valid_from timestamptz, valid_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT g.user_id, g.unit_id, g.role, g.dimensions, g.valid_from, g.valid_until FROM role_grant g
  WHERE have = 0 AND g.tenant_id = app_tenant() AND g.revoked_at IS NULL
  UNION ALL
  SELECT c.user_id, g.unit_id, g.role, g.dimensions, g.valid_from, g.valid_until
  FROM (SELECT DISTINCT x.user_id FROM role_grant x WHERE have > 0 AND x.tenant_id = app_tenant() AND x.epoch > have) c
  LEFT JOIN role_grant g ON g.tenant_id = app_tenant() AND g.user_id = c.user_id AND g.revoked_at IS NULL
$$;

-- open_request lets holders of built-in roles read unpublished rows; this one
-- does so for a holder of an own role that reads some. It finds the role itself,
-- sets the setting of the transaction and tells what it set it to: the own tenant
-- and, as open_request does, the lower ones that let their drafts be read.
CREATE FUNCTION own_role_drafts(who uuid) RETURNS TABLE (tenant_id uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  home uuid := app_tenant();
  moment timestamptz := clock_timestamp();
  drafts uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM role_grant g JOIN tenant_role r ON r.tenant_id = g.tenant_id AND r.key = g.role AND r.drafts AND r.retired_at IS NULL
                 WHERE g.user_id = who AND g.tenant_id = home AND g.revoked_at IS NULL AND g.valid_from <= moment
                 AND (g.valid_until IS NULL OR g.valid_until > moment)) THEN
    RETURN;
  END IF;
  SELECT coalesce(array_agg(l.tenant_id), '{}') || home INTO drafts
    FROM adoption u JOIN adoption l ON l.tenant_id = u.other_id AND l.other_id = u.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL AND l.drafts
    WHERE u.tenant_id = home AND u.side = 'upper' AND u.ended_at IS NULL;
  PERFORM set_config('app.draft_tenants', drafts::text, true);
  RETURN QUERY SELECT unnest(drafts);
END $$;

-- A grant of an own role needs the role to stand in its own tenant.
CREATE FUNCTION leitai_own_role_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.role LIKE 'own-%' AND NOT EXISTS (SELECT FROM tenant_role r WHERE r.tenant_id = NEW.tenant_id AND r.key = NEW.role AND r.retired_at IS NULL) THEN
    RAISE EXCEPTION 'there is no role % in this tenant', NEW.role USING ERRCODE = '23503';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_role_stands BEFORE INSERT OR UPDATE OF role ON role_grant FOR EACH ROW EXECUTE FUNCTION leitai_own_role_stands();

-- A unit never stands below itself: rights held at a unit hold below it, and a
-- circle would make all of it nobody's. Both triggers run after units_changed,
-- whose lock lets one change of the tree in at a time, so that two moves at a
-- time cannot close a circle either.
CREATE FUNCTION leitai_units_acyclic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE up (start, at, height) AS (
      SELECT c.id, c.parent_id, 1 FROM changed c
      WHERE c.parent_id IS NOT NULL AND EXISTS (SELECT FROM unit below WHERE below.parent_id = c.id)
      UNION ALL
      SELECT up.start, u.parent_id, up.height + 1 FROM up JOIN unit u ON u.id = up.at
      WHERE u.parent_id IS NOT NULL AND up.at <> up.start AND up.height < 16)
    SELECT FROM up WHERE up.at = up.start) THEN
    RAISE EXCEPTION 'a unit would stand below itself' USING ERRCODE = 'LT031';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER units_never_in_a_circle_new AFTER INSERT ON unit REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION leitai_units_acyclic();
-- A transition table takes no list of columns; what changes names only has a
-- parent that was there before.
CREATE TRIGGER units_never_in_a_circle_moved AFTER UPDATE ON unit REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION leitai_units_acyclic();

GRANT SELECT ON tenant_role TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['rights_changed(bigint, integer)','own_roles()','rights_of(bigint)','own_role_drafts(uuid)','leitai_own_role_stands()']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
