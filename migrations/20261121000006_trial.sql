-- A trial run (试评) is wiped as a whole and leaves nothing but the audit. Only
-- this function may remove rows of append-only tables, and only those of a trial
-- of the tenant being written.

CREATE OR REPLACE FUNCTION leitai_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' AND current_user = 'leitai_lookup' THEN
    RETURN OLD; -- inside wipe_trial
  END IF;
  RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'LT001';
END $$;

-- wipe_trial removes a trial competition with everything below it and gives the
-- number of its rounds; a competition of another tenant, or none, is "not found"
-- (P0002), one that is no trial LT005.
CREATE FUNCTION wipe_trial(wanted uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  home uuid := app_tenant();
  is_trial boolean;
  rounds uuid[];
BEGIN
  SELECT c.trial INTO is_trial FROM competition c WHERE c.tenant_id = home AND c.id = wanted FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such competition' USING ERRCODE = 'P0002';
  END IF;
  IF NOT is_trial THEN
    RAISE EXCEPTION 'the competition is no trial' USING ERRCODE = 'LT005';
  END IF;
  SELECT coalesce(array_agg(r.id), '{}') INTO rounds FROM round r WHERE r.tenant_id = home AND r.competition_id = wanted;
  DELETE FROM account_entry x WHERE x.tenant_id = home AND x.competition_id = wanted;
  DELETE FROM outcome x WHERE x.tenant_id = home AND x.competition_id = wanted;
  DELETE FROM issue_event x USING issue i WHERE x.tenant_id = home AND i.tenant_id = home AND i.id = x.issue_id AND i.competition_id = wanted;
  DELETE FROM issue x WHERE x.tenant_id = home AND x.competition_id = wanted;
  DELETE FROM rollup x WHERE x.tenant_id = home AND x.competition_id = wanted;
  DELETE FROM standing x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM sealed_bundle x USING publication p WHERE x.tenant_id = home AND p.tenant_id = home AND p.id = x.publication_id AND p.round_id = ANY (rounds);
  DELETE FROM publication x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM computation x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM missing_decision x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM mark_review x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM mark x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM reception x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM panel_member x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM panel x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM rubric_item x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM entry x WHERE x.tenant_id = home AND x.round_id = ANY (rounds);
  DELETE FROM round x WHERE x.tenant_id = home AND x.competition_id = wanted;
  DELETE FROM competition_version x WHERE x.tenant_id = home AND x.competition_id = wanted;
  DELETE FROM competition x WHERE x.tenant_id = home AND x.id = wanted;
  RETURN cardinality(rounds);
END $$;

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['account_entry','outcome','issue_event','issue','rollup','standing','sealed_bundle','publication','computation','missing_decision',
      'mark_review','mark','reception','panel_member','panel','rubric_item','entry','round','competition_version','competition'] LOOP
    EXECUTE format('GRANT SELECT, DELETE ON %I TO leitai_lookup', t);
  END LOOP;
END $$;
GRANT UPDATE (state) ON competition TO leitai_lookup; -- FOR UPDATE asks for it

GRANT CREATE ON SCHEMA public TO leitai_lookup;
ALTER FUNCTION wipe_trial(uuid) OWNER TO leitai_lookup;
REVOKE ALL ON FUNCTION wipe_trial(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wipe_trial(uuid) TO leitai_app, leitai_job;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
