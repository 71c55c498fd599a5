import { toAibom } from '../../../server/export/aibom.ts';
import { describe, expect, it } from '../../support/test.ts';
import { now, read, saidOf, spdx3 } from './files-for-tests.ts';

const party = (name: string) => ({ organization: { name } });
const bom = (fields: object) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { timestamp: '2026-03-20T00:00:00Z' },
  ...fields,
});

describe('an AI bill of materials', () => {
  it('[F958] proposes artifacts with the stated level, and transfers from owner to custodian', () => {
    const reading = read(
      bom({
        components: [
          {
            type: 'data',
            name: 'guidelines',
            version: '3',
            data: [
              {
                type: 'definition',
                classification: 'Confidential',
                governance: {
                  owners: [party('Aurelis')],
                  custodians: [party('Quillmark'), party('Aurelis')],
                  stewards: [party('Steward')],
                },
              },
              { type: 'dataset', name: 'examples', classification: 'PII', governance: { owners: [party('Aurelis')] } },
              { type: 'dataset', name: 'nobody' },
            ],
          },
          {
            type: 'machine-learning-model',
            name: 'ranker',
            modelCard: {
              modelParameters: {
                datasets: [
                  { type: 'dataset', name: 'prompts', classification: 'public', governance: { custodians: [party('Quillmark')] } },
                ],
              },
            },
          },
          { type: 'library', name: 'lib', data: [{ type: 'other', name: 'no', governance: { owners: [party('X')] } }] },
        ],
        services: [
          {
            name: 'gateway',
            provider: { name: 'Quillmark' },
            data: [
              { flow: 'inbound', classification: 'red', name: 'traffic', governance: { owners: [party('Aurelis')] } },
              { flow: 'outbound', classification: 'red', name: 'answers', governance: { owners: [party('Aurelis')] } },
              { flow: 'inbound', classification: 'x' },
            ],
          },
        ],
      }),
    );
    expect(
      reading.artifacts.map(({ name, version, owners, custodians, stewards, level, sensitivity }) => [
        name,
        version,
        owners,
        custodians,
        stewards,
        level,
        sensitivity,
      ]),
    ).toEqual([
      ['traffic', null, ['Aurelis'], ['Quillmark'], [], 'red', 5],
      ['answers', null, ['Aurelis'], [], [], 'red', 5],
      ['guidelines', '3', ['Aurelis'], ['Quillmark', 'Aurelis'], ['Steward'], 'Confidential', 4],
      ['examples', '3', ['Aurelis'], [], [], 'PII', null],
      ['prompts', null, [], ['Quillmark'], [], 'public', 1],
    ]);
    expect(reading.transfers).toEqual([
      { artifact: 0, from: 'Aurelis', to: 'Quillmark' },
      { artifact: 2, from: 'Aurelis', to: 'Quillmark' },
    ]);
  });

  it('[F958] in SPDX 3.0 proposes a data set, from whom it originates to who supplies it', () => {
    const [creation, org] = spdx3['@graph'];
    const dataset = {
      type: 'dataset_DatasetPackage',
      spdxId: 'https://quillmark.example/data',
      name: 'prompts',
      originatedBy: ['https://quillmark.example/lab'],
      suppliedBy: 'https://quillmark.example/org',
      dataset_confidentialityLevel: 'amber',
    };
    const lab = { type: 'Organization', spdxId: 'https://quillmark.example/lab', name: 'Aurelis' };
    const reading = read({ ...spdx3, '@graph': [creation, org, lab, dataset] });
    expect(reading.artifacts).toEqual([
      { name: 'prompts', version: null, owners: ['Aurelis'], custodians: ['Quillmark'], stewards: [], level: 'amber', sensitivity: 4 },
    ]);
    expect(reading.transfers).toEqual([{ artifact: 0, from: 'Aurelis', to: 'Quillmark' }]);
  });
});

describe('the export of a lab as an AI bill of materials', () => {
  const artifacts = [
    { id: 'b', name: 'prompts', type: 'PROMPT_SET', sensitivity: 2, holders: [] },
    {
      id: 'a',
      name: 'guidelines',
      type: 'ANNOTATION_GUIDELINES',
      sensitivity: 4,
      holders: [
        { name: 'Quillmark', isLab: false },
        { name: 'Vega', isLab: true },
        { name: 'Aurelis', isLab: true },
      ],
    },
  ] as const;
  const made = toAibom('Aurelis', artifacts, Date.parse('2026-03-20T00:00:00Z'), '0.2.0');

  it('[F959] names owner and custodians, and no other lab', () => {
    expect(JSON.stringify(made)).not.toContain('Vega');
    expect(made.components[0]).toEqual({
      type: 'data',
      'bom-ref': 'artifact:a',
      name: 'guidelines',
      data: [
        {
          type: 'definition',
          name: 'guidelines',
          classification: 'sensitivity 4 of 5',
          governance: { owners: [party('Aurelis')], custodians: [party('Quillmark')] },
        },
      ],
      properties: [{ name: 'exposure-graph:type', value: 'ANNOTATION_GUIDELINES' }],
    });
    expect(made.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('[F959] is the same for the same artifacts, and is read back as it was', () => {
    expect(toAibom('Aurelis', [...artifacts].reverse(), Date.parse('2026-03-20T00:00:00Z'), '0.2.0')).toEqual(made);
    const reading = read(made);
    expect(saidOf(reading)).toEqual([]);
    expect(reading.artifacts.map(({ name, owners, custodians, sensitivity }) => [name, owners, custodians, sensitivity])).toEqual([
      ['guidelines', ['Aurelis'], ['Quillmark'], 4],
      ['prompts', ['Aurelis'], [], 2],
    ]);
    expect(reading.lists[0]?.describedAt).toBeLessThan(now);
  });
});
