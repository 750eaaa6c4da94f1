-- Forecasts whose horizon has passed: the latest day they speak of lies behind us, and behind their publication
-- :today  the day on which to look (default today)
SELECT f.horizon, d.published, d.title, c.page, c.likelihood, c.probability, c.verdict, COALESCE(c.edited, c.text) AS text,
       c.claim_id
FROM (
        SELECT k.claim_id, MAX(t.latest) AS horizon
        FROM claims k
        JOIN claim_dates l ON l.claim_id = k.claim_id
        JOIN dates t ON t.document_id = l.document_id AND t.date = l.date
        WHERE k.kind = 'forecast' AND t.latest IS NOT NULL
        GROUP BY k.claim_id
    ) f
JOIN claims_current c ON c.claim_id = f.claim_id
JOIN documents d ON d.document_id = c.document_id
WHERE f.horizon < :today AND f.horizon > d.published_earliest AND c.rejected = 0 AND c.current_label = 'assessment'
ORDER BY f.horizon DESC, d.document_id, c.claim
LIMIT :most
