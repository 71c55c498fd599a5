import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ExposureError } from './domain/errors.ts';
import { evidenceTypes } from './domain/facts.ts';
import type { ControlPolicy } from './rules/required-controls.ts';
import { defaultPolicy } from './rules/required-controls.ts';

const policySchema = z
  .array(
    z.strictObject({
      fromSensitivity: z.int().min(1).max(5),
      controls: z.array(z.string().min(1).max(200)).min(1),
      leastEvidence: z.enum(evidenceTypes),
    }),
  )
  .min(1)
  .superRefine((rows, context) => {
    const seen = new Set<string>();
    rows.forEach(({ fromSensitivity, controls }, i) => {
      const before = rows[i - 1]?.fromSensitivity;
      if (before !== undefined && fromSensitivity <= before) {
        context.addIssue({
          code: 'custom',
          path: [i, 'fromSensitivity'],
          message: `is ${fromSensitivity}, which is not above ${before} in the row before`,
        });
      }
      controls.forEach((control, j) => {
        if (seen.has(control)) context.addIssue({ code: 'custom', path: [i, 'controls', j], message: `repeats the control ${control}` });
        seen.add(control);
      });
    });
  });

const expected =
  'expected a JSON file with a list of rows such as {"fromSensitivity": 3, "controls": ["MFA"], "leastEvidence": "QUESTIONNAIRE"}, fromSensitivity ascending';

/**
 * Reads the control policy from the file that EXPOSURE_POLICY names; without a file, returns the built-in policy.
 *
 * Throws BAD_CONFIGURATION with one sentence: the file, the place in it and the expected content.
 */
export function readPolicy(path: string | null): ControlPolicy {
  if (path === null) return defaultPolicy;
  const refuse = (what: string, cause?: unknown): never => {
    throw new ExposureError('BAD_CONFIGURATION', `EXPOSURE_POLICY is "${path}"; ${what}; ${expected}.`, { cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return refuse(code === undefined ? 'the file is not JSON' : `the file cannot be read (${code})`, error);
  }
  const result = policySchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
    return refuse(`in it, ${place}: ${issue?.message ?? 'not a policy'}`);
  }
  return result.data;
}
