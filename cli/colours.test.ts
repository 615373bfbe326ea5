import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { main } from './main';

const VM = `apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata: { name: web, namespace: shop }
spec:
  runStratgy: Always
  template: { spec: { domain: { devices: {}, memory: { guest: 1Gi } } } }
`;

/** What a command says on standard output and standard error of a terminal. */
async function said(argv: readonly string[], colours: boolean): Promise<{ out: string; err: string }> {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'colours-'));
  fs.writeFileSync(path.join(cwd, 'vm.yaml'), VM);
  fs.writeFileSync(path.join(cwd, 'other.yaml'), VM.replace('1Gi', '2Gi'));
  const text = { out: '', err: '' };
  await main(argv, {
    cwd,
    stdin: () => Promise.resolve(Buffer.alloc(0)),
    say: (more) => void (text.out += more),
    complain: (more) => void (text.err += more),
    terminal: { out: true, err: true, colours },
  });
  fs.rmSync(cwd, { recursive: true });
  return text;
}

const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

/** A command, what it paints, and the line that says what it did: the last one of standard output, or one on standard error. */
const COMMANDS: readonly [argv: readonly string[], painted: string, did: string][] = [
  [['check', 'vm.yaml'], '\u001b[31merror', '2 errors, 0 warnings in 1 object'],
  [['diff', 'vm.yaml', 'other.yaml'], '\u001b[1mVirtualMachine shop/web\u001b[22m', '0 unchanged'],
  [['inventory', 'vm.yaml'], '\u001b[1m#', '1 VM, 0 claims in 1 document'],
  [['rules'], '\u001b[33mwarning', ' rules\n'],
  [['explain', 'disk-bus-known'], '\u001b[1mdisk-bus-known (error)\u001b[22m', 'disk-bus-known (error)'],
];

describe('a terminal', () => {
  test.each(COMMANDS)('is told by %j in colours, if it has them, what was done', async (argv, painted, did) => {
    const [coloured, bare] = [await said(argv, true), await said(argv, false)];
    expect(coloured.out).toContain(painted);
    expect(bare.out).not.toContain('\u001b');
    expect(plain(coloured.out)).toBe(bare.out);
    expect(`${bare.out}${bare.err}`).toContain(did);
  });

  test.each([
    ['check', 'json'],
    ['check', 'sarif'],
    ['inventory', 'csv'],
    ['diff', 'markdown'],
    ['rules', 'json'],
  ])('gets the %s of programs as %s without colours', async (command, format) => {
    const paths = { check: ['vm.yaml'], inventory: ['vm.yaml'], diff: ['vm.yaml', 'other.yaml'], rules: [] }[command]!;
    const { out } = await said([command, '--format', format, ...paths], true);
    expect(out).not.toContain('\u001b[');
    expect(out.length).toBeGreaterThan(50);
  });
});
