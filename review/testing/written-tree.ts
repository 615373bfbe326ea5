import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Writes files to a folder of their own, which is gone once they were used. */
export function withTree<T>(files: Readonly<Record<string, string>>, use: (cwd: string) => T): T {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'tree-'));
  const remove = (): void => fs.rmSync(cwd, { recursive: true });
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
      fs.writeFileSync(path.join(cwd, name), text);
    }
    const result = use(cwd);
    if (result instanceof Promise) return result.finally(remove) as T;
    remove();
    return result;
  } catch (thrown) {
    remove();
    throw thrown;
  }
}
