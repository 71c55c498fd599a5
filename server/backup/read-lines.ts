/** Yields the lines of a UTF-8 stream without their line ends. The last line may lack one. Throws the errors of the stream. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** The parts of a line that continues in the next piece. */
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
