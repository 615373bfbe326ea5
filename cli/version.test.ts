import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { main, Status } from './main';

describe('the version', () => {
  test('is that of the package by its name, wherever in it the program stands', async () => {
    jest.replaceProperty(createRequire(__filename)('cdk8s-kubevirt/package.json'), 'version', '9.8.7');
    const said: string[] = [];
    const world = { cwd: __dirname, stdin: () => Promise.resolve(Buffer.alloc(0)), complain: () => undefined };
    const status = await main(['--version'], { ...world, say: (text) => said.push(text) });
    expect([status, said]).toEqual([Status.GOOD, ['9.8.7\n']]);
  });

  test('is found by the program of the clone', () => {
    const root = join(__dirname, '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const program = join(root, 'cli', 'cdk8s-kubevirt.cjs');
    const { stdout, stderr } = spawnSync(process.execPath, [program, '--version'], { cwd: '/', encoding: 'utf8' });
    expect([stdout, stderr]).toEqual([`${version}\n`, '']);
  });
});
