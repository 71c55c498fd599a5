import { z } from 'zod';
import { evidenceTypes } from '../domain/facts.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import { defaultPolicy } from '../rules/required-controls.ts';
import { readJsonFile } from './read-json-file.ts';

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
  return path === null ? defaultPolicy : readJsonFile('EXPOSURE_POLICY', path, policySchema, expected);
}
