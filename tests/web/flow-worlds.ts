import type { FlowCell, FlowLab, FlowRadius } from '../../web/canvas/flows/flow-radius.ts';

/** A generated radius by holder and lab, fixed for each size and seed. */
export function flowWorld({
  holders,
  labs,
  seed = 7,
}: {
  readonly holders: number;
  readonly labs: number;
  readonly seed?: number;
}): FlowRadius {
  let state = seed;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const pick = (count: number) => Math.floor(random() * count);
  const people = Array.from({ length: holders }, (_, i) => ({
    id: `o${i}`,
    name: `Holder ${i}`,
    roles: ['VENDOR'] as const,
    hops: i === 0 ? 0 : 1 + ((i - 1) % 3),
    likelihood: i === 0 ? 1 : 0.5,
  }));
  const owners = Array.from({ length: labs }, (_, i): FlowLab => {
    const counts = { EXPOSED: pick(20), POSSIBLE: 1 + pick(40), CONTAINED: pick(9) };
    return {
      id: `l${i}`,
      name: `Lab ${i}`,
      counts,
      lossUsd: { EXPOSED: counts.EXPOSED * 1e6, POSSIBLE: counts.POSSIBLE * 2e6, CONTAINED: 0 },
    };
  });
  const cells: FlowCell[] = [];
  for (const holder of [...people.map(({ id }) => id), null]) {
    for (const { id } of owners) {
      if (random() < (holder === null ? 0.8 : 0.3)) continue;
      const counts = { EXPOSED: holder === 'o0' ? pick(9) : 0, POSSIBLE: pick(9), CONTAINED: 1 + pick(3) };
      cells.push({
        holderId: holder,
        labId: id,
        counts,
        lossUsd: { EXPOSED: counts.EXPOSED * pick(1e6), POSSIBLE: counts.POSSIBLE * pick(1e6), CONTAINED: 0 },
      });
    }
  }
  const steps = people.slice(1).map((holder) => {
    const before = people.filter(({ hops }) => hops === holder.hops - 1);
    return { fromId: before[pick(before.length)]?.id ?? 'o0', toId: holder.id, likelihood: 0.5 };
  });
  return { holders: people, labs: owners, cells, steps };
}
