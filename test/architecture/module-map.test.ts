import { describe, expect, it } from 'vitest';
import { readMap, sourcePaths, writeMap } from '../../scripts/module-map.mjs';
import { read } from './sources.ts';

const map = readMap(read('ARCHITECTURE.md'));

describe('the module map of ARCHITECTURE.md', () => {
  it('has a line for each folder and file of src, in their order', async () => {
    expect([...map.keys()], 'npm run module-map').toEqual(await sourcePaths());
  });

  it('says what each is for', () => {
    expect([...map].filter(([, purpose]) => purpose.includes('?') || purpose.trim().length < 3)).toEqual([]);
  });

  it('is read as it is written', () => {
    expect(readMap(`## Module map\n\n${writeMap(map)}`)).toEqual(map);
    expect(readMap('## Module map\n\n- `src/base/` — basics\n').get('src/base/')).toBe('basics');
  });
});
