import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Pack, PackEntry } from './pack';

const ENTRY: PackEntry = { judged: [0, 2], said: [] };

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pack-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const open = (): Pack =>
  new Pack(folder, 'a', (line) => {
    throw new Error(line);
  });

describe('Pack', () => {
  test('writes no file where nothing is new', () => {
    open().write();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('keeps its key and its entries for the next one', () => {
    const first = open();
    expect(first.get('one')).toBeUndefined();
    first.put('one', ENTRY);
    first.write();
    const next = open();
    expect(next.key).toBe(first.key);
    expect(next.get('one')).toEqual(ENTRY);
    const { mtimeMs } = fs.statSync(path.join(folder, 'a.judgements.jsonl'));
    next.write();
    expect(fs.statSync(path.join(folder, 'a.judgements.jsonl')).mtimeMs).toBe(mtimeMs);
    expect(fs.readdirSync(folder)).toEqual(['a.judgements.jsonl']);
  });
});
