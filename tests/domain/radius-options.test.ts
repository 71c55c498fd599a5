import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLInputObjectType, type GraphQLObjectType } from 'graphql';
import { incidentCommand } from '../../server/cli/incidents/incident.ts';
import { radiusCommand } from '../../server/cli/radius.ts';
import {
  describeExpected,
  describeRadiusOption,
  findRadiusOptionFaults,
  radiusDefaults,
  radiusOptions,
  resolveRadiusOptions,
} from '../../server/domain/radius-options.ts';
import { resolveSettings } from '../../server/exposure/radius/resolve-radius-input.ts';
import { parseRadiusQuery } from '../../server/http/routes/export-routes.ts';
import { columnsOf } from '../../server/import/rows/table-fields.ts';
import { sureConfidence } from '../../server/rules/copy-tier.ts';
import { RADIUS_OPTIONS } from '../../web/shared/generated/radius-options.ts';
import { restQuery } from '../../web/shared/url/address-table.ts';
import { parseBlastState, writeBlastState } from '../../web/shared/url/blast-radius-url.ts';
import { OPTIONS, WINDOWS } from '../../web/shared/url/radius-options-url.ts';
import { describe, expect, it } from '../support/test.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const names = radiusOptions.map(({ name }) => name);

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

  it('no other file of the server or the page repeats a default or a range', () => {
    const literals =
      /\b0\.05\b|maxHops: 3\b|\b(?:minDegree|transferLikelihood|maxHops)\s*\?\?\s*\d|'(?:maxHops|minDegree|transferLikelihood)', \d/;
    const found = ['server', 'web/shared/url', 'web/features/blast-radius', 'web/features/rankings'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((name) => /\.tsx?$/.test(name) && !name.includes('generated') && name !== 'server/domain/radius-options.ts')
        .filter((name) => literals.test(read(name))),
    );
    expect(found).toEqual([]);
  });
});

describe('[R680] the options of a radius follow from one table', () => {
  it('schema.graphql has their names, types, ranges and defaults, and nothing else', () => {
    const schema = buildSchema(read('schema.graphql'));
    const stated = Object.values((schema.getType('RadiusOptions') as GraphQLInputObjectType).getFields());
    expect(stated.map(({ name, type, description }) => [name, String(type), description])).toEqual(
      radiusOptions.map((option) => [
        option.name,
        option.isWhole ? 'Int' : 'Float',
        `${describeRadiusOption(option)}. Default ${option.default}.`,
      ]),
    );
    for (const type of ['BlastRadius', 'Incident']) {
      const fields = (schema.getType(type) as GraphQLObjectType).getFields();
      for (const { name, isWhole } of radiusOptions) expect(String(fields[name]?.type)).toBe(isWhole ? 'Int!' : 'Float!');
    }
  });

  it('a value outside its range is refused with name, value and range, by every question', () => {
    for (const { name, from, to } of radiusOptions) {
      for (const value of [from - 1, to + 1, Number.NaN]) {
        const message = `${name} is ${value}; expected ${from} to ${to}.`;
        expect(findRadiusOptionFaults({ ...radiusDefaults, [name]: value })).toEqual([{ name, message }]);
        expect(() => resolveSettings({ options: { [name]: value } }, undefined, 0)).toThrow(message);
      }
      for (const value of [from, to]) expect(findRadiusOptionFaults({ ...radiusDefaults, [name]: value })).toEqual([]);
    }
  });

  it('the question comes before the incident, and the incident before the default', () => {
    expect(resolveRadiusOptions({ maxHops: 0, minDegree: null }, { ...radiusDefaults, maxHops: 7, minDegree: 0.6 })).toEqual({
      maxHops: 0,
      transferLikelihood: 0,
      minDegree: 0.6,
    });
    expect(resolveRadiusOptions(undefined, null, {})).toEqual(radiusDefaults);
  });

  it('REST routes take each by its name, and say what they expect', () => {
    for (const option of radiusOptions) {
      expect(parseRadiusQuery(`/?${option.name}=1`).question.options).toMatchObject({ [option.name]: 1 });
      expect(() => parseRadiusQuery(`/?${option.name}=many`)).toThrow(`${option.name} is "many"; expected ${describeExpected(option)}.`);
    }
    for (const name of names) expect(read('docs/api.md')).toContain(`\`${name}\``);
  });

  it('the page asks REST routes by these names', () => {
    const window = { from: '2026-09-01T00:00:00.000Z', to: '2026-09-24T00:00:00.000Z' };
    const stated = { core: null, widest: window, maxHops: 2, transferLikelihood: null, minDegree: 0.5 };
    const { question } = parseRadiusQuery(`/${restQuery({ ...WINDOWS, ...OPTIONS }, stated)}`);
    const read = { from: Date.parse(window.from), to: Date.parse(window.to) };
    expect(question).toMatchObject({ widest: read, options: { maxHops: 2, minDegree: 0.5 } });
    expect([question.core, question.options?.transferLikelihood]).toEqual([undefined, undefined]);
  });

  it('incidents.csv has a column for each, in their order', () => {
    const columns = columnsOf('INCIDENT');
    const first = columns.indexOf('max_hops');
    expect(columns.slice(first, first + names.length)).toEqual(radiusOptions.map(({ column }) => column));
  });

  it('commands have a flag for each, whose help has meaning, range and default', () => {
    const help = radiusCommand(() => undefined)
      .helpInformation()
      .replace(/\s+/g, ' ');
    const incident = incidentCommand().commands.filter((command) => ['open', 'save'].includes(command.name()));
    expect(incident).toHaveLength(2);
    for (const option of radiusOptions) {
      const meaning = describeRadiusOption(option).slice(1);
      expect(help).toContain(`${option.flag} ${option.sentence[0]?.toLowerCase()}${meaning} (default: ${option.default})`);
      for (const command of incident) expect(command.helpInformation().replace(/\s+/g, ' ')).toContain(meaning);
    }
  });

  it('addresses of the page write and read each by its name there', () => {
    expect(RADIUS_OPTIONS.map(({ name, url, default: fallback }) => [name, url, fallback])).toEqual(
      radiusOptions.map(({ name, url, default: fallback }) => [name, url, fallback]),
    );
    for (const { name, url, to } of radiusOptions) {
      const state = { ...parseBlastState(new URLSearchParams()), [name]: to };
      expect(writeBlastState(state).get(url)).toBe(`${to}`);
      expect(parseBlastState(new URLSearchParams({ [url]: `${to}` }))[name]).toBe(to);
      expect(parseBlastState(new URLSearchParams({ [url]: `${to + 1}` }))[name]).toBeNull();
    }
  });
});
