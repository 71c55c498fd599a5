/** Functions that check the type of one part of a decoded line. If the type is wrong, they throw an Error with the part's name. */

export function asObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw mismatch(name, 'object', value);
}

export function asArray(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw mismatch(name, 'list', value);
}

export function asText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw mismatch(name, 'text', value);
}

export function asTextOrNull(value: unknown, name: string): string | null {
  return value === null ? null : asText(value, name);
}

export function asTexts(value: unknown, name: string): string[] {
  return asArray(value, name).map((item) => asText(item, name));
}

export function asInteger(value: unknown, name: string): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw mismatch(name, 'integer', value);
}

export function asBoolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw mismatch(name, 'boolean', value);
}

export function asOneOf<T extends string>(value: unknown, values: readonly T[], name: string): T {
  if (values.includes(value as T)) return value as T;
  throw mismatch(name, values.join(', '), value);
}

function mismatch(name: string, expected: string, value: unknown): Error {
  return new Error(`its ${name} is ${JSON.stringify(value)?.slice(0, 100) ?? 'absent'}; expected ${expected}`);
}
