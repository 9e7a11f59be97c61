import { EXIT, Stop } from './exit.ts';

const LINE_FEED = 10;

function firstBadLine(bytes: Uint8Array, decode: (bytes: Uint8Array) => string): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    try {
      decode(bytes.subarray(start, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    start = end === -1 ? bytes.length : end + 1;
  }
  return line;
}

/** The text of a spec; what is not UTF-8 cannot be read, because replaced characters would end up in alerts. */
export function specText(path: string, bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (part: Uint8Array) => decoder.decode(part);
  try {
    return decode(bytes);
  } catch {
    const line = firstBadLine(bytes, decode);
    throw new Stop(
      EXIT.io,
      `cannot read \`${path}\`: line ${line} is not UTF-8`,
      'save the file in the encoding UTF-8',
    );
  }
}
