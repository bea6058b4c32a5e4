-- A stamp of what each tenant has published, and of what is told beside it: it
-- moves with every change, in the transaction of the change, so that an answer
-- kept in memory is known to be good or not by one statement.

CREATE TABLE published_stamp (
  id uuid PRIMARY KEY, -- the tenant's
  tenant_id uuid NOT NULL UNIQUE, -- no reference: it moves while a tenant is erased, too
  region text NOT NULL,
  value bigint NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  CHECK (id = tenant_id)
);
CALL leitai_tenant_table('published_stamp', 'app.tenants', '');
CREATE TRIGGER fixed_home BEFORE UPDATE ON published_stamp FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT, INSERT, UPDATE (value) ON published_stamp TO leitai_lookup;

-- The public tree has names that are printed; it belongs to no tenant.
CREATE TABLE registry_stamp (
  id smallint PRIMARY KEY CHECK (id = 1),
  value bigint NOT NULL
);
INSERT INTO registry_stamp VALUES (1, 1);
GRANT SELECT, UPDATE ON registry_stamp TO leitai_lookup, leitai_maint;

CREATE FUNCTION leitai_stamp() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN -- by the wiping of a trial or the erasure of a tenant, whose stamp may be gone
    UPDATE published_stamp s SET value = s.value + 1 WHERE s.tenant_id IN (SELECT c.tenant_id FROM changed c);
  ELSE
    INSERT INTO published_stamp AS s (id, tenant_id, region) SELECT DISTINCT c.tenant_id, c.tenant_id, c.region FROM changed c
      ON CONFLICT (tenant_id) DO UPDATE SET value = s.value + 1;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION leitai_registry_stamp() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE registry_stamp SET value = value + 1 WHERE id = 1;
  RETURN NULL;
END $$;
CREATE TRIGGER registry_stamp AFTER INSERT OR UPDATE OR DELETE ON unit FOR EACH STATEMENT EXECUTE FUNCTION leitai_registry_stamp();

-- Everything a published answer is drawn from. What is written once together
-- with a publication (its rows, its template) needs no stamp of its own.
CREATE PROCEDURE leitai_stamped(t regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER stamp_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_stamp()', t);
  EXECUTE format('CREATE TRIGGER stamp_update AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_stamp()', t);
  EXECUTE format('CREATE TRIGGER stamp_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leitai_stamp()', t);
END $$;
REVOKE ALL ON PROCEDURE leitai_stamped(regclass) FROM PUBLIC;
CALL leitai_stamped('publication');
CALL leitai_stamped('round');
CALL leitai_stamped('competition');
CALL leitai_stamped('tenant');
CALL leitai_stamped('adoption');
CALL leitai_stamped('person');
CALL leitai_stamped('person_name');
CALL leitai_stamped('post');
CALL leitai_stamped('dimension');
CALL leitai_stamped('comparison_rule');
CALL leitai_stamped('crosswalk');
-- What a tenant's programs may ask at all.
CALL leitai_stamped('tenant_role');
CALL leitai_stamped('trusted_document');
CALL leitai_stamped('trusted_mode');

-- request_stamp proves a credential as every request does and sums up, in one
-- value, everything that decides what published answers it gets: who asks, with
-- which rights at this moment, and what is published where it may read. Two
-- equal values: two equal answers. It sets nothing beyond its own statement.
CREATE FUNCTION request_stamp(credential_kind text, credential_hash bytea, draft_roles text[])
RETURNS TABLE (user_id uuid, tenant_id uuid, region text, time_zone text, credential_id text, scopes text[], unnoted boolean, stamp text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  r record;
  published bigint;
  rights bigint;
  moment timestamptz := clock_timestamp();
BEGIN
  SELECT * INTO r FROM open_request(credential_kind, credential_hash, draft_roles);
  IF NOT FOUND THEN RETURN; END IF;
  SELECT bit_xor(hashtextextended(s.tenant_id::text || s.value, 11)) INTO published FROM published_stamp s WHERE s.tenant_id = ANY (r.readable || r.ancestors);
  SELECT bit_xor(hashtextextended(concat_ws('/', g.id, g.role, g.unit_id, g.dimensions), 13)) INTO rights FROM role_grant g WHERE g.tenant_id = r.tenant_id AND g.user_id = r.user_id
    AND g.revoked_at IS NULL AND g.valid_from <= moment AND (g.valid_until IS NULL OR g.valid_until > moment);
  user_id := r.user_id; tenant_id := r.tenant_id; region := r.region; time_zone := r.time_zone;
  credential_id := r.credential_id; scopes := r.scopes; unnoted := r.unnoted;
  -- Rights are summed up here for who asks; somebody else's leave the answer alone.
  r.unnoted := false;
  r.epoch := 0;
  stamp := md5(concat_ws('/', r::text, published, rights, (SELECT s.value FROM registry_stamp s WHERE s.id = 1)));
  RETURN NEXT;
END $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION leitai_stamp() OWNER TO leitai_lookup;
ALTER FUNCTION leitai_registry_stamp() OWNER TO leitai_lookup;
ALTER FUNCTION request_stamp(text, bytea, text[]) OWNER TO leitai_lookup;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
REVOKE ALL ON FUNCTION leitai_stamp() FROM PUBLIC;
REVOKE ALL ON FUNCTION leitai_registry_stamp() FROM PUBLIC;
REVOKE ALL ON FUNCTION request_stamp(text, bytea, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION request_stamp(text, bytea, text[]) TO leitai_app, leitai_job;
