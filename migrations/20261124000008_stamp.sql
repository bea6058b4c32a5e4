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

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION leitai_stamp() OWNER TO leitai_lookup;
ALTER FUNCTION leitai_registry_stamp() OWNER TO leitai_lookup;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
REVOKE ALL ON FUNCTION leitai_stamp() FROM PUBLIC;
REVOKE ALL ON FUNCTION leitai_registry_stamp() FROM PUBLIC;
