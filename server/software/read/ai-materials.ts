import type { JsonObject } from './json-fields.ts';
import { itemsOf, objectOf, textOf } from './json-fields.ts';
import type { FileReading, ProposedArtifact } from './software-reading.ts';

/** SPDX 3.0 has four levels of confidentiality; words of classifications that mean the same everywhere stand beside them. */
const sensitivities: ReadonlyMap<string, number> = new Map([
  ['clear', 1],
  ['public', 1],
  ['green', 2],
  ['internal', 2],
  ['amber', 4],
  ['confidential', 4],
  ['red', 5],
  ['secret', 5],
  ['strictly confidential', 5],
  ['highly confidential', 5],
]);

function sensitivityOf(level: string | null): number | null {
  const stated = /^sensitivity ([1-5]) of 5$/i.exec(level ?? '')?.[1];
  return stated !== undefined ? Number(stated) : (sensitivities.get(level?.toLowerCase() ?? '') ?? null);
}

/** Proposes an artifact, and a transfer from each owner to each custodian that is another. Nothing without a party: nobody could be asked. */
export function proposeArtifact(
  reading: FileReading,
  proposed: Omit<ProposedArtifact, 'sensitivity' | 'name'> & { readonly name: string | null },
  path: readonly (string | number)[],
): void {
  const { name, owners, custodians, stewards, level } = proposed;
  if (owners.length + custodians.length + stewards.length === 0) return;
  if (name === null) {
    reading.warn(path, 'Data with owners or custodians has no name. No artifact is proposed for it.', 'unnamed data');
    return;
  }
  const artifact = reading.artifacts.push({ ...proposed, name, sensitivity: sensitivityOf(level) }) - 1;
  for (const from of owners) for (const to of custodians) if (from !== to) reading.transfers.push({ artifact, from, to });
}

/** The artifacts of one component of type `data` or `machine-learning-model` of CycloneDX: each of its data with governance. */
export function proposeFromComponent(component: JsonObject, reading: FileReading, path: () => readonly (string | number)[]): void {
  if (component.type !== 'data' && component.type !== 'machine-learning-model') return;
  const datasets = objectOf(objectOf(component.modelCard).modelParameters).datasets;
  for (const each of [...itemsOf(component.data), ...itemsOf(datasets)]) {
    const data = objectOf(each);
    proposeArtifact(
      reading,
      {
        ...partiesOf(data.governance),
        name: textOf(data.name) ?? textOf(component.name),
        version: textOf(component.version),
        level: textOf(data.classification),
      },
      path(),
    );
  }
}

/** The artifacts that flow into or out of one service of CycloneDX. What flows in is held by its provider. */
export function proposeFromService(service: JsonObject, reading: FileReading, path: () => readonly (string | number)[]): void {
  const provider = textOf(objectOf(service.provider).name);
  for (const each of itemsOf(service.data)) {
    const data = objectOf(each);
    const parties = partiesOf(data.governance);
    const isHeld = provider !== null && (data.flow === 'inbound' || data.flow === 'bi-directional');
    const custodians = isHeld && !parties.custodians.includes(provider) ? [...parties.custodians, provider] : parties.custodians;
    if (parties.owners.length === 0) continue;
    proposeArtifact(
      reading,
      { ...parties, custodians, name: textOf(data.name) ?? textOf(service.name), version: null, level: textOf(data.classification) },
      path(),
    );
  }
}

function partiesOf(governance: unknown): Pick<ProposedArtifact, 'owners' | 'custodians' | 'stewards'> {
  const { owners, custodians, stewards } = objectOf(governance);
  return { owners: namesOf(owners), custodians: namesOf(custodians), stewards: namesOf(stewards) };
}

/** Organizations alone: a person holds nothing here. */
function namesOf(parties: unknown): string[] {
  return [...new Set(itemsOf(parties).flatMap((each) => textOf(objectOf(objectOf(each).organization).name) ?? []))];
}
