"""The views of the store: each a query that runs on both databases."""

VIEWS = {
    # of the verdicts that settle a claim (notes and undos do not) and were not taken back, the newest counts
    "claims_current": """
        SELECT c.*, v.verdict_id, v.action AS verdict, v.reviewer, v.given_at, v.edited,
               COALESCE(v.label, c.label) AS current_label,
               CASE WHEN v.verdict_id IS NULL THEN 0 ELSE 1 END AS reviewed,
               CASE WHEN v.action = 'reject' THEN 1 ELSE 0 END AS rejected
        FROM claims c
        LEFT JOIN (
            SELECT a.claim_id, MAX(a.verdict_id) AS verdict_id
            FROM attachments a JOIN verdicts w ON w.verdict_id = a.verdict_id
            WHERE w.action NOT IN ('note', 'undo')
                AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.undoes = w.verdict_id)
            GROUP BY a.claim_id
        ) n ON n.claim_id = c.claim_id
        LEFT JOIN verdicts v ON v.verdict_id = n.verdict_id
    """,
    "claims_flat": """
        SELECT d.title, d.series, d.number, d.published, c.claim_id, c.document_id, c.claim, c.page,
               c.current_label AS label, c.probability, c.needs_review, c.kind, c.likelihood, c.mixed,
               c.verdict, c.reviewer, c.source, c.notes, COALESCE(c.edited, c.text) AS text
        FROM claims_current c JOIN documents d ON d.document_id = c.document_id
    """,
    "claims_by_clause": """
        SELECT c.claim_id, c.document_id, c.claim, 0 AS clause, c.current_label AS label, c.probability,
               c.source, c.text
        FROM claims_current c
        WHERE NOT EXISTS (SELECT 1 FROM clauses u WHERE u.claim_id = c.claim_id)
        UNION ALL
        SELECT c.claim_id, c.document_id, c.claim, u.clause, u.label, u.probability, u.source, u.text
        FROM claims_current c JOIN clauses u ON u.claim_id = c.claim_id
    """,
    "verdicts_orphaned": """
        SELECT v.* FROM verdicts v
        WHERE v.action <> 'undo' AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.verdict_id = v.verdict_id)
    """,
}
