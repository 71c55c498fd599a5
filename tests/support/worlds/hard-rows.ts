import { at, world } from './world.ts';

/** Texts that a format quotes, escapes or reads as a formula, and one of several bytes a character. */
const ids = ['a;b', 'a\\b', '=a', "'a", 'a"b', 'a,b', '試験é😀', 'plain'];

function build() {
  let built = world().lab('lab').toolProvider('tool').subcontractor('sub');
  for (const id of ids) built = built.vendor(id);
  for (const [i, id] of ids.entries()) {
    const next = ids[(i + 1) % ids.length] as string;
    built
      .artifact(`${id}-x`, 'lab', {
        name: `${id} "guide" ${i}`,
        valueLowUsd: 1e4 * (i + 1),
        valueHighUsd: i === 3 ? 1e21 : 2e6 / 3,
        fragmentCount: i === 4 ? 12 : null,
      })
      .transfer(`${id}-t`, `${id}-x`, 'lab', id, {
        sentAt: i === 2 ? null : at(i % 2 === 0 ? '2026-01-01' : '2026-01-03T08:05Z'),
        portion: i === 1 ? 0.025 : i === 5 ? 0.4 : 1,
        form: i === 6 ? 'VIEW_ONLY' : 'PLAINTEXT',
        fragments: i === 4 ? ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9'] : [],
        confidence: i === 7 ? 0.4 : 1,
        records: i % 3 === 0 ? 1200 : null,
        bytes: i % 2 === 0 ? 1e12 + 0.5 : null,
        ...(i === 0 ? { deletedAt: at('2026-01-30'), deletionState: 'ATTESTED' as const } : {}),
      });
    if (i === 3) built.transfer(`${id}-u`, `${id}-x`, id, next, { sentAt: at('2026-01-04'), records: 7 });
    if (i > 5) built.transfer(`${id}-v`, `${id}-x`, 'sub', 'tool', { sentAt: at('2026-01-05') });
  }
  return built
    .artifact('secret', 'lab', { valueHighUsd: 5e6 })
    .reveals('plain-x', 'secret', 0.6, { basis: 'cites "it", twice' })
    .reveals('=a-x', 'secret', 0.075)
    .access('A-1', 'plain', 'tool', { likelihood: 0.3 })
    .engagement('E-1', 'lab', 'plain')
    .engagement('E,2', 'tool', 'lab', { endsAt: at('2026-01-20') })
    .build();
}

/** A small world whose radius has every kind of sentence and cell that a format must treat with care. */
export const hardWorld = build();

export const hardQuestion = {
  origins: ids,
  core: { from: at('2026-02-01'), to: at('2026-02-02') },
  widest: { from: at('2026-01-15'), to: at('2026-02-10') },
  scopes: [],
  maxHops: 3,
  transferLikelihood: 0,
  minDegree: 0.05,
};
