import type { IncidentScope } from '../../domain/incident.ts';

const parts = { artifact: 'artifacts', engagement: 'engagements', channel: 'channels' } as const;

/**
 * Scopes as the values of a canonical cell: `ORIGIN artifact ID`, `ORIGIN engagement ID`, `ORIGIN channel TEXT`, each part
 * percent-encoded. An empty scope, which puts nothing in scope, is its `ORIGIN` alone.
 */
export function formatScope(scope: readonly IncidentScope[]): string[] {
  return scope.flatMap((one) => {
    const origin = encodeURIComponent(one.origin);
    const values = (Object.keys(parts) as (keyof typeof parts)[]).flatMap((word) =>
      one[parts[word]].map((named) => `${origin} ${word} ${encodeURIComponent(named)}`),
    );
    return values.length === 0 ? [origin] : values;
  });
}

/** Parses the output of `formatScope` and joins the scopes of one origin. Undefined if a value has another form. */
export function parseScope(values: readonly string[]): IncidentScope[] | undefined {
  const byOrigin = new Map<string, { origin: string; artifacts: string[]; engagements: string[]; channels: string[] }>();
  for (const value of values) {
    const [originPart, word, namedPart, ...more] = value.split(' ');
    const origin = decode(originPart);
    if (origin === undefined || origin === '' || more.length > 0) return undefined;
    const scope = byOrigin.get(origin) ?? { origin, artifacts: [], engagements: [], channels: [] };
    byOrigin.set(origin, scope);
    if (word === undefined) continue;
    const named = decode(namedPart);
    if (named === undefined || !Object.hasOwn(parts, word)) return undefined;
    scope[parts[word as keyof typeof parts]].push(named);
  }
  return [...byOrigin.values()];
}

function decode(part: string | undefined): string | undefined {
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
