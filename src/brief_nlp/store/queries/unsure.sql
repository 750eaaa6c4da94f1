-- Claims that wait for a reviewer, the least sure first
SELECT d.published, d.title, c.page, c.label, c.probability, c.mixed, c.source, c.text, c.claim_id
FROM claims_current c JOIN documents d ON d.document_id = c.document_id
WHERE c.reviewed = 0 AND c.needs_review
ORDER BY ABS(c.probability - 0.5), d.document_id, c.claim
LIMIT :most
