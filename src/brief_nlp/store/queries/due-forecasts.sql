-- Forecasts whose horizon has passed: the latest day they speak of lies behind us, and behind their publication
-- :today  the day on which to look (default today)
SELECT c.latest AS horizon, d.published, d.title, c.page, c.likelihood, c.probability, c.verdict,
       COALESCE(c.edited, c.text) AS text, c.claim_id
FROM claims_current c JOIN documents d ON d.document_id = c.document_id
WHERE c.kind = 'forecast' AND c.latest < :today AND c.latest > d.published_earliest
    AND c.rejected = 0 AND c.current_label = 'assessment'
ORDER BY c.latest DESC, d.document_id, c.claim
LIMIT :most
