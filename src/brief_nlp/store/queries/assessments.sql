-- Assessments about someone or something, the newest first
-- :about  a name, as the gazetteer or the text has it
-- :since  publication date, such as 2024 or 2024-06-01 (default 0001)
SELECT d.published, d.title, c.page, c.kind, c.likelihood, c.probability, c.source, c.notes, COALESCE(c.edited, c.text) AS text,
       c.claim_id
FROM claims_current c JOIN documents d ON d.document_id = c.document_id
WHERE c.claim_id IN (
        SELECT l.claim_id
        FROM entities e
        JOIN mentions m ON m.document_id = e.document_id AND m.entity = e.entity
        JOIN claim_mentions l ON l.document_id = m.document_id AND l.mention = m.mention
        WHERE e.canonical_id = :about_id OR e.name IN :about
    )
    AND c.current_label = 'assessment' AND c.rejected = 0
    AND COALESCE(d.published_latest, '0001') >= :since
ORDER BY d.published_latest DESC NULLS LAST, d.document_id, c.claim
LIMIT :most
