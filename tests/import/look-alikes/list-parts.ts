/** A generated realistic list with its expected import figures, counted during generation. */
export interface LookAlike {
  readonly title: string;
  readonly file: string;
  readonly content: string | Buffer;
  /** The other files of the import, if it has several. */
  readonly others?: Readonly<Record<string, string>>;
  /** Command-line flags that answer every question except merges. */
  readonly flags: readonly string[];
  /** Kinds of questions left open without flags, except MATCHES; at most three. */
  readonly questions: readonly string[];
}

const first =
  'Amber Birch Cedar Delta Ember Fjord Grove Harbor Iris Juniper Krill Lumen Maple Nimbus Opal Pine Quartz Raven Slate Tundra'.split(' ');
const second =
  'Analytics Cloud Data Hosting Labs Logic Mail Metrics Networks Payments Robotics Security Soft Storage Support Systems Talent Telecom Vision Works'.split(
    ' ',
  );

/** 400 names of which no two match under any rule. */
export const companies: readonly string[] = first.flatMap((one) => second.map((other) => `${one} ${other}`));

export function csv(rows: readonly (readonly string[])[], delimiter = ','): string {
  const quote = (cell: string) => (cell.includes(delimiter) || /["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `${rows.map((row) => row.map(quote).join(delimiter)).join('\n')}\n`;
}
