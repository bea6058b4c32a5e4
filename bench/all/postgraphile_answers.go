package main

import (
	"encoding/json"
	"fmt"

	"leitai/bench/bare"
)

const postgraphileBoard = `query Board($round: UUID!) {
  allPublications(condition: {roundId: $round}, orderBy: REVISION_DESC, first: 1) { nodes {
    revision
    roundByTenantIdAndRoundId { period }
    standingsByTenantIdAndPublicationId(orderBy: POSITION_ASC) { nodes { code name total rank rankExact rankChange bands light unranked unitByUnitId { code } } }
  } }
}`

// readPostgraphileBoard reads its answer as a board.
func readPostgraphileBoard(body []byte) (any, error) {
	var a struct {
		Data struct {
			AllPublications struct {
				Nodes []struct {
					Revision                  int
					RoundByTenantIDAndRoundID struct{ Period string } `json:"roundByTenantIdAndRoundId"`
					Standings                 struct {
						Nodes []struct {
							bare.Row
							Code         string
							RankExact    *int
							RankChange   *int
							UnitByUnitID struct{ Code string } `json:"unitByUnitId"`
						}
					} `json:"standingsByTenantIdAndPublicationId"`
				}
			}
		}
	}
	if err := json.Unmarshal(body, &a); err != nil || len(a.Data.AllPublications.Nodes) != 1 {
		return nil, fmt.Errorf("no board: %.600s", body)
	}
	p := a.Data.AllPublications.Nodes[0]
	var b bare.Board
	own := &b.Data.Board
	own.Period, own.Revision = p.RoundByTenantIDAndRoundID.Period, p.Revision
	for _, row := range p.Standings.Nodes {
		line := row.Row
		line.UnitCode, line.RankIfExact, line.Change = row.Code, row.RankExact, row.RankChange
		if row.Code == "" {
			line.UnitCode = row.UnitByUnitID.Code
		}
		line.Bands = append([]string{}, line.Bands...)
		own.Rows = append(own.Rows, line)
	}
	return *own, nil
}

// countyFunction is the comparison as a team would write it for PostGraphile:
// one function over the same stored totals, under the caller's row-level
// security. It reads the same digests as the service does: the sums, counts and
// denominators of every source, and the middle of the published totals; that takes
// less than half of the time of working them out of the scores. It knows one template for
// all and compares every dimension alike, which is what the reference data has.
const countyFunction = `
CREATE SCHEMA IF NOT EXISTS bench;
GRANT USAGE ON SCHEMA bench TO leitai_app;
CREATE OR REPLACE FUNCTION bench.county_comparison(from_month text, to_month text)
RETURNS TABLE (code text, period text, index text, naive_mean text, naive_median text, on_time boolean) LANGUAGE sql STABLE AS $$
  SELECT u.code, r.period, n.index::text, n.mean::text, n.median::text, t.opened <= r.held AND t.published - r.held <= 5
  FROM round r
  JOIN round_total t ON t.tenant_id = r.tenant_id AND t.round_id = r.id AND t.revision = r.published_revision
  JOIN tenant x ON x.id = r.tenant_id
  JOIN unit u ON u.id = x.unit_id
  CROSS JOIN LATERAL (SELECT string_to_array(split_part(t.digest, E'\t', 9), '|') AS lists OFFSET 0) l
  CROSS JOIN LATERAL (SELECT string_to_array(split_part(lists[1], ';', 1), ',') AS sources, ('{' || lists[2] || '}')::numeric[] AS counts, ('{' || lists[3] || '}')::numeric[] AS sums,
    ('{' || lists[4] || '}')::numeric[] AS denominators, ('{' || lists[5] || '}')::numeric[] AS middle OFFSET 0) a
  CROSS JOIN LATERAL (SELECT round(a.sums[1] / a.counts[1] / a.denominators[1], 2) AS mean, round((a.middle[1] + a.middle[2]) / 2 / a.denominators[1], 2) AS median,
    (SELECT round(avg(s.total / s.count / s.denominator), 2) FROM unnest(a.sources, a.counts, a.sums, a.denominators) s (source, count, total, denominator)
      WHERE s.source LIKE 'dimension:%') AS index OFFSET 0) n
  WHERE r.tenant_id <> (SELECT app_tenant()) AND r.nominal >= (from_month || '-01')::date AND r.nominal < (to_month || '-01')::date + interval '1 month'
  ORDER BY u.code, r.held $$;
GRANT EXECUTE ON FUNCTION bench.county_comparison(text, text) TO leitai_app`

const postgraphileCounty = `query County($from: String!, $to: String!) { countyComparison: benchCountyComparison(fromMonth: $from, toMonth: $to) { nodes { code period index naiveMean naiveMedian onTime } } }`

// readPostgraphileCounty reads its answer as lines.
func readPostgraphileCounty(body []byte) (any, error) {
	var a struct {
		Data struct {
			CountyComparison struct {
				Nodes []struct {
					bare.Round
					Code string
				}
			}
		}
	}
	if err := json.Unmarshal(body, &a); err != nil || len(a.Data.CountyComparison.Nodes) == 0 {
		return nil, fmt.Errorf("nothing is compared: %.600s", body)
	}
	var lines []bare.Line
	for _, n := range a.Data.CountyComparison.Nodes {
		if len(lines) == 0 || lines[len(lines)-1].Code != n.Code {
			lines = append(lines, bare.Line{Code: n.Code})
		}
		l := &lines[len(lines)-1]
		l.Rounds = append(l.Rounds, n.Round)
	}
	return lines, nil
}
