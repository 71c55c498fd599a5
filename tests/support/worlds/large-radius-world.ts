/* A world, as canonical CSV, whose blast radius is too large for the page to show row by row. */

export interface LargeRadiusSize {
  readonly artifacts: number;
  readonly holders: number;
  readonly labs: number;
  /** Another seed gives another world of the same size. */
  readonly seed?: number;
}

/** The origin. It reaches every holder. */
export const largeOrigin = 'holder-000';
/** The blast radius. With its window, some copies are certain, some possible, and some unreadable. */
export const largeRadius = `/blast?o=${largeOrigin}&core=2026-06-01T00:00Z..2026-06-30T00:00Z&widest=2026-01-01T00:00Z..2026-10-01T00:00Z`;

const hops = 3;

/** Every artifact is in reach, most at one to three holders. The same size gives the same files. */
export function largeRadiusFiles({ artifacts, holders, labs, seed = 20_260_601 }: LargeRadiusSize): Readonly<Record<string, string>> {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  const pick = (count: number) => Math.floor(random() * count);
  const day = () => new Date(Date.UTC(2026, pick(9), 1 + pick(28))).toISOString().slice(0, 10);
  const numbered = (prefix: string, i: number) => `${prefix}-${String(i).padStart(3, '0')}`;
  const holder = (i: number) => numbered('holder', i);
  const lab = (i: number) => numbered('lab', i);

  const organizations = [
    ...Array.from({ length: labs }, (_, i) => `${lab(i)},Laboratory ${i + 1},LAB`),
    ...Array.from({ length: holders }, (_, i) => `${holder(i)},Contractor ${i + 1},${i % 2 === 0 ? 'VENDOR' : 'SUBCONTRACTOR'}`),
  ];
  const hopOf = (i: number) => (i === 0 ? 0 : 1 + ((i - 1) % hops));
  const access = Array.from({ length: holders - 1 }, (_, k) => {
    const i = k + 1;
    const before = Array.from({ length: holders }, (_, j) => j).filter((j) => hopOf(j) === hopOf(i) - 1);
    return `access-${i},${holder(before[pick(before.length)] ?? 0)},${holder(i)},CREDENTIALS,${(0.1 + 0.8 * random()).toFixed(2)}`;
  });
  const artifactRows: string[] = [];
  const transfers: string[] = [];
  const reveals: string[] = [];
  for (let i = 0; i < artifacts; i++) {
    const id = numbered('artifact', i);
    // The square makes a few labs large and leaves none empty.
    const owner = i < labs ? i : Math.floor(random() ** 2 * labs);
    const value = 100_000 + pick(8_000_000);
    artifactRows.push(`${id},Reward specification ${i},REWARD_MODEL_SPEC,${lab(owner)},${1 + pick(5)},${Math.round(value / 3)},${value}`);
    const at = new Set([i % holders === 0 || random() < 0.2 ? 0 : pick(holders), ...(random() < 0.3 ? [pick(holders)] : [])]);
    for (const k of at) {
      const isAttested = random() < 0.06;
      const sentAt = random() < 0.06 ? '' : day();
      const form = random() < 0.1 ? 'VIEW_ONLY' : 'PLAINTEXT';
      const deletion = isAttested && sentAt !== '' ? 'ATTESTED,2026-09-30' : 'NONE,';
      transfers.push(`transfer-${i}-${k},${id},${lab(owner)},${holder(k)},${sentAt},1,${form},${deletion}`);
    }
    if (i >= labs && random() < 0.05) reveals.push(`${id},${numbered('artifact', pick(i))},0.5`);
  }
  const file = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  return {
    'organizations.csv': file('id,name,roles', organizations),
    'artifacts.csv': file('id,name,type,owner,sensitivity,value_low_usd,value_high_usd', artifactRows),
    'access.csv': file('id,grantee,grantor,kind,likelihood', access),
    'transfers.csv': file('id,artifact,sender,recipient,sent_at,portion,form,deletion_state,deleted_at', transfers),
    'reveals.csv': file('artifact,reveals,degree', reveals),
  };
}
