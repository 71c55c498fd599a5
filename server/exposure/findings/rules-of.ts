import { copyRules } from './copy-findings.ts';
import type { FindingQuestion, FindingRule } from './finding.ts';
import { findingKinds } from './finding.ts';
import { organizationRules } from './organization-findings.ts';
import { termRules } from './term-findings.ts';
import { transferRules } from './transfer-findings.ts';

/** In the order of `findingKinds`. */
export function rulesOf(question: FindingQuestion): FindingRule[] {
  const rules = [...copyRules(question), ...transferRules(question), ...organizationRules(question), ...termRules(question)];
  return rules.sort((a, b) => findingKinds.indexOf(a.kind) - findingKinds.indexOf(b.kind));
}
