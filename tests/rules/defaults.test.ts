import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { resolveSettings } from '../../server/exposure/radius/resolve-radius-input.ts';
import { radiusDefaults, sureConfidence } from '../../server/rules/defaults.ts';
import { describe, expect, it } from '../support/test.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('[R16] each default is defined once', () => {
  it('defaults match the semantics', () => {
    expect({ ...radiusDefaults, sureConfidence }).toEqual({ maxHops: 3, transferLikelihood: 0, minDegree: 0.05, sureConfidence: 0.5 });
    expect(read('docs/semantics.md')).toMatch(/`minDegree` \(default 0\.05\)/);
    expect(read('docs/semantics.md')).toMatch(/`maxHops` bounds the steps \(0: origins only; default 3\)/);
    expect(read('docs/semantics.md')).toMatch(/confidence >= 0\.5/);
  });

  it('defaults apply when a question gives no value', () => {
    expect(resolveSettings({}, undefined, 0)).toMatchObject(radiusDefaults);
  });

  it('schema.graphql describes the defaults', () => {
    const fields = (
      buildSchema(read('schema.graphql')).getType('RadiusOptions') as unknown as {
        getFields(): Record<string, { description?: string }>;
      }
    ).getFields();
    for (const [name, value] of Object.entries(radiusDefaults))
      expect(fields[name]?.description).toMatch(new RegExp(`Default ${value}\\.`));
  });

  it('no other server file repeats a default', () => {
    const files = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.includes('generated') && name !== join('rules', 'defaults.ts'),
    );
    const literals = /\b0\.05\b|maxHops: 3\b|\b(?:minDegree|transferLikelihood|maxHops)\s*\?\?\s*\d/;
    expect(files.filter((name) => literals.test(read(join('server', name))))).toEqual([]);
  });
});
