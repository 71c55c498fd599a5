import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import type { AuditTrail } from '../../audit/audit-trail.ts';

/** `GET /audit.jsonl`: the whole audit trail as JSON lines, the oldest entry first. */
export function auditRoute(trail: AuditTrail): Router {
  const router = Router();
  router.get('/audit.jsonl', async (_request, response) => {
    await trail.flush();
    response.setHeader('Content-Type', 'application/jsonl; charset=utf-8');
    response.setHeader('Content-Disposition', 'attachment; filename="audit.jsonl"');
    if (!existsSync(trail.path)) response.end();
    else await pipeline(createReadStream(trail.path), response);
  });
  return router;
}
