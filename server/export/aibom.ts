import { createHash } from 'node:crypto';
import { compareCodePoints } from '../domain/compare.ts';
import { artifactTypes, labBit } from '../domain/facts.ts';
import { formatInstant } from '../domain/instants.ts';
import type { Projection } from '../projection/projection.ts';
import { rowOf } from '../projection/projection.ts';
import type { ExportPiece } from './export-facts.ts';

/** An artifact of a lab, with who holds it. */
export interface AibomArtifact {
  readonly id: string;
  readonly name: string;
  readonly type: (typeof artifactTypes)[number];
  /** 1 to 5. */
  readonly sensitivity: number;
  readonly holders: readonly { readonly name: string; readonly isLab: boolean }[];
}

/** CycloneDX's words for the kinds of data. */
const dataTypes: Readonly<Record<(typeof artifactTypes)[number], 'dataset' | 'definition' | 'other'>> = {
  ANNOTATION_GUIDELINES: 'definition',
  DATA_TAXONOMY: 'definition',
  PREFERENCE_SCHEME: 'definition',
  REWARD_MODEL_SPEC: 'definition',
  RED_TEAM_PLAYBOOK: 'definition',
  LABELED_DATASET: 'dataset',
  PROMPT_SET: 'dataset',
  EVALUATION_SUITE: 'dataset',
  MODEL_OUTPUTS: 'dataset',
  OTHER: 'other',
};

/**
 * The artifacts of a lab as an AI bill of materials, CycloneDX 1.6 (semantics §13.7). The lab is the owner, those who hold a copy are the
 * custodians; other labs are left out, so that none is named. The same artifacts at the same time give the same file.
 *
 * @param at epoch milliseconds: the facts are those of this time
 */
export function toAibom(lab: string, artifacts: readonly AibomArtifact[], at: number, programVersion: string) {
  const components = [...artifacts]
    .sort((a, b) => compareCodePoints(a.id, b.id))
    .map(({ id, name, type, sensitivity, holders }) => {
      const custodians = [...new Set(holders.filter((holder) => !holder.isLab && holder.name !== lab).map((holder) => holder.name))].sort();
      return {
        type: 'data',
        'bom-ref': `artifact:${id}`,
        name,
        data: [
          {
            type: dataTypes[type],
            name,
            classification: `sensitivity ${sensitivity} of 5`,
            governance: {
              owners: [toParty(lab)],
              ...(custodians.length === 0 ? {} : { custodians: custodians.map(toParty) }),
            },
          },
        ],
        properties: [{ name: 'exposure-graph:type', value: type }],
      };
    });
  const content = {
    metadata: {
      timestamp: formatInstant(at),
      tools: { components: [{ type: 'application', name: 'Exposure Graph', version: programVersion }] },
      supplier: { name: lab },
    },
    components,
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${toUuid(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
}

const toParty = (name: string) => ({ organization: { name } });

/** A UUID of version 8 (RFC 9562) that follows from a text. */
function toUuid(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * A file for each lab with artifacts: what it owns, and who may hold a copy at an instant. A copy that a verified deletion ended before is
 * none. Labs by id.
 *
 * @param at epoch milliseconds
 * @param nameOf the file's name without its extension, by the id of a lab
 */
export function* exportAibom(projection: Projection, at: number, version: string, nameOf: (lab: string) => string): Generator<ExportPiece> {
  const { organizations, artifacts, copies } = projection;
  const isLab = (index: number) => ((organizations.roles[index] as number) & labBit) !== 0;
  const byLab = new Map<number, AibomArtifact[]>();
  for (let index = 0; index < artifacts.count; index++) {
    const owner = artifacts.owner[index] as number;
    if (!isLab(owner)) continue;
    const holders = rowOf(artifacts.copies, index)
      .filter((copy) => copies.possibleFrom.at(copy) <= at && copies.possibleUntil.at(copy) > at)
      .map((copy) => copies.holder.at(copy));
    const artifact = {
      id: artifacts.id.get(index),
      name: artifacts.name.get(index),
      type: artifactTypes[artifacts.type[index] as number] as AibomArtifact['type'],
      sensitivity: artifacts.sensitivity[index] as number,
      holders: [...new Set(holders)].map((holder) => ({ name: organizations.name.get(holder), isLab: isLab(holder) })),
    };
    const known = byLab.get(owner);
    if (known === undefined) byLab.set(owner, [artifact]);
    else known.push(artifact);
  }
  for (const [lab, owned] of [...byLab].sort(([a], [b]) => compareCodePoints(organizations.id.get(a), organizations.id.get(b)))) {
    const bom = toAibom(organizations.name.get(lab), owned, at, version);
    yield { file: `${nameOf(organizations.id.get(lab))}.cdx.json`, text: `${JSON.stringify(bom, null, 2)}\n` };
  }
}
