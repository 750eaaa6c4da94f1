-- Claims that rest on one source alone: it speaks and no note names another, or all the notes name it
-- :source  a name, such as Rodong Sinmun
SELECT d.published, d.title, c.page, c.current_label AS label, c.source, c.notes, COALESCE(c.edited, c.text) AS text, c.claim_id
FROM claims_current c JOIN documents d ON d.document_id = c.document_id
WHERE c.rejected = 0
    AND c.claim_id IN (
        SELECT s.claim_id FROM claim_sources s
        WHERE s.position = 0 AND (s.canonical_id = :source_id OR s.name IN :source)
        UNION
        SELECT v.claim_id
        FROM citations t
        JOIN claim_evidence v ON v.document_id = t.document_id AND v.footnote = t.footnote
        WHERE t.container IN :source OR t.publisher IN :source OR t.authors IN :source
    )
    AND NOT EXISTS (
        SELECT 1
        FROM claim_evidence v
        JOIN citations t ON t.document_id = v.document_id AND t.footnote = v.footnote
        WHERE v.claim_id = c.claim_id
            AND COALESCE(t.container, '') NOT IN :source
            AND COALESCE(t.publisher, '') NOT IN :source
            AND COALESCE(t.authors, '') NOT IN :source
    )
    AND NOT EXISTS (
        SELECT 1 FROM claim_sources s
        WHERE s.claim_id = c.claim_id AND s.position = 0 AND s.name <> 'author'
            AND COALESCE(s.canonical_id, '') <> :source_id AND s.name NOT IN :source
    )
ORDER BY d.published_latest DESC NULLS LAST, d.document_id, c.claim
LIMIT :most
