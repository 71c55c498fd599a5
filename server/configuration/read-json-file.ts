import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ExposureError } from '../domain/errors.ts';

/**
 * Reads a JSON file that an environment variable names. Throws BAD_CONFIGURATION with one sentence: the file, the place in it and the
 * expected content.
 */
export function readJsonFile<T>(variable: string, path: string, schema: z.ZodType<T>, expected: string): T {
  const refuse = (what: string, cause?: unknown): never => {
    throw new ExposureError('BAD_CONFIGURATION', `${variable} is "${path}"; ${what}; ${expected}.`, { cause });
  };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return refuse(code === undefined ? 'the file is not JSON' : `the file cannot be read (${code})`, error);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
  return refuse(`in it, ${place}: ${issue?.message ?? 'wrong'}`);
}
