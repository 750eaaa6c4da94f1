-- Claims that one edition of a publication has and another has not
-- :work  words of the title or number; all works with several editions by default (default )
SELECT d.work, d.published, CASE WHEN d.published_latest = w.newest THEN 'only newest' ELSE 'only older' END AS edition,
       c.page, c.current_label AS label, c.source, COALESCE(c.edited, c.text) AS text, c.claim_id
FROM (
        SELECT work, MAX(published_latest) AS newest FROM documents
        WHERE work IS NOT NULL AND (:work = '' OR LOWER(work || ' ' || COALESCE(title, '')) LIKE '%' || LOWER(:work) || '%')
        GROUP BY work HAVING COUNT(*) > 1
    ) w
JOIN documents d ON d.work = w.work
JOIN claims_current c ON c.document_id = d.document_id
WHERE EXISTS (
    SELECT 1 FROM documents o
    WHERE o.work = d.work AND o.document_id <> d.document_id
        AND NOT EXISTS (SELECT 1 FROM claims k WHERE k.document_id = o.document_id AND k.quote = c.quote)
)
ORDER BY d.work, d.published_latest NULLS LAST, d.document_id, c.claim
LIMIT :most
