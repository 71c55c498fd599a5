const mostTexts = 4096;
const longestText = 64;

/**
 * Remembers the readings of short texts, because the cells of a column repeat. A full cache is emptied.
 *
 * @param read a pure function
 */
export function cacheReadings<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > longestText) return read(text);
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    if (known.size >= mostTexts) known.clear();
    const reading = read(text);
    known.set(text, reading);
    return reading;
  };
}
