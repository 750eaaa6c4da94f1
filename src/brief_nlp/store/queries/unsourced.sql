-- Facts in the writer's own voice that no footnote backs
-- :since  publication date (default 0001)
SELECT d.published, d.title, c.page, c.probability, COALESCE(c.edited, c.text) AS text, c.claim_id
FROM claims_current c JOIN documents d ON d.document_id = c.document_id
WHERE c.current_label = 'fact' AND c.rejected = 0 AND c.notes = 0 AND c.source = 'author'
    AND COALESCE(d.published_latest, '0001') >= :since
ORDER BY d.published_latest DESC NULLS LAST, d.document_id, c.claim
LIMIT :most
