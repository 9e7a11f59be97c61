/** Our own files in an output folder; no artifact may stand there. */
export const MANIFEST_PATH = 'manifest.json';
export const WORK_FOLDER = '.qmon';

const RESERVED = new Set([MANIFEST_PATH, WORK_FOLDER]);

/** File systems count bytes of a name. Source: https://man7.org/linux/man-pages/man7/path_resolution.7.html (NAME_MAX) */
const LONGEST_NAME_BYTES = 255;

/** Source: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file (Naming Conventions) */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what it looks for
const FORBIDDEN_CHARACTER = /[<>:"|?*\u0000-\u001f\u007f]/;

/** What is wrong with a path below an output folder, as the end of a sentence; nothing when every system can hold it. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\\')) return 'contains a backslash';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  const names = path.split('/');
  if (RESERVED.has(foldPath(names[0]!))) return 'is reserved for qmon itself';
  for (const name of names) {
    const fault = nameFault(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function nameFault(name: string): string | undefined {
  if (name === '') return 'has an empty part';
  if (name === '.' || name === '..') return `contains \`${name}\``;
  if (/[. ]$/.test(name)) return 'has a part that ends with a dot or a space';
  if (FORBIDDEN_CHARACTER.test(name)) return 'contains a character that Windows does not allow';
  if (DEVICE_NAME.test(name)) return 'contains the name of a Windows device';
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) return 'has a part that is longer than 255 bytes';
  return undefined;
}

/** The form in which two paths are the same on a file system that ignores case and Unicode composition. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** The folders that a path lies in, nearest first: `a/b/c` gives `a/b`, `a`. */
export function parentFolders(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) folders.push(path.slice(0, end));
  return folders;
}
