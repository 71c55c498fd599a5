/** The lines of a stream of UTF-8, without their ends; a last one without an end too. What the stream throws is thrown. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Of a line that goes on in the next piece. */
  let begun: string[] = [];
  for await (const piece of bytes) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    begun.push(parts[0] as string);
    if (parts.length === 1) continue;
    yield begun.join('');
    for (let i = 1; i < parts.length - 1; i++) yield parts[i] as string;
    begun = [parts[parts.length - 1] as string];
  }
  const last = begun.join('') + decoder.decode();
  if (last !== '') yield last;
}
