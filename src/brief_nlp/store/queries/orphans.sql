-- Verdicts that fit no claim any more
SELECT v.verdict_id, v.reviewer, v.given_at, v.action, v.label, v.note, v.quote, d.title
FROM verdicts_orphaned v LEFT JOIN documents d ON d.document_id = v.document_id
ORDER BY v.verdict_id DESC
LIMIT :most
