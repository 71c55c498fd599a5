import { join } from 'node:path';
import type { AuditPaths } from './audit-files.ts';

/** @param headFile EXPOSURE_AUDIT_HEAD; null: beside the trail, which protects against accidents only */
export function auditPathsOf(dataFolder: string, headFile: string | null): AuditPaths {
  return { trail: join(dataFolder, 'audit.jsonl'), head: headFile ?? join(dataFolder, 'audit.head') };
}
