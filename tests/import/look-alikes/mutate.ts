type Choose = (below: number) => number;

export function seededChoice(seed: number): Choose {
  const next = seeded(seed);
  return (below) => Math.floor(next() * below);
}

/** The first ten lines, which hold the header, and `length` lines from a random place. A mutated cut is read much sooner than a whole list. */
export function cutLines(text: string, length: number, choose: Choose): string {
  const lines = text.split('\n');
  const head = 10;
  if (lines.length <= head + length) return text;
  const from = head + choose(lines.length - head - length + 1);
  return [...lines.slice(0, head), ...lines.slice(from, from + length)].join('\n');
}

/** Makes a few changes, as editors, exports and people do. */
export function mutate(text: string, choose: Choose): string {
  const lines = text.split('\n');
  for (let change = 0; change < 1 + choose(6); change++) {
    const at = choose(lines.length);
    const line = lines[at] as string;
    const cut = choose(line.length + 1);
    const changes = [
      () => lines.splice(at, 1),
      () => lines.splice(at, 0, line),
      () => lines.splice(at, 0, ''),
      () => lines.splice(at, 1, line.slice(0, cut)),
      () => lines.splice(at, 1, `${line.slice(0, cut)}${',;"|\t\0*é'[choose(8)]}${line.slice(cut)}`),
      () => lines.splice(at, 1, line.toUpperCase()),
      () => lines.splice(at, 1, `${line},extra`),
      () => lines.splice(0, 0, 'A title, with a comma'),
      () => lines.push('Total,,,'),
    ];
    (changes[choose(changes.length)] as () => unknown)();
    if (lines.length === 0) lines.push('');
  }
  return lines.join('\n');
}

/** A seeded generator of numbers in [0, 1) (mulberry32). The same seed gives the same numbers. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
