import { inflateSync } from 'node:zlib';

/** A PDF as far as the tests read it. */
export interface ReadPdf {
  /** The letters of each page in the order of drawing, without white space. */
  readonly pages: readonly string[];
  /** The entries of the information dictionary, decoded. */
  readonly info: Readonly<Record<string, string>>;
}

/** Reads the text back from the bytes of a PDF: glyphs by the tables that map them to letters. Reads files without object streams. */
export function readPdf(bytes: Buffer): ReadPdf {
  const raw = bytes.toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id, body] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id as string, body as string);
  const refIn = (body: string, key: string) => new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1] ?? '';
  const streamOf = (id: string): string => {
    const body = objects.get(id) ?? '';
    const start = body.indexOf('stream\n') + 7;
    const content = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1');
    return body.includes('/FlateDecode') ? inflateSync(content).toString('latin1') : content.toString('latin1');
  };
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  const fontOf = (id: string) => {
    let font = fonts.get(id);
    if (font === undefined) {
      font = readGlyphs(streamOf(refIn(objects.get(id) ?? '', 'ToUnicode')));
      fonts.set(id, font);
    }
    return font;
  };
  const pages = [...objects.values()]
    .filter((body) => /\/Type \/Page\b(?!s)/.test(body))
    .map((body) => {
      const resources = objects.get(refIn(body, 'Resources')) ?? body;
      const names = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name, id as string]));
      let font: ReadonlyMap<string, string> = new Map();
      let text = '';
      for (const [, name, hex] of streamOf(refIn(body, 'Contents')).matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)) {
        if (name !== undefined) font = fontOf(names.get(name) ?? '');
        else for (const glyph of (hex as string).match(/.{4}/g) ?? []) text += font.get(glyph) ?? '\ufffd';
      }
      return text.replace(/\s+/g, '');
    });
  const info = objects.get(/\/Info (\d+) 0 R/.exec(raw)?.[1] ?? '') ?? '';
  const entries = [...info.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, key, id]) => [
    key,
    decode((objects.get(id as string) ?? '').replace(/^\(|\)$/g, '')),
  ]);
  return { pages, info: Object.fromEntries(entries) };
}

/** The letters of each glyph, by four hexadecimal digits. */
function readGlyphs(map: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const toText = (hex: string) =>
    Buffer.from(hex.length % 4 === 0 ? hex : `00${hex}`, 'hex')
      .swap16()
      .toString('utf16le');
  for (const [, from, , list] of map.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    for (const [i, [, hex]] of [...(list as string).matchAll(/<([0-9a-f ]*)>/gi)].entries()) {
      letters.set((Number.parseInt(from as string, 16) + i).toString(16).padStart(4, '0'), toText((hex as string).replaceAll(' ', '')));
    }
  }
  return letters;
}

function decode(value: string): string {
  const bytes = Buffer.from(
    value.replace(/\\([nrtbf()\\]|\d{3})/g, (_, code: string) =>
      /^\d/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[code] ?? code),
    ),
    'latin1',
  );
  return bytes[0] === 0xfe && bytes[1] === 0xff ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') : bytes.toString('latin1');
}
