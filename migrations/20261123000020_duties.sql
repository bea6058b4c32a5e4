-- own_result reads, for a tenant that contests in the contest of the tenant above
-- it, the public bundle of the result by which it is explained. Both must have
-- agreed on the adoption, and still do. Nothing is answered for any other round,
-- known or not, and nothing of a trial.
CREATE FUNCTION own_result(wanted uuid, wanted_revision integer)
RETURNS TABLE (tenant_id uuid, competition_id uuid, period text, held date, superseded boolean, publication_id uuid, revision integer, audience text,
               published_at timestamptz, subject_id uuid, subject_kind text, unit_id uuid, place text, code text, bundle text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT r.tenant_id, r.competition_id, r.period, r.held, r.published_revision > p.revision, p.id, p.revision, p.audience, p.published_at,
       s.subject_id, s.subject_kind, s.unit_id, n.shown_name, CASE WHEN s.code = '' THEN coalesce(n.code, n.id::text) ELSE s.code END, p.public_bundle
FROM tenant own
JOIN adoption l ON l.tenant_id = own.id AND l.side = 'lower' AND l.ended_at IS NULL
JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = own.id AND u.side = 'upper' AND u.ended_at IS NULL
JOIN tenant t ON t.id = u.tenant_id AND t.status = 'active'
JOIN round r ON r.tenant_id = t.id AND r.id = wanted AND NOT r.trial
JOIN publication p ON p.tenant_id = r.tenant_id AND p.round_id = r.id AND NOT p.trial AND p.audience <> 'township' AND (wanted_revision = 0 OR p.revision = wanted_revision)
JOIN standing s ON s.tenant_id = p.tenant_id AND s.publication_id = p.id AND s.unit_id = own.unit_id AND s.subject_id = own.unit_id
JOIN unit n ON n.id = s.unit_id
WHERE own.id = (SELECT app_tenant())
ORDER BY p.revision DESC LIMIT 1 $$;

-- shared_file_of says whether a highlight of one of some dimensions that is
-- shared here shows a file; readers of some dimensions ask it before the file.
CREATE FUNCTION shared_file_of(wanted uuid, dimensions text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT EXISTS (
  SELECT FROM evidence_item e JOIN highlight_evidence x ON x.tenant_id = e.tenant_id AND x.evidence_id = e.id
  JOIN highlight h ON h.tenant_id = x.tenant_id AND h.id = x.highlight_id
  WHERE e.file_id = wanted AND e.withdrawn_at IS NULL AND h.shared AND h.dimension = ANY (dimensions) AND shared_with(h.tenant_id)) $$;

GRANT SELECT (id, tenant_id, competition_id, period, held, trial, published_revision) ON round TO leitai_lookup;
GRANT SELECT (id, tenant_id, round_id, revision, trial, audience, published_at, public_bundle) ON publication TO leitai_lookup;
GRANT SELECT (tenant_id, publication_id, unit_id, subject_id, subject_kind, code) ON standing TO leitai_lookup;
GRANT SELECT (tenant_id, other_id, side, ended_at) ON adoption TO leitai_lookup;
GRANT SELECT (id, unit_id, status) ON tenant TO leitai_lookup;
GRANT SELECT (id, code, shown_name) ON unit TO leitai_lookup;
GRANT SELECT (id, tenant_id, file_id, withdrawn_at) ON evidence_item TO leitai_lookup;
GRANT SELECT (id, tenant_id, shared, dimension) ON highlight TO leitai_lookup;
GRANT SELECT (tenant_id, highlight_id, evidence_id) ON highlight_evidence TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION own_result(uuid, integer) OWNER TO leitai_lookup;
ALTER FUNCTION shared_file_of(uuid, text[]) OWNER TO leitai_lookup;
REVOKE ALL ON FUNCTION own_result(uuid, integer), shared_file_of(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_result(uuid, integer), shared_file_of(uuid, text[]) TO leitai_app, leitai_job;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
